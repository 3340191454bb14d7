//! What is not as it was shown, not as it was saved, or to be looked at.
//!
//! Each group, job and file is noted once, however often it changes.

use super::Table;
use crate::queue::file::FileKey;
use crate::queue::job::Unsaved;

impl Table {
    /// The group is not as it was shown.
    pub(in crate::queue) fn touch(&mut self, number: u32) {
        let group = self.group_mut(number);
        if !group.is_dirty {
            group.is_dirty = true;
            self.dirty.push(number);
        }
    }

    /// The job is not as it was shown.
    pub(in crate::queue) fn touch_job(&mut self, number: u32) {
        let job = self.job_mut(number);
        let group = job.group;
        if !std::mem::replace(&mut job.is_dirty, true) {
            self.group_mut(group).dirty_jobs.push(number);
        }
        self.touch(group);
    }

    /// The group, with all its jobs, is not as it was shown (its priority or its end changed).
    pub(in crate::queue) fn touch_all(&mut self, number: u32) {
        self.touch(number);
        for job in self.group(number).jobs.clone() {
            self.touch_job(job);
        }
    }

    /// The group is to be looked at.
    pub(in crate::queue) fn unsettle(&mut self, number: u32) {
        let group = self.group_mut(number);
        if !group.is_unsettled {
            group.is_unsettled = true;
            self.unsettled.push(number);
        }
    }

    /// The group is other than it was saved.
    pub(in crate::queue) fn save(&mut self, number: u32) {
        let group = self.group_mut(number);
        if !group.is_unsaved {
            group.is_unsaved = true;
            self.unsaved.push(number);
        }
        if self.save_wanted.last() != Some(&number) {
            self.save_wanted.push(number);
        }
    }

    /// The group has just been read from where it is saved.
    pub(in crate::queue) fn is_saved(&mut self, number: u32) {
        self.group_mut(number).is_unsaved = false;
        // It was added just now, so it stands last.
        self.unsaved.pop_if(|last| *last == number);
        self.save_wanted.pop_if(|last| *last == number);
    }

    /// The job itself is other than it was saved.
    pub(in crate::queue) fn save_job(&mut self, number: u32) {
        let job = self.job_mut(number);
        let group = job.group;
        if matches!(job.unsaved, Unsaved::Nothing) {
            job.unsaved = Unsaved::Files(Vec::new());
        }
        self.save(group);
    }

    /// The file is other than it was saved.
    pub(in crate::queue) fn save_file(&mut self, key: FileKey) {
        let job = self.job_mut(key.job);
        let group = job.group;
        let file = &mut job.files[key.at as usize];
        match &mut job.unsaved {
            Unsaved::All => {}
            _ if file.unsaved => {}
            Unsaved::Files(files) => files.push(key.at),
            nothing => *nothing = Unsaved::Files(vec![key.at]),
        }
        file.unsaved = true;
        self.save(group);
    }
}
