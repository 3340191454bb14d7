//! The end: shown until the engine has saved, which takes a moment where much runs.

use iced::widget::{center, column};
use iced::{Center, Element};

use crate::app::icon::Icon;
use crate::app::look::{BODY, HEADING, Look};
use crate::app::widget::{glyph, line, strong};
use crate::words::say;

/// What is seen while the engine saves.
/// (What `ebb serve` does goes on: of that the window takes leave alone.)
pub fn view<'a, Message: 'a>(is_remote: bool, look: Look) -> Element<'a, Message> {
    let colors = look.colors;
    let (title, text) = if is_remote {
        (
            say!(look, "quit-remote-title"),
            say!(look, "quit-remote-text"),
        )
    } else {
        (say!(look, "quit-title"), say!(look, "quit-text"))
    };
    let content = column![
        glyph(Icon::Waves, 40.0).color(colors.accent),
        strong(title, HEADING).color(colors.text),
        line(text, BODY).color(colors.muted),
    ];
    center(content.spacing(12).align_x(Center)).into()
}
