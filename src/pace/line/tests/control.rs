//! How much a sender has on its way: CUBIC (RFC 9438), a sender that paces at the highest rate
//! that came through (as BBR does), and one that does not listen.
//!
//! Always true: at least two packets, so that nobody stops for good.

use std::collections::VecDeque;

use super::link::PACKET;

/// A new connection's window, packets.
const FIRST: f64 = 10.0 * PACKET;

/// What an acknowledgement tells a sender. Bytes, seconds, bytes a second.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    pub bytes: f64,
    pub trip: f64,
    pub rate: f64,
    pub flying: f64,
    /// All that was on its way at the last round's end has come.
    pub round: bool,
}

#[derive(Debug, Clone)]
pub enum Control {
    Cubic(Cubic),
    Bbr(Bbr),
    /// So many bytes a second, whatever happens.
    Constant(f64),
}

impl Control {
    pub fn cubic() -> Self {
        Self::Cubic(Cubic {
            window: FIRST,
            threshold: f64::MAX,
            top: 0.0,
            since: 0.0,
        })
    }

    pub fn bbr() -> Self {
        Self::Bbr(Bbr {
            rates: VecDeque::from([0.0]),
            trip: f64::MAX,
            full: 0.0,
            rounds: 0,
            phase: Phase::Startup,
            cycle: 0.0,
        })
    }

    /// Bytes that may be on their way.
    pub fn window(&self) -> f64 {
        match self {
            Self::Cubic(cubic) => cubic.window.max(2.0 * PACKET),
            Self::Bbr(bbr) => bbr.window(),
            Self::Constant(_) => f64::MAX,
        }
    }

    /// Bytes a second; none: as acknowledgements come.
    pub fn pace(&self) -> Option<f64> {
        match self {
            Self::Cubic(_) => None,
            Self::Bbr(bbr) => bbr.pace(),
            Self::Constant(rate) => Some(*rate),
        }
    }

    pub fn told(&mut self, told: Told, now: f64) {
        match self {
            Self::Cubic(cubic) => cubic.told(told, now),
            Self::Bbr(bbr) => bbr.told(told, now),
            Self::Constant(_) => {}
        }
    }

    /// Something was lost, for the first time in this round.
    pub fn lost(&mut self, now: f64) {
        if let Self::Cubic(cubic) = self {
            cubic.top = cubic.window;
            cubic.window = (0.7 * cubic.window).max(2.0 * PACKET);
            cubic.threshold = cubic.window;
            cubic.since = now;
        }
    }

    /// Nothing was sent for long.
    pub fn rested(&mut self) {
        if let Self::Cubic(cubic) = self {
            cubic.window = cubic.window.min(FIRST);
        }
    }
}

#[derive(Debug, Clone)]
pub struct Cubic {
    window: f64,
    threshold: f64,
    top: f64,
    since: f64,
}

impl Cubic {
    fn told(&mut self, told: Told, now: f64) {
        let slow = self.window < self.threshold;
        // (Who does not use the window does not widen it.)
        if told.flying + told.bytes + PACKET < if slow { 0.5 } else { 0.9 } * self.window {
            return;
        }
        if slow {
            self.window += told.bytes;
            return;
        }
        let (top, window) = (self.top / PACKET, self.window / PACKET);
        let passed = now - self.since;
        let back = (top * 0.3 / 0.4).cbrt();
        let curve = 0.4 * (passed + told.trip - back).powi(3) + top;
        let reno = 0.7 * top + 0.53 * passed / told.trip;
        let goal = curve.max(reno).clamp(window, 1.5 * window);
        self.window += (goal - window) / window * told.bytes;
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Phase {
    Startup,
    Drain,
    Cycle(usize),
}

#[derive(Debug, Clone)]
pub struct Bbr {
    rates: VecDeque<f64>,
    trip: f64,
    full: f64,
    rounds: u32,
    phase: Phase,
    cycle: f64,
}

impl Bbr {
    fn rate(&self) -> f64 {
        self.rates.iter().copied().fold(0.0, f64::max)
    }

    fn product(&self) -> f64 {
        self.rate() * self.trip
    }

    fn gain(&self) -> f64 {
        match self.phase {
            Phase::Startup => 2.89,
            Phase::Drain => 1.0 / 2.89,
            Phase::Cycle(0) => 1.25,
            Phase::Cycle(1) => 0.75,
            Phase::Cycle(_) => 1.0,
        }
    }

    fn pace(&self) -> Option<f64> {
        (self.rate() > 0.0).then(|| self.gain() * self.rate())
    }

    fn window(&self) -> f64 {
        let room = match self.phase {
            Phase::Cycle(_) => 2.0,
            _ => 2.89,
        };
        let least = if self.rate() > 0.0 {
            4.0 * PACKET
        } else {
            FIRST
        };
        if self.trip == f64::MAX {
            FIRST
        } else {
            (room * self.product()).max(least)
        }
    }

    fn told(&mut self, told: Told, now: f64) {
        self.trip = self.trip.min(told.trip);
        if told.round {
            self.rates.push_back(0.0);
            if self.rates.len() > 10 {
                self.rates.pop_front();
            }
        }
        if let Some(best) = self.rates.back_mut() {
            *best = best.max(told.rate);
        }
        match self.phase {
            Phase::Startup if told.round => {
                if self.rate() > 1.25 * self.full {
                    self.full = self.rate();
                    self.rounds = 0;
                } else {
                    self.rounds += 1;
                }
                if self.rounds >= 3 {
                    self.phase = Phase::Drain;
                }
            }
            Phase::Drain if told.flying <= self.product() => {
                self.phase = Phase::Cycle(2);
                self.cycle = now;
            }
            Phase::Cycle(step) if now > self.cycle + self.trip => {
                self.phase = Phase::Cycle((step + 1) % 8);
                self.cycle = now;
            }
            _ => {}
        }
    }
}
