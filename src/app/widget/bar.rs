//! A bar of progress. Where the size is unknown a piece of it runs along, as long as bytes
//! come: the motion says that something comes, and stops when nothing does.

use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer::{self, Renderer as _};
use iced::advanced::widget::Tree;
use iced::advanced::{Widget, mouse};
use iced::{Background, Color, Element, Length, Rectangle, Renderer, Size, Theme};

use crate::app::look::border;

/// How far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Far {
    /// A share of the whole, 0–1.
    Share(f32),
    /// Unknown; where the running piece is, 0–1.
    Running(f32),
    /// Unknown, and nothing comes.
    Unknown,
}

struct Bar {
    far: Far,
    color: Color,
    track: Color,
    girth: f32,
}

/// A bar as wide as its place.
pub fn bar<'a, Message: 'a>(
    far: Far,
    color: Color,
    track: Color,
    girth: f32,
) -> Element<'a, Message> {
    Element::new(Bar {
        far,
        color,
        track,
        girth,
    })
}

/// How long the running piece is, as a share.
const PIECE: f32 = 0.22;

impl Bar {
    /// Begin and length of the coloured part, as shares.
    fn part(&self) -> (f32, f32) {
        match self.far {
            Far::Share(share) => (0.0, share.clamp(0.0, 1.0)),
            Far::Running(at) => {
                let begin = at.rem_euclid(1.0) * (1.0 + PIECE) - PIECE;
                let end = (begin + PIECE).min(1.0);
                (begin.max(0.0), end - begin.max(0.0))
            }
            Far::Unknown => (0.0, 0.0),
        }
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Bar {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fixed(self.girth))
    }

    fn layout(&mut self, _: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, Length::Fill, Length::Fixed(self.girth))
    }

    fn draw(
        &self,
        _: &Tree,
        renderer: &mut Renderer,
        _: &Theme,
        _: &renderer::Style,
        layout: Layout<'_>,
        _: mouse::Cursor,
        _: &Rectangle,
    ) {
        let bounds = layout.bounds();
        let mut fill = |bounds: Rectangle, color: Color| {
            let quad = renderer::Quad {
                bounds,
                border: border(Color::TRANSPARENT, 0.0, self.girth / 2.0),
                ..Default::default()
            };
            renderer.fill_quad(quad, Background::Color(color));
        };
        fill(bounds, self.track);
        let (begin, length) = self.part();
        let width = (length * bounds.width).round();
        if width >= 1.0 {
            let part = Rectangle {
                x: bounds.x + (begin * bounds.width).round(),
                // Something is always to be seen once something is there.
                width: width.max(self.girth).min(bounds.width),
                ..bounds
            };
            fill(part, self.color);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever the numbers, the part stays inside.
    #[test]
    fn stays_inside() {
        let far = [-1.0, 0.0, 0.3, 0.999, 1.0, 7.5];
        for far in far
            .into_iter()
            .flat_map(|x| [Far::Share(x), Far::Running(x)])
        {
            let (color, track) = (Color::BLACK, Color::WHITE);
            let (begin, length) = Bar {
                far,
                color,
                track,
                girth: 4.0,
            }
            .part();
            assert!(
                begin >= 0.0 && length >= -f32::EPSILON && begin + length <= 1.0 + 1e-6,
                "{far:?}"
            );
        }
    }
}
