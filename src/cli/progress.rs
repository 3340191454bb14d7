//! Progress on a terminal: a line for each file that runs, one for all, and what has
//! ended scrolls away above them.
//!
//! Only files that run have a row here, so that 100,000 that wait cost nothing.

mod line;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::Timestamp;

use line::{Moment, Pen};
pub use line::{name, percent};

use super::report;
use super::tally::{Standing, Tally};
use super::terminal::{self, Style};
use crate::download::State;
use crate::download::rate::Rate;
use crate::queue::difference::FileChange;
use crate::queue::{FileId, FileView, GroupView};
use crate::words::Language;

/// Most files that have a line of their own.
const MOST_ROWS: usize = 12;
const DRAWN_A_SECOND: u8 = 10;

/// A file that runs.
#[derive(Debug)]
struct Row {
    view: FileView,
    rate: Rate,
    /// Bytes that were there when it was first seen to run, and when that was.
    from: (u64, Duration),
}

/// What is drawn.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    style: Style,
    language: Language,
    /// In the order in which they began to run.
    rows: BTreeMap<u64, Row>,
    places: HashMap<FileId, u64>,
    begun: u64,
    group: Option<Arc<GroupView>>,
    /// What will scroll away with the next drawing.
    ended: Vec<String>,
    frame: usize,
}

impl Progress {
    /// Nothing drawn yet.
    pub fn new(style: Style, language: Language) -> Self {
        let bar = ProgressBar::no_length();
        bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(DRAWN_A_SECOND));
        if let Ok(template) = ProgressStyle::with_template("{msg}") {
            bar.set_style(template);
        }
        Self {
            bar,
            style,
            language,
            rows: BTreeMap::new(),
            places: HashMap::new(),
            begun: 0,
            group: None,
            ended: Vec::new(),
            frame: 0,
        }
    }

    /// The group has changed.
    pub fn group(&mut self, now: &Arc<GroupView>) {
        self.group = Some(Arc::clone(now));
    }

    /// A file has changed.
    pub fn file(&mut self, change: &FileChange<'_>, now: Duration) {
        let file = change.after;
        let standing = Standing::of(file);
        if standing == Standing::Open && is_shown(file) {
            return self.show(file, now);
        }
        let row = self
            .places
            .remove(&file.id)
            .and_then(|place| self.rows.remove(&place));
        if Standing::reached(change) == Some(standing) && standing != Standing::Open {
            self.end(file, standing, row, now);
        }
    }

    fn show(&mut self, file: &FileView, now: Duration) {
        let place = *self.places.entry(file.id).or_insert_with(|| {
            self.begun += 1;
            self.begun
        });
        let row = self.rows.entry(place).or_insert_with(|| Row {
            view: file.clone(),
            rate: Rate::new(),
            from: (file.bytes, now),
        });
        // Fetched from its start again: so is its average.
        if file.bytes < row.from.0 {
            row.from = (file.bytes, now);
        }
        row.rate.add(file.bytes, now);
        row.view = file.clone();
    }

    /// A single file's failure is told once, at the end.
    fn end(&mut self, file: &FileView, standing: Standing, row: Option<Row>, now: Duration) {
        let pen = self.pen();
        if standing == Standing::Complete {
            let average = row.and_then(|row| average(file.bytes, row.from, now));
            self.ended.push(pen.complete(file, average));
        } else if self.is_many() {
            self.ended.push(pen.failed(file));
        }
    }

    fn is_many(&self) -> bool {
        self.group
            .as_ref()
            .is_some_and(|group| group.summary.files_total > 1)
    }

    fn pen(&self) -> Pen {
        let (columns, _) = terminal::size();
        // The last column stays free: some terminals go on to the next line there.
        Pen {
            style: self.style,
            language: self.language,
            room: columns.saturating_sub(1),
        }
    }

    /// Writes a line above the progress.
    pub fn note(&mut self, text: String) {
        self.ended.push(text);
    }

    /// Draws what there is.
    pub fn draw(&mut self, tally: Tally, now: Duration, wall: Timestamp) {
        self.scroll();
        self.frame += 1;
        let pen = self.pen();
        let (_, rows) = terminal::size();
        let most = MOST_ROWS.min(rows.saturating_sub(3)).max(1);
        let shown = self.chosen(most);
        let moment = Moment {
            frame: self.frame,
            steady: now,
            wall,
        };
        let mut lines = pen.running(&shown, moment);
        if self.rows.len() > shown.len() {
            lines.push(pen.more(self.rows.len() - shown.len()));
        }
        if let Some(group) = self.group.as_deref().filter(|_| self.is_many()) {
            lines.push(pen.total(&group.summary, tally));
        }
        self.bar.set_message(lines.join("\n"));
    }

    /// Those that transfer go before those that only wait or are verified; none jumps.
    fn chosen(&self, most: usize) -> Vec<&Row> {
        let transfers = |row: &Row| row.view.state == State::Transferring;
        let mut places: Vec<u64> = self
            .rows
            .iter()
            .filter(|(_, row)| transfers(row))
            .chain(self.rows.iter().filter(|(_, row)| !transfers(row)))
            .map(|(place, _)| *place)
            .take(most)
            .collect();
        places.sort_unstable();
        places.iter().map(|place| &self.rows[place]).collect()
    }

    /// Leaves the screen as it is: the terminal has written `^C` into it, so that nothing
    /// stands where it was thought to.
    pub fn stop(&mut self, note: &str) {
        self.bar.set_draw_target(ProgressDrawTarget::hidden());
        report::line(&format!("\n{note}"));
    }

    fn scroll(&mut self) {
        if !self.ended.is_empty() {
            self.bar.println(std::mem::take(&mut self.ended).join("\n"));
        }
    }

    /// Leaves what has ended on the screen, and the sums where there were many.
    pub fn finish(&mut self, tally: Tally) {
        if let Some(group) = self.group.as_deref().filter(|_| self.is_many()) {
            let total = self.pen().end(&group.summary, tally);
            self.ended.push(total);
        }
        self.scroll();
        self.bar.finish_and_clear();
    }
}

/// It runs, or it has run and is between two tries.
fn is_shown(file: &FileView) -> bool {
    match file.state {
        State::Connecting | State::Transferring | State::Verifying => true,
        State::Waiting => file.error.is_some(),
        _ => false,
    }
}

/// Bytes a second since it was first seen to run, where that was long enough to mean something.
fn average(bytes: u64, from: (u64, Duration), now: Duration) -> Option<u64> {
    let (there, since) = from;
    let seconds = now.saturating_sub(since).as_secs_f64();
    let came = bytes.saturating_sub(there);
    (seconds >= 0.1 && came > 0).then(|| (came as f64 / seconds) as u64)
}

#[cfg(test)]
mod tests;
