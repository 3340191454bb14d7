//! A made-up body: its chunks come at the rates of its connection and of the line.

use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use tokio::time::Sleep;

use super::{Fault, Open, bytes_of};
use crate::download::Failure;
use crate::engine::transport::Body;

/// The largest chunk, and the smallest.
const CHUNK: Range<u64> = 1_024..65_536;
/// So many chunks a second, between the two.
const A_SECOND: u64 = 50;

/// A body on its way. It notices when it is dropped ([`Open`]).
pub struct Stream {
    open: Open,
    seed: u64,
    at: u64,
    end: u64,
    rate: Option<u64>,
    /// Here it stalls or breaks.
    fault_at: Option<(u64, Fault)>,
    free: Duration,
    coming: Option<(Pin<Box<Sleep>>, u64)>,
}

impl Stream {
    /// These bytes of a file.
    pub fn new(open: Open, seed: u64, range: Range<u64>, rate: Option<u64>, fault: Fault) -> Self {
        let (fault_at, rate) = match fault {
            Fault::Stall(after) | Fault::Cut(after) => (Some((range.start + after, fault)), rate),
            Fault::Crawl(slow) => (None, Some(slow)),
            _ => (None, rate),
        };
        let free = Duration::ZERO;
        Self {
            open,
            seed,
            at: range.start,
            end: range.end,
            rate,
            fault_at,
            free,
            coming: None,
        }
    }

    /// The next chunk sets out: when it will be here, and how long it is.
    fn send(&mut self) -> (Pin<Box<Sleep>>, u64) {
        let mut wire = self.open.net.wire();
        let rate = self.rate.unwrap_or(wire.rate).min(wire.rate).max(1);
        let stop = self.fault_at.map_or(self.end, |(at, _)| at.min(self.end));
        let many = (rate / A_SECOND)
            .clamp(CHUNK.start, CHUNK.end)
            .min(stop - self.at);
        let own = self
            .free
            .max(wire.now().saturating_sub(Duration::from_millis(2)));
        self.free = own + Duration::from_secs_f64(many as f64 / rate as f64);
        let here = wire.pass(many).max(self.free);
        (Box::pin(tokio::time::sleep_until(wire.epoch + here)), many)
    }
}

impl Body for Stream {
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Failure>>> {
        match self.fault_at {
            Some((at, Fault::Stall(_))) if self.at >= at => return Poll::Pending,
            Some((at, _)) if self.at >= at => {
                return Poll::Ready(Some(Err(Failure::ConnectionLost("cut".into()))));
            }
            _ => {}
        }
        if self.at >= self.end {
            return Poll::Ready(None);
        }
        if self.coming.is_none() {
            self.coming = Some(self.send());
        }
        let Some((sleep, many)) = &mut self.coming else {
            return Poll::Pending;
        };
        if sleep.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        let range = self.at..self.at + *many;
        self.at = range.end;
        self.coming = None;
        let chunk = bytes_of(self.seed, range);
        let mut wire = self.open.net.wire();
        let now = wire.now();
        let entry = &mut wire.journal[self.open.entry];
        entry.read += chunk.len() as u64;
        if self.at >= self.end {
            entry.closed = Some(now);
        }
        Poll::Ready(Some(Ok(chunk.into())))
    }
}
