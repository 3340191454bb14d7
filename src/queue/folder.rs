//! Another folder: what a person chooses where a disk is full or a folder has gone.
//!
//! Always true: no byte is given up here. A file's path says where its part stands, also
//! while that is the old folder; its next try brings the part along ([`Report::Moved`]).
//!
//! [`Report::Moved`]: super::Report::Moved

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Queue;
use super::command::Refusal;
use super::event::{Effect, Now};
use super::file::FileKey;
use super::id::GroupId;
use super::schedule::Spot;
use crate::download::{State, WaitReason};

impl Queue {
    /// Another folder for all that is not complete. What runs stops, and goes on there; so
    /// does what waited for the disk. What has all its bytes is let finish where it is.
    pub(super) fn set_folder(
        &mut self,
        id: GroupId,
        folder: &Path,
        now: Now,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        let number = self.table.find_group(id)?;
        self.refuse_cancelled(number)?;
        if self.table.group(number).sums.is_complete() {
            return Err(Refusal::WrongState(State::Complete));
        }
        if !folder.is_absolute() {
            return Err(Refusal::Invalid("an absolute path".into()));
        }
        for job in self.table.group(number).jobs.clone() {
            self.redirect(job, folder);
        }
        let moved = self.keys_where(number, |file| match file.state {
            State::Connecting | State::Transferring => true,
            State::Waiting => file.waiting.is_some_and(|waiting| {
                matches!(
                    waiting.reason,
                    WaitReason::DiskFull | WaitReason::Destination
                )
            }),
            _ => false,
        });
        for key in moved {
            self.begin_elsewhere(key, now, effects);
        }
        Ok(())
    }

    fn redirect(&mut self, number: u32, folder: &Path) {
        let job = self.table.job_mut(number);
        if job.sums.is_complete() {
            return;
        }
        Arc::make_mut(&mut job.options).folder = PathBuf::from(folder);
        job.effective = None;
        self.table.save_job(number);
        self.table.touch_job(number);
    }

    fn begin_elsewhere(&mut self, key: FileKey, now: Now, effects: &mut Vec<Effect>) {
        self.stop(key, effects);
        self.begin_anew(key, now);
        self.admit(key, Spot::Front, now);
    }
}
