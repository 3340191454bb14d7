//! Random days: whatever is asked and reported, in whatever order, nothing breaks.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;

use super::recount::recount;
use super::story::files;
use super::{add, add_to, at, limits, new_file};
use crate::download::retry::RetryAfter;
use crate::download::{Failure, Link, State};
use crate::queue::property::{Mode, PRIORITIES, Properties, Property};
use crate::queue::restore::GroupRecord;
use crate::queue::{
    Command, Conditions, Effect, Event, FileId, GroupId, Limits, Move, Queue, Report, Snapshot,
};

/// One thing that happens; the numbers choose among what there is.
#[derive(Debug, Clone)]
enum Happening {
    Add {
        into: Option<u8>,
        files: u8,
        hosts: u8,
        priority: u8,
        start: bool,
    },
    New,
    Ask(u8, u8, u8),
    Mode(u8),
    Network(bool),
    Conditions(bool, bool),
    /// Of a file that runs: what its worker says next.
    Work(u8, u8),
    /// Of any file and attempt.
    Nonsense(u8, u8, u8),
    Measured(u8, Option<u64>),
    Wait(u16),
    Limits(u8),
    Look,
    Restart,
}

fn happening() -> impl Strategy<Value = Happening> {
    use Happening::{Add, Ask, Look, Measured, Network, New, Nonsense, Restart, Wait, Work};
    prop_oneof![
        3 => (any::<Option<u8>>(), 0..6u8, any::<u8>(), any::<u8>(), any::<bool>()).prop_map(
            |(into, files, hosts, priority, start)| Add { into, files, hosts, priority, start }
        ),
        1 => Just(New),
        6 => (any::<u8>(), any::<u8>(), any::<u8>()).prop_map(|(a, b, c)| Ask(a, b, c)),
        1 => (0..5u8).prop_map(Happening::Mode),
        1 => (0..5u8).prop_map(|n| Network(n > 0)),
        1 => any::<(bool, bool)>().prop_map(|(one, other)| Happening::Conditions(one, other)),
        20 => (any::<u8>(), any::<u8>()).prop_map(|(a, b)| Work(a, b)),
        2 => (any::<u8>(), any::<u8>(), any::<u8>()).prop_map(|(a, b, c)| Nonsense(a, b, c)),
        2 => (any::<u8>(), any::<Option<u64>>()).prop_map(|(a, b)| Measured(a, b)),
        3 => (0..40_000u16).prop_map(Wait),
        1 => any::<u8>().prop_map(Happening::Limits),
        1 => Just(Look),
        1 => Just(Restart),
    ]
}

/// The engine, as far as the queue sees it.
struct Day {
    queue: Queue,
    steady: Duration,
    /// Tries between `Start` and their end.
    running: BTreeMap<FileId, u32>,
    /// Those of them that hold a place.
    places: BTreeSet<FileId>,
    discarded: BTreeSet<FileId>,
    /// Whoever was told of as complete or failed, since it was last resumed or added to.
    files: Vec<FileId>,
    groups: Vec<GroupId>,
    parallel_was_cut: bool,
    /// What a store would have, that writes what it is given and nothing else.
    stored: BTreeMap<GroupId, GroupRecord>,
}

impl Day {
    fn new() -> Self {
        let limits = Limits {
            measure_ahead: true,
            connections_per_host: 6,
            ..limits()
        };
        Self {
            queue: Queue::new(limits, 3),
            steady: Duration::ZERO,
            running: BTreeMap::new(),
            places: BTreeSet::new(),
            discarded: BTreeSet::new(),
            files: Vec::new(),
            groups: Vec::new(),
            parallel_was_cut: false,
            stored: BTreeMap::new(),
        }
    }

    fn live(&mut self, happening: Happening) {
        let mut effects = Vec::new();
        let now = at(self.steady);
        let event = match happening {
            Happening::Look => {
                let snapshot = self.queue.snapshot(now);
                return self.compare(&snapshot);
            }
            Happening::Restart => return self.restart(),
            Happening::Wait(ms) => {
                self.steady += Duration::from_millis(u64::from(ms));
                Event::Tick
            }
            Happening::Limits(n) => {
                let parallel = usize::from(n % 4) + 1;
                self.parallel_was_cut |= parallel < self.queue.limits().parallel;
                let waits_on = Conditions {
                    metered: n % 8 > 3,
                    on_battery: n % 16 > 7,
                };
                let limits = Limits {
                    parallel,
                    waits_on,
                    ..self.queue.limits().clone()
                };
                self.queue.set_limits(limits);
                Event::Tick
            }
            Happening::Network(up) => Event::Network(up),
            Happening::Conditions(metered, on_battery) => Event::Conditions(Conditions {
                metered,
                on_battery,
            }),
            Happening::Measured(n, size) => match self.pick_file(n) {
                Some(file) => Event::Measured(file, size),
                None => return,
            },
            Happening::Work(n, what) => match self.work(n, what) {
                Some(event) => event,
                None => return,
            },
            Happening::Nonsense(n, attempt, what) => match self.pick_file(n) {
                Some(file) => self.nonsense(file, u32::from(attempt % 4), what),
                None => return,
            },
            asked => Event::Command(self.command(asked)),
        };
        self.queue.update(event, at(self.steady), &mut effects);
        self.obey(&effects);
        recount(&self.queue);
        self.learn();
        self.store(&effects);
    }

    /// What is written bit by bit is the whole; `Save` says when.
    fn store(&mut self, effects: &[Effect]) {
        let mut asked: BTreeSet<GroupId> = BTreeSet::new();
        for effect in effects {
            match effect {
                Effect::Save(groups) => asked.extend(groups),
                Effect::Forget(groups) => self.stored.retain(|id, _| !groups.contains(id)),
                _ => {}
            }
        }
        for changed in self.queue.unsaved() {
            assert!(asked.contains(&changed.id), "changed, and no Save");
            match self.stored.get_mut(&changed.id) {
                Some(stored) => write_over(stored, changed),
                None => drop(self.stored.insert(changed.id, changed)),
            }
        }
        let without_progress = |mut record: GroupRecord| {
            let files = record.jobs.iter_mut().flat_map(|job| &mut job.files);
            files.for_each(|file| (file.bytes, file.size, file.attempts) = (0, None, 0));
            record
        };
        let whole = self.queue.groups().filter_map(|id| self.queue.records(id));
        let stored: Vec<_> = self
            .stored
            .values()
            .cloned()
            .map(without_progress)
            .collect();
        let mut whole: Vec<_> = whole.map(without_progress).collect();
        whole.sort_by_key(|record| record.id);
        assert_eq!(stored, whole);
    }

    fn pick_file(&self, n: u8) -> Option<FileId> {
        (!self.files.is_empty()).then(|| self.files[usize::from(n) % self.files.len()])
    }

    fn pick_group(&self, n: u8) -> GroupId {
        match self.groups.len() {
            0 => GroupId::random(),
            len => self.groups[usize::from(n) % len],
        }
    }

    fn command(&self, asked: Happening) -> Command {
        match asked {
            Happening::New => Command::New {
                id: None,
                properties: Properties::default(),
            },
            Happening::Mode(n) => Command::Mode(match n {
                0 => Mode::Suspended,
                1 | 2 => Mode::Full,
                _ => Mode::Polite,
            }),
            Happening::Add {
                into,
                files,
                hosts,
                priority,
                start,
            } => {
                let host = |n: u8| ["a", "b", "c"][usize::from(hosts >> (n % 4)) % 3];
                let files = (0..files)
                    .map(|n| new_file(host(n), &n.to_string()))
                    .collect();
                match into {
                    Some(n) => add_to(self.pick_group(n), files, start),
                    None => {
                        let priority = PRIORITIES[usize::from(priority) % 4];
                        add(
                            files,
                            Properties {
                                priority,
                                ..Properties::default()
                            },
                            start,
                        )
                    }
                }
            }
            Happening::Ask(what, n, more) => self.ask(what, n, more),
            other => unreachable!("{other:?}"),
        }
    }

    fn ask(&self, what: u8, n: u8, more: u8) -> Command {
        let (one, other) = (self.pick_group(n), self.pick_group(more));
        let ids = if more.is_multiple_of(3) {
            vec![one, other]
        } else {
            vec![one]
        };
        match what % 20 {
            0 | 1 => Command::Suspend(ids),
            2..=4 => Command::Resume(ids),
            5 => Command::Cancel {
                ids,
                delete_finished: more.is_multiple_of(2),
            },
            6 => Command::Foreground(ids),
            7 => Command::Background(ids),
            8 => Command::Remove(ids),
            9 => Command::SetPriority(ids, PRIORITIES[usize::from(more) % 4]),
            10 => Command::Set(
                one,
                vec![Property::Parallel(Some(usize::from(more % 3) + 1))],
            ),
            11 => Command::Set(
                one,
                vec![Property::Connections(Some(usize::from(more % 3) + 1))],
            ),
            12 => Command::Set(one, vec![Property::Password(more.to_string())]),
            13 => Command::Limit(Some(u64::from(more))),
            14 => {
                let to = [Move::Top, Move::Up, Move::Down, Move::Bottom];
                Command::Move(one, to[usize::from(more) % 4])
            }
            16 => Command::Anyway(ids, !more.is_multiple_of(3)),
            17 => Command::LimitPriority(PRIORITIES[usize::from(n) % 4], Some(u64::from(more) + 1)),
            18 => {
                let weeks = [
                    "",
                    "daily 12-13 background off",
                    "daily 00-24 all off",
                    "wed 13-24 all 5",
                ];
                let week = weeks[usize::from(more) % 4].parse().unwrap();
                Command::Schedule(Arc::new(week))
            }
            15 => Command::SetFolder(one, format!("/{more}").into()),
            _ => {
                let host = ["a", "b", "d"][usize::from(more) % 3];
                let link = Link::parse(&format!("https://{host}.example/{more}")).unwrap();
                let file = self.pick_file(n).unwrap_or_else(FileId::random);
                Command::SetLink(file, link)
            }
        }
    }

    /// What a worker can say; `Stopped` and the like end its try.
    fn work(&mut self, n: u8, what: u8) -> Option<Event> {
        let len = self.running.len();
        let (&file, &attempt) = self.running.iter().nth(usize::from(n) % len.max(1))?;
        let report = report(what);
        if matches!(
            report,
            Report::Completed { .. } | Report::Failed { .. } | Report::Stopped
        ) {
            self.running.remove(&file);
            self.places.remove(&file);
        }
        if matches!(report, Report::Written { .. }) {
            self.places.remove(&file);
        }
        Some(Event::Report(file, attempt, report))
    }

    /// About any try but the present one.
    fn nonsense(&self, file: FileId, attempt: u32, what: u8) -> Event {
        let attempt = match self.running.get(&file) {
            Some(present) if *present == attempt => attempt + 1,
            _ => attempt,
        };
        Event::Report(file, attempt, report(what))
    }

    fn obey(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Start(task) => {
                    assert!(
                        self.running.insert(task.file, task.attempt).is_none(),
                        "twice"
                    );
                    assert!(task.connections >= 1);
                    assert!(!self.discarded.contains(&task.file), "discarded before");
                    self.places.insert(task.file);
                    let most = self.queue.limits().parallel;
                    assert!(self.places.len() <= most || self.parallel_was_cut);
                }
                Effect::Stop(file, attempt) => assert_eq!(self.running.get(file), Some(attempt)),
                Effect::Discard { file, .. } => {
                    assert!(
                        !self.running.contains_key(file),
                        "discarded while it may write"
                    );
                    self.discarded.insert(*file);
                }
                Effect::DeleteFinished(file, ..) => assert!(!self.running.contains_key(file)),
                _ => {}
            }
        }
        if self.places.len() <= self.queue.limits().parallel {
            self.parallel_was_cut = false;
        }
    }

    fn learn(&mut self) {
        self.groups = self.queue.groups().collect();
        let snapshot = self.queue.snapshot(at(self.steady));
        self.files = snapshot
            .groups
            .iter()
            .flat_map(|group| files(group))
            .map(|f| f.id)
            .collect();
        self.compare(&snapshot);
    }

    /// A snapshot agrees with a recount over its own files.
    fn compare(&self, snapshot: &Snapshot) {
        assert!(
            snapshot
                .groups
                .iter()
                .map(|group| group.id)
                .eq(self.queue.groups())
        );
        for group in snapshot.groups.iter() {
            let all: Vec<_> = files(group).collect();
            let summary = &group.summary;
            assert_eq!(summary.files_total, all.len() as u64);
            let done = all
                .iter()
                .filter(|file| file.state == State::Complete)
                .count();
            assert_eq!(summary.files_done, done as u64);
            let bytes = all.iter().map(|file| u128::from(file.bytes)).sum::<u128>();
            assert_eq!(
                u128::from(summary.progress.bytes),
                bytes.min(u128::from(u64::MAX))
            );
            let of_jobs: u64 = group.jobs.iter().map(|job| job.summary.files_total).sum();
            assert_eq!(of_jobs, summary.files_total);
            assert_eq!(group.waiting.is_some(), group.state == State::Waiting);
            let failed = all.iter().find(|file| file.state == State::Error);
            assert_eq!(
                group.error.as_ref(),
                failed.map(|file| file.error.as_deref().unwrap()),
                "the first that failed"
            );
            assert_eq!(
                summary.progress.percent == Some(100),
                done == all.len() && done > 0
            );
        }
    }

    /// The program ends and comes back: nothing is lost but what ran.
    fn restart(&mut self) {
        let records: Vec<_> = self
            .queue
            .groups()
            .filter_map(|id| self.queue.records(id))
            .collect();
        let before = self.queue.snapshot(at(self.steady));
        let mut queue = Queue::new(self.queue.limits().clone(), 4);
        queue.restore(records, at(self.steady));
        recount(&queue);
        let after = queue.snapshot(at(self.steady));
        for (was, is) in before.groups.iter().zip(after.groups.iter()) {
            assert_eq!((was.id, was.status), (is.id, is.status));
            assert_eq!(was.properties.priority, is.properties.priority);
            let of = |group| files(group).map(|file| (file.id, file.path.clone(), file.size));
            assert!(of(was).eq(of(is)));
        }
    }
}

fn write_over(stored: &mut GroupRecord, changed: GroupRecord) {
    let mut jobs = std::mem::take(&mut stored.jobs);
    for mut job in changed.jobs.clone() {
        let files = std::mem::take(&mut job.files);
        let at = job.at as usize;
        if let Some(known) = jobs.get_mut(at) {
            job.files = std::mem::take(&mut known.files);
        }
        for file in files {
            let at = file.at as usize;
            if at < job.files.len() {
                job.files[at] = file;
            } else {
                job.files.push(file);
            }
        }
        jobs.splice(at..(at + 1).min(jobs.len()), [job]);
    }
    *stored = GroupRecord { jobs, ..changed };
}

fn report(what: u8) -> Report {
    let path = Arc::new(PathBuf::from("/d/f"));
    let size = u64::from(what);
    match what % 12 {
        0 | 1 => Report::Begun {
            path,
            size: (!what.is_multiple_of(5)).then_some(size),
            bytes: size / 2,
            resumable: !what.is_multiple_of(7),
        },
        2..=4 => Report::Advanced {
            bytes: size,
            connections: 2,
        },
        5 => Report::StartedOver,
        6 => Report::Written { bytes: size },
        7 | 8 => Report::Completed {
            path,
            bytes: size,
            existed: what.is_multiple_of(5),
            fingerprint: None,
        },
        9 | 10 => Report::Failed {
            failure: failure(what / 12),
            progressed: what.is_multiple_of(2),
        },
        _ => Report::Stopped,
    }
}

fn failure(what: u8) -> Failure {
    match what % 6 {
        0 => Failure::status(404),
        1 => Failure::Status {
            status: 503,
            retry_after: Some(RetryAfter::Seconds(u64::MAX)),
        },
        2 => Failure::DiskFull {
            needed: None,
            free: None,
        },
        3 => Failure::CredentialsNeeded,
        4 => Failure::Unreachable,
        _ => Failure::ConnectionLost(String::new()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_days(happenings in prop::collection::vec(happening(), 1..120)) {
        let mut day = Day::new();
        for happening in happenings {
            day.live(happening);
        }
    }
}
