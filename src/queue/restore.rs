//! What survives: the queue as plain records, and back.
//!
//! The records are stored shapes, not the queue's own: they hold what a person asked
//! for and what became of it, in one serde-able value a group. They hold no secret:
//! no password, none inside a URL (a file's or a proxy's), no value of a secret header; only the mark that one
//! is needed, so that after a restart such a file waits for it (`waiting: credentials`).
//!
//! For 100,000 files not all are written each time one is complete: [`super::Queue::unsaved`]
//! gives the records of what has changed since it was last asked.

pub(crate) mod failure;
pub mod import;
mod network;
pub(crate) mod paths;
mod read;
mod secrets;
mod write;

use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::fingerprint::Fingerprint;
use super::id::{FileId, GroupId, JobId};
use super::property::{ConflictRule, Granularity, Notify, Priority};
use crate::download::Failure;

pub use import::{ImportError, ImportProblem, import};
pub use network::{NetworkRecord, PatienceRecord, ProxyRecord};
pub use secrets::{JobSecrets, Secrets};

/// A group. From [`Queue::unsaved`](super::Queue::unsaved) it has only those jobs, and they
/// only those files, that are to be written; what is not in it stands as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupRecord {
    /// Its id.
    pub id: GroupId,
    /// Its place among all: smaller is earlier.
    pub order: u64,
    /// What it was told.
    pub properties: PropertiesRecord,
    /// The priority to go back to from the foreground.
    pub earlier: Option<Priority>,
    /// Not to be touched until resumed.
    pub suspended: bool,
    /// It waits neither for the hour nor for better conditions.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub anyway: bool,
    /// Final.
    pub cancelled: bool,
    /// When it was made.
    pub created: Timestamp,
    /// When its last file completed.
    pub completed: Option<Timestamp>,
    /// Its jobs.
    pub jobs: Vec<JobRecord>,
}

/// A group's properties, without the password.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PropertiesRecord {
    /// The name.
    pub name: String,
    /// The description.
    pub description: String,
    /// The priority.
    pub priority: Priority,
    /// Bytes a second.
    pub limit: Option<u64>,
    /// Most connections a file.
    pub connections: Option<usize>,
    /// Most files of it at a time.
    pub parallel: Option<usize>,
    /// The user for the server.
    pub user: Option<String>,
    /// A password belongs to it, which is not here.
    pub needs_password: bool,
    /// When to tell the person.
    pub notify: Notify,
    /// The command to run when done.
    pub on_complete: Vec<String>,
    /// For observers in the library.
    pub granularity: Granularity,
}

/// A job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JobRecord {
    /// Its id.
    pub id: JobId,
    /// Its place in the group, from 0.
    pub at: u32,
    /// The folder.
    #[serde(with = "paths::one")]
    pub folder: PathBuf,
    /// The person's headers, in order; without a value where that is a secret.
    pub headers: Vec<(String, Option<String>)>,
    /// The user for the server.
    pub user: Option<String>,
    /// A password belongs to it, which is not here.
    pub needs_password: bool,
    /// What to do when the name is taken.
    pub on_conflict: ConflictRule,
    /// Its files are suspended though the group is not: they were added so.
    pub held: bool,
    /// Its own patience.
    #[serde(default, skip_serializing_if = "PatienceRecord::is_empty")]
    pub patience: PatienceRecord,
    /// Its own way into the network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<NetworkRecord>,
    /// Its files.
    pub files: Vec<FileRecord>,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Its id.
    pub id: FileId,
    /// Its place in the job, from 0.
    pub at: u32,
    /// From where, without the password.
    pub url: String,
    /// A password belongs into the URL, which is not here.
    pub needs_password: bool,
    /// The name a person chose.
    pub name: Option<String>,
    /// What its bytes must be, as `sha-256=…`.
    pub checksum: Option<String>,
    /// Where it was reserved, or stands.
    #[serde(with = "paths::maybe")]
    pub path: Option<PathBuf>,
    /// The length, where known.
    pub size: Option<u64>,
    /// Bytes that were there.
    pub bytes: u64,
    /// A stop loses nothing; absent until the server has answered.
    pub resumable: Option<bool>,
    /// How it stood.
    pub state: StateRecord,
    /// The finished file was there before; it is not ours to delete, unless it is known.
    pub existed: bool,
    /// The finished file as it was left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<Fingerprint>,
    /// Why it was given up.
    #[serde(with = "failure::maybe")]
    pub failure: Option<Failure>,
    /// Tries in all.
    pub attempts: u32,
    /// The URL under which the unfinished part was begun, where that is another one.
    pub begun_url: Option<String>,
}

/// How a file stood. What one that is open does is for its group to say, and its job: so a
/// command that concerns 100,000 files writes one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateRecord {
    /// To be fetched, or suspended, or cancelled, as the group is.
    Open,
    /// Whole, under its final name.
    Complete,
    /// Given up.
    Error,
}

/// Is the value of this header a secret? All are, but for four.
#[must_use]
pub fn is_secret_header(name: &str) -> bool {
    let open = ["user-agent", "referer", "accept", "accept-language"];
    !open
        .iter()
        .any(|open| name.trim().eq_ignore_ascii_case(open))
}
