//! How many connections one file gets: few at first, more while that helps,
//! fewer when the server says so.
//!
//! More connections help when the sum grew, or when one of them stood still
//! while others flowed: then the server holds each of them back, not the line.

use std::time::Duration;

/// How long a number of connections is watched before the next step.
const WINDOW: Duration = Duration::from_millis(100);
/// After this long without a step, it is tried again: lines change.
const ASK_AGAIN: Duration = Duration::from_secs(5);
/// How long a server that refused one is left alone.
const TRUCE: Duration = Duration::from_secs(10);
/// The sum must grow by this much for a step to have helped.
const HELPED: f64 = 1.15;
/// What is done sooner than this needs no further connection.
const SOON: f64 = 0.4;
/// A connection this fast (bytes a second) is held back by this computer alone.
const FULL: f64 = 250e6;

/// One file's number of connections.
#[derive(Debug, Clone)]
pub struct Ramp {
    most: usize,
    wanted: usize,
    /// The best sum of an earlier level, bytes a second.
    before: f64,
    since: Option<(Duration, u64)>,
    truce_until: Duration,
}

/// What a tick sees.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// The moment.
    pub steady: Duration,
    /// Bytes of this file so far, ever growing.
    pub bytes: u64,
    /// Bytes still missing.
    pub remaining: u64,
    /// Connections that have a range.
    pub active: usize,
    /// Those of them whose speed is known, and those that stood still.
    pub flowing: (usize, usize),
    /// Time from a request to its first byte.
    pub latency: Duration,
}

impl Ramp {
    /// Starts with one of at most `most` (at least 1).
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self {
            most: most.max(1),
            wanted: 1,
            before: 0.0,
            since: None,
            truce_until: Duration::ZERO,
        }
    }

    /// The first connection delivers, from here.
    pub fn begin(&mut self, steady: Duration, bytes: u64) {
        self.since = Some((steady, bytes));
    }

    /// One is enough for now: others have the line. When it is free again, new ones are at full
    /// speed sooner than one that was held back.
    pub fn rest(&mut self) {
        (self.wanted, self.before, self.since) = (1, 0.0, None);
    }

    /// How many there should be now.
    pub fn tick(&mut self, seen: Seen) -> usize {
        let Some((since, bytes)) = self.since else {
            self.since = Some((seen.steady, seen.bytes));
            return self.wanted;
        };
        let span = seen.steady.saturating_sub(since);
        if span < WINDOW.max(seen.latency * 2) || seen.active < self.wanted {
            // (Fewer than wanted: they are still connecting, or the rest is not worth one.)
            if seen.active == 0 || span < ASK_AGAIN {
                return self.wanted;
            }
        }
        let rate = seen.bytes.saturating_sub(bytes) as f64 / span.as_secs_f64();
        let held_back = seen.flowing.1 > 0 && seen.flowing.1 < seen.flowing.0;
        let helped = rate >= self.before * HELPED || held_back || span >= ASK_AGAIN;
        let long = seen.remaining as f64 > rate * SOON;
        let full = rate / seen.active.max(1) as f64 > FULL;
        if helped && long && !full && seen.steady >= self.truce_until && self.wanted < self.most {
            self.before = rate;
            self.wanted = (self.wanted * 2).min(self.most);
            self.since = Some((seen.steady, seen.bytes));
        } else if span >= ASK_AGAIN {
            self.before = rate;
            self.since = Some((seen.steady, seen.bytes));
        }
        self.wanted
    }

    /// The server refused one while `alive` others run: no more than those, for a while.
    pub fn refused(&mut self, alive: usize, steady: Duration) {
        self.most = self.most.min(alive.max(1));
        self.wanted = self.wanted.min(self.most);
        self.truce_until = steady + TRUCE;
    }

    /// One was lost, though not refused: it is replaced after a moment.
    pub fn lost(&mut self, steady: Duration) {
        self.truce_until = self.truce_until.max(steady + WINDOW * 5);
    }

    /// `false` while a lost one is not to be replaced yet.
    #[must_use]
    pub fn may_connect(&self, steady: Duration) -> bool {
        steady >= self.truce_until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ticks of a tenth of a second; `sum(connections)` is the speed.
    fn run(most: usize, ticks: u64, flowing: bool, sum: impl Fn(usize) -> f64) -> Vec<usize> {
        let mut ramp = Ramp::new(most);
        let mut bytes = 0.0;
        let mut wanted = 1;
        (0..ticks)
            .map(|tick| {
                let seen = Seen {
                    steady: Duration::from_millis(tick * 100),
                    bytes: bytes as u64,
                    remaining: 1 << 40,
                    active: wanted,
                    flowing: (wanted, if flowing { 0 } else { wanted / 2 }),
                    latency: Duration::from_millis(5),
                };
                wanted = ramp.tick(seen);
                bytes += sum(wanted) / 10.0;
                wanted
            })
            .collect()
    }

    #[test]
    fn a_server_that_holds_each_back_gets_all_within_half_a_second() {
        assert_eq!(run(16, 6, true, |n| n as f64 * 8e6), [1, 2, 4, 8, 16, 16]);
    }

    #[test]
    fn a_full_line_is_left_alone() {
        let steps = run(16, 40, true, |_| 6e6);
        assert!(*steps.last().unwrap() <= 2, "{steps:?}");
    }

    #[test]
    fn a_server_that_pauses_each_gets_more() {
        assert_eq!(*run(16, 6, false, |_| 6e6).last().unwrap(), 16);
    }

    #[test]
    fn this_computers_own_limit_needs_one() {
        assert_eq!(run(16, 10, true, |_| 600e6), [1; 10]);
    }

    #[test]
    fn a_refusal_is_a_limit() {
        let mut ramp = Ramp::new(16);
        ramp.wanted = 8;
        ramp.refused(5, Duration::from_secs(1));
        assert_eq!((ramp.wanted, ramp.most), (5, 5));
        assert!(!ramp.may_connect(Duration::from_secs(2)));
        assert!(ramp.may_connect(Duration::from_secs(12)));
    }

    #[test]
    fn after_a_rest_it_begins_with_one_and_helps_at_once() {
        let mut ramp = Ramp::new(8);
        ramp.wanted = 8;
        ramp.before = 6e6;
        ramp.rest();
        let seen = |tick: u64, active: usize| Seen {
            steady: Duration::from_millis(5_000 + tick * 100),
            bytes: tick * 1_000,
            remaining: 1 << 40,
            active,
            flowing: (active, 0),
            latency: Duration::from_millis(5),
        };
        assert_eq!(ramp.tick(seen(0, 1)), 1);
        assert_eq!(ramp.tick(seen(1, 1)), 2, "one that was held back is slow");
    }
}
