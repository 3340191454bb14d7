//! Which connection fetches which bytes of one file.
//!
//! Always true: the ranges in work never overlap each other nor what is written;
//! a byte counts as written only when the disk has taken it; between
//! [`Segments::claim`] and [`Segments::wrote`] nobody else is given the claimed bytes.
//!
//! A worker that has nothing left takes a gap or, where there is none, a part of
//! the range that would be finished last, cut so that both would end together:
//! a slow connection is left with what it can do, and cannot make a slow tail.

use std::ops::Range;
use std::time::Duration;

use super::range_set::RangeSet;

/// A connection's number within one try of one file.
pub type Worker = u32;

/// No range smaller than this is worth a request of its own.
const SMALLEST: u64 = 64 * 1024;
/// Cuts fall on multiples of this.
const ALIGN: u64 = 4 * 1024;
/// The shortest time a steal must save.
const WORTH: Duration = Duration::from_millis(50);

/// A worker is a laggard at this part of the others' speed,
const CRAWLS: f64 = 10.0;
/// but not before it was looked at so often.
const PATIENT_LOOKS: u32 = 20;
/// Before so many looks a worker's own speed says little.
const YOUNG: u32 = 10;

/// The bytes of one file: written, in work, missing.
#[derive(Debug, Clone)]
pub struct Segments {
    total: Option<u64>,
    written: RangeSet,
    active: Vec<Active>,
}

#[derive(Debug, Clone)]
struct Active {
    worker: Worker,
    /// All before it, from this range's start, is written.
    next: u64,
    /// `next..claimed` is being written at this moment.
    claimed: u64,
    /// Where this worker stops.
    end: u64,
    speed: Speed,
}

/// A worker's own speed, from the bytes it had at the last look.
#[derive(Debug, Clone, Copy, Default)]
struct Speed {
    bytes: u64,
    looked: Option<(u64, Duration)>,
    per_second: Option<f64>,
    looks: u32,
    /// Not a byte since the look before.
    stands: bool,
}

/// What a worker without work was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// To be fetched.
    pub range: Range<u64>,
    /// The worker that had it all and is too slow for any of it: to be stopped.
    pub displaced: Option<Worker>,
}

impl Segments {
    /// A file of `total` bytes (unknown: one stream) of which some are written.
    #[must_use]
    pub fn new(total: Option<u64>, written: RangeSet) -> Self {
        Self {
            total,
            written,
            active: Vec::new(),
        }
    }

    /// The whole length, where known.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// What is on disk.
    #[must_use]
    pub fn written(&self) -> &RangeSet {
        &self.written
    }

    /// Every byte is written.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.total.is_some_and(|total| self.written.len() == total)
    }

    /// Workers that have a range.
    #[must_use]
    pub fn active(&self) -> usize {
        self.active.len()
    }

    /// What each worker still has before it, in no order.
    #[must_use]
    pub fn in_work(&self) -> Vec<Range<u64>> {
        let ranges = self.active.iter().map(|active| active.next..active.end);
        ranges.filter(|range| !range.is_empty()).collect()
    }

    /// Bytes nobody has written yet.
    #[must_use]
    pub fn remaining(&self) -> Option<u64> {
        Some(self.total? - self.written.len())
    }

    /// The first answer: from `at` as far as bytes are missing in one piece.
    pub fn begin(&mut self, worker: Worker, at: u64) -> Range<u64> {
        let end = self
            .written
            .next_start(at)
            .or(self.total)
            .unwrap_or(u64::MAX);
        self.activate(worker, at..end)
    }

    /// Work for a worker that has none; `overhead` is what a request costs before its first byte.
    pub fn take(&mut self, worker: Worker, overhead: Duration) -> Option<Taken> {
        let total = self.total?;
        self.release(worker);
        if let Some(gap) = self.largest_gap(total) {
            return Some(Taken {
                range: self.activate(worker, gap),
                displaced: None,
            });
        }
        let mean = self.mean_speed();
        let (index, left) = self
            .active
            .iter()
            .enumerate()
            .map(|(index, active)| (index, active.time_left(mean)))
            .max_by(|a, b| a.1.total_cmp(&b.1))?;
        let cost = overhead.as_secs_f64();
        let victim = &self.active[index];
        let (open, per_second) = (victim.end - victim.claimed, victim.per_second(mean));
        // Both end together when the victim keeps `keep` bytes:
        // keep / victim = cost + (open - keep) / mean.
        let keep =
            (per_second * (cost * mean + open as f64) / (per_second + mean)).min(open as f64);
        let cut = victim.claimed + (keep as u64).next_multiple_of(ALIGN);
        let (range, displaced) = if keep as u64 <= SMALLEST {
            // What is left to the victim is not worth its connection: all of it is taken,
            // where that is clearly faster.
            let alone = cost + open as f64 / mean;
            if alone * 2.0 + WORTH.as_secs_f64() > left || victim.next < victim.claimed {
                return None;
            }
            (victim.claimed..victim.end, Some(victim.worker))
        } else {
            let saved = left - (cut - victim.claimed) as f64 / per_second;
            if cut >= victim.end || victim.end - cut < SMALLEST || saved < WORTH.as_secs_f64() {
                return None;
            }
            (cut..victim.end, None)
        };
        self.active[index].end = range.start;
        if displaced.is_some() {
            self.active.remove(index);
        }
        Some(Taken {
            range: self.activate(worker, range),
            displaced,
        })
    }

    /// Where a worker's range ends; `None` when it has none (any more).
    #[must_use]
    pub fn end_of(&self, worker: Worker) -> Option<u64> {
        self.find(worker).map(|active| active.end)
    }

    /// The next byte of a worker's range, and its end.
    #[must_use]
    pub fn position_of(&self, worker: Worker) -> Option<(u64, u64)> {
        self.find(worker).map(|active| (active.next, active.end))
    }

    /// How many of the next `available` bytes are wanted, and where they go; they are the
    /// worker's own until [`Self::wrote`]. 0: the range is done, or has been taken away.
    pub fn claim(&mut self, worker: Worker, available: usize) -> (u64, usize) {
        let Some(active) = self.find_mut(worker) else {
            return (0, 0);
        };
        let wanted = (active.end - active.next).min(available as u64);
        active.claimed = active.next + wanted;
        (active.next, wanted as usize)
    }

    /// The claimed bytes are on disk.
    pub fn wrote(&mut self, worker: Worker) {
        let Some(active) = self.find_mut(worker) else {
            return;
        };
        let range = active.next..active.claimed;
        active.speed.bytes += range.end - range.start;
        active.next = active.claimed;
        self.written.insert(range);
    }

    /// The worker's range is done; where what follows is missing and in nobody's work,
    /// it runs on, up to `until` at most. `true` when there is more to fetch.
    pub fn run_on(&mut self, worker: Worker, until: u64) -> bool {
        let Some(at) = self.find(worker).filter(|active| active.next == active.end) else {
            return self.find(worker).is_some();
        };
        let at = at.end;
        if self.written.contains(at) {
            return false;
        }
        let limit = until.min(self.total.unwrap_or(u64::MAX));
        let taken = self
            .active
            .iter()
            .filter(|other| other.worker != worker && other.end > at);
        let next = taken
            .map(|other| other.next)
            .chain(self.written.next_start(at))
            .fold(limit, u64::min);
        if next > at
            && let Some(active) = self.find_mut(worker)
        {
            active.end = next;
            return true;
        }
        false
    }

    /// The worker has stopped; what it had not written is missing again.
    pub fn release(&mut self, worker: Worker) {
        self.active.retain(|active| active.worker != worker);
    }

    /// A stream of unknown length has ended where this worker is.
    pub fn ends_here(&mut self, worker: Worker) {
        if let Some(active) = self.find(worker) {
            self.total = Some(active.next);
        }
        self.release(worker);
    }

    /// Looks at every worker's speed: call it ten times a second.
    pub fn look(&mut self, steady: Duration) {
        for active in &mut self.active {
            active.speed.look(steady);
        }
    }

    /// Workers whose speed is known, and of them those that stood still since the last look.
    #[must_use]
    pub fn idle(&self) -> (usize, usize) {
        let known = self
            .active
            .iter()
            .filter(|active| active.speed.per_second.is_some());
        known.fold((0, 0), |(all, idle), active| {
            (all + 1, idle + usize::from(active.speed.stands))
        })
    }

    /// A worker that crawls while the others flow: a new connection would do better.
    #[must_use]
    pub fn laggard(&self) -> Option<Worker> {
        let mean = self.mean_speed();
        let slow = self.active.iter().filter(|active| {
            let speed = active
                .speed
                .per_second
                .filter(|_| active.speed.looks >= PATIENT_LOOKS);
            speed.is_some_and(|speed| speed < mean / CRAWLS)
                && active.end - active.claimed > SMALLEST
        });
        let (_, standing) = self.idle();
        // Several at once is the line's, or the server's, own way.
        slow.clone()
            .next()
            .filter(|_| slow.count() == 1 && standing <= 1)
            .map(|slow| slow.worker)
    }

    fn mean_speed(&self) -> f64 {
        let known: Vec<f64> = self
            .active
            .iter()
            .filter_map(|active| active.speed.per_second)
            .collect();
        // Half of the workers may crawl: the mean of those that do not is what a new one gets.
        let fastest = known.iter().copied().fold(0.0, f64::max);
        let healthy: Vec<f64> = known
            .into_iter()
            .filter(|speed| *speed >= fastest / 4.0)
            .collect();
        if healthy.is_empty() || fastest < 1.0 {
            return 1_000_000.0;
        }
        healthy.iter().sum::<f64>() / healthy.len() as f64
    }

    fn largest_gap(&self, total: u64) -> Option<Range<u64>> {
        let mut covered = self.written.clone();
        for active in &self.active {
            covered.insert(active.next..active.end.min(total));
        }
        covered
            .gaps(total)
            .into_iter()
            .max_by_key(|gap| gap.end - gap.start)
    }

    fn activate(&mut self, worker: Worker, range: Range<u64>) -> Range<u64> {
        self.release(worker);
        self.active.push(Active {
            worker,
            next: range.start,
            claimed: range.start,
            end: range.end,
            speed: Speed::default(),
        });
        range
    }

    fn find(&self, worker: Worker) -> Option<&Active> {
        self.active.iter().find(|active| active.worker == worker)
    }

    fn find_mut(&mut self, worker: Worker) -> Option<&mut Active> {
        self.active
            .iter_mut()
            .find(|active| active.worker == worker)
    }
}

impl Active {
    /// Its speed; as long as it is young, at least that of the others: servers that hold
    /// a connection back send in bursts, and between two of them it seems dead.
    fn per_second(&self, mean: f64) -> f64 {
        let own = self.speed.per_second.unwrap_or(mean);
        let least = if self.speed.looks < YOUNG { mean } else { 1.0 };
        own.max(least)
    }

    fn time_left(&self, mean: f64) -> f64 {
        (self.end - self.claimed) as f64 / self.per_second(mean)
    }
}

impl Speed {
    fn look(&mut self, steady: Duration) {
        let Some((bytes, at)) = self.looked else {
            self.looked = Some((self.bytes, steady));
            return;
        };
        let span = steady.saturating_sub(at).as_secs_f64();
        if span < 0.05 {
            return;
        }
        let now = (self.bytes - bytes) as f64 / span;
        self.looks += 1;
        self.stands = self.bytes == bytes;
        // A second's memory: connections change quickly, and one look is noise.
        let keep = (-span).exp();
        self.per_second = Some(
            self.per_second
                .map_or(now, |before| before * keep + now * (1.0 - keep)),
        );
        self.looked = Some((self.bytes, steady));
    }
}

#[cfg(test)]
mod tests;
