//! What a face asks of the loop beside commands: other settings, a close look, lists.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Answer, Loop};
use crate::download::{RangeSet, State};
use crate::engine::config::{NetworkOptions, StartError};
use crate::engine::inspect::Inspection;
use crate::engine::journal::Entry;
use crate::engine::moment::{Moment, Removal};
use crate::engine::store::{HistoryEntry, Totals};
use crate::engine::worker::Ground;
use crate::queue::restore::GroupRecord;
use crate::queue::{Command, Conditions, Event, FileId, GroupId, Limits, Now, Refusal};

impl Loop {
    /// Other numbers, and other ways into the network, from now on.
    pub(in crate::engine) fn configure(
        &mut self,
        limits: Limits,
        network: NetworkOptions,
    ) -> Result<(), StartError> {
        let patience = network.stall_timeout;
        self.payload.configure(network)?;
        // (What runs holds the old one.)
        self.ground = Arc::new(Ground {
            patience,
            ..(*self.ground).clone()
        });
        self.queue.set_limits(limits);
        Ok(())
    }

    /// The computer's surroundings have changed.
    pub(in crate::engine) fn conditions(&mut self, conditions: Conditions) {
        self.tell(Event::Conditions(conditions), self.now());
    }

    /// The queue as it is now.
    pub(in crate::engine) fn moment(&mut self) -> Moment<'_> {
        let now = self.now();
        Moment::new(&mut self.queue, now)
    }

    /// Does what is made of the queue as it is now.
    pub(in crate::engine) fn command_of(
        &mut self,
        make: impl FnOnce(&mut Moment<'_>) -> Result<Command, Refusal>,
        answer: Answer,
    ) {
        match make(&mut self.moment()) {
            Ok(command) => self.command(command, answer, self.now()),
            Err(refusal) => {
                let _ = answer.send(Err(refusal));
            }
        }
    }

    /// What a command takes off the list, as it is, where somebody wants to see.
    pub(super) fn leaving(&mut self, command: &Command, now: Now) -> Option<Removal> {
        let Command::Remove(ids) = command else {
            return None;
        };
        self.removals.retain(|watcher| !watcher.is_closed());
        if self.removals.is_empty() {
            return None;
        }
        let ids: HashSet<_> = ids.iter().copied().collect();
        let snapshot = self.queue.snapshot(now);
        let leaving = snapshot.groups.iter();
        let leaving = leaving.filter(|group| ids.contains(&group.id));
        Some(Removal {
            number: snapshot.number,
            groups: leaving.cloned().collect(),
        })
    }

    /// One file, closely.
    pub(in crate::engine) fn inspect(&self, id: FileId) -> Option<Inspection> {
        let file = self.queue.file(id)?;
        let view = file.view;
        let mut seen = Inspection {
            link: view.source.link.clone(),
            total: view.size,
            written: RangeSet::new(),
            in_flight: Vec::new(),
            checksum: file.checksum,
            folder: file.folder,
            answer: None,
        };
        let running = self.running.get(&id);
        if let Some(transfer) = running.and_then(|running| running.transfer.as_ref()) {
            seen.link = transfer.link();
            seen.answer = transfer.answered();
            let segments = transfer.segments();
            seen.total = segments.total().or(view.size);
            seen.written = segments.written().clone();
            seen.in_flight = segments.in_work();
            drop(segments);
            seen.in_flight.sort_unstable_by_key(|range| range.start);
        } else if view.state == State::Complete {
            seen.written.insert(0..view.bytes);
        } else if let Some(record) = self.records.get(&id) {
            seen.written = record.remembered.written.clone();
        }
        Some(seen)
    }

    /// What has happened to a group, oldest first.
    pub(in crate::engine) fn entries(&self, group: GroupId) -> Vec<Entry> {
        self.journal.of(group)
    }

    /// Every group, as it would be kept.
    pub(in crate::engine) fn export(&self) -> Vec<GroupRecord> {
        let records = self.queue.groups().map(|group| self.queue.records(group));
        records.flatten().collect()
    }

    /// What was completed, newest first.
    pub(in crate::engine) fn history(
        &self,
        most: usize,
        then: impl FnOnce(Vec<HistoryEntry>) + Send + 'static,
    ) {
        self.ground.store.history(most, then);
    }

    /// What all of it comes to.
    pub(in crate::engine) fn totals(&self, then: impl FnOnce(Totals) + Send + 'static) {
        self.ground.store.totals(then);
    }

    /// Forgets what was completed.
    pub(in crate::engine) fn clear_history(&self, then: impl FnOnce(bool) + Send + 'static) {
        self.ground.store.clear_history(then);
    }
}
