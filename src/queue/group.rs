//! The unit a person controls: its properties, its jobs, and its files in line.

use std::sync::Arc;

use jiff::Timestamp;

use super::id::GroupId;
use super::line::Line;
use super::property::{Priority, Properties};
use super::snapshot::GroupView;
use super::status::Flags;
use super::sums::Sums;
use super::turns::{Bucket, Turn};
use crate::download::State;
use crate::pace::line::Courtesy;

/// A group.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) id: GroupId,
    pub(super) properties: Arc<Properties>,
    /// The priority to go back to from the foreground.
    pub(super) earlier: Option<Priority>,
    /// The group's password was not kept.
    pub(super) lacks_password: bool,
    pub(super) suspended: bool,
    /// It waits neither for the hour nor for better conditions.
    pub(super) anyway: bool,
    /// What it does on its line, where it takes only what is free.
    pub(super) courtesy: Option<Courtesy>,
    pub(super) cancelled: bool,
    /// Cancelled so that finished files go, too.
    pub(super) delete_finished: bool,
    /// Off the list; it stays until its last worker has stopped.
    pub(super) is_gone: bool,
    /// People have been told that it failed.
    pub(super) told: bool,
    pub(super) created: Timestamp,
    pub(super) completed: Option<Timestamp>,
    /// The numbers of its jobs.
    pub(super) jobs: Vec<u32>,
    pub(super) sums: Sums,
    /// Files of which a worker runs or stops.
    pub(super) workers: usize,
    /// Those that hold a place.
    pub(super) running: usize,
    /// Files that wait for their first try in this turn.
    pub(super) fresh: Line,
    /// Files that wait for another try. The two are served in turns, so that neither
    /// many bad files nor many good ones hold up the others.
    pub(super) again: Line,
    /// `again` is served next.
    pub(super) again_next: bool,
    /// Its place in the person's order, and when it was served last.
    pub(super) order: u64,
    pub(super) served: u64,
    /// Where it stands among those with files in line.
    pub(super) listed: Option<(usize, Bucket, Turn)>,
    pub(super) is_unsaved: bool,
    /// It is to be looked at: a file came to an end, or to rest.
    pub(super) is_unsettled: bool,
    /// It is not as `view` shows it, nor are these of its jobs.
    pub(super) is_dirty: bool,
    pub(super) dirty_jobs: Vec<u32>,
    pub(super) view: Option<Arc<GroupView>>,
}

impl Group {
    pub(super) fn new(id: GroupId, properties: Properties, created: Timestamp, order: u64) -> Self {
        Self {
            id,
            properties: Arc::new(properties),
            earlier: None,
            lacks_password: false,
            suspended: true,
            anyway: false,
            courtesy: None,
            cancelled: false,
            delete_finished: false,
            is_gone: false,
            told: false,
            created,
            completed: None,
            jobs: Vec::new(),
            sums: Sums::default(),
            workers: 0,
            running: 0,
            fresh: Line::default(),
            again: Line::default(),
            again_next: false,
            order,
            served: 0,
            listed: None,
            is_unsaved: false,
            is_unsettled: false,
            is_dirty: false,
            dirty_jobs: Vec::new(),
            view: None,
        }
    }

    /// Its priority as a number, 0 first.
    pub(super) fn level(&self) -> usize {
        self.properties.priority as usize
    }

    /// May another file of it run?
    pub(super) fn has_room(&self) -> bool {
        self.properties
            .parallel
            .is_none_or(|most| self.running < most)
    }

    /// Files in line for this host.
    pub(super) fn waiting(&self, host: u32) -> usize {
        self.fresh.waiting(host) + self.again.waiting(host)
    }

    /// Under what it stands among the groups of its priority; nowhere without files in line.
    pub(super) fn bucket(&self) -> Option<Bucket> {
        let mut hosts = self.fresh.hosts().take(2).chain(self.again.hosts().take(2));
        let first = hosts.next()?;
        let same = hosts.all(|host| host == first);
        Some(if same {
            Bucket::Host(first)
        } else {
            Bucket::Many
        })
    }

    /// Of which host to take the next file, where one with room is wanted.
    pub(super) fn host(&self, is_open: impl Fn(u32) -> bool) -> Option<u32> {
        if !self.has_room() {
            return None;
        }
        let (one, other) = self.lines();
        one.hosts().chain(other.hosts()).find(|host| is_open(*host))
    }

    /// Both lines, that to be served next first.
    fn lines(&self) -> (&Line, &Line) {
        if self.again_next {
            (&self.again, &self.fresh)
        } else {
            (&self.fresh, &self.again)
        }
    }

    pub(super) fn flags(&self) -> Flags {
        let priority = self.properties.priority;
        Flags::of(&self.sums, priority, self.suspended, self.cancelled)
    }

    pub(super) fn state(&self) -> State {
        self.sums.state(self.cancelled)
    }

    /// At an end: finished, failed (nothing is left to do, but for what was given up) or cancelled.
    pub(super) fn has_ended(&self) -> bool {
        matches!(
            self.state(),
            State::Complete | State::Error | State::Cancelled
        )
    }
}
