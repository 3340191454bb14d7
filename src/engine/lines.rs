//! The lines that connections lead over, shared by all threads: what is known of one stays known
//! when its connections have ended.
//!
//! One line is one address at the other end: what lies between is the same for all connections
//! there. Connections to different servers find each other through the delay that they make for
//! each other, as with other programs.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::time::Instant;

use super::wire::Wire;
use crate::pace::line::{Courtesy, Line, Rank, Rider};

/// Of so many lines something is remembered.
const MOST: usize = 256;

/// All lines of one engine.
#[derive(Debug)]
pub struct Lines {
    epoch: Instant,
    ways: Mutex<HashMap<IpAddr, Arc<Way>>>,
}

impl Default for Lines {
    fn default() -> Self {
        Self {
            epoch: Instant::now(),
            ways: Mutex::default(),
        }
    }
}

impl Lines {
    /// The line to an address.
    #[must_use]
    pub fn to(&self, address: IpAddr) -> Arc<Way> {
        let mut ways = lock(&self.ways);
        if ways.len() >= MOST {
            ways.retain(|_, way| Arc::strong_count(way) > 1);
        }
        let epoch = self.epoch;
        ways.entry(address)
            .or_insert_with(|| Arc::new(Way::new(epoch)))
            .clone()
    }

    /// Lower ranks give way to higher ones, on whichever line those are. (Ten times a second.)
    pub fn order(&self) {
        let ways = lock(&self.ways);
        let first = ways.values().filter_map(|way| way.line().wants()).min();
        for way in ways.values() {
            let mut line = way.line();
            let own = line.best();
            line.defer(first.is_some_and(|first| own.is_some_and(|own| first < own)));
        }
    }

    /// A manner has changed: connections look at once whether it is theirs.
    pub fn look(&self) {
        let ways: Vec<_> = lock(&self.ways).values().cloned().collect();
        ways.iter().for_each(|way| way.look());
    }
}

/// One line.
#[derive(Debug)]
pub struct Way {
    epoch: Instant,
    line: Mutex<Line>,
    wires: Mutex<Vec<Weak<Wire>>>,
}

impl Way {
    fn new(epoch: Instant) -> Self {
        Self {
            epoch,
            line: Mutex::new(Line::new(epoch.elapsed())),
            wires: Mutex::default(),
        }
    }

    /// The line's clock.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.epoch.elapsed()
    }

    /// What is known of it. Held for a moment only.
    pub fn line(&self) -> MutexGuard<'_, Line> {
        lock(&self.line)
    }

    /// A connection leads over it.
    pub fn carries(&self, wire: &Arc<Wire>) {
        let mut wires = lock(&self.wires);
        wires.retain(|one| one.strong_count() > 0 && one.as_ptr() != Arc::as_ptr(wire));
        wires.push(Arc::downgrade(wire));
    }

    /// What they may do has changed: all of its connections look.
    pub fn look(&self) {
        let wires: Vec<_> = lock(&self.wires).iter().filter_map(Weak::upgrade).collect();
        wires.iter().for_each(|wire| wire.wake());
    }

    /// What is to be told of it.
    #[must_use]
    pub fn courtesy(&self) -> Courtesy {
        let line = self.line();
        Courtesy::Sees {
            doing: line.doing(),
            queue_micros: micros(line.queue()),
            trip_micros: micros(line.base()),
        }
    }
}

/// Rides on a line until it is dropped.
#[derive(Debug)]
pub struct Seat {
    /// The line.
    pub way: Arc<Way>,
    rider: Rider,
    rank: Rank,
}

impl Seat {
    /// Begins to ride.
    #[must_use]
    pub fn take(way: Arc<Way>, rank: Rank) -> Self {
        let rider = way.line().join(rank);
        Self { way, rider, rank }
    }

    /// Who rides.
    #[must_use]
    pub fn rider(&self) -> Rider {
        self.rider
    }

    /// With another rank.
    pub fn rank(&mut self, rank: Rank) {
        if rank != self.rank {
            self.way.line().rank(self.rider, rank);
            self.rank = rank;
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.way.line().leave(self.rider);
    }
}

fn micros(time: Duration) -> u32 {
    u32::try_from(time.as_micros()).unwrap_or(u32::MAX)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
