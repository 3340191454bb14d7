//! A limit in bytes a second, kept exactly and without bursts.
//!
//! Bytes are let through when all before them are paid for, and paid for by time: however late
//! somebody comes, the average holds.

use std::time::Duration;

/// What may be saved up while nobody comes.
const SAVED: Duration = Duration::from_millis(50);

/// One limit; `None` lets all through.
#[derive(Debug, Clone, Copy, Default)]
pub struct Bucket {
    per_second: Option<u64>,
    /// Until when all that was let through is paid for.
    paid_until: Duration,
}

impl Bucket {
    /// The limit, bytes a second.
    #[must_use]
    pub fn per_second(&self) -> Option<u64> {
        self.per_second
    }

    /// Another limit, from now on; what is owed is owed at the new rate. Whether it is another.
    pub fn set(&mut self, per_second: Option<u64>, steady: Duration) -> bool {
        if self.per_second == per_second {
            return false;
        }
        let owed = self.paid_until.saturating_sub(steady);
        self.paid_until = match (self.per_second, per_second) {
            (Some(old), Some(new)) => steady + owed.mul_f64(old as f64 / new.max(1) as f64),
            _ => steady,
        };
        self.per_second = per_second;
        true
    }

    /// When the next bytes may pass; a moment that has passed means at once.
    #[must_use]
    pub fn free_at(&self) -> Duration {
        self.per_second.map_or(Duration::ZERO, |_| self.paid_until)
    }

    /// For how long so many bytes are all that may pass.
    #[must_use]
    pub fn price(&self, bytes: u64) -> Duration {
        self.per_second.map_or(Duration::ZERO, |per_second| {
            Duration::from_secs_f64(bytes as f64 / per_second.max(1) as f64)
        })
    }

    /// So many bytes pass.
    pub fn take(&mut self, bytes: u64, steady: Duration) {
        let since = self.paid_until.max(steady.saturating_sub(SAVED));
        self.paid_until = since + self.price(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn limited(per_second: u64) -> Bucket {
        let mut bucket = Bucket::default();
        bucket.set(Some(per_second), Duration::ZERO);
        bucket
    }

    proptest! {
        /// Whatever the sizes, and however late somebody comes, the average is the limit.
        #[test]
        fn average_is_the_limit(
            reads in prop::collection::vec((1_u64..65_536, 0_u64..5_000), 20..200),
            rate in 1_000_u64..50_000_000,
        ) {
            let mut bucket = limited(rate);
            let start = Duration::from_secs(100);
            let (mut now, mut bytes, mut last) = (start, 0, 0);
            for (read, late_micros) in reads {
                now = now.max(bucket.free_at()) + Duration::from_micros(late_micros);
                bucket.take(read, now);
                (bytes, last) = (bytes + read, read);
            }
            let took = (now - start).as_secs_f64();
            let exact = (bytes - last) as f64 / rate as f64;
            prop_assert!(took >= exact - 0.051, "{took} for {exact}");
            let last = last as f64 / rate as f64;
            let free = bucket.free_at().saturating_sub(start).as_secs_f64();
            prop_assert!(free <= took + last + 1e-6, "{free} after {took}");
        }
    }

    #[test]
    fn a_change_holds_at_once() {
        let second = Duration::from_secs(1);
        let mut bucket = limited(1_000);
        bucket.take(10_000, 5 * second);
        assert!(bucket.free_at() > 14 * second);
        assert!(bucket.set(Some(10_000), 5 * second) && !bucket.set(Some(10_000), 5 * second));
        assert!(bucket.free_at() <= 6 * second);
        bucket.set(None, 5 * second);
        assert_eq!(bucket.free_at(), Duration::ZERO);
        // What passed while there was no limit is not owed later.
        bucket.take(1 << 30, 6 * second);
        bucket.set(Some(1), 7 * second);
        assert_eq!(bucket.free_at(), 7 * second);
    }
}
