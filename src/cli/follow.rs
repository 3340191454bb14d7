//! The groups, followed from snapshot to snapshot: first all there is, then what changes.

use std::sync::Arc;

use crate::queue::difference::{FileChange, GroupChange, difference};
use crate::queue::{GroupId, GroupView, Snapshot};

/// What a snapshot tells that the one before did not.
#[derive(Debug, Clone, Copy)]
pub enum Seen<'a> {
    /// The group is gone, and all that was in it.
    Removed(&'a Arc<GroupView>),
    /// The group is new, or was made anew; its files follow.
    Group(GroupChange<'a>),
    /// A file of this group is new, or not as it was.
    File(GroupId, FileChange<'a>),
}

/// Remembers the latest snapshot.
#[derive(Debug, Default)]
pub struct Follow {
    last: Snapshot,
}

impl Follow {
    /// Looks at a later snapshot; tells what is gone, then of each group and its files.
    pub fn advance(&mut self, snapshot: &Snapshot, mut tell: impl FnMut(Seen<'_>)) {
        let found = difference(&self.last, snapshot);
        for group in found.removed {
            tell(Seen::Removed(group));
        }
        for group in found.groups {
            tell(Seen::Group(group));
            for file in group.files() {
                tell(Seen::File(group.after.id, file));
            }
        }
        self.last = snapshot.clone();
    }

    /// The latest snapshot.
    pub fn last(&self) -> &Snapshot {
        &self.last
    }
}

#[cfg(test)]
mod tests;
