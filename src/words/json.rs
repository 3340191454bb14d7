//! What programs read: GROUP, JOB, FILE and ERROR as JSON.
//!
//! The keys, their order and their meaning are a promise to scripts; the shapes here
//! are not the queue's own types, so that those can change. Texts are in English.
//! No password is in any of them, and an error's URL has the values of its query masked.

use jiff::Timestamp;
use serde::Serialize;

use crate::download::failure::Stage;
use crate::download::{State, WaitReason};
use crate::queue::snapshot::{Problem, Progress, Waiting};
use crate::queue::{
    FileId, FileView, Flags, GroupId, GroupView, JobId, JobView, Priority, Properties,
};

use super::explain::explain;
use super::i18n::Language;

/// A group.
#[derive(Debug, Serialize)]
pub struct Group<'a> {
    id: GroupId,
    name: &'a str,
    description: &'a str,
    priority: Priority,
    status: Vec<&'static str>,
    state: State,
    size: Option<u64>,
    size_known: u64,
    files_total: u64,
    files_done: u64,
    progress: ProgressShape,
    bytes_per_second: u64,
    waiting: Option<WaitingShape>,
    error: Option<Error>,
    created: Timestamp,
    completed: Option<Timestamp>,
    properties: PropertiesShape<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    jobs: Option<Vec<Job>>,
}

/// A job.
#[derive(Debug, Serialize)]
pub struct Job {
    id: JobId,
    status: Vec<&'static str>,
    state: State,
    size: Option<u64>,
    size_known: u64,
    files_total: u64,
    files_done: u64,
    progress: ProgressShape,
    bytes_per_second: u64,
    files: Vec<File>,
}

/// A file.
#[derive(Debug, Serialize)]
pub struct File {
    id: FileId,
    url: String,
    path: Option<String>,
    state: State,
    size: Option<u64>,
    bytes: u64,
    complete: bool,
    connections: u16,
    resumable: Option<bool>,
    waiting: Option<WaitingShape>,
    error: Option<Error>,
}

/// What went wrong.
#[derive(Debug, Serialize)]
pub struct Error {
    kind: &'static str,
    stage: Stage,
    message: String,
    hint: String,
    http_status: Option<u16>,
    url: String,
    attempts: u32,
}

/// How far.
#[derive(Debug, Serialize)]
struct ProgressShape {
    bytes: u64,
    percent: Option<u8>,
    seconds_left: Option<u64>,
}

/// Why something waits.
#[derive(Debug, Serialize)]
struct WaitingShape {
    reason: WaitReason,
    until: Option<Timestamp>,
}

/// What a group was told.
#[derive(Debug, Serialize)]
struct PropertiesShape<'a> {
    limit: Option<u64>,
    connections: Option<usize>,
    parallel: Option<usize>,
    user: Option<&'a str>,
    password: &'static str,
    notify: &'static str,
    on_complete: Option<String>,
}

impl<'a> Group<'a> {
    /// A group with its jobs and their files.
    #[must_use]
    pub fn whole(view: &'a GroupView) -> Self {
        let jobs = view.jobs.iter().map(|job| Job::of(job)).collect();
        Self {
            jobs: Some(jobs),
            ..Self::alone(view)
        }
    }

    /// A group without its jobs.
    #[must_use]
    pub fn alone(view: &'a GroupView) -> Self {
        let (properties, summary) = (&*view.properties, &view.summary);
        Self {
            id: view.id,
            name: &properties.name,
            description: &properties.description,
            priority: properties.priority,
            status: words_of(view.status),
            state: view.state,
            size: summary.size,
            size_known: summary.size_known,
            files_total: summary.files_total,
            files_done: summary.files_done,
            progress: summary.progress.into(),
            bytes_per_second: summary.bytes_per_second,
            waiting: view.waiting.map(Into::into),
            error: view.error.as_ref().map(Error::of),
            created: view.created,
            completed: view.completed,
            properties: properties.into(),
            jobs: None,
        }
    }
}

impl Job {
    /// A job with its files.
    #[must_use]
    pub fn of(view: &JobView) -> Self {
        let summary = &view.summary;
        Self {
            id: view.id,
            status: words_of(view.status),
            state: view.state,
            size: summary.size,
            size_known: summary.size_known,
            files_total: summary.files_total,
            files_done: summary.files_done,
            progress: summary.progress.into(),
            bytes_per_second: summary.bytes_per_second,
            files: view
                .files
                .iter()
                .flat_map(|chunk| chunk.iter())
                .map(File::of)
                .collect(),
        }
    }
}

impl File {
    /// A file. `path` is absent until there is one.
    #[must_use]
    pub fn of(view: &FileView) -> Self {
        Self {
            id: view.id,
            url: view.source.link.without_password(),
            path: view
                .path
                .as_ref()
                .map(|path| path.to_string_lossy().into_owned()),
            state: view.state,
            size: view.size,
            bytes: view.bytes,
            complete: view.state == State::Complete,
            connections: view.connections,
            resumable: view.resumable,
            waiting: view.waiting.map(Into::into),
            error: view.error.as_deref().map(Error::of),
        }
    }
}

impl Error {
    /// A failure with its texts, and the URL with what may be secret masked.
    #[must_use]
    pub fn of(problem: &Problem) -> Self {
        let told = explain(&problem.failure, Language::English);
        Self {
            kind: problem.failure.kind(),
            stage: problem.failure.stage(),
            message: told.message,
            hint: told.hint,
            http_status: problem.failure.http_status(),
            url: problem.link.to_string(),
            attempts: problem.attempts,
        }
    }
}

impl From<Progress> for ProgressShape {
    fn from(progress: Progress) -> Self {
        let Progress {
            bytes,
            percent,
            seconds_left,
        } = progress;
        Self {
            bytes,
            percent,
            seconds_left,
        }
    }
}

impl From<Waiting> for WaitingShape {
    fn from(waiting: Waiting) -> Self {
        Self {
            reason: waiting.reason,
            until: waiting.until,
        }
    }
}

impl<'a> From<&'a Properties> for PropertiesShape<'a> {
    fn from(properties: &'a Properties) -> Self {
        let credentials = properties.credentials.as_ref();
        let has_password = credentials.is_some_and(|known| !known.password.is_empty());
        let command = &properties.on_complete;
        Self {
            limit: properties.limit,
            connections: properties.connections,
            parallel: properties.parallel,
            user: credentials
                .map(|known| known.user.as_str())
                .filter(|user| !user.is_empty()),
            password: if has_password { "set" } else { "not set" },
            notify: properties.notify.text(),
            on_complete: (!command.is_empty()).then(|| shell_words::join(command)),
        }
    }
}

/// The flags' words, in the order of the contract.
fn words_of(flags: Flags) -> Vec<&'static str> {
    flags.words().collect()
}

#[cfg(test)]
mod tests;
