//! The limits of the program and of its groups, as paces that workers wait for.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::limiter::{Gate, Pace};
use crate::download::rate::Rate;
use crate::pace::schedule::{CLASSES, Hours};
use crate::pace::toll::{Limit, Payer};
use crate::queue::property::PRIORITIES;
use crate::queue::{GroupId, Mode, Priority, Program};

/// Background transfers get this part of the highest speed seen, for now:
const SHARE: f64 = 0.5;
/// never less than this, bytes a second.
const LEAST: u64 = 64 * 1024;

/// Every pace there is.
pub struct Pacing {
    gate: Arc<Gate>,
    groups: HashMap<GroupId, Arc<Pace>>,
    bytes: u64,
    rate: Rate,
    peak: u64,
}

impl Pacing {
    /// No limits.
    #[must_use]
    pub fn new() -> Self {
        Self {
            gate: Gate::new(),
            groups: HashMap::new(),
            bytes: 0,
            rate: Rate::new(),
            peak: 0,
        }
    }

    /// A group's pace, as it is now.
    pub fn of(
        &mut self,
        group: GroupId,
        priority: Priority,
        limit: Option<u64>,
        mode: Mode,
    ) -> Arc<Pace> {
        let payer = Payer {
            level: priority as usize,
            limit,
            is_polite: priority != Priority::Foreground && mode == Mode::Polite,
        };
        if let Some(pace) = self.groups.get(&group) {
            pace.change(payer);
            return pace.clone();
        }
        let pace = self.gate.enter(payer);
        self.groups.insert(group, pace.clone());
        pace
    }

    /// The limits of the program and of its priorities, and what the hour allows.
    pub fn set_rates(&self, program: &Program, hours: Hours) {
        let of_priority = |one: Priority| (Limit::Level(one as usize), program.limits.of(one));
        let of_class = CLASSES.map(|class| (Limit::Hours(class), hours.of(class).limit()));
        let limits = [(Limit::Program, program.limit)].into_iter();
        self.gate
            .set(limits.chain(of_class).chain(PRIORITIES.map(of_priority)));
    }

    /// Bytes of all transfers since the last look: the share follows the peak.
    pub fn look(&mut self, new_bytes: u64, steady: Duration) {
        self.bytes += new_bytes;
        self.rate.add(self.bytes, steady);
        let now = self.rate.per_second(steady);
        if now > self.peak {
            self.peak = now;
            let share = ((now as f64 * SHARE) as u64).max(LEAST);
            self.gate.set([(Limit::Polite, Some(share))]);
        }
    }

    /// A group that is gone.
    pub fn forget(&mut self, group: GroupId) {
        self.groups.remove(&group);
    }
}
