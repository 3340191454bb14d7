//! The map of a file: which bytes are there, which are on their way; a cell is a share of it.

use std::ops::Range;

use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer::{self, Renderer as _};
use iced::advanced::widget::Tree;
use iced::advanced::{Widget, mouse};
use iced::{Background, Color, Element, Length, Rectangle, Renderer, Size, Theme};

use crate::app::look::{Look, border};

/// A cell and the gap after it.
const STEP: f32 = 6.0;
const CELL: f32 = 5.0;
const ROWS: usize = 7;

/// What is to be drawn.
#[derive(Debug, Clone, Default)]
pub struct Map {
    /// The whole length in bytes; 0 where it is unknown.
    pub total: u64,
    /// What is there, in order.
    pub written: Vec<Range<u64>>,
    /// Where the workers are.
    pub in_flight: Vec<u64>,
}

/// What a cell stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell {
    /// Nothing of it is there.
    Missing,
    /// Some of it, but not all.
    Partly,
    /// All of it.
    There,
    /// A worker is in it.
    InFlight,
}

impl Map {
    fn cells(&self, count: usize) -> Vec<Cell> {
        let mut cells = vec![Cell::Missing; count];
        if self.total == 0 || count == 0 {
            return cells;
        }
        let bounds = |at: usize| (u128::from(self.total) * at as u128 / count as u128) as u64;
        let mut ranges = self.written.iter().peekable();
        for (at, cell) in cells.iter_mut().enumerate() {
            let (begin, end) = (bounds(at), bounds(at + 1));
            while ranges.next_if(|range| range.end <= begin).is_some() {}
            *cell = match ranges.peek() {
                // A cell of no bytes, in a file of few, is as the byte it stands on.
                Some(range) if range.start <= begin && range.end >= end.max(begin + 1) => {
                    Cell::There
                }
                Some(range) if range.start < end => Cell::Partly,
                _ => Cell::Missing,
            };
        }
        for at in &self.in_flight {
            let at = (u128::from(*at) * count as u128 / u128::from(self.total)) as usize;
            if let Some(cell) = cells.get_mut(at) {
                *cell = Cell::InFlight;
            }
        }
        cells
    }
}

struct Segments {
    map: Map,
    look: Look,
    color: Color,
}

/// A map as wide as its place; what is there has this colour.
pub fn segments<'a, Message: 'a>(map: Map, color: Color, look: Look) -> Element<'a, Message> {
    Element::new(Segments { map, look, color })
}

impl<Message> Widget<Message, Theme, Renderer> for Segments {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Shrink)
    }

    fn layout(&mut self, _: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, Length::Fill, Length::Fixed(ROWS as f32 * STEP))
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
        let columns = ((bounds.width / STEP) as usize).max(1);
        let other = if self.color == self.look.colors.foreground {
            self.look.colors.accent
        } else {
            self.look.colors.foreground
        };
        for (at, cell) in self.map.cells(columns * ROWS).into_iter().enumerate() {
            let color = match cell {
                Cell::Missing => self.look.colors.track,
                Cell::Partly => self.color.scale_alpha(0.45),
                Cell::There => self.color,
                Cell::InFlight => other,
            };
            let quad = renderer::Quad {
                bounds: Rectangle {
                    x: bounds.x + (at % columns) as f32 * STEP,
                    y: bounds.y + (at / columns) as f32 * STEP,
                    width: CELL,
                    height: CELL,
                },
                border: border(Color::TRANSPARENT, 0.0, 1.0),
                ..Default::default()
            };
            renderer.fill_quad(quad, Background::Color(color));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(
        clippy::single_range_in_vec_init,
        reason = "one range is what is meant"
    )]
    #[test]
    fn cells_are_what_is_there() {
        use Cell::{InFlight as F, Missing as M, Partly as P, There as T};
        let map = |total, written: &[Range<u64>], in_flight: &[u64]| Map {
            total,
            written: written.to_vec(),
            in_flight: in_flight.to_vec(),
        };
        for (map, cells) in [
            (map(0, &[], &[]), [M, M, M, M]),
            (map(400, &[], &[]), [M, M, M, M]),
            (map(400, &[0..400], &[]), [T, T, T, T]),
            (map(400, &[0..100, 250..400], &[]), [T, M, P, T]),
            (map(400, &[0..50, 60..70], &[399, 400, 9_999]), [P, M, M, F]),
            (map(2, &[0..1], &[]), [T, T, M, M]),
            (map(u64::MAX, &[0..u64::MAX], &[u64::MAX]), [T, T, T, T]),
        ] {
            assert_eq!(map.cells(4), cells, "{map:?}");
        }
    }
}
