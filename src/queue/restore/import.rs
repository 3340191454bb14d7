//! From exported records to commands that make the same groups again.
//!
//! What is imported was written by somebody, once: everything is checked before anything is
//! done. It comes suspended, with ids of its own, without secrets, and without what was
//! finished; what unfinished files had on disk stays with the queue it came from.

use std::sync::Arc;

use super::read::properties;
use super::{FileRecord, GroupRecord, JobRecord, NetworkRecord, StateRecord};
use crate::download::Link;
use crate::download::digest::{Checksum, ChecksumError};
use crate::download::file_name::{self, NameError};
use crate::download::link::LinkError;
use crate::queue::command::{Command, Credentials, JobOptions, NewFile, NewJob, Refusal};
use crate::queue::id::GroupId;
use crate::queue::network::JobNetwork;
use crate::queue::patience::JobPatience;
use crate::queue::property::Properties;

/// A record that cannot be taken in; none of them was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("group {} ({name}): {problem}", .group + 1)]
pub struct ImportError {
    /// Which group, from 0, as they came.
    pub group: usize,
    /// Its name.
    pub name: String,
    /// The URL of the file, as it is written there, where it is about a file.
    pub url: Option<String>,
    /// What is wrong.
    pub problem: ImportProblem,
}

/// What is wrong with a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportProblem {
    /// The URL of a file.
    #[error("{0}")]
    Link(#[from] LinkError),
    /// The checksum of a file.
    #[error("{0}")]
    Checksum(#[from] ChecksumError),
    /// The name of a file.
    #[error("{0}")]
    Name(#[from] NameError),
    /// A property, or an option of a job, is out of its bounds.
    #[error("{0}")]
    Property(#[from] Refusal),
    /// The folder is not an absolute path here.
    #[error("the folder is not an absolute path")]
    Folder,
}

/// The commands that make these groups again, suspended: to be given in their order.
/// Finished and cancelled groups are passed over, and of others the finished files.
///
/// # Errors
/// [`ImportError`] for the first record that is wrong.
pub fn import(records: Vec<GroupRecord>) -> Result<Vec<Command>, ImportError> {
    let mut records: Vec<_> = records.into_iter().enumerate().collect();
    records.sort_by_key(|(_, record)| record.order);
    let mut commands = Vec::new();
    for (group, record) in records.into_iter().filter(|(_, record)| is_wanted(record)) {
        let name = record.properties.name.clone();
        let made = group_commands(record).map_err(|(url, problem)| ImportError {
            group,
            name,
            url,
            problem,
        })?;
        commands.extend(made);
    }
    Ok(commands)
}

type Wrong = (Option<String>, ImportProblem);

fn is_wanted(record: &GroupRecord) -> bool {
    let files = || record.jobs.iter().flat_map(|job| &job.files);
    !record.cancelled && (files().next().is_none() || files().any(is_open))
}

fn is_open(file: &FileRecord) -> bool {
    file.state != StateRecord::Complete
}

/// The first makes the group, each other one adds a job to it.
fn group_commands(record: GroupRecord) -> Result<Vec<Command>, Wrong> {
    let id = GroupId::random();
    let mut own = properties(record.properties);
    own.credentials = own.credentials.filter(|given| !given.user.is_empty());
    // The file may be a stranger's: what it would run on this computer is not taken over.
    own.on_complete = Vec::new();
    own.check().map_err(|refusal| (None, refusal.into()))?;
    let mut jobs = record.jobs;
    jobs.retain(|job| job.files.iter().any(is_open));
    jobs.sort_by_key(|job| job.at);
    let mut commands = vec![Command::New {
        id: Some(id),
        properties: own,
    }];
    for job in jobs {
        commands.push(Command::Add {
            into: Some(id),
            id: None,
            properties: Properties::default(),
            job: new_job(job)?,
            start: false,
        });
    }
    Ok(commands)
}

fn new_job(record: JobRecord) -> Result<NewJob, Wrong> {
    if !record.folder.is_absolute() {
        return Err((None, ImportProblem::Folder));
    }
    let header = |(name, value): (String, Option<String>)| Some((name, value?));
    let user = record.user.filter(|user| !user.is_empty());
    let options = JobOptions {
        folder: record.folder,
        headers: record.headers.into_iter().filter_map(header).collect(),
        credentials: user.map(|user| Credentials {
            user,
            password: String::new(),
        }),
        on_conflict: record.on_conflict,
        patience: JobPatience::from(record.patience),
        network: record.network.map(|network| Arc::new(own(network))),
    };
    options.check().map_err(|refusal| (None, refusal.into()))?;
    let mut files = record.files;
    files.retain(is_open);
    files.sort_by_key(|file| file.at);
    let files: Result<_, _> = files.into_iter().map(new_file).collect();
    Ok(NewJob {
        id: None,
        files: files?,
        options: Arc::new(options),
    })
}

/// A stranger does not say whom this computer trusts.
fn own(record: NetworkRecord) -> JobNetwork {
    JobNetwork {
        more_authorities: Vec::new(),
        ..JobNetwork::from(record)
    }
}

fn new_file(record: FileRecord) -> Result<NewFile, Wrong> {
    let read = || {
        let name = record.name.as_deref().map(file_name::chosen).transpose()?;
        let checksum = record
            .checksum
            .as_deref()
            .map(Checksum::parse)
            .transpose()?;
        Ok(NewFile {
            link: Link::parse(&record.url)?,
            name,
            checksum,
        })
    };
    read().map_err(|problem| (Some(record.url.clone()), problem))
}
