//! One of a few, side by side: what is chosen stands out from the track they lie on.

use iced::widget::{Row, container};
use iced::{Color, Element};

use super::button::{Kind, text_button};
use crate::app::look::{Look, ROUND, border};

/// A row of options; each says itself when it is pressed.
pub fn choice<'a, T: Copy + PartialEq + 'a, Message: Clone + 'a>(
    look: Look,
    options: impl IntoIterator<Item = (T, String)>,
    chosen: T,
    on_choose: impl Fn(T) -> Message,
) -> Element<'a, Message> {
    let options = options.into_iter().map(|(option, label)| {
        let kind = if option == chosen {
            Kind::Chosen
        } else {
            Kind::Quiet
        };
        text_button(look, kind, label)
            .padding([5, 12])
            .on_press(on_choose(option))
            .into()
    });
    // In a narrow place they take a second line.
    container(Row::with_children(options).spacing(2).wrap())
        .padding(2)
        .style(move |_| container::Style {
            background: Some(look.colors.track.into()),
            border: border(Color::TRANSPARENT, 0.0, ROUND + 2.0),
            ..Default::default()
        })
        .into()
}
