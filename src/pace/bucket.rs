//! A limit in bytes a second, kept exactly and without bursts.
//!
//! Bytes are taken first and paid for by waiting: the debt of one read is the
//! length of its pause, so however large a read is, the average holds.

use std::time::Duration;

/// What may be saved up while nobody reads.
const SAVED: Duration = Duration::from_millis(50);

/// One limit; `None` lets all through.
#[derive(Debug, Clone, Copy, Default)]
pub struct Bucket {
    per_second: Option<u64>,
    /// Until when all that was taken is paid for.
    paid_until: Duration,
}

impl Bucket {
    /// A limit in bytes a second.
    #[must_use]
    pub fn new(per_second: Option<u64>) -> Self {
        Self {
            per_second,
            paid_until: Duration::ZERO,
        }
    }

    /// The limit.
    #[must_use]
    pub fn per_second(&self) -> Option<u64> {
        self.per_second
    }

    /// Another limit, from now on; what is owed is owed at the new rate.
    pub fn set(&mut self, per_second: Option<u64>, steady: Duration) {
        if self.per_second == per_second {
            return;
        }
        let owed = self.paid_until.saturating_sub(steady);
        self.paid_until = match (self.per_second, per_second) {
            (Some(old), Some(new)) if new > 0 => steady + owed.mul_f64(old as f64 / new as f64),
            _ => steady,
        };
        self.per_second = per_second;
    }

    /// Takes so many bytes; how long to wait before the next are taken.
    pub fn take(&mut self, bytes: u64, steady: Duration) -> Duration {
        let Some(per_second) = self.per_second else {
            return Duration::ZERO;
        };
        let price = Duration::from_secs_f64(bytes as f64 / per_second.max(1) as f64);
        self.paid_until = self.paid_until.max(steady.saturating_sub(SAVED)) + price;
        self.paid_until.saturating_sub(steady)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever the reads' sizes, after waiting as told the average is the limit.
        #[test]
        fn average_is_the_limit(reads in prop::collection::vec(1u64..400_000, 20..200),
                                rate in 1_000u64..50_000_000) {
            let mut bucket = Bucket::new(Some(rate));
            let start = Duration::from_secs(100);
            let mut now = start;
            let mut bytes = 0;
            for read in reads {
                now += bucket.take(read, now);
                bytes += read;
            }
            let exact = bytes as f64 / rate as f64;
            let took = (now - start).as_secs_f64();
            prop_assert!(took <= exact + 0.001 && took >= exact - 0.051, "{took} for {exact}");
        }
    }

    #[test]
    fn a_change_holds_at_once() {
        let second = Duration::from_secs(1);
        let mut bucket = Bucket::new(Some(1_000));
        assert!(bucket.take(10_000, 5 * second) > 9 * second);
        bucket.set(Some(10_000), 5 * second);
        assert!(bucket.take(0, 5 * second) <= second);
        bucket.set(None, 5 * second);
        assert_eq!(bucket.take(1 << 30, 5 * second), Duration::ZERO);
    }
}
