//! The control socket: how other processes steer a running Ebb, and look at it.
//!
//! ```text
//!   ebb add, list, watch, …    a window over `ebb serve`               the running Ebb
//!  ┌───────────────────────┐  ┌────────────────────────┐      ┌────────────────────────────────┐
//!  │ Connection ───────────┼──┼─ Client ───────────────┼─────►│ Server ─► engine::Handle       │
//!  │ Listener ◄─ mirror ◄──┼──┼─ (the same, for long) ◄┼──────┤ feed ◄─ snapshots, differences │
//!  └───────────────────────┘  └────────────────────────┘  ^   └────────────────────────────────┘
//!                                                   JSON-RPC 2.0
//! ```
//! The two arrows are those between a face and an engine in its own process: commands go
//! down and are answered at once; facts come up. What comes up is put together here to the
//! same [`Snapshot`](crate::queue::Snapshot)s, so that a face does not know where its engine is.
//!
//! Whoever may open the socket (its user alone) is trusted to steer, not to be well behaved:
//! a request is bounded in size and time, their number is bounded, and a reader that does not
//! read holds up nobody. What it misses meanwhile is progress; states it is told when it reads.
//!
//! [`schema`] says what is spoken.

mod address;
mod client;
mod connection;
mod feed;
mod line;
mod mirror;
pub mod schema;
mod server;

#[doc(hidden)]
pub use mirror::Mirror;

#[cfg(test)]
pub use client::played::Played;
pub use client::{Client, Contact};
pub use connection::{CallError, ConnectError, Connection, Listener, Told};
pub use server::{Host, Server};
