//! For tests: a group of files whose snapshots can be changed by hand.

use std::sync::Arc;

use crate::download::{Link, State};
use crate::queue::snapshot::{FileSource, Summary};
use crate::queue::{
    FileId, FileView, Flags, GroupId, GroupView, JobId, JobView, Properties, Snapshot,
};

/// A group of one job.
pub struct Scene {
    pub group: GroupId,
    pub summary: Summary,
    job: JobId,
    chunks: Vec<Arc<Vec<FileView>>>,
    made: Option<Snapshot>,
}

impl Scene {
    /// So many files, queued; `http://h/0` and so on.
    pub fn new(files: usize) -> Self {
        let all: Vec<FileView> = (0..files).map(file).collect();
        Self {
            group: GroupId::random(),
            summary: Summary {
                files_total: files as u64,
                ..Summary::default()
            },
            job: JobId::random(),
            chunks: all
                .chunks(256)
                .map(|chunk| Arc::new(chunk.to_vec()))
                .collect(),
            made: None,
        }
    }

    /// Changes one file.
    pub fn set(&mut self, index: usize, change: impl FnOnce(&mut FileView)) {
        change(&mut Arc::make_mut(&mut self.chunks[index / 256])[index % 256]);
        self.made = None;
    }

    /// What it looks like.
    pub fn snapshot(&self) -> Snapshot {
        self.made.clone().unwrap_or_else(|| self.make())
    }

    fn make(&self) -> Snapshot {
        let job = JobView {
            id: self.job,
            status: Flags::default(),
            state: State::Queued,
            summary: self.summary.clone(),
            speeds: Vec::new(),
            files: self.chunks.clone(),
        };
        let group = GroupView {
            id: self.group,
            properties: Arc::new(Properties::default()),
            status: Flags::default(),
            state: State::Queued,
            summary: self.summary.clone(),
            waiting: None,
            error: None,
            created: "2026-01-02T03:04:05Z".parse().unwrap(),
            completed: None,
            jobs: Arc::new(vec![Arc::new(job)]),
        };
        Snapshot {
            groups: Arc::new(vec![Arc::new(group)]),
            ..Snapshot::default()
        }
    }
}

fn file(index: usize) -> FileView {
    let link = Link::parse(&format!("http://h/{index}")).unwrap();
    FileView {
        id: FileId::random(),
        source: Arc::new(FileSource { link, name: None }),
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
