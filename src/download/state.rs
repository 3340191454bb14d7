//! The states of a file, and which may follow which.
//!
//! ```text
//! from \ to     suspended queued connecting transferring waiting verifying complete error cancelled
//! suspended         ·       x        ·            ·         x        ·         ·      x       x
//! queued            x       ·        x            ·         x        ·         x      x       x
//! connecting        x       x        ·            x         x        x         x      x       x
//! transferring      x       x        x            ·         x        x         x      x       x
//! waiting           x       x        x            ·         x        ·         ·      x       x
//! verifying         x       x        ·            ·         x        ·         x      x       x
//! complete          ·       ·        ·            ·         ·        ·         ·      ·       ·
//! error             x       x        ·            ·         ·        ·         ·      ·       x
//! cancelled         ·       ·        ·            ·         ·        ·         ·      ·       ·
//! ```
//! `complete` and `cancelled` are final. `waiting` may follow itself: its reason changes.

use serde::{Deserialize, Serialize};

/// What a file, a job or a group is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Not to be touched until resumed.
    Suspended,
    /// May run as soon as there is a place.
    Queued,
    /// A request is out; no byte of the answer has come.
    Connecting,
    /// Bytes come.
    Transferring,
    /// Would run, but for a [`WaitReason`].
    Waiting,
    /// All bytes are there; length, checksum and the disk's promise are awaited.
    Verifying,
    /// Whole and verified, under its final name.
    Complete,
    /// Given up; a person decides what next.
    Error,
    /// Cancelled by a person.
    Cancelled,
}

/// Every state, in the order of the table above.
pub const STATES: [State; 9] = [
    State::Suspended,
    State::Queued,
    State::Connecting,
    State::Transferring,
    State::Waiting,
    State::Verifying,
    State::Complete,
    State::Error,
    State::Cancelled,
];

/// The order in which a job's or group's state is looked for among its files'.
pub const PRECEDENCE: [State; 8] = [
    State::Transferring,
    State::Verifying,
    State::Connecting,
    State::Queued,
    State::Waiting,
    State::Suspended,
    State::Error,
    State::Complete,
];

impl State {
    /// `true` where the table has an x.
    #[must_use]
    pub fn may_become(self, next: State) -> bool {
        use State::{
            Cancelled, Complete, Connecting, Error, Queued, Suspended, Transferring, Verifying,
            Waiting,
        };
        match self {
            Suspended => matches!(next, Queued | Waiting | Error | Cancelled),
            Queued => matches!(
                next,
                Suspended | Connecting | Waiting | Complete | Error | Cancelled
            ),
            Connecting => !matches!(next, Connecting),
            Transferring => !matches!(next, Transferring),
            Waiting => matches!(
                next,
                Suspended | Queued | Connecting | Waiting | Error | Cancelled
            ),
            Verifying => matches!(
                next,
                Suspended | Queued | Waiting | Complete | Error | Cancelled
            ),
            Error => matches!(next, Suspended | Queued | Cancelled),
            Complete | Cancelled => false,
        }
    }

    /// Complete, or cancelled: nothing follows.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Complete | Self::Cancelled)
    }

    /// Holds a place among the running files.
    #[must_use]
    pub fn is_running(self) -> bool {
        matches!(self, Self::Connecting | Self::Transferring)
    }

    /// The word programs see.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Suspended => "suspended",
            Self::Queued => "queued",
            Self::Connecting => "connecting",
            Self::Transferring => "transferring",
            Self::Waiting => "waiting",
            Self::Verifying => "verifying",
            Self::Complete => "complete",
            Self::Error => "error",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Why a file waits. Waiting is not an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitReason {
    /// For the next try.
    Retry,
    /// For a network.
    Network,
    /// For a network that costs nothing by the byte.
    Metered,
    /// For the hour in the schedule.
    Schedule,
    /// For the program's mode to be other than suspended.
    Paused,
    /// For room on the disk.
    DiskFull,
    /// For the folder to be there and writable.
    Destination,
    /// For the mains.
    Power,
    /// For the server to take another connection.
    ServerBusy,
    /// For a person to give a secret again.
    Credentials,
}

impl WaitReason {
    /// The word programs see.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Retry => "retry",
            Self::Network => "network",
            Self::Metered => "metered",
            Self::Schedule => "schedule",
            Self::Paused => "paused",
            Self::DiskFull => "disk_full",
            Self::Destination => "destination",
            Self::Power => "power",
            Self::ServerBusy => "server_busy",
            Self::Credentials => "credentials",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table in the file's head is the code's.
    #[test]
    fn table_of_transitions() {
        let source = include_str!("state.rs");
        let rows: Vec<&str> = source
            .lines()
            .skip_while(|line| !line.contains("from \\ to"))
            .skip(1)
            .take(STATES.len())
            .collect();
        for (from, row) in STATES.iter().zip(rows) {
            let mut cells = row.trim_start_matches("//!").split_whitespace();
            assert_eq!(cells.next(), Some(from.word()));
            for (to, cell) in STATES.iter().zip(cells) {
                assert_eq!(from.may_become(*to), cell == "x", "{from:?} -> {to:?}");
            }
        }
    }
}
