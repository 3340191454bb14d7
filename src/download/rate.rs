//! A speed that does not lie: smoothed over the last seconds, and gone when bytes stop.

use std::time::Duration;

/// How long the past weighs.
const MEMORY: Duration = Duration::from_secs(3);
/// Without a new byte for this long, it is stalled.
const STALLED: Duration = Duration::from_secs(5);

/// Bytes a second, exponentially smoothed over about three seconds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rate {
    seen: Option<Seen>,
    per_second: f64,
    /// How much of the memory is filled, 0 to 1: early figures are divided by it.
    weight: f64,
}

#[derive(Debug, Clone, Copy)]
struct Seen {
    bytes: u64,
    at: Duration,
    moved: Duration,
}

impl Rate {
    /// Nothing seen yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// So many bytes are there, at this moment. Fewer than before: it starts over.
    pub fn add(&mut self, total_bytes: u64, steady: Duration) {
        let Some(seen) = self.seen else {
            self.seen = Some(Seen {
                bytes: total_bytes,
                at: steady,
                moved: steady,
            });
            return;
        };
        if total_bytes < seen.bytes {
            *self = Self::default();
            return self.add(total_bytes, steady);
        }
        let span = steady.saturating_sub(seen.at);
        if span.is_zero() {
            return;
        }
        let new = total_bytes - seen.bytes;
        let keep = (-span.as_secs_f64() / MEMORY.as_secs_f64()).exp();
        self.per_second = self.per_second * keep + new as f64 / span.as_secs_f64() * (1.0 - keep);
        self.weight = self.weight * keep + (1.0 - keep);
        let moved = if new > 0 { steady } else { seen.moved };
        self.seen = Some(Seen {
            bytes: total_bytes,
            at: steady,
            moved,
        });
    }

    /// Bytes a second; 0 when stalled or unknown.
    #[must_use]
    pub fn per_second(&self, steady: Duration) -> u64 {
        if self.weight <= 0.0 || self.is_stalled(steady) {
            return 0;
        }
        (self.per_second / self.weight) as u64
    }

    /// No new byte for five seconds.
    #[must_use]
    pub fn is_stalled(&self, steady: Duration) -> bool {
        self.seen
            .is_some_and(|seen| steady.saturating_sub(seen.moved) >= STALLED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(tenths: u64) -> Duration {
        Duration::from_millis(tenths * 100)
    }

    #[test]
    fn a_steady_stream_is_its_own_speed_at_once() {
        let mut rate = Rate::new();
        for tick in 0..=3 {
            rate.add(tick * 100_000, at(tick));
        }
        let shown = rate.per_second(at(3));
        assert!((990_000..=1_010_000).contains(&shown), "{shown}");
    }

    #[test]
    fn follows_a_change_within_seconds_and_forgets_a_stall() {
        let mut rate = Rate::new();
        let mut bytes = 0;
        for tick in 0..100 {
            bytes += if tick < 50 { 1_000_000 } else { 100_000 };
            rate.add(bytes, at(tick));
        }
        let shown = rate.per_second(at(99));
        assert!((1_000_000..=3_000_000).contains(&shown), "{shown}");
        for tick in 100..160 {
            rate.add(bytes, at(tick));
        }
        assert!(rate.is_stalled(at(159)));
        assert_eq!(rate.per_second(at(159)), 0);
    }

    #[test]
    fn starting_over_is_no_negative_speed() {
        let mut rate = Rate::new();
        rate.add(1_000, at(0));
        rate.add(2_000, at(1));
        rate.add(0, at(2));
        assert_eq!(rate.per_second(at(2)), 0);
    }
}
