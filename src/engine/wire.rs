//! One TCP connection of ours, as the rest of the engine sees and steers it.
//!
//! The handle outlives the connection; what is set on it holds for everything that the
//! connection carries: TLS, a tunnel, all the streams of HTTP/2.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::Waker;

use super::lines::{Lines, Way};
use super::manner::Manner;
use crate::pace::line::Rank;

/// So many bytes of a connection pass as they come: a handshake, and the first head.
const GREETING: u64 = 8 * 1024;

/// The handle.
#[derive(Debug)]
pub struct Wire {
    /// The other end, once there is one.
    peer: OnceLock<SocketAddr>,
    /// The largest single read from the socket, in bytes; `usize::MAX` for no bound.
    cap: AtomicUsize,
    /// Bytes read from the socket so far: payload, heads, and what TLS adds.
    pub received: AtomicU64,
    answered: AtomicBool,
    /// The rank of those it was opened for; none where they compete.
    opened_for: Option<Rank>,
    lines: Arc<Lines>,
    /// Whose answers come by it.
    carries: Mutex<Vec<Arc<Manner>>>,
    /// Something was asked for by it since the last answer ended.
    asked: AtomicBool,
    /// It is this program that lets no more come.
    held: AtomicBool,
    reader: Mutex<Option<Waker>>,
}

/// How a connection is to behave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearing {
    /// Nothing is expected on it.
    Idle,
    /// It competes.
    Free,
    /// It takes what is free.
    Polite(Rank),
}

impl Wire {
    /// For a connection that has just been opened, for those of this rank, or for who competes.
    #[must_use]
    pub fn new(opened_for: Option<Rank>, lines: Arc<Lines>) -> Arc<Self> {
        Arc::new(Self {
            peer: OnceLock::new(),
            cap: AtomicUsize::new(usize::MAX),
            received: AtomicU64::new(0),
            answered: AtomicBool::new(false),
            opened_for,
            lines,
            carries: Mutex::default(),
            asked: AtomicBool::new(false),
            held: AtomicBool::new(false),
            reader: Mutex::default(),
        })
    }

    /// The other end: the server's address, or its proxy's.
    pub fn peer(&self) -> Option<SocketAddr> {
        self.peer.get().copied()
    }

    /// Tells where it leads; the first word holds.
    pub fn leads_to(&self, peer: SocketAddr) {
        let _ = self.peer.set(peer);
    }

    /// The line that it leads over; none where nothing can be told of it: a program on this
    /// computer may be the way to anywhere.
    pub fn way(&self) -> Option<Arc<Way>> {
        let address = self.peer()?.ip().to_canonical();
        (!address.is_loopback()).then(|| self.lines.to(address))
    }

    /// No more is to be read at once.
    pub fn read_at_most(&self, bytes: usize) {
        self.cap.store(bytes, Ordering::Relaxed);
    }

    /// How many bytes may be read at once: at least one, since to read none means the end.
    pub fn step(&self) -> usize {
        self.cap.load(Ordering::Relaxed).max(1)
    }

    /// An answer has come by it: from now on it is a kept connection.
    pub fn note_answer(&self) {
        self.answered.store(true, Ordering::Relaxed);
    }

    /// Whether an answer has come by it.
    pub fn has_answered(&self) -> bool {
        self.answered.load(Ordering::Relaxed)
    }

    /// Something is sent by it.
    pub fn note_asked(&self) {
        self.asked.store(true, Ordering::Relaxed);
    }

    /// Whom it was opened for.
    pub fn opened_for(&self) -> Option<Rank> {
        self.opened_for
    }

    /// An answer of somebody comes by it, until the guard is dropped.
    pub fn carry(self: &Arc<Self>, manner: Arc<Manner>) -> Ride {
        lock(&self.carries).push(manner.clone());
        self.wake();
        Ride {
            wire: self.clone(),
            manner,
        }
    }

    /// How it is to behave: one who competes need not wait for those who do not.
    pub fn bearing(&self) -> Bearing {
        if self.received.load(Ordering::Relaxed) < GREETING {
            return Bearing::Idle;
        }
        let carries = lock(&self.carries);
        if carries.is_empty() {
            let asked = self.asked.load(Ordering::Relaxed);
            return match self.opened_for {
                Some(rank) if asked => Bearing::Polite(rank),
                None if asked => Bearing::Free,
                _ => Bearing::Idle,
            };
        }
        let ranks = carries.iter().map(|manner| manner.rank());
        let best = ranks.reduce(|one, other| one.zip(other).map(|(one, other)| one.min(other)));
        best.flatten().map_or(Bearing::Free, Bearing::Polite)
    }

    /// Tells whose answers come by it over which line; none: over one that cannot be seen.
    pub fn tell(&self, way: Option<&Arc<Way>>) {
        for manner in lock(&self.carries).iter() {
            match way {
                Some(way) => manner.comes_by(way),
                None => manner.comes_blindly(),
            }
        }
    }

    /// Whether it is this program that lets no more come.
    pub fn is_held(&self) -> bool {
        self.held.load(Ordering::Relaxed)
    }

    /// Says so.
    pub fn hold(&self, held: bool) {
        self.held.store(held, Ordering::Relaxed);
    }

    /// Who reads, to be woken when there is something to look at.
    pub fn read_by(&self, waker: &Waker) {
        lock(&self.reader).clone_from(&Some(waker.clone()));
    }

    /// What it may do has changed.
    pub fn wake(&self) {
        if let Some(waker) = lock(&self.reader).take() {
            waker.wake();
        }
    }
}

/// An answer that comes by a connection.
#[derive(Debug)]
pub struct Ride {
    /// The connection.
    pub wire: Arc<Wire>,
    manner: Arc<Manner>,
}

impl Drop for Ride {
    fn drop(&mut self) {
        let mut carries = lock(&self.wire.carries);
        if let Some(place) = carries
            .iter()
            .position(|one| Arc::ptr_eq(one, &self.manner))
        {
            carries.swap_remove(place);
        }
        if carries.is_empty() {
            self.wire.asked.store(false, Ordering::Relaxed);
        }
        drop(carries);
        self.wire.wake();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
