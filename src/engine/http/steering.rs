//! A connection whose reader takes only what is free: what may be on its way is told to the
//! system, and what the system sees of the line is told to it.
//!
//! ```text
//!            a window                 little comes any more
//!   Open ◄───────────► Draining ─────────────────────────────► Holding
//!     ▲     a trickle                                            │
//!     └──────────────────────── a window ────────────────────────┘
//! ```
//! Holding, the system keeps next to nothing for us: two packets come, and then nothing until we
//! read them. When the next ones are here says exactly how long the way is.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};

use super::socket;
use crate::engine::lines::Seat;
use crate::engine::wire::{Bearing, Wire};
use crate::pace::line::{Grant, PACKET, Rank};

/// The smallest window, bytes.
const LEAST: usize = 2 * PACKET as usize;
/// So little in a trip is what was asked for after the window was closed.
const LITTLE: u64 = 3 * PACKET as u64;
/// The system is asked at most this often,
const ASK: Duration = Duration::from_millis(1);
/// and when so much has come since: otherwise it knows nothing new.
const NEWS: u64 = LEAST as u64;
/// After a trickle it knows of trips as long as our pauses: it is not asked before so much came.
const STALE: u64 = 4 * PACKET as u64;
/// A trip of less than this part of the shortest may be what was on its way before, or the
/// second packet of a turn:
const PLAUSIBLE: f64 = 0.9;
/// it is believed when it comes so many times.
const BELIEVED: u32 = 4;
/// A connection that competes may have this many times on its way what comes in a trip, so that
/// it can be called back soon,
const AHEAD: u64 = 4;
/// and never less than this, bytes.
const ROOM: u64 = 256 * 1024;

/// How one connection is steered.
#[derive(Debug, Default)]
pub struct Steering {
    seat: Option<Seat>,
    state: State,
    /// The system was told of a window, and nothing has lifted it yet.
    is_bound: bool,
    /// Bytes since the system was asked, and when that was.
    news: u64,
    asked: Option<Instant>,
    clock: Option<Pin<Box<Sleep>>>,
}

#[derive(Debug, Default)]
enum State {
    /// What comes is read. After a trickle: when it began again, and what came since.
    #[default]
    Open,
    Reopened {
        at: Instant,
        bytes: u64,
    },
    /// What was on its way comes in.
    Draining {
        since: Instant,
        bytes: u64,
    },
    /// In turns.
    Holding {
        kept: usize,
        turn: Instant,
        /// When the last turn asked for the packets of this one.
        opened: Option<Instant>,
        /// So many trips in a row were too short.
        short: u32,
    },
}

impl Steering {
    /// Before anything is asked for: a connection for those who take only what is free begins
    /// with little.
    pub fn begin(&mut self, stream: &TcpStream, wire: &Wire) {
        if let Some(way) = wire.opened_for().and_then(|_| wire.way()) {
            self.is_bound = true;
            socket::bound(stream, way.line().first() as usize);
        }
    }

    /// Reads as the connection is to behave.
    pub fn poll_read(
        &mut self,
        stream: &mut TcpStream,
        wire: &Arc<Wire>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match wire.bearing() {
            Bearing::Polite(rank) if self.sees(stream, wire, rank) => {
                wire.read_by(context.waker());
                self.poll_polite(stream, wire, context, buffer)
            }
            bearing => {
                if self.seat.take().is_some() {
                    self.reopen(stream);
                    wire.hold(false);
                    self.is_bound = true;
                }
                if bearing != Bearing::Idle && std::mem::take(&mut self.is_bound) {
                    socket::bound(stream, usize::MAX);
                }
                wire.read_by(context.waker());
                let before = buffer.filled().len();
                ready!(Pin::new(&mut *stream).poll_read(context, buffer))?;
                if bearing == Bearing::Free {
                    self.stay_near(stream, wire, (buffer.filled().len() - before) as u64);
                }
                Poll::Ready(Ok(()))
            }
        }
    }

    /// Takes a seat, where the line can be seen.
    fn sees(&mut self, stream: &TcpStream, wire: &Arc<Wire>, rank: Rank) -> bool {
        if let Some(seat) = &mut self.seat {
            seat.rank(rank);
            return true;
        }
        let way = wire.way().filter(|_| socket::told(stream).is_some());
        wire.tell(way.as_ref());
        let Some(way) = way else {
            return false;
        };
        way.carries(wire);
        self.seat = Some(Seat::take(way, rank));
        (self.news, self.asked) = (0, None);
        true
    }

    fn poll_polite(
        &mut self,
        stream: &mut TcpStream,
        wire: &Arc<Wire>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.obey(stream, wire);
        if matches!(self.state, State::Holding { .. }) {
            ready!(self.poll_turn(stream, context));
        }
        let before = buffer.filled().len();
        ready!(Pin::new(&mut *stream).poll_read(context, buffer))?;
        let read = buffer.filled().len() - before;
        self.came(stream, read as u64);
        self.obey(stream, wire);
        Poll::Ready(Ok(()))
    }

    /// Does what it may.
    fn obey(&mut self, stream: &TcpStream, wire: &Wire) {
        let Some(seat) = &self.seat else { return };
        let line = seat.way.line();
        let (grant, is_bound) = (line.grant(seat.rider()), line.is_bound(seat.rider()));
        drop(line);
        wire.tell(Some(&seat.way));
        match grant {
            Grant::Window(window) => {
                self.reopen(stream);
                socket::bound(stream, usize::try_from(window).unwrap_or(usize::MAX));
                wire.hold(is_bound);
            }
            Grant::Trickle(_) => {
                if matches!(self.state, State::Open | State::Reopened { .. }) {
                    let since = Instant::now();
                    self.state = State::Draining { since, bytes: 0 };
                }
                socket::bound(stream, LEAST);
                wire.hold(true);
            }
        }
    }

    /// Waits for the packet of this turn, and for its time.
    fn poll_turn(&mut self, stream: &TcpStream, context: &mut Context<'_>) -> Poll<()> {
        let State::Holding {
            turn,
            opened,
            short,
            ..
        } = &mut self.state
        else {
            return Poll::Ready(());
        };
        if stream.poll_read_ready(context).is_pending() {
            return Poll::Pending;
        }
        if let (Some(opened), Some(seat)) = (opened.take(), &self.seat) {
            let trip = opened.elapsed();
            // (This one, too, looks again: it may be that it need not wait for its turn.)
            let is_short = trip < seat.way.line().base().mul_f64(PLAUSIBLE);
            *short = if is_short { *short + 1 } else { 0 };
            if (!is_short || *short >= BELIEVED) && tell(seat, trip) {
                context.waker().wake_by_ref();
            }
        }
        let turn = *turn;
        let clock = self
            .clock
            .get_or_insert_with(|| Box::pin(tokio::time::sleep_until(turn)));
        if clock.deadline() != turn {
            clock.as_mut().reset(turn);
        }
        clock.as_mut().poll(context)
    }

    /// Bytes were read.
    fn came(&mut self, stream: &TcpStream, bytes: u64) {
        let Some(seat) = &self.seat else { return };
        let now = Instant::now();
        seat.way
            .line()
            .received(seat.rider(), bytes, seat.way.now());
        match &mut self.state {
            State::Open => self.look(stream, bytes, now),
            State::Reopened { at, bytes: since } => {
                *since += bytes;
                let trips = seat.way.line().base().mul_f64(1.5);
                if *since >= STALE && now >= *at + trips {
                    self.state = State::Open;
                }
            }
            State::Draining { since, bytes: came } => {
                *came += bytes;
                let trip = seat.way.line().base().max(Duration::from_millis(10));
                if now < *since + trip {
                    return;
                }
                if *came > LITTLE {
                    (*since, *came) = (now, 0);
                } else if let Some(kept) = socket::keep_little(stream) {
                    self.state = State::Holding {
                        kept,
                        turn: now,
                        opened: None,
                        short: 0,
                    };
                }
            }
            State::Holding { turn, opened, .. } => {
                let Grant::Trickle(rate) = seat.way.line().grant(seat.rider()) else {
                    return;
                };
                let price = (bytes as f64).min(LEAST as f64) / (rate.max(1) as f64);
                *turn = now + Duration::from_secs_f64(price);
                *opened = Some(now);
            }
        }
    }

    /// Asks the system how long the way is.
    fn look(&mut self, stream: &TcpStream, bytes: u64, now: Instant) {
        self.news += bytes;
        let often = self.asked.is_some_and(|asked| now < asked + ASK);
        if self.news < NEWS || often {
            return;
        }
        (self.news, self.asked) = (0, Some(now));
        let told = socket::told(stream).filter(|told| !told.trip.is_zero());
        let (Some(told), Some(seat)) = (told, &self.seat) else {
            return;
        };
        tell(seat, told.trip);
    }

    /// One that competes: what others fill is not asked for far ahead.
    fn stay_near(&mut self, stream: &TcpStream, wire: &Wire, bytes: u64) {
        self.news += bytes;
        let now = Instant::now();
        let asked = *self.asked.get_or_insert(now);
        if now < asked + ASK || wire.peer().is_none_or(|peer| peer.ip().is_loopback()) {
            return;
        }
        let Some(told) = socket::told(stream).filter(|told| now >= asked + told.trip) else {
            return;
        };
        let trip = told.trip.as_secs_f64() / (now - asked).as_secs_f64();
        let ahead = (self.news as f64 * trip) as u64 * AHEAD;
        (self.news, self.asked) = (0, Some(now));
        socket::bound(stream, ahead.max(ROOM) as usize);
    }

    fn reopen(&mut self, stream: &TcpStream) {
        if let State::Holding { kept, .. } = self.state {
            socket::keep_again(stream, kept);
        }
        if !matches!(self.state, State::Open | State::Reopened { .. }) {
            let at = Instant::now();
            self.state = State::Reopened { at, bytes: 0 };
        }
    }
}

/// Tells the line of a trip; whether those who ride on it may do something else now. (They look.)
fn tell(seat: &Seat, trip: Duration) -> bool {
    let mut line = seat.way.line();
    let before = line.doing();
    line.seen(trip, seat.way.now());
    let is_other = line.doing() != before;
    let (doing, queue, grant) = (line.doing(), line.queue(), line.grant(seat.rider()));
    tracing::trace!(?trip, ?queue, ?grant, ?doing, "line");
    drop(line);
    if is_other {
        seat.way.look();
    }
    is_other
}
