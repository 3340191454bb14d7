//! Groups and files as tables for people.

use std::sync::Arc;

use uuid::Uuid;

use super::layout::{self, Cell, Column};
use super::progress::{name as file_name, percent};
use super::terminal::{CYAN, DIM, GREEN, Page, RED, YELLOW};
use crate::download::State;
use crate::queue::snapshot::Waiting;
use crate::queue::{FileId, FileView, GroupView, JobView};
use crate::words::clean::clean;
use crate::words::{Language, format, say, status};

/// The fewest digits of an id that are shown.
const FEWEST: usize = 8;
/// All there are.
const MOST: usize = 32;

/// How many ids there are in a group, with its own.
pub fn ids_of(group: &GroupView) -> u64 {
    1 + group.jobs.len().max(1) as u64 + group.summary.files_total
}

/// How many digits of an id are shown where all these are on the list.
pub fn digits(groups: &[Arc<GroupView>]) -> usize {
    let likely = digits_for(groups.iter().map(|group| ids_of(group)).sum());
    likely.max(digits_apart(groups)).min(MOST)
}

/// So many that no two of these groups' ids begin alike. (Who chooses ids may choose like ones.)
fn digits_apart(groups: &[Arc<GroupView>]) -> usize {
    let mut ids: Vec<u128> = groups.iter().map(|group| group.id.0.as_u128()).collect();
    ids.sort_unstable();
    let alike = ids.windows(2).map(|two| (two[0] ^ two[1]).leading_zeros());
    alike.max().map_or(0, |bits| bits as usize / 4 + 1)
}

/// So many that it is less likely than one in a thousand that two of `count` ids begin alike.
pub fn digits_for(count: u64) -> usize {
    let pairs = (count as f64).powi(2) / 2.0;
    let is_enough = |digits: &usize| pairs * 16_f64.powi(-(*digits as i32)) < 0.001;
    (FEWEST..MOST).find(is_enough).unwrap_or(MOST)
}

/// The beginning of an id.
pub fn short(id: Uuid, digits: usize) -> String {
    let mut left = digits;
    let text = id.to_string();
    let is_kept = |c: &char| {
        let is_kept = left > 0;
        left -= usize::from(is_kept && *c != '-');
        is_kept
    };
    text.chars().take_while(is_kept).collect()
}

/// What a group is called: by its name, its first file, or how many files it has.
pub fn name(group: &GroupView, language: Language) -> String {
    let jobs = group.jobs.iter().flat_map(|job| job.files.iter());
    let first = jobs.flat_map(|chunk| chunk.iter()).next().map(file_name);
    let total = group.summary.files_total;
    let first = first.or_else(|| (total > 0).then(|| say!(language, "files-all", count = total)));
    clean(&status::name(
        &group.properties.name,
        first.as_deref(),
        language,
    ))
}

/// The word of a state; where it waits, why.
pub fn state_word(state: State, waiting: Option<Waiting>, language: Language) -> String {
    match waiting.filter(|_| state == State::Waiting) {
        Some(waiting) => status::waiting(waiting.reason, language),
        None => status::state(state, language),
    }
}

fn state(state: State, waiting: Option<Waiting>, language: Language) -> Cell {
    let colour = match state {
        State::Complete => GREEN,
        State::Error => RED,
        State::Connecting | State::Transferring | State::Verifying => CYAN,
        State::Waiting => YELLOW,
        State::Suspended | State::Queued | State::Cancelled => DIM,
    };
    Cell::coloured(state_word(state, waiting, language), colour)
}

fn column(heading: String, is_right: bool, rank: u8) -> Column {
    Column {
        heading,
        is_right,
        rank,
    }
}

/// A line for the headings, and one for each of these groups.
pub fn groups(
    groups: &[Arc<GroupView>],
    digits: usize,
    page: Page,
    language: Language,
) -> Vec<String> {
    let columns = [
        column(say!(language, "property-id"), false, 0),
        column(say!(language, "queue-state"), false, 1),
        column("%".to_owned(), true, 2),
        column(say!(language, "sort-size"), true, 3),
        column(say!(language, "sort-speed"), true, 4),
        column(say!(language, "sort-left"), true, 5),
        column(say!(language, "sort-name"), false, 0),
    ];
    let rows: Vec<Vec<Cell>> = groups
        .iter()
        .map(|group| self::group(group, digits, language))
        .collect();
    layout::table(&columns, &rows, page)
}

fn group(group: &GroupView, digits: usize, language: Language) -> Vec<Cell> {
    let summary = &group.summary;
    let progress = summary.progress;
    let percent = progress.percent.map(|part| format::percent(part, language));
    let left = progress
        .seconds_left
        .map(|left| format::time(left, language));
    let amount = match summary.files_total {
        0 => String::new(),
        _ => status::amount(progress.bytes, summary.size, language),
    };
    vec![
        short(group.id.0, digits).into(),
        state(group.state, group.waiting, language),
        percent.unwrap_or_default().into(),
        amount.into(),
        speed(summary.bytes_per_second, language),
        left.unwrap_or_default().into(),
        name(group, language).into(),
    ]
}

fn speed(bytes_per_second: u64, language: Language) -> Cell {
    let speed = status::speed(bytes_per_second, language);
    speed.unwrap_or_default().into()
}

/// A line for the headings, and one for each file of a job.
pub fn files(job: &JobView, digits: usize, page: Page, language: Language) -> Vec<String> {
    let columns = [
        column(say!(language, "property-id"), false, 0),
        column(say!(language, "queue-state"), false, 1),
        column("%".to_owned(), true, 2),
        column(say!(language, "sort-size"), true, 3),
        column(say!(language, "sort-speed"), true, 4),
        column(say!(language, "sort-name"), false, 0),
    ];
    let files = job.files.iter().flat_map(|chunk| chunk.iter());
    let rows: Vec<Vec<Cell>> = files
        .map(|file| row_of_file(file, speed_of(job, file.id), digits, language))
        .collect();
    layout::table(&columns, &rows, page)
}

fn speed_of(job: &JobView, file: FileId) -> u64 {
    let found = job.speeds.iter().find(|(id, _)| *id == file);
    found.map_or(0, |(_, speed)| *speed)
}

fn row_of_file(file: &FileView, rate: u64, digits: usize, language: Language) -> Vec<Cell> {
    // As with groups: 100 is for what is complete alone.
    let most = if file.state == State::Complete {
        100
    } else {
        99
    };
    let percent = file
        .size
        .map(|size| format::percent(percent(file.bytes, size).min(most), language));
    vec![
        short(file.id.0, digits).into(),
        state(file.state, file.waiting, language),
        percent.unwrap_or_default().into(),
        status::amount(file.bytes, file.size, language).into(),
        speed(rate, language),
        file_name(file).into(),
    ]
}

#[cfg(test)]
mod tests;
