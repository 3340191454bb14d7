//! What is remembered of a file, what to ask for first, and what the first answer means for it.

use super::range_set::RangeSet;
use super::resource::{self, Answer, Asked, Resource, Sameness, Validators};

/// Largest overlap that is read again to tell one version from another.
pub const OVERLAP: u64 = 64 * 1024;

/// What was written of a file, and of which version of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remembered {
    /// The whole length, where the server told.
    pub total: Option<u64>,
    /// The version's.
    pub validators: Validators,
    /// The server served ranges.
    pub ranges: bool,
    /// Which bytes are on disk.
    pub written: RangeSet,
}

impl Remembered {
    /// Every byte is there already.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.total.is_some_and(|total| self.written.len() == total)
    }

    /// Something can be kept: bytes of a version that can be told, from a server with ranges.
    #[must_use]
    pub fn is_worth_asking(&self) -> bool {
        self.ranges && self.total.is_some() && !self.written.is_empty() && !self.is_whole()
    }
}

/// What the first answer means for what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// Nothing is there: this body from its beginning.
    Fresh,
    /// The same file: keep what is there, this body fills the first gap.
    Resume,
    /// The same if this many bytes before the gap are equal when read again.
    Compare,
    /// Another file, or no way to tell: all from the start.
    StartOver {
        /// This body is of no use.
        ask_again: bool,
    },
}

/// The first request: the first gap to the end of the file; its body is used.
#[must_use]
pub fn first_request(remembered: Option<&Remembered>) -> Asked {
    let gap = remembered
        .filter(|known| known.is_worth_asking())
        .and_then(|known| known.written.gaps(known.total?).first().cloned());
    Asked {
        start: gap.map_or(0, |gap| gap.start),
        end: None,
    }
}

/// Reads the first answer against what is remembered.
#[must_use]
pub fn start(remembered: Option<&Remembered>, answer: &Answer) -> Start {
    let Some(known) = remembered.filter(|known| known.is_worth_asking()) else {
        return Start::Fresh;
    };
    let again = answer.start != 0;
    match same(known, &answer.resource) {
        Sameness::Different => Start::StartOver { ask_again: again },
        _ if !answer.resource.ranges => Start::StartOver { ask_again: again },
        Sameness::Same => Start::Resume,
        Sameness::NeedsOverlap => Start::Compare,
    }
}

/// The same version as the one remembered?
#[must_use]
pub fn same(known: &Remembered, now: &Resource) -> Sameness {
    resource::same_file(known.total, &known.validators, now)
}
