//! What has happened to each group since the start of the program, as values: a log that a
//! person can read back, without a word of it in the engine.
//!
//! Bounded: of each group the newest [`MOST`] entries are kept, of a group off the list none.

use std::collections::{HashMap, VecDeque};

use jiff::Timestamp;

use crate::download::{Failure, WaitReason};
use crate::queue::{Command, FileId, GroupId, Notice, Outcome, Priority, Property, Queue, Report};

/// Most entries a group; the oldest fall off.
pub const MOST: usize = 200;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// To which file; absent for the whole group.
    pub file: Option<FileId>,
    /// What.
    pub event: JournalEvent,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum JournalEvent {
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
    /// By a person: resumed though the hour or the conditions are against it; or no longer so.
    Anyway(bool),
    /// By a person.
    Cancelled,
    /// To the foreground.
    Foreground,
    /// Back to the background.
    Background,
    /// Another priority.
    Prioritised(Priority),
    /// The file has another URL.
    LinkChanged,
    /// What is not complete goes to another folder.
    FolderChanged,
    /// Its server has answered.
    Begun {
        /// The length, where known.
        size: Option<u64>,
        /// Bytes that were there from before.
        bytes: u64,
        /// A stop loses nothing.
        resumable: bool,
    },
    /// The source has changed, or what was there was of no use.
    StartedOver,
    /// It will be tried again.
    Waits {
        /// Why.
        reason: WaitReason,
        /// What went wrong, where something did.
        failure: Option<Failure>,
        /// Not before, where that is known.
        until: Option<Timestamp>,
    },
    /// The file was given up.
    Failed(Failure),
    /// The file stands under its final name.
    FileCompleted,
    /// Every file is complete.
    Completed,
    /// Nothing is left to do without a person.
    GaveUp,
}

/// A command that may go into the journal, once it is accepted.
pub struct Note {
    concerns: Concerns,
    event: JournalEvent,
}

enum Concerns {
    Groups(Vec<GroupId>),
    File(FileId),
    /// The one that the outcome names.
    Outcome,
}

impl Note {
    /// What there would be to note of it; nothing of what concerns no group's course.
    #[must_use]
    pub fn of(command: &Command) -> Option<Self> {
        use Concerns::{File, Groups, Outcome};
        let (concerns, event) = match command {
            Command::New { .. } => (Outcome, JournalEvent::Created),
            Command::Add { job, .. } => {
                let files = job.files.len();
                (Outcome, JournalEvent::Added { files })
            }
            Command::Suspend(ids) => (Groups(ids.clone()), JournalEvent::Suspended),
            Command::Resume(ids) => (Groups(ids.clone()), JournalEvent::Resumed),
            Command::Anyway(ids, anyway) => (Groups(ids.clone()), JournalEvent::Anyway(*anyway)),
            Command::Cancel { ids, .. } => (Groups(ids.clone()), JournalEvent::Cancelled),
            Command::Foreground(ids) => (Groups(ids.clone()), JournalEvent::Foreground),
            Command::Background(ids) => (Groups(ids.clone()), JournalEvent::Background),
            Command::SetPriority(ids, priority) => {
                (Groups(ids.clone()), JournalEvent::Prioritised(*priority))
            }
            Command::Set(id, properties) => {
                let priority = properties.iter().find_map(|property| match property {
                    Property::Priority(priority) => Some(*priority),
                    _ => None,
                })?;
                (Groups(vec![*id]), JournalEvent::Prioritised(priority))
            }
            Command::SetLink(file, _) => (File(*file), JournalEvent::LinkChanged),
            Command::SetFolder(id, _) => (Groups(vec![*id]), JournalEvent::FolderChanged),
            Command::Remove(_)
            | Command::Move(..)
            | Command::Limit(_)
            | Command::LimitPriority(..)
            | Command::Schedule(_)
            | Command::Mode(_) => {
                return None;
            }
        };
        Some(Self { concerns, event })
    }
}

/// The journals of all groups.
#[derive(Debug, Default)]
pub struct Journal {
    groups: HashMap<GroupId, VecDeque<Entry>>,
}

impl Journal {
    /// A group's, oldest first.
    #[must_use]
    pub fn of(&self, group: GroupId) -> Vec<Entry> {
        let entries = self.groups.get(&group).into_iter().flatten();
        entries.cloned().collect()
    }

    /// A command was accepted.
    pub fn command(&mut self, note: Note, outcome: &Outcome, queue: &Queue, at: Timestamp) {
        let Note { concerns, event } = note;
        match (concerns, outcome) {
            (Concerns::Groups(groups), _) => {
                for group in groups {
                    self.enter(group, None, event.clone(), at);
                }
            }
            (Concerns::File(file), _) => self.enter_file(file, event, queue, at),
            (Concerns::Outcome, Outcome::Group(group)) => self.enter(*group, None, event, at),
            (Concerns::Outcome, Outcome::Done) => {}
        }
    }

    /// A file's server has answered.
    pub fn begun(&mut self, group: GroupId, file: FileId, report: &Report, at: Timestamp) {
        if let Report::Begun {
            size,
            bytes,
            resumable,
            ..
        } = *report
        {
            let event = JournalEvent::Begun {
                size,
                bytes,
                resumable,
            };
            self.enter(group, Some(file), event, at);
        }
    }

    /// People are told something.
    pub fn notice(&mut self, notice: &Notice, queue: &Queue, at: Timestamp) {
        match notice {
            Notice::FileCompleted(file, _) => {
                self.enter_file(*file, JournalEvent::FileCompleted, queue, at);
            }
            Notice::FileFailed(file, failure) => {
                self.enter_file(*file, JournalEvent::Failed(failure.clone()), queue, at);
            }
            Notice::FileStartedOver(file) => {
                self.enter_file(*file, JournalEvent::StartedOver, queue, at);
            }
            Notice::FileWaits {
                file,
                reason,
                failure,
                until,
            } => {
                let event = JournalEvent::Waits {
                    reason: *reason,
                    failure: failure.clone(),
                    until: *until,
                };
                self.enter_file(*file, event, queue, at);
            }
            Notice::GroupCompleted(group) => {
                self.enter(*group, None, JournalEvent::Completed, at);
            }
            Notice::GroupFailed(group) => self.enter(*group, None, JournalEvent::GaveUp, at),
            Notice::GroupRemoved(group) => {
                self.groups.remove(group);
            }
        }
    }

    fn enter_file(&mut self, file: FileId, event: JournalEvent, queue: &Queue, at: Timestamp) {
        // (A file of a group that is about to leave the list has a group no more.)
        let standing = queue
            .group_of(file)
            .filter(|group| queue.pace_of(*group).is_some());
        if let Some(group) = standing {
            self.enter(group, Some(file), event, at);
        }
    }

    fn enter(&mut self, group: GroupId, file: Option<FileId>, event: JournalEvent, at: Timestamp) {
        let entries = self.groups.entry(group).or_default();
        if entries.len() == MOST {
            entries.pop_front();
        }
        entries.push_back(Entry { at, file, event });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_are_kept_and_each_group_has_its_own() {
        let mut journal = Journal::default();
        let (many, few) = (GroupId::random(), GroupId::random());
        let second = |second| Timestamp::from_second(second).unwrap();
        journal.enter(few, None, JournalEvent::Created, second(0));
        for at in 0..10_000 {
            let file = Some(FileId::random());
            journal.enter(many, file, JournalEvent::FileCompleted, second(at));
        }
        let entries = journal.of(many);
        assert_eq!(entries.len(), MOST);
        let ends = (entries[0].at, entries[MOST - 1].at);
        assert_eq!(ends, (second(9_800), second(9_999)));
        assert_eq!(journal.of(few).len(), 1);
        assert!(journal.of(GroupId::random()).is_empty());
    }

    #[test]
    fn only_what_concerns_a_groups_course_is_noted() {
        let id = GroupId::random();
        let noted = |command: &Command| Note::of(command).map(|note| note.event);
        for (command, event) in [
            (Command::Limit(None), None),
            (Command::Remove(vec![id]), None),
            // A secret has no place here.
            (Command::Set(id, vec![Property::Password("x".into())]), None),
            (
                Command::Set(id, vec![Property::Priority(Priority::Low)]),
                Some(JournalEvent::Prioritised(Priority::Low)),
            ),
            (
                Command::Foreground(vec![id]),
                Some(JournalEvent::Foreground),
            ),
        ] {
            assert_eq!(noted(&command), event, "{command:?}");
        }
    }
}
