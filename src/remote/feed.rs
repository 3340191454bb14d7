//! What a subscriber is told, in messages of a bounded length.
//!
//! It is told the difference between what it knows and what there is when it reads: who reads
//! slowly misses what lies in between, and nothing of where things stand.

use std::collections::HashSet;
use std::future::Future;
use std::sync::Arc;

use super::schema::{ChangedFile, ChangedJob, Changes, File, Group, Job};
use crate::queue::difference::{Difference, GroupChange, difference};
use crate::queue::{GroupId, GroupView, Snapshot};

/// Most things in one message.
const MOST: usize = 256;

/// Where messages go.
pub trait Outlet {
    /// Why one cannot go there.
    type Error;

    /// Sends one.
    ///
    /// # Errors
    /// Nobody reads any more.
    fn send(&mut self, changes: &Changes) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

/// Tells what is in `after` and not in `before`; nothing at all, and `false`, where that is
/// nothing.
///
/// # Errors
/// The outlet's.
pub async fn tell<O: Outlet>(
    before: &Snapshot,
    after: &Snapshot,
    outlet: &mut O,
) -> Result<bool, O::Error> {
    let mut found = difference(before, after);
    renew(&mut found);
    let order = found.is_list_changed.then(|| order(before, after, &found));
    let mut teller = Teller {
        changes: empty(after),
        has_told: false,
        outlet,
    };
    teller.changes.removed = found.removed.iter().map(|group| group.id).collect();
    for group in &found.groups {
        teller.group(group).await?;
    }
    teller.changes.order = order.flatten();
    let of_program = !is_same_program(before, after);
    let is_something = teller.has_told || of_program || !teller.changes.is_empty();
    if is_something {
        teller.changes.more = false;
        teller.outlet.send(&teller.changes).await?;
    }
    Ok(is_something)
}

fn is_same_program(a: &Snapshot, b: &Snapshot) -> bool {
    (a.mode, a.limit, a.limits, a.conditions) == (b.mode, b.limit, b.limits, b.conditions)
        && (Arc::ptr_eq(&a.schedule, &b.schedule) || a.schedule == b.schedule)
}

/// A group that has gone, and come back under its id meanwhile, is told of as gone and new.
fn renew(found: &mut Difference<'_>) {
    for change in &mut found.groups {
        let is_another = |before: &&Arc<GroupView>| {
            before.created != change.after.created || before.jobs.len() > change.after.jobs.len()
        };
        if let Some(before) = change.before.filter(is_another) {
            found.removed.push(before);
            found.is_list_changed = true;
            change.before = None;
        }
    }
}

/// Nothing; and more to come, until it is the last.
fn empty(after: &Snapshot) -> Changes {
    Changes {
        more: true,
        ..Changes::of_program(after)
    }
}

/// The order, where it is not what comes of removing and adding.
fn order(before: &Snapshot, after: &Snapshot, found: &Difference<'_>) -> Option<Vec<GroupId>> {
    let removed: HashSet<_> = found.removed.iter().map(|group| group.id).collect();
    let stay = before.groups.iter().map(|group| group.id);
    let stay = stay.filter(|id| !removed.contains(id));
    let new = found.groups.iter().filter(|group| group.before.is_none());
    let expected = stay.chain(new.map(|group| group.after.id));
    let now = after.groups.iter().map(|group| group.id);
    (!expected.eq(now.clone())).then(|| now.collect())
}

struct Teller<'a, O> {
    changes: Changes,
    has_told: bool,
    outlet: &'a mut O,
}

impl<O: Outlet> Teller<'_, O> {
    async fn group(&mut self, change: &GroupChange<'_>) -> Result<(), O::Error> {
        let group = change.after.id;
        if change.is_changed() {
            self.changes.groups.push(Group::alone(change.after));
        }
        for job in change.jobs() {
            if job.is_changed() {
                self.changes.jobs.push(ChangedJob {
                    group,
                    index: job.index,
                    job: Job::alone(job.after),
                });
                self.hand_over().await?;
            }
            for file in job.files() {
                self.changes.files.push(ChangedFile {
                    group,
                    index: file.job_index,
                    place: file.place,
                    file: File::of(file.after),
                });
                self.hand_over().await?;
            }
        }
        self.hand_over().await
    }

    async fn hand_over(&mut self) -> Result<(), O::Error> {
        if self.changes.len() < MOST {
            return Ok(());
        }
        self.outlet.send(&self.changes).await?;
        self.has_told = true;
        self.changes.removed.clear();
        self.changes.groups.clear();
        self.changes.jobs.clear();
        self.changes.files.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests;
