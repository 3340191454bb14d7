//! Records: what is written and synced of a part, and what was finished.

use std::path::PathBuf;
use std::sync::Arc;

use super::Loop;
use crate::download::plan::Remembered;
use crate::download::{Failure, RangeSet, Stage};
use crate::engine::disk::Finished;
use crate::engine::disk::system::Identity;
use crate::engine::store::{Durability, PartRecord, run_of};
use crate::engine::transfer::Transfer;
use crate::engine::worker::Version;
use crate::queue::{Attempt, FileId, Now, Report, Task};

impl Loop {
    pub(super) fn flushed(
        &mut self,
        file: FileId,
        attempt: Attempt,
        version: u32,
        synced: Result<RangeSet, Failure>,
    ) {
        let boot = self.ground.boot.clone();
        let Some(running) = self.current(file, attempt) else {
            return;
        };
        if running.version() != version || running.whole {
            return;
        }
        running.flushed(synced);
        if let Some(record) = running.last_record(&boot) {
            self.ground.store.save(vec![record], Durability::PowerCut);
        }
    }

    pub(super) fn file_finished(
        &mut self,
        file: FileId,
        attempt: Attempt,
        version: Version,
        result: Result<Finished, Failure>,
        now: Now,
    ) {
        if self.current(file, attempt).is_none() {
            return;
        }
        let Some(mut running) = self.running.remove(&file) else {
            return;
        };
        let transfer = running.transfer.as_deref();
        let is_followed = transfer.is_some_and(|transfer| transfer.part.moved_to().is_some());
        let is_doubtful = |failure: &Failure| match failure {
            // Its folder was moved away with it, and all its bytes.
            Failure::DestinationGone => !is_followed,
            failure => failure.stage() == Stage::Disk,
        };
        if result.as_ref().is_err_and(is_doubtful) {
            running.distrust_disk();
        }
        let record = running.last_record(&self.ground.boot);
        match result {
            Ok(finished) => {
                let bytes = version.bytes;
                self.remember_finished(&running.task, version, &finished, record);
                let path = Arc::new(finished.path);
                let (existed, fingerprint) = (finished.existed, finished.fingerprint);
                self.report(
                    file,
                    attempt,
                    Report::Completed {
                        path,
                        bytes,
                        existed,
                        fingerprint,
                    },
                    now,
                );
            }
            Err(failure) => {
                if let Some(record) = record {
                    if matches!(failure, Failure::ChecksumMismatch { .. }) {
                        // Wrong bytes are of no use to anyone.
                        self.ground.store.forget(vec![record.key()]);
                        self.ground.disk.discard(record.path, record.identity);
                    } else {
                        let moved = self.keep_record(file, record, running.transfer.as_deref());
                        drop(running);
                        self.moved_away(file, attempt, moved, now);
                    }
                }
                self.report(
                    file,
                    attempt,
                    Report::Failed {
                        failure,
                        progressed: false,
                    },
                    now,
                );
            }
        }
    }

    /// What is known of a part that nobody writes any more. It is followed where it was moved to,
    /// with its folder; the path there.
    pub(super) fn keep_record(
        &mut self,
        file: FileId,
        mut record: PartRecord,
        transfer: Option<&Transfer>,
    ) -> Option<PathBuf> {
        let moved = transfer.and_then(|transfer| transfer.part.moved_to());
        match moved.clone() {
            Some(path) => {
                let key = record.key();
                record.path = path;
                self.ground.store.replace(key, Some(record.clone()));
            }
            None => {
                let records = vec![record.clone()];
                self.ground.store.save(records, Durability::Kill);
            }
        }
        self.records.insert(file, record);
        moved
    }

    /// The queue is told where a part stands that was followed.
    pub(super) fn moved_away(
        &mut self,
        file: FileId,
        attempt: Attempt,
        moved: Option<PathBuf>,
        now: Now,
    ) {
        if let Some(path) = moved.map(Arc::new) {
            self.report(file, attempt, Report::Moved { path: Some(path) }, now);
        }
    }

    /// Where no queue is kept, what is finished is remembered until its group is done: the
    /// same command after a kill does not fetch it again. A kept queue says so itself.
    pub(super) fn remember_finished(
        &mut self,
        task: &Task,
        version: Version,
        finished: &Finished,
        record: Option<PartRecord>,
    ) {
        if self.keeping.is_on {
            let key = (finished.path.clone(), task.link.without_password());
            return self.done_with(key, record);
        }
        if finished.recorded {
            return;
        }
        let fingerprint = finished.fingerprint.as_ref();
        let identity = fingerprint
            .map(Identity::from)
            .filter(|_| self.keeps_finished);
        if let Some(record) = record {
            // (The same key is written over: nothing is forgotten before something else is known.)
            if identity.is_none() || record.path != finished.path {
                self.ground.store.forget(vec![record.key()]);
            } else {
                self.written_over.push(record.key());
            }
        }
        let Some(identity) = identity else { return };
        self.finished.push(PartRecord {
            path: finished.path.clone(),
            url: task.link.without_password(),
            remembered: Remembered {
                total: Some(version.bytes),
                validators: version.validators,
                ..Remembered::default()
            },
            synced: RangeSet::new(),
            boot: String::new(),
            identity,
            finished: Some(run_of(task.group)),
        });
    }

    pub(super) fn save_finished(&mut self) {
        if !self.finished.is_empty() {
            let finished = std::mem::take(&mut self.finished);
            self.written_over.clear();
            self.ground.store.save(finished, Durability::Kill);
        }
    }
}
