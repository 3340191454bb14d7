//! Everything there is, by number and by id; and the one way to change a file.
//!
//! Must always be true: every sum equals a recount; no file changes its state but
//! through [`Table::edit`], which knows the table of transitions; a number of a
//! group or a job is never given twice.

mod marks;

use std::collections::BTreeMap;

use uuid::Uuid;

use super::file::{File, FileKey};
use super::group::Group;
use super::id::FileId;
use super::job::Job;
use super::snapshot::FileView;
use super::sums::Share;
use crate::download::State;

/// What an id stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Group(u32),
    Job(u32),
    File(FileKey),
}

/// Groups, jobs, files.
#[derive(Debug, Default)]
pub(super) struct Table {
    groups: Vec<Option<Box<Group>>>,
    jobs: Vec<Option<Box<Job>>>,
    pub(super) ids: BTreeMap<Uuid, Place>,
    /// The groups on the list, in the person's order.
    pub(super) order: Vec<u32>,
    /// Groups that are not as they were shown last.
    pub(super) dirty: Vec<u32>,
    /// Groups to be looked at.
    pub(super) unsettled: Vec<u32>,
    /// Groups that are other than they were saved; and whether a `Save` has asked for it.
    pub(super) unsaved: Vec<u32>,
    pub(super) save_wanted: Vec<u32>,
    /// How often a chunk was copied because a snapshot held it.
    pub(super) copies: u64,
}

impl Table {
    pub(super) fn add_group(&mut self, group: Group) -> u32 {
        let number = self.groups.len() as u32;
        self.ids.insert(group.id.0, Place::Group(number));
        self.groups.push(Some(Box::new(group)));
        self.order.push(number);
        self.save(number);
        self.touch(number);
        number
    }

    /// Adds a job without files to its group.
    pub(super) fn add_job(&mut self, job: Job) -> u32 {
        let (number, group) = (self.jobs.len() as u32, job.group);
        self.ids.insert(job.id.0, Place::Job(number));
        self.jobs.push(Some(Box::new(job)));
        self.group_mut(group).jobs.push(number);
        self.group_mut(group).dirty_jobs.push(number);
        self.save(group);
        self.touch(group);
        number
    }

    /// Appends a file to a job that has just been added; `of` files will come in all.
    pub(super) fn add_file(&mut self, job: u32, file: File, view: FileView, of: usize) -> FileKey {
        let (id, share) = (view.id, Share::of(&view));
        let owner = self.job_mut(job);
        let at = owner.push(file, view, of);
        owner.mark(at, None, share.state);
        owner.sums.add(share);
        let group = owner.group;
        self.group_mut(group).sums.add(share);
        let key = FileKey { job, at };
        self.ids.insert(id.0, Place::File(key));
        key
    }

    /// Takes a group off for good, with all that is in it; its files' hosts are returned.
    pub(super) fn drop_group(&mut self, number: u32) -> Vec<u32> {
        let Some(group) = self.groups[number as usize].take() else {
            return Vec::new();
        };
        let mut hosts = Vec::with_capacity(group.sums.total() as usize);
        self.ids.remove(&group.id.0);
        for job in group.jobs {
            let Some(job) = self.jobs[job as usize].take() else {
                continue;
            };
            self.ids.remove(&job.id.0);
            for view in job.chunks.iter().flat_map(|chunk| chunk.iter()) {
                self.ids.remove(&view.id.0);
            }
            hosts.extend(job.files.iter().map(|file| file.host));
        }
        hosts
    }

    pub(super) fn get_group(&self, number: u32) -> Option<&Group> {
        self.groups.get(number as usize)?.as_deref()
    }

    pub(super) fn get_job(&self, number: u32) -> Option<&Job> {
        self.jobs.get(number as usize)?.as_deref()
    }

    pub(super) fn group(&self, number: u32) -> &Group {
        self.groups[number as usize]
            .as_ref()
            .expect("a number in use")
    }

    pub(super) fn group_mut(&mut self, number: u32) -> &mut Group {
        self.groups[number as usize]
            .as_mut()
            .expect("a number in use")
    }

    pub(super) fn job(&self, number: u32) -> &Job {
        self.jobs[number as usize]
            .as_ref()
            .expect("a number in use")
    }

    pub(super) fn job_mut(&mut self, number: u32) -> &mut Job {
        self.jobs[number as usize]
            .as_mut()
            .expect("a number in use")
    }

    pub(super) fn file(&self, key: FileKey) -> &File {
        &self.job(key.job).files[key.at as usize]
    }

    pub(super) fn file_mut(&mut self, key: FileKey) -> &mut File {
        &mut self.job_mut(key.job).files[key.at as usize]
    }

    pub(super) fn view(&self, key: FileKey) -> &FileView {
        self.job(key.job).view(key.at)
    }

    pub(super) fn group_of(&self, key: FileKey) -> u32 {
        self.job(key.job).group
    }

    pub(super) fn id(&self, key: FileKey) -> FileId {
        self.view(key).id
    }

    /// The only way to change what is shown of a file.
    pub(super) fn edit(&mut self, key: FileKey, change: impl FnOnce(&mut FileView)) {
        let job = self.jobs[key.job as usize]
            .as_mut()
            .expect("a number in use");
        self.copies += u64::from(job.is_shared(key.at));
        let view = job.view_mut(key.at);
        let before = Share::of(view);
        change(view);
        let after = Share::of(view);
        debug_assert!(
            before.state == after.state || before.state.may_become(after.state),
            "{:?} may not become {:?}",
            before.state,
            after.state
        );
        let group = self.groups[job.group as usize]
            .as_mut()
            .expect("a number in use");
        if before != after {
            job.sums.take(before);
            job.sums.add(after);
            group.sums.take(before);
            group.sums.add(after);
        }
        if before.state != after.state {
            job.mark(key.at, Some(before.state), after.state);
            if !group.is_unsettled {
                group.is_unsettled = true;
                self.unsettled.push(job.group);
            }
        }
        if !job.is_dirty {
            job.is_dirty = true;
            group.dirty_jobs.push(key.job);
        }
        if !group.is_dirty {
            group.is_dirty = true;
            self.dirty.push(job.group);
        }
    }

    /// Another state, without a reason to wait.
    pub(super) fn become_state(&mut self, key: FileKey, state: State) {
        self.edit(key, |file| {
            file.state = state;
            file.waiting = None;
            file.connections = 0;
        });
    }

    #[cfg(test)]
    pub(super) fn all_jobs(&self) -> impl Iterator<Item = (u32, &Job)> {
        (0..)
            .zip(&self.jobs)
            .filter_map(|(number, job)| Some((number, job.as_deref()?)))
    }
}
