//! What comes in from workers and the disk, and what follows for the try it is about.

use std::sync::Arc;

use super::Loop;
use crate::download::plan::Remembered;
use crate::download::{Failure, RangeSet};
use crate::engine::disk::{Done, Whole};
use crate::engine::running::{Next, Running};
use crate::engine::store::{Durability, PartRecord};
use crate::engine::transfer::Transfer;
use crate::engine::worker::{self, Fact, Version};
use crate::queue::{Attempt, Event, FileId, Now, Report};

impl Loop {
    pub(super) fn fact(&mut self, fact: Fact, now: Now) {
        match fact {
            Fact::Opened(file, attempt, transfer) => self.opened(file, attempt, transfer, now),
            Fact::Moved(file, attempt, record) => self.moved(file, attempt, record, now),
            Fact::Report(file, attempt, report) => {
                if self.current(file, attempt).is_some() {
                    self.report(file, attempt, report, now);
                }
            }
            Fact::Whole(file, attempt) => self.whole(file, attempt, now),
            Fact::Ended(file, attempt, result) => self.ended(file, attempt, result, now),
            Fact::Flushed(file, attempt, version, synced) => {
                self.flushed(file, attempt, version, synced);
            }
            Fact::Finished(file, attempt, version, result) => {
                self.file_finished(file, attempt, version, result, now);
            }
            Fact::Kept(written) => self.kept(written, now),
            Fact::Measured(file, size) => self.tell(Event::Measured(file, size), now),
        }
    }

    /// The try that a fact is about; `None` for one that is over.
    pub(super) fn current(&mut self, file: FileId, attempt: Attempt) -> Option<&mut Running> {
        self.running
            .get_mut(&file)
            .filter(|running| running.task.attempt == attempt)
    }

    pub(super) fn opened(
        &mut self,
        file: FileId,
        attempt: Attempt,
        transfer: Arc<Transfer>,
        now: Now,
    ) {
        let Some(running) = self.current(file, attempt) else {
            return;
        };
        let begun = Report::Begun {
            path: Arc::new(transfer.part.path.clone()),
            size: transfer.resource.total,
            bytes: transfer.bytes(),
            resumable: transfer.resource.ranges,
        };
        running.opened(transfer, now.steady);
        let group = running.task.group;
        self.journal.begun(group, file, &begun, now.wall);
        self.report(file, attempt, begun, now);
    }

    fn moved(&mut self, file: FileId, attempt: Attempt, record: Option<PartRecord>, now: Now) {
        let Some(running) = self.current(file, attempt) else {
            return;
        };
        let path = record.as_ref().map(|record| Arc::new(record.path.clone()));
        running.moved(record);
        self.report(file, attempt, Report::Moved { path }, now);
    }

    pub(super) fn whole(&mut self, file: FileId, attempt: Attempt, now: Now) {
        let boot = self.ground.boot.clone();
        let Some(running) = self.current(file, attempt) else {
            return;
        };
        let Some(transfer) = running.transfer.clone().filter(|_| !running.whole) else {
            return;
        };
        if !transfer.segments().is_complete() {
            return;
        }
        running.whole = true;
        running.life.cancel();
        let bytes = transfer.segments().written().len();
        let record = running.last_record(&boot);
        // A kill from here on finds all bytes recorded, and only the end left to do.
        if let Some(record) = record {
            self.ground.store.save(vec![record], Durability::Kill);
        }
        let facts = self.ground.facts.clone();
        let whole = Whole {
            part: transfer.part.clone(),
            length: bytes,
            checksums: transfer.resource.checksums.clone(),
            rule: transfer.task.on_conflict(),
            modified: transfer.resource.validators.last_modified.map(Into::into),
            origin: transfer.task.link.to_string(),
        };
        let version = Version {
            bytes,
            validators: transfer.resource.validators.clone(),
        };
        self.ground.disk.finish(
            whole,
            Done::new(move |result| {
                let _ = facts.send(Fact::Finished(file, attempt, version, result));
            }),
        );
        self.report(file, attempt, Report::Written { bytes }, now);
    }

    pub(super) fn ended(
        &mut self,
        file: FileId,
        attempt: Attempt,
        result: Result<worker::Ending, worker::Broken>,
        now: Now,
    ) {
        let Some(running) = self.current(file, attempt) else {
            return;
        };
        match running.ended(result, now.steady) {
            Next::Nothing => {}
            Next::HandedOver(bytes) => {
                self.report(file, attempt, Report::Written { bytes }, now);
            }
            Next::Another => self.hire_further_or_fail(file, now),
            Next::Afresh => self.afresh(file, attempt, now),
            Next::Stopped => self.over(file, attempt, Report::Stopped, now),
            Next::Failed(failure) => {
                // What is thrown away is no progress.
                let progressed = failure != Failure::SourceChanged && running.progressed();
                self.over(
                    file,
                    attempt,
                    Report::Failed {
                        failure,
                        progressed,
                    },
                    now,
                );
            }
        }
    }

    pub(super) fn hire_further_or_fail(&mut self, file: FileId, now: Now) {
        let Some(running) = self.running.get(&file) else {
            return;
        };
        if running
            .transfer
            .as_ref()
            .is_some_and(|transfer| transfer.segments().is_complete())
        {
            return self.whole(file, running.task.attempt, now);
        }
        let splits = running
            .transfer
            .as_ref()
            .is_some_and(|transfer| transfer.splits.load(std::sync::atomic::Ordering::Relaxed));
        if splits {
            return self.hire_further(file);
        }
        let failure = Failure::ConnectionLost("the answer ended early".into());
        let progressed = running.progressed();
        let attempt = running.task.attempt;
        self.over(
            file,
            attempt,
            Report::Failed {
                failure,
                progressed,
            },
            now,
        );
    }

    pub(super) fn afresh(&mut self, file: FileId, attempt: Attempt, now: Now) {
        let Some(running) = self.running.get_mut(&file) else {
            return;
        };
        let record = running
            .last_record(&self.ground.boot)
            .map(|record| PartRecord {
                remembered: Remembered::default(),
                synced: RangeSet::new(),
                ..record
            });
        running.afresh(record.clone());
        self.report(file, attempt, Report::StartedOver, now);
        self.hire_first(file, record);
    }

    /// A try is over: what it has is recorded, its part closed, the queue told.
    pub(super) fn over(&mut self, file: FileId, attempt: Attempt, report: Report, now: Now) {
        let Some(running) = self.running.remove(&file) else {
            return;
        };
        let moved = running.last_record(&self.ground.boot).and_then(|record| {
            let transfer = running.transfer.as_deref();
            self.keep_record(file, record, transfer)
        });
        let keeps = match &report {
            Report::Stopped => true,
            Report::Failed { progressed, .. } => *progressed,
            _ => false,
        };
        let transfer = running.transfer.as_ref();
        let bytes = transfer
            .filter(|_| keeps && !running.whole)
            .map(|transfer| transfer.bytes());
        drop(running);
        self.moved_away(file, attempt, moved, now);
        if let Some(bytes) = bytes {
            // What came since the last look, too.
            let connections = 0;
            self.report(file, attempt, Report::Advanced { bytes, connections }, now);
        }
        self.report(file, attempt, report, now);
    }
}
