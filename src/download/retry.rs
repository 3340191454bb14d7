//! Try again? One pure function, one table.
//!
//! Every failure is of one kind, and with the [`Tries`] so far the kind decides. What
//! cannot change by itself is not tried again, nothing is tried again without a wait, and
//! nothing for ever: patience ends every retry. The test at the end shows the whole table.

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
    /// Tries without progress before giving up: with 10 the tenth failed one gives up, with 0
    /// or 1 the first. `None`: as long as the patience lasts.
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
    /// Time since the last new byte, or since the start. Time that shall not count (without a
    /// network, asleep, suspended) is left out by the caller.
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

/// What kind of failure it is: who could make it go away, and how often that is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Only a person, by changing something.
    Final,
    /// Only a person, by giving a secret again.
    Secret,
    /// The server, as soon as one of our other transfers ends: never counted.
    Crowded,
    /// The server, when it has less to do.
    Busy,
    /// Chance: connections break, servers restart.
    Passing,
    /// The same, but nobody may ever have been there: counted apart until the first byte.
    Unreached(WaitReason),
    /// A fresh look at the source: believed three times.
    Doubtful,
    /// This computer, when there is room or the folder is back: never counted.
    Outside(WaitReason),
}

/// Tries without progress that a doubtful failure is believed.
const DOUBTFUL_TRIES: u32 = 3;
/// How often the disk and the folder are looked at.
const LOOK_AGAIN: Duration = Duration::from_secs(5);
/// The longest wait that a server may ask for.
const LONGEST_ASKED: Duration = Duration::from_secs(3600);

/// Decides. `wall` is the time of day, for a Retry-After date; `jitter` a random number
/// from 0 to 1, which makes a wait up to a fifth shorter or longer.
///
/// The wait is `first_wait`, doubled for each failed try since the last progress up to
/// `longest_wait`, and never shorter than the server's Retry-After (of which an hour counts).
#[must_use]
pub fn decide(
    failure: &Failure,
    tries: Tries,
    policy: &Policy,
    wall: Timestamp,
    jitter: f64,
) -> Decision {
    let unreached = policy.tries_unreached.filter(|_| !tries.ever_progressed);
    let (reason, limit) = match kind(failure, tries.others_running) {
        Kind::Final => return Decision::GiveUp(failure.clone()),
        Kind::Secret => return Decision::Wait(WaitReason::Credentials),
        Kind::Crowded => (WaitReason::ServerBusy, None),
        Kind::Busy => (WaitReason::ServerBusy, policy.tries),
        Kind::Passing => (WaitReason::Retry, policy.tries),
        Kind::Unreached(reason) => (reason, fewer(policy.tries, unreached)),
        Kind::Doubtful => (WaitReason::Retry, fewer(policy.tries, Some(DOUBTFUL_TRIES))),
        Kind::Outside(reason) => (reason, None),
    };
    if limit.is_some_and(|limit| tries.since_progress >= limit) {
        return Decision::GiveUp(failure.clone());
    }
    if tries.without_progress >= policy.patience {
        return Decision::GiveUp(Failure::NoProgress {
            after: tries.without_progress,
            last: Box::new(failure.clone()),
        });
    }
    let wait = match reason {
        WaitReason::DiskFull | WaitReason::Destination => LOOK_AGAIN,
        _ => backoff(tries.since_progress, policy, jitter).max(asked(failure, wall)),
    };
    Decision::Retry(reason, wait)
}

fn kind(failure: &Failure, others_running: bool) -> Kind {
    use WaitReason::{Destination, DiskFull, Network, Retry};
    match failure {
        Failure::Status {
            status: 403 | 429 | 503,
            ..
        }
        | Failure::ConnectionLost(_)
        | Failure::Refused
            if others_running =>
        {
            Kind::Crowded
        }
        Failure::Status { status, .. } => of_status(*status),
        Failure::Unreachable => Kind::Unreached(Network),
        Failure::HostNotFound
        | Failure::ResolveFailed(_)
        | Failure::Refused
        | Failure::ConnectTimeout
        | Failure::ConnectFailed(_)
        | Failure::Proxy(_)
        | Failure::TlsHandshake(_)
        | Failure::BadAnswer(_) => Kind::Unreached(Retry),
        Failure::ConnectionLost(_) | Failure::Stalled | Failure::AnswerTimeout => Kind::Passing,
        Failure::RangeMismatch
        | Failure::RangesRefused
        | Failure::RangeNotSatisfiable { .. }
        | Failure::SourceChanged
        | Failure::Disk(_) => Kind::Doubtful,
        Failure::DiskFull { needed: None, .. } => Kind::Outside(DiskFull),
        Failure::DestinationGone => Kind::Outside(Destination),
        Failure::CredentialsNeeded => Kind::Secret,
        Failure::ProxyInvalid
        | Failure::ProxyAuthentication
        | Failure::Certificate(_)
        | Failure::TooManyRedirects
        | Failure::RedirectLoop
        | Failure::RedirectInsecure
        | Failure::RedirectInvalid(_)
        | Failure::UnexpectedEncoding(_)
        | Failure::WebPage
        | Failure::DiskFull {
            needed: Some(_), ..
        }
        | Failure::PermissionDenied
        | Failure::ReadOnly
        | Failure::NotAFolder
        | Failure::FileTooLarge
        | Failure::NameConflict { .. }
        | Failure::InUse
        | Failure::ChecksumMismatch { .. }
        | Failure::NoProgress { .. }
        | Failure::Store(_) => Kind::Final,
    }
}

/// Not implemented (501) and version not supported (505) stay so; any other error of the
/// server's own, known or not, may pass.
fn of_status(status: u16) -> Kind {
    match status {
        429 | 503 => Kind::Busy,
        501 | 505 => Kind::Final,
        408 | 409 | 421 | 425 | 500..=599 => Kind::Passing,
        _ => Kind::Final,
    }
}

/// The smaller of two limits; `None` is no limit.
fn fewer(one: Option<u32>, other: Option<u32>) -> Option<u32> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn backoff(since_progress: u32, policy: &Policy, jitter: f64) -> Duration {
    let doublings = since_progress.saturating_sub(1).min(31);
    let wait = policy.first_wait.saturating_mul(1 << doublings);
    let wait = wait.min(policy.longest_wait).as_secs_f64();
    let jitter = if jitter.is_nan() {
        0.5
    } else {
        jitter.clamp(0.0, 1.0)
    };
    Duration::try_from_secs_f64(wait * (0.8 + 0.4 * jitter)).unwrap_or(policy.longest_wait)
}

/// How long the server asked to be left alone: an hour at most, nothing where it did not ask.
fn asked(failure: &Failure, wall: Timestamp) -> Duration {
    let Failure::Status {
        retry_after: Some(retry_after),
        ..
    } = failure
    else {
        return Duration::ZERO;
    };
    let wait = match retry_after {
        RetryAfter::Seconds(seconds) => Duration::from_secs(*seconds),
        RetryAfter::Date(date) => date.duration_since(wall).try_into().unwrap_or_default(),
    };
    wait.min(LONGEST_ASKED)
}

/// Reads a Retry-After header: whole seconds (as many as fit, where there are more), or a
/// date in any of HTTP's three formats. Anything else is as good as none.
#[must_use]
pub fn parse_retry_after(value: &[u8]) -> Option<RetryAfter> {
    let value = std::str::from_utf8(value).ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(RetryAfter::Seconds(value.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(RetryAfter::Date(date.try_into().ok()?))
}

#[cfg(test)]
mod tests;
