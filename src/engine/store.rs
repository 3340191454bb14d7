//! What must be remembered: one SQLite database, one connection, one thread. Resume
//! records and, where the home has one, the queue with its history.
//!
//! Always true: a record never claims a byte that is not on disk. *Written* bytes
//! (in the page cache at least) hold as long as the system is not started again,
//! *synced* ones hold after a power cut; the first are recorded as they come, the
//! second only after the part was synced, and that transaction is synced itself.
//!
//! Several processes share the database: every write is an IMMEDIATE transaction
//! (a deferred one that must upgrade fails at once, whatever the busy timeout).

mod history;
mod parts;
mod queue;
mod schema;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::oneshot;

use super::config::Home;
use super::config::StartError;
use super::lane::Lane;
use crate::queue::GroupId;

pub use history::{HistoryEntry, Totals};
pub use parts::{PartRecord, Records};
pub use queue::{Batch, KeptQueue};
pub use schema::make_private;

/// What is there at the start.
#[derive(Debug, Default)]
pub struct Kept {
    /// Resume records.
    pub records: Records,
    /// The queue, where this home has one.
    pub queue: KeptQueue,
}

/// How certain a write must be before the next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// After a kill of the process.
    Kill,
    /// After a power cut.
    PowerCut,
}

/// It was written; or why not, in the database's words.
pub type Written = Result<(), String>;

/// Told once what became of a write; that it failed, where it is dropped untold.
struct Then<F: FnOnce(Written)>(Option<F>);

impl<F: FnOnce(Written)> Then<F> {
    fn tell(mut self, written: Written) {
        if let Some(then) = self.0.take() {
            then(written);
        }
    }
}

impl<F: FnOnce(Written)> Drop for Then<F> {
    fn drop(&mut self) {
        if let Some(then) = self.0.take() {
            then(Err("the store's thread broke off".to_owned()));
        }
    }
}

/// The store. Clones share it.
#[derive(Clone)]
pub struct Store {
    lane: Lane,
    /// Absent in memory-only engines.
    connection: Option<Arc<Mutex<Connection>>>,
}

impl Store {
    /// Opens, or makes, the database, and reads what it keeps.
    ///
    /// # Errors
    /// `StartError::Store`: not a database, of a later version, no right to write.
    pub fn open(home: &Home, lane: Lane) -> Result<(Self, Kept), StartError> {
        let mut kept = Kept::default();
        let connection = match home {
            Home::Memory => None,
            Home::Records(path) | Home::Queue(path) => {
                let failed = |reason: String| StartError::Store {
                    path: path.display().to_string(),
                    reason,
                };
                schema::make_private(path).map_err(|error| failed(error.to_string()))?;
                let mut connection =
                    schema::open(path).map_err(|error| failed(error.to_string()))?;
                kept.read(&mut connection, matches!(home, Home::Queue(_)))
                    .map_err(|error| failed(error.to_string()))?;
                Some(Arc::new(Mutex::new(connection)))
            }
        };
        Ok((Self { lane, connection }, kept))
    }

    /// Writes changes of the queue, in one transaction; `then` is told when it is safe, or why
    /// it could not be done.
    pub fn keep(
        &self,
        batch: Arc<Batch>,
        safe: Durability,
        then: impl FnOnce(Written) + Send + 'static,
    ) {
        let job = move |transaction: &rusqlite::Transaction<'_>| queue::save(transaction, &batch);
        self.write_then(safe, job, then);
    }

    /// What was completed, newest first, at most so many.
    pub fn history(&self, most: usize, then: impl FnOnce(Vec<HistoryEntry>) + Send + 'static) {
        self.read(move |connection| then(history::load(connection, most)));
    }

    /// What all of it comes to.
    pub fn totals(&self, then: impl FnOnce(Totals) + Send + 'static) {
        self.read(move |connection| then(history::totals(connection)));
    }

    /// Forgets what was completed.
    pub fn clear_history(&self, then: impl FnOnce(bool) + Send + 'static) {
        self.write_then(Durability::PowerCut, history::clear, |written| {
            then(written.is_ok());
        });
    }

    /// Writes records (new ones, and changes of old ones), after what was asked for before.
    pub fn save(&self, records: Vec<PartRecord>, safe: Durability) -> Saving {
        self.write(safe, move |transaction| parts::save(transaction, &records))
    }

    /// Writes records, and waits until a kill does not lose them: for the disk's threads.
    pub fn save_now(&self, records: Vec<PartRecord>) -> bool {
        let (answer, saved) = std::sync::mpsc::channel();
        let job = move |transaction: &rusqlite::Transaction<'_>| parts::save(transaction, &records);
        self.write_then(Durability::Kill, job, move |safe| {
            let _ = answer.send(safe.is_ok());
        });
        saved.recv().unwrap_or(false)
    }

    /// One record in place of another, or none: at any moment, after a power cut too, one of
    /// the two is there.
    pub fn replace(&self, key: (PathBuf, String), with: Option<PartRecord>) -> Saving {
        self.write(Durability::PowerCut, move |transaction| {
            parts::forget(transaction, &[key])?;
            parts::save(transaction, with.as_slice())
        })
    }

    /// Forgets the records of these paths and URLs.
    pub fn forget(&self, keys: Vec<(PathBuf, String)>) -> Saving {
        self.write(Durability::Kill, move |transaction| {
            parts::forget(transaction, &keys)
        })
    }

    /// Forgets the finished files of a run.
    pub fn forget_run(&self, run: i64) -> Saving {
        self.write(Durability::Kill, move |transaction| {
            parts::forget_run(transaction, run)
        })
    }

    /// The URL, other than this one, whose part is recorded under this final path: another
    /// process' may be, too.
    pub async fn owner(&self, path: &Path, but: &str) -> Option<String> {
        let (answer, asked) = oneshot::channel();
        let (path, but) = (path.to_owned(), but.to_owned());
        self.read(move |connection| {
            let _ = answer.send(parts::owner(connection, &path, &but));
        });
        asked.await.ok().flatten()
    }

    /// Waits for every write, and ends the thread.
    pub fn end(&self) {
        self.lane.finish();
    }

    /// Reads, after what was written before. Without a database nothing is called.
    fn read(&self, job: impl FnOnce(&Connection) + Send + 'static) {
        let Some(connection) = self.connection.clone() else {
            return;
        };
        self.lane.run(move || {
            job(&connection.lock().unwrap_or_else(PoisonError::into_inner));
        });
    }

    fn write(
        &self,
        safe: Durability,
        job: impl FnOnce(&rusqlite::Transaction<'_>) -> rusqlite::Result<()> + Send + 'static,
    ) -> Saving {
        let (answer, done) = oneshot::channel();
        self.write_then(safe, job, move |written| {
            let _ = answer.send(written.is_ok());
        });
        Saving(done)
    }

    fn write_then(
        &self,
        safe: Durability,
        job: impl FnOnce(&rusqlite::Transaction<'_>) -> rusqlite::Result<()> + Send + 'static,
        then: impl FnOnce(Written) + Send + 'static,
    ) {
        let then = Then(Some(then));
        let Some(connection) = self.connection.clone() else {
            return then.tell(Ok(()));
        };
        self.lane.run(move || {
            let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
            let written = transact(&mut connection, safe, job);
            if let Err(error) = &written {
                tracing::error!(%error, "the store could not be written");
            }
            then.tell(written.map_err(|error| error.to_string()));
        });
    }
}

impl Kept {
    fn read(&mut self, connection: &mut Connection, queue: bool) -> rusqlite::Result<()> {
        parts::load(connection, |record| self.records.add(record))?;
        if queue {
            self.queue = queue::load(connection)?;
        }
        Ok(())
    }
}

/// A group's number in the records of what it finished.
#[must_use]
pub fn run_of(group: GroupId) -> i64 {
    group.0.as_u64_pair().1.cast_signed()
}

/// A write under way; nobody needs to wait for it.
pub struct Saving(oneshot::Receiver<bool>);

impl Saving {
    /// Waits until it is safe; `false` where it could not be written.
    pub async fn safely(self) -> bool {
        self.0.await.unwrap_or(false)
    }

    /// Still to be written.
    pub fn is_pending(&mut self) -> bool {
        self.0.try_recv() == Err(oneshot::error::TryRecvError::Empty)
    }

    /// The same, for tests without a runtime.
    #[cfg(test)]
    pub fn wait(self) -> bool {
        self.0.blocking_recv().unwrap_or(false)
    }
}

fn transact(
    connection: &mut Connection,
    safe: Durability,
    job: impl FnOnce(&rusqlite::Transaction<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let level = match safe {
        Durability::Kill => "NORMAL",
        Durability::PowerCut => "FULL",
    };
    connection.pragma_update(None, "synchronous", level)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    job(&transaction)?;
    transaction.commit()
}

/// The database as another process has it: for tests of what the two do to each other.
#[cfg(test)]
pub fn beside(path: &Path) -> Connection {
    Connection::open(path).expect("a database")
}

#[cfg(test)]
mod tests;
