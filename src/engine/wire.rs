//! One TCP connection of ours, as the rest of the engine sees and steers it.
//!
//! The handle outlives the connection; what is set on it holds for everything that the
//! connection carries: TLS, a tunnel, all the streams of HTTP/2.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// The handle.
#[derive(Debug)]
pub struct Wire {
    /// The other end, once there is one.
    peer: OnceLock<SocketAddr>,
    /// The largest single read from the socket, in bytes; `usize::MAX` for no bound.
    pub cap: AtomicUsize,
    /// Bytes read from the socket so far: payload, heads, and what TLS adds.
    pub received: AtomicU64,
    answered: AtomicBool,
}

impl Wire {
    /// For a connection that has just been opened.
    #[must_use]
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            peer: OnceLock::new(),
            cap: AtomicUsize::new(usize::MAX),
            received: AtomicU64::new(0),
            answered: AtomicBool::new(false),
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
}
