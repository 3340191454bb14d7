//! What the engine tells the queue, what the queue wants done, and what people are told.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::command::{Command, JobOptions};
use super::fingerprint::Fingerprint;
use super::id::{FileId, GroupId};
use super::program::Conditions;
use super::property::{ConflictRule, Priority};
use crate::download::digest::Checksum;
use crate::download::{Failure, Link, WaitReason};
use crate::pace::line::Courtesy;

/// A moment by both clocks: delays are measured with the first, dates with the second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Now {
    /// Since the engine's start; does not jump, and stands still while the computer sleeps.
    pub steady: Duration,
    /// The time of day.
    pub wall: Timestamp,
}

/// Which try of a file a report is about. Reports of an earlier one are ignored.
pub type Attempt = u32;

/// A fact that comes in.
#[derive(Debug, Clone)]
#[allow(
    clippy::large_enum_variant,
    reason = "moved once, and boxed it would cost more"
)]
pub enum Event {
    /// Somebody asks, without wanting the answer: that is what `Queue::command` gives.
    Command(Command),
    /// A running file.
    Report(FileId, Attempt, Report),
    /// The size of a waiting file was looked up (`None`: no answer, which means nothing).
    Measured(FileId, Option<u64>),
    /// What a group that takes only what is free does on its line; none: nothing is known.
    Courtesy(GroupId, Option<Courtesy>),
    /// The network has come or gone.
    Network(bool),
    /// The network costs by the byte, or the mains have gone; or no longer.
    Conditions(Conditions),
    /// The clocks on the walls are those of this zone: what the schedule's hours are.
    Zone(TimeZone),
    /// The time `next_due` asked for has come, or a tick.
    Tick,
}

/// What happened to a running file.
#[derive(Debug, Clone)]
pub enum Report {
    /// The head of a usable answer is there.
    Begun {
        /// The final path, reserved.
        path: Arc<PathBuf>,
        /// The whole length, where known.
        size: Option<u64>,
        /// Bytes that are there from before.
        bytes: u64,
        /// The server serves ranges: a stop loses nothing.
        resumable: bool,
    },
    /// So far (each tick, while it runs).
    Advanced {
        /// Bytes that are on disk.
        bytes: u64,
        /// Open connections.
        connections: u16,
    },
    /// What was there is of no use: the file is fetched from its start again.
    StartedOver,
    /// The part of an earlier try, in the folder from before, stands here now; nowhere, where
    /// it could not be brought along.
    Moved {
        /// The final path, reserved.
        path: Option<Arc<PathBuf>>,
    },
    /// Every byte is written; the file's place is free for another.
    Written {
        /// The length.
        bytes: u64,
    },
    /// Whole, verified, under its final name, and so after a power cut too.
    Completed {
        /// Where it stands.
        path: Arc<PathBuf>,
        /// The length.
        bytes: u64,
        /// A file that was there before was left (`ConflictRule::Skip`, or known to be whole).
        existed: bool,
        /// The file as it was left, where Ebb wrote it.
        fingerprint: Option<Fingerprint>,
    },
    /// The try has ended; nothing of it runs any more.
    Failed {
        /// Why.
        failure: Failure,
        /// New bytes had come since the try began.
        progressed: bool,
    },
    /// Ended, as `Effect::Stop` wanted it; every byte is kept and recorded.
    Stopped,
}

/// All a worker needs to know of a file.
#[derive(Debug, Clone)]
pub struct Task {
    /// The file.
    pub file: FileId,
    /// Its group, for limits.
    pub group: GroupId,
    /// The try this is.
    pub attempt: Attempt,
    /// From where.
    pub link: Link,
    /// The name the person chose.
    pub name: Option<Arc<str>>,
    /// Where it was reserved by an earlier try.
    pub path: Option<Arc<PathBuf>>,
    /// What its bytes must be.
    pub checksum: Option<Arc<Checksum>>,
    /// Folder, headers, credentials, rule, network.
    pub options: Arc<JobOptions>,
    /// Most connections.
    pub connections: usize,
    /// Paced or not.
    pub priority: Priority,
}

/// What the queue wants done. In this order; the engine never refuses, it reports.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Fetch a file.
    Start(Task),
    /// End this try; keep the bytes; report `Stopped`.
    Stop(FileId, Attempt),
    /// Remove the unfinished part and its record (nothing of the file runs any more).
    Discard {
        /// The file.
        file: FileId,
        /// Where it would have stood.
        path: Arc<PathBuf>,
        /// From where, the other half of the record's key.
        link: Link,
    },
    /// Remove a finished file, if it still is the one that Ebb wrote.
    DeleteFinished(FileId, Arc<PathBuf>, Fingerprint),
    /// Look up the size of a file that waits.
    Measure(Task),
    /// These groups (with jobs and files) have changed in what must survive; what exactly,
    /// `Queue::unsaved` gives (of 100,000 files it is one, where one is complete).
    Save(Vec<GroupId>),
    /// These groups are off the list.
    Forget(Vec<GroupId>),
    /// What is set for the whole program must be kept.
    SaveProgram,
    /// The limits of the whole program, of a priority or of the hour have changed.
    Rates,
    /// The pace of a running group has changed (priority, limit, mode).
    Repace(GroupId),
    /// Tell people.
    Notice(Notice),
}

/// What must not be missed. Facts, for notifications, logs and the command line.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// The file is whole.
    FileCompleted(FileId, Arc<PathBuf>),
    /// The file was given up.
    FileFailed(FileId, Failure),
    /// The source changed; it starts over.
    FileStartedOver(FileId),
    /// The file will be tried again, not before `until`.
    FileWaits {
        /// Which.
        file: FileId,
        /// Why.
        reason: WaitReason,
        /// What went wrong, where something did.
        failure: Option<Failure>,
        /// Until when, where it is known.
        until: Option<Timestamp>,
    },
    /// Every file of the group is complete.
    GroupCompleted(GroupId),
    /// Nothing of the group is left to do without a person.
    GroupFailed(GroupId),
    /// Off the list.
    GroupRemoved(GroupId),
}

/// What of the job's options travels with a task.
impl Task {
    /// The job's own longest wait for a byte, where it has one.
    #[must_use]
    pub fn stall_timeout(&self) -> Option<Duration> {
        self.options.network.as_ref()?.stall_timeout
    }

    /// The job's conflict rule.
    #[must_use]
    pub fn on_conflict(&self) -> ConflictRule {
        self.options.on_conflict
    }
}
