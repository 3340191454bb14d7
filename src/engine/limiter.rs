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
            above: above
                .into_iter()
                .map(|pace| (AtomicBool::new(true), pace))
                .collect(),
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

    /// Takes so many bytes and waits until they are paid for, at the limits as they change.
    /// `paced` is set while there is a wait: then it is this program that is slow.
    pub async fn pay(&self, bytes: u64, paced: &AtomicBool) {
        let mut wait = self.take(bytes);
        let mut speed = self.speed();
        while !wait.is_zero() {
            paced.store(true, Ordering::Relaxed);
            let step = wait.min(LOOK);
            tokio::time::sleep(step).await;
            let before = std::mem::replace(&mut speed, self.speed());
            // Without a limit any more there is nothing left to wait for.
            let slower = if speed.is_finite() {
                before / speed
            } else {
                0.0
            };
            wait = (wait - step).mul_f64(slower.min(1e3));
        }
    }

    /// The lowest of all limits that hold here, bytes a second; infinite for none.
    fn speed(&self) -> f64 {
        let followed = self
            .above
            .iter()
            .filter(|(flag, _)| flag.load(Ordering::Relaxed));
        let above = followed
            .map(|(_, pace)| pace.speed())
            .fold(f64::INFINITY, f64::min);
        if !self.limited.load(Ordering::Relaxed) {
            return above;
        }
        let bucket = self.bucket.lock().unwrap_or_else(PoisonError::into_inner);
        above.min(
            bucket
                .per_second()
                .map_or(f64::INFINITY, |own| own.max(1) as f64),
        )
    }

    fn take(&self, bytes: u64) -> Duration {
        let own = if self.limited.load(Ordering::Relaxed) {
            let mut bucket = self.bucket.lock().unwrap_or_else(PoisonError::into_inner);
            bucket.take(bytes, self.epoch.elapsed())
        } else {
            Duration::ZERO
        };
        let followed = self
            .above
            .iter()
            .filter(|(flag, _)| flag.load(Ordering::Relaxed));
        followed
            .map(|(_, pace)| pace.take(bytes))
            .fold(own, Duration::max)
    }
}
