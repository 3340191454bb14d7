//! Waiting as the pace says: a group's limit and those above it, shared by all workers.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::pace::bucket::Bucket;

/// So long a pause at most before the limits are looked at again: a change holds at once.
const LOOK: Duration = Duration::from_millis(100);

/// One limit, and those above it that it follows.
#[derive(Debug)]
pub struct Pace {
    limited: AtomicBool,
    changes: AtomicU32,
    bucket: Mutex<Bucket>,
    above: Vec<(AtomicBool, Arc<Pace>)>,
    epoch: Instant,
}

impl Pace {
    /// A limit (bytes a second; none: all passes) below others.
    #[must_use]
    pub fn new(per_second: Option<u64>, above: Vec<Arc<Pace>>) -> Self {
        Self {
            limited: AtomicBool::new(per_second.is_some()),
            changes: AtomicU32::new(0),
            bucket: Mutex::new(Bucket::new(per_second)),
            above: above.into_iter().map(|pace| (AtomicBool::new(true), pace)).collect(),
            epoch: Instant::now(),
        }
    }

    /// Another limit, from now on.
    pub fn set(&self, per_second: Option<u64>) {
        let mut bucket = self.bucket.lock().unwrap_or_else(PoisonError::into_inner);
        if bucket.per_second() == per_second {
            return;
        }
        bucket.set(per_second, self.epoch.elapsed());
        self.changes.fetch_add(1, Ordering::Relaxed);
        self.limited.store(per_second.is_some(), Ordering::Relaxed);
    }

    /// Whether one of those above (by its place) holds for this one.
    pub fn follow(&self, above: usize, follows: bool) {
        if let Some((flag, _)) = self.above.get(above)
            && flag.swap(follows, Ordering::Relaxed) != follows
        {
            self.changes.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Takes so many bytes and waits until they are paid for (or the limits change).
    /// `true` where there was a wait: then it is this program that is slow.
    pub async fn pay(&self, bytes: u64) -> bool {
        let mut wait = self.take(bytes);
        let waits = !wait.is_zero();
        let changes = self.changes();
        while !wait.is_zero() && self.changes() == changes {
            let step = wait.min(LOOK);
            tokio::time::sleep(step).await;
            wait -= step;
        }
        waits
    }

    fn changes(&self) -> u32 {
        let above = self.above.iter().map(|(_, pace)| pace.changes());
        above.fold(self.changes.load(Ordering::Relaxed), u32::wrapping_add)
    }

    fn take(&self, bytes: u64) -> Duration {
        let own = if self.limited.load(Ordering::Relaxed) {
            let mut bucket = self.bucket.lock().unwrap_or_else(PoisonError::into_inner);
            bucket.take(bytes, self.epoch.elapsed())
        } else {
            Duration::ZERO
        };
        let followed = self.above.iter().filter(|(flag, _)| flag.load(Ordering::Relaxed));
        followed.map(|(_, pace)| pace.take(bytes)).fold(own, Duration::max)
    }
}
