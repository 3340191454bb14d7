//! The hour of the schedule: what it allows, and when the clock on the wall says something else.
//!
//! The clock is looked at again and again while there is a schedule: it may be set, the computer
//! may sleep, or be carried into another zone.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Queue;
use super::event::{Effect, Now};
use crate::pace::schedule::{Allowance, CLASSES, Class, Hours};

/// So long at most until the clock is looked at again.
const LOOK: Duration = Duration::from_secs(20);

/// What the schedule allows, as it was looked at last.
#[derive(Debug)]
pub(super) struct HoursNow {
    pub(super) now: Hours,
    /// Until when, for each class.
    until: [Option<Timestamp>; 2],
    zone: TimeZone,
    /// When to look again; never without a schedule.
    due: Option<Duration>,
    is_stale: bool,
}

impl Default for HoursNow {
    fn default() -> Self {
        Self {
            now: Hours::default(),
            until: [None; 2],
            zone: TimeZone::UTC,
            due: None,
            is_stale: false,
        }
    }
}

impl HoursNow {
    /// When the clock is to be looked at again, by the steady one.
    pub(super) fn due(&self) -> Option<Duration> {
        if self.is_stale {
            return Some(Duration::ZERO);
        }
        self.due
    }

    /// Nothing is allowed: until when, where that is known.
    pub(super) fn off(&self, is_background: bool) -> Option<Option<Timestamp>> {
        let class = if is_background {
            Class::Background
        } else {
            Class::Foreground
        };
        let is_off = self.now.of(class) == Allowance::Off;
        is_off.then_some(self.until[class as usize])
    }

    /// The schedule is another one.
    pub(super) fn look_again(&mut self) {
        self.is_stale = true;
    }

    /// The clocks are other ones.
    pub(super) fn set_zone(&mut self, zone: TimeZone) {
        self.is_stale |= self.zone != zone;
        self.zone = zone;
    }
}

impl Queue {
    /// Looks at the clock, where that is due; what follows from another hour.
    pub(super) fn keep_hours(&mut self, now: Now, effects: &mut Vec<Effect>) {
        if self.hours.due().is_none_or(|due| due > now.steady) {
            return;
        }
        let schedule = &self.program.schedule;
        let zone = &self.hours.zone;
        let until = CLASSES.map(|class| schedule.next_change_of(class, now.wall, zone));
        let hours = schedule.at(now.wall, zone);
        let change = until.into_iter().flatten().min();
        let to_change =
            change.and_then(|change| Duration::try_from(now.wall.until(change).ok()?).ok());
        self.hours.due = to_change.map(|wait| now.steady + wait.min(LOOK));
        self.hours.is_stale = false;
        let before = std::mem::replace(&mut self.hours.now, hours);
        self.are_holds_stale |= before != hours || self.hours.until != until;
        self.hours.until = until;
        if before != hours {
            effects.push(Effect::Rates);
        }
    }
}
