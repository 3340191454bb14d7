//! Facts in two columns: what it is, and what it says.

use iced::widget::{column, row, text};
use iced::{Element, Fill, Padding};

use super::Message;
use crate::app::look::{BODY, Look, SMALL};
use crate::app::widget::line;
use crate::words::Key;
use crate::words::clean::clean;

/// How wide the names are.
const NAMES: f32 = 96.0;

/// A name (its key), and a value of any length.
pub(super) fn fact<'a>(look: Look, key: Key, value: String) -> Element<'a, Message> {
    laid_out(look, key, said(look, &value))
}

/// The same, with something quieter below it.
pub(super) fn fact_with<'a>(
    look: Look,
    key: Key,
    value: &str,
    more: String,
) -> Element<'a, Message> {
    let more = line(more, SMALL).color(look.colors.muted);
    laid_out(look, key, column![said(look, value), more].spacing(1))
}

/// A name, and anything.
pub(super) fn laid_out<'a>(
    look: Look,
    key: Key,
    value: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let name = line(look.language.say(key), SMALL)
        .color(look.colors.muted)
        .width(NAMES);
    // On one line with the larger type beside it.
    let name = iced::widget::container(name).padding(Padding::ZERO.top(1));
    row![name, value.into()].spacing(8).width(Fill).into()
}

/// Wrapped where it must be, even within a word: paths and addresses have no blanks.
fn said<'a>(look: Look, value: &str) -> Element<'a, Message> {
    text(clean(value))
        .size(BODY)
        .color(look.colors.text)
        .width(Fill)
        .wrapping(text::Wrapping::WordOrGlyph)
        .into()
}
