//! What the screens are built of: buttons that take the focus, lines of text that end in an
//! ellipsis, bars, graphs, badges. No state of the program is in here.

pub mod area;
pub mod badge;
pub mod bar;
pub mod beside;
pub mod button;
pub mod choice;
pub mod field;
pub mod floating;
pub mod graph;
pub mod inert;
pub mod line;
pub mod segments;
pub mod status;
pub mod style;
pub mod toggle;
pub mod week;

pub use area::area;
pub use badge::badge;
pub use bar::bar;
pub use beside::beside;
pub use button::{button, icon_button};
pub use choice::choice;
pub use field::field;
pub use floating::floating;
pub use inert::inert;
pub use line::{glyph, line, strong};
pub use toggle::toggle;

use iced::widget::{container, space};
use iced::{Element, Length};

use super::look::Look;

/// A line of one pixel between things, across.
pub fn rule<'a, Message: 'a>(look: Look) -> Element<'a, Message> {
    container(space())
        .width(Length::Fill)
        .height(1)
        .style(move |_| container::background(look.colors.line))
        .into()
}

/// The same, upright.
pub fn upright<'a, Message: 'a>(look: Look) -> Element<'a, Message> {
    container(space())
        .width(1)
        .height(Length::Fill)
        .style(move |_| container::background(look.colors.line))
        .into()
}
