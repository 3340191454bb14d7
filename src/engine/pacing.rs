//! The limits of the program and of its groups, as paces that workers wait for.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::limiter::Pace;
use super::lines::Lines;
use super::manner::Manner;
use crate::download::rate::Rate;
use crate::pace::line::Rank;
use crate::queue::{GroupId, Mode, Priority};

/// Background transfers get this part of the highest speed seen, for now:
const SHARE: f64 = 0.5;
/// never less than this, bytes a second.
const LEAST: u64 = 64 * 1024;

/// Every pace there is.
pub struct Pacing {
    program: Arc<Pace>,
    polite: Arc<Pace>,
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
        let program = Arc::new(Pace::new(None, Vec::new()));
        Self {
            polite: Arc::new(Pace::new(None, Vec::new())),
            program,
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
        let above = vec![self.program.clone(), self.polite.clone()];
        let pace = self
            .groups
            .entry(group)
            .or_insert_with(|| Arc::new(Pace::new(None, above)));
        pace.set(limit);
        // The second one above, the polite one, holds only for those in the background.
        pace.follow(1, manner.is_blind());
        pace.clone()
    }

    /// How a group's transfers behave towards others.
    pub fn manner(&mut self, group: GroupId) -> Arc<Manner> {
        let manner = self.manners.entry(group);
        manner
            .or_insert_with(|| Arc::new(Manner::new(None)))
            .clone()
    }

    /// The program's limit.
    pub fn set_program(&self, limit: Option<u64>) {
        self.program.set(limit);
    }

    /// Bytes of all transfers since the last look: the share follows the peak.
    pub fn look(&mut self, new_bytes: u64, steady: Duration) {
        self.bytes += new_bytes;
        self.rate.add(self.bytes, steady);
        let now = self.rate.per_second(steady);
        if now > self.peak {
            self.peak = now;
            self.polite
                .set(Some(((now as f64 * SHARE) as u64).max(LEAST)));
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
