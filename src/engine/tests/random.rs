//! Random days: servers that fail, people who change their minds, programs that end; in
//! the evening everything is made good, and everything must be right.
//!
//! The seed is in the output of a test that fails. (Two runs of one seed are alike, but
//! for the order in which the loop looks at its files.)

use std::collections::BTreeMap;
use std::time::Duration;

use fastrand::Rng;

use super::net::{Fault, Net, Source, bytes_of};
use super::world::{World, files, limits};
use crate::download::{Link, State};
use crate::queue::{Command, GroupId, Limits, Mode, Move, Notice, Priority, Property, Snapshot};

const SEEDS: u64 = 200;
const STEPS: usize = 20;
const ETAGS: [&str; 4] = ["\"one\"", "\"two\"", "\"three\"", "\"four\""];

/// A day: its world, and what must come of it.
struct Day {
    random: Rng,
    world: World,
    /// Each URL's versions so far: seed and length.
    versions: BTreeMap<String, Vec<(u64, u64)>>,
    groups: Vec<GroupId>,
    /// The program ends now and then. (As long as the queue itself is not kept, what is
    /// asked for again is found by its URL: no other URLs on such a day.)
    ends: bool,
}

#[tokio::test(start_paused = true)]
async fn random_days() {
    for seed in 0..SEEDS {
        println!("seed {seed}");
        let mut day = Day::new(seed).await;
        for _ in 0..STEPS {
            day.step().await;
        }
        day.evening().await;
    }
}

impl Day {
    async fn new(seed: u64) -> Self {
        let mut random = Rng::with_seed(seed);
        let net = Net::new();
        net.wire().rate = random.u64(200_000..4_000_000);
        let numbers = Limits {
            parallel: random.usize(1..5),
            connections: random.usize(1..9),
            connections_per_host: random.usize(2..20),
            rotation: Duration::from_secs(random.u64(1..30)),
            measure_ahead: random.bool(),
            ..limits()
        };
        let ends = random.bool();
        let slow = random.u8(0..3) == 0;
        let world = if slow {
            World::with_slow_store(&net, numbers)
        } else {
            World::with(&net, numbers)
        };
        let mut day = Self {
            random,
            world,
            versions: BTreeMap::new(),
            groups: Vec::new(),
            ends,
        };
        for number in 0..day.random.usize(2..6) {
            // (Two of them are namesakes, and each has a mirror.)
            let name = format!("{}.bin", number / 2 * 2);
            let source = day.source();
            for host in ["host", "mirror"] {
                let url = format!("http://{host}{number}/{name}");
                day.versions
                    .insert(url.clone(), vec![(source.seed, source.length)]);
                net.serve(&url, source.clone());
            }
        }
        day.add().await;
        day
    }

    fn source(&mut self) -> Source {
        let random = &mut self.random;
        let length = match random.u8(0..6) {
            0 => random.u64(0..3_000),
            1 => random.u64(200_000..300_000),
            _ => random.u64(300_000..600_000),
        };
        let mut source = Source::new(random.u64(1..1_000_000), length);
        source.rate = (random.u8(0..3) > 0).then(|| random.u64(20_000..500_000));
        source.ranges = random.u8(0..6) > 0;
        source.says_length = random.u8(0..3) > 0;
        source.most = (random.u8(0..5) == 0).then(|| (random.usize(1..4), 429));
        source
    }

    fn url(&mut self) -> String {
        let urls: Vec<&String> = self.versions.keys().collect();
        urls[self.random.usize(..urls.len())].clone()
    }

    async fn add(&mut self) {
        let mut urls: Vec<&str> = self.versions.keys().map(String::as_str).collect();
        urls.retain(|url| url.contains("host") && self.random.u8(0..4) > 0);
        if !urls.is_empty() {
            self.groups.push(self.world.fetch(&urls).await);
        }
    }

    async fn step(&mut self) {
        self.world
            .advance(Duration::from_millis(self.random.u64(0..2_500)))
            .await;
        let url = self.url();
        match self.random.u8(0..12) {
            0..=3 => {
                let fault = self.fault();
                self.told(&format!("{url} will meet {fault:?}"));
                self.world
                    .net
                    .change(&url, |source| source.faults.push_back(fault));
            }
            4 => self.another_version(&url),
            5 if self.ends => self.restart().await,
            6 if self.random.u8(0..3) == 0 => self.add().await,
            _ => {
                if let Some(command) = self.order() {
                    self.told(&format!("{command:?}"));
                    // A group may be at its end by now, or off the list.
                    let _ = self.world.command(command).await;
                }
            }
        }
        assert!(self.world.lives());
    }

    /// (Shown where a test fails.)
    fn told(&self, what: &str) {
        println!("{:?} {what}", self.world.net.wire().now());
    }

    fn fault(&mut self) -> Fault {
        let after = self.random.u64(0..300_000);
        match self.random.u8(0..10) {
            0 => Fault::Refused,
            1 => Fault::Reset,
            2 => Fault::Silent,
            3 => Fault::Status(503, Some("3")),
            4 => Fault::Status(429, None),
            5 => Fault::Status(404, None),
            6 => Fault::Stall(after),
            7 => Fault::Crawl(2_000),
            _ => Fault::Cut(after),
        }
    }

    fn another_version(&mut self, url: &str) {
        let versions = self.versions.get_mut(url).unwrap();
        let Some(&etag) = ETAGS.get(versions.len()) else {
            return;
        };
        let (seed, before) = versions[versions.len() - 1];
        let length = if self.random.bool() {
            before
        } else {
            before + 5_000
        };
        versions.push((seed + 1, length));
        println!("{url} is another now: {length}");
        self.world.net.change(url, |source| {
            (source.seed, source.length, source.etag) = (seed + 1, length, Some(etag));
        });
    }

    /// What was not complete is asked for again, by the program that begins.
    async fn restart(&mut self) {
        self.told("the program ends, and begins again");
        let left = files(&self.world.again().await);
        let left: Vec<&str> = left
            .iter()
            .filter(|file| !file.state.is_final())
            .map(|file| file.source.link.expose())
            .collect();
        self.groups.clear();
        if !left.is_empty() {
            self.groups.push(self.world.fetch(&left).await);
        }
    }

    fn order(&mut self) -> Option<Command> {
        let random = &mut self.random;
        let id = *self.groups.get(random.usize(..self.groups.len().max(1)))?;
        let rate = random.bool().then(|| random.u64(20_000..900_000));
        let folders = [
            self.world.folder(),
            self.world.place().path().join("elsewhere"),
        ];
        Some(match random.u8(0..14) {
            0 | 1 => Command::Suspend(vec![id]),
            2 | 3 => Command::Resume(vec![id]),
            4 => Command::Foreground(vec![id]),
            5 => Command::Background(vec![id]),
            6 => Command::SetPriority(vec![id], Priority::Low),
            7 => Command::Set(id, vec![Property::Limit(rate)]),
            8 => Command::Limit(rate),
            9 => Command::Mode([Mode::Polite, Mode::Full, Mode::Suspended][random.usize(..3)]),
            10 => Command::Move(id, Move::Top),
            11 if !self.ends && random.u8(0..3) == 0 => Command::Cancel {
                ids: vec![id],
                delete_finished: random.bool(),
            },
            // (A program without a queue looks for its parts in the folder it is told.)
            12 if !self.ends => Command::SetFolder(id, folders[random.usize(..2)].clone()),
            _ if self.ends => return None,
            11 => Command::Remove(vec![id]),
            _ => return self.mirror(),
        })
    }

    /// The other server's copy of a file, for as long as both have the same.
    fn mirror(&mut self) -> Option<Command> {
        let all = files(&self.world.snapshot());
        let file = all.get(self.random.usize(..all.len().max(1)))?;
        let there = file.source.link.expose().to_owned();
        let other = if there.contains("host") {
            there.replace("host", "mirror")
        } else {
            there.replace("mirror", "host")
        };
        Some(Command::SetLink(file.id, Link::parse(&other).ok()?))
    }

    /// All faults are mended, all is resumed; then everything is looked at.
    async fn evening(mut self) {
        for source in self.world.net.wire().sources.values_mut() {
            (source.faults, source.most, source.always) = (Default::default(), None, Fault::None);
        }
        self.world.told(Command::Mode(Mode::Full)).await;
        for group in &self.groups {
            let _ = self.world.command(Command::Resume(vec![*group])).await;
        }
        let at_rest = |snapshot: &Snapshot| {
            let mut files = files(snapshot).into_iter();
            files.all(|file| file.state.is_final())
        };
        self.world.advance(Duration::from_millis(200)).await;
        self.world.until("all at rest", at_rest).await;
        // (A size that is looked up may still be on its way.)
        self.world.advance(Duration::from_secs(40)).await;
        self.is_right();
        let alive = tokio::runtime::Handle::current()
            .metrics()
            .num_alive_tasks();
        assert_eq!(alive, 1, "tasks are left");
        self.world.end().await;
    }

    /// A group that failed was taken off the list: that takes no file off the disk.
    fn failed_and_removed(&mut self) -> bool {
        let told = self.world.notices();
        let mut removed = told.iter().filter_map(|told| match told {
            Notice::GroupRemoved(id) => Some(id),
            _ => None,
        });
        removed.any(|id| told.contains(&Notice::GroupFailed(*id)))
    }

    fn is_right(&mut self) {
        assert_eq!(self.world.net.open(), 0);
        let snapshot = self.world.snapshot();
        for group in snapshot.groups.iter() {
            let files = group.jobs.iter().flat_map(|job| job.files.iter());
            let files: Vec<_> = files.flat_map(|chunk| chunk.iter()).collect();
            let done = files.iter().filter(|file| file.state == State::Complete);
            assert_eq!(group.summary.files_done, done.count() as u64);
            assert_eq!(group.summary.files_total, files.len() as u64);
            let bytes: u64 = files.iter().map(|file| file.bytes).sum();
            assert_eq!(group.summary.progress.bytes, bytes);
            if group.state != State::Cancelled {
                for file in files {
                    assert!(file.path.as_ref().unwrap().is_file(), "{file:#?}");
                }
            }
        }
        let may_be_left = self.failed_and_removed();
        let folders = [
            self.world.folder(),
            self.world.place().path().join("elsewhere"),
        ];
        let there = folders
            .into_iter()
            .filter_map(|folder| std::fs::read_dir(folder).ok());
        for path in there.flatten().map(|entry| entry.unwrap().path()) {
            let name = path.display().to_string();
            if name.ends_with("ebb-part") && may_be_left {
                continue;
            }
            assert!(!name.ends_with("ebb-part"), "{name} is left");
            let there = std::fs::read(path).unwrap();
            let mut all = self.versions.values().flatten();
            let right = all.any(|(seed, length)| {
                *length == there.len() as u64 && there == bytes_of(*seed, 0..*length)
            });
            assert!(right, "{name} is no version of any file");
        }
    }
}
