//! The built program against a server that misbehaves: `ebb get`, its files, its JSON, its exit codes.
//!
//! Everything here is asserted of the program from outside, by the contract; nothing of it is linked in.
//! Each test has its own folder, its own `EBB_HOME`, its own server, and only loopback for a network.

mod desk;
mod outcome;
mod server;

mod auth;
mod bad_input;
mod checksums;
mod conflicts;
mod encodings;
mod get;
mod heads;
mod http2;
mod json;
mod kill;
mod limits;
mod names;
mod parts;
mod proxy;
mod ranges;
mod redirects;
mod resume;
mod retry;
mod secrets;
mod statuses;
mod tidy;
mod tls;

const KIB: u64 = 1 << 10;
const MIB: u64 = 1 << 20;
