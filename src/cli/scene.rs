//! For tests: a group of files whose snapshots can be changed by hand.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::download::{Link, State};
use crate::queue::snapshot::{FileSource, Problem, Summary, Waiting};
use crate::queue::{
    FileId, FileView, Flags, GroupId, GroupView, JobId, JobView, Properties, Snapshot,
};

/// A group of one job.
pub struct Scene {
    pub group: GroupId,
    pub summary: Summary,
    pub properties: Properties,
    pub state: State,
    pub waiting: Option<Waiting>,
    pub error: Option<Problem>,
    job: JobId,
    chunks: Vec<Arc<Vec<FileView>>>,
    made: OnceCell<Arc<GroupView>>,
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
            properties: Properties::default(),
            state: State::Queued,
            waiting: None,
            error: None,
            job: JobId::random(),
            chunks: all
                .chunks(256)
                .map(|chunk| Arc::new(chunk.to_vec()))
                .collect(),
            made: OnceCell::new(),
        }
    }

    /// Changes one file.
    pub fn set(&mut self, index: usize, change: impl FnOnce(&mut FileView)) {
        change(&mut Arc::make_mut(&mut self.chunks[index / 256])[index % 256]);
        self.made.take();
    }

    /// Changes the group itself.
    pub fn turn(&mut self, state: State) {
        self.state = state;
        self.made.take();
    }

    /// What it looks like; the same allocation until it is changed.
    pub fn view(&self) -> Arc<GroupView> {
        Arc::clone(self.made.get_or_init(|| Arc::new(self.make())))
    }

    /// What it looks like alone.
    pub fn snapshot(&self) -> Snapshot {
        snapshot(&[self])
    }

    fn make(&self) -> GroupView {
        let job = JobView {
            id: self.job,
            status: Flags::default(),
            state: self.state,
            summary: self.summary.clone(),
            speeds: Vec::new(),
            files: self.chunks.clone(),
        };
        GroupView {
            id: self.group,
            properties: Arc::new(self.properties.clone()),
            status: Flags::INCOMPLETE,
            state: self.state,
            summary: self.summary.clone(),
            waiting: self.waiting,
            error: self.error.clone(),
            created: "2026-01-02T03:04:05Z".parse().unwrap(),
            completed: None,
            anyway: false,
            courtesy: None,
            jobs: Arc::new(vec![Arc::new(job)]),
        }
    }
}

/// Some groups together, in this order.
pub fn snapshot(scenes: &[&Scene]) -> Snapshot {
    Snapshot {
        groups: Arc::new(scenes.iter().map(|scene| scene.view()).collect()),
        ..Snapshot::default()
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
