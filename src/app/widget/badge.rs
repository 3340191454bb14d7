//! A badge: a sign and a word, never colour alone.

use iced::widget::{container, row};
use iced::{Center, Color, Element};

use super::line::{glyph, strong};
use crate::app::icon::Icon;
use crate::app::look::{TINY, border};

/// A word on its own soft ground.
pub fn badge<'a, Message: 'a>(
    icon: Icon,
    word: String,
    color: Color,
    ground: Color,
) -> Element<'a, Message> {
    let content = row![
        glyph(icon, 12.0).color(color),
        strong(word, TINY).color(color)
    ];
    container(content.spacing(4).align_y(Center))
        .padding([2, 8])
        .style(move |_| container::Style {
            background: Some(ground.into()),
            // Seen on a chosen row, too, whose ground is nearly the badge's.
            border: border(color.scale_alpha(0.2), 1.0, 9.0),
            ..Default::default()
        })
        .into()
}
