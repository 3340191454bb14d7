//! The two arrows between a face and the engine: commands go down, facts come up.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tokio::sync::{mpsc, oneshot, watch};

use super::config::{Config, Home, NetworkOptions, NotSaved, StartError};
use super::disk::Disk;
use super::http::Clients;
use super::inspect::Inspection;
use super::journal::Entry;
use super::lane::Lane;
use super::lock::Lock;
use super::moment::{Moment, Removal};
use super::payload::Payload;
use super::run::{Ask, Loop};
use super::store::{HistoryEntry, Store, Totals};
use crate::queue::restore::GroupRecord;
use crate::queue::{
    Command, Conditions, FileId, GroupId, Limits, Notice, Outcome, Refusal, Snapshot,
};

/// How far a reader of notices may fall behind before it is let go.
const BEHIND: usize = 4_096;

/// Starts engines.
#[derive(Debug)]
pub struct Engine;

impl Engine {
    /// Starts the engine on threads of its own; returns once the store is open, and what was
    /// kept of the queue is in the snapshot.
    ///
    /// # Errors
    /// [`StartError`].
    pub fn start(config: Config) -> Result<Handle, StartError> {
        let clients = Clients::new(config.network.clone())?;
        let lock = match &config.home {
            Home::Queue(path) => Some(Lock::take(path)?),
            Home::Memory | Home::Records(_) => None,
        };
        let (store, kept) = Store::open(&config.home, Lane::thread("ebb-store"))?;
        let payload = Payload::threads(clients)?;
        let (asks, asked) = mpsc::unbounded_channel();
        let (snapshot, snapshots) = watch::channel(Snapshot::default());
        let (ready, is_ready) = std::sync::mpsc::channel();
        let keeps_finished = matches!(config.home, Home::Records(_));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .map_err(|error| StartError::System(error.to_string()))?;
        let body = move || {
            runtime.block_on(async move {
                let disk = Disk::threads(store.clone());
                let engine =
                    Loop::new(config, payload, disk, store, kept, snapshot, keeps_finished);
                let _ = ready.send(());
                engine.run(asked).await;
            });
            drop(lock);
        };
        let thread = std::thread::Builder::new()
            .name("ebb-engine".into())
            .spawn(body)
            .map_err(|error| StartError::System(error.to_string()))?;
        let _ = is_ready.recv();
        Ok(Handle {
            asks,
            snapshots,
            thread: Arc::new(Mutex::new(Some(thread))),
        })
    }
}

/// A face's hold of a running engine. Clones share it; when the last one is dropped the
/// engine stops its transfers, saves, and ends.
#[derive(Debug, Clone)]
pub struct Handle {
    asks: mpsc::UnboundedSender<Ask>,
    snapshots: watch::Receiver<Snapshot>,
    thread: Arc<Mutex<Option<JoinHandle<()>>>>,
}

impl Handle {
    /// For tests: over a loop that has no thread of its own, or over somebody who plays one.
    #[cfg(test)]
    pub(super) fn over(
        asks: mpsc::UnboundedSender<Ask>,
        snapshots: watch::Receiver<Snapshot>,
    ) -> Self {
        Self {
            asks,
            snapshots,
            thread: Arc::default(),
        }
    }

    /// Asks for something; the answer says whether it was taken, not that it has happened.
    /// Where the queue is kept, what was taken is safe from then on.
    ///
    /// # Errors
    /// [`Refusal`]; nothing has changed then, but where a [`Refusal::NotKept`] says that it holds.
    pub async fn command(&self, command: Command) -> Result<Outcome, Refusal> {
        let (answer, answered) = oneshot::channel();
        let _ = self.asks.send(Ask::Command(command, answer));
        // An engine that has ended has no group any more.
        answered.await.unwrap_or(Err(Refusal::NotFound))
    }

    /// The same of what is made from the queue as it is when the loop comes to it: of ids that
    /// begin so, of all groups to which something applies. Nothing comes in between.
    ///
    /// # Errors
    /// [`Refusal`], of the making or of the command, as of [`command`](Self::command).
    pub async fn command_of(
        &self,
        make: impl FnOnce(&mut Moment<'_>) -> Result<Command, Refusal> + Send + 'static,
    ) -> Result<Outcome, Refusal> {
        let (answer, answered) = oneshot::channel();
        let look = move |engine: &mut Loop| engine.command_of(make, answer);
        let _ = self.asks.send(Ask::Look(Box::new(look)));
        answered.await.unwrap_or(Err(Refusal::NotFound))
    }

    /// A look at the queue as it is when the loop comes to it, with all that was taken before;
    /// `None` when it has ended.
    pub async fn see<T: Send + 'static>(
        &self,
        see: impl FnOnce(&mut Moment<'_>) -> T + Send + 'static,
    ) -> Option<T> {
        self.look(|engine| see(&mut engine.moment())).await
    }

    /// Groups as they were last when they left the list, from now on. (Between two snapshots a
    /// group may come to its end and be removed.) Bounded as [`notices`](Self::notices).
    #[must_use]
    pub fn removals(&self) -> mpsc::Receiver<Removal> {
        let (sender, receiver) = mpsc::channel(BEHIND);
        let _ = self.asks.send(Ask::Removals(sender));
        receiver
    }

    /// What there is, at most ten times a second; the latest wins.
    #[must_use]
    pub fn snapshots(&self) -> watch::Receiver<Snapshot> {
        self.snapshots.clone()
    }

    /// Facts that must not be missed, from now on. Bounded: a reader that falls 4,096
    /// behind is let go (the channel ends), and reads a snapshot instead.
    #[must_use]
    pub fn notices(&self) -> mpsc::Receiver<Notice> {
        let (sender, receiver) = mpsc::channel(BEHIND);
        let _ = self.asks.send(Ask::Notices(sender));
        receiver
    }

    /// Nobody answers any more.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.asks.is_closed()
    }

    /// Other numbers, and other ways into the network: for what begins from now on, without
    /// a start anew. Connections that are open stay as they are.
    ///
    /// # Errors
    /// `StartError::Network` (a proxy's URL, a certificate that is none); nothing has changed
    /// then.
    pub async fn configure(
        &self,
        limits: Limits,
        network: NetworkOptions,
    ) -> Result<(), StartError> {
        let done = self.look(|engine| engine.configure(limits, network)).await;
        done.unwrap_or(Ok(()))
    }

    /// What the network and the mains are like now: for those in the background, as the limits
    /// say. From the start neither is held against anybody.
    pub fn conditions(&self, conditions: Conditions) {
        let look = move |engine: &mut Loop| engine.conditions(conditions);
        let _ = self.asks.send(Ask::Look(Box::new(look)));
    }

    /// A close look at a file of a group on the list; `None` for another id.
    pub async fn inspect(&self, file: FileId) -> Option<Inspection> {
        self.look(move |engine| engine.inspect(file)).await?
    }

    /// What has happened to a group since the program's start, oldest first: at most the
    /// newest 200 entries.
    pub async fn journal(&self, group: GroupId) -> Vec<Entry> {
        let entries = self.look(move |engine| engine.entries(group)).await;
        entries.unwrap_or_default()
    }

    /// Every group with all that must survive of it, without secrets, in the person's order.
    pub async fn export(&self) -> Vec<GroupRecord> {
        self.look(|engine| engine.export())
            .await
            .unwrap_or_default()
    }

    /// Groups that became complete, newest first, at most so many; those off the list, too.
    /// Only where the queue is kept.
    pub async fn history(&self, most: usize) -> Vec<HistoryEntry> {
        let entries = self
            .ask(move |engine, then| engine.history(most, then))
            .await;
        entries.unwrap_or_default()
    }

    /// What the whole history comes to.
    pub async fn totals(&self) -> Totals {
        let totals = self.ask(|engine, then| engine.totals(then)).await;
        totals.unwrap_or_default()
    }

    /// Forgets the history, and with it the totals; `false` where it could not be done.
    pub async fn clear_history(&self) -> bool {
        let cleared = self.ask(|engine, then| engine.clear_history(then)).await;
        cleared.unwrap_or(false)
    }

    /// Asks the loop what it can say at once; `None` when it has ended.
    async fn look<T: Send + 'static>(
        &self,
        look: impl FnOnce(&mut Loop) -> T + Send + 'static,
    ) -> Option<T> {
        self.ask(move |engine, then| then(look(engine))).await
    }

    /// Asks the loop what it, or somebody for it, says later.
    async fn ask<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut Loop, Box<dyn FnOnce(T) + Send>) + Send + 'static,
    ) -> Option<T> {
        let (answer, answered) = oneshot::channel();
        let then = move |said| {
            let _ = answer.send(said);
        };
        let look = move |engine: &mut Loop| ask(engine, Box::new(then));
        let _ = self.asks.send(Ask::Look(Box::new(look)));
        answered.await.ok()
    }

    /// Stops every transfer, keeps every byte, saves, and ends the threads.
    ///
    /// # Errors
    /// [`NotSaved`]; it has ended all the same.
    pub async fn shutdown(&self) -> Result<(), NotSaved> {
        let (answer, answered) = oneshot::channel();
        let _ = self.asks.send(Ask::Shutdown(answer));
        // (It may have ended before: then there was nothing left to save.)
        let saved = answered.await.unwrap_or(Ok(()));
        let thread = self
            .thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        match thread.map(JoinHandle::join) {
            Some(Err(_)) => Err(NotSaved("the engine broke off".to_owned())),
            _ => saved,
        }
    }
}
