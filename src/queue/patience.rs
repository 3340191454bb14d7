//! What a job says itself about trying again.

use std::time::Duration;

use super::command::Refusal;
use super::network::within;
use crate::download::retry::Policy;

/// What a job has of its own; what is absent is as its level has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct JobPatience {
    /// Tries without progress before giving up, whether the host was ever reached or not: with
    /// 10 the tenth failed one gives up, with 0 or 1 the first.
    pub tries: Option<u32>,
    /// The first wait; each next one is twice as long, up to the level's longest.
    pub first_wait: Option<Duration>,
    /// How long without progress until it is given up.
    pub without_progress: Option<Duration>,
}

impl JobPatience {
    /// Are the times such as can be counted with?
    ///
    /// # Errors
    /// `Invalid`, for the first that is not.
    pub fn check(&self) -> Result<(), Refusal> {
        within("first wait", self.first_wait.unwrap_or_default())?;
        within("patience", self.without_progress.unwrap_or_default())
    }

    /// The policy of a level, with what the job says instead.
    #[must_use]
    pub fn over(&self, level: Policy) -> Policy {
        let first_wait = self.first_wait.unwrap_or(level.first_wait);
        Policy {
            tries: self.tries.or(level.tries),
            tries_unreached: self.tries.or(level.tries_unreached),
            first_wait,
            longest_wait: level.longest_wait.max(first_wait),
            patience: self.without_progress.unwrap_or(level.patience),
        }
    }
}
