//! New groups and new jobs. What is added never starts unless asked to.

use std::sync::Arc;

use super::command::{NewFile, NewJob, Outcome, Refusal};
use super::event::Now;
use super::file::File;
use super::group::Group;
use super::id::{FileId, GroupId, JobId};
use super::job::Job;
use super::list::ORDER_GAP;
use super::property::Properties;
use super::snapshot::{FileSource, FileView};
use super::{Queue, State};

/// Where a job goes.
pub(super) enum Target {
    /// To a group that stands.
    Standing(GroupId),
    /// To one of its own.
    New(Option<GroupId>, Box<Properties>),
}

impl Queue {
    /// An empty group, suspended.
    pub(super) fn new_group(
        &mut self,
        id: Option<GroupId>,
        properties: Properties,
        now: Now,
    ) -> Result<Outcome, Refusal> {
        self.may_be_new(id, &properties)?;
        let number = self.insert_group(id, properties, now);
        Ok(Outcome::Group(self.table.group(number).id))
    }

    fn may_be_new(&self, id: Option<GroupId>, properties: &Properties) -> Result<(), Refusal> {
        properties.check()?;
        match id {
            Some(id) if self.table.ids.contains_key(&id.0) => Err(Refusal::AlreadyExists),
            _ => Ok(()),
        }
    }

    fn insert_group(&mut self, id: Option<GroupId>, properties: Properties, now: Now) -> u32 {
        let id = id.unwrap_or_else(|| GroupId(self.new_id()));
        self.orders += ORDER_GAP;
        self.is_list_dirty = true;
        self.table
            .add_group(Group::new(id, properties, now.wall, self.orders))
    }

    /// One *add*: one job.
    pub(super) fn add(
        &mut self,
        target: Target,
        job: NewJob,
        start: bool,
        now: Now,
    ) -> Result<Outcome, Refusal> {
        if job.files.is_empty() {
            return Err(Refusal::Empty);
        }
        job.options.check()?;
        if job.id.is_some_and(|id| self.table.ids.contains_key(&id.0)) {
            return Err(Refusal::AlreadyExists);
        }
        let number = match target {
            Target::Standing(id) => {
                let number = self.table.find_group(id)?;
                self.refuse_cancelled(number)?;
                number
            }
            Target::New(id, properties) => {
                let same = job.id.is_some_and(|job| id.is_some_and(|id| id.0 == job.0));
                if same {
                    return Err(Refusal::AlreadyExists);
                }
                self.may_be_new(id, &properties)?;
                self.insert_group(id, *properties, now)
            }
        };
        self.reopen(number);
        let held = !start && !self.table.group(number).suspended;
        self.insert_job(number, job, held);
        if start {
            self.resume_group(number, now);
        }
        Ok(Outcome::Group(self.table.group(number).id))
    }

    /// A group that was at its end is incomplete again, and suspended.
    fn reopen(&mut self, number: u32) {
        let group = self.table.group_mut(number);
        group.told = false;
        if group.completed.take().is_some() {
            group.suspended = true;
            self.table.touch_all(number);
        }
    }

    fn insert_job(&mut self, group: u32, new: NewJob, held: bool) {
        let id = new.id.unwrap_or_else(|| JobId(self.new_id()));
        let at = self.table.group(group).jobs.len() as u32;
        let mut job = Job::new(id, group, at, new.options);
        job.held = held;
        let job = self.table.add_job(job);
        let of = new.files.len();
        self.table.job_mut(job).reserve(of);
        for file in new.files {
            self.insert_file(job, file, of);
        }
    }

    fn insert_file(&mut self, job: u32, new: NewFile, of: usize) {
        let id = FileId(self.new_id());
        let host = self.hosts.enter(&new.link.origin());
        let source = FileSource {
            link: new.link,
            name: new.name.map(Arc::from),
        };
        let view = suspended_file(id, Arc::new(source));
        self.table
            .add_file(job, File::new(host, new.checksum), view, of);
    }
}

/// A file of which nothing is known but its source.
pub(super) fn suspended_file(id: FileId, source: Arc<FileSource>) -> FileView {
    FileView {
        id,
        source,
        path: None,
        state: State::Suspended,
        size: None,
        bytes: 0,
        connections: 0,
        resumable: None,
        waiting: None,
        error: None,
    }
}
