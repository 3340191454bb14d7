//! Waiting as the pace says: a group's limit and those above it, shared by all workers.

use std::sync::atomic::{AtomicBool, Ordering};
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
            bucket: Mutex::new(Bucket::new(per_second)),
            above: above.into_iter().map(|pace| (AtomicBool::new(true), pace)).collect(),
            epoch: Instant::now(),
        }
    }

    /// Another limit, from now on.
    pub fn set(&self, per_second: Option<u64>) {
        let mut bucket = self.bucket.lock().unwrap_or_else(PoisonError::into_inner);
        bucket.set(per_second, self.epoch.elapsed());
        self.limited.store(per_second.is_some(), Ordering::Relaxed);
    }

    /// Whether one of those above (by its place) holds for this one.
    pub fn follow(&self, above: usize, follows: bool) {
        if let Some((flag, _)) = self.above.get(above) {
            flag.store(follows, Ordering::Relaxed);
        }
    }

    /// Takes so many bytes and waits until they are paid for.
    pub async fn pay(&self, bytes: u64) {
        let mut bytes = bytes;
        loop {
            let wait = self.take(bytes);
            if wait.is_zero() {
                return;
            }
            tokio::time::sleep(wait.min(LOOK)).await;
            bytes = 0;
        }
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
