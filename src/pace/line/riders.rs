//! Who rides on a line, and what part of the window each one may use.
//!
//! Always true: a lower rank is given only what is left by the higher ones; within a rank
//! nobody is given more than another who could use it, too.

use std::time::Duration;

use super::{LEAST, PACKET, USED};

/// Rates are taken over at least so long.
pub const SPAN: Duration = Duration::from_millis(20);
/// One who does not use its share may use so much more than it did.
const ROOM: f64 = 1.5;
/// Where there is not enough for all of a rank, turns change this often.
const TURN: Duration = Duration::from_secs(1);

/// Who goes first: the lower number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank(pub u8);

/// One who rides on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rider(u64);

/// What a rider may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    /// Have so many bytes on their way.
    Window(u64),
    /// Take so many bytes a second, to keep the connection.
    Trickle(u64),
}

#[derive(Debug)]
struct One {
    rider: Rider,
    rank: Rank,
    bytes: f64,
    /// Bytes of a trip, as it was last.
    used: f64,
    share: f64,
}

impl One {
    /// Its share is what bounds it.
    fn is_bound(&self) -> bool {
        self.used >= USED * self.share
    }

    fn need(&self) -> f64 {
        if self.is_bound() {
            f64::INFINITY
        } else {
            (ROOM * self.used).max(LEAST * PACKET)
        }
    }
}

/// All who ride on a line.
#[derive(Debug)]
pub struct Riders {
    all: Vec<One>,
    next: u64,
    since: Duration,
    turn: usize,
}

impl Riders {
    /// Nobody.
    pub fn new(steady: Duration) -> Self {
        Self {
            all: Vec::new(),
            next: 0,
            since: steady,
            turn: 0,
        }
    }

    pub fn join(&mut self, rank: Rank) -> Rider {
        let rider = Rider(self.next);
        self.next += 1;
        self.all.push(One {
            rider,
            rank,
            bytes: 0.0,
            used: 0.0,
            share: 0.0,
        });
        rider
    }

    pub fn leave(&mut self, rider: Rider) {
        self.all.retain(|one| one.rider != rider);
    }

    pub fn rank(&mut self, rider: Rider, rank: Rank) {
        if let Some(one) = self.all.iter_mut().find(|one| one.rider == rider) {
            one.rank = rank;
        }
    }

    /// Bytes have come; once in a trip (seconds): the rate of all, bytes a second.
    pub fn received(
        &mut self,
        rider: Rider,
        bytes: u64,
        steady: Duration,
        trip: f64,
    ) -> Option<f64> {
        if let Some(one) = self.all.iter_mut().find(|one| one.rider == rider) {
            one.bytes += bytes as f64;
        }
        let span = steady.saturating_sub(self.since).as_secs_f64();
        if span < trip.max(SPAN.as_secs_f64()) {
            return None;
        }
        let mut rate = 0.0;
        for one in &mut self.all {
            rate += one.bytes / span;
            one.used = one.bytes / span * trip;
            one.bytes = 0.0;
        }
        self.since = steady;
        self.turn = (steady.as_nanos() / TURN.as_nanos()) as usize;
        Some(rate)
    }

    /// Shares a window out.
    pub fn share(&mut self, window: f64) {
        // (By rank; within a rank those who need least first, so that what they leave is known.)
        self.all.sort_by(|a, b| {
            (a.rank, a.need())
                .partial_cmp(&(b.rank, b.need()))
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        let mut left = window;
        let mut start = 0;
        while start < self.all.len() {
            let rank = self.all[start].rank;
            let end = start
                + self.all[start..]
                    .iter()
                    .take_while(|one| one.rank == rank)
                    .count();
            left = share_evenly(&mut self.all[start..end], left, self.turn);
            start = end;
        }
        // What nobody needs is there for whoever begins to need it.
        let each = left / self.all.len().max(1) as f64;
        for one in &mut self.all {
            one.share += each;
        }
    }

    /// What one may have on its way, bytes; none: it must wait.
    pub fn window(&self, rider: Rider) -> Option<f64> {
        let one = self.all.iter().find(|one| one.rider == rider)?;
        (one.share >= LEAST * PACKET).then_some(one.share)
    }

    /// Among how many the trickle is shared out.
    pub fn waiting(&self, all: bool) -> f64 {
        let waits = |one: &&One| all || one.share < LEAST * PACKET;
        self.all.iter().filter(waits).count().max(1) as f64
    }

    /// Whether it is its share that bounds one.
    pub fn is_bound(&self, rider: Rider) -> bool {
        self.all
            .iter()
            .any(|one| one.rider == rider && one.is_bound())
    }

    /// The best rank of all.
    pub fn best(&self) -> Option<Rank> {
        self.all.iter().map(|one| one.rank).min()
    }

    /// The best rank that is bound by its share.
    pub fn wants(&self) -> Option<Rank> {
        self.all
            .iter()
            .filter(|one| one.is_bound())
            .map(|one| one.rank)
            .min()
    }
}

/// Shares among equals, in the order of what they need; what is left.
fn share_evenly(equals: &mut [One], mut left: f64, turn: usize) -> f64 {
    let many = equals.len();
    let least = LEAST * PACKET;
    // Where there is not enough for all, some have a turn.
    let seats = (left / least) as usize;
    if seats < many {
        equals.sort_by_key(|one| one.rider.0);
        for (place, one) in equals.iter_mut().enumerate() {
            let sits = (place + turn) % many < seats;
            one.share = if sits { least } else { 0.0 };
        }
        return left - seats as f64 * least;
    }
    for (place, one) in equals.iter_mut().enumerate() {
        one.share = one.need().min(left / (many - place) as f64);
        left -= one.share;
    }
    left
}
