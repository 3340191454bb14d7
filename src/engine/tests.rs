//! The engine's logic: the real loop, over a made-up network and on made-up time.
//!
//! Everything runs in one thread whose clock is paused: it jumps to the next moment at
//! which something happens, so an hour of retries takes no longer than its work. The
//! disk is a real one, and each story has a folder of its own.

pub(crate) mod net;
pub(crate) mod played;
pub(crate) mod world;

mod cancels;
mod connections;
mod files;
mod folders;
mod jobs;
mod limits;
mod names;
mod orders;
mod random;
mod restarts;
mod retries;
mod sources;
mod stops;
mod unkept;
mod whole;
