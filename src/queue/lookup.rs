//! Finding things by their ids. Looking never changes anything.

use uuid::Uuid;

use super::Queue;
use super::command::Refusal;
use super::file::FileKey;
use super::id::{FileId, GroupId, JobId};
use super::job::Job;
use super::property::Priority;
use super::table::{Place, Table};

/// What a prefix of an id has found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// A group.
    Group(GroupId),
    /// A job.
    Job(JobId),
    /// A file.
    File(FileId),
}

impl Queue {
    /// Whatever has an id that begins so: a group, a job or a file.
    ///
    /// # Errors
    /// `NotFound`, or `Ambiguous` where several do.
    pub fn find(&self, prefix: &str) -> Result<Found, Refusal> {
        self.table.find(prefix)
    }

    /// The group of a file.
    #[must_use]
    pub fn group_of(&self, file: FileId) -> Option<GroupId> {
        let key = self.table.find_file(file)?;
        Some(self.table.group(self.table.group_of(key)).id)
    }

    /// The group of whatever was found.
    #[must_use]
    pub fn owner(&self, found: Found) -> Option<GroupId> {
        match found {
            Found::Group(group) => self.table.find_group(group).ok().map(|_| group),
            Found::Job(job) => self
                .table
                .find_job(job)
                .map(|job| self.table.group(job.group).id),
            Found::File(file) => self.group_of(file),
        }
    }

    /// How fast a group may go: its priority, and its own limit in bytes a second.
    #[must_use]
    pub fn pace_of(&self, group: GroupId) -> Option<(Priority, Option<u64>)> {
        let number = self.table.find_group(group).ok()?;
        let properties = &self.table.group(number).properties;
        Some((properties.priority, properties.limit))
    }

    /// The groups on the list, in the person's order.
    pub fn groups(&self) -> impl Iterator<Item = GroupId> {
        self.table
            .order
            .iter()
            .map(|number| self.table.group(*number).id)
    }
}

impl Table {
    /// The number of a group on the list.
    pub(super) fn find_group(&self, id: GroupId) -> Result<u32, Refusal> {
        match self.ids.get(&id.0) {
            Some(Place::Group(number)) if !self.group(*number).is_gone => Ok(*number),
            _ => Err(Refusal::NotFound),
        }
    }

    /// A file of a group that is on the list or about to leave it.
    pub(super) fn find_file(&self, id: FileId) -> Option<FileKey> {
        match self.ids.get(&id.0) {
            Some(Place::File(key)) => Some(*key),
            _ => None,
        }
    }

    /// A job of a group that is on the list or about to leave it.
    pub(super) fn find_job(&self, id: JobId) -> Option<&Job> {
        match self.ids.get(&id.0) {
            Some(Place::Job(number)) => self.get_job(*number),
            _ => None,
        }
    }

    /// Whatever has this id, where its group is on the list.
    fn found(&self, id: Uuid, place: Place) -> Option<Found> {
        let (found, group) = match place {
            Place::Group(number) => (Found::Group(GroupId(id)), number),
            Place::Job(number) => (Found::Job(JobId(id)), self.job(number).group),
            Place::File(key) => (Found::File(FileId(id)), self.group_of(key)),
        };
        (!self.group(group).is_gone).then_some(found)
    }

    /// Whatever has an id that begins so; hyphens and case do not matter.
    pub(super) fn find(&self, prefix: &str) -> Result<Found, Refusal> {
        let (from, to) = range(prefix).ok_or(Refusal::NotFound)?;
        let ids = self.ids.range(from..=to);
        let mut found = ids.filter_map(|(id, place)| self.found(*id, *place));
        match (found.next(), found.next()) {
            (None, _) => Err(Refusal::NotFound),
            (Some(found), None) => Ok(found),
            _ => Err(Refusal::Ambiguous),
        }
    }
}

/// The first and the last id that begin with these hex digits.
fn range(prefix: &str) -> Option<(Uuid, Uuid)> {
    let mut digits: String = prefix.trim().chars().filter(|char| *char != '-').collect();
    if digits.is_empty() || digits.len() > 32 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let missing = 32 - digits.len();
    let low = digits.clone() + &"0".repeat(missing);
    digits.push_str(&"f".repeat(missing));
    let number = |text: &str| u128::from_str_radix(text, 16).ok().map(Uuid::from_u128);
    Some((number(&low)?, number(&digits)?))
}
