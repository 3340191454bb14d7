//! The queue is kept: one write is under way at a time, and what changes meanwhile goes
//! with the next.
//!
//! Always true: what could not be written is tried again before anything else is, and nothing
//! is left out of it but groups that were never promised (`promise`); records of parts are
//! forgotten in the transaction that says what became of their files, not before.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::promise::Taken;
use super::{Loop, TICK};
use crate::engine::config::NotSaved;
use crate::engine::store::{Batch, Durability, HistoryEntry, Kept, PartRecord, Records, run_of};
use crate::engine::worker::Fact;
use crate::queue::restore::{GroupRecord, StateRecord};
use crate::queue::{FileId, GroupId, Now, Program, Queue};

/// What is safe against a kill is made safe against a power cut, too, after this long.
const SEAL: Duration = Duration::from_secs(5);
/// After a write that failed.
const AGAIN: Duration = Duration::from_secs(1);

/// What is to be kept, and what is on its way.
#[derive(Default)]
pub(super) struct Keeping {
    /// This engine keeps its queue.
    pub(super) is_on: bool,
    /// Beside what the queue itself remembers as unsaved.
    pub(super) next: Batch,
    /// The queue has something to save.
    pub(super) is_due: bool,
    /// What is set for the whole program has changed.
    pub(super) is_program_due: bool,
    /// What is set for it, as it is written.
    program: Program,
    /// What is being written, and the commands that are safe with it.
    under_way: Option<(Arc<Batch>, Vec<Taken>)>,
    /// What could not be written last, and why: it is tried again before anything else is.
    pub(super) failed: Option<(Arc<Batch>, String)>,
    /// Commands that are safe with the next write.
    pub(super) taken: Vec<Taken>,
    /// No write begins before.
    not_before: Duration,
    /// Since when something is written that a power cut would undo.
    unsealed: Option<Duration>,
}

impl Keeping {
    /// Nothing is to be kept yet of a queue as it was kept.
    pub(super) fn new(is_on: bool, queue: &Queue) -> Self {
        Self {
            is_on,
            program: queue.program().clone(),
            ..Self::default()
        }
    }

    fn has_work(&self) -> bool {
        let changed = self.is_due || self.is_program_due || !self.next.is_empty();
        changed || self.failed.is_some() || !self.taken.is_empty()
    }

    /// When the next write is due; a command's at once, that of progress with the next tick.
    pub(super) fn due(&self, now: Duration) -> Option<Duration> {
        if !self.is_on || self.under_way.is_some() {
            return None;
        }
        let at_once = !self.taken.is_empty();
        let next = if at_once { now } else { self.not_before };
        let next = self.has_work().then_some(next);
        let seal = self.unsealed.map(|since| since + SEAL);
        next.into_iter().chain(seal).min()
    }

    /// Leaves out of what could not be written what is written already.
    fn only_what_is_lost(&mut self) {
        if let Some((batch, _)) = &mut self.failed {
            let program = &mut Arc::make_mut(batch).program;
            program.take_if(|program| *program == self.program);
        }
    }
}

impl Loop {
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

    /// Writes all that is not kept yet, or first what could not be written.
    fn write_queue(&mut self, now: Now) {
        let is_seal_due = |since| since + SEAL <= now.steady;
        let seals = self.keeping.unsealed.is_some_and(is_seal_due) && !self.ending;
        let batch = match &self.keeping.failed {
            Some((batch, _)) => batch.clone(),
            None => Arc::new(self.next_batch(seals)),
        };
        let keeping = &mut self.keeping;
        let taken = std::mem::take(&mut keeping.taken);
        if batch.is_empty() {
            keeping.failed = None;
            taken.into_iter().for_each(Taken::tell);
            return;
        }
        let safe = if seals || self.ending || !taken.is_empty() {
            keeping.unsealed = None;
            Durability::PowerCut
        } else {
            keeping.unsealed.get_or_insert(now.steady);
            Durability::Kill
        };
        keeping.under_way = Some((batch.clone(), taken));
        keeping.not_before = now.steady + TICK;
        let facts = self.ground.facts.clone();
        self.ground.store.keep(batch, safe, move |written| {
            let _ = facts.send(Fact::Kept(written));
        });
    }

    fn next_batch(&mut self, seals: bool) -> Batch {
        let keeping = &mut self.keeping;
        let mut batch = std::mem::take(&mut keeping.next);
        // (A transaction that writes nothing seals nothing.)
        if std::mem::take(&mut keeping.is_program_due) || seals {
            batch.program = Some(self.queue.program().clone());
        }
        if std::mem::take(&mut keeping.is_due) {
            batch.groups = self.queue.unsaved();
        }
        batch
    }

    /// The last writes, after the one that is under way: until nothing is left, or one fails.
    pub(super) async fn keep_all(&mut self) -> Result<(), NotSaved> {
        let now = self.now();
        let mut is_tried = false;
        loop {
            while self.keeping.under_way.is_some() {
                let Some(fact) = self.facts.recv().await else {
                    return Err(NotSaved("nobody tells".to_owned()));
                };
                self.fact(fact, now);
            }
            if let Some((_, reason)) = self.keeping.failed.as_ref().filter(|_| is_tried) {
                return Err(NotSaved(reason.clone()));
            }
            if !self.keeping.is_on || !self.keeping.has_work() {
                return Ok(());
            }
            self.keeping.only_what_is_lost();
            self.write_queue(now);
            is_tried = true;
        }
    }

    /// A write has ended.
    pub(super) fn kept(&mut self, written: Result<(), String>, now: Now) {
        let Some((batch, taken)) = self.keeping.under_way.take() else {
            return;
        };
        let Err(reason) = written else {
            self.keeping.failed = None;
            if let Some(program) = &batch.program {
                self.keeping.program = program.clone();
            }
            taken.into_iter().for_each(Taken::tell);
            return;
        };
        self.keeping.not_before = now.steady + AGAIN;
        self.keeping.unsealed.get_or_insert(now.steady);
        self.keeping.failed = Some((batch, reason));
        self.not_kept(taken, now);
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
    queue.restore_program(std::mem::take(&mut kept.queue.program));
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
