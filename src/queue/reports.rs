//! What comes back from a file that runs. Reports of an earlier try change nothing.

use std::path::PathBuf;
use std::sync::Arc;

use super::Queue;
use super::event::{Attempt, Effect, Notice, Now, Report};
use super::file::{FileKey, Worker};
use super::id::FileId;
use super::schedule::Spot;
use crate::download::State;

impl Queue {
    /// Takes a report in.
    pub(super) fn report(
        &mut self,
        id: FileId,
        attempt: Attempt,
        report: Report,
        now: Now,
        effects: &mut Vec<Effect>,
    ) {
        let Some(key) = self.table.find_file(id) else {
            return;
        };
        let file = self.table.file(key);
        if file.worker == Worker::None || file.attempt != attempt {
            return;
        }
        match report {
            Report::Begun {
                path,
                size,
                bytes,
                resumable,
            } => {
                self.begun(key, &path, size, bytes, resumable, now);
            }
            Report::Advanced { bytes, connections } => self.advanced(key, bytes, connections, now),
            Report::StartedOver => self.started_over(key, effects),
            Report::Moved { path } => self.moved(key, path, effects),
            Report::Written { bytes } => self.written(key, bytes, now),
            Report::Completed {
                path,
                bytes,
                existed,
                fingerprint,
            } => {
                let file = self.table.file_mut(key);
                file.existed = existed;
                file.fingerprint = fingerprint.map(Box::new);
                self.completed(key, path, bytes, effects);
            }
            Report::Failed { .. } | Report::Stopped if file.worker.is_stopping() => {
                self.stopped(key, now, effects);
            }
            Report::Failed {
                failure,
                progressed,
            } => {
                self.failed(key, failure, progressed, now, effects);
            }
            Report::Stopped => self.stopped(key, now, effects),
        }
    }

    fn begun(
        &mut self,
        key: FileKey,
        path: &Arc<PathBuf>,
        size: Option<u64>,
        bytes: u64,
        resumable: bool,
        now: Now,
    ) {
        self.host_answered(key);
        let file = self.table.file_mut(key);
        let runs = file.worker == Worker::Fetching;
        if let Some(effort) = &mut file.effort {
            effort.recorded = None;
            effort.rate.add(bytes, now.steady);
            effort.highest = effort.highest.max(bytes);
        }
        self.table.edit(key, |file| {
            file.path = Some(Arc::clone(path));
            file.size = size.or(file.size);
            file.bytes = bytes;
            file.resumable = Some(resumable);
            if runs && file.state == State::Connecting {
                file.state = State::Transferring;
            }
        });
        self.table.save_file(key);
    }

    fn advanced(&mut self, key: FileKey, bytes: u64, connections: u16, now: Now) {
        let view = self.table.view(key);
        let more = bytes > view.bytes;
        let is_news = (bytes, connections) != (view.bytes, view.connections);
        let file = self.table.file_mut(key);
        let runs = file.worker == Worker::Fetching;
        file.progressed |= more;
        if let Some(effort) = &mut file.effort {
            effort.rate.add(bytes, now.steady);
            effort.reached(bytes, now.steady);
        }
        if is_news {
            self.table.edit(key, |file| {
                file.bytes = bytes;
                if runs {
                    file.connections = connections;
                }
                if runs && more {
                    file.state = State::Transferring;
                }
            });
        }
    }

    fn started_over(&mut self, key: FileKey, effects: &mut Vec<Effect>) {
        let resumable = self.table.view(key).resumable != Some(false);
        if let Some(effort) = &mut self.table.file_mut(key).effort {
            effort.rate = crate::download::rate::Rate::new();
            if resumable {
                // It is another file now. (Without ranges every try starts over.)
                effort.highest = 0;
            }
        }
        self.table.edit(key, |file| {
            file.bytes = 0;
            file.size = None;
        });
        self.table.save_file(key);
        effects.push(Effect::Notice(Notice::FileStartedOver(self.table.id(key))));
    }

    fn moved(&mut self, key: FileKey, path: Option<Arc<PathBuf>>, effects: &mut Vec<Effect>) {
        let is_lost = path.is_none();
        self.table.edit(key, |file| file.path = path);
        self.table.save_file(key);
        if !is_lost {
            return;
        }
        if let Some(effort) = &mut self.table.file_mut(key).effort {
            effort.recorded = None;
        }
        if self.table.view(key).bytes > 0 {
            self.started_over(key, effects);
        }
    }

    fn written(&mut self, key: FileKey, bytes: u64, now: Now) {
        self.host_answered(key);
        let worker = self.table.file(key).worker;
        self.set_worker(key, worker.written());
        self.rest(key, now);
        self.table.edit(key, |file| {
            file.bytes = bytes;
            file.size = Some(bytes);
            file.connections = 0;
            if worker == Worker::Fetching {
                file.state = State::Verifying;
            }
        });
    }

    fn completed(
        &mut self,
        key: FileKey,
        path: Arc<PathBuf>,
        bytes: u64,
        effects: &mut Vec<Effect>,
    ) {
        self.host_answered(key);
        self.set_worker(key, Worker::None);
        self.table.file_mut(key).effort = None;
        self.table.save_file(key);
        let state = self.table.view(key).state;
        if state == State::Cancelled {
            return self.completed_all_the_same(key, path, effects);
        }
        if !state.may_become(State::Complete) {
            // It was faster than the stop.
            self.table.become_state(key, State::Queued);
        }
        self.table.edit(key, |file| {
            file.path = Some(Arc::clone(&path));
            file.bytes = bytes;
            file.size = Some(bytes);
            file.error = None;
            file.waiting = None;
            file.connections = 0;
            file.state = State::Complete;
        });
        effects.push(Effect::Notice(Notice::FileCompleted(
            self.table.id(key),
            path,
        )));
    }

    /// Cancelled, and complete before the stop came: a finished file, for which the same holds
    /// as for the others.
    fn completed_all_the_same(
        &mut self,
        key: FileKey,
        path: Arc<PathBuf>,
        effects: &mut Vec<Effect>,
    ) {
        self.table.edit(key, |file| file.path = Some(path));
        if self.table.group(self.table.group_of(key)).delete_finished {
            self.delete_finished(key, effects);
        }
        self.table.edit(key, |file| file.path = None);
    }

    /// The try has ended without a verdict: what was decided meanwhile takes effect.
    pub(super) fn stopped(&mut self, key: FileKey, now: Now, effects: &mut Vec<Effect>) {
        self.set_worker(key, Worker::None);
        let comes_last = std::mem::take(&mut self.table.file_mut(key).comes_last);
        let group = self.table.group(self.table.group_of(key));
        match self.table.view(key).state {
            State::Cancelled => return self.discard(key, effects),
            State::Queued => {
                self.enlist(key, if comes_last { Spot::Back } else { Spot::Front }, now);
            }
            State::Connecting | State::Transferring | State::Verifying if group.suspended => {
                self.table.become_state(key, State::Suspended);
            }
            // Nobody asked it to: it goes on when its turn comes.
            State::Connecting | State::Transferring | State::Verifying => {
                self.admit(key, Spot::Back, now);
            }
            _ => {}
        }
        if self.table.view(key).connections > 0 {
            self.table.edit(key, |file| file.connections = 0);
        }
        self.rest_unless_waiting(key, now);
        self.table.save_file(key);
    }

    fn rest_unless_waiting(&mut self, key: FileKey, now: Now) {
        if self.table.view(key).state != State::Waiting {
            self.rest(key, now);
        }
    }

    /// More than one file may start there now.
    pub(super) fn host_answered(&mut self, key: FileKey) {
        let file = self.table.file(key);
        let number = file.effort.as_ref().map_or(file.host, |effort| effort.held);
        let host = self.hosts.get_mut(number);
        if !host.known {
            host.known = true;
            self.is_stirred = true;
            self.measure_again(number);
        }
    }
}
