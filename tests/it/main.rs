//! The built program against a server that misbehaves: `ebb get`, `ebb serve` and the commands that steer it,
//! their files, their JSON, their exit codes.
//!
//! Everything here is asserted of the program from outside, by the contract; nothing of it is linked in.
//! Each test has its own folder, its own `EBB_HOME`, its own server, and only loopback for a network.

mod desk;
mod outcome;
#[cfg(unix)]
mod served;
mod server;

mod auth;
mod bad_input;
mod checksums;
mod conflicts;
mod encodings;
#[cfg(target_os = "linux")]
mod folders_lost;
mod get;
mod heads;
mod http2;
mod json;
mod kill;
mod limits;
mod names;
mod parts;
mod proxy;
#[cfg(unix)]
mod queue_after;
#[cfg(unix)]
mod queue_all;
#[cfg(unix)]
mod queue_cancel;
#[cfg(unix)]
mod queue_flags;
#[cfg(unix)]
mod queue_ids;
#[cfg(unix)]
mod queue_json;
#[cfg(unix)]
mod queue_lines;
#[cfg(unix)]
mod queue_many;
#[cfg(unix)]
mod queue_mode;
#[cfg(unix)]
mod queue_new;
#[cfg(unix)]
mod queue_order;
#[cfg(unix)]
mod queue_people;
#[cfg(unix)]
mod queue_properties;
#[cfg(unix)]
mod queue_sizes;
#[cfg(unix)]
mod queue_suspend;
#[cfg(unix)]
mod queue_times;
#[cfg(unix)]
mod queue_watch;
mod ranges;
mod redirects;
mod resume;
mod retry;
mod secrets;
#[cfg(unix)]
mod serve;
#[cfg(target_os = "linux")]
mod serve_abuse;
#[cfg(target_os = "linux")]
mod serve_full;
#[cfg(unix)]
mod serve_protocol;
mod statuses;
mod tidy;
mod tls;

const KIB: u64 = 1 << 10;
const MIB: u64 = 1 << 20;
