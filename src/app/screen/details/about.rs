//! What is known of the chosen group beside its view, and which of its files is looked at.

use super::files::{self, Sight};
use super::properties::Form;
use crate::app::list;
use crate::download::State;
use crate::engine::{Entry, Inspection};
use crate::queue::snapshot::FileView;
use crate::queue::{FileId, Flags, GroupId, GroupView};

/// What is known of one group beside its view.
#[derive(Debug, Default)]
pub(super) struct About {
    pub group: Option<GroupId>,
    /// The file that was pressed.
    pub pinned: Option<Place>,
    pub seen: Option<(Place, Inspection)>,
    pub log: Vec<Entry>,
    pub sight: Sight,
    pub form: Form,
}

/// A file, and where in the group it was found the last time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    id: FileId,
    at: usize,
}

impl Place {
    pub(super) fn of(id: FileId, group: &GroupView) -> Option<Self> {
        let at = list::files(group).position(|file| file.id == id)?;
        Some(Self { id, at })
    }

    /// The file as it is now. Files keep their places: it is looked for nowhere else.
    pub(super) fn find(self, group: &GroupView) -> Option<&FileView> {
        files::slice(group, self.at..self.at + 1)
            .first()
            .copied()
            .filter(|file| file.id == self.id)
    }
}

impl About {
    /// The file that is looked at.
    pub(super) fn file<'a>(&self, group: &'a GroupView) -> Option<&'a FileView> {
        self.pinned
            .and_then(|place| place.find(group))
            .or_else(|| self.seen.as_ref()?.0.find(group))
            .or_else(|| first(group))
    }

    /// The file to look at next: the one that was pressed, else one that runs (the same for
    /// as long as it does), else the one before, else the first.
    pub(super) fn next<'a>(&self, group: &'a GroupView) -> Option<&'a FileView> {
        let seen = self.seen.as_ref().and_then(|(place, _)| place.find(group));
        let pinned = self.pinned.and_then(|place| place.find(group));
        pinned
            .or(seen.filter(|file| file.state.is_running()))
            .or_else(|| first_running(group))
            .or(seen)
            .or_else(|| first(group))
    }

    /// What was seen of this file.
    pub(super) fn inspection(&self, file: FileId) -> Option<&Inspection> {
        let (place, seen) = self.seen.as_ref()?;
        (place.id == file).then_some(seen)
    }
}

/// One that runs; jobs of which nothing does are passed over.
fn first_running(group: &GroupView) -> Option<&FileView> {
    let runs = |state: State| state.is_running() || state == State::Verifying;
    let jobs = group.jobs.iter().filter(|job| runs(job.state));
    let mut files = jobs
        .flat_map(|job| job.files.iter())
        .flat_map(|chunk| chunk.iter());
    files.find(|file| file.state.is_running())
}

/// Where nothing runs: the first that failed, else the first.
fn first(group: &GroupView) -> Option<&FileView> {
    let has_failed = group.status.contains(Flags::ERROR);
    let failed = || list::files(group).find(|file| file.state == State::Error);
    let failed = has_failed.then(failed).flatten();
    failed.or_else(|| list::files(group).next())
}
