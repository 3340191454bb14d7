//! Starting and stopping tries, hiring their workers, and the look ten times a second.

use std::collections::HashMap;
use std::sync::Arc;

use super::Loop;
use crate::engine::limiter::Pace;
use crate::engine::payload::Seat;
use crate::engine::ride::Riding;
use crate::engine::running::Running;
use crate::engine::store::{Durability, PartRecord, Records, Saving, run_of};
use crate::engine::worker::{self, Fact, Start};
use crate::pace::line::Courtesy;
use crate::queue::{Attempt, Event, FileId, GroupId, Now, Report, Task};

impl Loop {
    pub(super) fn repace(&mut self, group: GroupId) -> Arc<Pace> {
        let (priority, limit) = self.queue.pace_of(group).unwrap_or_default();
        let lines = self.payload.lines();
        self.pacing
            .of(group, priority, limit, self.queue.mode(), lines)
    }

    pub(super) fn start(&mut self, task: Task) {
        let url = task.link.without_password();
        let name = task.name.as_deref();
        let stored = |stored: &mut Records| stored.take(&task.options.folder, &url, name);
        let record = self
            .records
            .remove(&task.file)
            .or_else(|| stored(&mut self.stored).map(|record| record.counted(&self.ground.boot)));
        // What another run has finished is not what this group asks for.
        let is_its = |run: i64| !self.keeping.is_on || run == run_of(task.group);
        let record = record.filter(|record| record.finished.is_none_or(is_its));
        if let Some(record) = record.as_ref().filter(|record| record.url != url) {
            // The link was changed: the bytes go on under the new one.
            self.ground.store.forget(vec![record.key()]);
        }
        let file = task.file;
        self.running
            .insert(file, Running::new(task, record.clone()));
        self.hire_first(file, record);
    }

    pub(super) fn hire_first(&mut self, file: FileId, record: Option<PartRecord>) {
        if let Some((seat, start)) = self.hire(file, false, record) {
            seat.run(worker::first(start));
        }
    }

    pub(super) fn hire_further(&mut self, file: FileId) {
        let Some(transfer) = self.running.get(&file).and_then(|one| one.transfer.clone()) else {
            return;
        };
        if let Some((seat, start)) = self.hire(file, transfer.task.link.is_secure(), None) {
            seat.run(worker::further(start, transfer));
        }
    }

    fn hire(
        &mut self,
        file: FileId,
        secure: bool,
        record: Option<PartRecord>,
    ) -> Option<(Seat, Start)> {
        let group = self.running.get(&file)?.task.group;
        let pace = self.repace(group);
        let running = self.running.get_mut(&file)?;
        let worker = running.hire();
        let seat = self
            .payload
            .seat(secure, worker, running.task.options.network.as_ref());
        let start = Start {
            ground: self.ground.clone(),
            transport: Arc::new(Riding::new(
                seat.transport.clone(),
                self.pacing.manner(group),
                pace.clone(),
            )),
            task: running.task.clone(),
            record,
            pace,
            life: running.life.clone(),
            worker,
            delivered: Arc::default(),
        };
        Some((seat, start))
    }

    pub(super) fn stop(&mut self, file: FileId, attempt: Attempt, now: Now) {
        match self.running.get_mut(&file) {
            // What is whole comes to its end on its own.
            Some(running) if running.task.attempt == attempt => {
                running.stopping = true;
                if !running.whole {
                    running.life.cancel();
                }
            }
            _ => self.report(file, attempt, Report::Stopped, now),
        }
    }

    /// What the groups that run do on their lines; one that cannot see its line is given a share.
    fn tell_courtesies(&mut self, now: Now) -> HashMap<GroupId, Option<Courtesy>> {
        let groups = self.running.values().map(|one| one.task.group);
        let mut courtesies: HashMap<_, _> = groups.map(|group| (group, None)).collect();
        for (group, courtesy) in &mut courtesies {
            *courtesy = self.pacing.manner(*group).courtesy();
            if *courtesy == Some(Courtesy::Blind) {
                self.repace(*group);
            }
            self.tell(Event::Courtesy(*group, *courtesy), now);
        }
        courtesies
    }

    pub(super) fn tick(&mut self, now: Now) {
        let mut records = Vec::new();
        let mut further = Vec::new();
        let mut reports = Vec::new();
        let mut new_bytes = 0;
        // While the last positions are still being written, the next ones wait.
        let saved = !self.saving.as_mut().is_some_and(Saving::is_pending);
        let courtesies = self.tell_courtesies(now);
        for (file, running) in &mut self.running {
            let courtesy = courtesies.get(&running.task.group).copied().flatten();
            let (new, workers) = running.look(now.steady, courtesy.and_then(Courtesy::doing));
            new_bytes += new;
            further.extend(std::iter::repeat_n(*file, workers));
            if saved {
                records.extend(running.record(&self.ground.boot));
            }
            if let Some(synced) = running.flush_due(now.steady)
                && let Some(transfer) = &running.transfer
            {
                let (file, attempt, version) = (*file, running.task.attempt, running.version());
                let facts = self.ground.facts.clone();
                self.ground.disk.flush(&transfer.part, move |result| {
                    let synced = result.map(|()| synced);
                    let _ = facts.send(Fact::Flushed(file, attempt, version, synced));
                });
            }
            if let Some(transfer) = running.transfer.as_ref().filter(|_| !running.whole) {
                let (bytes, connections) = (transfer.bytes(), transfer.connections());
                reports.push((
                    *file,
                    running.task.attempt,
                    Report::Advanced { bytes, connections },
                ));
            }
        }
        self.pacing.look(new_bytes, now.steady);
        self.payload.lines().order();
        for file in further {
            self.hire_further(file);
        }
        for (file, attempt, report) in reports {
            self.report(file, attempt, report, now);
        }
        if !records.is_empty() {
            self.saving = Some(self.ground.store.save(records, Durability::Kill));
        }
    }
}
