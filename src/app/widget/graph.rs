//! A graph over the last minutes, of speed or of delay: a line over its own soft shade.

use iced::mouse::Cursor;
use iced::widget::canvas::{Canvas, Frame, Geometry, Path, Program, Stroke};
use iced::{Color, Element, Length, Point, Rectangle, Renderer, Theme};

struct Graph {
    values: Vec<u64>,
    most: usize,
    top: u64,
    color: Color,
}

/// The values, the newest last and to the right; `most` of them are as wide as the place. The
/// highest reaches the top, where it is not lower than `top`.
pub fn graph<'a, Message: 'a>(
    values: Vec<u64>,
    most: usize,
    top: u64,
    color: Color,
    height: f32,
) -> Element<'a, Message> {
    Canvas::new(Graph {
        values,
        most,
        top,
        color,
    })
    .width(Length::Fill)
    .height(height)
    .into()
}

impl Graph {
    fn points(&self, width: f32, height: f32) -> Vec<Point> {
        let highest = self.values.iter().copied().max().unwrap_or(0);
        let top = highest.max(self.top).max(1) as f32;
        let step = width / (self.most.max(2) - 1) as f32;
        let count = self.values.len();
        let point = |(at, value): (usize, &u64)| {
            let x = width - (count - 1 - at) as f32 * step;
            // A line of two pixels stays whole at both ends.
            Point::new(x, 1.0 + (height - 2.0) * (1.0 - *value as f32 / top))
        };
        self.values.iter().enumerate().map(point).collect()
    }
}

impl<Message> Program<Message> for Graph {
    type State = ();

    fn draw(
        &self,
        (): &(),
        renderer: &Renderer,
        _: &Theme,
        bounds: Rectangle,
        _: Cursor,
    ) -> Vec<Geometry> {
        let mut frame = Frame::new(renderer, bounds.size());
        let points = self.points(bounds.width, bounds.height);
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            return vec![frame.into_geometry()];
        };
        let line = Path::new(|path| {
            path.move_to(*first);
            points.iter().skip(1).for_each(|point| path.line_to(*point));
        });
        let shade = Path::new(|path| {
            path.move_to(Point::new(first.x, bounds.height));
            points.iter().for_each(|point| path.line_to(*point));
            path.line_to(Point::new(last.x, bounds.height));
            path.close();
        });
        frame.fill(&shade, self.color.scale_alpha(0.16));
        let stroke = Stroke::default().with_color(self.color).with_width(1.5);
        frame.stroke(&line, stroke);
        vec![frame.into_geometry()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_is_at_the_right() {
        let graph_to = |values: &[u64], top: u64| {
            let graph = Graph {
                values: values.to_vec(),
                most: 5,
                top,
                color: Color::BLACK,
            };
            graph.points(100.0, 52.0)
        };
        let graph = |values: &[u64]| graph_to(values, 0);
        assert!(graph(&[]).is_empty());
        assert_eq!(graph(&[7]), [Point::new(100.0, 1.0)]);
        assert_eq!(
            graph(&[0, 10, 5]),
            [
                Point::new(50.0, 51.0),
                Point::new(75.0, 1.0),
                Point::new(100.0, 26.0)
            ]
        );
        assert_eq!(
            graph(&[0, 0]),
            [Point::new(75.0, 51.0), Point::new(100.0, 51.0)]
        );
        assert_eq!(graph_to(&[5], 20), [Point::new(100.0, 38.5)]);
        assert_eq!(graph_to(&[5], 2), [Point::new(100.0, 1.0)]);
    }
}
