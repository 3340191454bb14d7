//! What becomes of a file whose try has failed.

use std::sync::Arc;

use super::Queue;
use super::event::{Effect, Notice, Now};
use super::file::{FileKey, Worker};
use super::property::Priority;
use super::snapshot::Problem;
use crate::download::retry::{self, Decision, Tries};
use crate::download::{Failure, State, WaitReason};

impl Queue {
    /// A try has failed by itself: again, or not, or when a person has done something.
    pub(super) fn failed(
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
        let of_level = match group.properties.priority {
            Priority::Foreground => self.limits.foreground,
            _ => self.limits.background,
        };
        let policy = self.table.job(key.job).options.patience.over(of_level);
        let jitter = self.random.f64();
        // Without ranges a try begins from nothing: what came need not be new.
        let new = progressed && self.table.view(key).resumable != Some(false);
        let file = self.table.file_mut(key);
        file.progressed |= progressed;
        let (host, ever_progressed) = (file.host, file.progressed);
        let effort = file.effort();
        if new {
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
            file.error = Some(Arc::new(Problem {
                failure,
                link,
                attempts,
            }));
        });
    }

    fn tell_of_wait(&mut self, key: FileKey, failure: Failure, effects: &mut Vec<Effect>) {
        let Some(waiting) = self.table.view(key).waiting else {
            return;
        };
        let counted = matches!(waiting.reason, WaitReason::Retry | WaitReason::ServerBusy);
        let told = self
            .table
            .file_mut(key)
            .effort()
            .told
            .replace(waiting.reason);
        // The disk is looked at each few seconds: once is enough.
        if told == Some(waiting.reason) && !counted {
            return;
        }
        effects.push(Effect::Notice(Notice::FileWaits {
            file: self.table.id(key),
            reason: waiting.reason,
            failure: Some(failure),
            until: waiting.until,
        }));
    }
}
