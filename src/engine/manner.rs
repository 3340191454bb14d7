//! How the transfers of a group behave towards others on the line.

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::lines::Way;
use crate::pace::line::{Courtesy, Rank};

/// No rank: it competes like any program.
const FREE: u8 = u8::MAX;

/// A group's; changes hold at once for what is under way.
#[derive(Debug)]
pub struct Manner {
    rank: AtomicU8,
    /// The line that its bytes came over last.
    way: Mutex<Option<Arc<Way>>>,
    blind: AtomicBool,
}

impl Manner {
    /// Takes only what is free, as `rank` among its like; none: competes.
    #[must_use]
    pub fn new(rank: Option<Rank>) -> Self {
        Self {
            rank: AtomicU8::new(rank.map_or(FREE, |rank| rank.0)),
            way: Mutex::default(),
            blind: AtomicBool::new(false),
        }
    }

    /// Another rank, or none; whether it was another before.
    pub fn set(&self, rank: Option<Rank>) -> bool {
        let new = rank.map_or(FREE, |rank| rank.0);
        self.rank.swap(new, Ordering::Relaxed) != new
    }

    /// Its rank among those who take only what is free.
    #[must_use]
    pub fn rank(&self) -> Option<Rank> {
        let rank = self.rank.load(Ordering::Relaxed);
        (rank != FREE).then_some(Rank(rank))
    }

    /// Its bytes come over this line.
    pub fn comes_by(&self, way: &Arc<Way>) {
        *self.way.lock().unwrap_or_else(PoisonError::into_inner) = Some(way.clone());
        self.blind.store(false, Ordering::Relaxed);
    }

    /// Its bytes come over a line of which nothing can be seen.
    pub fn comes_blindly(&self) {
        self.blind.store(true, Ordering::Relaxed);
    }

    /// Whether it would take only what is free, but cannot see how much that is.
    #[must_use]
    pub fn is_blind(&self) -> bool {
        self.blind.load(Ordering::Relaxed) && self.rank().is_some()
    }

    /// What it is doing on its line; none where it competes, or nothing is known yet.
    #[must_use]
    pub fn courtesy(&self) -> Option<Courtesy> {
        self.rank()?;
        if self.is_blind() {
            return Some(Courtesy::Blind);
        }
        let way = self.way.lock().unwrap_or_else(PoisonError::into_inner);
        way.as_ref().map(|way| way.courtesy())
    }
}
