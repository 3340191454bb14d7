//! The two arrows between a face and the engine: commands go down, facts come up.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tokio::sync::{mpsc, oneshot, watch};

use super::config::{Config, Home, StartError};
use super::disk::Disk;
use super::http::Clients;
use super::lane::Lane;
use super::payload::Payload;
use super::run::{Ask, Loop};
use super::store::Store;
use crate::queue::{Command, Notice, Outcome, Refusal, Snapshot};

/// How far a reader of notices may fall behind before it is let go.
const BEHIND: usize = 4_096;

/// Starts engines.
#[derive(Debug)]
pub struct Engine;

impl Engine {
    /// Starts the engine on threads of its own; returns once the store is open.
    ///
    /// # Errors
    /// [`StartError`].
    pub fn start(config: Config) -> Result<Handle, StartError> {
        let clients = Clients::new(config.network.clone())?;
        let (store, records) = Store::open(&config.home, Lane::thread("ebb-store"))?;
        let payload = Payload::threads(clients)?;
        let (asks, asked) = mpsc::unbounded_channel();
        let (snapshot, snapshots) = watch::channel(Snapshot::default());
        let keeps_finished = matches!(config.home, Home::Records(_));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .map_err(|error| StartError::System(error.to_string()))?;
        let body = move || {
            runtime.block_on(async move {
                let disk = Disk::threads(store.clone());
                let engine = Loop::new(
                    config,
                    payload,
                    disk,
                    store,
                    records,
                    snapshot,
                    keeps_finished,
                );
                engine.run(asked).await;
            });
        };
        let thread = std::thread::Builder::new()
            .name("ebb-engine".into())
            .spawn(body)
            .map_err(|error| StartError::System(error.to_string()))?;
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
    /// Asks for something; the answer says whether it was taken, not that it has happened.
    ///
    /// # Errors
    /// [`Refusal`]; nothing has changed then.
    pub async fn command(&self, command: Command) -> Result<Outcome, Refusal> {
        let (answer, answered) = oneshot::channel();
        let _ = self.asks.send(Ask::Command(command, answer));
        // An engine that has ended has no group any more.
        answered.await.unwrap_or(Err(Refusal::NotFound))
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

    /// Stops every transfer, keeps every byte, saves, and ends the threads.
    pub async fn shutdown(&self) {
        let (answer, answered) = oneshot::channel();
        if self.asks.send(Ask::Shutdown(answer)).is_ok() {
            let _ = answered.await;
        }
        let thread = self
            .thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(thread) = thread {
            let _ = thread.join();
        }
    }
}
