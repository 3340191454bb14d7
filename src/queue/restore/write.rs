//! From the queue to records.

use super::{
    FileRecord, GroupRecord, JobRecord, NetworkRecord, PatienceRecord, PropertiesRecord,
    StateRecord, is_secret_header,
};
use crate::download::{Link, State};
use crate::queue::command::Credentials;
use crate::queue::file::FileKey;
use crate::queue::group::Group;
use crate::queue::id::GroupId;
use crate::queue::job::Unsaved;
use crate::queue::{FileView, Queue};

impl Queue {
    /// All that must survive of a group.
    #[must_use]
    pub fn records(&self, id: GroupId) -> Option<GroupRecord> {
        let number = self.table.find_group(id).ok()?;
        let mut record = self.group_record(number);
        for job in &self.table.group(number).jobs {
            let files = 0..self.table.job(*job).files.len() as u32;
            record.jobs.push(self.job_record(*job, files));
        }
        Some(record)
    }

    /// What must survive and has changed since this was last asked: groups, with those of
    /// their jobs and files that are to be written. What it gives counts as saved.
    pub fn unsaved(&mut self) -> Vec<GroupRecord> {
        let numbers = std::mem::take(&mut self.table.unsaved);
        let mut records = Vec::with_capacity(numbers.len());
        for number in numbers {
            if self
                .table
                .get_group(number)
                .is_none_or(|group| group.is_gone)
            {
                continue;
            }
            self.table.group_mut(number).is_unsaved = false;
            let mut record = self.group_record(number);
            for job in self.table.group(number).jobs.clone() {
                record.jobs.extend(self.unsaved_job(job));
            }
            records.push(record);
        }
        records
    }

    fn unsaved_job(&mut self, number: u32) -> Option<JobRecord> {
        let job = self.table.job_mut(number);
        let record = match std::mem::take(&mut job.unsaved) {
            Unsaved::Nothing => return None,
            Unsaved::All => self.job_record(number, 0..self.table.job(number).files.len() as u32),
            Unsaved::Files(files) => self.job_record(number, files.into_iter()),
        };
        for file in &record.files {
            self.table
                .file_mut(FileKey {
                    job: number,
                    at: file.at,
                })
                .unsaved = false;
        }
        Some(record)
    }

    fn group_record(&self, number: u32) -> GroupRecord {
        let group = self.table.group(number);
        GroupRecord {
            id: group.id,
            order: group.order,
            properties: properties(group),
            earlier: group.earlier,
            suspended: group.suspended,
            anyway: group.anyway,
            cancelled: group.cancelled,
            created: group.created,
            completed: group.completed,
            jobs: Vec::new(),
        }
    }

    fn job_record(&self, number: u32, files: impl Iterator<Item = u32>) -> JobRecord {
        let job = self.table.job(number);
        let header = |(name, value): &(String, String)| {
            (
                name.clone(),
                (!is_secret_header(name)).then(|| value.clone()),
            )
        };
        let credentials = job.options.credentials.as_ref();
        let network = job.options.network.as_deref();
        JobRecord {
            id: job.id,
            at: job.at,
            folder: job.options.folder.clone(),
            headers: job.options.headers.iter().map(header).collect(),
            user: credentials.map(|credentials| credentials.user.clone()),
            needs_password: has_password(credentials) || job.lacks.password,
            on_conflict: job.options.on_conflict,
            held: job.held,
            patience: PatienceRecord::from(job.options.patience),
            network: network.map(|network| NetworkRecord::of(network, job.lacks.proxy)),
            files: files
                .map(|at| self.file_record(FileKey { job: number, at }))
                .collect(),
        }
    }

    fn file_record(&self, key: FileKey) -> FileRecord {
        let (file, view) = (self.table.file(key), self.table.view(key));
        let effort = file.effort.as_ref();
        let begun = effort.and_then(|effort| effort.recorded.as_ref());
        FileRecord {
            id: view.id,
            at: key.at,
            url: view.source.link.without_password(),
            needs_password: file.lacks_password || carries_password(&view.source.link),
            name: view.source.name.as_deref().map(str::to_owned),
            checksum: file.checksum.as_deref().map(ToString::to_string),
            path: view.path.as_deref().cloned(),
            size: view.size,
            bytes: view.bytes,
            resumable: view.resumable,
            state: state(view),
            existed: file.existed,
            fingerprint: file.fingerprint.as_deref().copied(),
            failure: given_up(view),
            attempts: effort.map_or(0, |effort| effort.tries),
            begun_url: begun.map(|source| source.link.without_password()),
        }
    }
}

fn properties(group: &Group) -> PropertiesRecord {
    let properties = &group.properties;
    let credentials = properties.credentials.as_ref();
    PropertiesRecord {
        name: properties.name.clone(),
        description: properties.description.clone(),
        priority: properties.priority,
        limit: properties.limit,
        connections: properties.connections,
        parallel: properties.parallel,
        user: credentials.map(|credentials| credentials.user.clone()),
        needs_password: has_password(credentials) || group.lacks_password,
        notify: properties.notify,
        on_complete: properties.on_complete.clone(),
        granularity: properties.granularity,
    }
}

fn has_password(credentials: Option<&Credentials>) -> bool {
    credentials.is_some_and(|credentials| !credentials.password.is_empty())
}

/// Does the URL itself carry a password?
pub(super) fn carries_password(link: &Link) -> bool {
    link.credentials()
        .is_some_and(|(_, password)| !password.is_empty())
}

fn given_up(view: &FileView) -> Option<crate::download::Failure> {
    let problem = view.error.as_ref().filter(|_| view.state == State::Error)?;
    Some(problem.failure.clone())
}

fn state(view: &FileView) -> StateRecord {
    match view.state {
        State::Complete => StateRecord::Complete,
        State::Error => StateRecord::Error,
        State::Suspended
        | State::Queued
        | State::Connecting
        | State::Transferring
        | State::Waiting
        | State::Verifying
        | State::Cancelled => StateRecord::Open,
    }
}
