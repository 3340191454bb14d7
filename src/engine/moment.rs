//! The queue at one moment, for whoever looks something up in it or makes a command of it.

use std::sync::Arc;

use crate::queue::{Found, GroupId, GroupView, Now, Queue, Refusal, Snapshot};

/// The queue as it is, while nothing else happens to it.
#[derive(Debug)]
pub struct Moment<'a> {
    queue: &'a mut Queue,
    now: Now,
}

/// Groups that have left the list, as they were last.
#[derive(Debug, Clone)]
pub struct Removal {
    /// The snapshot in which they stood last, and as they are here.
    pub number: u64,
    /// They.
    pub groups: Vec<Arc<GroupView>>,
}

impl<'a> Moment<'a> {
    pub(super) fn new(queue: &'a mut Queue, now: Now) -> Self {
        Self { queue, now }
    }

    /// All that can be seen.
    pub fn snapshot(&mut self) -> Snapshot {
        self.queue.snapshot(self.now)
    }

    /// Whatever has an id that begins so, and the group that it is, or that it is in.
    ///
    /// # Errors
    /// `NotFound`, or `Ambiguous` where several do.
    pub fn find(&self, prefix: &str) -> Result<(Found, GroupId), Refusal> {
        let found = self.queue.find(prefix)?;
        let group = self.queue.owner(found).ok_or(Refusal::NotFound)?;
        Ok((found, group))
    }

    /// A group on the list, as it can be seen.
    pub fn group(&mut self, id: GroupId) -> Option<Arc<GroupView>> {
        self.snapshot();
        self.queue.shown(id)
    }
}
