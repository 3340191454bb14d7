//! What a person, or a program for them, may ask of the queue; and its answers.
//!
//! Imperative; each is answered at once with an [`Outcome`] or a [`Refusal`],
//! and a refused command has changed nothing.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::id::{FileId, GroupId, JobId};
use super::network::JobNetwork;
use super::patience::JobPatience;
use super::program::Conditions;
use super::property::{ConflictRule, Mode, Priority, Properties, Property};
use super::snapshot::GroupView;
use super::status::Flags;
use crate::download::digest::Checksum;
use crate::download::retry::Policy;
use crate::download::{Link, State};
use crate::pace::schedule::Schedule;

/// One file to fetch, as it was asked for.
#[derive(Debug, Clone)]
pub struct NewFile {
    /// From where.
    pub link: Link,
    /// The name a person chose; otherwise the server's or the URL's.
    pub name: Option<String>,
    /// What the bytes must be.
    pub checksum: Option<Checksum>,
}

/// What the files of one *add* share. One `Arc` for 100,000 of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JobOptions {
    /// The folder, absolute; made if missing.
    pub folder: PathBuf,
    /// Headers of the person's own, in order. Their values are secrets, but for a few.
    pub headers: Vec<(String, String)>,
    /// User and password for the server (the group's, where the job has none).
    pub credentials: Option<Credentials>,
    /// What to do when the name is taken.
    pub on_conflict: ConflictRule,
    /// When and how often to try again, where that is not as [`Limits`] say.
    pub patience: JobPatience,
    /// How the network is used, where that is not as the whole program does it.
    pub network: Option<Arc<JobNetwork>>,
}

impl JobOptions {
    /// Are patience and network within their bounds?
    ///
    /// # Errors
    /// `Invalid`, for the first value that is not.
    pub fn check(&self) -> Result<(), Refusal> {
        self.patience.check()?;
        self.network
            .as_ref()
            .map_or(Ok(()), |network| network.check())
    }
}

/// A user and a password that `Debug` does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The user's name.
    pub user: String,
    /// The password.
    pub password: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credentials({}, …)", self.user)
    }
}

/// One *add*: it becomes one job.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// The job's id; random, where absent.
    pub id: Option<JobId>,
    /// At least one.
    pub files: Vec<NewFile>,
    /// Shared by all of them.
    pub options: Arc<JobOptions>,
}

/// Where a group goes among those of its priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Before all others.
    Top,
    /// One place forward.
    Up,
    /// One place back.
    Down,
    /// After all others.
    Bottom,
}

/// What may be asked. Those with `ids` apply to every one of them or, where one refuses, to none.
#[derive(Debug, Clone)]
pub enum Command {
    /// An empty group, suspended.
    New {
        /// The caller's own id, refused the second time.
        id: Option<GroupId>,
        /// Its properties.
        properties: Properties,
    },
    /// A job for a new group (`into: None`, suspended until `start`) or for one that stands.
    Add {
        /// The group that stands.
        into: Option<GroupId>,
        /// The new group's id, and properties.
        id: Option<GroupId>,
        /// Of the new group; ignored with `into`.
        properties: Properties,
        /// What to fetch.
        job: NewJob,
        /// Resume the group when added.
        start: bool,
    },
    /// Stop, keep every byte. Idempotent.
    Suspend(Vec<GroupId>),
    /// Go on; after an error try again at once. Idempotent; `Empty` without files.
    Resume(Vec<GroupId>),
    /// `true`: resume, and wait neither for the hour nor for a network that costs nothing nor for
    /// the mains, until the group is complete, suspended, or told otherwise. `false`: wait again.
    Anyway(Vec<GroupId>, bool),
    /// Final. Unfinished parts go; finished files stay unless `delete_finished`.
    Cancel {
        /// Which.
        ids: Vec<GroupId>,
        /// Remove what is complete, too.
        delete_finished: bool,
    },
    /// To the foreground, live.
    Foreground(Vec<GroupId>),
    /// Back to the priority from before.
    Background(Vec<GroupId>),
    /// Off the list, where finished, failed or cancelled.
    Remove(Vec<GroupId>),
    /// Properties of a group: all of them, or, where one is out of its bounds, none.
    Set(GroupId, Vec<Property>),
    /// Another URL for a file; its bytes stay if it is the same file there.
    SetLink(FileId, Link),
    /// Another folder, absolute, for all of a group that is not complete. Running files stop and
    /// go on there, with their bytes (a part is renamed, or copied to another disk, when its
    /// file is next tried; where neither can be done it starts over); so do those that wait for
    /// the disk. What failed goes on with `Resume`.
    SetFolder(GroupId, PathBuf),
    /// The priority of several.
    SetPriority(Vec<GroupId>, Priority),
    /// A place in the order.
    Move(GroupId, Move),
    /// The limit of the whole program, bytes a second.
    Limit(Option<u64>),
    /// The limit of a priority, of all its transfers together, bytes a second.
    LimitPriority(Priority, Option<u64>),
    /// The hours of the week of the whole program; an empty schedule is none.
    Schedule(Arc<Schedule>),
    /// The mode of the whole program.
    Mode(Mode),
}

impl Command {
    /// Of those with `ids`: would it be taken of this group, and change it? That is what "all"
    /// means where no ids are given. (A finished group is never cancelled so: its files would go
    /// with `delete_finished`.) `false` of any other command.
    #[must_use]
    pub fn applies(&self, group: &GroupView) -> bool {
        let is_final = group.state.is_final();
        let has = |flag| group.status.contains(flag);
        match self {
            Self::Suspend(_) => !is_final && !has(Flags::SUSPENDED),
            Self::Resume(_) => {
                let rests = has(Flags::SUSPENDED) || has(Flags::ERROR);
                !is_final && rests && group.summary.files_total > 0
            }
            Self::Anyway(_, anyway) => {
                !is_final && group.anyway != *anyway && group.summary.files_total > 0
            }
            Self::Cancel { .. } => !is_final,
            Self::Foreground(_) => !is_final && !has(Flags::FOREGROUND),
            Self::Background(_) => !is_final && has(Flags::FOREGROUND),
            Self::SetPriority(_, priority) => !is_final && group.properties.priority != *priority,
            Self::Remove(_) => self.refusal_for(group).is_none(),
            _ => false,
        }
    }

    /// Of those with `ids`: why it would be refused for this group, so that of several one can
    /// be named. The queue itself decides.
    #[must_use]
    pub fn refusal_for(&self, group: &GroupView) -> Option<Refusal> {
        let (state, is_empty) = (group.state, group.summary.files_total == 0);
        match self {
            Self::Remove(_) => {
                let has_ended = state.is_final() || state == State::Error;
                (!has_ended).then_some(Refusal::WrongState(state))
            }
            _ if state == State::Cancelled => Some(Refusal::WrongState(state)),
            Self::Resume(_) | Self::Anyway(_, true) => is_empty.then_some(Refusal::Empty),
            _ => None,
        }
    }
}

/// What a command that was taken came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Done (or already so).
    Done,
    /// The group that was made, or added to.
    Group(GroupId),
}

/// Why a command was refused. Nothing has changed (but see `NotKept`).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No group, job or file has this id.
    #[error("not found")]
    NotFound,
    /// Several have this prefix.
    #[error("ambiguous")]
    Ambiguous,
    /// The caller's own id is in use.
    #[error("already exists")]
    AlreadyExists,
    /// A group without files cannot be resumed, a job without files not added.
    #[error("empty")]
    Empty,
    /// Its state does not allow this (a final one, or one that still runs).
    #[error("wrong state: {}", .0.word())]
    WrongState(crate::download::State),
    /// The property has no meaning here.
    #[error("not supported")]
    NotSupported,
    /// The value is out of its bounds; the text says which.
    #[error("invalid value: {0}")]
    Invalid(String),
    /// It could not be written down. What would be new is not there; other changes hold.
    #[error("not saved: {reason}")]
    NotKept {
        /// Why, in the database's words.
        reason: String,
        /// It has been done: it is saved as soon as that is possible, and lost where the
        /// program ends before.
        holds: bool,
    },
}

/// Patience and numbers of the queue. The faces translate their settings to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Most files at a time, of all groups.
    pub parallel: usize,
    /// Most connections to one host, of all files.
    pub connections_per_host: usize,
    /// Most connections of one file, where the group says nothing.
    pub connections: usize,
    /// When and how often to try again, in the foreground, where the job says nothing.
    pub foreground: Policy,
    /// The same for the three that are polite.
    pub background: Policy,
    /// A level's turn: after this long a running file makes way for one that waits, if it can resume.
    pub rotation: Duration,
    /// Learn the sizes of waiting files ahead.
    pub measure_ahead: bool,
    /// Conditions for whose end the background waits.
    pub waits_on: Conditions,
}
