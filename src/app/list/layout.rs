//! Where the rows are: a running sum of rows and pixels over the groups that are shown, and
//! inside an open one over its jobs.
//!
//! Rows of files are never stored, only counted. So finding the row at a height, or the
//! height of a row, is a search in two sorted lists, however many files are open.

use std::collections::HashMap;
use std::sync::Arc;

use crate::queue::{GroupId, GroupView};

/// How high rows are, in pixels; whole ones, so that sums stay exact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heights {
    /// Of a group's row.
    pub group: f32,
    /// Of the line above a job's files, where a group has more than one job.
    pub job: f32,
    /// Of a file's row.
    pub file: f32,
}

impl Heights {
    /// With room.
    pub const COMFORTABLE: Self = Self {
        group: 76.0,
        job: 32.0,
        file: 52.0,
    };
    /// More at a glance.
    pub const COMPACT: Self = Self {
        group: 52.0,
        job: 28.0,
        file: 40.0,
    };
}

/// What is at a row of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    /// The group itself.
    Group,
    /// The line above the files of this job.
    Job(usize),
    /// This file of this job.
    File(usize, usize),
}

/// A row inside its group: what it is, how far below the group's top, how high.
pub(super) type Inside = (Spot, f64, f32);

/// A group that is shown.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) id: GroupId,
    /// Its number among the entries.
    pub(super) entry: usize,
    /// Its first row.
    pub(super) row: usize,
    pub(super) y: f64,
    /// Where it is open.
    inner: Option<Inner>,
}

impl Block {
    pub(super) fn is_open(&self) -> bool {
        self.inner.is_some()
    }

    /// All its rows together.
    pub(super) fn height(&self, heights: Heights) -> f64 {
        let closed = f64::from(heights.group);
        self.inner.as_ref().map_or(closed, |inner| inner.height)
    }
}

/// The rows below an open group's own.
#[derive(Debug)]
struct Inner {
    /// Of each job: its first row and its top, counted from the group's.
    jobs: Vec<(usize, f64)>,
    has_heads: bool,
    /// All rows and pixels, with the group's own.
    rows: usize,
    height: f64,
}

impl Inner {
    fn of(group: &GroupView, heights: Heights) -> Self {
        let has_heads = group.jobs.len() > 1;
        let (mut rows, mut height) = (1, f64::from(heights.group));
        let mut jobs = Vec::with_capacity(group.jobs.len());
        for job in group.jobs.iter() {
            jobs.push((rows, height));
            let files: usize = job.files.iter().map(|chunk| chunk.len()).sum();
            rows += files + usize::from(has_heads);
            height += files as f64 * f64::from(heights.file);
            height += if has_heads {
                f64::from(heights.job)
            } else {
                0.0
            };
        }
        Self {
            jobs,
            has_heads,
            rows,
            height,
        }
    }

    /// What is at a row below the group's own.
    fn at_row(&self, row: usize, heights: Heights) -> Inside {
        let job = self.jobs.partition_point(|(first, _)| *first <= row) - 1;
        let (first, y) = self.jobs[job];
        match (row - first).checked_sub(usize::from(self.has_heads)) {
            None => (Spot::Job(job), y, heights.job),
            Some(file) => (
                Spot::File(job, file),
                self.first_file(job, heights) + file as f64 * f64::from(heights.file),
                heights.file,
            ),
        }
    }

    /// The row at a height below the group's own.
    fn at_y(&self, y: f64, heights: Heights) -> usize {
        let job = self.jobs.partition_point(|(_, top)| *top <= y) - 1;
        let below = y - self.first_file(job, heights);
        if below < 0.0 {
            return self.jobs[job].0;
        }
        let file = (below / f64::from(heights.file)) as usize;
        self.row_of(job, file)
    }

    fn row_of(&self, job: usize, file: usize) -> usize {
        self.jobs[job].0 + usize::from(self.has_heads) + file
    }

    fn first_file(&self, job: usize, heights: Heights) -> f64 {
        let head = if self.has_heads { heights.job } else { 0.0 };
        self.jobs[job].1 + f64::from(head)
    }
}

/// Where all rows are.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) blocks: Vec<Block>,
    pub(super) heights: Heights,
    pub(super) rows: usize,
    pub(super) height: f64,
    /// The place of each group among the blocks.
    places: HashMap<GroupId, usize>,
}

impl Layout {
    pub(super) fn new(heights: Heights) -> Self {
        Self {
            blocks: Vec::new(),
            heights,
            rows: 0,
            height: 0.0,
            places: HashMap::new(),
        }
    }

    /// Lays these out (number, id, group, is it open?); gives back the blocks from before.
    pub(super) fn arrange<'a>(
        &mut self,
        groups: impl Iterator<Item = (usize, GroupId, &'a Arc<GroupView>, bool)>,
    ) -> Vec<Block> {
        let mut blocks = Vec::with_capacity(self.blocks.len());
        (self.rows, self.height) = (0, 0.0);
        for (entry, id, group, is_open) in groups {
            let inner = is_open.then(|| Inner::of(group, self.heights));
            let block = Block {
                id,
                entry,
                row: self.rows,
                y: self.height,
                inner,
            };
            self.rows += block.inner.as_ref().map_or(1, |inner| inner.rows);
            self.height += block.height(self.heights);
            blocks.push(block);
        }
        let before = std::mem::replace(&mut self.blocks, blocks);
        let ids = |block: &Block| block.id;
        if !before.iter().map(ids).eq(self.blocks.iter().map(ids)) {
            let numbered = self.blocks.iter().enumerate();
            self.places = numbered.map(|(place, block)| (block.id, place)).collect();
        }
        before
    }

    /// The place of a group; `None` where it is not shown.
    pub(super) fn place(&self, id: GroupId) -> Option<usize> {
        self.places.get(&id).copied()
    }

    /// The place of the group that is at a height; the last one's below all.
    pub(super) fn place_at(&self, y: f64) -> Option<usize> {
        self.blocks
            .partition_point(|block| block.y <= y)
            .checked_sub(1)
    }

    /// The row at a height; `None` above and below all.
    pub(super) fn row_at(&self, y: f64) -> Option<usize> {
        if !(0.0..self.height).contains(&y) {
            return None;
        }
        let block = &self.blocks[self.place_at(y)?];
        let below = y - block.y;
        let inside = match &block.inner {
            Some(inner) if below >= f64::from(self.heights.group) => {
                inner.at_y(below, self.heights)
            }
            _ => 0,
        };
        Some(block.row + inside)
    }

    /// The group of a row, and what of it the row is.
    pub(super) fn row(&self, row: usize) -> Option<(&Block, Inside)> {
        if row >= self.rows {
            return None;
        }
        let place = self.blocks.partition_point(|block| block.row <= row) - 1;
        let block = &self.blocks[place];
        let inside = match (&block.inner, row - block.row) {
            (Some(inner), row @ 1..) => inner.at_row(row, self.heights),
            _ => (Spot::Group, 0.0, self.heights.group),
        };
        Some((block, inside))
    }

    /// The row of a file in an open group; `None` where the group is closed or not shown.
    pub(super) fn row_of_file(&self, id: GroupId, job: usize, file: usize) -> Option<usize> {
        let block = &self.blocks[self.place(id)?];
        Some(block.row + block.inner.as_ref()?.row_of(job, file))
    }
}
