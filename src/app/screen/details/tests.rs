//! The panel by calls of `update`, and by what its view says and does when it is pressed.

mod overview;
mod properties;
mod tabs;

use std::path::PathBuf;
use std::sync::Arc;

use iced_test::Simulator;
use jiff::Timestamp;

use super::*;
use crate::app;
use crate::app::icon::Icon;
use crate::app::list;
use crate::app::look::REGULAR;
use crate::download::{Link, RangeSet, State as FileState};
use crate::queue::snapshot::{FileSource, FileView, Progress, Summary};
use crate::queue::{Flags, JobId, JobView, Properties};
use crate::settings::{Accent, Density};
use crate::words::Language;

/// So many milliseconds after noon of a day.
pub(super) fn moment(milliseconds: i64) -> Timestamp {
    let noon: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
    noon + jiff::SignedDuration::from_millis(milliseconds)
}

pub(super) fn look() -> Look {
    Look::new(
        false,
        Accent::default(),
        Density::default(),
        Language::English,
    )
}

/// A file of this name, half of 2 MB there (all of it, where it is complete).
pub(super) fn file(name: &str, state: FileState) -> FileView {
    let link = Link::parse(&format!("https://example.org/pub/{name}?key=s3cret")).unwrap();
    let is_complete = state == FileState::Complete;
    FileView {
        id: FileId::random(),
        source: Arc::new(FileSource { link, name: None }),
        path: Some(Arc::new(PathBuf::from(format!(
            "/home/ann/Downloads/{name}"
        )))),
        state,
        size: Some(2_000_000),
        bytes: if is_complete { 2_000_000 } else { 1_000_000 },
        connections: if state.is_running() { 8 } else { 0 },
        resumable: Some(true),
        waiting: None,
        error: None,
    }
}

/// A group with these files in one job.
pub(super) fn group(state: FileState, files: Vec<FileView>) -> GroupView {
    let total = files.len() as u64;
    let sum = |amount: fn(&FileView) -> u64| files.iter().map(amount).sum();
    let summary = Summary {
        size: Some(sum(|file| file.size.unwrap_or(0))),
        size_known: 0,
        files_total: total,
        files_done: sum(|file| u64::from(file.state == FileState::Complete)),
        progress: Progress {
            bytes: sum(|file| file.bytes),
            percent: Some(50),
            seconds_left: (state == FileState::Transferring).then_some(134),
        },
        bytes_per_second: 0,
    };
    let status = match state {
        FileState::Complete => Flags::COMPLETE,
        FileState::Cancelled => Flags::NONE,
        FileState::Error => Flags::INCOMPLETE.with(Flags::ERROR).with(Flags::SUSPENDED),
        _ => Flags::INCOMPLETE,
    };
    let job = JobView {
        id: JobId::random(),
        status,
        state,
        summary: summary.clone(),
        speeds: Vec::new(),
        files: files
            .chunks(256)
            .map(|chunk| Arc::new(chunk.to_vec()))
            .collect(),
    };
    GroupView {
        id: GroupId::random(),
        properties: Arc::new(Properties::default()),
        status,
        state,
        summary,
        waiting: None,
        error: None,
        created: moment(-60_000),
        completed: None,
        anyway: false,
        courtesy: None,
        jobs: Arc::new(vec![Arc::new(job)]),
    }
}

/// A panel that writes `/home/ann` as `~`.
pub(super) fn panel(tab: Tab) -> State {
    State {
        tab,
        home: Some("/home/ann".into()),
        ..State::default()
    }
}

pub(super) fn inspection(link: &str) -> Inspection {
    let mut written = RangeSet::new();
    written.insert(0..1_000_000);
    Inspection {
        link: Link::parse(link).unwrap(),
        total: Some(2_000_000),
        written,
        in_flight: vec![1_000_000..1_500_000, 1_500_000..2_000_000],
        checksum: None,
        folder: "/home/ann/Downloads".into(),
        answer: None,
    }
}

/// The panel as it is drawn for one group.
pub(super) fn shown<'a>(state: &'a State, group: &'a GroupView) -> Simulator<'a, Message> {
    drawn(state.view(Some(group), None, moment(0), look()))
}

pub(super) fn drawn<'a>(view: Element<'a, Message>) -> Simulator<'a, Message> {
    let settings = iced::Settings {
        default_font: REGULAR,
        fonts: app::fonts(),
        ..iced::Settings::default()
    };
    Simulator::with_size(settings, (340.0, 800.0), view)
}

/// The messages of pressing what has this text.
pub(super) fn press(state: &State, group: &GroupView, text: &str) -> Vec<Message> {
    let mut view = shown(state, group);
    view.click(text)
        .unwrap_or_else(|error| panic!("{text}: {error}"));
    view.into_messages().collect()
}
