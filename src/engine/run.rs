//! The loop: events in, the queue decides, effects out.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{Semaphore, mpsc, oneshot, watch};
use tokio::time::Instant;

use super::config::Config;
use super::disk::{Disk, Finished, Whole, system};
use super::fetch::Sessions;
use super::pacing::Pacing;
use super::payload::Payload;
use super::running::{Next, Running};
use super::store::{Durability, PartRecord, Records, Saving, Store};
use super::worker::{self, Fact, Ground, Start, Version};
use crate::download::plan::Remembered;
use crate::download::{Failure, RangeSet};
use crate::queue::{
    Attempt, Command, Effect, Event, FileId, GroupId, Notice, Now, Outcome, Queue, Refusal,
    Report, Snapshot, Task,
};

/// Counters are read, records written and snapshots made this often.
const TICK: Duration = Duration::from_millis(100);
/// Small files between network and disk.
const ROOM: usize = 4_096;
/// Facts taken from the channel at once.
const BATCH: usize = 1_024;

/// What faces ask of the loop.
pub enum Ask {
    /// A command, and where its answer goes.
    Command(Command, oneshot::Sender<Result<Outcome, Refusal>>),
    /// Someone wants notices.
    Notices(mpsc::Sender<Notice>),
    /// The end; told when all is saved.
    Shutdown(oneshot::Sender<()>),
}

/// The loop's state. The queue decides; here is only what runs.
pub struct Loop {
    queue: Queue,
    effects: Vec<Effect>,
    running: HashMap<FileId, Running>,
    /// What is remembered of files that do not run.
    records: HashMap<FileId, PartRecord>,
    stored: Records,
    pacing: Pacing,
    payload: Payload,
    ground: Arc<Ground>,
    facts: mpsc::UnboundedReceiver<Fact>,
    snapshot: watch::Sender<Snapshot>,
    listeners: Vec<mpsc::Sender<Notice>>,
    /// Finished files' records are kept until their group is done (a face without a queue).
    keeps_finished: bool,
    finished: Vec<PartRecord>,
    saving: Option<Saving>,
    epoch: Instant,
    ticked: Duration,
    shown: Duration,
    changed: bool,
    ending: bool,
}

impl Loop {
    /// Ready to run.
    pub fn new(
        config: Config,
        payload: Payload,
        disk: Disk,
        store: Store,
        stored: Records,
        snapshot: watch::Sender<Snapshot>,
        keeps_finished: bool,
    ) -> Self {
        let (sender, facts) = mpsc::unbounded_channel();
        let ground = Ground {
            disk,
            store,
            facts: sender,
            patience: config.network.stall_timeout,
            boot: system::boot_id(),
            room: Arc::new(Semaphore::new(ROOM)),
            sessions: Sessions::default(),
        };
        Self {
            queue: Queue::new(config.limits, fastrand::u64(..)),
            effects: Vec::new(),
            running: HashMap::new(),
            records: HashMap::new(),
            stored,
            pacing: Pacing::new(),
            payload,
            ground: Arc::new(ground),
            facts,
            snapshot,
            listeners: Vec::new(),
            keeps_finished,
            finished: Vec::new(),
            saving: None,
            epoch: Instant::now(),
            ticked: Duration::ZERO,
            shown: Duration::ZERO,
            changed: false,
            ending: false,
        }
    }

    /// Runs until shut down, or until the last handle is gone.
    pub async fn run(mut self, mut asked: mpsc::UnboundedReceiver<Ask>) {
        let mut batch = Vec::with_capacity(BATCH);
        let told = loop {
            let due = self.due();
            let many = tokio::select! {
                biased;
                ask = asked.recv() => match ask {
                    Some(Ask::Shutdown(told)) => break Some(told),
                    None => break None,
                    Some(ask) => { self.ask(ask); 0 }
                },
                many = self.facts.recv_many(&mut batch, BATCH) => many,
                () = sleep_until(due) => 0,
            };
            let now = self.now();
            for fact in batch.drain(..many) {
                self.fact(fact, now);
            }
            self.keep_time();
        };
        self.end().await;
        if let Some(told) = told {
            let _ = told.send(());
        }
    }

    fn now(&self) -> Now {
        Now { steady: self.epoch.elapsed(), wall: Timestamp::now() }
    }

    /// When the loop must look again though nothing comes in.
    fn due(&self) -> Option<Instant> {
        let tick = (!self.running.is_empty()).then(|| self.ticked + TICK);
        let show = self.changed.then(|| self.shown + TICK);
        let due = self.queue.next_due();
        let next = [tick, show, due].into_iter().flatten().min()?;
        Some(self.epoch + next)
    }

    fn ask(&mut self, ask: Ask) {
        let now = self.now();
        match ask {
            Ask::Command(command, answer) => {
                let outcome = self.queue.command(command, now, &mut self.effects);
                self.carry_out(now);
                let _ = answer.send(outcome);
            }
            Ask::Notices(sender) => self.listeners.push(sender),
            Ask::Shutdown(_) => {}
        }
    }

    fn keep_time(&mut self) {
        let now = self.now();
        if !self.running.is_empty() && now.steady >= self.ticked + TICK {
            self.tick(now);
            self.save_finished();
            self.ticked = now.steady;
        }
        if self.queue.next_due().is_some_and(|due| due <= now.steady) {
            self.tell(Event::Tick, now);
        }
        if self.running.values().all(|running| running.whole) {
            // (Few: every one of them is about to end.)
            self.ground.disk.hurry();
        }
        // Nothing runs any more: whoever waits for the end is told at once.
        let idle = self.running.is_empty();
        if self.changed && (idle || now.steady >= self.shown + TICK) {
            self.snapshot.send_replace(self.queue.snapshot(now));
            (self.shown, self.changed) = (now.steady, false);
        }
    }

    fn tell(&mut self, event: Event, now: Now) {
        self.queue.update(event, now, &mut self.effects);
        self.carry_out(now);
    }

    fn report(&mut self, file: FileId, attempt: Attempt, report: Report, now: Now) {
        self.tell(Event::Report(file, attempt, report), now);
    }

    fn carry_out(&mut self, now: Now) {
        self.changed = true;
        if self.ending {
            // Nothing new is begun any more.
            self.effects.clear();
        }
        while !self.effects.is_empty() {
            for effect in std::mem::take(&mut self.effects) {
                self.effect(effect, now);
            }
        }
    }

    fn effect(&mut self, effect: Effect, now: Now) {
        match effect {
            Effect::Start(task) => self.start(task),
            Effect::Stop(file, attempt) => self.stop(file, attempt, now),
            Effect::Discard { file, path, link } => {
                self.records.remove(&file);
                let key = (path.to_path_buf(), link.without_password());
                self.ground.store.forget(vec![key]);
                self.ground.disk.discard(path.to_path_buf());
            }
            Effect::DeleteFinished(_, path) => self.ground.disk.delete(path.to_path_buf()),
            Effect::Measure(task) => {
                let ground = self.ground.clone();
                self.payload.run(false, 0, |transport| worker::measure(ground, transport, task));
            }
            Effect::Repace(group) => {
                self.repace(group);
            }
            Effect::SaveProgram => self.pacing.set_program(self.queue.limit()),
            Effect::Save(_) => {}
            Effect::Forget(groups) => {
                groups.into_iter().for_each(|group| self.pacing.forget(group));
            }
            Effect::Notice(notice) => self.notice(&notice),
        }
    }

    fn repace(&mut self, group: GroupId) -> Arc<super::limiter::Pace> {
        let (priority, limit) = self.queue.pace_of(group).unwrap_or_default();
        self.pacing.of(group, priority, limit, self.queue.mode())
    }

    fn start(&mut self, task: Task) {
        let url = task.link.without_password();
        let record = self
            .records
            .remove(&task.file)
            .or_else(|| self.stored.take(&task.options.folder, &url));
        if let Some(record) = record.as_ref().filter(|record| record.url != url) {
            // The link was changed: the bytes go on under the new one.
            self.ground.store.forget(vec![record.key()]);
        }
        let file = task.file;
        self.running.insert(file, Running::new(task, record.clone()));
        self.hire_first(file, record);
    }

    fn hire_first(&mut self, file: FileId, record: Option<PartRecord>) {
        if let Some((start, number)) = self.prepare(file, record) {
            self.payload.run(false, number, |transport| worker::first(start(transport)));
        }
    }

    fn hire_further(&mut self, file: FileId) {
        let Some(transfer) = self.running.get(&file).and_then(|one| one.transfer.clone()) else {
            return;
        };
        let secure = transfer.task.link.is_secure();
        if let Some((start, number)) = self.prepare(file, None) {
            self.payload
                .run(secure, number, |transport| worker::further(start(transport), transfer));
        }
    }

    fn prepare(
        &mut self,
        file: FileId,
        record: Option<PartRecord>,
    ) -> Option<(impl FnOnce(Arc<dyn super::transport::Transport>) -> Start + use<>, u32)> {
        let group = self.running.get(&file)?.task.group;
        let pace = self.repace(group);
        let running = self.running.get_mut(&file)?;
        let worker = running.hire();
        let (ground, task, life) =
            (self.ground.clone(), running.task.clone(), running.life.clone());
        let start =
            move |transport| {
                let delivered = Arc::default();
                Start { ground, transport, task, record, pace, life, worker, delivered }
            };
        Some((start, worker))
    }

    fn stop(&mut self, file: FileId, attempt: Attempt, now: Now) {
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

    fn notice(&mut self, notice: &Notice) {
        if let Notice::GroupCompleted(group) = notice {
            let run = run_of(*group);
            self.finished.retain(|record| record.finished != Some(run));
            if self.keeps_finished {
                self.ground.store.forget_run(run);
            }
        }
        self.listeners.retain(|listener| listener.try_send(notice.clone()).is_ok());
    }

    fn fact(&mut self, fact: Fact, now: Now) {
        match fact {
            Fact::Opened(file, attempt, transfer) => self.opened(file, attempt, transfer, now),
            Fact::Report(file, attempt, report) => {
                if self.is_current(file, attempt) {
                    self.report(file, attempt, report, now);
                }
            }
            Fact::Whole(file, attempt) => self.whole(file, attempt, now),
            Fact::Ended(file, attempt, result) => self.ended(file, attempt, result, now),
            Fact::Flushed(file, attempt, synced) => self.flushed(file, attempt, synced),
            Fact::Finished(file, attempt, version, result) => {
                self.file_finished(file, attempt, version, result, now);
            }
            Fact::Measured(file, size) => self.tell(Event::Measured(file, size), now),
        }
    }

    fn is_current(&self, file: FileId, attempt: Attempt) -> bool {
        self.running.get(&file).is_some_and(|running| running.task.attempt == attempt)
    }

    fn opened(
        &mut self,
        file: FileId,
        attempt: Attempt,
        transfer: Arc<super::transfer::Transfer>,
        now: Now,
    ) {
        let Some(running) =
            self.running.get_mut(&file).filter(|running| running.task.attempt == attempt)
        else {
            return;
        };
        let begun = Report::Begun {
            path: Arc::new(transfer.part.path.clone()),
            size: transfer.resource.total,
            bytes: transfer.bytes(),
            resumable: transfer.resource.ranges,
        };
        running.opened(transfer, now.steady);
        self.report(file, attempt, begun, now);
    }

    fn whole(&mut self, file: FileId, attempt: Attempt, now: Now) {
        let Some(running) =
            self.running.get_mut(&file).filter(|running| running.task.attempt == attempt)
        else {
            return;
        };
        let Some(transfer) = running.transfer.clone().filter(|_| !running.whole) else { return };
        running.whole = true;
        running.life.cancel();
        let bytes = transfer.bytes();
        // A kill from here on finds all bytes recorded, and only the end left to do.
        if let Some(record) = running.last_record(&self.ground.boot) {
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
        let version = Version { bytes, validators: transfer.resource.validators.clone() };
        self.ground.disk.finish(
            whole,
            Box::new(move |result| {
                let _ = facts.send(Fact::Finished(file, attempt, version, result));
            }),
        );
        self.report(file, attempt, Report::Written { bytes }, now);
    }

    fn ended(
        &mut self,
        file: FileId,
        attempt: Attempt,
        result: Result<worker::Ending, worker::Broken>,
        now: Now,
    ) {
        let Some(running) =
            self.running.get_mut(&file).filter(|running| running.task.attempt == attempt)
        else {
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
                self.over(file, attempt, Report::Failed { failure, progressed }, now);
            }
        }
    }

    fn hire_further_or_fail(&mut self, file: FileId, now: Now) {
        let Some(running) = self.running.get(&file) else { return };
        if running.transfer.as_ref().is_some_and(|transfer| transfer.segments().is_complete()) {
            return self.whole(file, running.task.attempt, now);
        }
        let splits = running.transfer.as_ref().is_some_and(|transfer| {
            transfer.splits.load(std::sync::atomic::Ordering::Relaxed)
        });
        if splits {
            return self.hire_further(file);
        }
        let failure = Failure::ConnectionLost("the answer ended early".into());
        let progressed = running.progressed();
        let attempt = running.task.attempt;
        self.over(file, attempt, Report::Failed { failure, progressed }, now);
    }

    fn afresh(&mut self, file: FileId, attempt: Attempt, now: Now) {
        let Some(running) = self.running.get_mut(&file) else { return };
        let record = running.last_record(&self.ground.boot).map(|record| PartRecord {
            remembered: Remembered::default(),
            synced: RangeSet::new(),
            ..record
        });
        running.afresh(record.clone());
        self.report(file, attempt, Report::StartedOver, now);
        self.hire_first(file, record);
    }

    /// A try is over: what it has is recorded, its part closed, the queue told.
    fn over(&mut self, file: FileId, attempt: Attempt, report: Report, now: Now) {
        let Some(running) = self.running.remove(&file) else { return };
        if let Some(record) = running.last_record(&self.ground.boot) {
            self.ground.store.save(vec![record.clone()], Durability::Kill);
            self.records.insert(file, record);
        }
        drop(running);
        self.report(file, attempt, report, now);
    }

    fn flushed(&mut self, file: FileId, attempt: Attempt, synced: Option<RangeSet>) {
        let Some(running) =
            self.running.get_mut(&file).filter(|running| running.task.attempt == attempt)
        else {
            return;
        };
        running.flushed(synced);
        if let Some(record) = running.last_record(&self.ground.boot).filter(|_| !running.whole) {
            self.ground.store.save(vec![record], Durability::PowerCut);
        }
    }

    fn file_finished(
        &mut self,
        file: FileId,
        attempt: Attempt,
        version: Version,
        result: Result<Finished, Failure>,
        now: Now,
    ) {
        if !self.is_current(file, attempt) {
            return;
        }
        let Some(running) = self.running.remove(&file) else { return };
        let record = running.last_record(&self.ground.boot);
        match result {
            Ok(finished) => {
                let bytes = version.bytes;
                self.remember_finished(&running.task, version, &finished, record);
                let path = Arc::new(finished.path);
                let existed = finished.existed;
                self.report(file, attempt, Report::Completed { path, bytes, existed }, now);
            }
            Err(failure) => {
                if let Some(record) = record {
                    if matches!(failure, Failure::ChecksumMismatch { .. }) {
                        // Wrong bytes are of no use to anyone.
                        self.ground.store.forget(vec![record.key()]);
                        self.ground.disk.discard(record.path);
                    } else {
                        self.records.insert(file, record);
                    }
                }
                self.report(file, attempt, Report::Failed { failure, progressed: false }, now);
            }
        }
    }

    /// Without a queue, what is finished is remembered until its group is done: the same
    /// command after a kill does not fetch it again.
    fn remember_finished(
        &mut self,
        task: &Task,
        version: Version,
        finished: &Finished,
        record: Option<PartRecord>,
    ) {
        if let Some(record) = record {
            self.ground.store.forget(vec![record.key()]);
        }
        let Some(identity) = finished.identity.filter(|_| self.keeps_finished) else { return };
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

    fn save_finished(&mut self) {
        if !self.finished.is_empty() {
            let finished = std::mem::take(&mut self.finished);
            self.ground.store.save(finished, Durability::Kill);
        }
    }

    fn tick(&mut self, now: Now) {
        let mut records = Vec::new();
        let mut further = Vec::new();
        let mut reports = Vec::new();
        let mut new_bytes = 0;
        // While the last positions are still being written, the next ones wait.
        let saved = !self.saving.as_mut().is_some_and(Saving::is_pending);
        for (file, running) in &mut self.running {
            let (new, workers) = running.look(now.steady);
            new_bytes += new;
            further.extend(std::iter::repeat_n(*file, workers));
            if saved {
                records.extend(running.record(&self.ground.boot));
            }
            if let Some(synced) = running.flush_due(now.steady)
                && let Some(transfer) = &running.transfer
            {
                let (file, attempt) = (*file, running.task.attempt);
                let facts = self.ground.facts.clone();
                self.ground.disk.flush(&transfer.part, move |result| {
                    let _ = facts.send(Fact::Flushed(file, attempt, result.ok().map(|()| synced)));
                });
            }
            if let Some(transfer) = running.transfer.as_ref().filter(|_| !running.whole) {
                let (bytes, connections) = (transfer.bytes(), transfer.connections());
                reports.push((*file, running.task.attempt, Report::Advanced { bytes, connections }));
            }
        }
        self.pacing.look(new_bytes, now.steady);
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

    /// Stops what runs, saves, and ends the threads.
    async fn end(mut self) {
        let now = self.now();
        self.ending = true;
        for running in self.running.values_mut() {
            running.stopping = true;
            if !running.whole {
                running.life.cancel();
            }
        }
        while !self.running.is_empty() {
            let Some(fact) = self.facts.recv().await else { break };
            self.fact(fact, now);
        }
        self.save_finished();
        self.snapshot.send_replace(self.queue.snapshot(self.now()));
        self.payload.end();
        self.ground.disk.end();
        self.ground.store.end();
    }
}

/// A group's number in the records of what it finished.
fn run_of(group: GroupId) -> i64 {
    group.0.as_u64_pair().1.cast_signed()
}

async fn sleep_until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due).await,
        None => std::future::pending().await,
    }
}
