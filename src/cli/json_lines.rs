//! `--json`: one object a line. First all there is, then what changes, last the summary.
//!
//! What is more than progress (a state, an error, a size) is written at once and always;
//! progress at most ten times a second in all, in turns, and only its latest.

use std::collections::{HashMap, VecDeque};
use std::io::{self, BufWriter, Write};
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use super::follow::{Change, Tally, is_same_but_for_progress};
use crate::queue::snapshot::Summary;
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
    Summary {
        complete: u64,
        failed: u64,
        bytes: u64,
        seconds: f64,
    },
}

/// Progress that has not been written.
enum Progress {
    Group(Arc<GroupView>),
    File(JobId, FileView),
}

/// Writes the lines.
pub struct JsonLines<W: Write> {
    out: BufWriter<W>,
    group: GroupId,
    last: Option<Arc<GroupView>>,
    /// Whose turn it is; what is no longer among the progress is passed over.
    turns: VecDeque<Option<FileId>>,
    progress: HashMap<Option<FileId>, Progress>,
    next: Duration,
}

impl<W: Write> JsonLines<W> {
    /// Nothing written yet.
    pub fn new(group: GroupId, out: W) -> Self {
        Self {
            out: BufWriter::with_capacity(64 * 1024, out),
            group,
            last: None,
            turns: VecDeque::new(),
            progress: HashMap::new(),
            next: Duration::ZERO,
        }
    }

    /// The group is new, or not as it was.
    pub fn group(&mut self, now: &Arc<GroupView>) -> io::Result<()> {
        let last = self.last.replace(Arc::clone(now));
        if let Some(last) = last.filter(|last| is_same_but_for_sums(last, now)) {
            // A stalled group is made anew again and again, and is the same.
            if last.summary != now.summary {
                self.later(None, Progress::Group(Arc::clone(now)));
            }
            return Ok(());
        }
        self.progress.remove(&None);
        self.write(&Line::Group {
            group: Box::new(Group::alone(now)),
        })
    }

    /// A file is new, or not as it was.
    pub fn file(&mut self, change: &Change<'_>) -> io::Result<()> {
        let key = Some(change.after.id);
        if change
            .before
            .is_some_and(|before| is_same_but_for_progress(before, change.after))
        {
            self.later(key, Progress::File(change.job, change.after.clone()));
            return Ok(());
        }
        self.progress.remove(&key);
        self.write(&Line::File {
            group: self.group,
            job: change.job,
            file: Box::new(File::of(change.after)),
        })
    }

    fn later(&mut self, key: Option<FileId>, progress: Progress) {
        if self.progress.insert(key, progress).is_none() && !self.turns.contains(&key) {
            self.turns.push_back(key);
        }
    }

    /// Writes as much progress as is due, and hands over what was written.
    pub fn tick(&mut self, now: Duration) -> io::Result<()> {
        while self.next <= now {
            let Some(key) = self.turns.pop_front() else {
                break;
            };
            if self.write_progress(key)? {
                self.next = self.next.max(now.saturating_sub(SAVED)) + SPACING;
            }
        }
        self.out.flush()
    }

    fn write_progress(&mut self, key: Option<FileId>) -> io::Result<bool> {
        match self.progress.remove(&key) {
            None => return Ok(false),
            Some(Progress::Group(view)) => {
                self.write(&Line::Group {
                    group: Box::new(Group::alone(&view)),
                })?;
            }
            Some(Progress::File(job, view)) => {
                self.write(&Line::File {
                    group: self.group,
                    job,
                    file: Box::new(File::of(&view)),
                })?;
            }
        }
        Ok(true)
    }

    /// Writes what is left, and the summary.
    pub fn finish(&mut self, tally: Tally, took: Duration) -> io::Result<()> {
        while let Some(key) = self.turns.pop_front() {
            self.write_progress(key)?;
        }
        let bytes = self
            .last
            .as_ref()
            .map_or(0, |group| group.summary.progress.bytes);
        let seconds = (took.as_secs_f64() * 1000.0).round() / 1000.0;
        let Tally {
            complete, failed, ..
        } = tally;
        self.write(&Line::Summary {
            complete,
            failed,
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

/// Nothing has changed, or only sums that grow as bytes come.
fn is_same_but_for_sums(a: &GroupView, b: &GroupView) -> bool {
    let at_rest = |summary: &Summary| (summary.files_total, summary.files_done, summary.size);
    a.state == b.state
        && a.status == b.status
        && a.waiting == b.waiting
        && a.error == b.error
        && a.completed == b.completed
        && a.properties == b.properties
        && at_rest(&a.summary) == at_rest(&b.summary)
}

#[cfg(test)]
mod tests;
