//! The row of a file, inside its open group: the same facts, a little smaller.

use iced::widget::{column, row, space};
use iced::{Center, Element, Fill};

use super::Message;
use super::group::{Around, framed};
use crate::app::Deed;
use crate::app::icon::Icon;
use crate::app::list;
use crate::app::list::Row as Which;
use crate::app::look::{BODY, Look, SMALL};
use crate::app::widget::button::row_button;
use crate::app::widget::line::Line;
use crate::app::widget::status::how_far;
use crate::app::widget::{bar, glyph, line};
use crate::download::State;
use crate::queue::snapshot::{FileView, Progress};
use crate::queue::{Flags, GroupView};
use crate::settings::Density;
use crate::words::{format, status};

/// The row, `height` high.
pub fn view<'a>(
    group: &GroupView,
    file: &FileView,
    around: Around,
    height: f32,
    look: Look,
) -> Element<'a, Message> {
    let colors = look.colors;
    let name = list::file_name(file);
    let percent = list::percent(file).map_or_else(String::new, |percent| {
        format::percent(percent, look.language)
    });
    let progress = Progress {
        bytes: file.bytes,
        ..Progress::default()
    };
    let is_warm = group.status.contains(Flags::FOREGROUND);
    let color = match file.state {
        State::Complete => colors.complete,
        State::Error => colors.error,
        State::Waiting => colors.waiting,
        State::Suspended | State::Cancelled => colors.faint,
        _ if is_warm => colors.foreground,
        _ => colors.accent,
    };
    let (icon, word) = sign(file.state);
    let head = row![
        line(name.clone(), BODY).color(colors.text).width(Fill),
        line(percent, SMALL).color(colors.muted).width(48).right(),
    ];
    let amount = status::amount(file.bytes, file.size, look.language);
    let below = row![
        line(amount, SMALL).color(colors.muted).width(Fill),
        right(group, file, around, word, look),
    ];
    let middle = column![
        head.spacing(8).align_y(Center),
        bar(
            how_far(&progress, file.size, file.state, around.phase),
            color,
            colors.track,
            2.0
        ),
        below.spacing(12),
    ]
    .spacing(if look.density == Density::Compact {
        1
    } else {
        3
    })
    .width(Fill);
    let button = |icon, deed: Deed| {
        let is_there = file.state == State::Complete;
        let message = is_there.then_some(Message::DoFile(deed, file.id));
        row_button(look, icon, look.say(deed.word()), message)
    };
    let content = row![
        space().width(44),
        glyph(icon, 15.0).color(color),
        middle,
        space().width(6),
        row![
            button(Icon::File, Deed::Open),
            button(Icon::Folder, Deed::Folder),
            space().width(32),
        ],
    ]
    .spacing(6)
    .height(height - 1.0)
    .padding([0, 12])
    .align_y(Center);
    framed(content.into(), Which::File(group.id, file.id), around, look)
}

fn sign(state: State) -> (Icon, State) {
    let icon = match state {
        State::Complete => Icon::Check,
        State::Error => Icon::Alert,
        State::Waiting | State::Queued => Icon::Clock,
        State::Suspended => Icon::Pause,
        State::Cancelled => Icon::X,
        State::Verifying => Icon::ShieldCheck,
        State::Connecting | State::Transferring => Icon::ArrowDown,
    };
    (icon, state)
}

/// What went wrong, when it goes on, or how it stands.
fn right<'a>(
    group: &GroupView,
    file: &FileView,
    around: Around,
    state: State,
    look: Look,
) -> Line<'a> {
    let language = look.language;
    match (&file.error, file.waiting) {
        (Some(problem), _) if state == State::Error => {
            line(status::problem(problem, language), SMALL).color(look.colors.error)
        }
        (_, Some(waiting)) => {
            let reason = status::waiting(waiting.reason, language);
            let until = status::countdown(waiting, around.now, language);
            let text = until.map_or(reason.clone(), |until| format!("{reason}  ·  {until}"));
            line(text, SMALL).color(look.colors.muted)
        }
        _ => {
            let left = |speed: u64| file.size?.saturating_sub(file.bytes).checked_div(speed);
            let speed = group.speed_of(file.id);
            let pace = status::pace(speed, left(speed), language);
            let text = pace.unwrap_or_else(|| status::state(state, language));
            line(text, SMALL).color(look.colors.muted)
        }
    }
}
