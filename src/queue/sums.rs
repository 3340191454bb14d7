//! What a group or a job knows of its files without looking at them.
//!
//! Kept as files change, one [`Share`] out and one in, so that a state, a size or
//! a percentage costs the same for one file and for 100,000. Must always be true:
//! the sums equal a recount from scratch.

use super::snapshot::{FileView, Progress, Summary};
use crate::download::State;
use crate::download::state::PRECEDENCE;

/// What one file adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Share {
    pub(super) state: State,
    size: Option<u64>,
    bytes: u64,
}

impl Share {
    pub(super) fn of(file: &FileView) -> Self {
        Self {
            state: file.state,
            size: file.size,
            bytes: file.bytes,
        }
    }
}

/// Sums over files. Wide enough that no server's lie about a size overflows them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sums {
    states: [u32; 9],
    unknown: u32,
    size: u128,
    bytes: u128,
}

impl Sums {
    pub(super) fn add(&mut self, share: Share) {
        self.states[share.state as usize] += 1;
        self.bytes += u128::from(share.bytes);
        match share.size {
            Some(size) => self.size += u128::from(size),
            None => self.unknown += 1,
        }
    }

    pub(super) fn take(&mut self, share: Share) {
        self.states[share.state as usize] -= 1;
        self.bytes -= u128::from(share.bytes);
        match share.size {
            Some(size) => self.size -= u128::from(size),
            None => self.unknown -= 1,
        }
    }

    pub(super) fn count(&self, state: State) -> u32 {
        self.states[state as usize]
    }

    pub(super) fn total(&self) -> u32 {
        self.states.iter().sum()
    }

    /// Files that run, or will without a person.
    pub(super) fn active(&self) -> u32 {
        self.count(State::Queued)
            + self.count(State::Connecting)
            + self.count(State::Transferring)
            + self.count(State::Waiting)
            + self.count(State::Verifying)
    }

    /// There are files, and all are complete.
    pub(super) fn is_complete(&self) -> bool {
        let total = self.total();
        total > 0 && self.count(State::Complete) == total
    }

    /// The first state that any file has, in the order of [`PRECEDENCE`].
    pub(super) fn state(&self, cancelled: bool) -> State {
        if cancelled {
            return State::Cancelled;
        }
        let first = PRECEDENCE.into_iter().find(|state| self.count(*state) > 0);
        first.unwrap_or(State::Suspended)
    }

    /// As it is shown, `bytes_per_second` being the files' together.
    pub(super) fn summary(&self, bytes_per_second: u64) -> Summary {
        let total = self.total();
        let known = narrow(self.size);
        // Of nothing, nothing is known: 0 would be a claim.
        let size = (total > 0 && self.unknown == 0).then_some(known);
        let bytes = narrow(self.bytes);
        Summary {
            size,
            size_known: known,
            files_total: u64::from(total),
            files_done: u64::from(self.count(State::Complete)),
            progress: progress(bytes, size, self.is_complete(), bytes_per_second),
            bytes_per_second,
        }
    }
}

fn narrow(sum: u128) -> u64 {
    u64::try_from(sum).unwrap_or(u64::MAX)
}

/// The three figures of progress, by the contract's rules.
pub(super) fn progress(
    bytes: u64,
    size: Option<u64>,
    complete: bool,
    bytes_per_second: u64,
) -> Progress {
    let left = size.map(|size| size.saturating_sub(bytes));
    let seconds_left = match left {
        Some(left) if bytes_per_second > 0 && !complete => Some(left.div_ceil(bytes_per_second)),
        _ => None,
    };
    Progress {
        bytes,
        percent: percent(bytes, size, complete),
        seconds_left,
    }
}

/// Rounded down; 100 only when complete; unknown while the size is.
fn percent(bytes: u64, size: Option<u64>, complete: bool) -> Option<u8> {
    let size = size?;
    if complete {
        return Some(100);
    }
    let percent = (u128::from(bytes) * 100)
        .checked_div(u128::from(size))
        .unwrap_or(0);
    Some(percent.min(99) as u8)
}
