//! What is told, and what the other side makes of it: over a real queue, through text.

use std::path::PathBuf;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::download::retry::Policy;
use crate::download::{Failure, Link};
use crate::queue::{
    Attempt, Command, Conditions, Effect, Event, FileId, JobOptions, Limits, Mode, Move, NewFile,
    NewJob, Now, Outcome, Priority, Properties, Property, Queue, Report,
};
use crate::remote::mirror::Mirror;
use crate::words::json;

/// A queue, and what runs in it.
struct World {
    queue: Queue,
    steady: Duration,
    groups: Vec<GroupId>,
    running: Vec<(FileId, Attempt)>,
}

/// Who looks at it from afar: what it was told of, and what it made of that.
#[derive(Default)]
struct Reader {
    known: Snapshot,
    mirror: Mirror,
    seen: Snapshot,
}

#[derive(Default)]
struct Messages(Vec<String>);

impl Outlet for Messages {
    type Error = std::convert::Infallible;

    async fn send(&mut self, changes: &Changes) -> Result<(), Self::Error> {
        // (A group, a job and a file may come on top of one less than the most.)
        assert!(changes.removed.len() > MOST || changes.len() <= MOST + 2);
        self.0.push(serde_json::to_string(changes).unwrap());
        Ok(())
    }
}

fn told(before: &Snapshot, after: &Snapshot) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let mut messages = Messages::default();
    let Ok(_) = runtime
        .unwrap()
        .block_on(tell(before, after, &mut messages));
    messages.0
}

impl Reader {
    /// Reads all there is; how many messages that were.
    fn read(&mut self, now: Snapshot) -> usize {
        let messages = told(&self.known, &now);
        let count = messages.len();
        for (at, text) in messages.into_iter().enumerate() {
            let changes = serde_json::from_str(&text).unwrap();
            let seen = self.mirror.apply(changes).unwrap();
            assert_eq!(
                seen.is_some(),
                at + 1 == count,
                "it fits together at the end alone"
            );
            if let Some(seen) = seen {
                assert_shared(&self.known, &now, &self.seen, &seen);
                self.seen = seen;
            }
        }
        assert_same(&now, &self.seen);
        self.known = now;
        count
    }
}

fn assert_same(real: &Snapshot, seen: &Snapshot) {
    let ids =
        |snapshot: &Snapshot| -> Vec<_> { snapshot.groups.iter().map(|group| group.id).collect() };
    assert_eq!(ids(seen), ids(real));
    assert_eq!((seen.mode, seen.limit), (real.mode, real.limit));
    for (real, seen) in real.groups.iter().zip(seen.groups.iter()) {
        // As programs are told of it, and in all that is spoken here.
        let public = |view| serde_json::to_value(json::Group::whole(view)).unwrap();
        assert_eq!(public(seen), public(real));
        let spoken = |view| serde_json::to_value(Group::whole(view)).unwrap();
        assert_eq!(spoken(seen), spoken(real));
    }
}

/// What is the same allocation in two of the queue's snapshots is so in those made of them.
fn assert_shared(old: &Snapshot, new: &Snapshot, seen_old: &Snapshot, seen_new: &Snapshot) {
    for (group, seen) in new.groups.iter().zip(seen_new.groups.iter()) {
        let at = old.groups.iter().position(|old| old.id == group.id);
        let Some(at) = at else { continue };
        let (old, seen_old) = (&old.groups[at], &seen_old.groups[at]);
        assert!(!Arc::ptr_eq(old, group) || Arc::ptr_eq(seen_old, seen));
        let jobs = group.jobs.iter().zip(seen.jobs.iter());
        for ((job, seen), (old, seen_old)) in jobs.zip(old.jobs.iter().zip(seen_old.jobs.iter())) {
            assert!(!Arc::ptr_eq(old, job) || Arc::ptr_eq(seen_old, seen));
            let chunks = job.files.iter().zip(&seen.files);
            for ((chunk, seen), (old, seen_old)) in
                chunks.zip(old.files.iter().zip(&seen_old.files))
            {
                assert!(!Arc::ptr_eq(old, chunk) || Arc::ptr_eq(seen_old, seen));
            }
        }
    }
}

fn limits() -> Limits {
    let policy = Policy {
        tries: Some(2),
        tries_unreached: None,
        first_wait: Duration::from_secs(1),
        longest_wait: Duration::from_secs(60),
        patience: Duration::from_secs(3600),
    };
    Limits {
        parallel: 3,
        connections_per_host: 16,
        connections: 8,
        foreground: policy,
        background: policy,
        rotation: Duration::from_secs(30),
        measure_ahead: false,
        waits_on: Conditions::default(),
    }
}

fn file(name: usize) -> NewFile {
    NewFile {
        link: Link::parse(&format!("https://u:pass@h{}.example/{name}?t=1", name % 3)).unwrap(),
        name: name.is_multiple_of(4).then(|| format!("n{name}")),
        checksum: None,
    }
}

impl World {
    fn new() -> Self {
        Self {
            queue: Queue::new(limits(), 7),
            steady: Duration::ZERO,
            groups: Vec::new(),
            running: Vec::new(),
        }
    }

    fn now(&self) -> Now {
        let start: Timestamp = "2026-05-01T12:00:00Z".parse().unwrap();
        let wall = start + SignedDuration::try_from(self.steady).unwrap();
        Now {
            steady: self.steady,
            wall,
        }
    }

    fn look(&mut self) -> Snapshot {
        self.queue.snapshot(self.now())
    }

    fn command(&mut self, command: Command) {
        let mut effects = Vec::new();
        let outcome = self.queue.command(command, self.now(), &mut effects);
        if let Ok(Outcome::Group(group)) = outcome {
            self.groups.push(group);
        }
        self.follow(effects);
    }

    fn event(&mut self, event: Event) {
        let mut effects = Vec::new();
        self.queue.update(event, self.now(), &mut effects);
        self.follow(effects);
    }

    fn follow(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Start(task) => self.running.push((task.file, task.attempt)),
                Effect::Stop(file, attempt) => {
                    self.running.retain(|running| running.0 != file);
                    self.event(Event::Report(file, attempt, Report::Stopped));
                }
                _ => {}
            }
        }
    }

    fn add(&mut self, into: Option<GroupId>, id: Option<GroupId>, files: usize, start: bool) {
        let options = JobOptions {
            folder: PathBuf::from("/d"),
            ..JobOptions::default()
        };
        let job = NewJob {
            id: None,
            files: (0..files).map(file).collect(),
            options: Arc::new(options),
        };
        let properties = Properties::default();
        self.command(Command::Add {
            into,
            id,
            properties,
            job,
            start,
        });
    }

    /// Something happens; the numbers choose what.
    fn step(&mut self, [what, which, how]: [u8; 3]) {
        let which = which as usize;
        let group = self.groups.get(which % self.groups.len().max(1)).copied();
        // A caller's own id, that comes back after it has gone.
        let own = GroupId(uuid::Uuid::from_u128(0xE0 + which as u128 % 3));
        match (what % 20, group) {
            (0, _) => self.add(None, Some(own), 1 + how as usize % 4, true),
            (1, _) => self.add(
                None,
                None,
                [1, 5, 255, 300][how as usize % 4],
                which.is_multiple_of(2),
            ),
            (2, Some(group)) => self.add(Some(group), None, 1 + how as usize % 5, how % 2 == 0),
            (3, _) => self.command(Command::New {
                id: Some(own),
                properties: Properties::default(),
            }),
            (4, Some(group)) => self.ask(group, how),
            (5, Some(group)) => self.command(Command::Resume(vec![group])),
            (6, Some(group)) => self.command(Command::Remove(vec![group])),
            (7, Some(group)) => {
                let cancel = Command::Cancel {
                    ids: vec![group],
                    delete_finished: how % 2 == 0,
                };
                self.command(cancel);
                self.command(Command::Remove(vec![group]));
            }
            (8, _) => {
                let modes = [Mode::Polite, Mode::Full, Mode::Suspended, Mode::Polite];
                self.command(Command::Mode(modes[which % 4]));
            }
            (9, _) => self.command(Command::Limit(
                which.is_multiple_of(2).then_some(1000 + which as u64),
            )),
            (10, _) => self.event(Event::Network(!which.is_multiple_of(3))),
            (11, _) => {
                self.steady += Duration::from_millis(37 * which as u64);
                self.event(Event::Tick);
            }
            _ => self.work(which, how),
        }
    }

    fn ask(&mut self, group: GroupId, how: u8) {
        let ids = vec![group];
        let command = match how % 10 {
            0 => Command::Suspend(ids),
            1 => Command::Foreground(ids),
            2 => Command::Background(ids),
            3 => Command::SetPriority(ids, Priority::Low),
            4 => Command::Move(group, Move::Top),
            5 => Command::Move(group, Move::Bottom),
            6 => Command::Move(group, Move::Up),
            7 => Command::Set(
                group,
                vec![Property::parse("name", &format!("name {how}")).unwrap()],
            ),
            8 => Command::Set(group, vec![Property::parse("user", "me").unwrap()]),
            _ => Command::SetFolder(group, PathBuf::from(format!("/d/{how}"))),
        };
        self.command(command);
    }

    /// What a worker says.
    fn work(&mut self, which: usize, how: u8) {
        if self.running.is_empty() {
            return;
        }
        let at = which % self.running.len();
        let (file, attempt) = self.running[at];
        let path = Arc::new(PathBuf::from(format!("/d/{file}")));
        let bytes = u64::from(how) * 3;
        let failures = [
            Failure::status(404),
            Failure::Stalled,
            Failure::DiskFull {
                needed: Some(9),
                free: None,
            },
        ];
        let report = match how % 8 {
            0 | 1 => Report::Begun {
                path,
                size: (how > 99).then_some(999),
                bytes: 0,
                resumable: how > 50,
            },
            2..=4 => Report::Advanced {
                bytes,
                connections: 1 + u16::from(how % 3),
            },
            5 => Report::StartedOver,
            6 => Report::Completed {
                path,
                bytes: 999,
                existed: false,
                fingerprint: None,
            },
            _ => Report::Failed {
                failure: failures[which % 3].clone(),
                progressed: how > 128,
            },
        };
        if matches!(report, Report::Completed { .. } | Report::Failed { .. }) {
            self.running.remove(at);
        }
        self.event(Event::Report(file, attempt, report));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, max_shrink_iters: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// One reader looks often, one seldom, one comes at the end: all see the same.
    #[test]
    fn whatever_happens_readers_see_what_there_is(
        steps in prop::collection::vec((any::<[u8; 3]>(), 0..8u8), 1..120),
    ) {
        let mut world = World::new();
        let (mut often, mut seldom) = (Reader::default(), Reader::default());
        for (step, pause) in steps {
            world.step(step);
            if pause < 5 {
                often.read(world.look());
            }
            if pause == 0 {
                seldom.read(world.look());
            }
        }
        let now = world.look();
        for mut reader in [often, seldom, Reader::default()] {
            reader.read(now.clone());
            prop_assert_eq!(reader.read(now.clone()), 0, "nothing new is not told of");
        }
    }
}

#[test]
fn many_files_come_in_several_messages_and_one_that_changes_in_one() {
    let mut world = World::new();
    world.add(None, None, 700, true);
    let group = world.groups[0];
    world.add(Some(group), None, 1, true);
    world.add(Some(group), None, 256, true);
    for _ in 0..300 {
        world.add(None, None, 1, false);
    }
    let mut reader = Reader::default();
    assert!(reader.read(world.look()) > (700 + 257 + 300 * 3) / (MOST + 2));
    let before = reader.seen.clone();
    world.work(0, 3);
    assert_eq!(reader.read(world.look()), 1);
    let chunks = |snapshot: &Snapshot| -> Vec<_> {
        let jobs = snapshot.groups[0].jobs.iter();
        jobs.flat_map(|job| job.files.clone()).collect()
    };
    let (old, new) = (chunks(&before), chunks(&reader.seen));
    let other = old
        .iter()
        .zip(&new)
        .filter(|(old, new)| !Arc::ptr_eq(old, new));
    assert_eq!((new.len(), other.count()), (5, 1));
}

/// Its jobs change, its files do not.
#[test]
fn a_group_of_many_jobs_changes_in_bounded_messages() {
    let mut world = World::new();
    world.add(None, None, 1, false);
    for _ in 0..1000 {
        world.add(Some(world.groups[0]), None, 1, false);
    }
    let mut reader = Reader::default();
    reader.read(world.look());
    world.command(Command::Foreground(vec![world.groups[0]]));
    assert!(reader.read(world.look()) >= 4);
}

/// Between two looks it went, and another came with its id: with other jobs, or none.
#[test]
fn a_group_that_comes_back_under_its_id_is_another_one() {
    let own = GroupId(uuid::Uuid::from_u128(0xE1));
    for files in [0, 1] {
        let mut world = World::new();
        world.add(None, Some(own), 300, false);
        world.add(Some(own), None, 2, false);
        let mut reader = Reader::default();
        reader.read(world.look());
        world.command(Command::Cancel {
            ids: vec![own],
            delete_finished: false,
        });
        world.command(Command::Remove(vec![own]));
        world.steady += Duration::from_secs(9);
        match files {
            0 => world.command(Command::New {
                id: Some(own),
                properties: Properties::default(),
            }),
            _ => world.add(None, Some(own), files, false),
        }
        reader.read(world.look());
    }
}

#[test]
fn mode_limit_and_order_alone_are_told() {
    let mut world = World::new();
    (0..3).for_each(|_| world.add(None, None, 1, false));
    let mut reader = Reader::default();
    reader.read(world.look());
    for command in [
        Command::Mode(Mode::Full),
        Command::Limit(Some(5)),
        Command::Limit(None),
        Command::Move(world.groups[2], Move::Top),
    ] {
        world.command(command);
        assert_eq!(reader.read(world.look()), 1);
    }
}
