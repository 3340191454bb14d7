//! The loop: events in, the queue decides, effects out.

mod facts;
mod keep;
mod looks;
mod promise;
mod records;
mod tries;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::sync::{Semaphore, mpsc, oneshot, watch};
use tokio::time::Instant;

use super::config::{Config, Home, NotSaved};
use super::disk::{Disk, system};
use super::fetch::Sessions;
use super::journal::{Journal, Note};
use super::moment::Removal;
use super::pacing::Pacing;
use super::payload::Payload;
use super::running::Running;
use super::store::{Kept, PartRecord, Records, Saving, Store, run_of};
use super::worker::{self, Fact, Ground};
use crate::queue::{
    Attempt, Command, Effect, Event, FileId, Notice, Now, Outcome, Queue, Refusal, Report, Snapshot,
};
use keep::Keeping;

/// Counters are read, records written and snapshots made this often.
const TICK: Duration = Duration::from_millis(100);
/// Small files between network and disk.
const ROOM: usize = 4_096;
/// Facts taken from the channel at once.
const BATCH: usize = 1_024;

/// Where the answer to a command goes.
pub type Answer = oneshot::Sender<Result<Outcome, Refusal>>;

/// What faces ask of the loop.
#[expect(clippy::large_enum_variant, reason = "few are ever under way")]
pub enum Ask {
    /// A command, and where its answer goes.
    Command(Command, Answer),
    /// Someone wants notices.
    Notices(mpsc::Sender<Notice>),
    /// Someone wants groups as they were when they left the list.
    Removals(mpsc::Sender<Removal>),
    /// Whatever else is asked of the loop: it answers on its own.
    Look(Box<dyn FnOnce(&mut Loop) + Send>),
    /// The end; told when all is saved, or cannot be.
    Shutdown(oneshot::Sender<Result<(), NotSaved>>),
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
    /// Those who want to see what leaves the list.
    removals: Vec<mpsc::Sender<Removal>>,
    /// Finished files' records are kept until their group is done (a face without a queue).
    keeps_finished: bool,
    finished: Vec<PartRecord>,
    /// Parts' records whose keys those of `finished` take.
    written_over: Vec<(PathBuf, String)>,
    saving: Option<Saving>,
    keeping: Keeping,
    journal: Journal,
    epoch: Instant,
    ticked: Duration,
    shown: Duration,
    changed: bool,
    ending: bool,
}

impl Loop {
    /// Ready to run; what was kept of the queue is in the snapshot.
    pub fn new(
        config: Config,
        payload: Payload,
        disk: Disk,
        store: Store,
        mut kept: Kept,
        snapshot: watch::Sender<Snapshot>,
        keeps_finished: bool,
    ) -> Self {
        let (sender, facts) = mpsc::unbounded_channel();
        let is_on = matches!(config.home, Home::Queue(_));
        let boot = system::boot_id();
        let mut queue = Queue::new(config.limits, fastrand::u64(..));
        let now = Now {
            steady: Duration::ZERO,
            wall: Timestamp::now(),
        };
        let records = keep::restore(&mut queue, &mut kept, &boot, now);
        let keeping = Keeping::new(is_on, &queue);
        let mut effects = Vec::new();
        queue.update(Event::Zone(TimeZone::system()), now, &mut effects);
        if let Some(mode) = config.mode {
            queue.update(Event::Command(Command::Mode(mode)), now, &mut effects);
        }
        snapshot.send_replace(queue.snapshot(now));
        let pacing = Pacing::new();
        pacing.set_rates(queue.program(), queue.hours());
        let ground = Ground {
            disk,
            store,
            facts: sender,
            patience: config.network.stall_timeout,
            boot,
            room: Arc::new(Semaphore::new(ROOM)),
            records_small: keeps_finished || is_on,
            sessions: Sessions::default(),
        };
        Self {
            queue,
            effects,
            running: HashMap::new(),
            records,
            stored: kept.records,
            pacing,
            payload,
            ground: Arc::new(ground),
            facts,
            snapshot,
            listeners: Vec::new(),
            removals: Vec::new(),
            keeps_finished,
            finished: Vec::new(),
            written_over: Vec::new(),
            saving: None,
            keeping,
            journal: Journal::default(),
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
        self.carry_out(self.now());
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
        let saved = self.end().await;
        if let Err(error) = &saved {
            tracing::error!(%error);
        }
        if let Some(told) = told {
            let _ = told.send(saved);
        }
    }

    fn now(&self) -> Now {
        Now {
            steady: self.epoch.elapsed(),
            wall: Timestamp::now(),
        }
    }

    /// When the loop must look again though nothing comes in.
    fn due(&self) -> Option<Instant> {
        let tick = (!self.running.is_empty()).then(|| self.ticked + TICK);
        let show = self.changed.then(|| self.shown + TICK);
        let due = self.queue.next_due();
        let keep = self.keeping.due(self.epoch.elapsed());
        let next = [tick, show, due, keep].into_iter().flatten().min()?;
        Some(self.epoch + next)
    }

    fn ask(&mut self, ask: Ask) {
        let now = self.now();
        match ask {
            Ask::Command(command, answer) => self.command(command, answer, now),
            Ask::Notices(sender) => self.listeners.push(sender),
            Ask::Removals(sender) => self.removals.push(sender),
            Ask::Look(look) => look(self),
            Ask::Shutdown(_) => {}
        }
    }

    fn command(&mut self, command: Command, answer: Answer, now: Now) {
        let makes = promise::makes(&command);
        let refusal = self.keeping.refusal(&command);
        let outcome = refusal.map_or_else(|| self.obey(command, now), Err);
        self.answer(answer, outcome, makes);
    }

    fn obey(&mut self, command: Command, now: Now) -> Result<Outcome, Refusal> {
        let note = Note::of(&command);
        let leaving = self.leaving(&command, now);
        let outcome = self.queue.command(command, now, &mut self.effects);
        if let (Ok(outcome), Some(note)) = (&outcome, note) {
            self.journal.command(note, outcome, &self.queue, now.wall);
        }
        if let (Ok(_), Some(leaving)) = (&outcome, leaving) {
            self.removals
                .retain(|watcher| watcher.try_send(leaving.clone()).is_ok());
        }
        self.carry_out(now);
        outcome
    }

    fn keep_time(&mut self) {
        let now = self.now();
        if !self.running.is_empty() && now.steady >= self.ticked + TICK {
            self.tick(now);
            self.save_finished();
            self.ticked = now.steady;
        }
        if self.queue.next_due().is_some_and(|due| due <= now.steady) {
            // (Asked for each time: a computer is carried along.)
            self.tell(Event::Zone(TimeZone::system()), now);
        }
        if self.running.is_empty() {
            self.save_finished();
        } else if self.running.values().all(|running| running.whole) {
            self.ground.disk.hurry();
        }
        self.payload.let_go();
        self.keep(now);
        // Nothing runs or is due any more: whoever waits for the end is told at once. (While the
        // states of 100,000 files change bit by bit, ten times a second is enough.)
        let idle = self.running.is_empty() && self.queue.next_due().is_none();
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
            // Nothing new is begun any more; what has come to its end is told and kept.
            let begins = |effect: &Effect| matches!(effect, Effect::Start(_) | Effect::Measure(_));
            self.effects.retain(|effect| !begins(effect));
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
                let key = (path.to_path_buf(), link.without_password());
                if self.keeping.is_on {
                    self.done_with(key, None);
                } else {
                    self.ground.store.forget(vec![key]);
                }
                if let Some(record) = self.records.remove(&file) {
                    self.ground.disk.discard(record.path, record.identity);
                }
            }
            Effect::DeleteFinished(_, path, fingerprint) => {
                self.ground.disk.delete(path.to_path_buf(), fingerprint);
            }
            Effect::Measure(task) => {
                let ground = self.ground.clone();
                let seat = self.payload.seat(false, 0, task.options.network.as_ref());
                seat.run(worker::measure(ground, seat.transport.clone(), task));
            }
            Effect::Repace(group) => {
                self.repace(group);
            }
            Effect::Rates => {
                let (program, hours) = (self.queue.program(), self.queue.hours());
                self.pacing.set_rates(program, hours);
            }
            Effect::SaveProgram => {
                self.keeping.is_program_due = self.keeping.is_on;
            }
            Effect::Save(_) => self.keeping.is_due = self.keeping.is_on,
            Effect::Forget(groups) => self.forget(groups),
            Effect::Notice(notice) => self.notice(&notice, now),
        }
    }

    fn notice(&mut self, notice: &Notice, now: Now) {
        self.journal.notice(notice, &self.queue, now.wall);
        if let Notice::GroupCompleted(group) = notice {
            let run = run_of(*group);
            self.finished.retain(|record| record.finished != Some(run));
            if self.keeps_finished {
                self.ground
                    .store
                    .forget(std::mem::take(&mut self.written_over));
                self.ground.store.forget_run(run);
            }
            if self.keeping.is_on {
                self.remember_group(*group);
            }
        }
        self.listeners
            .retain(|listener| listener.try_send(notice.clone()).is_ok());
    }

    /// Stops what runs, saves, and ends the threads.
    async fn end(mut self) -> Result<(), NotSaved> {
        let now = self.now();
        self.ending = true;
        for running in self.running.values_mut() {
            running.stopping = true;
            if !running.whole {
                running.life.cancel();
            }
        }
        while !self.running.is_empty() {
            let Some(fact) = self.facts.recv().await else {
                break;
            };
            self.fact(fact, now);
        }
        self.save_finished();
        let saved = self.keep_all().await;
        self.snapshot.send_replace(self.queue.snapshot(self.now()));
        self.payload.end();
        self.ground.disk.end();
        self.ground.store.end();
        saved
    }
}

async fn sleep_until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due).await,
        None => std::future::pending().await,
    }
}
