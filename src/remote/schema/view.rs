//! Groups, jobs and files as they can be seen, there and back.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::add::Properties;
use crate::download::{Failure, Link, State, WaitReason};
use crate::pace::line::Courtesy;
use crate::queue::restore::{failure, paths};
use crate::queue::snapshot::{self, CHUNK, FileSource, Problem};
use crate::queue::{FileId, FileView, Flags, GroupId, GroupView, JobId, JobView};

/// The other side says what cannot be; in a developer's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Malformed(pub String);

/// A group.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// What it was told.
    pub properties: Properties,
    /// The original's word: the sum of 0x400 foreground, 0x80 incomplete, 0x100 suspended,
    /// 0x200 error, 0x40 complete.
    pub status: u16,
    /// What it does.
    pub state: State,
    /// Sums.
    #[serde(flatten)]
    pub summary: Summary,
    /// Why it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<Waiting>,
    /// Of its first file that failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Trouble>,
    /// When it was made.
    pub created: Timestamp,
    /// When its last file completed.
    pub completed: Option<Timestamp>,
    /// It waits neither for the hour nor for better conditions.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub anyway: bool,
    /// What it does on its line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub courtesy: Option<Courtesy>,
    /// Its jobs, where they are wanted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub jobs: Vec<Job>,
}

/// A job.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// As a group's.
    pub status: u16,
    /// What it does.
    pub state: State,
    /// Sums.
    #[serde(flatten)]
    pub summary: Summary,
    /// Bytes a second of those of its files that run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub speeds: Vec<(FileId, u64)>,
    /// Its files, where they are wanted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<File>,
}

/// A file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct File {
    /// Its id.
    pub id: FileId,
    /// From where, without a password.
    pub url: String,
    /// The name a person chose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Arc<str>>,
    /// Where it will stand, once that is known.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "paths::maybe"
    )]
    pub path: Option<PathBuf>,
    /// What it does.
    pub state: State,
    /// Its length, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// Bytes that are there.
    pub bytes: u64,
    /// Open connections.
    pub connections: u16,
    /// A stop loses nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resumable: Option<bool>,
    /// Why it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<Waiting>,
    /// What went wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Trouble>,
}

/// How much, how far, how fast.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Summary {
    /// Bytes of all files; `null` while one's is unknown.
    pub size: Option<u64>,
    /// Bytes known so far.
    pub size_known: u64,
    /// How many files.
    pub files_total: u64,
    /// How many of them are complete.
    pub files_done: u64,
    /// Bytes that are there.
    pub bytes: u64,
    /// 0–100.
    pub percent: Option<u8>,
    /// `null` while unknown.
    pub seconds_left: Option<u64>,
    /// Smoothed.
    pub bytes_per_second: u64,
}

/// Why something waits.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Waiting {
    /// Why.
    pub reason: WaitReason,
    /// Until when, where known.
    pub until: Option<Timestamp>,
}

/// What went wrong.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Trouble {
    /// In the form in which it is stored.
    #[serde(with = "failure::one")]
    pub failure: Failure,
    /// Whose.
    pub url: String,
    /// Tries in all.
    pub attempts: u32,
}

/// What has an id.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// A group with all that is in it.
    Group(Box<Group>),
    /// A job with its files.
    Job(Box<Job>),
    /// A file.
    File(Box<File>),
}

impl Group {
    /// Without its jobs.
    #[must_use]
    pub fn alone(view: &GroupView) -> Self {
        Self {
            id: view.id,
            properties: Properties::hidden(&view.properties),
            status: view.status.group_word(),
            state: view.state,
            summary: (&view.summary).into(),
            waiting: view.waiting.map(Into::into),
            error: view.error.as_ref().map(Into::into),
            created: view.created,
            completed: view.completed,
            anyway: view.anyway,
            courtesy: view.courtesy,
            jobs: Vec::new(),
        }
    }

    /// With all that is in it.
    #[must_use]
    pub fn whole(view: &GroupView) -> Self {
        Self {
            jobs: view.jobs.iter().map(|job| Job::whole(job)).collect(),
            ..Self::alone(view)
        }
    }

    /// As a view.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn view(self) -> Result<GroupView, Malformed> {
        let jobs = self.jobs.into_iter().map(|job| job.view().map(Arc::new));
        Ok(GroupView {
            id: self.id,
            properties: Arc::new(self.properties.seen()),
            status: Flags::of_group_word(self.status),
            state: self.state,
            summary: self.summary.into(),
            waiting: self.waiting.map(Into::into),
            error: self.error.map(Problem::try_from).transpose()?,
            created: self.created,
            completed: self.completed,
            anyway: self.anyway,
            courtesy: self.courtesy,
            jobs: Arc::new(jobs.collect::<Result<_, _>>()?),
        })
    }
}

impl Job {
    /// Without its files.
    #[must_use]
    pub fn alone(view: &JobView) -> Self {
        Self {
            id: view.id,
            status: view.status.group_word(),
            state: view.state,
            summary: (&view.summary).into(),
            speeds: view.speeds.clone(),
            files: Vec::new(),
        }
    }

    /// With them.
    #[must_use]
    pub fn whole(view: &JobView) -> Self {
        let files = view.files.iter().flat_map(|chunk| chunk.iter());
        Self {
            files: files.map(File::of).collect(),
            ..Self::alone(view)
        }
    }

    /// As a view.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn view(self) -> Result<JobView, Malformed> {
        let files = self.files.into_iter().map(File::view);
        let files = files.collect::<Result<Vec<_>, _>>()?;
        Ok(JobView {
            id: self.id,
            status: Flags::of_group_word(self.status),
            state: self.state,
            summary: self.summary.into(),
            speeds: self.speeds,
            files: files
                .chunks(CHUNK)
                .map(|chunk| Arc::new(chunk.to_vec()))
                .collect(),
        })
    }
}

impl File {
    /// Of a view.
    #[must_use]
    pub fn of(view: &FileView) -> Self {
        Self {
            id: view.id,
            url: view.source.link.without_password(),
            name: view.source.name.clone(),
            path: view.path.as_deref().cloned(),
            state: view.state,
            size: view.size,
            bytes: view.bytes,
            connections: view.connections,
            resumable: view.resumable,
            waiting: view.waiting.map(Into::into),
            error: view.error.as_deref().map(Into::into),
        }
    }

    /// As a view.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn view(self) -> Result<FileView, Malformed> {
        let source = FileSource {
            link: link(&self.url)?,
            name: self.name,
        };
        let error = self.error.map(Problem::try_from).transpose()?;
        Ok(FileView {
            id: self.id,
            source: Arc::new(source),
            path: self.path.map(Arc::new),
            state: self.state,
            size: self.size,
            bytes: self.bytes,
            connections: self.connections,
            resumable: self.resumable,
            waiting: self.waiting.map(Into::into),
            error: error.map(Arc::new),
        })
    }
}

/// A URL of the other side.
///
/// # Errors
/// [`Malformed`].
pub(super) fn link(url: &str) -> Result<Link, Malformed> {
    Link::parse(url).map_err(|error| Malformed(format!("url: {error}")))
}

impl From<&snapshot::Summary> for Summary {
    fn from(from: &snapshot::Summary) -> Self {
        Self {
            size: from.size,
            size_known: from.size_known,
            files_total: from.files_total,
            files_done: from.files_done,
            bytes: from.progress.bytes,
            percent: from.progress.percent,
            seconds_left: from.progress.seconds_left,
            bytes_per_second: from.bytes_per_second,
        }
    }
}

impl From<Summary> for snapshot::Summary {
    fn from(from: Summary) -> Self {
        Self {
            size: from.size,
            size_known: from.size_known,
            files_total: from.files_total,
            files_done: from.files_done,
            progress: snapshot::Progress {
                bytes: from.bytes,
                percent: from.percent,
                seconds_left: from.seconds_left,
            },
            bytes_per_second: from.bytes_per_second,
        }
    }
}

impl From<snapshot::Waiting> for Waiting {
    fn from(from: snapshot::Waiting) -> Self {
        let snapshot::Waiting { reason, until } = from;
        Self { reason, until }
    }
}

impl From<Waiting> for snapshot::Waiting {
    fn from(from: Waiting) -> Self {
        let Waiting { reason, until } = from;
        Self { reason, until }
    }
}

impl From<&Problem> for Trouble {
    fn from(from: &Problem) -> Self {
        Self {
            failure: from.failure.clone(),
            url: from.link.without_password(),
            attempts: from.attempts,
        }
    }
}

impl TryFrom<Trouble> for Problem {
    type Error = Malformed;

    fn try_from(from: Trouble) -> Result<Self, Malformed> {
        Ok(Self {
            failure: from.failure,
            link: link(&from.url)?,
            attempts: from.attempts,
        })
    }
}
