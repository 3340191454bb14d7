//! Groups made up for tests.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

use super::super::List;
use crate::download::{Link, State};
use crate::queue::snapshot::{FileSource, Summary};
use crate::queue::{
    FileId, FileView, Flags, GroupId, GroupView, JobId, JobView, Properties, Snapshot,
};

pub fn id(n: u128) -> GroupId {
    GroupId(Uuid::from_u128(n))
}

/// The id of file `at` of job `job` of group `n`.
pub fn file_id(n: u128, job: usize, at: usize) -> FileId {
    FileId(Uuid::from_u128(
        (n << 64) + ((job as u128) << 32) + at as u128,
    ))
}

pub fn file(id: FileId, link: &str) -> FileView {
    FileView {
        id,
        source: Arc::new(FileSource {
            link: Link::parse(link).expect("a link"),
            name: None,
        }),
        path: None,
        state: State::Queued,
        size: None,
        bytes: 0,
        connections: 0,
        resumable: None,
        waiting: None,
        error: None,
    }
}

pub fn with_path(mut file: FileView, path: &str) -> FileView {
    file.path = Some(Arc::new(PathBuf::from(path)));
    file
}

/// Group `n`, suspended, of the jobs of these files.
pub fn holding(n: u128, name: &str, jobs: Vec<Vec<FileView>>) -> GroupView {
    let files_total = jobs.iter().map(Vec::len).sum::<usize>() as u64;
    let jobs = jobs.into_iter().enumerate().map(|(at, files)| {
        Arc::new(JobView {
            id: JobId(Uuid::from_u128((n << 64) + at as u128)),
            status: Flags::INCOMPLETE.with(Flags::SUSPENDED),
            state: State::Suspended,
            summary: Summary::default(),
            speeds: Vec::new(),
            files: files
                .chunks(256)
                .map(|chunk| Arc::new(chunk.to_vec()))
                .collect(),
        })
    });
    GroupView {
        id: id(n),
        properties: Arc::new(Properties {
            name: name.to_owned(),
            ..Properties::default()
        }),
        status: Flags::INCOMPLETE.with(Flags::SUSPENDED),
        state: State::Suspended,
        summary: Summary {
            files_total,
            ..Summary::default()
        },
        waiting: None,
        error: None,
        created: Timestamp::UNIX_EPOCH,
        completed: None,
        anyway: false,
        courtesy: None,
        jobs: Arc::new(jobs.collect()),
    }
}

/// Group `n`, suspended, with so many files in each of its jobs.
pub fn group(n: u128, name: &str, jobs: &[usize]) -> GroupView {
    let job = |(job, count): (usize, &usize)| {
        let file = |at| {
            file(
                file_id(n, job, at),
                &format!("https://example.org/{n}/{at}.iso"),
            )
        };
        (0..*count).map(file).collect()
    };
    holding(n, name, jobs.iter().enumerate().map(job).collect())
}

pub fn snapshot(groups: impl IntoIterator<Item = GroupView>) -> Snapshot {
    Snapshot {
        groups: Arc::new(groups.into_iter().map(Arc::new).collect()),
        ..Snapshot::default()
    }
}

pub fn list(groups: impl IntoIterator<Item = GroupView>) -> List {
    let mut list = List::default();
    list.update(&snapshot(groups));
    list
}

/// One file each, numbered in this order.
pub fn numbered(numbers: &[u128]) -> Snapshot {
    snapshot(numbers.iter().map(|n| group(*n, &format!("g{n}"), &[1])))
}

/// The numbers of the groups that are shown, in their order.
pub fn shown(list: &List) -> Vec<u128> {
    let mut ids: Vec<_> = list
        .rows_in(0.0, f32::MAX)
        .map(|row| row.group.id.0.as_u128())
        .collect();
    ids.dedup();
    ids
}

/// The numbers of the groups that are chosen.
pub fn chosen(list: &List) -> Vec<u128> {
    list.selection().iter().map(|id| id.0.as_u128()).collect()
}
