//! A made-up network: servers with files, a line, and a journal of what was asked of them.
//!
//! What a server does wrong is data ([`Fault`]). Nothing here sleeps in real time: a
//! body's chunks come when the clock says so, at the rates of its connection and of the
//! line that all share.

mod body;
mod source;

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

pub use source::{Fault, Source, bytes_of};

use self::body::Stream;
use crate::download::{Failure, Link};
use crate::engine::transport::{Channel, Query, Reply, Transport, Via};

/// The network. Clones share it.
#[derive(Clone)]
pub struct Net(Arc<Mutex<Wire>>);

/// What the network is, and what has happened on it.
pub struct Wire {
    epoch: Instant,
    /// From a request to the head of its answer.
    pub latency: Duration,
    /// What all connections share, bytes a second.
    pub rate: u64,
    /// The servers' files, by URL.
    pub sources: HashMap<String, Source>,
    /// Every request, in order.
    pub journal: Vec<Entry>,
    /// Most connections at once, of all servers.
    pub peak: usize,
    line_free: Duration,
}

/// One request.
#[derive(Debug, Clone)]
pub struct Entry {
    /// When.
    pub at: Duration,
    /// The whole URL.
    pub url: String,
    /// The first byte of its range; none: no range was asked for.
    pub start: Option<u64>,
    /// The last one, where it was named.
    pub end: Option<u64>,
    /// The kind of connection.
    pub channel: Channel,
    /// Only the head was wanted.
    pub head_only: bool,
    /// The person's headers that came along.
    pub headers: http::HeaderMap,
    /// What was answered; 0: nothing.
    pub status: u16,
    /// Bytes of the body that were read.
    pub read: u64,
    /// When it was over: all was read, or the reader let go.
    pub closed: Option<Duration>,
}

impl Net {
    /// Nothing but a line of 10 MB/s, 20 ms long.
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(Wire {
            epoch: Instant::now(),
            latency: Duration::from_millis(20),
            rate: 10_000_000,
            sources: HashMap::new(),
            journal: Vec::new(),
            peak: 0,
            line_free: Duration::ZERO,
        })))
    }

    /// To look at, and to change. Never held over an await.
    pub fn wire(&self) -> MutexGuard<'_, Wire> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A file on a server.
    pub fn serve(&self, url: &str, source: Source) {
        let url = Link::parse(url).unwrap().expose().to_owned();
        self.wire().sources.insert(url, source);
    }

    /// Changes a file on a server.
    pub fn change(&self, url: &str, change: impl FnOnce(&mut Source)) {
        change(self.wire().sources.get_mut(url).unwrap());
    }

    /// What these bytes must be, now.
    pub fn bytes(&self, url: &str) -> Vec<u8> {
        let wire = self.wire();
        let source = &wire.sources[url];
        bytes_of(source.seed, 0..source.length)
    }

    /// Connections that are open now.
    pub fn open(&self) -> usize {
        self.wire().open(|_| true)
    }

    /// What was asked for a URL.
    pub fn asked(&self, url: &str) -> Vec<Entry> {
        self.wire()
            .journal
            .iter()
            .filter(|entry| entry.url == url)
            .cloned()
            .collect()
    }

    /// Bytes that were read of this URL, by all its requests.
    pub fn read(&self, url: &str) -> u64 {
        self.asked(url).iter().map(|entry| entry.read).sum()
    }
}

impl Wire {
    /// Since the network is there.
    pub fn now(&self) -> Duration {
        self.epoch.elapsed()
    }

    fn open(&self, of: impl Fn(&Entry) -> bool) -> usize {
        self.journal
            .iter()
            .filter(|entry| entry.closed.is_none() && of(entry))
            .count()
    }

    /// Writes a request down; how many connections are open at its server with it.
    fn enter(&mut self, query: &Query) -> (usize, usize) {
        let host = query.link.origin();
        self.journal.push(Entry {
            at: self.now(),
            url: query.link.expose().to_owned(),
            start: query.range.map(|range| range.start),
            end: query.range.and_then(|range| range.end),
            channel: query.channel,
            head_only: query.head_only,
            headers: query.headers.clone(),
            status: 0,
            read: 0,
            closed: None,
        });
        self.peak = self.peak.max(self.open(|_| true));
        let prefix = format!("{host}/");
        (
            self.journal.len() - 1,
            self.open(|entry| entry.url.starts_with(&prefix)),
        )
    }

    /// When so many bytes have passed the line, from `now` on.
    fn pass(&mut self, bytes: u64) -> Duration {
        // (The clock is in milliseconds: what it rounds up is no loss.)
        let free = self
            .line_free
            .max(self.now().saturating_sub(Duration::from_millis(2)));
        self.line_free = free + Duration::from_secs_f64(bytes as f64 / self.rate.max(1) as f64);
        self.line_free
    }
}

/// One connection; dropping it closes it.
struct Open {
    net: Net,
    entry: usize,
}

impl Drop for Open {
    fn drop(&mut self) {
        let mut wire = self.net.wire();
        let now = wire.now();
        wire.journal[self.entry].closed.get_or_insert(now);
    }
}

impl Transport for Net {
    fn send(&self, query: Query) -> Pin<Box<dyn Future<Output = Result<Reply, Failure>> + Send>> {
        let (entry, there) = self.wire().enter(&query);
        let open = Open {
            net: self.clone(),
            entry,
        };
        let latency = self.wire().latency;
        Box::pin(async move {
            tokio::time::sleep(latency).await;
            answer(open, &query, there).await
        })
    }
}

async fn answer(open: Open, query: &Query, there: usize) -> Result<Reply, Failure> {
    let (found, fault) = {
        let mut wire = open.net.wire();
        match wire.sources.get_mut(query.link.expose()) {
            None => (None, Fault::None),
            Some(source) => {
                let fault = source.fault(there);
                (Some(source.clone()), fault)
            }
        }
    };
    match fault {
        Fault::Refused => return Err(Failure::Refused),
        Fault::Reset => return Err(Failure::ConnectionLost("reset".into())),
        Fault::Silent => std::future::pending().await,
        _ => {}
    }
    let (status, headers, range) = match &found {
        None => (404, http::HeaderMap::new(), 0..0),
        Some(source) => source.answer(fault, query.range),
    };
    open.net.wire().journal[open.entry].status = status;
    let seed = found.as_ref().map_or(0, |source| source.seed);
    let rate = found.and_then(|source| source.rate);
    let range = if query.head_only { 0..0 } else { range };
    let body = Box::new(Stream::new(open, seed, range, rate, fault));
    Ok(Reply {
        status,
        headers,
        via: Via::default(),
        body,
    })
}
