//! The other side's queue, put together from what is told of it.
//!
//! What is not told of is the same allocation from one snapshot to the next, as it is with
//! the engine's own.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::schema::{ChangedFile, ChangedJob, Changes, Group, Malformed};
use crate::queue::snapshot::CHUNK;
use crate::queue::{FileView, GroupId, GroupView, JobView, Snapshot};

/// What is known so far.
#[derive(Debug, Default)]
pub struct Mirror {
    snapshot: Snapshot,
    places: HashMap<GroupId, usize>,
}

impl Mirror {
    /// Takes some changes in; the snapshot, where they fit together.
    ///
    /// # Errors
    /// [`Malformed`]: they cannot be of what was told before. The mirror is of no use then.
    pub fn apply(&mut self, changes: Changes) -> Result<Option<Snapshot>, Malformed> {
        changes.give_program(&mut self.snapshot);
        self.remove(&changes.removed);
        for group in changes.groups {
            self.group(group)?;
        }
        for job in changes.jobs {
            self.job(job)?;
        }
        for file in changes.files {
            self.file(file)?;
        }
        if let Some(order) = changes.order {
            self.order(&order)?;
        }
        Ok((!changes.more).then(|| self.snapshot.clone()))
    }

    fn groups(&mut self) -> &mut Vec<Arc<GroupView>> {
        Arc::make_mut(&mut self.snapshot.groups)
    }

    fn remove(&mut self, removed: &[GroupId]) {
        if removed.is_empty() {
            return;
        }
        let removed: HashSet<_> = removed.iter().collect();
        self.groups().retain(|group| !removed.contains(&group.id));
        self.find_places();
    }

    fn find_places(&mut self) {
        let ids = self.snapshot.groups.iter().map(|group| group.id);
        self.places = ids.enumerate().map(|(place, id)| (id, place)).collect();
    }

    fn group(&mut self, group: Group) -> Result<(), Malformed> {
        let mut view = group.view()?;
        if let Some(place) = self.places.get(&view.id).copied() {
            let known = &mut self.groups()[place];
            view.jobs = Arc::clone(&known.jobs);
            *known = Arc::new(view);
        } else {
            let place = self.snapshot.groups.len();
            self.places.insert(view.id, place);
            self.groups().push(Arc::new(view));
        }
        Ok(())
    }

    fn known(&mut self, id: GroupId) -> Result<&mut GroupView, Malformed> {
        let place = self.places.get(&id).copied();
        let place = place.ok_or_else(|| Malformed("of a group not told of".to_owned()))?;
        Ok(Arc::make_mut(&mut self.groups()[place]))
    }

    fn job(&mut self, changed: ChangedJob) -> Result<(), Malformed> {
        let mut view = changed.job.view()?;
        let jobs = Arc::make_mut(&mut self.known(changed.group)?.jobs);
        let next = jobs.len();
        match jobs.get_mut(changed.index) {
            Some(known) => {
                if known.id == view.id {
                    view.files.clone_from(&known.files);
                }
                *known = Arc::new(view);
            }
            None if changed.index == next => jobs.push(Arc::new(view)),
            None => return Err(Malformed("a job after a gap".to_owned())),
        }
        Ok(())
    }

    fn file(&mut self, changed: ChangedFile) -> Result<(), Malformed> {
        let view = changed.file.view()?;
        let jobs = Arc::make_mut(&mut self.known(changed.group)?.jobs);
        let job = jobs.get_mut(changed.index);
        let job = job.ok_or_else(|| Malformed("of a job not told of".to_owned()))?;
        put(Arc::make_mut(job), changed.place, view)
    }

    fn order(&mut self, order: &[GroupId]) -> Result<(), Malformed> {
        let known = |id: &GroupId| {
            self.places
                .get(id)
                .map(|place| &self.snapshot.groups[*place])
        };
        let groups: Option<Vec<_>> = order.iter().map(|id| known(id).cloned()).collect();
        let is_each = order.iter().collect::<HashSet<_>>().len() == self.snapshot.groups.len();
        let groups = groups.filter(|groups| is_each && groups.len() == self.snapshot.groups.len());
        let groups = groups.ok_or_else(|| Malformed("an order of other groups".to_owned()))?;
        self.snapshot.groups = Arc::new(groups);
        self.find_places();
        Ok(())
    }
}

/// Puts a file at its place, or at the next that is free.
fn put(job: &mut JobView, place: usize, file: FileView) -> Result<(), Malformed> {
    let (at, within) = (place / CHUNK, place % CHUNK);
    let is_full = |chunk: &Arc<Vec<_>>| chunk.len() == CHUNK;
    if at == job.files.len() && job.files.last().is_none_or(is_full) {
        job.files.push(Arc::default());
    }
    let chunk = job.files.get_mut(at).map(Arc::make_mut);
    match chunk {
        Some(chunk) if within < chunk.len() => chunk[within] = file,
        Some(chunk) if within == chunk.len() => chunk.push(file),
        _ => return Err(Malformed("a file after a gap".to_owned())),
    }
    Ok(())
}

#[cfg(test)]
mod tests;
