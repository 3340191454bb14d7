//! The end: shown until the engine has saved, which takes a moment where much runs.

use iced::widget::{center, column};
use iced::{Center, Element};

use crate::app::icon::Icon;
use crate::app::look::{BODY, HEADING, Look};
use crate::app::widget::{glyph, line, strong};
use crate::words::say;

/// What is seen while the engine saves.
pub fn view<'a, Message: 'a>(look: Look) -> Element<'a, Message> {
    let colors = look.colors;
    let content = column![
        glyph(Icon::Waves, 40.0).color(colors.accent),
        strong(say!(look, "quit-title"), HEADING).color(colors.text),
        line(say!(look, "quit-text"), BODY).color(colors.muted),
    ];
    center(content.spacing(12).align_x(Center)).into()
}
