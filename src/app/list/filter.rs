//! Which groups are shown: the six questions of the sidebar.
//!
//! A group may answer yes to more than one (a file failed while others still run), and a
//! cancelled one only to "all".

use crate::download::State;
use crate::queue::{Flags, GroupView};

/// Which groups are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Filter {
    /// Every one.
    #[default]
    All,
    /// A file of it is on its way, or next in line.
    Active,
    /// It would run, but for a reason.
    Waiting,
    /// Nothing happens until it is resumed; what failed is not among these.
    Suspended,
    /// All of it is there.
    Finished,
    /// A file of it was given up.
    Failed,
}

/// Every filter, in the order of the sidebar.
pub const FILTERS: [Filter; 6] = [
    Filter::All,
    Filter::Active,
    Filter::Waiting,
    Filter::Suspended,
    Filter::Finished,
    Filter::Failed,
];

impl Filter {
    /// `true` where the group is one of these.
    #[must_use]
    pub fn takes(self, group: &GroupView) -> bool {
        let has = |flag| group.status.contains(flag);
        let is_on_its_way = matches!(
            group.state,
            State::Queued | State::Connecting | State::Transferring | State::Verifying
        );
        match self {
            Self::All => true,
            Self::Active => is_on_its_way && !has(Flags::SUSPENDED),
            Self::Waiting => group.state == State::Waiting,
            Self::Suspended => has(Flags::SUSPENDED) && group.state != State::Error,
            Self::Finished => has(Flags::COMPLETE),
            Self::Failed => has(Flags::ERROR),
        }
    }
}

/// A group's answers to all six.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Classes(u8);

impl Classes {
    pub(super) fn of(group: &GroupView) -> Self {
        let bit = |filter: &Filter| u8::from(filter.takes(group)) << *filter as u8;
        Self(FILTERS.iter().map(bit).fold(0, |all, bit| all | bit))
    }

    pub(super) fn contains(self, filter: Filter) -> bool {
        self.0 & (1 << filter as u8) != 0
    }
}
