//! The row of a group: two lines and a bar, and three actions that are always at the same
//! place.

use iced::widget::{Row, column, container, row, space};
use iced::{Center, Element, Fill, Length};
use jiff::Timestamp;

use super::Message;
use crate::app::Deed;
use crate::app::icon::Icon;
use crate::app::list::Facts;
use crate::app::list::Row as Which;
use crate::app::look::{Look, NAME, SMALL};
use crate::app::widget::button::{self, Kind, hinted, row_button};
use crate::app::widget::line::Line;
use crate::app::widget::status::{badges, far, tint};
use crate::app::widget::{area, bar, beside, glyph, line, rule, strong};
use crate::download::State;
use crate::queue::{Flags, GroupView, JobView};
use crate::settings::Density;
use crate::words::explain::explain;
use crate::words::{Language, format, key, say, status};

/// What of a row is not the group's own.
#[derive(Debug, Clone, Copy)]
pub struct Around {
    /// It is chosen.
    pub is_chosen: bool,
    /// The keyboard is at it.
    pub has_cursor: bool,
    /// It will be cancelled in a moment: nothing else can be done to it.
    pub is_doomed: bool,
    /// Its files are shown.
    pub is_open: bool,
    /// There is room for few words.
    pub is_narrow: bool,
    /// Where the running piece of a bar is.
    pub phase: f32,
    /// Now.
    pub now: Timestamp,
}

/// The row, `height` high.
pub fn view<'a>(
    group: &GroupView,
    facts: &Facts,
    around: Around,
    height: f32,
    look: Look,
) -> Element<'a, Message> {
    let colors = look.colors;
    let is_compact = look.density == Density::Compact;
    let name = status::name(
        &group.properties.name,
        facts.first_name.as_deref(),
        look.language,
    );
    let percent = group.summary.progress.percent;
    let percent = percent.map_or_else(String::new, |percent| {
        format::percent(percent, look.language)
    });
    let head = row![
        beside(
            strong(name, NAME).color(colors.text),
            Row::with_children(badges(group, look)).spacing(6),
            8.0,
        ),
        // As wide as the widest: nothing jumps when the number changes.
        strong(percent, NAME).color(colors.text).width(48).right(),
    ];
    let progress = bar(
        far(&group.summary, group.state, around.phase),
        tint(group, look),
        // Seen on the ground of a chosen row, too.
        if around.is_chosen {
            colors.faint.scale_alpha(0.3)
        } else {
            colors.track
        },
        if is_compact { 3.0 } else { 4.0 },
    );
    let below = row![
        below(group, facts, look).width(Fill),
        right(group, around, look)
    ];
    let middle = column![
        head.spacing(8).align_y(Center),
        progress,
        below.spacing(12).align_y(Center),
    ]
    .spacing(if is_compact { 3 } else { 7 })
    .width(Fill);
    let content = row![
        opener(group, around.is_open, look),
        glyph(facts.icon, 18.0).color(colors.muted),
        space().width(4),
        middle,
        space().width(6),
        actions(group, around.is_doomed, look),
    ]
    .spacing(6)
    .height(height - 1.0)
    .padding([0, 12])
    .align_y(Center);
    framed(content.into(), Which::Group(group.id), around, look)
}

/// A row's ground, its line below, and what pressing it means.
pub fn framed<'a>(
    content: Element<'a, Message>,
    which: Which,
    around: Around,
    look: Look,
) -> Element<'a, Message> {
    let colors = look.colors;
    let mark = if around.has_cursor {
        colors.accent
    } else {
        iced::Color::TRANSPARENT
    };
    let edge = container(space())
        .width(3)
        .height(Fill)
        .style(move |_| container::background(mark));
    let ground = container(row![edge, content]).style(move |_| container::Style {
        background: around.is_chosen.then_some(colors.selected.into()),
        ..Default::default()
    });
    let pressed = area(ground, Message::Chose(which), colors.hovered)
        .on_double(Some(Message::Entered(which)))
        .on_menu(move |at| Message::Menu(which, at));
    column![pressed, rule(look)].into()
}

fn opener<'a>(group: &GroupView, is_open: bool, look: Look) -> Element<'a, Message> {
    let (icon, hint) = if is_open {
        (Icon::ChevronDown, key!("row-collapse"))
    } else {
        (Icon::ChevronRight, key!("row-expand"))
    };
    let opener = button::button(look, Kind::Quiet, glyph(icon, 14.0))
        .padding(4)
        .on_press_maybe((!group.jobs.is_empty()).then_some(Message::Expand(group.id)))
        .out_of_tab();
    hinted(look, opener, look.say(hint))
}

/// `12.4 GB of 18.1 GB · 3 of 4 files · debian.org`.
fn below<'a>(group: &GroupView, facts: &Facts, look: Look) -> Line<'a> {
    let summary = &group.summary;
    let amount = status::amount(summary.progress.bytes, summary.size, look.language);
    let mut parts = vec![amount, status::files(summary, look.language)];
    match facts.hosts {
        0 => {}
        1 => parts.push(facts.host.to_string()),
        count => parts.push(say!(look, "row-servers", count = count)),
    }
    line(parts.join("  ·  "), SMALL).color(look.colors.muted)
}

/// How fast and how long; or why not.
fn right<'a>(group: &GroupView, around: Around, look: Look) -> Element<'a, Message> {
    let colors = look.colors;
    let language = look.language;
    if let Some(problem) = group
        .error
        .as_ref()
        .filter(|_| group.status.contains(Flags::ERROR))
    {
        let told = explain(&problem.failure, language);
        let hint = told.hint_without_options();
        return hinted(look, line(told.message, SMALL).color(colors.error), hint);
    }
    if Deed::Anyway.applies(group) {
        return waits_for_better(group, around, look);
    }
    let text = match (group.state, group.waiting) {
        (State::Waiting, Some(waiting)) => status::countdown(waiting, around.now, language),
        (State::Complete, _) => group
            .completed
            .map(|at| crate::words::moment::moment(around.now, at, language)),
        (State::Queued | State::Connecting | State::Verifying, _) => {
            Some(status::state(group.state, language))
        }
        _ => running(group, around.is_narrow, language),
    };
    line(text.unwrap_or_default(), SMALL)
        .color(colors.muted)
        .into()
}

/// Until when, and the way around.
fn waits_for_better<'a>(group: &GroupView, around: Around, look: Look) -> Element<'a, Message> {
    let until = group
        .waiting
        .and_then(|waiting| status::countdown(waiting, around.now, look.language));
    let until = until.filter(|_| !around.is_narrow);
    let anyway = look.say(Deed::Anyway.word());
    let anyway = button::button(look, Kind::Link, strong(anyway, SMALL))
        .padding([1, 6])
        .out_of_tab()
        .on_press_maybe((!around.is_doomed).then_some(Message::Do(Deed::Anyway, group.id)));
    row![]
        .push(until.map(|until| line(until, SMALL).color(look.colors.muted)))
        .push(anyway)
        .spacing(6)
        .align_y(Center)
        .into()
}

/// How fast and how long; or what it does instead, where it takes only what is free.
fn running(group: &GroupView, is_narrow: bool, language: Language) -> Option<String> {
    let (rate, left) = (
        group.summary.bytes_per_second,
        group.summary.progress.seconds_left,
    );
    let does = if is_narrow {
        status::courtesy_in_short
    } else {
        status::courtesy
    };
    let does = group
        .courtesy
        .and_then(|courtesy| does(courtesy, rate, left, language));
    does.or_else(|| status::pace(rate, left, language))
}

/// Three, always at the same place.
fn actions<'a>(group: &GroupView, is_doomed: bool, look: Look) -> Element<'a, Message> {
    let deeds = if group.state.is_final() {
        [Deed::Open, Deed::Folder, Deed::Remove]
    } else {
        let first = if Deed::Resume.applies(group) {
            Deed::Resume
        } else {
            Deed::Suspend
        };
        let second = if Deed::Foreground.applies(group) {
            Deed::Foreground
        } else {
            Deed::Background
        };
        [first, second, Deed::Cancel]
    };
    let buttons = deeds.map(|deed| {
        let has_failed = group.status.contains(Flags::ERROR);
        let (icon, word) = match deed {
            Deed::Resume if has_failed => (Icon::Retry, key!("deed-retry")),
            deed => (deed.icon(), deed.word()),
        };
        let applies = deed.applies(group) && !is_doomed;
        let message = applies.then_some(Message::Do(deed, group.id));
        row_button(look, icon, look.say(word), message)
    });
    row(buttons).width(Length::Shrink).align_y(Center).into()
}

/// The line above the files of a job, where a group has several.
pub fn job<'a>(job: &JobView, height: f32, look: Look) -> Element<'a, Message> {
    let (colors, language, summary) = (look.colors, look.language, &job.summary);
    let amount = status::amount(summary.progress.bytes, summary.size, language);
    let text = format!("{}  ·  {amount}", status::files(summary, language));
    let left = summary.progress.seconds_left;
    let pace = status::pace(summary.bytes_per_second, left, language);
    let pace = pace.unwrap_or_else(|| status::state(job.state, language));
    let percent = summary
        .progress
        .percent
        .map(|percent| format::percent(percent, language));
    let muted = |text: String| line(text, SMALL).color(colors.muted);
    let content = row![
        space().width(60),
        muted(text).width(Fill),
        muted(pace),
        muted(percent.unwrap_or_default()).width(48).right(),
        space().width(126),
    ];
    let ground = container(content.spacing(8).height(height - 1.0).align_y(Center))
        .width(Fill)
        .style(move |_| container::background(colors.background));
    column![ground, rule(look)].into()
}
