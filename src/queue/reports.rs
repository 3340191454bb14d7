//! What comes back from a file that runs. Reports of an earlier try change nothing.

use std::path::PathBuf;
use std::sync::Arc;

use super::Queue;
use super::event::{Attempt, Effect, Notice, Now, Report};
use super::file::{FileKey, Worker};
use super::id::FileId;
use super::property::Priority;
use super::schedule::Spot;
use super::snapshot::Problem;
use crate::download::retry::{self, Decision, Tries};
use crate::download::{Failure, State, WaitReason};

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
        let Some(key) = self.table.find_file(id) else { return };
        let file = self.table.file(key);
        if file.worker == Worker::None || file.attempt != attempt {
            return;
        }
        match report {
            Report::Begun { path, size, bytes, resumable } => {
                self.begun(key, &path, size, bytes, resumable, now);
            }
            Report::Advanced { bytes, connections } => self.advanced(key, bytes, connections, now),
            Report::StartedOver => self.started_over(key, effects),
            Report::Written { bytes } => self.written(key, bytes, now),
            Report::Completed { path, bytes, existed } => {
                self.completed(key, path, bytes, existed, effects);
            }
            Report::Failed { .. } | Report::Stopped if file.worker.is_stopping() => {
                self.stopped(key, now, effects);
            }
            Report::Failed { failure, progressed } => {
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
        let more = bytes > self.table.view(key).bytes;
        let file = self.table.file_mut(key);
        let runs = file.worker == Worker::Fetching;
        file.progressed |= more;
        if let Some(effort) = &mut file.effort {
            effort.rate.add(bytes, now.steady);
            if more {
                effort.progress(now.steady);
            }
        }
        self.table.edit(key, |file| {
            file.bytes = bytes;
            if runs {
                file.connections = connections;
                file.state = State::Transferring;
            }
        });
    }

    fn started_over(&mut self, key: FileKey, effects: &mut Vec<Effect>) {
        if let Some(effort) = &mut self.table.file_mut(key).effort {
            effort.rate = crate::download::rate::Rate::new();
        }
        self.table.edit(key, |file| {
            file.bytes = 0;
            file.size = None;
        });
        self.table.save_file(key);
        effects.push(Effect::Notice(Notice::FileStartedOver(self.table.id(key))));
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
        existed: bool,
        effects: &mut Vec<Effect>,
    ) {
        self.host_answered(key);
        self.set_worker(key, Worker::None);
        let file = self.table.file_mut(key);
        file.existed = existed;
        file.effort = None;
        let state = self.table.view(key).state;
        if !state.may_become(State::Complete) && !state.is_final() {
            // It was faster than the stop.
            self.table.become_state(key, State::Queued);
        }
        self.table.edit(key, |file| {
            file.path = Some(Arc::clone(&path));
            file.bytes = bytes;
            file.size = Some(bytes);
            file.error = None;
        });
        self.table.save_file(key);
        if state.is_final() {
            if self.table.group(self.table.group_of(key)).delete_finished {
                self.delete_finished(key, effects);
            }
            return;
        }
        self.table.become_state(key, State::Complete);
        effects.push(Effect::Notice(Notice::FileCompleted(self.table.id(key), path)));
    }

    /// The try has ended without a verdict: what was decided meanwhile takes effect.
    fn stopped(&mut self, key: FileKey, now: Now, effects: &mut Vec<Effect>) {
        self.set_worker(key, Worker::None);
        let turn_over = std::mem::take(&mut self.table.file_mut(key).turn_over);
        let group = self.table.group(self.table.group_of(key));
        match self.table.view(key).state {
            State::Cancelled => return self.discard(key, effects),
            State::Queued => {
                self.enlist(key, if turn_over { Spot::Back } else { Spot::Front }, now);
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

    fn failed(
        &mut self,
        key: FileKey,
        failure: Failure,
        progressed: bool,
        now: Now,
        effects: &mut Vec<Effect>,
    ) {
        if self.table.group(self.table.group_of(key)).suspended {
            return self.stopped(key, now, effects);
        }
        self.host_answered(key);
        self.set_worker(key, Worker::None);
        let decision = self.decide(key, &failure, progressed, now);
        match decision {
            Decision::Retry(reason, delay) => {
                self.note_problem(key, failure.clone());
                self.wait(key, reason, Some(delay), now);
                if reason == WaitReason::ServerBusy {
                    self.hosts.set_busy(self.table.file(key).host, now.steady);
                }
                self.tell_of_wait(key, failure, effects);
            }
            Decision::Wait(reason) => {
                self.note_problem(key, failure.clone());
                self.wait(key, reason, None, now);
                self.tell_of_wait(key, failure, effects);
            }
            Decision::GiveUp(failure) => {
                self.note_problem(key, failure.clone());
                self.rest(key, now);
                self.table.become_state(key, State::Error);
                let id = self.table.id(key);
                effects.push(Effect::Notice(Notice::FileFailed(id, failure)));
            }
        }
        self.table.save_file(key);
    }

    fn decide(&mut self, key: FileKey, failure: &Failure, progressed: bool, now: Now) -> Decision {
        let group = self.table.group(self.table.group_of(key));
        let policy = match group.properties.priority {
            Priority::Foreground => self.limits.foreground,
            _ => self.limits.background,
        };
        let jitter = self.random.f64();
        let file = self.table.file_mut(key);
        file.progressed |= progressed;
        let (host, ever_progressed) = (file.host, file.progressed);
        let effort = file.effort();
        if progressed {
            effort.progress(now.steady);
        }
        effort.tries += 1;
        effort.since_progress += 1;
        let tries = Tries {
            since_progress: effort.since_progress,
            without_progress: effort.without_progress(now.steady),
            ever_progressed,
            others_running: self.hosts.get(host).running > 0,
        };
        retry::decide(failure, tries, &policy, now.wall, jitter)
    }

    fn note_problem(&mut self, key: FileKey, failure: Failure) {
        let attempts = self.table.file_mut(key).effort().tries;
        self.table.edit(key, |file| {
            let link = file.source.link.clone();
            file.error = Some(Arc::new(Problem { failure, link, attempts }));
        });
    }

    fn tell_of_wait(&mut self, key: FileKey, failure: Failure, effects: &mut Vec<Effect>) {
        let view = self.table.view(key);
        let Some(waiting) = view.waiting else { return };
        effects.push(Effect::Notice(Notice::FileWaits {
            file: view.id,
            reason: waiting.reason,
            failure: Some(failure),
            until: waiting.until,
        }));
    }

    /// More than one file may start there now.
    fn host_answered(&mut self, key: FileKey) {
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
