//! `ebb watch`: what changes, as it changes: lines of JSON, a table in its place on a terminal,
//! or a line for each new state.

mod drawn;
mod told;

use std::cell::LazyCell;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, watch as channel};
use tokio::time::{MissedTickBehavior, interval};

use super::follow::Follow;
use super::json_lines::JsonLines;
use super::table;
use super::terminal::{self, Page};
use crate::queue::Snapshot;
use crate::remote::{CallError, Listener};
use crate::words::Language;
use drawn::Drawn;
use told::Told;

/// How often what waits to be written is written.
const TICK: Duration = Duration::from_millis(100);
/// Snapshots that were read and not looked at yet; with more the other side waits.
const AHEAD: usize = 2;

/// How it is shown.
enum Face<W: Write> {
    Json(Box<JsonLines<W>>),
    Table(Box<Drawn<W>>),
    Lines(Told<W>),
}

/// Follows all groups, and shows them.
pub struct Watch<W: Write> {
    follow: Follow,
    face: Face<W>,
}

/// Why it has ended.
#[derive(Debug)]
pub enum End {
    /// A person wants it so.
    Interrupted,
    /// Nobody reads any more.
    Unread,
    /// The running Ebb has gone.
    Lost(CallError),
}

impl<W: Write> Watch<W> {
    /// Nothing seen yet. `out` is standard output, but in tests.
    pub fn new(out: W, json: bool, language: Language) -> Self {
        let face = if json {
            Face::Json(Box::new(JsonLines::new(out)))
        } else if terminal::can_redraw() {
            Face::Table(Box::new(Drawn::new(out, language)))
        } else {
            Face::Lines(Told::new(out, language))
        };
        Self {
            follow: Follow::default(),
            face,
        }
    }

    fn see(&mut self, snapshot: &Snapshot) -> io::Result<()> {
        let mut written = Ok(());
        match &mut self.face {
            Face::Json(lines) => self.follow.advance(snapshot, |seen| {
                if written.is_ok() {
                    written = lines.see(seen);
                }
            }),
            Face::Lines(lines) => {
                let digits = LazyCell::new(|| table::digits(&snapshot.groups));
                self.follow.advance(snapshot, |seen| {
                    if written.is_ok() {
                        written = lines.see(seen, &digits);
                    }
                });
            }
            Face::Table(table) => table.see(snapshot),
        }
        written
    }

    /// Writes what is due.
    fn tick(&mut self, steady: Duration) -> io::Result<()> {
        match &mut self.face {
            Face::Json(lines) => lines.tick(steady),
            Face::Lines(lines) => lines.flush(),
            Face::Table(table) => table.tick(steady, Page::of_stdout()),
        }
    }

    /// Leaves the last of it standing.
    fn finish(&mut self) {
        if let Face::Table(table) = &mut self.face {
            // That nobody reads it is no reason for another end.
            let _ = table.draw(Page::of_stdout());
        }
    }

    /// Follows until something ends it.
    pub async fn run(
        mut self,
        listener: Listener,
        mut interrupted: channel::Receiver<bool>,
    ) -> End {
        let begun = Instant::now();
        let mut snapshots = snapshots(listener);
        let mut tick = interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let end = loop {
            let written = tokio::select! {
                biased;
                _ = interrupted.wait_for(|interrupted| *interrupted) => break End::Interrupted,
                _ = tick.tick() => self.tick(begun.elapsed()),
                snapshot = snapshots.recv() => match snapshot {
                    Some(Ok(snapshot)) => {
                        self.see(&snapshot).and_then(|()| self.tick(begun.elapsed()))
                    }
                    Some(Err(error)) => break End::Lost(error),
                    None => break End::Lost(CallError::Lost(String::new())),
                },
            };
            if written.is_err() {
                break End::Unread;
            }
        };
        self.finish();
        end
    }
}

/// Reads on a task of its own: a reading that is broken off would lose a part of a message.
fn snapshots(mut listener: Listener) -> mpsc::Receiver<Result<Snapshot, CallError>> {
    let (sender, receiver) = mpsc::channel(AHEAD);
    tokio::spawn(async move {
        loop {
            let next = listener.next_snapshot().await;
            let is_last = next.is_err();
            if sender.send(next).await.is_err() || is_last {
                break;
            }
        }
    });
    receiver
}
