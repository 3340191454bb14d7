//! From records to the queue, at its start.

use std::path::PathBuf;
use std::sync::Arc;

use super::{FileRecord, GroupRecord, JobRecord, NetworkRecord, PropertiesRecord, StateRecord};
use crate::download::digest::Checksum;
use crate::download::{Link, State};
use crate::queue::add::suspended_file;
use crate::queue::command::{Credentials, JobOptions};
use crate::queue::event::Now;
use crate::queue::file::File;
use crate::queue::group::Group;
use crate::queue::job::{Job, Lacks, Unsaved};
use crate::queue::network::JobNetwork;
use crate::queue::patience::JobPatience;
use crate::queue::program::Program;
use crate::queue::property::Properties;
use crate::queue::schedule::Spot;
use crate::queue::snapshot::{FileSource, Problem};
use crate::queue::{FileView, Queue};

impl Queue {
    /// What was set for the whole program, as it was kept.
    pub fn restore_program(&mut self, program: Program) {
        self.program = program;
        self.hours.look_again();
    }

    /// Takes in what was kept, before anything else is asked: what ran is queued again,
    /// what lacks a secret waits for it. The next event starts what may run.
    pub fn restore(&mut self, mut records: Vec<GroupRecord>, now: Now) {
        records.sort_by_key(|record| record.order);
        for record in records {
            if !self.table.ids.contains_key(&record.id.0) {
                self.restore_group(record, now);
            }
        }
        self.is_pressing = true;
        self.is_stirred = true;
    }

    fn restore_group(&mut self, record: GroupRecord, now: Now) {
        self.orders = self.orders.max(record.order).max(self.orders + 1);
        let lacks_password = record.properties.needs_password;
        let properties = properties(record.properties);
        let mut group = Group::new(record.id, properties, record.created, self.orders);
        group.earlier = record.earlier;
        group.suspended = record.suspended;
        group.anyway = record.anyway;
        group.cancelled = record.cancelled;
        group.completed = record.completed;
        group.told = record.suspended;
        group.lacks_password = lacks_password;
        self.is_list_dirty = true;
        let number = self.table.add_group(group);
        let mut jobs = record.jobs;
        jobs.sort_by_key(|job| job.at);
        for job in jobs {
            if !self.table.ids.contains_key(&job.id.0) {
                self.restore_job(number, job, now);
            }
        }
        self.table.unsettle(number);
        self.table.is_saved(number);
    }

    fn restore_job(&mut self, group: u32, record: JobRecord, now: Now) {
        let at = self.table.group(group).jobs.len() as u32;
        let lacks = Lacks {
            password: record.needs_password,
            headers: (0..)
                .zip(&record.headers)
                .filter(|(_, (_, value))| value.is_none())
                .map(|(at, _)| at)
                .collect(),
            proxy: record
                .network
                .as_ref()
                .is_some_and(NetworkRecord::needs_password),
        };
        let mut files = record.files;
        let options = JobOptions {
            folder: record.folder,
            headers: record
                .headers
                .into_iter()
                .map(|(name, value)| (name, value.unwrap_or_default()))
                .collect(),
            credentials: credentials(record.user, record.needs_password),
            on_conflict: record.on_conflict,
            patience: JobPatience::from(record.patience),
            network: record
                .network
                .map(|network| Arc::new(JobNetwork::from(network))),
        };
        let mut job = Job::new(record.id, group, at, Arc::new(options));
        job.lacks = lacks;
        job.held = record.held;
        job.unsaved = Unsaved::Nothing;
        let job = self.table.add_job(job);
        files.sort_by_key(|file| file.at);
        let of = files.len();
        self.table.job_mut(job).reserve(of);
        for file in files {
            self.restore_file(job, file, of, now);
        }
    }

    fn restore_file(&mut self, job: u32, record: FileRecord, of: usize, now: Now) {
        // Both were right when they were written; a record that is damaged is passed over.
        let Ok(link) = Link::parse(&record.url) else {
            return;
        };
        if self.table.ids.contains_key(&record.id.0) {
            return;
        }
        let host = self.hosts.enter(&link.origin());
        let checksum = record
            .checksum
            .as_deref()
            .and_then(|text| Checksum::parse(text).ok());
        let mut file = File::new(host, checksum);
        file.existed = record.existed;
        file.fingerprint = record.fingerprint.map(Box::new);
        file.lacks_password = record.needs_password;
        file.progressed = record.bytes > 0;
        if record.attempts > 0 || record.begun_url.is_some() {
            file.effort().tries = record.attempts;
            file.effort().recorded = begun(&record);
        }
        let is_open = record.state == StateRecord::Open;
        let is_complete = record.state == StateRecord::Complete;
        let key = self.table.add_file(job, file, view(record, link), of);
        let (job, view) = (self.table.job(job), self.table.view(key));
        let group = self.table.group(job.group);
        if group.cancelled && !is_complete {
            if view.path.is_some() {
                // The program ended before its part was removed.
                self.to_discard.push(key);
            }
            self.table.edit(key, |file| file.error = None);
            self.table.become_state(key, State::Cancelled);
        } else if is_open && !group.suspended && !job.held {
            self.admit(key, Spot::Back, now);
        }
    }
}

fn begun(record: &FileRecord) -> Option<Arc<FileSource>> {
    let link = Link::parse(record.begun_url.as_deref()?).ok()?;
    Some(Arc::new(FileSource { link, name: None }))
}

fn view(record: FileRecord, link: Link) -> FileView {
    let problem = record.failure.map(|failure| Problem {
        failure,
        link: link.clone(),
        attempts: record.attempts,
    });
    let source = FileSource {
        link,
        name: record.name.map(Arc::from),
    };
    FileView {
        path: record.path.map(|path: PathBuf| Arc::new(path)),
        state: match record.state {
            StateRecord::Open => State::Suspended,
            StateRecord::Complete => State::Complete,
            StateRecord::Error => State::Error,
        },
        size: record.size,
        bytes: record.bytes,
        resumable: record.resumable,
        error: problem.map(Arc::new),
        ..suspended_file(record.id, Arc::new(source))
    }
}

/// As the queue has them.
pub(super) fn properties(record: PropertiesRecord) -> Properties {
    Properties {
        name: record.name,
        description: record.description,
        priority: record.priority,
        limit: record.limit,
        connections: record.connections,
        parallel: record.parallel,
        credentials: credentials(record.user, record.needs_password),
        notify: record.notify,
        on_complete: record.on_complete,
        granularity: record.granularity,
    }
}

/// The user, with a password still to come.
fn credentials(user: Option<String>, needs_password: bool) -> Option<Credentials> {
    (user.is_some() || needs_password).then(|| Credentials {
        user: user.unwrap_or_default(),
        password: String::new(),
    })
}
