//! The queue as it can be looked at: a value that never changes, cheap to make and to share.
//!
//! Files sit in chunks of at most 256 behind `Arc`; a chunk, a job or a group that
//! did not change since the last snapshot is the same allocation (`Arc::ptr_eq`),
//! so whoever compares two snapshots pays for what changed.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::id::{FileId, GroupId, JobId};
use super::program::{Conditions, PriorityLimits};
use super::property::{Mode, Properties};
use super::status::Flags;
use crate::download::{Failure, Link, State, WaitReason};
use crate::pace::line::Courtesy;
use crate::pace::schedule::Schedule;

/// Most files in a chunk.
pub const CHUNK: usize = 256;

/// All that can be seen.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// In the person's order.
    pub groups: Arc<Vec<Arc<GroupView>>>,
    /// Of the whole program.
    pub mode: Mode,
    /// Of the whole program, bytes a second.
    pub limit: Option<u64>,
    /// Of each priority.
    pub limits: PriorityLimits,
    /// Of the whole program.
    pub schedule: Arc<Schedule>,
    /// What there is now that the background may wait for the end of.
    pub conditions: Conditions,
    /// Grows from each snapshot of a queue to the next: which of two is the later one.
    pub number: u64,
}

/// Progress of a group, a job or a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes that are there.
    pub bytes: u64,
    /// 0–100, rounded down; 100 only when complete; absent while the size is unknown.
    pub percent: Option<u8>,
    /// Absent while unknown or stalled.
    pub seconds_left: Option<u64>,
}

/// Why something waits and, where it is known, until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Why.
    pub reason: WaitReason,
    /// Until when, where known.
    pub until: Option<Timestamp>,
}

/// A failure with where and how often.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// What went wrong.
    pub failure: Failure,
    /// Whose.
    pub link: Link,
    /// Tries in all.
    pub attempts: u32,
}

/// What a group, a job and the sums in them have in common.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summary {
    /// Bytes of all files; absent as long as one file's is unknown.
    pub size: Option<u64>,
    /// Bytes known so far.
    pub size_known: u64,
    /// How many files.
    pub files_total: u64,
    /// How many of them are complete.
    pub files_done: u64,
    /// How far.
    pub progress: Progress,
    /// Smoothed.
    pub bytes_per_second: u64,
}

/// A group.
#[derive(Debug, Clone)]
pub struct GroupView {
    /// Its id.
    pub id: GroupId,
    /// All its properties (with the password: the faces say only "set").
    pub properties: Arc<Properties>,
    /// The seed's flags.
    pub status: Flags,
    /// The first that any file has.
    pub state: State,
    /// Sums.
    pub summary: Summary,
    /// The reason of the first file that waits, where the state is `waiting`.
    pub waiting: Option<Waiting>,
    /// Of the first file that failed.
    pub error: Option<Problem>,
    /// When it was made.
    pub created: Timestamp,
    /// When its last file completed.
    pub completed: Option<Timestamp>,
    /// It waits neither for the hour nor for better conditions.
    pub anyway: bool,
    /// What it does on its line while it takes only what is free there; none while nothing is
    /// known, or nothing runs.
    pub courtesy: Option<Courtesy>,
    /// Its jobs.
    pub jobs: Arc<Vec<Arc<JobView>>>,
}

/// A job.
#[derive(Debug, Clone)]
pub struct JobView {
    /// Its id.
    pub id: JobId,
    /// The seed's flags.
    pub status: Flags,
    /// The first that any file has.
    pub state: State,
    /// Sums.
    pub summary: Summary,
    /// Bytes a second of those of its files that run.
    pub speeds: Vec<(FileId, u64)>,
    /// Its files, in chunks of at most 256.
    pub files: Vec<Arc<Vec<FileView>>>,
}

impl GroupView {
    /// Bytes a second of a file of it; 0 of one that does not run.
    #[must_use]
    pub fn speed_of(&self, file: FileId) -> u64 {
        let mut speeds = self.jobs.iter().flat_map(|job| &job.speeds);
        speeds
            .find(|(id, _)| *id == file)
            .map_or(0, |(_, speed)| *speed)
    }
}

/// A file.
#[derive(Debug, Clone)]
pub struct FileView {
    /// Its id.
    pub id: FileId,
    /// From where, and where to (the expected path while the server has not been asked).
    pub source: Arc<FileSource>,
    /// The reserved path, once there is one.
    pub path: Option<Arc<PathBuf>>,
    /// What it does.
    pub state: State,
    /// The length, where known.
    pub size: Option<u64>,
    /// Bytes that are there.
    pub bytes: u64,
    /// Open connections.
    pub connections: u16,
    /// A stop loses nothing; absent until the server has answered.
    pub resumable: Option<bool>,
    /// Why and until when.
    pub waiting: Option<Waiting>,
    /// What went wrong, in state `error`, and while waiting for a retry.
    pub error: Option<Arc<Problem>>,
}

/// What never changes of a file (another link makes another of these).
#[derive(Debug, Clone, PartialEq)]
pub struct FileSource {
    /// From where.
    pub link: Link,
    /// The name a person chose.
    pub name: Option<Arc<str>>,
}
