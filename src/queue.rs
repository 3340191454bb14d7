//! Groups, jobs, files: what there is, who may run, what a person may ask.
//!
//! Pure, and driven from outside: a [`Command`] or an [`Event`] changes the state
//! and says what is to be done ([`Effect`]). Looking never changes anything.
//!
//! What must always be true:
//! * a file changes its state only as [`crate::download::state`] allows;
//! * at most [`Limits::parallel`] files hold a place: they fetch, or are about to stop;
//! * between a `Start` and the report that ends that try, a file is not started
//!   again and not discarded, and reports of an earlier try change nothing;
//! * a file that is queued, and of which nothing runs any more, stands in line once;
//! * all sums equal a recount, and work for one event is bounded: it does not grow
//!   with the number of files, but where a person's command, the network or the
//!   mode changes the state of them all.
//!
//! The state is in `table` (groups, jobs, files, ids) and `host`; who runs is decided
//! in `schedule`, who makes way in `make_way`; `waits` holds back and lets go again.

pub mod command;
pub mod difference;
pub mod event;
pub mod id;
pub mod program;
pub mod property;
pub mod restore;
pub mod snapshot;
pub mod status;

mod add;
mod commands;
mod control;
mod failures;
mod file;
mod fingerprint;
mod folder;
mod group;
mod host;
mod hours;
mod job;
mod line;
mod list;
mod lookup;
mod make_way;
mod measure;
mod network;
mod outline;
mod patience;
mod reports;
mod schedule;
mod settle;
mod start;
mod sums;
mod table;
mod turns;
mod view;
mod waits;

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::sync::Arc;
use std::time::Duration;

pub use command::{
    Command, Credentials, JobOptions, Limits, Move, NewFile, NewJob, Outcome, Refusal,
};
pub use event::{Attempt, Effect, Event, Notice, Now, Report, Task};
pub use fingerprint::Fingerprint;
pub use id::{FileId, GroupId, JobId};
pub use lookup::Found;
pub use network::{JobNetwork, Proxy};
pub use outline::{FileOutline, GroupOutline};
pub use patience::JobPatience;
pub use program::{Conditions, PriorityLimits, Program};
pub use property::{ConflictRule, Mode, Notify, Priority, Properties, Property};
pub use snapshot::{FileView, GroupView, JobView, Snapshot};
pub use status::Flags;

use crate::download::State;
use crate::pace::schedule::Hours;
use file::FileKey;
use host::Hosts;
use hours::HoursNow;
use snapshot::FileSource;
use table::Table;
use turns::Turns;

/// The queue.
#[derive(Debug)]
pub struct Queue {
    table: Table,
    hosts: Hosts,
    /// The groups with files in line, one for each priority.
    turns: [Turns; 4],
    /// Files that hold a place.
    running: Vec<FileKey>,
    /// How many places are held (other than `running` only inside `make_way`).
    places: usize,
    /// Files that are written and not yet complete.
    finishing: usize,
    /// When waits end: moment, stamp, file.
    timers: BinaryHeap<Reverse<(Duration, u32, FileKey)>>,
    /// Sizes being looked up: of which host, and of which source.
    measuring: BTreeMap<FileId, (u32, Arc<FileSource>)>,
    /// Hosts of which a size is to be looked up, by when.
    to_measure: BTreeSet<(Duration, u32)>,
    /// Cancelled files of which something was left when the program ended.
    to_discard: Vec<FileKey>,
    limits: Limits,
    program: Program,
    /// What the schedule allows now, by the clocks of which zone, and when that is looked at again.
    hours: HoursNow,
    network: bool,
    conditions: Conditions,
    /// Who waits for the program, the network, the hour or better conditions is to be looked at.
    are_holds_stale: bool,
    random: fastrand::Rng,
    /// The latest number given to a group that was served, and to a new group.
    served: u64,
    orders: u64,
    /// Something changed that may let a file start, or make one stop.
    is_stirred: bool,
    /// Something is left to do that came without an event.
    is_pressing: bool,
    /// The latest moment seen.
    seen: Duration,
    list: Option<Arc<Vec<Arc<GroupView>>>>,
    is_list_dirty: bool,
    /// How many there were.
    snapshots: u64,
}

/// Most timers, or sizes to look up, that are worked off in one event.
const MOST_AT_ONCE: usize = 1024;

impl Queue {
    /// An empty queue. Ids and jitter are made from `seed`: random, once a process.
    #[must_use]
    pub fn new(limits: Limits, seed: u64) -> Self {
        Self {
            table: Table::default(),
            hosts: Hosts::default(),
            turns: Default::default(),
            running: Vec::new(),
            places: 0,
            finishing: 0,
            timers: BinaryHeap::new(),
            measuring: BTreeMap::new(),
            to_measure: BTreeSet::new(),
            to_discard: Vec::new(),
            limits,
            program: Program::default(),
            hours: HoursNow::default(),
            network: true,
            conditions: Conditions::default(),
            are_holds_stale: false,
            random: fastrand::Rng::with_seed(seed),
            served: 0,
            orders: 0,
            is_stirred: false,
            is_pressing: false,
            seen: Duration::ZERO,
            list: None,
            is_list_dirty: true,
            snapshots: 0,
        }
    }

    /// Takes a fact in. Never panics, whatever comes; what is out of date is ignored.
    pub fn update(&mut self, event: Event, now: Now, effects: &mut Vec<Effect>) {
        match event {
            Event::Command(command) => {
                // Whoever wants the answer calls `command`.
                let _ = self.command(command, now, effects);
                return;
            }
            Event::Report(file, attempt, report) => {
                self.report(file, attempt, report, now, effects);
            }
            Event::Courtesy(group, courtesy) => {
                self.note_courtesy(group, courtesy);
                return;
            }
            Event::Measured(file, size) => self.measured(file, size),
            Event::Network(up) => self.network(up, now, effects),
            Event::Conditions(conditions) => self.set_conditions(conditions),
            Event::Zone(zone) => self.hours.set_zone(zone),
            Event::Tick => {}
        }
        self.go_on(now, effects);
    }

    /// All that follows from a change: waits that end, groups that end, what is to be
    /// saved, and only then who starts.
    fn go_on(&mut self, now: Now, effects: &mut Vec<Effect>) {
        self.is_pressing = false;
        for key in std::mem::take(&mut self.to_discard) {
            self.discard(key, effects);
        }
        self.keep_hours(now, effects);
        if std::mem::take(&mut self.are_holds_stale) {
            self.hold_or_let_go(now, effects);
        }
        self.end_waits(now);
        self.settle(now, effects);
        self.ask_to_save(effects);
        self.schedule(now, effects);
        self.measure_ahead(now, effects);
        self.seen = self.seen.max(now.steady);
    }

    /// When a `Tick` is wanted, by the steady clock; a moment that has passed means at once.
    #[must_use]
    pub fn next_due(&self) -> Option<Duration> {
        if self.is_pressing {
            return Some(Duration::ZERO);
        }
        let timer = self.timers.peek().map(|Reverse((due, ..))| *due);
        let measure = self.to_measure.first().map(|(due, _)| *due);
        let moments = [
            timer,
            measure,
            self.hosts.next_growth(),
            self.hours.due(),
            self.next_slice_end(),
        ];
        moments.into_iter().flatten().min()
    }

    /// The numbers and the patience.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Other ones; they are met with the next event, for which `next_due` asks at once.
    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
        self.are_holds_stale = true;
        self.is_stirred = true;
        self.is_pressing = true;
    }

    /// The mode of the whole program.
    #[must_use]
    pub fn mode(&self) -> Mode {
        self.program.mode
    }

    /// What is set for the whole program.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// What the schedule allows now.
    #[must_use]
    pub fn hours(&self) -> Hours {
        self.hours.now
    }

    /// A new id, from the seed.
    fn new_id(&mut self) -> uuid::Uuid {
        loop {
            let bytes = self.random.u128(..).to_le_bytes();
            let id = uuid::Builder::from_random_bytes(bytes).into_uuid();
            if !self.table.ids.contains_key(&id) {
                return id;
            }
        }
    }

    /// One `Save` for all that changed in this event.
    fn ask_to_save(&mut self, effects: &mut Vec<Effect>) {
        let mut wanted = std::mem::take(&mut self.table.save_wanted);
        wanted.sort_unstable();
        wanted.dedup();
        let groups = wanted
            .into_iter()
            .filter_map(|number| self.table.get_group(number));
        let ids: Vec<_> = groups
            .filter(|group| !group.is_gone)
            .map(|group| group.id)
            .collect();
        if !ids.is_empty() {
            effects.push(Effect::Save(ids));
        }
    }
}
