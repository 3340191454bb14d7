//! Our end of a connection: what has come, which round trips the system tells of, and how far
//! the sender may go on.
//!
//! Always true: the edge never goes back.

use std::collections::BTreeMap;
use std::time::Duration;

use super::super::{Grant, Line, Rider};
use super::link::PACKET;
use super::sender::Packet;

/// A steady time.
pub fn at(now: f64) -> Duration {
    Duration::from_secs_f64(now)
}

/// How one rides politely.
#[derive(Debug)]
pub struct Polite {
    pub line: usize,
    pub rider: Rider,
    /// Since when the two packets of a turn are awaited, if it takes turns.
    turn: Option<Option<f64>>,
    kernel: Kernel,
    fresh: f64,
    seen: f64,
}

/// The system's round trip: whole milliseconds, smoothed.
#[derive(Debug)]
struct Kernel {
    /// Newer ones go down at once.
    is_new: bool,
    trip: f64,
    echo: f64,
    /// Not to be believed before, and not before so many packets.
    stale: (f64, f64),
}

impl Kernel {
    fn came(&mut self, packet: &Packet, now: f64) {
        let echo = (packet.echo * 1e3).floor();
        if echo <= self.echo {
            return;
        }
        self.echo = echo;
        let trip = ((now * 1e3).floor() - echo).max(1.0) / 1e3;
        let part = if self.trip == 0.0 || (self.is_new && trip < self.trip) {
            1.0
        } else {
            0.125
        };
        self.trip += part * (trip - self.trip);
    }
}

impl Polite {
    pub fn new(line: usize, rider: Rider, is_new: bool) -> Self {
        Self {
            line,
            rider,
            turn: None,
            kernel: Kernel {
                is_new,
                trip: 0.0,
                echo: -1.0,
                stale: (0.0, 0.0),
            },
            fresh: 0.0,
            seen: 0.0,
        }
    }

    fn came(&mut self, line: &mut Line, packet: &Packet, fresh: u64, now: f64) {
        line.received(self.rider, fresh, at(now));
        if let Some(since) = self.turn.as_mut().and_then(Option::take) {
            line.seen(at(now - since), at(now));
            return;
        }
        let packets = packet.bytes as f64 / PACKET;
        self.kernel.stale.1 -= packets;
        self.fresh += packets;
        let (until, many) = self.kernel.stale;
        let stale = now < until || many > 0.0;
        if !stale && self.fresh >= 2.0 && now >= self.seen + 0.001 {
            self.fresh = 0.0;
            self.seen = now;
            line.seen(at(self.kernel.trip), at(now));
        }
    }
}

/// What a receiver does next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Does {
    /// Tells the sender its edge.
    Tells,
    /// Takes a turn, then.
    Turn(f64),
}

#[derive(Debug)]
pub struct Receiver {
    pub polite: Option<Polite>,
    pub edge: u64,
    pub next: u64,
    later: BTreeMap<u64, u64>,
}

impl Receiver {
    pub fn new(polite: Option<Polite>) -> Self {
        Self {
            edge: if polite.is_some() { 0 } else { u64::MAX },
            polite,
            next: 0,
            later: BTreeMap::new(),
        }
    }

    /// A burst has come.
    pub fn came(&mut self, packet: &Packet, lines: &mut [Line], now: f64) {
        self.later.insert(packet.start, packet.bytes);
        let before = self.next;
        while let Some(entry) = self.later.first_entry() {
            if *entry.key() > self.next {
                break;
            }
            self.next = self.next.max(entry.key() + entry.get());
            entry.remove();
        }
        let fresh = self.next - before;
        let Some(polite) = &mut self.polite else {
            return;
        };
        polite.kernel.came(packet, now);
        if fresh > 0 {
            polite.came(&mut lines[polite.line], packet, fresh, now);
        }
    }

    /// What it is granted now is what it allows.
    pub fn allow(&mut self, lines: &[Line], now: f64) -> Option<Does> {
        let polite = self.polite.as_mut()?;
        let line = &lines[polite.line];
        match line.grant(polite.rider) {
            Grant::Window(window) => {
                if polite.turn.take().is_some() {
                    let later = now + 1.5 * line.base().as_secs_f64();
                    polite.kernel.stale = (later, 4.0);
                }
                let before = self.edge;
                self.edge = self.edge.max(self.next + window);
                (self.edge > before).then_some(Does::Tells)
            }
            Grant::Trickle(rate) if polite.turn.is_none() => {
                polite.turn = Some(None);
                Some(Does::Turn(now + 2.0 * PACKET / rate as f64))
            }
            Grant::Trickle(_) => None,
        }
    }

    /// It is its turn to take two packets; when the next one is, if it still takes turns.
    pub fn turn(&mut self, lines: &[Line], now: f64) -> Option<f64> {
        let polite = self.polite.as_mut()?;
        let Grant::Trickle(rate) = lines[polite.line].grant(polite.rider) else {
            return None;
        };
        let awaited = polite.turn.as_mut()?;
        if self.edge < self.next + PACKET as u64 {
            *awaited = Some(now);
            self.edge = self.next + 2 * PACKET as u64;
        }
        Some(now + 2.0 * PACKET / rate as f64)
    }
}
