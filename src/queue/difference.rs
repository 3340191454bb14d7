//! What a later snapshot tells that an earlier one did not.
//!
//! ```text
//! difference(before, after)
//! ├── is_list_changed   other groups, or another order: the ids of `after.groups` say which
//! ├── removed           the groups that are gone (with all their jobs and files)
//! └── groups            those whose allocation is another one, in the order of `after`
//!     ├── before, after, is_changed(), is_progress()          the group without its jobs
//!     └── jobs()        those whose allocation is another one
//!         ├── index, before, after, is_changed()              the job without its files
//!         └── files()   those that are new or not as they were
//!             └── job, job_index, place, before, after, is_progress()
//! ```
//! What is the same allocation is not looked into: beside one pass over the list of groups
//! (pointers alone) the work grows with what changed. Groups are matched by id; jobs and
//! files by their places, which they keep, and another id there is another file.
//! Mode, limits, schedule and conditions are plain values of a snapshot: whoever wants those compares them.

use std::collections::HashMap;
use std::sync::Arc;

use super::id::{GroupId, JobId};
use super::snapshot::{FileView, GroupView, JobView, Snapshot, Summary};

/// What is new in the groups of a snapshot.
#[derive(Debug, Default)]
pub struct Difference<'a> {
    /// Groups have come or gone, or stand in another order.
    pub is_list_changed: bool,
    /// Groups that are gone, in the order in which they stood.
    pub removed: Vec<&'a Arc<GroupView>>,
    /// Groups that are new, or made anew, in the order in which they stand.
    pub groups: Vec<GroupChange<'a>>,
}

/// A group that is new or was made anew; its parts may still be as they were.
#[derive(Debug, Clone, Copy)]
pub struct GroupChange<'a> {
    /// As it was; absent when it is new.
    pub before: Option<&'a Arc<GroupView>>,
    /// As it is.
    pub after: &'a Arc<GroupView>,
}

/// A job that is new or was made anew.
#[derive(Debug, Clone, Copy)]
pub struct JobChange<'a> {
    /// Its place among the jobs of its group.
    pub index: usize,
    /// As it was; absent when it is new.
    pub before: Option<&'a Arc<JobView>>,
    /// As it is.
    pub after: &'a Arc<JobView>,
}

/// A file that is new, or not as it was.
#[derive(Debug, Clone, Copy)]
pub struct FileChange<'a> {
    /// Its job.
    pub job: JobId,
    /// The job's place among the jobs of its group.
    pub job_index: usize,
    /// Its place among all files of its job.
    pub place: usize,
    /// As it was; absent when it is new.
    pub before: Option<&'a FileView>,
    /// As it is.
    pub after: &'a FileView,
}

/// What is new in `after`. A first snapshot is one after [`Snapshot::default`].
#[must_use]
pub fn difference<'a>(before: &'a Snapshot, after: &'a Snapshot) -> Difference<'a> {
    let mut found = Difference::default();
    if Arc::ptr_eq(&before.groups, &after.groups) {
        return found;
    }
    let (old, new): (&[_], &[_]) = (&before.groups, &after.groups);
    // Both lists agree at their ends; only between those is anything looked up.
    let head = agree(old.iter().zip(new));
    let tail = agree(old[head..].iter().rev().zip(new[head..].iter().rev()));
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    found.pairs(&old[..head], &new[..head]);
    found.between(&old[head..old_end], &new[head..new_end]);
    found.pairs(&old[old_end..], &new[new_end..]);
    found
}

/// For how long two lists have the same groups.
fn agree<'a>(pairs: impl Iterator<Item = (&'a Arc<GroupView>, &'a Arc<GroupView>)>) -> usize {
    pairs
        .take_while(|(old, new)| Arc::ptr_eq(old, new) || old.id == new.id)
        .count()
}

impl<'a> Difference<'a> {
    fn pairs(&mut self, old: &'a [Arc<GroupView>], new: &'a [Arc<GroupView>]) {
        for (before, after) in old.iter().zip(new) {
            self.pair(Some(before), after);
        }
    }

    fn pair(&mut self, before: Option<&'a Arc<GroupView>>, after: &'a Arc<GroupView>) {
        if before.is_none_or(|before| !Arc::ptr_eq(before, after)) {
            self.groups.push(GroupChange { before, after });
        }
    }

    fn between(&mut self, old: &'a [Arc<GroupView>], new: &'a [Arc<GroupView>]) {
        self.is_list_changed = !old.is_empty() || !new.is_empty();
        let mut known: HashMap<GroupId, _> = old.iter().map(|group| (group.id, group)).collect();
        for after in new {
            self.pair(known.remove(&after.id), after);
        }
        let gone = old.iter().filter(|group| known.contains_key(&group.id));
        self.removed.extend(gone);
    }
}

impl<'a> GroupChange<'a> {
    /// Something of the group itself (without its jobs) is not as it was, or it is new.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        let same = |before: &Arc<GroupView>| {
            is_same_but_for_sums(before, self.after) && before.summary == self.after.summary
        };
        !self.before.is_some_and(same)
    }

    /// At most sums that grow as bytes come: what a slow reader may miss.
    #[must_use]
    pub fn is_progress(&self) -> bool {
        self.before
            .is_some_and(|before| is_same_but_for_sums(before, self.after))
    }

    /// Its jobs that are new or were made anew.
    pub fn jobs(&self) -> impl Iterator<Item = JobChange<'a>> + use<'a> {
        let (group, after) = (self.before, self.after);
        let jobs = after.jobs.iter().enumerate();
        jobs.filter_map(move |(index, after)| {
            let before = group.and_then(|group| group.jobs.get(index));
            let before = before.filter(|before| before.id == after.id);
            let is_same = before.is_some_and(|before| Arc::ptr_eq(before, after));
            (!is_same).then_some(JobChange {
                index,
                before,
                after,
            })
        })
    }

    /// The files of all its jobs that are new, or not as they were.
    pub fn files(&self) -> impl Iterator<Item = FileChange<'a>> + use<'a> {
        self.jobs().flat_map(|job| job.files())
    }
}

impl<'a> JobChange<'a> {
    /// Something of the job itself (without its files) is not as it was, or it is new.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        let after = self.after;
        !self.before.is_some_and(|before| {
            before.status == after.status
                && before.state == after.state
                && before.summary == after.summary
                && before.speeds == after.speeds
        })
    }

    /// Its files that are new, or not as they were.
    pub fn files(&self) -> impl Iterator<Item = FileChange<'a>> + use<'a> {
        let JobChange {
            index,
            before,
            after,
        } = *self;
        let old = move |chunk: usize| before.and_then(|job| job.files.get(chunk));
        let mut begin = 0;
        let chunks = after.files.iter().enumerate().map(move |(at, chunk)| {
            let first = begin;
            begin += chunk.len();
            (first, old(at), chunk)
        });
        let other =
            chunks.filter(|(_, old, chunk)| !old.is_some_and(|old| Arc::ptr_eq(old, chunk)));
        other.flat_map(move |(first, old, chunk)| {
            chunk.iter().enumerate().filter_map(move |(at, file)| {
                let before = old.and_then(|old| old.get(at));
                let change = FileChange {
                    job: after.id,
                    job_index: index,
                    place: first + at,
                    before: before.filter(|before| before.id == file.id),
                    after: file,
                };
                change.is_changed().then_some(change)
            })
        })
    }
}

impl FileChange<'_> {
    /// Only bytes have come, or connections were opened or closed: what a slow reader may miss.
    #[must_use]
    pub fn is_progress(&self) -> bool {
        self.before
            .is_some_and(|before| is_same_but_for_progress(before, self.after))
    }

    fn is_changed(&self) -> bool {
        let after = self.after;
        !self.before.is_some_and(|before| {
            is_same_but_for_progress(before, after)
                && before.bytes == after.bytes
                && before.connections == after.connections
        })
    }
}

fn is_same_but_for_sums(a: &GroupView, b: &GroupView) -> bool {
    let at_rest = |summary: &Summary| (summary.files_total, summary.files_done, summary.size);
    a.state == b.state
        && a.status == b.status
        && a.waiting == b.waiting
        && a.error == b.error
        && a.completed == b.completed
        && a.anyway == b.anyway
        && a.courtesy == b.courtesy
        && is_shared_or_equal(Some(&a.properties), Some(&b.properties))
        && at_rest(&a.summary) == at_rest(&b.summary)
}

fn is_same_but_for_progress(a: &FileView, b: &FileView) -> bool {
    a.state == b.state
        && a.size == b.size
        && a.resumable == b.resumable
        && a.waiting == b.waiting
        && is_shared_or_equal(Some(&a.source), Some(&b.source))
        && is_shared_or_equal(a.path.as_ref(), b.path.as_ref())
        && is_shared_or_equal(a.error.as_ref(), b.error.as_ref())
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
