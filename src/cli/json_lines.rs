//! `--json`: one object a line. First all there is, then what changes, for `get` last the summary.
//!
//! What is more than progress (a state, an error, a size, an end) is written at once and always;
//! progress at most ten times a second in all, in turns, and only its latest.

use std::collections::{HashMap, VecDeque};
use std::io::{self, BufWriter, Write};
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use super::follow::Seen;
use super::tally::Tally;
use crate::queue::difference::{FileChange, GroupChange};
use crate::queue::{FileId, FileView, GroupId, GroupView, JobId};
use crate::words::json::{File, Group};

/// One line of progress in so long; a little more than a tenth, for ten a second at most.
const SPACING: Duration = Duration::from_millis(110);
/// How much of that may be saved up, so that a late tick loses nothing.
const SAVED: Duration = Duration::from_millis(100);

#[derive(Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
enum Line<'a> {
    Group {
        group: Box<Group<'a>>,
    },
    File {
        group: GroupId,
        job: JobId,
        file: Box<File>,
    },
    Removed {
        id: GroupId,
    },
    Summary {
        complete: u64,
        failed: u64,
        bytes: u64,
        seconds: f64,
    },
}

/// The line of a group that is new, without its end.
///
/// # Errors
/// None that can happen: nothing in it is more than JSON takes.
pub fn group_line(view: &GroupView) -> serde_json::Result<String> {
    serde_json::to_string(&Line::Group {
        group: Box::new(Group::alone(view)),
    })
}

/// Whose progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Group(GroupId),
    File(FileId),
}

/// Progress that has not been written.
enum Progress {
    Group(Arc<GroupView>),
    File(GroupId, JobId, FileView),
}

impl Progress {
    fn group(&self) -> GroupId {
        match self {
            Self::Group(view) => view.id,
            Self::File(group, ..) => *group,
        }
    }
}

/// Writes the lines.
pub struct JsonLines<W: Write> {
    out: BufWriter<W>,
    /// Whose turn it is.
    turns: VecDeque<Key>,
    /// Of each that has a turn; none where it has been told of meanwhile.
    progress: HashMap<Key, Option<Progress>>,
    next: Duration,
}

impl<W: Write> JsonLines<W> {
    /// Nothing written yet.
    pub fn new(out: W) -> Self {
        Self {
            out: BufWriter::with_capacity(64 * 1024, out),
            turns: VecDeque::new(),
            progress: HashMap::new(),
            next: Duration::ZERO,
        }
    }

    /// Takes in what was seen; what is more than progress is written.
    ///
    /// # Errors
    /// Nobody reads any more.
    pub fn see(&mut self, seen: Seen<'_>) -> io::Result<()> {
        match seen {
            Seen::Removed(group) => self.removed(group.id),
            Seen::Group(change) => self.group(change),
            Seen::File(group, change) => self.file(group, change),
        }
    }

    fn group(&mut self, change: GroupChange<'_>) -> io::Result<()> {
        // A stalled group is made anew again and again, and is the same.
        if !change.is_changed() {
            return Ok(());
        }
        let key = Key::Group(change.after.id);
        if change.is_progress() {
            self.later(key, Progress::Group(Arc::clone(change.after)));
            return Ok(());
        }
        self.forget(key);
        self.write(&Line::Group {
            group: Box::new(Group::alone(change.after)),
        })
    }

    fn file(&mut self, group: GroupId, change: FileChange<'_>) -> io::Result<()> {
        let (job, view) = (change.job, change.after);
        let key = Key::File(view.id);
        if change.is_progress() {
            self.later(key, Progress::File(group, job, view.clone()));
            return Ok(());
        }
        self.forget(key);
        self.write(&Line::File {
            group,
            job,
            file: Box::new(File::of(view)),
        })
    }

    fn removed(&mut self, id: GroupId) -> io::Result<()> {
        for progress in self.progress.values_mut() {
            progress.take_if(|progress| progress.group() == id);
        }
        self.write(&Line::Removed { id })
    }

    fn later(&mut self, key: Key, progress: Progress) {
        if self.progress.insert(key, Some(progress)).is_none() {
            self.turns.push_back(key);
        }
    }

    fn forget(&mut self, key: Key) {
        if let Some(progress) = self.progress.get_mut(&key) {
            *progress = None;
        }
    }

    /// Writes as much progress as is due, and hands over what was written.
    ///
    /// # Errors
    /// Nobody reads any more.
    pub fn tick(&mut self, now: Duration) -> io::Result<()> {
        while self.next <= now && !self.turns.is_empty() {
            if self.write_progress()? {
                self.next = self.next.max(now.saturating_sub(SAVED)) + SPACING;
            }
        }
        self.out.flush()
    }

    /// Writes the progress whose turn it is; `false` where there is none to tell.
    fn write_progress(&mut self) -> io::Result<bool> {
        let turn = self.turns.pop_front();
        let progress = turn.and_then(|key| self.progress.remove(&key).flatten());
        match progress {
            None => return Ok(false),
            Some(Progress::Group(view)) => self.write(&Line::Group {
                group: Box::new(Group::alone(&view)),
            })?,
            Some(Progress::File(group, job, view)) => self.write(&Line::File {
                group,
                job,
                file: Box::new(File::of(&view)),
            })?,
        }
        Ok(true)
    }

    /// Writes what is left, and the summary: `bytes` that are there, after so long.
    ///
    /// # Errors
    /// Nobody reads any more.
    pub fn finish(&mut self, tally: Tally, bytes: u64, took: Duration) -> io::Result<()> {
        while !self.turns.is_empty() {
            self.write_progress()?;
        }
        let seconds = (took.as_secs_f64() * 1000.0).round() / 1000.0;
        self.write(&Line::Summary {
            complete: tally.complete,
            failed: tally.failed,
            bytes,
            seconds,
        })?;
        self.out.flush()
    }

    fn write(&mut self, line: &Line<'_>) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, line)?;
        self.out.write_all(b"\n")
    }
}

#[cfg(test)]
mod tests;
