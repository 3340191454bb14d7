//! One group, followed from snapshot to snapshot: what has changed, and how much is left.
//!
//! A chunk of files that is the same allocation as before is not looked into, so
//! that a change among 100,000 files costs what changed.

use std::sync::Arc;

use crate::download::{State, WaitReason};
use crate::queue::{FileView, GroupId, GroupView, JobId, JobView, Snapshot};

/// Where a file stands, for whoever waits for its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Something is still to come.
    Open,
    /// Whole, under its name.
    Complete,
    /// Given up, or in need of a person, which one command cannot wait for.
    Failed,
}

impl Standing {
    /// A file's.
    pub fn of(file: &FileView) -> Self {
        let needs_person = |file: &FileView| {
            file.waiting
                .is_some_and(|waiting| waiting.reason == WaitReason::Credentials)
        };
        match file.state {
            State::Complete => Self::Complete,
            State::Error | State::Cancelled => Self::Failed,
            State::Waiting if needs_person(file) => Self::Failed,
            _ => Self::Open,
        }
    }
}

/// What a snapshot tells that the one before did not.
#[derive(Debug, Clone, Copy)]
pub enum Seen<'a> {
    /// The group is new, or not as it was.
    Group(&'a Arc<GroupView>),
    /// A file is.
    File(Change<'a>),
}

/// A file that is new, or not as it was.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// Its job.
    pub job: JobId,
    /// As it was; absent when it is new.
    pub before: Option<&'a FileView>,
    /// As it is.
    pub after: &'a FileView,
}

impl Change<'_> {
    /// It has just come to this standing.
    pub fn is_now(&self, standing: Standing) -> bool {
        Standing::of(self.after) == standing
            && self
                .before
                .is_none_or(|before| Standing::of(before) != standing)
    }
}

/// How many files stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Not at their end.
    pub open: u64,
    /// Complete.
    pub complete: u64,
    /// Failed.
    pub failed: u64,
}

impl Tally {
    fn of(&mut self, standing: Standing) -> &mut u64 {
        match standing {
            Standing::Open => &mut self.open,
            Standing::Complete => &mut self.complete,
            Standing::Failed => &mut self.failed,
        }
    }

    fn count(&mut self, change: &Change<'_>) {
        if let Some(before) = change.before {
            *self.of(Standing::of(before)) -= 1;
        }
        *self.of(Standing::of(change.after)) += 1;
    }
}

/// Follows one group, to which only files are added.
#[derive(Debug)]
pub struct Follow {
    id: GroupId,
    group: Option<Arc<GroupView>>,
    tally: Tally,
    is_gone: bool,
}

impl Follow {
    /// Nothing seen yet.
    pub fn new(id: GroupId) -> Self {
        Self {
            id,
            group: None,
            tally: Tally::default(),
            is_gone: false,
        }
    }

    /// Looks at a later snapshot; tells of the group, if it is not as it was, then of each file.
    pub fn advance(&mut self, snapshot: &Snapshot, mut tell: impl FnMut(Seen<'_>)) {
        let Some(now) = snapshot.groups.iter().find(|group| group.id == self.id) else {
            self.is_gone = self.group.is_some();
            return;
        };
        let before = self.group.replace(Arc::clone(now));
        if before
            .as_ref()
            .is_some_and(|before| Arc::ptr_eq(before, now))
        {
            return;
        }
        tell(Seen::Group(now));
        for (index, job) in now.jobs.iter().enumerate() {
            let old = before.as_ref().and_then(|group| group.jobs.get(index));
            changes(old, job, |change| {
                self.tally.count(&change);
                tell(Seen::File(change));
            });
        }
    }

    /// The group has been seen.
    pub fn has_begun(&self) -> bool {
        self.group.is_some()
    }

    /// How many files stand where.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// Nothing more will come: every file has ended, or the group has been taken away.
    pub fn is_over(&self) -> bool {
        self.is_gone || self.group.is_some() && self.tally.open == 0
    }
}

fn changes(before: Option<&Arc<JobView>>, now: &Arc<JobView>, mut tell: impl FnMut(Change<'_>)) {
    if before.is_some_and(|before| Arc::ptr_eq(before, now)) {
        return;
    }
    for (index, chunk) in now.files.iter().enumerate() {
        let old = before.and_then(|job| job.files.get(index));
        if old.is_some_and(|old| Arc::ptr_eq(old, chunk)) {
            continue;
        }
        for (place, after) in chunk.iter().enumerate() {
            let before = old.and_then(|chunk| chunk.get(place));
            if before.is_none_or(|before| !is_same(before, after)) {
                tell(Change {
                    job: now.id,
                    before,
                    after,
                });
            }
        }
    }
}

fn is_same(a: &FileView, b: &FileView) -> bool {
    is_same_but_for_progress(a, b) && a.bytes == b.bytes && a.connections == b.connections
}

/// Only bytes have come, or connections were opened or closed.
pub fn is_same_but_for_progress(a: &FileView, b: &FileView) -> bool {
    let FileView {
        id,
        source,
        path,
        state,
        size,
        resumable,
        waiting,
        error,
        ..
    } = a;
    *id == b.id
        && *state == b.state
        && *size == b.size
        && *resumable == b.resumable
        && *waiting == b.waiting
        && is_shared_or_equal(Some(source), Some(&b.source))
        && is_shared_or_equal(path.as_ref(), b.path.as_ref())
        && is_shared_or_equal(error.as_ref(), b.error.as_ref())
}

fn is_shared_or_equal<T: PartialEq>(a: Option<&Arc<T>>, b: Option<&Arc<T>>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => Arc::ptr_eq(a, b) || a == b,
        (None, None) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
