//! The seed's status flags, and its bit words.
//!
//! A set, never a number inside Ebb; the numbers are made at the edge, for whoever
//! knows the original. They share one space of 11 bits, so that a file's word, a
//! job's and a group's are never taken for one another.
//!
//! ```text
//!              new  running  fore  half failed  failed  done  cancelled
//! foreground    ·      ·       x        ·          ·      ·       ·
//! incomplete    x      x       x        x          x      ·       ·
//! suspended     x      ·       ·        ·          x      ·       ·
//! error         ·      ·       ·        x          x      ·       ·
//! complete      ·      ·       ·        ·          ·      x       ·
//! ```
//! `foreground` joins every column but the last two where the group's priority says so.

use super::property::Priority;
use super::sums::Sums;
use crate::download::State;

/// A set of the original's flags.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Flags(u16);

/// Every flag with its word, in the order of JSON, its bit of a group and its bit of a job.
const TABLE: [(Flags, &str, u16, u16); 5] = [
    (Flags::FOREGROUND, "foreground", 0x400, 0x020),
    (Flags::INCOMPLETE, "incomplete", 0x080, 0x008),
    (Flags::SUSPENDED, "suspended", 0x100, 0),
    (Flags::ERROR, "error", 0x200, 0x010),
    (Flags::COMPLETE, "complete", 0x040, 0x004),
];

impl Flags {
    /// No flag: cancelled.
    pub const NONE: Self = Self(0);
    /// Fetched in the foreground.
    pub const FOREGROUND: Self = Self(1);
    /// Files are still to come.
    pub const INCOMPLETE: Self = Self(2);
    /// Nothing happens until it is resumed.
    pub const SUSPENDED: Self = Self(4);
    /// A file was given up.
    pub const ERROR: Self = Self(8);
    /// All files are there.
    pub const COMPLETE: Self = Self(16);

    /// `true` if every flag of `other` is in the set.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// `with`, if so.
    #[must_use]
    pub fn with_if(self, so: bool, other: Self) -> Self {
        if so { self.with(other) } else { self }
    }

    /// `true` for the empty set.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The words of JSON, in the contract's order.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        TABLE
            .into_iter()
            .filter(move |(flag, ..)| self.contains(*flag))
            .map(|(_, word, ..)| word)
    }

    /// The original's word of a group (`QM_STATUS_GROUP_…`).
    #[must_use]
    pub fn group_word(self) -> u16 {
        self.bits(|(_, _, group, _)| *group)
    }

    /// The set with this word of a group; bits of no flag are left out.
    #[must_use]
    pub fn of_group_word(word: u16) -> Self {
        let rows = TABLE.iter().filter(|(_, _, group, _)| word & group != 0);
        rows.fold(Self::NONE, |flags, row| flags.with(row.0))
    }

    /// The original's word of a job (`QM_STATUS_JOB_…`); a job has no bit for suspended.
    #[must_use]
    pub fn job_word(self) -> u16 {
        self.bits(|(_, _, _, job)| *job)
    }

    fn bits(self, bit: impl Fn(&(Self, &str, u16, u16)) -> u16) -> u16 {
        let rows = TABLE.iter().filter(|row| self.contains(row.0));
        rows.fold(0, |word, row| word | bit(row))
    }

    /// The flags of a group, or of one job of it, whose files' states are counted in `sums`.
    pub(super) fn of(sums: &Sums, priority: Priority, suspended: bool, cancelled: bool) -> Self {
        if cancelled {
            return Self::NONE;
        }
        if sums.is_complete() {
            return Self::COMPLETE;
        }
        Self::INCOMPLETE
            .with_if(priority == Priority::Foreground, Self::FOREGROUND)
            .with_if(suspended, Self::SUSPENDED)
            .with_if(sums.count(State::Error) > 0, Self::ERROR)
    }
}

/// The original's word of a file (`QM_STATUS_FILE_…`); a cancelled one has none.
#[must_use]
pub fn file_word(state: State) -> u16 {
    match state {
        State::Complete => 0x001,
        State::Cancelled => 0,
        _ => 0x002,
    }
}
