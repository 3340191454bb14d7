//! A switch with its name: a button that is on or off, so that the keyboard reaches it.
//! On and off differ by place as well as by colour.

use iced::widget::{column, container, row, space, text};
use iced::{Center, Color, Element, Fill};

use super::button::{Kind, button};
use super::line::line;
use crate::app::look::{BODY, Look, SMALL, border};

/// A name, what it does in smaller type, and the switch at the end of the line.
pub fn toggle<'a, Message: Clone + 'a>(
    look: Look,
    label: String,
    explanation: String,
    is_on: bool,
    on_toggle: impl FnOnce(bool) -> Message,
) -> Element<'a, Message> {
    let words = column![
        line(label, BODY).color(look.colors.text),
        text(explanation).size(SMALL).color(look.colors.muted),
    ];
    let content = row![words.spacing(3).width(Fill), switch(look, is_on)];
    button(look, Kind::Quiet, content.spacing(24).align_y(Center))
        .padding([6, 12])
        .width(Fill)
        .on_press(on_toggle(!is_on))
        .into()
}

const KNOB: f32 = 14.0;
const EDGE: f32 = 3.0;

fn switch<'a, Message: 'a>(look: Look, is_on: bool) -> Element<'a, Message> {
    let colors = look.colors;
    let (ground, knob) = if is_on {
        (colors.accent, colors.on_accent)
    } else {
        (colors.track, colors.muted)
    };
    let disc = container(space().width(KNOB).height(KNOB)).style(move |_| round(knob));
    let track = container(disc).padding(EDGE).width(36);
    let track = if is_on {
        track.align_right(36)
    } else {
        track.align_left(36)
    };
    track.style(move |_| round(ground)).into()
}

fn round(color: Color) -> container::Style {
    container::Style {
        background: Some(color.into()),
        border: border(Color::TRANSPARENT, 0.0, KNOB),
        ..Default::default()
    }
}
