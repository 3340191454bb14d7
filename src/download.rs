//! One file's way, decided: what to ask for, what the answer means, which bytes
//! are missing, whether to try again, what the file is called.
//!
//! Pure: nothing here waits, reads a clock, opens a socket or a file.

pub mod auth;
pub mod digest;
pub mod failure;
pub mod file_name;
pub mod header;
pub mod link;
pub mod pattern;
pub mod plan;
pub mod ramp;
pub mod range_set;
pub mod rate;
pub mod redirect;
pub mod resource;
pub mod retry;
pub mod segment;
pub mod state;

pub use failure::{Failure, Stage};
pub use link::Link;
pub use range_set::RangeSet;
pub use resource::{Resource, Validators};
pub use state::{State, WaitReason};
