//! The limits of the program and of its groups, as paces that workers wait for.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::limiter::Pace;
use crate::download::rate::Rate;
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
        let above = vec![self.program.clone(), self.polite.clone()];
        let pace = self
            .groups
            .entry(group)
            .or_insert_with(|| Arc::new(Pace::new(None, above)));
        pace.set(limit);
        // The second one above, the polite one, holds only for those in the background.
        pace.follow(1, priority != Priority::Foreground && mode == Mode::Polite);
        pace.clone()
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
    }
}
