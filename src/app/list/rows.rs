//! The rows themselves, made as they are asked for.

use super::layout::{Block, Spot};
use super::{Facts, List};
use crate::queue::{FileId, FileView, GroupId, GroupView, JobView};

/// What a row stands for, wherever it is. (The line above a job's files stands for nothing:
/// it is neither pressed nor chosen.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Row {
    /// A group.
    Group(GroupId),
    /// A file of a group.
    File(GroupId, FileId),
}

impl Row {
    /// The group that it is, or is in.
    #[must_use]
    pub fn group(self) -> GroupId {
        match self {
            Self::Group(id) | Self::File(id, _) => id,
        }
    }
}

/// What a row shows.
#[derive(Debug, Clone, Copy)]
pub enum RowKind<'a> {
    /// The group.
    Group,
    /// The line above the files of a job.
    Job(&'a JobView),
    /// A file.
    File(&'a FileView),
}

/// A row, to be drawn.
#[derive(Debug, Clone, Copy)]
pub struct RowView<'a> {
    /// What it shows.
    pub kind: RowKind<'a>,
    /// Of which group.
    pub group: &'a GroupView,
    /// What else there is to say of that.
    pub facts: &'a Facts,
    /// Its number, from the top.
    pub number: usize,
    /// Its top, in pixels from the list's.
    pub y: f32,
    /// In pixels.
    pub height: f32,
    /// It is chosen (a file: it has the cursor).
    pub is_selected: bool,
    /// The keyboard is at it.
    pub is_cursor: bool,
    /// The group is open.
    pub is_expanded: bool,
}

impl RowView<'_> {
    /// What it stands for; `None` for the line above a job's files.
    #[must_use]
    pub fn row(&self) -> Option<Row> {
        match self.kind {
            RowKind::Group => Some(Row::Group(self.group.id)),
            RowKind::Job(_) => None,
            RowKind::File(file) => Some(Row::File(self.group.id, file.id)),
        }
    }
}

impl List {
    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.layout.rows
    }

    /// No row is shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.layout.rows == 0
    }

    /// Of all rows together, in pixels.
    #[must_use]
    pub fn total_height(&self) -> f32 {
        self.layout.height as f32
    }

    /// The number of the row at a height (pixels from the top); `None` above and below all.
    #[must_use]
    pub fn row_at(&self, y: f32) -> Option<usize> {
        self.layout.row_at(f64::from(y))
    }

    /// The rows of which anything is between two heights (pixels from the top).
    pub fn rows_in(&self, from: f32, to: f32) -> impl Iterator<Item = RowView<'_>> {
        let first = self.row_at(from.max(0.0)).unwrap_or(self.rows());
        (first..self.rows())
            .map_while(|number| self.row(number))
            .take_while(move |row| row.y < to)
    }

    /// A row by its number.
    #[must_use]
    pub fn row(&self, number: usize) -> Option<RowView<'_>> {
        let (block, (spot, below, height)) = self.layout.row(number)?;
        let entry = &self.entries[block.entry];
        let kind = kind_at(&entry.group, spot)?;
        let mut row = RowView {
            kind,
            group: &entry.group,
            facts: entry.facts(),
            number,
            y: (block.y + below) as f32,
            height,
            is_selected: false,
            is_cursor: false,
            is_expanded: self.expanded.contains(&block.id),
        };
        let cursor = self.selection.cursor();
        row.is_cursor = cursor.is_some() && cursor == row.row();
        row.is_selected = match kind {
            RowKind::Group => self.selection.contains(block.id),
            _ => row.is_cursor && self.selection.contains(block.id),
        };
        Some(row)
    }

    /// The number of a row; that of its group where a file is not shown or not there.
    pub(super) fn number_of(&self, row: Row) -> Option<usize> {
        let block: &Block = &self.layout.blocks[self.layout.place(row.group())?];
        let Row::File(id, file) = row else {
            return Some(block.row);
        };
        let shown = place_of(&self.entries[block.entry].group, file)
            .and_then(|(job, at)| self.layout.row_of_file(id, job, at));
        shown.or(Some(block.row))
    }
}

fn kind_at(group: &GroupView, spot: Spot) -> Option<RowKind<'_>> {
    Some(match spot {
        Spot::Group => RowKind::Group,
        Spot::Job(job) => RowKind::Job(group.jobs.get(job)?),
        Spot::File(job, file) => RowKind::File(file_at(group.jobs.get(job)?, file)?),
    })
}

fn file_at(job: &JobView, mut at: usize) -> Option<&FileView> {
    for chunk in &job.files {
        if at < chunk.len() {
            return chunk.get(at);
        }
        at -= chunk.len();
    }
    None
}

/// The job of a file, and its place there.
fn place_of(group: &GroupView, id: FileId) -> Option<(usize, usize)> {
    let mut jobs = group.jobs.iter().enumerate();
    jobs.find_map(|(number, job)| {
        let mut files = job.files.iter().flat_map(|chunk| chunk.iter());
        Some((number, files.position(|file| file.id == id)?))
    })
}
