//! A bottleneck, as a model: a rate, a queue that drops what does not fit, and the way there and
//! back.
//!
//! Always true: nothing overtakes anything. What is handed over here is a burst of up to
//! [`Road::group`] packets that travel as one, so that fast lines stay affordable: a delay is
//! exact to one burst's time, which is at most 0.4 ms ([`Road::grouped`]).

/// Bytes that a packet carries.
pub const PACKET: f64 = super::super::PACKET;

/// What the way is like. Rates in bytes a second, times in seconds.
#[derive(Debug, Clone, Copy)]
pub struct Road {
    pub rate: f64,
    /// Each way.
    pub delay: f64,
    /// Bytes that may wait.
    pub buffer: f64,
    /// The medium is free for a packet only at turns that are up to this far apart (as on
    /// Wi-Fi): what comes in between waits, and comes together.
    pub jitter: f64,
    /// A part of all packets.
    pub loss: f64,
    /// So many packets travel as one.
    pub group: f64,
}

impl Road {
    /// Megabits a second, milliseconds each way and of buffer.
    pub fn new(megabits: f64, delay: f64, buffer: f64) -> Self {
        let rate = megabits * 1e6 / 8.0;
        Self {
            rate,
            delay: delay / 1e3,
            buffer: (rate * buffer / 1e3).max(4.0 * PACKET),
            jitter: 0.0,
            loss: 0.0,
            group: 1.0,
        }
        .grouped()
    }

    /// As many together as 0.4 ms have room for, and as an eighth of the buffer has.
    pub fn grouped(mut self) -> Self {
        let fit = (0.0004 * self.rate).min(self.buffer / 8.0) / PACKET;
        self.group = fit.floor().max(1.0);
        self
    }

    /// There and back.
    pub fn trip(&self) -> f64 {
        2.0 * self.delay
    }

    /// Packets that fill the way.
    pub fn product(&self) -> f64 {
        self.rate * self.trip() / PACKET
    }

    /// A packet's time.
    pub fn packet(&self) -> f64 {
        PACKET / self.rate
    }
}

/// Numbers that look random, the same for the same seed.
#[derive(Debug, Clone)]
pub struct Dice(pub u64);

impl Dice {
    /// From 0 to 1.
    pub fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    /// From `low` to `high`, each order of magnitude as often.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low * (high / low).powf(self.roll())
    }
}

/// The bottleneck on its way.
#[derive(Debug)]
pub struct Link {
    pub road: Road,
    free: f64,
    turn: f64,
    last: f64,
    dice: Dice,
}

impl Link {
    pub fn new(road: Road, seed: u64) -> Self {
        Self {
            road,
            free: 0.0,
            turn: 0.0,
            last: 0.0,
            dice: Dice(seed),
        }
    }

    /// When a burst comes out at the other end; none, if it is lost.
    pub fn carry(&mut self, bytes: f64, now: f64) -> Option<f64> {
        let waits = self.queue(now);
        let full = waits * self.road.rate + bytes > self.road.buffer + PACKET;
        if full || (self.road.loss > 0.0 && self.dice.roll() < self.road.loss) {
            return None;
        }
        self.free = now + waits + bytes / self.road.rate;
        let mut out = self.free;
        if self.road.jitter > 0.0 {
            while self.turn < out {
                self.turn =
                    (self.turn + self.dice.roll() * self.road.jitter).max(out - self.road.jitter);
            }
            out = self.turn;
        }
        self.last = self.last.max(out + self.road.delay);
        Some(self.last)
    }

    /// How long one who comes now waits.
    pub fn queue(&self, now: f64) -> f64 {
        (self.free - now).max(0.0)
    }
}
