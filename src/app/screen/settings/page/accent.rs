//! The accents, as swatches of themselves; the chosen one has a ring, and its name beside.

use iced::widget::{center, container, row};
use iced::{Center, Color, Element};

use super::super::{Change, Message};
use crate::app::icon::Icon;
use crate::app::look::{BODY, Colors, Look, border};
use crate::app::widget::button::{Kind, button, hinted};
use crate::app::widget::{glyph, line};
use crate::settings::{ACCENTS, Accent};
use crate::words::{Key, key};

const SIZE: f32 = 24.0;

/// All of them.
pub(super) fn swatches<'a>(chosen: Accent, look: Look) -> Element<'a, Message> {
    let swatches = ACCENTS.map(|accent| swatch(accent, accent == chosen, look));
    let name = line(look.say(word(chosen)), BODY).color(look.colors.muted);
    row![row(swatches).spacing(2), name]
        .spacing(12)
        .align_y(Center)
        .into()
}

fn swatch<'a>(accent: Accent, is_chosen: bool, look: Look) -> Element<'a, Message> {
    let colors = Colors::new(look.is_dark, accent);
    let sign = is_chosen.then(|| glyph(Icon::Check, 14.0).color(colors.on_accent));
    let disc = center(row![].push(sign))
        .width(SIZE)
        .height(SIZE)
        .style(move |_| circle(Some(colors.accent), Color::TRANSPARENT));
    let ring = if is_chosen {
        colors.accent
    } else {
        Color::TRANSPARENT
    };
    let ringed = container(disc)
        .padding(3)
        .style(move |_| circle(None, ring));
    let word = word(accent);
    let pressed = button(look, Kind::Quiet, ringed)
        .id(word.name())
        .padding(3)
        .on_press(Message::Set(Change::Accent(accent)));
    hinted(look, pressed, look.say(word))
}

fn circle(ground: Option<Color>, ring: Color) -> container::Style {
    container::Style {
        background: ground.map(Into::into),
        border: border(ring, 2.0, SIZE),
        ..Default::default()
    }
}

/// The key of its name.
fn word(accent: Accent) -> Key {
    match accent {
        Accent::Ocean => key!("accent-ocean"),
        Accent::Indigo => key!("accent-indigo"),
        Accent::Violet => key!("accent-violet"),
        Accent::Rose => key!("accent-rose"),
        Accent::Amber => key!("accent-amber"),
        Accent::Moss => key!("accent-moss"),
    }
}
