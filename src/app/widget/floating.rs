//! What floats above the rest: raised, with a soft edge of shade around it.
//!
//! Not iced's own shadow: its software renderer paints that beyond the part of the window that
//! is being drawn anew, again and again, darker each time.

use iced::widget::{Container, container};
use iced::{Color, Element};

use crate::app::look::{Look, border};

/// How far the shade reaches, in steps of so many pixels, and how strong each is.
const STEPS: [(u16, f32); 4] = [(2, 0.05), (3, 0.04), (4, 0.03), (5, 0.02)];

/// A card with this in it, with corners of this radius.
pub fn floating<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
    radius: f32,
    look: Look,
) -> Container<'a, Message> {
    let card = container(content).style(move |_| container::Style {
        background: Some(look.colors.raised.into()),
        text_color: Some(look.colors.text),
        border: look.outline(radius),
        ..Default::default()
    });
    let weight = if look.is_dark { 3.0 } else { 1.0 };
    let mut reached = radius;
    STEPS.iter().fold(card, |inner, (step, strength)| {
        reached += f32::from(*step);
        let (radius, shade) = (reached, Color::BLACK.scale_alpha(strength * weight));
        container(inner)
            .padding(*step)
            .style(move |_| container::Style {
                background: Some(shade.into()),
                border: border(Color::TRANSPARENT, 0.0, radius),
                ..Default::default()
            })
    })
}
