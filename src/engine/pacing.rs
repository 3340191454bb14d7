//! The limits of the program and of its groups, as paces that workers wait for.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::limiter::{Gate, Pace};
use super::lines::Lines;
use super::manner::Manner;
use crate::download::rate::Rate;
use crate::pace::line::Rank;
use crate::pace::schedule::{CLASSES, Hours};
use crate::pace::toll::{Limit, Payer};
use crate::queue::property::PRIORITIES;
use crate::queue::{GroupId, Mode, Priority, Program};

/// Background transfers whose line cannot be seen get this part of the highest speed there was,
const SHARE: f64 = 0.5;
/// never less than this, bytes a second.
const LEAST: u64 = 64 * 1024;

/// Every pace there is.
pub struct Pacing {
    gate: Arc<Gate>,
    groups: HashMap<GroupId, Arc<Pace>>,
    manners: HashMap<GroupId, Arc<Manner>>,
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
            manners: HashMap::new(),
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
        lines: &Lines,
    ) -> Arc<Pace> {
        let manner = self.manner(group);
        if manner.set(rank(priority, mode)) {
            lines.look();
        }
        let payer = Payer {
            level: priority as usize,
            limit,
            has_share: manner.is_blind(),
        };
        if let Some(pace) = self.groups.get(&group) {
            pace.change(payer);
            return pace.clone();
        }
        let pace = self.gate.enter(payer);
        self.groups.insert(group, pace.clone());
        pace
    }

    /// How a group's transfers behave towards others.
    pub fn manner(&mut self, group: GroupId) -> Arc<Manner> {
        let manner = self.manners.entry(group);
        manner
            .or_insert_with(|| Arc::new(Manner::new(None)))
            .clone()
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
            self.gate.set([(Limit::Share, Some(share))]);
        }
    }

    /// A group that is gone.
    pub fn forget(&mut self, group: GroupId) {
        self.groups.remove(&group);
        self.manners.remove(&group);
    }
}

/// Whether those of a priority take only what is free, and who of them goes first.
fn rank(priority: Priority, mode: Mode) -> Option<Rank> {
    if mode != Mode::Polite {
        return None;
    }
    match priority {
        Priority::Foreground => None,
        Priority::High => Some(Rank(0)),
        Priority::Normal => Some(Rank(1)),
        Priority::Low => Some(Rank(2)),
    }
}
