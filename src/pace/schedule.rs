//! What may be transferred in each hour of the week.
//!
//! Hours are those of the clock on the wall: from 08 to 18 is that in summer as in winter, and
//! wherever the computer is taken to. An hour that comes twice (a clock that is put back) is
//! twice as it says, one that never comes is passed over; moments are only ever found by asking
//! the zone, never by counting hours.

mod text;

use jiff::civil::{DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

pub use text::{ScheduleError, ScheduleProblem};

/// Whose hours: those in the foreground and the three that are polite have their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Groups in the foreground.
    Foreground,
    /// All others.
    Background,
}

/// Both.
pub const CLASSES: [Class; 2] = [Class::Foreground, Class::Background];

/// What is allowed in an hour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Allowance {
    /// All there is.
    #[default]
    Full,
    /// So many bytes a second, of all transfers of the class together. More than 0.
    Limited(u64),
    /// Nothing.
    Off,
}

impl Allowance {
    /// The limit that it sets, bytes a second.
    #[must_use]
    pub fn limit(self) -> Option<u64> {
        match self {
            Self::Limited(limit) => Some(limit),
            Self::Full | Self::Off => None,
        }
    }
}

/// What is allowed now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hours {
    /// In the foreground.
    pub foreground: Allowance,
    /// In the background.
    pub background: Allowance,
}

impl Hours {
    /// That of one class.
    #[must_use]
    pub fn of(self, class: Class) -> Allowance {
        match class {
            Class::Foreground => self.foreground,
            Class::Background => self.background,
        }
    }
}

/// A day, from Monday on; of each hour what is allowed to each class.
type Week = [[[Allowance; 2]; 24]; 7];

/// A week: 7 days of 24 hours for each class. All is allowed where nothing is said; one that says
/// nothing at all is no schedule. As text it is the lines that a person writes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Schedule {
    week: Week,
}

/// No wait for another hour is longer, even past one that is left out this week.
const LONGEST: i64 = 15 * 86_400;

impl Schedule {
    /// What an hour (0 to 23) allows.
    #[must_use]
    pub fn get(&self, day: Weekday, hour: usize, class: Class) -> Allowance {
        self.week[row(day)][hour % 24][class as usize]
    }

    /// Sets what an hour (0 to 23) allows.
    pub fn set(&mut self, day: Weekday, hour: usize, class: Class, allowance: Allowance) {
        self.week[row(day)][hour % 24][class as usize] = allowance;
    }

    /// Everything is allowed at any time.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is allowed at a moment, where the clocks are those of `zone`.
    #[must_use]
    pub fn at(&self, now: Timestamp, zone: &TimeZone) -> Hours {
        let local = zone.to_datetime(now);
        Hours {
            foreground: self.local(local, Class::Foreground),
            background: self.local(local, Class::Background),
        }
    }

    /// Until when that holds: the first moment at which something else is allowed to either
    /// class. `None`: for good.
    #[must_use]
    pub fn next_change(&self, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let changes = CLASSES.map(|class| self.next_change_of(class, now, zone));
        changes.into_iter().flatten().min()
    }

    /// The same for one class.
    #[must_use]
    pub fn next_change_of(
        &self,
        class: Class,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Option<Timestamp> {
        let allowed = |at: Timestamp| self.local(zone.to_datetime(at), class);
        let (before, mut at) = (allowed(now), now);
        if !self.varies(class) {
            return None;
        }
        while at.as_second() - now.as_second() < LONGEST {
            at = next_hour(at, zone)?;
            if allowed(at) != before {
                return Some(at);
            }
        }
        None
    }

    fn varies(&self, class: Class) -> bool {
        let mut hours = self.week.iter().flatten().map(|hour| hour[class as usize]);
        let first = hours.next();
        hours.any(|hour| Some(hour) != first)
    }

    fn local(&self, local: DateTime, class: Class) -> Allowance {
        self.get(local.weekday(), local.hour() as usize, class)
    }
}

/// The next moment at which the clock may show another hour: when it is full, or is moved.
fn next_hour(at: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let local = zone.to_datetime(at);
    let since = Span::new()
        .minutes(local.minute())
        .seconds(local.second())
        .nanoseconds(local.subsec_nanosecond());
    let full = at
        .checked_sub(since)
        .and_then(|begun| begun.checked_add(Span::new().hours(1)))
        .ok()?;
    let moved = zone.following(at).next().map(|moved| moved.timestamp());
    Some(moved.map_or(full, |moved| moved.min(full)))
}

fn row(day: Weekday) -> usize {
    day.to_monday_zero_offset() as usize
}

#[cfg(test)]
mod tests;
