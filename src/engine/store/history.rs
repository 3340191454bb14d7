//! What was completed: it is remembered when the group is off the list, until it is cleared.

use std::path::PathBuf;

use jiff::Timestamp;
use rusqlite::{Connection, Row, Transaction, params};

use super::parts::{bytes_of, path_of};
use crate::queue::GroupId;

/// A group that became complete. One that did so twice (something was added to it) is here
/// once, as it was the last time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Its id.
    pub group: GroupId,
    /// Its name, or its first file's.
    pub name: String,
    /// Where its first file came from.
    pub host: String,
    /// Where its first file went.
    pub folder: PathBuf,
    /// Bytes of all its files.
    pub bytes: u64,
    /// How many files.
    pub files: u64,
    /// When it was made.
    pub created: Timestamp,
    /// When its last file completed.
    pub completed: Timestamp,
}

/// What the whole history comes to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Bytes of all files.
    pub bytes: u64,
    /// How many files.
    pub files: u64,
    /// How many groups.
    pub groups: u64,
}

const COLUMNS: &str = "id, name, host, folder, bytes, files, created, completed";

/// Writes some.
pub fn save(transaction: &Transaction<'_>, entries: &[HistoryEntry]) -> rusqlite::Result<()> {
    let mut statement = transaction.prepare_cached(&format!(
        "INSERT OR REPLACE INTO history ({COLUMNS}) VALUES (?1,?2,?3,?4,?5,?6,?7,?8)"
    ))?;
    for entry in entries {
        statement.execute(params![
            entry.group.0.as_bytes(),
            entry.name,
            entry.host,
            bytes_of(&entry.folder),
            entry.bytes.cast_signed(),
            entry.files.cast_signed(),
            entry.created.as_millisecond(),
            entry.completed.as_millisecond(),
        ])?;
    }
    Ok(())
}

/// The newest first, at most so many; what cannot be read is left out.
pub fn load(connection: &Connection, most: usize) -> Vec<HistoryEntry> {
    let found = (|| {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM history ORDER BY completed DESC LIMIT ?1"
        ))?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = statement.query_map([most], read)?;
        rows.collect::<rusqlite::Result<Vec<_>>>()
    })();
    found.unwrap_or_else(|error| {
        tracing::error!(%error, "the history cannot be read");
        Vec::new()
    })
}

/// Sums of all.
pub fn totals(connection: &Connection) -> Totals {
    let query = "SELECT coalesce(sum(bytes), 0), coalesce(sum(files), 0), count(*) FROM history";
    let sums = connection.query_row(query, [], |row| {
        Ok(Totals {
            bytes: row.get::<_, i64>(0)?.cast_unsigned(),
            files: row.get::<_, i64>(1)?.cast_unsigned(),
            groups: row.get::<_, i64>(2)?.cast_unsigned(),
        })
    });
    sums.unwrap_or_else(|error| {
        tracing::error!(%error, "the history cannot be read");
        Totals::default()
    })
}

/// Removes all.
pub fn clear(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM history", []).map(drop)
}

fn read(row: &Row<'_>) -> rusqlite::Result<HistoryEntry> {
    let moment = |millis: i64| Timestamp::from_millisecond(millis).unwrap_or_default();
    Ok(HistoryEntry {
        group: GroupId(uuid::Uuid::from_bytes(row.get(0)?)),
        name: row.get(1)?,
        host: row.get(2)?,
        folder: path_of(row.get(3)?),
        bytes: row.get::<_, i64>(4)?.cast_unsigned(),
        files: row.get::<_, i64>(5)?.cast_unsigned(),
        created: moment(row.get(6)?),
        completed: moment(row.get(7)?),
    })
}
