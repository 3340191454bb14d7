//! What the queue knows of a file and does not show.
//!
//! What is shown lives in the [`FileView`](super::FileView)s of its job; this is the
//! rest, small for a file that waits, and with an [`Effort`] for one that has begun.

use std::sync::Arc;
use std::time::Duration;

use super::event::Attempt;
use super::fingerprint::Fingerprint;
use super::line::Number;
use super::snapshot::FileSource;
use crate::download::WaitReason;
use crate::download::digest::Checksum;
use crate::download::rate::Rate;

/// Where a file is: the number of its job, and its place there.
///
/// A number is never given twice, so a key that is out of date finds nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct FileKey {
    pub(super) job: u32,
    pub(super) at: u32,
}

/// What the engine has been asked to do with a file, apart from what state is shown:
/// a suspended file's worker may still be about to stop.
///
/// ```text
/// None ─Start─► Fetching ─Written─► Finishing ─Completed, Failed─► None
///                  │ Stop               │ Stop
///                  ▼                    ▼
///              Stopping ──Written─► StoppingLate ─Stopped, Completed, Failed─► None
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Worker {
    /// Nothing of the file runs.
    #[default]
    None,
    /// It fetches, and holds a place.
    Fetching,
    /// Every byte is written; its place is another's.
    Finishing,
    /// It fetched when it was told to stop, and holds its place until it has.
    Stopping,
    /// It was finishing when it was told to stop.
    StoppingLate,
}

impl Worker {
    pub(super) fn holds_place(self) -> bool {
        matches!(self, Self::Fetching | Self::Stopping)
    }

    pub(super) fn is_stopping(self) -> bool {
        matches!(self, Self::Stopping | Self::StoppingLate)
    }

    /// Written, and not yet at its end.
    pub(super) fn is_finishing(self) -> bool {
        matches!(self, Self::Finishing | Self::StoppingLate)
    }

    /// Told to stop.
    pub(super) fn stopped(self) -> Self {
        match self {
            Self::Fetching => Self::Stopping,
            Self::Finishing => Self::StoppingLate,
            same => same,
        }
    }

    /// Told us that every byte is written.
    pub(super) fn written(self) -> Self {
        match self {
            Self::Fetching => Self::Finishing,
            Self::Stopping => Self::StoppingLate,
            same => same,
        }
    }
}

/// The hidden half of a file.
#[derive(Debug)]
pub(super) struct File {
    /// Whose server.
    pub(super) host: u32,
    /// The latest try.
    pub(super) attempt: Attempt,
    /// Of its latest wait; a timer with another one is out of date.
    pub(super) stamp: u32,
    pub(super) worker: Worker,
    /// It makes way for smaller ones of its group: it goes to the end of the line.
    pub(super) comes_last: bool,
    /// The finished file was there before; it is not ours to delete, unless it is known.
    pub(super) existed: bool,
    /// The finished file as it was left.
    pub(super) fingerprint: Option<Box<Fingerprint>>,
    /// Its size was looked up ahead, once.
    pub(super) measured: bool,
    /// The password inside its URL was not kept.
    pub(super) lacks_password: bool,
    /// Something of it has come.
    pub(super) progressed: bool,
    /// Listed among what must be saved.
    pub(super) unsaved: bool,
    pub(super) checksum: Option<Arc<Checksum>>,
    pub(super) effort: Option<Box<Effort>>,
}

impl File {
    pub(super) fn new(host: u32, checksum: Option<Checksum>) -> Self {
        Self {
            host,
            attempt: 0,
            stamp: 0,
            worker: Worker::None,
            comes_last: false,
            existed: false,
            fingerprint: None,
            measured: false,
            lacks_password: false,
            progressed: false,
            unsaved: false,
            checksum: checksum.map(Arc::new),
            effort: None,
        }
    }

    /// The counters of a file that has begun.
    pub(super) fn effort(&mut self) -> &mut Effort {
        self.effort.get_or_insert_default()
    }
}

/// What has been tried for a file, since a person last asked for it.
#[derive(Debug, Default)]
pub(super) struct Effort {
    pub(super) rate: Rate,
    /// When this try began.
    pub(super) started: Duration,
    /// The host at which it holds a place (a person may have changed the URL since).
    pub(super) held: u32,
    /// Where it stood in line before.
    pub(super) number: Option<Number>,
    /// Connections it was allowed.
    pub(super) connections: usize,
    /// Tries that failed, in all.
    pub(super) tries: u32,
    /// Tries that failed since the last new byte.
    pub(super) since_progress: u32,
    /// The most bytes that ever were there: only past them is there progress.
    pub(super) highest: u64,
    /// The wait that people were told of last, since the last new byte.
    pub(super) told: Option<WaitReason>,
    /// Time without a new byte, up to `counting`.
    idle: Duration,
    /// Since when such time counts; it does not while nothing is tried.
    counting: Option<Duration>,
    /// Under which source the record on disk is kept, where that is not the present one.
    pub(super) recorded: Option<Arc<FileSource>>,
}

impl Effort {
    /// From now on time without a byte counts.
    pub(super) fn count(&mut self, steady: Duration) {
        self.counting.get_or_insert(steady);
    }

    /// From now on it does not.
    pub(super) fn rest(&mut self, steady: Duration) {
        self.idle = self.without_progress(steady);
        self.counting = None;
    }

    /// So many bytes are there: where a try began from nothing, not all of them are new.
    pub(super) fn reached(&mut self, bytes: u64, steady: Duration) {
        if bytes > self.highest {
            self.highest = bytes;
            self.progress(steady);
        }
    }

    /// A new byte has come.
    pub(super) fn progress(&mut self, steady: Duration) {
        self.since_progress = 0;
        self.told = None;
        self.idle = Duration::ZERO;
        self.counting = self.counting.map(|_| steady);
    }

    /// A person asks: all patience is new.
    pub(super) fn begin_anew(&mut self, steady: Duration) {
        self.progress(steady);
        self.tries = 0;
        self.highest = 0;
    }

    pub(super) fn without_progress(&self, steady: Duration) -> Duration {
        let now = self
            .counting
            .map_or(Duration::ZERO, |since| steady.saturating_sub(since));
        self.idle.saturating_add(now)
    }
}
