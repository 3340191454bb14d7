//! What holds for the whole program, and what surrounds it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::property::{Mode, Priority};
use crate::pace::schedule::Schedule;

/// What a person has set for the whole program. It survives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Program {
    /// How it behaves.
    pub mode: Mode,
    /// The limit of all transfers together, bytes a second.
    pub limit: Option<u64>,
    /// Those of each priority.
    pub limits: PriorityLimits,
    /// The hours of the week.
    pub schedule: Arc<Schedule>,
}

/// A limit for each priority, of all its transfers together: bytes a second, more than 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PriorityLimits {
    /// In the foreground.
    pub foreground: Option<u64>,
    /// First in the background.
    pub high: Option<u64>,
    /// In the background.
    pub normal: Option<u64>,
    /// Last in the background.
    pub low: Option<u64>,
}

impl PriorityLimits {
    /// That of one priority.
    #[must_use]
    pub fn of(self, priority: Priority) -> Option<u64> {
        match priority {
            Priority::Foreground => self.foreground,
            Priority::High => self.high,
            Priority::Normal => self.normal,
            Priority::Low => self.low,
        }
    }

    /// Sets that of one priority.
    pub fn set(&mut self, priority: Priority, limit: Option<u64>) {
        *match priority {
            Priority::Foreground => &mut self.foreground,
            Priority::High => &mut self.high,
            Priority::Normal => &mut self.normal,
            Priority::Low => &mut self.low,
        } = limit;
    }

    /// There is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What may keep the background from running: as it is, or whether it does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Conditions {
    /// The network is paid for by the byte.
    pub metered: bool,
    /// No mains.
    pub on_battery: bool,
}

impl Conditions {
    /// Neither.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
