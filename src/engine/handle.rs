//! The two arrows between a face and the engine: commands go down, facts come up.

use tokio::sync::{mpsc, watch};

use super::config::Config;
use crate::queue::{Command, Notice, Outcome, Refusal, Snapshot};

/// The engine cannot start.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StartError {
    /// The database cannot be opened, or was written by a later version.
    #[error("the database {path} cannot be used: {reason}")]
    Store {
        /// Which file.
        path: String,
        /// Why, in the database's words.
        reason: String,
    },
    /// The network options make no client (a proxy's URL, a certificate that is none).
    #[error("{0}")]
    Network(String),
    /// The system gives no thread.
    #[error("{0}")]
    System(String),
}

/// Starts engines.
#[derive(Debug)]
pub struct Engine;

impl Engine {
    /// Starts the engine on threads of its own; returns once the store is open.
    ///
    /// # Errors
    /// [`StartError`].
    pub fn start(config: Config) -> Result<Handle, StartError> {
        let _ = config;
        Err(StartError::System("not yet".into()))
    }
}

/// A face's hold of a running engine. Clones share it; the last one dropped ends it.
#[derive(Debug, Clone)]
pub struct Handle {
    snapshots: watch::Receiver<Snapshot>,
}

impl Handle {
    /// Asks for something; the answer says whether it was taken, not that it has happened.
    /// A command that was taken survives a power cut when this returns.
    ///
    /// # Errors
    /// [`Refusal`]; nothing has changed then.
    pub async fn command(&self, command: Command) -> Result<Outcome, Refusal> {
        let _ = command;
        Err(Refusal::NotSupported)
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
        mpsc::channel(1).1
    }

    /// Stops every transfer, keeps every byte, saves, and ends the threads.
    pub async fn shutdown(&self) {}
}
