//! Try again? One pure function, one table.

use std::time::Duration;

use jiff::Timestamp;

use super::failure::Failure;
use super::state::WaitReason;

/// What a server said about when to come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAfter {
    /// In so many seconds.
    Seconds(u64),
    /// Not before this moment.
    Date(Timestamp),
}

/// How patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Tries without progress before giving up; `None`: as long as the patience lasts.
    pub tries: Option<u32>,
    /// The same for a host that was never reached.
    pub tries_unreached: Option<u32>,
    /// The first wait; each next one is twice as long.
    pub first_wait: Duration,
    /// The longest wait.
    pub longest_wait: Duration,
    /// How long without progress until it is given up.
    pub patience: Duration,
}

/// What happened so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tries {
    /// Failed tries since the last new byte (this one included: at least 1).
    pub since_progress: u32,
    /// Time since the last new byte, or since the start.
    pub without_progress: Duration,
    /// Something of the file has come, in this try or an earlier one.
    pub ever_progressed: bool,
    /// Other transfers from the same host are running.
    pub others_running: bool,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Try again after this long, `WaitReason` to be shown meanwhile.
    Retry(WaitReason, Duration),
    /// Wait for a person; no time helps.
    Wait(WaitReason),
    /// An error.
    GiveUp(Failure),
}

/// Decides. `jitter` is a random number from 0 to 1.
#[must_use]
pub fn decide(
    failure: &Failure,
    tries: Tries,
    policy: &Policy,
    wall: Timestamp,
    jitter: f64,
) -> Decision {
    let _ = (tries, policy, wall, jitter, WaitReason::Retry);
    Decision::GiveUp(failure.clone())
}
