//! For tests: a queue with these files in it.

use std::sync::Arc;

use crate::download::{Link, State};
use crate::queue::snapshot::{FileSource, Progress, Summary};
use crate::queue::{FileId, FileView, Flags, GroupId, GroupView, JobId, JobView, Snapshot};

/// One group of one job.
pub fn queue(files: &[(&str, State)]) -> Snapshot {
    let views: Vec<FileView> = files.iter().map(|(url, state)| file(url, *state)).collect();
    let summary = Summary {
        files_total: files.len() as u64,
        progress: Progress::default(),
        ..Summary::default()
    };
    let job = JobView {
        id: JobId::random(),
        status: Flags::default(),
        state: State::Queued,
        summary: summary.clone(),
        speeds: Vec::new(),
        files: vec![Arc::new(views)],
    };
    let group = GroupView {
        id: GroupId::random(),
        properties: Arc::default(),
        status: Flags::default(),
        state: State::Queued,
        summary,
        waiting: None,
        error: None,
        created: jiff::Timestamp::UNIX_EPOCH,
        completed: None,
        anyway: false,
        courtesy: None,
        jobs: Arc::new(vec![Arc::new(job)]),
    };
    Snapshot {
        groups: Arc::new(vec![Arc::new(group)]),
        ..Snapshot::default()
    }
}

fn file(url: &str, state: State) -> FileView {
    let link = Link::parse(url).expect("a link");
    FileView {
        id: FileId::random(),
        source: Arc::new(FileSource { link, name: None }),
        path: None,
        state,
        size: None,
        bytes: 0,
        connections: 0,
        resumable: None,
        waiting: None,
        error: None,
    }
}
