//! What matters most of a group: what is wrong, how fast, which bytes, and the facts.

use std::path::Path;

use iced::widget::{Column, column, row, text};
use iced::{Element, Fill};
use jiff::Timestamp;

use super::about::About;
use super::facts::{fact, fact_with};
use super::{Message, State, rates, trouble};
use crate::app::dialog::typed::shown;
use crate::app::icon::Icon;
use crate::app::list;
use crate::app::look::{Look, SMALL};
use crate::app::widget::graph::graph;
use crate::app::widget::segments::{Map, segments};
use crate::app::widget::status::tint;
use crate::app::widget::{glyph, line, strong};
use crate::download::State as FileState;
use crate::engine::{Answer, Inspection};
use crate::pace::line::Courtesy;
use crate::queue::GroupView;
use crate::queue::snapshot::FileView;
use crate::words::clean::{clean, clean_link};
use crate::words::moment::moment;
use crate::words::{format, key, say, status};

const GRAPH: f32 = 64.0;
const LOW: f32 = 32.0;
/// A queue of so many microseconds is as high as its graph: shorter ones are seen to be short.
const QUEUE: u64 = 15_000;

pub(super) fn view<'a>(
    state: &State,
    about: &About,
    group: &GroupView,
    now: Timestamp,
    look: Look,
) -> Column<'a, Message> {
    let file = about.file(group);
    let mut all = column![].spacing(16);
    all = all.extend(trouble::view(file, group, now, look));
    all = all.extend(speed(state, group, look));
    // (What stops has a line for a moment longer.)
    let polite = group.courtesy.filter(|_| group.state.is_running());
    all = all.extend(polite.map(|it| courtesy(it, state, group, look)));
    all = all.extend(file.and_then(|file| map(file, about, group, look)));
    let mut facts = column![].spacing(9);
    if let Some(file) = file {
        facts = facts.extend(of_file(
            file,
            about.inspection(file.id),
            state.home.as_deref(),
            now,
            look,
        ));
    }
    all.push(facts.extend(of_group(group, now, look)))
}

/// The last minute, where something ran during it.
fn speed<'a>(state: &State, group: &GroupView, look: Look) -> Option<Element<'a, Message>> {
    let ring = state.rates.of(group.id)?;
    let rate = |bytes| format::rate(bytes, look.language);
    let (now, highest) = (
        rate(group.summary.bytes_per_second),
        rate(ring.highest.max(group.summary.bytes_per_second)),
    );
    let numbers = say!(
        look.language,
        "details-speeds",
        now = now,
        highest = highest
    );
    let head = row![
        strong(say!(look, "details-speed"), SMALL).color(look.colors.muted),
        line(numbers, SMALL)
            .color(look.colors.muted)
            .width(Fill)
            .right(),
    ];
    let graph = graph(ring.values(), rates::SAMPLES, 0, tint(group, look), GRAPH);
    Some(column![head.spacing(8), graph].spacing(8).into())
}

/// What it does that takes only what is free, and the delay it sees.
fn courtesy<'a>(
    courtesy: Courtesy,
    state: &State,
    group: &GroupView,
    look: Look,
) -> Element<'a, Message> {
    let colors = look.colors;
    let rate = group.summary.bytes_per_second;
    let does = status::courtesy(courtesy, rate, None, look.language);
    let does = does.unwrap_or_else(|| say!(look, "courtesy-blind"));
    let does = row![
        glyph(Icon::Leaf, 14.0).color(colors.accent),
        text(does).size(SMALL).color(colors.text).width(Fill),
    ];
    let delay = status::delay(courtesy, look.language).map(|numbers| {
        let head = row![
            strong(say!(look, "details-delay"), SMALL).color(colors.muted),
            line(numbers, SMALL).color(colors.muted).width(Fill).right(),
        ];
        let queues = state.rates.of(group.id).map(|ring| ring.queues());
        let queues = queues.unwrap_or_default();
        let graph = graph(queues, rates::SAMPLES, QUEUE, colors.muted, LOW);
        column![head.spacing(8), graph].spacing(8)
    });
    column![does.spacing(8)].push(delay).spacing(12).into()
}

/// Which bytes of the file are there; only where its length is known.
fn map<'a>(
    file: &FileView,
    about: &About,
    group: &GroupView,
    look: Look,
) -> Option<Element<'a, Message>> {
    let total = file.size.filter(|size| *size > 0)?;
    let seen = about.inspection(file.id);
    let map = if file.state == FileState::Complete {
        let whole = 0..total;
        Map {
            total,
            written: vec![whole],
            in_flight: Vec::new(),
        }
    } else {
        Map {
            total,
            written: seen?.written.iter().collect(),
            // (What was seen last may be older than the stop.)
            in_flight: in_flight(seen?, file.state),
        }
    };
    let connections = match file.connections {
        0 => String::new(),
        count => say!(look, "details-connections", count = count),
    };
    let head = row![
        strong(list::file_name(file), SMALL)
            .color(look.colors.muted)
            .width(Fill),
        line(connections, SMALL).color(look.colors.muted),
    ];
    let color = match file.state {
        FileState::Complete => look.colors.complete,
        FileState::Error => look.colors.error,
        _ => tint(group, look),
    };
    let map = segments(map, color, look);
    Some(column![head.spacing(8), map].spacing(8).into())
}

fn of_file<'a>(
    file: &FileView,
    seen: Option<&Inspection>,
    home: Option<&Path>,
    now: Timestamp,
    look: Look,
) -> Vec<Element<'a, Message>> {
    let link = &file.source.link;
    let mut facts = Vec::new();
    let from = clean_link(&link.to_string());
    facts.push(fact_with(
        look,
        key!("details-from"),
        &from,
        protocol(file, look),
    ));
    if let Some(seen) = seen.filter(|seen| seen.link != *link) {
        let there = clean_link(&seen.link.to_string());
        facts.push(fact(look, key!("details-final-address"), there));
    }
    if let Some(folder) = trouble::folder_of(file, seen) {
        facts.push(fact(look, key!("details-to"), shown(folder, home)));
    }
    if let Some(checksum) = seen.and_then(|seen| seen.checksum.as_ref()) {
        let name = checksum.algorithm.word().to_uppercase();
        let said = if file.state == FileState::Complete {
            say!(look, "details-checksum-right", name = name)
        } else {
            say!(look, "details-checksum-later", name = name)
        };
        facts.push(fact(look, key!("details-checksum"), said));
    }
    if let Some(answer) = seen.and_then(|seen| seen.answer.as_deref()) {
        facts.extend(of_server(answer, now, look));
    }
    facts
}

/// Where the workers are, while there are any.
fn in_flight(seen: &Inspection, state: FileState) -> Vec<u64> {
    let ranges = seen.in_flight.iter().filter(|_| state.is_running());
    ranges.map(|range| range.start).collect()
}

/// `HTTPS, can resume`.
fn protocol(file: &FileView, look: Look) -> String {
    let scheme = if file.source.link.is_secure() {
        "HTTPS"
    } else {
        "HTTP"
    };
    match file.resumable {
        Some(true) => say!(look, "details-resumable", scheme = scheme),
        Some(false) => say!(look, "details-not-resumable", scheme = scheme),
        None => scheme.to_owned(),
    }
}

/// What the server said of the file and of itself, where it did.
fn of_server<'a>(answer: &Answer, now: Timestamp, look: Look) -> Vec<Element<'a, Message>> {
    // A date that is none is shown as it came.
    let modified = answer.modified.as_ref().map(|text| {
        let then = httpdate::parse_http_date(text).ok();
        let then = then.and_then(|then| Timestamp::try_from(then).ok());
        then.map_or_else(|| text.clone(), |then| moment(now, then, look.language))
    });
    let said = [
        (key!("details-type"), answer.content_type.clone()),
        (key!("details-modified"), modified),
        (key!("details-server"), answer.server.clone()),
    ];
    let said = said
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)));
    said.filter(|(_, value)| !clean(value).is_empty())
        .map(|(key, value)| fact(look, key, value))
        .collect()
}

fn of_group<'a>(group: &GroupView, now: Timestamp, look: Look) -> Vec<Element<'a, Message>> {
    let (summary, language) = (&group.summary, look.language);
    let size = match summary.size {
        Some(size) => format::bytes(size, language),
        None => status::amount(summary.progress.bytes, None, language),
    };
    let files = say!(language, "files-all", count = summary.files_total);
    let size = say!(language, "details-size-files", size = size, files = files);
    let mut facts = vec![
        fact(look, key!("details-size"), size),
        fact(
            look,
            key!("details-added"),
            moment(now, group.created, language),
        ),
    ];
    if let Some(then) = group.completed {
        facts.push(fact(
            look,
            key!("details-completed"),
            moment(now, then, language),
        ));
    }
    if let Some(seconds) = summary
        .progress
        .seconds_left
        .filter(|_| !group.state.is_final())
    {
        facts.push(fact(
            look,
            key!("details-left"),
            format::time(seconds, language),
        ));
    }
    facts
}
