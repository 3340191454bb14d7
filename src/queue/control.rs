//! Suspend, resume, cancel, another URL: what a person does to a group's files.

use std::sync::Arc;

use super::Queue;
use super::command::Refusal;
use super::event::{Effect, Now};
use super::file::{FileKey, Worker};
use super::fingerprint::Fingerprint;
use super::id::{FileId, GroupId};
use super::schedule::Spot;
use super::snapshot::FileSource;
use crate::download::{Link, State};

impl Queue {
    /// Tells the worker of a file to stop, where one runs.
    pub(super) fn stop(&mut self, key: FileKey, effects: &mut Vec<Effect>) {
        let file = self.table.file(key);
        let worker = file.worker;
        if worker == Worker::None || worker.is_stopping() {
            return;
        }
        effects.push(Effect::Stop(self.table.id(key), file.attempt));
        self.set_worker(key, worker.stopped());
    }

    /// Stops, keeps every byte. What has all its bytes is let finish.
    pub(super) fn suspend(
        &mut self,
        ids: &[GroupId],
        now: Now,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        for number in self.standing(ids)? {
            let group = self.table.group_mut(number);
            if group.suspended || group.sums.is_complete() {
                continue;
            }
            group.suspended = true;
            group.anyway = false;
            self.clear_lines(number);
            let stopped = self.keys_where(number, |file| {
                !matches!(
                    file.state,
                    State::Suspended | State::Verifying | State::Error | State::Complete
                )
            });
            for key in stopped {
                self.stop(key, effects);
                self.table.edit(key, |file| file.error = None);
                self.table.become_state(key, State::Suspended);
                self.rest(key, now);
            }
            self.table.save(number);
            self.table.touch_all(number);
        }
        Ok(())
    }

    /// Goes on; what failed or waits for another try is tried again at once.
    pub(super) fn resume(&mut self, ids: &[GroupId], now: Now) -> Result<(), Refusal> {
        let numbers = self.standing(ids)?;
        if numbers
            .iter()
            .any(|number| self.table.group(*number).sums.total() == 0)
        {
            return Err(Refusal::Empty);
        }
        for number in numbers {
            self.resume_group(number, now);
        }
        Ok(())
    }

    /// Resumes, and lets nothing but the program's mode and the network hold it back; or not so
    /// any more.
    pub(super) fn set_anyway(
        &mut self,
        ids: &[GroupId],
        anyway: bool,
        now: Now,
    ) -> Result<(), Refusal> {
        let numbers = self.standing(ids)?;
        let is_empty = |number: &u32| self.table.group(*number).sums.total() == 0;
        if anyway && numbers.iter().any(is_empty) {
            return Err(Refusal::Empty);
        }
        for number in numbers {
            let group = self.table.group_mut(number);
            if !group.sums.is_complete() && group.anyway != anyway {
                group.anyway = anyway;
                self.are_holds_stale = true;
                self.table.save(number);
                self.table.touch(number);
            }
            if anyway {
                self.resume_group(number, now);
            }
        }
        Ok(())
    }

    pub(super) fn resume_group(&mut self, number: u32, now: Now) {
        let resumed = self.keys_where(number, |file| {
            matches!(file.state, State::Suspended | State::Error | State::Waiting)
        });
        let group = self.table.group_mut(number);
        if resumed.is_empty() && (!group.suspended || group.sums.is_complete()) {
            return;
        }
        group.suspended = false;
        group.told = false;
        for job in group.jobs.clone() {
            if std::mem::take(&mut self.table.job_mut(job).held) {
                self.table.save_job(job);
            }
        }
        for key in resumed {
            self.begin_anew(key, now);
            self.admit(key, Spot::Back, now);
        }
        self.table.save(number);
        self.table.touch_all(number);
    }

    /// A person asks: what went wrong before does not count.
    pub(super) fn begin_anew(&mut self, key: FileKey, now: Now) {
        if let Some(effort) = &mut self.table.file_mut(key).effort {
            effort.begin_anew(now.steady);
        }
        if self.table.view(key).state == State::Error {
            self.table.save_file(key);
        }
        if self.table.view(key).error.is_some() {
            self.table.edit(key, |file| file.error = None);
        }
    }

    /// Final. What still runs is discarded when it has stopped.
    pub(super) fn cancel(
        &mut self,
        ids: &[GroupId],
        delete_finished: bool,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        for number in self.standing(ids)? {
            let group = self.table.group_mut(number);
            group.cancelled = true;
            group.delete_finished = delete_finished;
            self.clear_lines(number);
            for key in self.keys_where(number, |_| true) {
                self.cancel_file(key, delete_finished, effects);
            }
            self.table.save(number);
            self.table.touch_all(number);
        }
        Ok(())
    }

    fn cancel_file(&mut self, key: FileKey, delete_finished: bool, effects: &mut Vec<Effect>) {
        if self.table.view(key).state == State::Complete {
            if delete_finished {
                self.delete_finished(key, effects);
            }
            return;
        }
        if self.table.view(key).state == State::Error {
            self.table.save_file(key);
        }
        self.stop(key, effects);
        self.table.edit(key, |file| file.error = None);
        self.table.become_state(key, State::Cancelled);
        if self.table.file(key).worker == Worker::None {
            self.discard(key, effects);
        }
    }

    /// Removes what is complete, where it was Ebb that wrote it.
    pub(super) fn delete_finished(&mut self, key: FileKey, effects: &mut Vec<Effect>) {
        let (file, view) = (self.table.file(key), self.table.view(key));
        let fingerprint = match &file.fingerprint {
            Some(known) => **known,
            None if file.existed => return,
            // Kept by an earlier Ebb, or the system would not say: the length alone is known.
            None => Fingerprint {
                length: view.bytes,
                ..Fingerprint::default()
            },
        };
        if let Some(path) = view.path.clone() {
            effects.push(Effect::DeleteFinished(view.id, path, fingerprint));
        }
    }

    /// Removes what there is of a cancelled file, of which nothing runs any more.
    pub(super) fn discard(&mut self, key: FileKey, effects: &mut Vec<Effect>) {
        let recorded = self
            .table
            .file_mut(key)
            .effort
            .take()
            .and_then(|effort| effort.recorded);
        let view = self.table.view(key);
        let source = recorded.unwrap_or_else(|| Arc::clone(&view.source));
        if let Some(path) = view.path.clone() {
            let (file, link) = (view.id, source.link.clone());
            effects.push(Effect::Discard { file, path, link });
            self.table.edit(key, |file| {
                file.path = None;
                file.bytes = 0;
            });
            self.table.save_file(key);
        }
    }

    /// Another URL. What runs by the old one stops, and goes on by the new one.
    pub(super) fn set_link(
        &mut self,
        id: FileId,
        link: Link,
        now: Now,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        let key = self.table.find_file(id).ok_or(Refusal::NotFound)?;
        let number = self.table.group_of(key);
        let (group, state) = (self.table.group(number), self.table.view(key).state);
        if group.is_gone {
            return Err(Refusal::NotFound);
        }
        if state.is_final() {
            return Err(Refusal::WrongState(state));
        }
        let goes_on = !group.suspended && state != State::Suspended;
        self.take_out_of_line(key);
        self.stop(key, effects);
        self.swap_source(key, link);
        self.begin_anew(key, now);
        if goes_on {
            self.admit(key, Spot::Front, now);
        } else if state != State::Suspended {
            self.table.become_state(key, State::Suspended);
        }
        self.table.save_file(key);
        Ok(())
    }

    fn take_out_of_line(&mut self, key: FileKey) {
        let (number, host) = (self.table.group_of(key), self.table.file(key).host);
        let group = self.table.group_mut(number);
        if group.fresh.remove(host, key) || group.again.remove(host, key) {
            self.hosts.get_mut(host).queued -= 1;
            self.relist(number);
        }
    }

    fn swap_source(&mut self, key: FileKey, link: Link) {
        let host = self.hosts.enter(&link.origin());
        let source = Arc::clone(&self.table.view(key).source);
        let begun = self.table.view(key).path.is_some();
        let file = self.table.file_mut(key);
        let old = std::mem::replace(&mut file.host, host);
        file.lacks_password = false;
        file.measured = false;
        if begun {
            // The record on disk is still found under the old one.
            file.effort()
                .recorded
                .get_or_insert_with(|| Arc::clone(&source));
        }
        self.hosts.leave(old);
        let name = source.name.clone();
        self.table.edit(key, |file| {
            file.source = Arc::new(FileSource { link, name })
        });
    }
}
