//! A loop in a world of its own: a network, a folder, a clock that only moves when
//! everything waits.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};

use super::net::Net;
use crate::download::retry::Policy;
use crate::download::{Link, State};
use crate::engine::config::{Config, Home, NetworkOptions};
use crate::engine::disk::Disk;
use crate::engine::handle::Handle;
use crate::engine::lane::Lane;
use crate::engine::payload::Payload;
use crate::engine::run::{Ask, Loop};
use crate::engine::store::Store;
use crate::queue::{
    Command, Conditions, ConflictRule, FileView, GroupId, JobOptions, Limits, NewFile, NewJob,
    Notice, Outcome, Priority, Properties, Refusal, Snapshot,
};

pub const SECOND: Duration = Duration::from_secs(1);
pub const HOUR: Duration = Duration::from_secs(3_600);

/// A running loop.
pub struct World {
    pub net: Net,
    pub limits: Limits,
    place: Arc<TempDir>,
    keeps_queue: bool,
    asks: mpsc::UnboundedSender<Ask>,
    snapshots: watch::Receiver<Snapshot>,
    notices: mpsc::Receiver<Notice>,
    engine: JoinHandle<()>,
}

/// What the queue of the contract has.
pub fn limits() -> Limits {
    let foreground = Policy {
        tries: None,
        tries_unreached: None,
        first_wait: SECOND,
        longest_wait: 60 * SECOND,
        patience: HOUR,
    };
    let background = Policy {
        longest_wait: 600 * SECOND,
        patience: 7 * 24 * HOUR,
        ..foreground
    };
    Limits {
        parallel: 4,
        connections_per_host: 64,
        connections: 8,
        foreground,
        background,
        rotation: 300 * SECOND,
        measure_ahead: false,
        waits_on: Conditions::default(),
    }
}

/// Only the priority is other than usual.
pub fn priority(priority: Priority) -> Properties {
    Properties {
        priority,
        ..Properties::default()
    }
}

impl World {
    /// On this network, in a new folder.
    pub fn new(net: &Net) -> Self {
        Self::with(net, limits())
    }

    /// The same with other numbers.
    pub fn with(net: &Net, limits: Limits) -> Self {
        let place = Arc::new(tempfile::tempdir().unwrap());
        Self::start(net.clone(), limits, place, false, Lane::inline("store"))
    }

    /// With a queue that is kept, in a new folder.
    pub fn queued(net: &Net) -> Self {
        Self::at(net, Arc::new(tempfile::tempdir().unwrap()))
    }

    /// With the queue that is kept there.
    pub fn at(net: &Net, place: Arc<TempDir>) -> Self {
        Self::start(net.clone(), limits(), place, true, Lane::inline("store"))
    }

    /// With a store on a thread of its own: made-up time does not wait for it, so it is slow.
    pub fn with_slow_store(net: &Net, limits: Limits) -> Self {
        let place = Arc::new(tempfile::tempdir().unwrap());
        Self::start(net.clone(), limits, place, false, Lane::thread("store"))
    }

    fn start(net: Net, limits: Limits, place: Arc<TempDir>, keeps_queue: bool, lane: Lane) -> Self {
        // The queue's jitter.
        fastrand::seed(7);
        let database = place.path().join("data").join("ebb.sqlite");
        let home = if keeps_queue {
            Home::Queue(database)
        } else {
            Home::Records(database)
        };
        let (store, kept) = Store::open(&home, lane).unwrap();
        let config = Config {
            home,
            limits: limits.clone(),
            network: NetworkOptions::default(),
            mode: None,
        };
        let (sender, snapshots) = watch::channel(Snapshot::default());
        let payload = Payload::here(Arc::new(net.clone()));
        let engine = Loop::new(
            config,
            payload,
            Disk::inline(store.clone()),
            store,
            kept,
            sender,
            false,
        );
        let (asks, asked) = mpsc::unbounded_channel();
        let (listener, notices) = mpsc::channel(65_536);
        let _ = asks.send(Ask::Notices(listener));
        let engine = tokio::spawn(engine.run(asked));
        Self {
            net,
            limits,
            place,
            keeps_queue,
            asks,
            snapshots,
            notices,
            engine,
        }
    }

    /// The loop ends, and another begins in the same folder, on the same store; what could
    /// be seen last of the first.
    pub async fn again(&mut self) -> Snapshot {
        self.end().await;
        let last = self.snapshot();
        let (net, limits, place) = (self.net.clone(), self.limits.clone(), self.place.clone());
        *self = Self::start(net, limits, place, self.keeps_queue, Lane::inline("store"));
        last
    }

    /// The loop ends, as a program does that is closed.
    pub async fn end(&self) {
        let (told, end) = oneshot::channel();
        let _ = self.asks.send(Ask::Shutdown(told));
        assert_eq!(end.await.unwrap_or(Ok(())), Ok(()));
        assert!(self.net.open() == 0, "a body outlived the loop");
    }

    /// What a face holds of it.
    pub fn handle(&self) -> Handle {
        Handle::over(self.asks.clone(), self.snapshots.clone())
    }

    /// Its folder, for another world.
    pub fn place(&self) -> Arc<TempDir> {
        self.place.clone()
    }

    /// Asks the loop itself.
    pub async fn look<T: Send + 'static>(
        &self,
        look: impl FnOnce(&mut Loop) -> T + Send + 'static,
    ) -> T {
        let (answer, answered) = oneshot::channel();
        let look = move |engine: &mut Loop| {
            let _ = answer.send(look(engine));
        };
        let _ = self.asks.send(Ask::Look(Box::new(look)));
        answered.await.unwrap()
    }

    /// Where the downloads go.
    pub fn folder(&self) -> PathBuf {
        self.place.path().join("downloads")
    }

    /// Asks; the answer.
    pub async fn command(&self, command: Command) -> Result<Outcome, Refusal> {
        let (answer, answered) = oneshot::channel();
        let _ = self.asks.send(Ask::Command(command, answer));
        answered.await.unwrap()
    }

    /// Asks what is not refused.
    pub async fn told(&self, command: Command) {
        let shown = format!("{command:?}");
        assert!(self.command(command).await.is_ok(), "{shown}");
    }

    /// A new group in the foreground, started.
    pub async fn fetch(&self, urls: &[&str]) -> GroupId {
        self.add(urls, priority(Priority::Foreground)).await
    }

    /// A new group, started.
    pub async fn add(&self, urls: &[&str], properties: Properties) -> GroupId {
        let job = self.job(urls, ConflictRule::Rename);
        let add = Command::Add {
            into: None,
            id: None,
            properties,
            job,
            start: true,
        };
        match self.command(add).await {
            Ok(Outcome::Group(id)) => id,
            other => panic!("{other:?}"),
        }
    }

    /// Something to be added.
    pub fn job(&self, urls: &[&str], on_conflict: ConflictRule) -> NewJob {
        let new = |url: &&str| NewFile {
            link: Link::parse(url).unwrap(),
            name: None,
            checksum: None,
        };
        let options = JobOptions {
            folder: self.folder(),
            on_conflict,
            ..JobOptions::default()
        };
        let files = urls.iter().map(new).collect();
        NewJob {
            id: None,
            files,
            options: Arc::new(options),
        }
    }

    /// Waits until it is so, two days at most (of the clock's, not of ours); how long that was.
    pub async fn until(&mut self, what: &str, is_so: impl Fn(&Snapshot) -> bool) -> Duration {
        let begun = Instant::now();
        let waited = timeout(
            48 * HOUR,
            self.snapshots.wait_for(|snapshot| is_so(snapshot)),
        );
        let came = waited.await.is_ok_and(|seen| seen.is_ok());
        assert!(came, "never {what}: {:#?}", files(&self.snapshots.borrow()));
        begun.elapsed()
    }

    /// Waits until all is complete; how long that was.
    pub async fn done(&mut self) -> Duration {
        self.until("complete", |snapshot| {
            let files = files(snapshot);
            !files.is_empty() && files.iter().all(|file| file.state == State::Complete)
        })
        .await
    }

    /// Waits until this file has so many bytes.
    pub async fn until_bytes(&mut self, url: &str, bytes: u64) -> Duration {
        self.until("so many bytes", |snapshot| {
            file_in(snapshot, url).is_some_and(|file| file.bytes >= bytes)
        })
        .await
    }

    /// Waits until this file is in this state.
    pub async fn until_state(&mut self, url: &str, state: State) -> Duration {
        self.until(state.word(), |snapshot| {
            file_in(snapshot, url).is_some_and(|file| file.state == state)
        })
        .await
    }

    /// Lets so much time pass.
    pub async fn advance(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }

    /// What can be seen now.
    pub fn snapshot(&self) -> Snapshot {
        self.snapshots.borrow().clone()
    }

    /// The file of this URL.
    pub fn file(&self, url: &str) -> FileView {
        file_in(&self.snapshots.borrow(), url).expect("no file of this URL")
    }

    /// What people were told since the last time.
    pub fn notices(&mut self) -> Vec<Notice> {
        std::iter::from_fn(|| self.notices.try_recv().ok()).collect()
    }

    /// All that is in the folder, by name.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder()).into_iter().flatten();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// The bytes of this name are those of this URL.
    pub fn is_right(&self, name: &str, url: &str) {
        let there = std::fs::read(self.folder().join(name)).unwrap();
        assert!(
            there == self.net.bytes(url),
            "{name} has other bytes than {url}"
        );
    }

    /// The loop has not broken off.
    pub fn lives(&self) -> bool {
        !self.engine.is_finished()
    }
}

/// All files, in order.
pub fn files(snapshot: &Snapshot) -> Vec<FileView> {
    let jobs = snapshot.groups.iter().flat_map(|group| group.jobs.iter());
    jobs.flat_map(|job| job.files.iter())
        .flat_map(|chunk| chunk.iter())
        .cloned()
        .collect()
}

/// The file of this URL (the last one of them).
pub fn file_in(snapshot: &Snapshot, url: &str) -> Option<FileView> {
    files(snapshot)
        .into_iter()
        .rfind(|file| file.source.link.expose() == url)
}
