//! How much of a line may be on its way for those who take only what is free.
//!
//! A line is all there is between here and a server. What is on its way over it is bounded by a
//! window, in the manner of LEDBAT at the receiver (RFC 6817, RFC 9840): a window as wide as the
//! line is long fills it, and makes no queue. A queue that is longer than our own window can
//! have made it is others' traffic, and they go first.
//!
//! ```text
//!            a queue: the line is full
//!   Opening ──────────────────────────► Settling ──► Steady ───► Looking ──► Opening
//!      ▲  twice the window a trip                      │ ▲ grows by a root of itself a trip,
//!      │                                               │ │ shrinks by a share for each short
//!      │  no queue for a while                a long   │ │ queue that stands
//!      └────────────────── Yielding ◄─────────queue ───┘ │
//!                             └──────── a short one ─────┘ (to see whether they are as polite)
//! ```
//! Looking is a quarter of the window for a trip, so that everybody on the line sees how long it
//! is without us; then the window is doubled up to what it was. Two who obey this share a line
//! evenly: what a window grows by rises slower than what it shrinks by, so that the smaller one
//! gains.
//!
//! Always true: the window is at least two packets; what all riders are granted is not more than
//! the window (but for a trickle of one in a hundred of the highest rate seen).

mod riders;
pub mod round_trips;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use riders::Riders;
pub use riders::{Grant, Rank, Rider};
use round_trips::RoundTrips;

/// What a packet carries, bytes.
pub const PACKET: f64 = 1448.0;
/// A queue shorter than this is none,
const NONE: f64 = 0.0015;
/// one longer than this is too long for us,
const SHORT: f64 = 0.002;
/// and one longer than this is not ours. Seconds.
const LONG: f64 = 0.010;
/// A queue of so many short ones says that the line is full.
const OPENED: f64 = 1.5;
/// The window at the beginning, packets.
const FIRST: f64 = 10.0;
/// The window of one that gives way, packets.
const LEAST: f64 = 2.0;
/// No line needs more, bytes.
const MOST: f64 = 64.0 * 1024.0 * 1024.0;
/// A window of w packets grows by this × √w packets a trip.
const GROWTH: f64 = 0.4;
/// It shrinks by this part of itself a trip for each short queue too much.
const SHRINK: f64 = 0.12;
/// It shrinks by no more than this part, a trip, of what stands in the queue of it.
const STANDING: f64 = 1.4;
/// A window that is used to this part in a trip is what bounds the rate.
const USED: f64 = 0.8;
/// Without a queue for so long, the line is free again.
const QUIET: Duration = Duration::from_millis(400);
/// So often it is tried whether those who keep a short queue are as polite.
const KNOCK: Duration = Duration::from_secs(10);
/// So often (or each sixty trips, if that is longer) there is a quarter of a window for a trip.
const LOOK: Duration = Duration::from_secs(8);
/// So much later than the way is long a queue is seen: what is told is smoothed.
const LAG: Duration = Duration::from_millis(25);
/// After so long without a packet, what was seen before says nothing.
const PAUSE: Duration = Duration::from_secs(2);
/// The part of the highest rate seen that those who give way take together.
const TRICKLE: f64 = 0.008;

/// What those who take only what is free are doing on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doing {
    /// Finding out how much is free.
    Opening,
    /// Taking what is free.
    Taking,
    /// Giving way to others.
    Yielding,
}

/// What is to be told of transfers that take only what is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Courtesy {
    /// Their line cannot be seen: they take a part of the highest rate there was.
    Blind,
    /// Their line is seen.
    Sees {
        /// What they do.
        doing: Doing,
        /// How long a packet waits in queues now.
        queue_micros: u32,
        /// A round trip without a queue.
        trip_micros: u32,
    },
}

impl Courtesy {
    /// What they do, where it is known.
    #[must_use]
    pub fn doing(self) -> Option<Doing> {
        match self {
            Self::Blind => None,
            Self::Sees { doing, .. } => Some(doing),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Phase {
    Opening,
    /// A window that fills the line, until what was too much has come and gone.
    Settling {
        until: Duration,
    },
    /// No queue since…
    Steady {
        quiet: Option<Duration>,
    },
    /// A quarter of a window until…, and then…
    Looking {
        until: Duration,
        then: f64,
    },
    /// No queue since…
    Yielding {
        since: Duration,
        quiet: Option<Duration>,
    },
}

/// One line, seen by those of this program who take only what is free on it.
#[derive(Debug)]
pub struct Line {
    trips: RoundTrips,
    phase: Phase,
    window: f64,
    /// A window that was good, and is doubled up to.
    known: f64,
    /// Somebody who goes before all riders of this line wants more, on this or another line.
    defers: bool,
    looked: Duration,
    seen: Duration,
    /// What may still be on its way, bytes: a window that has shrunk takes nothing back.
    allowed: f64,
    rate: f64,
    last: f64,
    peak: f64,
    riders: Riders,
}

impl Line {
    /// Nothing is known of it. Times are of any steady clock.
    #[must_use]
    pub fn new(steady: Duration) -> Self {
        Self {
            trips: RoundTrips::default(),
            phase: Phase::Opening,
            window: FIRST * PACKET,
            known: f64::INFINITY,
            defers: false,
            looked: steady,
            seen: steady,
            allowed: 0.0,
            rate: 0.0,
            last: 0.0,
            peak: 0.0,
            riders: Riders::new(steady),
        }
    }

    /// One more rides on it, from now on.
    pub fn join(&mut self, rank: Rank) -> Rider {
        let rider = self.riders.join(rank);
        self.riders.share(self.window);
        rider
    }

    /// One rides no more.
    pub fn leave(&mut self, rider: Rider) {
        self.riders.leave(rider);
        self.riders.share(self.window);
    }

    /// One has another rank now.
    pub fn rank(&mut self, rider: Rider, rank: Rank) {
        self.riders.rank(rider, rank);
        self.riders.share(self.window);
    }

    /// What one may do now.
    #[must_use]
    pub fn grant(&self, rider: Rider) -> Grant {
        let yields = matches!(self.phase, Phase::Yielding { .. });
        let window = self.riders.window(rider).filter(|_| !yields);
        let trickle = (TRICKLE * self.peak).max(PACKET) / self.riders.waiting(yields);
        window.map_or(Grant::Trickle(trickle as u64), |window| {
            Grant::Window(window as u64)
        })
    }

    /// Bytes have come for one.
    pub fn received(&mut self, rider: Rider, bytes: u64, steady: Duration) {
        self.allowed = (self.allowed - bytes as f64).max(self.window);
        let trip = self.trip();
        if let Some(rate) = self.riders.received(rider, bytes, steady, trip) {
            // (Bursts: in the time of one trip may come what was sent in two.)
            self.peak = self.peak.max(rate.min(self.rate));
            self.last = self.rate;
            self.rate = rate;
            self.riders.share(self.window);
        }
    }

    /// A round trip was seen.
    pub fn seen(&mut self, trip: Duration, steady: Duration) {
        let passed = steady.saturating_sub(self.seen);
        if passed > PAUSE {
            self.trips.pause();
        }
        self.seen = steady;
        self.trips.add(trip, steady);
        // In trips; a pause is no reason for a leap.
        let trips = (passed.as_secs_f64() / self.trip()).min(1.0);
        let queue = self.trips.queue().as_secs_f64();
        match self.phase {
            Phase::Opening => self.open(queue, trips, steady),
            Phase::Settling { until } => {
                if steady >= until || queue < self.short() {
                    self.phase = Phase::Steady { quiet: None };
                }
            }
            Phase::Steady { quiet } => self.hold(queue, quiet, trips, steady),
            Phase::Looking { until, then } => self.look(queue, until, then, steady),
            Phase::Yielding { since, quiet } => self.wait(queue, since, quiet, steady),
        }
        self.window = self.window.clamp(LEAST * PACKET, MOST);
        self.allowed = self.allowed.max(self.window);
    }

    /// How much one that comes new may have on its way until it rides, bytes.
    #[must_use]
    pub fn first(&self) -> u64 {
        (self.window / 4.0).clamp(LEAST * PACKET, FIRST * PACKET) as u64
    }

    /// Whether somebody goes before all who ride on this line, here or on another one.
    pub fn defer(&mut self, defers: bool) {
        self.defers = defers;
    }

    /// The best rank of those who would take more than they are granted; none, if nobody would.
    #[must_use]
    pub fn wants(&self) -> Option<Rank> {
        self.riders.wants()
    }

    /// The best rank of all who ride on it.
    #[must_use]
    pub fn best(&self) -> Option<Rank> {
        self.riders.best()
    }

    /// Whether it is what one is granted that bounds it.
    #[must_use]
    pub fn is_bound(&self, rider: Rider) -> bool {
        self.riders.is_bound(rider)
    }

    /// What its riders are doing.
    #[must_use]
    pub fn doing(&self) -> Doing {
        match self.phase {
            Phase::Opening => Doing::Opening,
            Phase::Steady { .. } | Phase::Settling { .. } | Phase::Looking { .. } => Doing::Taking,
            Phase::Yielding { .. } => Doing::Yielding,
        }
    }

    /// How long a packet waits in queues on it now.
    #[must_use]
    pub fn queue(&self) -> Duration {
        self.trips.queue()
    }

    /// A round trip without a queue; zero, if none was seen.
    #[must_use]
    pub fn base(&self) -> Duration {
        self.trips.base()
    }

    fn open(&mut self, queue: f64, trips: f64, steady: Duration) {
        let (standing, base) = (self.trips.standing(), self.trips.base().as_secs_f64());
        // (On a long way a burst of our own makes a queue, too, of half a trip at most.)
        let full = (OPENED * self.short()).max(base / 8.0);
        let is_full = standing.as_secs_f64() > full || queue > full + base / 2.0;
        if is_full && !self.trips.falls() {
            // What comes in a trip is what fills the line.
            let filled = self.rate.max(self.last) * base;
            self.window = filled.clamp(self.window / 3.0, self.window);
            self.settle(steady);
        } else if self.window >= self.known {
            self.window = self.known;
            self.settle(steady);
        } else if self.is_used(USED / 2.0) {
            self.window *= 2f64.powf(trips);
        }
    }

    fn settle(&mut self, steady: Duration) {
        // (What is told is smoothed over eight packets or more.)
        let smooth = Duration::from_secs_f64(15.0 * self.packet());
        let until = steady + self.trips.now() * 4 + smooth;
        self.phase = Phase::Settling { until };
        self.known = f64::INFINITY;
    }

    fn hold(&mut self, queue: f64, quiet: Option<Duration>, trips: f64, steady: Duration) {
        if self.is_crowded(queue) {
            self.give_way(self.window, steady);
            return;
        }
        let packets = self.window / PACKET;
        let used = self.is_used(USED);
        // (Where packets are slow, it takes some of them until a queue is seen.)
        let lag = 1.0 + 20.0 * self.packet() / self.trip();
        let step = GROWTH * packets.sqrt() / lag;
        let more = if used { step } else { 0.0 };
        let less = if self.trips.falls() {
            0.0
        } else {
            let more_than_short = (queue / self.short() - 1.0).max(0.0);
            // (What stands there of ours is all that is too much of it.)
            let ours = queue / (self.trips.base().as_secs_f64() + queue);
            packets * (SHRINK * more_than_short).min(STANDING * ours)
        };
        self.window += (more - less).max(-0.5 * packets) * trips * PACKET;
        let quiet = (queue < self.none() && used).then(|| quiet.unwrap_or(steady));
        self.phase = Phase::Steady { quiet };
        if quiet.is_some_and(|quiet| steady >= quiet + 3 * self.enough()) {
            self.phase = Phase::Opening;
        } else if steady >= self.looked + LOOK.max(self.trips.base() * 60) {
            self.trips.forget(steady);
            self.looked = steady;
            let until = steady + self.trips.now().mul_f64(1.2) + LAG;
            self.phase = Phase::Looking {
                until,
                then: self.window,
            };
            self.window /= 4.0;
        }
    }

    fn look(&mut self, queue: f64, until: Duration, then: f64, steady: Duration) {
        if self.is_crowded(queue) {
            self.give_way(then, steady);
        } else if steady >= until {
            self.known = then;
            self.phase = Phase::Opening;
        }
    }

    fn give_way(&mut self, known: f64, steady: Duration) {
        // (Of one that had only just knocked there is nothing to learn.)
        if known > FIRST * PACKET {
            self.known = 0.9 * known;
        }
        self.window = LEAST * PACKET;
        self.phase = Phase::Yielding {
            since: steady,
            quiet: None,
        };
    }

    fn wait(&mut self, queue: f64, since: Duration, quiet: Option<Duration>, steady: Duration) {
        if self.trips.reconsider() {
            self.phase = Phase::Opening;
            return;
        }
        let quiet = (queue < self.none()).then(|| quiet.unwrap_or(steady));
        if quiet.is_some_and(|quiet| steady >= quiet + self.enough()) {
            self.looked = steady;
            self.window = FIRST * PACKET;
            self.phase = Phase::Opening;
        } else if quiet.is_none() && queue < self.long() && steady >= since + KNOCK {
            self.looked = steady;
            self.phase = Phase::Steady { quiet: None };
        } else {
            self.phase = Phase::Yielding { since, quiet };
        }
    }

    /// Others are on the line. (What falls is told too long, and what does not stand for a
    /// trip may be a burst of our own.)
    fn is_crowded(&self, queue: f64) -> bool {
        let stands = self.trips.standing().as_secs_f64() > self.none();
        queue > self.long() && stands && !self.trips.falls()
    }

    fn enough(&self) -> Duration {
        QUIET.max(self.trips.base() * 4)
    }

    /// Whether so much of the window is used: it is what bounds the rate.
    fn is_used(&self, part: f64) -> bool {
        self.rate * self.trip() >= part * self.window || self.window <= FIRST * PACKET
    }

    fn trip(&self) -> f64 {
        self.trips.now().as_secs_f64().max(0.001)
    }

    /// A packet's time on the line, seconds.
    fn packet(&self) -> f64 {
        if self.peak > 0.0 {
            PACKET / self.peak
        } else {
            0.0
        }
    }

    /// The queue that our own window can make, seconds.
    fn own(&self) -> f64 {
        let full = if self.peak > 0.0 {
            self.allowed / self.peak
        } else {
            0.0
        };
        (full - self.trips.base().as_secs_f64()).max(0.0)
    }

    /// How much longer a trip seems where the server sends less than it may: what it sends
    /// answers what it was told up to a packet's time ago.
    fn gap(&self) -> f64 {
        if self.is_used(USED) {
            0.0
        } else {
            (PACKET / self.rate.max(1.0)).min(10.0 * LONG)
        }
    }

    fn none(&self) -> f64 {
        NONE.max(0.6 * self.packet()) + self.gap()
    }

    fn short(&self) -> f64 {
        SHORT.max(self.packet()) + self.gap()
    }

    fn long(&self) -> f64 {
        if self.defers {
            return self.none();
        }
        let long = LONG.max(6.0 * self.packet());
        long.max(self.trips.base().as_secs_f64() / 10.0)
            + self.own()
            + self.gap()
            + self.trips.spread().as_secs_f64()
    }
}

#[cfg(test)]
mod tests;
