//! What the list shows, in order: a day, what completed on it, the day before. All rows are
//! of one height, so that those in sight are known by division.

use std::ops::Range;

use jiff::tz::TimeZone;

use super::row::HEIGHT;
use crate::app::keys::Step;
use crate::engine::HistoryEntry;

/// Rows made above and below those in sight, so that none is missing while it scrolls.
const AROUND: usize = 4;

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A new day begins, with what is at this place of the history.
    Day(usize),
    /// What is at this place of the history.
    Entry(usize),
}

/// All of them.
#[derive(Debug, Clone, Default)]
pub struct Rows(Vec<Row>);

impl Rows {
    /// What is found of these, which are the newest first.
    pub fn new(entries: &[HistoryEntry], search: &str, zone: &TimeZone) -> Self {
        let search = search.trim().to_lowercase();
        let mut rows = Vec::with_capacity(entries.len());
        let mut last = None;
        for (at, entry) in entries.iter().enumerate() {
            if !matches(entry, &search) {
                continue;
            }
            let day = zone.to_datetime(entry.completed).date();
            if last.replace(day) != Some(day) {
                rows.push(Row::Day(at));
            }
            rows.push(Row::Entry(at));
        }
        Self(rows)
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Is nothing found?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The one at this place.
    pub fn get(&self, at: usize) -> Option<Row> {
        self.0.get(at).copied()
    }

    /// Which entry this row is, if it is one.
    pub fn entry(&self, at: usize) -> Option<usize> {
        match self.get(at) {
            Some(Row::Entry(entry)) => Some(entry),
            _ => None,
        }
    }

    /// Where a step leads, from a row or from nowhere; days are stepped over.
    pub fn stepped(&self, from: Option<usize>, step: Step, page: usize) -> Option<usize> {
        let last = self.len().checked_sub(1)?;
        let (to, is_up) = match (step, from) {
            (Step::First, _) => (0, false),
            (Step::Last, _) => (last, true),
            (_, None) => (0, false),
            (Step::Up, Some(from)) => (from.saturating_sub(1), true),
            (Step::PageUp, Some(from)) => (from.saturating_sub(page), true),
            (Step::Down, Some(from)) => (from + 1, false),
            (Step::PageDown, Some(from)) => (from + page, false),
        };
        let to = to.min(last);
        // The first row of all is a day, the last never is.
        let is_day = self.entry(to).is_none();
        Some(if !is_day {
            to
        } else if is_up && to > 0 {
            to - 1
        } else {
            to + 1
        })
    }
}

fn matches(entry: &HistoryEntry, search: &str) -> bool {
    let contains = |text: &str| text.to_lowercase().contains(search);
    search.is_empty()
        || contains(&entry.name)
        || contains(&entry.host)
        || contains(&entry.folder.to_string_lossy())
}

/// Which of so many rows are in sight, and a few around them.
pub fn in_sight(offset: f32, height: f32, count: usize) -> Range<usize> {
    let first = (offset / HEIGHT) as usize;
    let shown = (height / HEIGHT).ceil() as usize;
    let end = (first + shown + AROUND).min(count);
    first.saturating_sub(AROUND).min(end)..end
}
