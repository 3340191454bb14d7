//! The list of shortcuts.

use iced::widget::{column, container, row, text};
use iced::{Center, Element, Fill};

use crate::app::keys::LISTED;
use crate::app::look::{BODY, Look, SMALL, TITLE};
use crate::app::widget::button::{Kind, text_button};
use crate::app::widget::{line, strong};
use crate::words::{Key, say};

/// What can be said here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Enough.
    Close,
}

/// The dialog, in two columns.
#[must_use]
pub fn view<'a>(look: Look) -> Element<'a, Message> {
    let (left, right) = LISTED.split_at(LISTED.len().div_ceil(2));
    let close = text_button(look, Kind::Plain, say!(look, "close")).on_press(Message::Close);
    column![
        strong(say!(look, "shortcuts-title"), TITLE),
        row![listed(left, look), listed(right, look)].spacing(32),
        text(say!(look, "shortcuts-readers"))
            .size(SMALL)
            .color(look.colors.muted),
        container(close).align_right(Fill),
    ]
    .spacing(16)
    .into()
}

fn listed<'a>(shortcuts: &[(Key, &'a str)], look: Look) -> Element<'a, Message> {
    let lines = shortcuts.iter().map(|(text, keys)| {
        let keys = container(strong(*keys, SMALL))
            .padding([2, 7])
            .style(move |_| container::Style {
                background: Some(look.colors.background.into()),
                border: look.outline(4.0),
                ..Default::default()
            });
        let what = line(look.say(*text), BODY)
            .color(look.colors.text)
            .width(Fill);
        row![what, keys].spacing(12).align_y(Center).into()
    });
    iced::widget::Column::with_children(lines)
        .spacing(8)
        .width(Fill)
        .into()
}
