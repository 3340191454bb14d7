//! What is asked for when somebody looks closely: a file, a group's journal, the history.
//!
//! Definitions of their own beside the engine's: the compiler says where the two differ, and
//! nothing has to be copied from one to the other.

use std::net::SocketAddr;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::view::{Malformed, link};
use crate::download::digest::Checksum;
use crate::download::{Failure, RangeSet, WaitReason};
use crate::engine::{self, Answer, HistoryEntry, Inspection, JournalEvent};
use crate::queue::restore::{failure, paths};
use crate::queue::{FileId, GroupId, Priority};

/// A file, closely.
#[derive(Debug, Serialize, Deserialize)]
pub struct Inspected {
    /// Where its bytes come from, without a password.
    pub url: String,
    /// Its length, where known.
    pub total: Option<u64>,
    /// Ranges that are on disk: first byte, and the one after the last.
    pub written: Vec<Range<u64>>,
    /// What each connection has before it.
    pub in_flight: Vec<Range<u64>>,
    /// What its bytes must be, as `sha-256=…`.
    pub checksum: Option<String>,
    /// Where it goes.
    #[serde(with = "paths::one")]
    pub folder: PathBuf,
    /// What the server said.
    pub answer: Option<Answered>,
}

/// What the head of an answer said.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Answered {
    /// `HTTP/1.1`, `HTTP/2`.
    pub version: String,
    /// What the server calls itself.
    pub server: Option<String>,
    /// Content-Type.
    pub content_type: Option<String>,
    /// Last-Modified.
    pub modified: Option<String>,
    /// ETag.
    pub etag: Option<String>,
    /// The other end.
    pub address: Option<SocketAddr>,
}

impl Inspected {
    /// Of an inspection.
    #[must_use]
    pub fn of(seen: &Inspection) -> Self {
        Self {
            url: seen.link.without_password(),
            total: seen.total,
            written: seen.written.iter().collect(),
            in_flight: seen.in_flight.clone(),
            checksum: seen.checksum.as_ref().map(ToString::to_string),
            folder: seen.folder.clone(),
            answer: seen.answer.as_deref().cloned().map(Into::into),
        }
    }

    /// As one.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn inspection(self) -> Result<Inspection, Malformed> {
        let mut written = RangeSet::new();
        for range in self.written {
            written.insert(range);
        }
        let checksum = self.checksum.as_deref().map(Checksum::parse).transpose();
        let checksum = checksum.map_err(|error| Malformed(format!("checksum: {error}")))?;
        Ok(Inspection {
            link: link(&self.url)?,
            total: self.total,
            written,
            in_flight: self.in_flight,
            checksum: checksum.map(Arc::new),
            folder: self.folder,
            answer: self.answer.map(|answer| Arc::new(answer.into())),
        })
    }
}

impl From<Answer> for Answered {
    fn from(from: Answer) -> Self {
        Self {
            version: from.version.to_owned(),
            server: from.server,
            content_type: from.content_type,
            modified: from.modified,
            etag: from.etag,
            address: from.address,
        }
    }
}

impl From<Answered> for Answer {
    fn from(from: Answered) -> Self {
        let versions = ["HTTP/0.9", "HTTP/1.0", "HTTP/2", "HTTP/3"];
        let known = versions.into_iter().find(|known| *known == from.version);
        Self {
            version: known.unwrap_or("HTTP/1.1"),
            server: from.server,
            content_type: from.content_type,
            modified: from.modified,
            etag: from.etag,
            address: from.address,
        }
    }
}

/// One thing that happened to a group.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Entry(#[serde(with = "EntryShape")] pub engine::Entry);

#[derive(Serialize, Deserialize)]
#[serde(remote = "engine::Entry")]
struct EntryShape {
    at: Timestamp,
    file: Option<FileId>,
    #[serde(with = "Event")]
    event: JournalEvent,
}

/// What happened.
#[derive(Serialize, Deserialize)]
#[serde(remote = "JournalEvent", rename_all = "snake_case")]
pub enum Event {
    /// Made, and nothing in it yet.
    Created,
    /// So many files were added.
    Added {
        /// How many.
        files: usize,
    },
    /// By a person.
    Suspended,
    /// By a person.
    Resumed,
    /// By a person: though the hour or the conditions are against it, or no longer so.
    Anyway(bool),
    /// By a person.
    Cancelled,
    /// To the foreground.
    Foreground,
    /// Back.
    Background,
    /// Another priority.
    Prioritised(Priority),
    /// Another URL.
    LinkChanged,
    /// Another folder.
    FolderChanged,
    /// Its server has answered.
    Begun {
        /// The length, where known.
        size: Option<u64>,
        /// Bytes from before.
        bytes: u64,
        /// A stop loses nothing.
        resumable: bool,
    },
    /// From its start again.
    StartedOver,
    /// It will be tried again.
    Waits {
        /// Why.
        reason: WaitReason,
        /// What went wrong.
        #[serde(with = "failure::maybe")]
        failure: Option<Failure>,
        /// Not before.
        until: Option<Timestamp>,
    },
    /// Given up.
    Failed(#[serde(with = "failure::one")] Failure),
    /// The file stands under its final name.
    FileCompleted,
    /// Every file is complete.
    Completed,
    /// Nothing is left to do without a person.
    GaveUp,
}

/// A group that was completed.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct History(#[serde(with = "HistoryShape")] pub HistoryEntry);

#[derive(Serialize, Deserialize)]
#[serde(remote = "HistoryEntry")]
struct HistoryShape {
    group: GroupId,
    name: String,
    host: String,
    #[serde(with = "paths::one")]
    folder: PathBuf,
    bytes: u64,
    files: u64,
    created: Timestamp,
    completed: Timestamp,
}

/// What the history comes to.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Totals(#[serde(with = "TotalsShape")] pub engine::Totals);

#[derive(Serialize, Deserialize)]
#[serde(remote = "engine::Totals")]
struct TotalsShape {
    bytes: u64,
    files: u64,
    groups: u64,
}
