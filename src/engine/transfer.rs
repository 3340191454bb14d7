//! One running file: what its workers share.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU16, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::disk::Part;
use super::disk::system;
use super::inspect::Answer;
use crate::download::plan::Remembered;
use crate::download::segment::{Segments, Taken, Worker};
use crate::download::{Failure, Link, Resource};
use crate::queue::Task;

/// Shared by the workers of one try of one file, and looked at by the loop.
#[derive(Debug)]
pub struct Transfer {
    /// What was asked for.
    pub task: Task,
    /// Where it goes.
    pub part: Arc<Part>,
    /// What the first answer said; later answers are held against it.
    pub resource: Resource,
    /// Several connections may help: ranges are served and the length is known.
    pub splits: AtomicBool,
    /// The ETag differs at each request; length, date and overlap were found equal.
    pub restless_etag: AtomicBool,
    /// Since the last look a worker has waited for the pace.
    pub paced: AtomicBool,
    /// Bytes that were there when the try began.
    pub had: u64,
    /// Stops all workers.
    pub life: CancellationToken,
    /// How the first answer came.
    answer: OnceLock<Arc<Answer>>,
    /// Where redirects led to, for this try.
    link: Mutex<Link>,
    segments: Mutex<Segments>,
    bytes: AtomicU64,
    connections: AtomicU16,
    latency_micros: AtomicU32,
    workers: Mutex<HashMap<Worker, CancellationToken>>,
}

impl Transfer {
    /// With a part that has the bytes of `segments` already.
    #[must_use]
    pub fn new(
        task: Task,
        part: Arc<Part>,
        resource: Resource,
        link: Link,
        segments: Segments,
        life: CancellationToken,
    ) -> Self {
        Self {
            task,
            part,
            splits: AtomicBool::new(resource.ranges && resource.total.is_some()),
            restless_etag: AtomicBool::new(false),
            paced: AtomicBool::new(false),
            had: segments.written().len(),
            resource,
            life,
            answer: OnceLock::new(),
            link: Mutex::new(link),
            bytes: AtomicU64::new(segments.written().len()),
            segments: Mutex::new(segments),
            connections: AtomicU16::new(0),
            latency_micros: AtomicU32::new(0),
            workers: Mutex::default(),
        }
    }

    /// The bytes: written, in work, missing. Held for a moment only, never over an await.
    pub fn segments(&self) -> MutexGuard<'_, Segments> {
        lock(&self.segments)
    }

    /// Bytes on disk.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Open connections that deliver, or are about to.
    pub fn connections(&self) -> u16 {
        self.connections.load(Ordering::Relaxed)
    }

    /// The first answer is here, and looked like this.
    pub fn answer(&self, answer: Answer) {
        let _ = self.answer.set(Arc::new(answer));
    }

    /// What the first answer looked like.
    pub fn answered(&self) -> Option<Arc<Answer>> {
        self.answer.get().cloned()
    }

    /// Where further requests go.
    pub fn link(&self) -> Link {
        lock(&self.link).clone()
    }

    /// The original URL leads elsewhere now.
    pub fn moved_to(&self, link: Link) {
        *lock(&self.link) = link;
    }

    /// From a request to its first byte, the latest.
    pub fn latency(&self) -> Duration {
        Duration::from_micros(u64::from(self.latency_micros.load(Ordering::Relaxed)))
    }

    /// An answer came after this long.
    pub fn answered_after(&self, latency: Duration) {
        let micros = u32::try_from(latency.as_micros()).unwrap_or(u32::MAX);
        self.latency_micros.store(micros, Ordering::Relaxed);
    }

    /// What would be recorded now.
    pub fn remembered(&self) -> Remembered {
        let segments = self.segments();
        Remembered {
            total: segments.total().or(self.resource.total),
            validators: self.resource.validators.clone(),
            ranges: self.resource.ranges,
            written: segments.written().clone(),
        }
    }

    /// Work for a worker without any; a displaced one is stopped.
    pub fn take(&self, worker: Worker) -> Option<Taken> {
        if !self.splits.load(Ordering::Relaxed) {
            return None;
        }
        let taken = self.segments().take(worker, self.latency())?;
        if let Some(slow) = taken.displaced {
            self.dismiss(slow);
        }
        Some(taken)
    }

    /// Ends one worker; what it has not written is missing again.
    pub fn dismiss(&self, worker: Worker) {
        if let Some(token) = lock(&self.workers).remove(&worker) {
            token.cancel();
        }
    }

    /// Ends all workers but the first one.
    pub fn dismiss_others(&self) {
        let mut workers = lock(&self.workers);
        let first = workers.keys().min().copied();
        workers.retain(|worker, token| {
            let stays = Some(*worker) == first;
            if !stays {
                token.cancel();
            }
            stays
        });
    }

    /// Writes what is wanted of a chunk. `Ok(false)`: this worker's range is done.
    ///
    /// # Errors
    /// What the disk says.
    pub fn write(&self, worker: Worker, mut chunk: &[u8], until: u64) -> Result<bool, Failure> {
        while !chunk.is_empty() {
            let (at, wanted) = self.segments().claim(worker, chunk.len());
            if wanted == 0 {
                if self.segments().run_on(worker, until) {
                    continue;
                }
                return Ok(false);
            }
            system::write_at(&self.part.file, &chunk[..wanted], at)
                .map_err(|error| system::failure(&error))?;
            self.segments().wrote(worker);
            self.bytes.fetch_add(wanted as u64, Ordering::Relaxed);
            chunk = &chunk[wanted..];
        }
        Ok(true)
    }

    /// A worker begins; the guard is its presence.
    pub fn enter(self: &Arc<Self>, worker: Worker) -> Presence {
        let token = self.life.child_token();
        lock(&self.workers).insert(worker, token.clone());
        self.connections.fetch_add(1, Ordering::Relaxed);
        Presence {
            transfer: self.clone(),
            worker,
            token,
        }
    }

    /// The bytes that are the same as those of the part at this place?
    ///
    /// # Errors
    /// What the disk says.
    pub fn has(&self, at: u64, bytes: &[u8]) -> Result<bool, Failure> {
        let mut there = vec![0; bytes.len()];
        let read = system::read_at(&self.part.file, &mut there, at)
            .map_err(|error| system::failure(&error))?;
        Ok(read == bytes.len() && there == bytes)
    }
}

/// A worker at work. Dropping it gives its range back.
#[derive(Debug)]
pub struct Presence {
    transfer: Arc<Transfer>,
    worker: Worker,
    /// Ends with the try, or when the worker is displaced.
    pub token: CancellationToken,
}

impl Drop for Presence {
    fn drop(&mut self) {
        self.transfer.segments().release(self.worker);
        lock(&self.transfer.workers).remove(&self.worker);
        self.transfer.connections.fetch_sub(1, Ordering::Relaxed);
        // (Here, and not where the try ends: whoever waits for a disk is not the loop.)
        self.transfer.part.look();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
