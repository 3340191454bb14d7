//! What the server saw: every request, how much of each answer went out, and how many connections stood.
//!
//! Tests ask it, and wait for it: `wait_until` returns as soon as a fact is true, and fails loudly if it never is.

use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use super::request::{Asked, Headers, Request};

/// One request and what became of its answer.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Since the server started.
    pub at: Duration,
    pub version: &'static str,
    pub connection: u64,
    pub method: String,
    pub target: String,
    pub headers: Headers,
    pub range: Option<Asked>,
    pub status: u16,
    /// Body bytes given to the system; the client may not have read them all.
    pub sent: u64,
    /// When the answer ended, in whatever way.
    pub ended: Option<Duration>,
}

impl Entry {
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)
    }

    /// Where its range starts; 0 for the whole file.
    pub fn start(&self) -> u64 {
        self.range.and_then(Asked::start).unwrap_or(0)
    }
}

/// All facts at one moment.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub entries: Vec<Entry>,
    pub open_connections: usize,
    pub max_open_connections: usize,
    pub accepted: u64,
}

impl Facts {
    /// Answers under way.
    pub fn active(&self) -> usize {
        self.entries
            .iter()
            .filter(|entry| entry.ended.is_none())
            .count()
    }

    pub fn sent(&self) -> u64 {
        self.entries.iter().map(|entry| entry.sent).sum()
    }
}

#[derive(Debug)]
pub struct Journal {
    started: Instant,
    facts: Mutex<Facts>,
    changed: Condvar,
}

impl Journal {
    pub fn new() -> Self {
        Self {
            started: Instant::now(),
            facts: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    pub fn facts(&self) -> Facts {
        self.lock().clone()
    }

    /// Waits until `fact` is true of all that was seen.
    #[track_caller]
    pub fn wait_until(&self, within: Duration, mut fact: impl FnMut(&Facts) -> bool) {
        let waited = self
            .changed
            .wait_timeout_while(self.lock(), within, |facts| !fact(facts));
        let (facts, result) = waited.expect("no thread of the server panicked");
        assert!(
            !result.timed_out(),
            "not within {within:?}; the server saw {facts:#?}"
        );
    }

    /// A connection stands until the guard is dropped.
    pub fn connect(self: &Arc<Self>) -> Visit {
        let number = self.change(|facts| {
            facts.open_connections += 1;
            facts.max_open_connections = facts.max_open_connections.max(facts.open_connections);
            facts.accepted += 1;
            facts.accepted - 1
        });
        Visit {
            journal: self.clone(),
            number,
        }
    }

    /// Writes a request down; its answer is under way until the guard is dropped.
    pub fn enter(self: &Arc<Self>, request: &Request, status: u16) -> Line {
        let entry = Entry {
            at: self.started.elapsed(),
            version: request.version,
            connection: request.connection,
            method: request.method.clone(),
            target: request.target.clone(),
            headers: request.headers.clone(),
            range: request.range(),
            status,
            sent: 0,
            ended: None,
        };
        let index = self.change(|facts| {
            facts.entries.push(entry);
            facts.entries.len() - 1
        });
        Line {
            journal: self.clone(),
            index,
        }
    }

    fn change<T>(&self, change: impl FnOnce(&mut Facts) -> T) -> T {
        let result = change(&mut self.lock());
        self.changed.notify_all();
        result
    }

    fn lock(&self) -> MutexGuard<'_, Facts> {
        self.facts.lock().expect("no thread of the server panicked")
    }
}

/// A connection that stands.
pub struct Visit {
    journal: Arc<Journal>,
    pub number: u64,
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.journal.change(|facts| facts.open_connections -= 1);
    }
}

/// An answer under way.
pub struct Line {
    journal: Arc<Journal>,
    index: usize,
}

impl Line {
    pub fn sent(&self, bytes: u64) {
        self.journal
            .change(|facts| facts.entries[self.index].sent += bytes);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let now = self.journal.started.elapsed();
        self.journal
            .change(|facts| facts.entries[self.index].ended = Some(now));
    }
}
