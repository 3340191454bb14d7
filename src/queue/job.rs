//! One *add*: its files, shown and hidden, and what they come to.
//!
//! The shown half of a file lives where snapshots take it from, in chunks behind
//! `Arc`: a snapshot shares them, and a change copies one chunk of 256, not 100,000 files.

use std::sync::Arc;

use super::command::JobOptions;
use super::file::File;
use super::id::JobId;
use super::snapshot::{CHUNK, FileView, JobView};
use super::sums::Sums;
use crate::download::State;

/// A job.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) id: JobId,
    /// The number of its group, and its place there.
    pub(super) group: u32,
    pub(super) at: u32,
    pub(super) options: Arc<JobOptions>,
    /// Added to a running group, and not to be started yet: its files are suspended.
    pub(super) held: bool,
    /// The options with the group's credentials, made when first needed.
    pub(super) effective: Option<Arc<JobOptions>>,
    /// Secrets of its own that were not kept.
    pub(super) lacks: Lacks,
    pub(super) files: Vec<File>,
    pub(super) chunks: Vec<Arc<Vec<FileView>>>,
    /// How many of each chunk wait, and how many are in error: where to look for the first.
    marks: Vec<Marks>,
    pub(super) sums: Sums,
    pub(super) unsaved: Unsaved,
    /// It is not as `view` shows it.
    pub(super) is_dirty: bool,
    pub(super) view: Option<Arc<JobView>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Marks {
    waiting: u16,
    error: u16,
}

impl Marks {
    fn of(&mut self, state: State) -> Option<&mut u16> {
        match state {
            State::Waiting => Some(&mut self.waiting),
            State::Error => Some(&mut self.error),
            _ => None,
        }
    }
}

/// The secrets that a job needs and a restart has lost.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lacks {
    /// Its own password.
    pub(super) password: bool,
    /// The values of the headers at these places.
    pub(super) headers: Vec<usize>,
    /// The password of its proxy.
    pub(super) proxy: bool,
}

impl Lacks {
    pub(super) fn nothing(&self) -> bool {
        !self.password && self.headers.is_empty() && !self.proxy
    }
}

/// Which files are other than they were saved.
#[derive(Debug, Default)]
pub(super) enum Unsaved {
    #[default]
    Nothing,
    /// The job itself, and these.
    Files(Vec<u32>),
    /// Every one, and the job itself.
    All,
}

impl Job {
    pub(super) fn new(id: JobId, group: u32, at: u32, options: Arc<JobOptions>) -> Self {
        Self {
            id,
            group,
            at,
            options,
            held: false,
            effective: None,
            lacks: Lacks::default(),
            files: Vec::new(),
            chunks: Vec::new(),
            marks: Vec::new(),
            sums: Sums::default(),
            unsaved: Unsaved::All,
            is_dirty: true,
            view: None,
        }
    }

    pub(super) fn view(&self, at: u32) -> &FileView {
        let at = at as usize;
        &self.chunks[at / CHUNK][at % CHUNK]
    }

    /// The shown half, to be changed: only by [`Table::edit`](super::table::Table::edit),
    /// which keeps the sums.
    pub(super) fn view_mut(&mut self, at: u32) -> &mut FileView {
        let at = at as usize;
        &mut Arc::make_mut(&mut self.chunks[at / CHUNK])[at % CHUNK]
    }

    /// Is the chunk of this file shared with a snapshot, so that a change copies it?
    pub(super) fn is_shared(&self, at: u32) -> bool {
        Arc::strong_count(&self.chunks[at as usize / CHUNK]) > 1
    }

    /// Moves a file's mark from one state to the next.
    pub(super) fn mark(&mut self, at: u32, before: Option<State>, after: State) {
        let marks = &mut self.marks[at as usize / CHUNK];
        if let Some(count) = before.and_then(|state| marks.of(state)) {
            *count -= 1;
        }
        if let Some(count) = marks.of(after) {
            *count += 1;
        }
    }

    /// Room for so many files.
    pub(super) fn reserve(&mut self, files: usize) {
        self.files.reserve_exact(files);
        self.chunks.reserve_exact(files.div_ceil(CHUNK));
    }

    /// Appends a file, and gives its place.
    pub(super) fn push(&mut self, file: File, view: FileView, of: usize) -> u32 {
        let at = self.files.len();
        if at.is_multiple_of(CHUNK) {
            self.chunks
                .push(Arc::new(Vec::with_capacity(CHUNK.min(of - at))));
            self.marks.push(Marks::default());
        }
        let chunk = self.chunks.last_mut().and_then(Arc::get_mut);
        chunk
            .expect("a job that grows is not shared yet")
            .push(view);
        self.files.push(file);
        at as u32
    }

    /// The first file in `state` (waiting or error), by the order of the list.
    pub(super) fn first(&self, state: State) -> Option<&FileView> {
        let marked = |marks: &Marks| match state {
            State::Waiting => marks.waiting > 0,
            _ => marks.error > 0,
        };
        let chunk = self.marks.iter().position(marked)?;
        self.chunks[chunk].iter().find(|file| file.state == state)
    }
}
