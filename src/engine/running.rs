//! One try of one file as the loop sees it: its workers, and what it has come to.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::store::PartRecord;
use super::transfer::Transfer;
use super::worker::{Broken, Ending};
use crate::download::ramp::{Ramp, Seen};
use crate::download::segment::Worker;
use crate::download::{Failure, RangeSet};
use crate::pace::line::Doing;
use crate::queue::Task;

/// A part is synced when this much has come since the last time,
const FLUSH_BYTES: u64 = 128 * 1024 * 1024;
/// or this long has passed.
const FLUSH_TIME: Duration = Duration::from_secs(4);
/// So often the source may change under one try,
const MOST_CHANGES: u32 = 4;
/// and after so many changes it is fetched in one piece: perhaps only its answers differ.
const MISTRUST: u32 = 2;
/// So long one that takes only what is free finds out alone how much that is,
const OPENING: Duration = Duration::from_millis(400);
/// and takes less than it may, before another one is to help.
const TAKING: Duration = Duration::from_secs(2);
/// A connection that ends before its first byte is an accident, but a second one within
/// this time says that the server wants no more of them.
const ACCIDENT: Duration = Duration::from_secs(10);

/// A try.
pub struct Running {
    /// What was asked for.
    pub task: Task,
    /// Ends all of its workers.
    pub life: CancellationToken,
    /// Known once the part is open.
    pub transfer: Option<Arc<Transfer>>,
    /// What an earlier try left: it holds until the part is open.
    known: Option<PartRecord>,
    /// Bytes certain after a power cut.
    pub synced: RangeSet,
    /// The queue wants it stopped.
    pub stopping: bool,
    /// Every byte has come: the disk has it now.
    pub whole: bool,
    workers: usize,
    next_worker: Worker,
    ramp: Ramp,
    failure: Option<Failure>,
    turned_away: Option<Duration>,
    /// What its group did on its line, and since when that has not bounded it.
    was: Option<Doing>,
    free: Duration,
    changes: u32,
    looked: u64,
    recorded: u64,
    flush: Flush,
    distrusts_disk: bool,
}

#[derive(Default)]
struct Flush {
    under_way: bool,
    bytes: u64,
    at: Duration,
}

/// What is to be done after a worker has ended.
#[derive(Debug)]
pub enum Next {
    /// Others run, or the disk has it.
    Nothing,
    /// The disk has it: its place is free.
    HandedOver(u64),
    /// Bytes are missing and nobody is left: another worker.
    Another,
    /// The source has changed: the whole try again, without what there was.
    Afresh,
    /// The try is over, as it was wished.
    Stopped,
    /// The try is over.
    Failed(Failure),
}

impl Running {
    /// A try that begins; one worker is started for it.
    #[must_use]
    pub fn new(task: Task, known: Option<PartRecord>) -> Self {
        let synced = known
            .as_ref()
            .map(|record| record.synced.clone())
            .unwrap_or_default();
        Self {
            ramp: Ramp::new(task.connections),
            task,
            life: CancellationToken::new(),
            transfer: None,
            known,
            synced,
            stopping: false,
            whole: false,
            workers: 0,
            next_worker: 0,
            failure: None,
            turned_away: None,
            was: None,
            free: Duration::ZERO,
            changes: 0,
            looked: 0,
            recorded: 0,
            flush: Flush::default(),
            distrusts_disk: false,
        }
    }

    /// A worker is started: its number.
    pub fn hire(&mut self) -> Worker {
        self.workers += 1;
        self.next_worker += 1;
        self.next_worker - 1
    }

    /// The part is open.
    pub fn opened(&mut self, transfer: Arc<Transfer>, steady: Duration) {
        self.ramp.begin(steady, transfer.had);
        self.looked = transfer.had;
        self.recorded = transfer.had;
        self.flush = Flush {
            under_way: false,
            bytes: transfer.had,
            at: steady,
        };
        self.synced = self.synced.intersection(transfer.segments().written());
        self.transfer = Some(transfer);
    }

    /// The part of the earlier try stands elsewhere now, or nowhere.
    pub fn moved(&mut self, known: Option<PartRecord>) {
        let synced = known.as_ref().map(|record| record.synced.clone());
        self.synced = synced.unwrap_or_default();
        self.known = known;
    }

    /// New bytes since the try began.
    #[must_use]
    pub fn progressed(&self) -> bool {
        self.transfer
            .as_ref()
            .is_some_and(|transfer| transfer.bytes() > transfer.had)
    }

    /// A look, ten times a second: bytes since the last one, and how many workers to add.
    /// `doing` is what its group does on its line, where it takes only what is free.
    pub fn look(&mut self, steady: Duration, doing: Option<Doing>) -> (u64, usize) {
        let Some(transfer) = self.transfer.clone() else {
            return (0, 0);
        };
        let bytes = transfer.bytes();
        let new = bytes.saturating_sub(self.looked);
        self.looked = bytes;
        let splits = transfer.splits.load(Ordering::Relaxed) && self.changes < MISTRUST;
        // A pace of our own making says nothing of the server or the line.
        let paced = transfer.paced.swap(false, Ordering::Relaxed);
        let may_ramp = self.may_ramp(&transfer, doing, paced, steady);
        if self.whole || self.stopping || !splits || !may_ramp {
            return (new, 0);
        }
        let mut segments = transfer.segments();
        segments.look(steady);
        let seen = Seen {
            steady,
            bytes,
            remaining: segments.remaining().unwrap_or(0),
            active: segments.active(),
            flowing: segments.idle(),
            latency: transfer.latency(),
        };
        let laggard = segments.laggard();
        drop(segments);
        if let Some(slow) = laggard {
            transfer.dismiss(slow);
        }
        let wanted = self.ramp.tick(seen);
        tracing::trace!(?seen, wanted, workers = self.workers, "look");
        if !self.ramp.may_connect(steady) {
            return (new, 0);
        }
        (new, wanted.saturating_sub(self.workers))
    }

    /// Of those that take only what is free, one connection is enough: while others have the line,
    /// and as long as it is the line that bounds it. A further one may help where a sender has
    /// got used to little, or a server holds each connection back.
    fn may_ramp(
        &mut self,
        transfer: &Transfer,
        doing: Option<Doing>,
        paced: bool,
        steady: Duration,
    ) -> bool {
        let patience = match doing {
            None => return !paced,
            Some(Doing::Opening) => OPENING,
            Some(Doing::Taking) => TAKING,
            Some(Doing::Yielding) => {
                self.ramp.rest();
                transfer.dismiss_others();
                // (When the line is free again there is no time to lose.)
                (self.was, self.free) = (Some(Doing::Opening), Duration::ZERO);
                return false;
            }
        };
        if paced || self.was != doing {
            (self.was, self.free) = (doing, steady);
        }
        steady.saturating_sub(self.free) >= patience
    }

    /// A record of what is written, where that changed since the last one.
    pub fn record(&mut self, boot: &str) -> Option<PartRecord> {
        let transfer = self.transfer.as_ref()?;
        let bytes = transfer.bytes();
        if bytes == self.recorded || self.whole {
            return None;
        }
        self.recorded = bytes;
        Some(self.record_of(transfer, boot))
    }

    /// The last record of a try that is over; one that never came to its part leaves it as
    /// it was.
    #[must_use]
    pub fn last_record(&self, boot: &str) -> Option<PartRecord> {
        match &self.transfer {
            Some(transfer) => Some(self.record_of(transfer, boot)),
            None => self.known.clone(),
        }
    }

    fn record_of(&self, transfer: &Transfer, boot: &str) -> PartRecord {
        let mut record = PartRecord::of(transfer, boot, self.synced.clone());
        if self.distrusts_disk {
            record.remembered.written = self.synced.clone();
        }
        record
    }

    /// Which of the versions of this try is being fetched: what is late about another one
    /// is ignored.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.changes
    }

    /// A sync of the part is due; what it will make certain.
    pub fn flush_due(&mut self, steady: Duration) -> Option<RangeSet> {
        let transfer = self.transfer.as_ref()?;
        let bytes = transfer.bytes();
        let new = bytes.saturating_sub(self.flush.bytes);
        let late = steady.saturating_sub(self.flush.at) >= FLUSH_TIME;
        if self.flush.under_way || self.whole || new == 0 || (new < FLUSH_BYTES && !late) {
            return None;
        }
        self.flush = Flush {
            under_way: true,
            bytes,
            at: steady,
        };
        Some(transfer.segments().written().clone())
    }

    /// The sync has ended; what it made certain. After an error nothing else is: the system
    /// says it once, and may have dropped what it could not write.
    pub fn flushed(&mut self, synced: Result<RangeSet, Failure>) {
        self.flush.under_way = false;
        match synced {
            Ok(synced) => self.synced = synced,
            Err(failure) => {
                self.distrust_disk();
                self.failure = Some(failure);
                self.life.cancel();
            }
        }
    }

    /// Only what was synced counts as written.
    pub fn distrust_disk(&mut self) {
        self.distrusts_disk = true;
    }

    /// A worker has ended: what follows.
    pub fn ended(&mut self, result: Result<Ending, Broken>, steady: Duration) -> Next {
        self.workers = self.workers.saturating_sub(1);
        match result {
            Ok(Ending::HandedOver(bytes)) => {
                self.whole = true;
                return Next::HandedOver(bytes);
            }
            Ok(Ending::Existed) => self.whole = true,
            Ok(Ending::Idle) => {}
            Err(broken) => self.failed(broken, steady),
        }
        if self.workers > 0 || self.whole {
            return Next::Nothing;
        }
        if self.stopping {
            return Next::Stopped;
        }
        match self.failure.take() {
            Some(Failure::SourceChanged) if self.changes < MOST_CHANGES => {
                self.changes += 1;
                Next::Afresh
            }
            Some(failure) => Next::Failed(failure),
            None => Next::Another,
        }
    }

    /// The try begins again from nothing.
    pub fn afresh(&mut self, known: Option<PartRecord>) {
        self.life = CancellationToken::new();
        self.known = known;
        self.transfer = None;
        self.synced = RangeSet::new();
        self.ramp = Ramp::new(self.task.connections);
    }

    fn failed(&mut self, Broken { failure, delivered }: Broken, steady: Duration) {
        if failure == Failure::SourceChanged || is_final(&failure) {
            // Nothing of what the others do can be of use any more.
            self.life.cancel();
            self.failure = Some(failure);
            return;
        }
        if self.workers == 0 {
            self.failure = self.failure.take().or(Some(failure));
            return;
        }
        // Others run: one connection less is no failure of the file.
        if !delivered && self.refuses(&failure, steady) {
            self.ramp.refused(self.workers, steady);
        } else {
            self.ramp.lost(steady);
        }
        tracing::debug!(%failure, left = self.workers, "a connection ended");
    }

    /// The server wants fewer connections: it says so, or by dropping them at their start.
    fn refuses(&mut self, failure: &Failure, steady: Duration) -> bool {
        if matches!(failure, Failure::Status { .. } | Failure::RangesRefused) {
            return true;
        }
        let drops = matches!(
            failure,
            Failure::Refused
                | Failure::ConnectTimeout
                | Failure::AnswerTimeout
                | Failure::ConnectionLost(_)
        );
        let before = if drops {
            self.turned_away.replace(steady)
        } else {
            None
        };
        before.is_some_and(|before| steady.saturating_sub(before) < ACCIDENT)
    }
}

/// The disk's failures are every worker's.
fn is_final(failure: &Failure) -> bool {
    failure.stage() == crate::download::Stage::Disk
}
