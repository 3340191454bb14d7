//! What a subscriber is told: what has changed since it was told last.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::view::{File, Group, Job};
use crate::pace::schedule::Schedule;
use crate::queue::{self, Conditions, GroupId, Mode, PriorityLimits, Snapshot};

/// Some changes. To be applied in the order of the members: groups are new or in the place of
/// those with their ids (their jobs stay), new ones stand at the end; jobs and files are new at
/// the next place, or in that of those before.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Changes {
    /// Off the list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<GroupId>,
    /// Without their jobs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// Without their files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub jobs: Vec<ChangedJob>,
    /// Files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<ChangedFile>,
    /// All groups, where their order is another one than what was said so far makes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<Vec<GroupId>>,
    /// Of the whole program.
    pub mode: Mode,
    /// Of the whole program, bytes a second.
    pub limit: Option<u64>,
    /// Of each priority.
    #[serde(skip_serializing_if = "PriorityLimits::is_empty")]
    pub limits: PriorityLimits,
    /// Of the whole program.
    #[serde(skip_serializing_if = "is_none")]
    pub schedule: Arc<Schedule>,
    /// For the end of which the background may wait.
    #[serde(skip_serializing_if = "Conditions::is_empty")]
    pub conditions: Conditions,
    /// More of the same moment follows: what there is so far does not fit together.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub more: bool,
}

fn is_none(schedule: &Arc<Schedule>) -> bool {
    schedule.is_empty()
}

/// A job that is new, or not as it was.
#[derive(Debug, Serialize, Deserialize)]
pub struct ChangedJob {
    /// Its group.
    pub group: GroupId,
    /// Its place there, from 0.
    pub index: usize,
    /// The job, without its files.
    pub job: Job,
}

/// A file that is new, or not as it was.
#[derive(Debug, Serialize, Deserialize)]
pub struct ChangedFile {
    /// Its group.
    pub group: GroupId,
    /// The place of its job there, from 0.
    pub index: usize,
    /// Its place in the job, from 0.
    pub place: usize,
    /// The file.
    pub file: File,
}

impl Changes {
    /// What is the whole program's, and no group.
    #[must_use]
    pub fn of_program(now: &Snapshot) -> Self {
        Self {
            mode: now.mode,
            limit: now.limit,
            limits: now.limits,
            schedule: Arc::clone(&now.schedule),
            conditions: now.conditions,
            ..Self::default()
        }
    }

    /// The same in a snapshot.
    pub fn give_program(&self, to: &mut Snapshot) {
        to.mode = self.mode;
        to.limit = self.limit;
        to.limits = self.limits;
        to.schedule = Arc::clone(&self.schedule);
        to.conditions = self.conditions;
    }

    /// How much it is, roughly, in messages of equal length.
    #[must_use]
    pub fn len(&self) -> usize {
        self.removed.len() + self.groups.len() + self.jobs.len() + self.files.len()
    }

    /// Nothing but what is the whole program's.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0 && self.order.is_none()
    }
}

/// What a person wants to be told of at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// Every file of the group is complete.
    Completed(GroupId),
    /// Nothing of the group is left to do without a person.
    Failed(GroupId),
}

impl Notice {
    /// Of the queue's; of most there is none (10,000 files are 10,000 notices).
    #[must_use]
    pub fn of(notice: &queue::Notice) -> Option<Self> {
        match notice {
            queue::Notice::GroupCompleted(group) => Some(Self::Completed(*group)),
            queue::Notice::GroupFailed(group) => Some(Self::Failed(*group)),
            _ => None,
        }
    }
}

impl From<Notice> for queue::Notice {
    fn from(notice: Notice) -> Self {
        match notice {
            Notice::Completed(group) => Self::GroupCompleted(group),
            Notice::Failed(group) => Self::GroupFailed(group),
        }
    }
}
