//! What the engine is told at its start, and why it may not start. The faces translate
//! settings and arguments to it.

use std::path::PathBuf;
use std::time::Duration;

pub use crate::queue::Proxy;
use crate::queue::{JobNetwork, Limits, Mode};

/// All of it.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the database is, and what it keeps.
    pub home: Home,
    /// Patience and numbers.
    pub limits: Limits,
    /// How the network is used.
    pub network: NetworkOptions,
    /// The mode to begin with; that from before, where none is given.
    pub mode: Option<Mode>,
}

/// Where things are remembered.
#[derive(Debug, Clone)]
pub enum Home {
    /// Nowhere: for tests.
    Memory,
    /// Resume records, in this database; the queue lives and ends with the process.
    Records(PathBuf),
    /// Resume records and the queue, in this database: what was asked for once is there at
    /// the next start. One process at a time has it.
    Queue(PathBuf),
}

/// Proxies, certificates, timeouts.
#[derive(Debug, Clone)]
pub struct NetworkOptions {
    /// Which proxy.
    pub proxy: Proxy,
    /// More certificate authorities, as PEM.
    pub more_authorities: Vec<Vec<u8>>,
    /// For name, connection and handshake together.
    pub connect_timeout: Duration,
    /// Longest wait for a byte, of the head or of the body, while one is awaited.
    pub stall_timeout: Duration,
    /// What we call ourselves.
    pub user_agent: String,
}

impl Default for NetworkOptions {
    fn default() -> Self {
        Self {
            proxy: Proxy::System,
            more_authorities: Vec::new(),
            connect_timeout: Duration::from_secs(15),
            stall_timeout: Duration::from_secs(30),
            user_agent: concat!("Ebb/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}

impl NetworkOptions {
    /// The same for a job that has something of its own.
    #[must_use]
    pub fn with(&self, own: &JobNetwork) -> Self {
        let mut options = self.clone();
        options
            .more_authorities
            .extend_from_slice(&own.more_authorities);
        options.proxy = own.proxy.clone().unwrap_or(options.proxy);
        options.connect_timeout = own.connect_timeout.unwrap_or(options.connect_timeout);
        options.stall_timeout = own.stall_timeout.unwrap_or(options.stall_timeout);
        options
    }
}

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
    /// Another process has this queue.
    #[error("another process uses this folder")]
    InUse {
        /// Its number, where it could be read.
        pid: Option<u32>,
    },
    /// The network options make no client (a proxy's URL, a certificate that is none).
    #[error("{0}")]
    Network(String),
    /// The system gives no thread.
    #[error("{0}")]
    System(String),
}

/// The queue could not be saved at the end: what has changed since it was written last is lost.
/// Why, in the database's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the queue could not be saved: {0}")]
pub struct NotSaved(pub String);
