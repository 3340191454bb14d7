//! A field with its name above it, and below it what is wrong with what was typed.

use iced::widget::{Column, TextInput, column, text, text_input};
use iced::{Background, Color, Element, Length};

use super::line::line;
use crate::app::look::{BODY, Look, ROUND, SMALL, border};

/// A label, something to fill in, and an error where there is one.
pub fn field<'a, Message: 'a>(
    look: Look,
    label: String,
    input: impl Into<Element<'a, Message>>,
    error: Option<String>,
) -> Element<'a, Message> {
    let label = line(label, SMALL).color(look.colors.muted);
    let field: Column<'a, Message> = column![label, input.into()].spacing(5);
    match error {
        // Wrapped, not cut: what is wrong must be readable.
        Some(error) => field
            .push(text(error).size(SMALL).color(look.colors.error))
            .into(),
        None => field.into(),
    }
}

/// A line to type in.
pub fn input<'a, Message: Clone + 'a>(
    look: Look,
    placeholder: &str,
    value: &str,
    is_wrong: bool,
) -> TextInput<'a, Message> {
    text_input(placeholder, value)
        .size(BODY)
        .padding([8, 11])
        .width(Length::Fill)
        .style(move |_, status| style(look, status, is_wrong))
}

fn style(look: Look, status: text_input::Status, is_wrong: bool) -> text_input::Style {
    let colors = look.colors;
    let (color, width) = match status {
        _ if is_wrong => (colors.error, 1.0),
        text_input::Status::Focused { .. } => (colors.accent, 2.0),
        text_input::Status::Hovered => (colors.faint, 1.0),
        _ => (colors.line, 1.0),
    };
    text_input::Style {
        background: Background::Color(if look.is_dark {
            colors.background
        } else {
            colors.surface
        }),
        border: border(color, width, ROUND),
        icon: colors.muted,
        placeholder: colors.muted,
        value: if matches!(status, text_input::Status::Disabled) {
            colors.faint
        } else {
            colors.text
        },
        selection: Color {
            a: 0.25,
            ..colors.accent
        },
    }
}
