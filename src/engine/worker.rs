//! What runs on the payload threads: the first worker of a file, who learns what the
//! file is and opens its part, and the further ones, who fetch segments.
//!
//! Always true: no byte is written before the answer that brings it was checked
//! (status, range, length, version); every await can be the last.

mod elsewhere;
mod first;
mod segment;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::{Semaphore, mpsc};
use tokio_util::sync::CancellationToken;

use super::disk::{Disk, Finished};
use super::fetch::Sessions;
use super::limiter::Pace;
use super::store::{PartRecord, Store};
use super::transfer::Transfer;
use super::transport::Transport;
use crate::download::segment::Worker;
use crate::download::{Failure, RangeSet, Validators};
use crate::queue::{Attempt, FileId, Report, Task};

/// What all workers of one engine use.
#[derive(Clone)]
pub struct Ground {
    /// Names, parts, syncs.
    pub disk: Disk,
    /// Records.
    pub store: Store,
    /// To the loop.
    pub facts: mpsc::UnboundedSender<Fact>,
    /// Longest wait for a byte, where the job says nothing.
    pub patience: Duration,
    /// The system's start.
    pub boot: String,
    /// Small files are recorded before they get their names.
    pub records_small: bool,
    /// Small files on their way to the disk: more wait here.
    pub room: Arc<Semaphore>,
    /// What servers asked for before they gave anything.
    pub sessions: Sessions,
}

/// What a worker, or the disk, tells the loop. Carries the attempt: late ones are ignored.
#[derive(Debug)]
pub enum Fact {
    /// The part is open, the record saved: bytes follow.
    Opened(FileId, Attempt, Arc<Transfer>),
    /// The part of an earlier try stands in another folder now; nowhere, where it was of no use.
    Moved(FileId, Attempt, Option<PartRecord>),
    /// For the queue, as it is.
    Report(FileId, Attempt, Report),
    /// Every byte of the part is written.
    Whole(FileId, Attempt),
    /// A worker has ended; nothing of it runs any more.
    Ended(FileId, Attempt, Result<Ending, Broken>),
    /// The part of this version was synced with at least these bytes.
    Flushed(FileId, Attempt, u32, Result<RangeSet, Failure>),
    /// The disk is done with the file.
    Finished(FileId, Attempt, Version, Result<Finished, Failure>),
    /// A write of the queue has ended; or why it could not be done.
    Kept(Result<(), String>),
    /// A size was looked up.
    Measured(FileId, Option<u64>),
}

/// Which bytes a finished file has.
#[derive(Debug, Clone)]
pub struct Version {
    /// How many.
    pub bytes: u64,
    /// Of which version.
    pub validators: Validators,
}

/// How a worker ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// No more to fetch for it, or stopped.
    Idle,
    /// A whole small file of this length was given to the disk.
    HandedOver(u64),
    /// The file was there already.
    Existed,
}

/// How a worker ended that failed.
#[derive(Debug)]
pub struct Broken {
    /// Why.
    pub failure: Failure,
    /// Bytes of its latest answer had come: it was not refused.
    pub delivered: bool,
}

/// One worker's start.
pub struct Start {
    /// Shared by all.
    pub ground: Arc<Ground>,
    /// Of this payload thread.
    pub transport: Arc<dyn Transport>,
    /// The file.
    pub task: Task,
    /// What is remembered of it.
    pub record: Option<PartRecord>,
    /// Its group's pace.
    pub pace: Arc<Pace>,
    /// Ends the try.
    pub life: CancellationToken,
    /// 0 for the first.
    pub worker: Worker,
    /// Bytes of its latest answer have come.
    pub delivered: Arc<AtomicBool>,
}

impl Start {
    /// Longest wait for a byte.
    #[must_use]
    pub fn patience(&self) -> Duration {
        self.task.stall_timeout().unwrap_or(self.ground.patience)
    }
}

/// Runs the first worker of a try to its end.
pub async fn first(start: Start) {
    let (mut farewell, life) = (Farewell::of(&start), start.life.clone());
    // (This is not broken off: what was moved must be told.)
    let settled = elsewhere::bring_along(start).await;
    farewell.ended = tokio::select! {
        biased;
        () = life.cancelled() => Ok(Ending::Idle),
        ended = async { first::run(settled?).await } => ended,
    };
}

/// Runs a further worker of a transfer to its end.
pub async fn further(start: Start, transfer: Arc<Transfer>) {
    let mut farewell = Farewell::of(&start);
    let presence = transfer.enter(start.worker);
    let token = presence.token.clone();
    farewell.ended = tokio::select! {
        biased;
        () = token.cancelled() => Ok(Ending::Idle),
        ended = segment::work(&start, &transfer) => ended.map(|()| Ending::Idle),
    };
    drop(presence);
}

/// Tells the loop how a worker ended, however it ends: a panic is one worker's failure.
struct Farewell {
    ground: Arc<Ground>,
    file: FileId,
    attempt: Attempt,
    ended: Result<Ending, Failure>,
    delivered: Arc<AtomicBool>,
}

impl Farewell {
    fn of(start: &Start) -> Self {
        Self {
            ground: start.ground.clone(),
            file: start.task.file,
            attempt: start.task.attempt,
            ended: Err(Failure::ConnectionLost("the worker broke off".into())),
            delivered: start.delivered.clone(),
        }
    }
}

impl Drop for Farewell {
    fn drop(&mut self) {
        let delivered = self.delivered.load(Ordering::Relaxed);
        let ended = std::mem::replace(&mut self.ended, Ok(Ending::Idle))
            .map_err(|failure| Broken { failure, delivered });
        let _ = self
            .ground
            .facts
            .send(Fact::Ended(self.file, self.attempt, ended));
    }
}

/// Looks up a size, politely: any failure means nothing.
pub async fn measure(ground: Arc<Ground>, transport: Arc<dyn Transport>, task: Task) {
    let how = super::fetch::How {
        range: None,
        channel: super::transport::Channel::Shared,
        patience: task.stall_timeout().unwrap_or(ground.patience),
        head_only: true,
    };
    let found = super::fetch::find(&*transport, &ground.sessions, &task, &task.link, how).await;
    let size = found.ok().and_then(|found| {
        let read = crate::download::resource::read(found.reply.status, &found.reply.headers, None);
        read.ok()
            .filter(|answer| answer.resource.encoding.is_none())?
            .resource
            .total
    });
    let _ = ground.facts.send(Fact::Measured(task.file, size));
}
