//! What must be remembered: one SQLite database, one connection, one thread.
//!
//! Always true: a record never claims a byte that is not on disk. *Written* bytes
//! (in the page cache at least) hold as long as the system is not started again,
//! *synced* ones hold after a power cut; the first are recorded as they come, the
//! second only after the part was synced, and that transaction is synced itself.
//!
//! Several processes share the database: every write is an IMMEDIATE transaction
//! (a deferred one that must upgrade fails at once, whatever the busy timeout).

mod parts;
mod schema;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::oneshot;

use super::config::Home;
use super::config::StartError;
use super::disk::system::Identity;
use super::disk::{Earlier, candidate};
use super::lane::Lane;
use super::transfer::Transfer;
use crate::download::RangeSet;
use crate::download::plan::Remembered;
use crate::queue::GroupId;

/// A record of a file that is not, or not long, complete. Its key is path and URL.
#[derive(Debug, Clone, PartialEq)]
pub struct PartRecord {
    /// The final path.
    pub path: PathBuf,
    /// From where, without a password.
    pub url: String,
    /// Version, length, bytes written.
    pub remembered: Remembered,
    /// Bytes that are certain after a power cut.
    pub synced: RangeSet,
    /// The system's start during which `written` holds.
    pub boot: String,
    /// Which file the part is.
    pub identity: Identity,
    /// It stands whole under its final name, and its run (this one) has not ended well yet.
    pub finished: Option<i64>,
}

impl PartRecord {
    /// Of a transfer, as it is now.
    #[must_use]
    pub fn of(transfer: &Transfer, boot: &str, synced: RangeSet) -> Self {
        Self {
            path: transfer.part.path.clone(),
            url: transfer.task.link.without_password(),
            remembered: transfer.remembered(),
            synced,
            boot: boot.to_owned(),
            identity: transfer.part.identity,
            finished: None,
        }
    }

    /// As it counts under this start of the system: under another one only what was
    /// synced is certain.
    #[must_use]
    pub fn counted(mut self, boot: &str) -> Self {
        self.synced = self.synced.intersection(&self.remembered.written);
        if boot.is_empty() || self.boot != boot {
            self.remembered.written = self.synced.clone();
        }
        self
    }

    /// What the disk needs to open the part again.
    #[must_use]
    pub fn earlier(&self) -> Earlier {
        Earlier {
            path: self.path.clone(),
            identity: self.identity,
            written: self.remembered.written.clone(),
            synced: self.synced.clone(),
        }
    }

    /// This name, or this name with a number.
    fn is_named(&self, name: &str) -> bool {
        let own = self
            .path
            .file_name()
            .and_then(|own| own.to_str())
            .unwrap_or_default();
        (0..100).any(|number| candidate(name, number) == own)
    }

    /// Path and URL.
    #[must_use]
    pub fn key(&self) -> (PathBuf, String) {
        (self.path.clone(), self.url.clone())
    }
}

/// How certain a write must be before the next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// After a kill of the process.
    Kill,
    /// After a power cut.
    PowerCut,
}

/// The records at the start, by URL.
#[derive(Debug, Default)]
pub struct Records(HashMap<String, Vec<PartRecord>>);

impl Records {
    /// Takes out the record of a URL in a folder, under the name that the person chose, if so.
    pub fn take(&mut self, folder: &Path, url: &str, name: Option<&str>) -> Option<PartRecord> {
        let all = self.0.get_mut(url)?;
        let at = all.iter().position(|record| {
            record.path.parent() == Some(folder) && name.is_none_or(|name| record.is_named(name))
        })?;
        Some(all.swap_remove(at))
    }

    fn add(&mut self, record: PartRecord) {
        self.0.entry(record.url.clone()).or_default().push(record);
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
    /// Opens, or makes, the database, and reads the records.
    ///
    /// # Errors
    /// `StartError::Store`: not a database, of a later version, no right to write.
    pub fn open(home: &Home, lane: Lane) -> Result<(Self, Records), StartError> {
        let Home::Records(path) = home else {
            return Ok((
                Self {
                    lane,
                    connection: None,
                },
                Records::default(),
            ));
        };
        let failed = |reason: String| StartError::Store {
            path: path.display().to_string(),
            reason,
        };
        schema::make_private(path).map_err(|error| failed(error.to_string()))?;
        let mut connection = schema::open(path).map_err(|error| failed(error.to_string()))?;
        let mut records = Records::default();
        parts::load(&mut connection, |record| records.add(record))
            .map_err(|error| failed(error.to_string()))?;
        Ok((
            Self {
                lane,
                connection: Some(Arc::new(Mutex::new(connection))),
            },
            records,
        ))
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
            let _ = answer.send(safe);
        });
        saved.recv().unwrap_or(false)
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
        let connection = self.connection.clone()?;
        let (path, but) = (path.to_owned(), but.to_owned());
        self.lane.run(move || {
            let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
            let _ = answer.send(parts::owner(&connection, &path, &but));
        });
        asked.await.ok().flatten()
    }

    /// Waits for every write, and ends the thread.
    pub fn end(&self) {
        self.lane.finish();
    }

    fn write(
        &self,
        safe: Durability,
        job: impl FnOnce(&rusqlite::Transaction<'_>) -> rusqlite::Result<()> + Send + 'static,
    ) -> Saving {
        let (answer, done) = oneshot::channel();
        self.write_then(safe, job, move |written| {
            let _ = answer.send(written);
        });
        Saving(done)
    }

    fn write_then(
        &self,
        safe: Durability,
        job: impl FnOnce(&rusqlite::Transaction<'_>) -> rusqlite::Result<()> + Send + 'static,
        then: impl FnOnce(bool) + Send + 'static,
    ) {
        let Some(connection) = self.connection.clone() else {
            return then(true);
        };
        self.lane.run(move || {
            let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
            let written = transact(&mut connection, safe, job);
            if let Err(error) = &written {
                tracing::error!(%error, "the store could not be written");
            }
            then(written.is_ok());
        });
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

#[cfg(test)]
mod tests;
