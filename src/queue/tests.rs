//! The queue's own tests: stories as data, tables, and random days.
//!
//! After every step of every story, and of every random day, everything is
//! recounted from scratch ([`recount`]).

mod recount;
mod story;

mod flags;
mod folders;
mod holds;
mod ids;
mod imports;
mod network;
mod priorities;
mod properties;
mod random;
mod scale;
mod snapshots;
mod stories;
mod survival;
mod waiting;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::event::Now;
use super::{Command, Conditions, GroupId, JobOptions, Limits, NewFile, NewJob, Properties};
use crate::download::Link;
use crate::download::retry::Policy;

/// Patience enough for a test.
pub(super) fn limits() -> Limits {
    let policy = Policy {
        tries: Some(3),
        tries_unreached: None,
        first_wait: Duration::from_secs(1),
        longest_wait: Duration::from_secs(60),
        patience: Duration::from_secs(3600),
    };
    Limits {
        parallel: 2,
        connections_per_host: 16,
        connections: 8,
        foreground: policy,
        background: Policy {
            tries: None,
            ..policy
        },
        rotation: Duration::from_secs(30),
        measure_ahead: false,
        waits_on: Conditions::default(),
    }
}

/// A moment, so long after the start.
pub(super) fn at(steady: Duration) -> Now {
    let start: Timestamp = "2024-05-01T12:00:00Z".parse().unwrap();
    let wall = start + SignedDuration::try_from(steady).unwrap();
    Now { steady, wall }
}

pub(super) fn options() -> Arc<JobOptions> {
    Arc::new(JobOptions {
        folder: PathBuf::from("/d"),
        ..JobOptions::default()
    })
}

/// A file of this host.
pub(super) fn new_file(host: &str, name: &str) -> NewFile {
    let link = Link::parse(&format!("https://{host}.example/{name}")).unwrap();
    NewFile {
        link,
        name: None,
        checksum: None,
    }
}

/// An *add* to a new group.
pub(super) fn add(files: Vec<NewFile>, properties: Properties, start: bool) -> Command {
    let job = NewJob {
        id: None,
        files,
        options: options(),
    };
    Command::Add {
        into: None,
        id: None,
        properties,
        job,
        start,
    }
}

/// An *add* to a group that stands.
pub(super) fn add_to(group: GroupId, files: Vec<NewFile>, start: bool) -> Command {
    let job = NewJob {
        id: None,
        files,
        options: options(),
    };
    Command::Add {
        into: Some(group),
        id: None,
        properties: Properties::default(),
        job,
        start,
    }
}
