//! The engine: the one loop around the queue, and all that waits, reads and writes for it.
//!
//! ```text
//! commands ─┐                                  ┌─► workers (payload threads)
//! facts ────┼─► select! ─► Queue::update ─► effects ─► disk, store (threads of their own)
//! ticks ────┘                                  └─► snapshot, notices
//! ```
//! The loop never blocks and never touches a byte of payload. Payload runs on threads
//! of its own, one and, for TLS, a second.

mod checksum;
pub mod config;
mod disk;
mod fetch;
mod gunzip;
pub mod handle;
mod http;
pub mod inspect;
pub mod journal;
mod lane;
mod limiter;
mod lines;
mod lock;
mod manner;
pub mod moment;
mod pacing;
mod payload;
mod ride;
mod run;
mod running;
mod store;
mod transfer;
mod transport;
mod wire;
mod worker;

pub use config::{Config, Home, NetworkOptions, NotSaved, Proxy, StartError};
pub use handle::{Engine, Handle};
pub use inspect::{Answer, Inspection};
pub use journal::{Entry, JournalEvent};
pub use moment::{Moment, Removal};
pub use store::{HistoryEntry, Totals};

#[cfg(test)]
pub(crate) mod tests;
