//! The engine: the one loop around the queue, and all that waits, reads and writes for it.

pub mod config;
pub mod handle;

pub use config::{Config, Home, NetworkOptions, Proxy};
pub use handle::{Engine, Handle, StartError};
