//! The queue is kept: one write is under way at a time, and what changes meanwhile goes
//! with the next.
//!
//! Always true: an accepted command is answered when it is safe (where the store cannot be
//! written it is answered all the same, and written as soon as that can be done); records of
//! parts are forgotten in the transaction that says what became of their files, not before.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;

use super::{Loop, TICK};
use crate::engine::store::{Batch, Durability, HistoryEntry, Kept, PartRecord, Records, run_of};
use crate::engine::worker::Fact;
use crate::queue::restore::{GroupRecord, StateRecord};
use crate::queue::{FileId, GroupId, Now, Outcome, Queue, Refusal};

/// What is safe against a kill is made safe against a power cut, too, after this long.
const SEAL: Duration = Duration::from_secs(5);
/// After a write that failed.
const AGAIN: Duration = Duration::from_secs(1);

type Answer = Box<dyn FnOnce() + Send>;

/// What is to be kept, and what is on its way.
#[derive(Default)]
pub(super) struct Keeping {
    /// This engine keeps its queue.
    pub(super) is_on: bool,
    /// Beside what the queue itself remembers as unsaved.
    pub(super) next: Batch,
    /// The queue has something to save.
    pub(super) is_due: bool,
    /// Mode or limit of the whole program have changed.
    pub(super) is_program_due: bool,
    under_way: bool,
    /// Those that could not be written, in order.
    failed: Vec<Arc<Batch>>,
    /// Accepted commands that wait to be safe.
    answers: Vec<Answer>,
    /// No write begins before.
    not_before: Duration,
    /// Since when something is written that a power cut would undo.
    unsealed: Option<Duration>,
}

impl Keeping {
    /// Nothing is to be kept yet.
    pub(super) fn new(is_on: bool) -> Self {
        Self {
            is_on,
            ..Self::default()
        }
    }

    fn has_work(&self) -> bool {
        let changed = self.is_due || self.is_program_due || !self.next.is_empty();
        changed || !self.failed.is_empty() || !self.answers.is_empty()
    }

    /// When the next write is due; a command's at once, that of progress with the next tick.
    pub(super) fn due(&self, now: Duration) -> Option<Duration> {
        if !self.is_on || self.under_way {
            return None;
        }
        let at_once = !self.answers.is_empty() && self.failed.is_empty();
        let next = if at_once { now } else { self.not_before };
        let next = self.has_work().then_some(next);
        let seal = self.unsealed.map(|since| since + SEAL);
        next.into_iter().chain(seal).min()
    }
}

impl Loop {
    /// Tells what became of a command, when that is safe.
    pub(super) fn answer(
        &mut self,
        answer: oneshot::Sender<Result<Outcome, Refusal>>,
        outcome: Result<Outcome, Refusal>,
    ) {
        if !self.keeping.is_on || outcome.is_err() {
            let _ = answer.send(outcome);
            return;
        }
        let tell = move || {
            let _ = answer.send(outcome);
        };
        self.keeping.answers.push(Box::new(tell));
    }

    /// Begins the next write, if it is due.
    pub(super) fn keep(&mut self, now: Now) {
        if self
            .keeping
            .due(now.steady)
            .is_some_and(|due| due <= now.steady)
        {
            self.write_queue(now);
        }
    }

    /// Writes all that is not kept yet.
    pub(super) fn write_queue(&mut self, now: Now) {
        let program = (self.queue.mode(), self.queue.limit());
        let keeping = &mut self.keeping;
        let seals = keeping
            .unsealed
            .is_some_and(|since| since + SEAL <= now.steady);
        let mut batch = std::mem::take(&mut keeping.next);
        // (A transaction that writes nothing seals nothing.)
        let is_program_due = std::mem::take(&mut keeping.is_program_due) || seals;
        batch.program = is_program_due.then_some(program);
        if std::mem::take(&mut keeping.is_due) {
            batch.groups = self.queue.unsaved();
        }
        let mut batches = std::mem::take(&mut keeping.failed);
        if !batch.is_empty() {
            batches.push(Arc::new(batch));
        }
        let answers = std::mem::take(&mut keeping.answers);
        if batches.is_empty() {
            answers.into_iter().for_each(|answer| answer());
            return;
        }
        let safe = if seals || self.ending || !answers.is_empty() {
            keeping.unsealed = None;
            Durability::PowerCut
        } else {
            keeping.unsealed.get_or_insert(now.steady);
            Durability::Kill
        };
        (keeping.under_way, keeping.not_before) = (true, now.steady + TICK);
        let facts = self.ground.facts.clone();
        self.ground
            .store
            .keep(batches.clone(), safe, move |written| {
                answers.into_iter().for_each(|answer| answer());
                let failed = if written { Vec::new() } else { batches };
                let _ = facts.send(Fact::Kept(failed));
            });
    }

    /// The last write, after the one that is under way.
    pub(super) async fn keep_all(&mut self) {
        let now = self.now();
        while self.keeping.under_way {
            let Some(fact) = self.facts.recv().await else {
                break;
            };
            self.fact(fact, now);
        }
        if self.keeping.is_on && self.keeping.has_work() {
            self.write_queue(now);
        }
    }

    /// A write has ended; these are to be written again.
    pub(super) fn kept(&mut self, failed: Vec<Arc<Batch>>, now: Now) {
        self.keeping.under_way = false;
        if !failed.is_empty() {
            self.keeping.failed = failed;
            self.keeping.not_before = now.steady + AGAIN;
        }
    }

    /// A file is complete, or thrown away: the queue says so from now on, and its records go.
    pub(super) fn done_with(&mut self, key: (PathBuf, String), record: Option<PartRecord>) {
        let keys = record.map(|record| record.key()).into_iter().chain([key]);
        self.keeping.next.parts.extend(keys);
    }

    /// A group is complete: it is remembered when it is off the list, too.
    pub(super) fn remember_group(&mut self, group: GroupId) {
        let Some(outline) = self.queue.complete_group(group) else {
            return;
        };
        self.keeping.next.runs.push(run_of(group));
        self.keeping.next.history.push(HistoryEntry {
            group,
            name: outline.name,
            host: outline.link.url().host_str().unwrap_or_default().to_owned(),
            folder: outline.folder,
            bytes: outline.bytes,
            files: outline.files,
            created: outline.created,
            completed: outline.completed,
        });
    }

    /// Groups are off the list.
    pub(super) fn forget(&mut self, groups: Vec<GroupId>) {
        for group in &groups {
            self.pacing.forget(*group);
        }
        if self.keeping.is_on {
            let runs = groups.iter().map(|group| run_of(*group));
            self.keeping.next.runs.extend(runs);
            self.keeping.next.forgotten.extend(groups);
        }
    }
}

/// Gives the queue what was kept of it; the records of its files' parts are theirs again.
pub(super) fn restore(
    queue: &mut Queue,
    kept: &mut Kept,
    boot: &str,
    now: Now,
) -> HashMap<FileId, PartRecord> {
    let mut groups = std::mem::take(&mut kept.queue.groups);
    let records = adopt(&mut kept.records, &mut groups, boot);
    queue.restore_program(kept.queue.mode, kept.queue.limit);
    queue.restore(groups, now);
    records
}

/// The parts that these files have begun; how many bytes there are, their records know best.
fn adopt(
    stored: &mut Records,
    groups: &mut [GroupRecord],
    boot: &str,
) -> HashMap<FileId, PartRecord> {
    let mut records = HashMap::new();
    let jobs = groups.iter_mut().flat_map(|group| &mut group.jobs);
    for file in jobs.flat_map(|job| &mut job.files) {
        if file.state == StateRecord::Complete {
            continue;
        }
        file.bytes = 0;
        let Some(path) = &file.path else { continue };
        let url = file.begun_url.as_ref().unwrap_or(&file.url);
        if let Some(record) = stored.take_exactly(path, url) {
            let record = record.counted(boot);
            file.bytes = record.remembered.written.len();
            records.insert(file.id, record);
        }
    }
    records
}
