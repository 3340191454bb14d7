//! Where the days and hours of a week are, and which of them a point means.
//!
//! Always true: whatever is pointed at is within the week.

use iced::{Point, Rectangle, Size};

/// Of a week.
pub const DAYS: usize = 7;
/// Of a day.
pub const HOURS: usize = 24;

/// How wide the days' names are.
const NAMES: f32 = 44.0;
/// How wide the name of an hour is: two digits, which are of one width.
const NAME: f32 = 12.4;
/// How high the hours' names are.
const HEAD: f32 = 20.0;
const ROW: f32 = 24.0;
/// Between two hours.
const GAP: f32 = 2.0;
/// How high the words below are.
const FOOT: f32 = 26.0;
/// Half of the last hour's name stands beyond it.
const EDGE: f32 = 8.0;

/// How high the whole is.
pub const HEIGHT: f32 = HEAD + DAYS as f32 * ROW + FOOT;

/// What is pointed at: an hour; a whole day, or the same hour of all, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// From Monday on; none is all.
    pub day: Option<usize>,
    /// None is all.
    pub hour: Option<usize>,
}

/// Hours of some days, the same of each: from one corner to the opposite one, both in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Where it was begun: day, hour.
    pub from: (usize, usize),
    /// Where it ends.
    pub to: (usize, usize),
}

impl Block {
    /// From one corner to another.
    #[must_use]
    pub fn between(from: (usize, usize), to: (usize, usize)) -> Self {
        Self { from, to }
    }

    /// What lies between two that were pointed at; whole days or hours, where it began so.
    #[must_use]
    pub fn of(from: Spot, to: Spot) -> Self {
        let span = |from: Option<usize>, to: Option<usize>, last| match from {
            Some(from) => (from, to.unwrap_or(from)),
            None => (0, last),
        };
        let days = span(from.day, to.day, DAYS - 1);
        let hours = span(from.hour, to.hour, HOURS - 1);
        Self::between((days.0, hours.0), (days.1, hours.1))
    }

    /// Its first day and hour, and its last.
    #[must_use]
    pub fn corners(self) -> ((usize, usize), (usize, usize)) {
        let (from, to) = (self.from, self.to);
        (
            (from.0.min(to.0), from.1.min(to.1)),
            (from.0.max(to.0), from.1.max(to.1)),
        )
    }

    /// All that is in it: day, hour.
    pub fn hours(self) -> impl Iterator<Item = (usize, usize)> {
        let (first, last) = self.corners();
        (first.0..=last.0).flat_map(move |day| (first.1..=last.1).map(move |hour| (day, hour)))
    }
}

/// Where everything is.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// All of it.
    pub bounds: Rectangle,
}

impl Plan {
    pub fn new(bounds: Rectangle) -> Self {
        Self { bounds }
    }

    fn column(&self) -> f32 {
        (self.bounds.width - NAMES - EDGE) / HOURS as f32
    }

    /// Where an hour begins, in whole pixels.
    fn left(&self, hour: usize) -> f32 {
        (self.bounds.x + NAMES + hour as f32 * self.column()).round()
    }

    /// An hour, without the gap to the next.
    pub fn cell(&self, day: usize, hour: usize) -> Rectangle {
        let left = self.left(hour);
        let top = (self.bounds.y + HEAD + day as f32 * ROW).round();
        let size = Size::new(self.left(hour + 1) - left - GAP, ROW - GAP);
        Rectangle::new(Point::new(left, top), size)
    }

    /// Where the name of a full hour begins, its middle being over that hour's beginning.
    pub fn name_of_hour(&self, hour: usize) -> Point {
        Point::new(
            self.left(hour) - GAP / 2.0 - NAME / 2.0,
            self.bounds.y + (HEAD - 4.0) / 2.0,
        )
    }

    /// Where the words below begin.
    pub fn foot(&self) -> Point {
        let y = self.bounds.y + self.bounds.height - FOOT / 2.0 + 2.0;
        Point::new(self.bounds.x + NAMES, y)
    }

    /// What a point means; nothing below the days.
    pub fn spot(&self, at: Point) -> Option<Spot> {
        let is_above = at.y < self.bounds.y + HEAD;
        let is_before = at.x < self.bounds.x + NAMES;
        let is_below = at.y >= self.bounds.y + HEAD + DAYS as f32 * ROW;
        let nearest = self.nearest(at);
        (!is_below).then_some(Spot {
            day: nearest.day.filter(|_| !is_above),
            hour: nearest.hour.filter(|_| !is_before),
        })
    }

    /// The hour next to a point.
    pub fn nearest(&self, at: Point) -> Spot {
        let place = |distance: f32, step: f32, count: usize| {
            let place = (distance / step).floor().max(0.0) as usize;
            Some(place.min(count - 1))
        };
        Spot {
            day: place(at.y - self.bounds.y - HEAD, ROW, DAYS),
            hour: place(at.x - self.bounds.x - NAMES, self.column(), HOURS),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Plan {
        let size = Size::new(NAMES + 24.0 * 20.0 + EDGE, HEIGHT);
        Plan::new(Rectangle::new(Point::new(10.0, 100.0), size))
    }

    #[test]
    fn points_and_what_they_mean() {
        let plan = plan();
        let of = |x: f32, y: f32| plan.spot(Point::new(10.0 + x, 100.0 + y));
        for (x, y, day, hour) in [
            (NAMES + 1.0, HEAD + 1.0, Some(0), Some(0)),
            (NAMES + 20.0 * 8.0 + 3.0, HEAD + 25.0, Some(1), Some(8)),
            (NAMES + 24.0 * 20.0 + 5.0, HEAD + 1.0, Some(0), Some(23)),
            (3.0, HEAD + 50.0, Some(2), None),
            (NAMES + 61.0, 3.0, None, Some(3)),
            (3.0, 3.0, None, None),
        ] {
            assert_eq!(of(x, y), Some(Spot { day, hour }), "{x} {y}");
        }
        assert_eq!(of(NAMES + 1.0, HEAD + 7.0 * ROW + 1.0), None);
        // Every hour is where it is drawn.
        for day in 0..DAYS {
            for hour in 0..HOURS {
                let spot = plan.spot(plan.cell(day, hour).center());
                let (day, hour) = (Some(day), Some(hour));
                assert_eq!(spot, Some(Spot { day, hour }));
            }
        }
        let far = plan.nearest(Point::new(9_000.0, -9_000.0));
        assert_eq!((far.day, far.hour), (Some(0), Some(23)));
    }

    #[test]
    fn blocks_by_hours_days_and_all() {
        let spot = |day, hour| Spot { day, hour };
        for (from, to, first, last) in [
            (
                spot(Some(4), Some(18)),
                spot(Some(0), Some(8)),
                (0, 8),
                (4, 18),
            ),
            (spot(Some(5), None), spot(Some(6), Some(3)), (5, 0), (6, 23)),
            (spot(None, Some(0)), spot(Some(2), Some(5)), (0, 0), (6, 5)),
            (spot(None, None), spot(Some(2), Some(5)), (0, 0), (6, 23)),
            (spot(Some(1), Some(2)), spot(None, None), (1, 2), (1, 2)),
        ] {
            let block = Block::of(from, to);
            assert_eq!(block.corners(), (first, last));
            let many = (last.0 - first.0 + 1) * (last.1 - first.1 + 1);
            assert_eq!(block.hours().count(), many);
        }
    }
}
