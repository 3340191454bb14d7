//! Resume records, and the rows they are kept in.
//!
//! Always true: what a row says of a part is counted anew before it is believed (which
//! start of the system, which file), and what cannot be read of it is not there.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::download::plan::Remembered;
use crate::download::{RangeSet, Validators};
use crate::engine::disk::system::{self, Identity};
use crate::engine::disk::{Earlier, candidate};
use crate::engine::transfer::Transfer;
use crate::queue::Fingerprint;

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

    /// The finished file when it got its name: of its time no more is known than what it was given.
    #[must_use]
    pub fn as_left(&self) -> Fingerprint {
        let modified = self.remembered.validators.last_modified;
        Fingerprint {
            device: self.identity.device,
            inode: self.identity.inode,
            born: self.identity.born,
            length: self.remembered.total.unwrap_or_default(),
            modified: modified.map(|time| system::nanoseconds(time.into())),
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

/// The records at the start, by URL.
#[derive(Debug, Default)]
pub struct Records(pub(super) HashMap<String, Vec<PartRecord>>);

impl Records {
    /// Takes out the record of a URL in a folder, under the name that the person chose, if so.
    pub fn take(&mut self, folder: &Path, url: &str, name: Option<&str>) -> Option<PartRecord> {
        let all = self.0.get_mut(url)?;
        let at = all.iter().position(|record| {
            record.path.parent() == Some(folder) && name.is_none_or(|name| record.is_named(name))
        })?;
        Some(all.swap_remove(at))
    }

    /// Takes out the record of exactly this path and URL.
    pub fn take_exactly(&mut self, path: &Path, url: &str) -> Option<PartRecord> {
        let all = self.0.get_mut(url)?;
        let at = all.iter().position(|record| record.path == path)?;
        Some(all.swap_remove(at))
    }

    /// Another one.
    pub fn add(&mut self, record: PartRecord) {
        self.0.entry(record.url.clone()).or_default().push(record);
    }
}

const COLUMNS: &str = "path, url, total, etag, modified, ranges, written, synced, boot, device, inode, born, finished";

/// Reads all.
pub fn load(connection: &mut Connection, mut each: impl FnMut(PartRecord)) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(&format!("SELECT {COLUMNS} FROM parts"))?;
    for record in statement.query_map([], read)? {
        each(record?);
    }
    Ok(())
}

/// Writes new ones and changes of old ones.
pub fn save(transaction: &Transaction<'_>, records: &[PartRecord]) -> rusqlite::Result<()> {
    let mut statement = transaction.prepare_cached(&format!(
        "INSERT OR REPLACE INTO parts ({COLUMNS}) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)"
    ))?;
    for record in records {
        let known = &record.remembered;
        statement.execute(params![
            bytes_of(&record.path),
            record.url,
            known.total.map(u64::cast_signed),
            known.validators.etag,
            known.validators.last_modified.map(Timestamp::as_second),
            known.ranges,
            text_of(&known.written),
            text_of(&record.synced),
            record.boot,
            record.identity.device.cast_signed(),
            record.identity.inode.cast_signed(),
            record.identity.born.cast_signed(),
            record.finished,
        ])?;
    }
    Ok(())
}

/// Removes these.
pub fn forget(transaction: &Transaction<'_>, keys: &[(PathBuf, String)]) -> rusqlite::Result<()> {
    let mut statement =
        transaction.prepare_cached("DELETE FROM parts WHERE path = ?1 AND url = ?2")?;
    for (path, url) in keys {
        statement.execute(params![bytes_of(path), url])?;
    }
    Ok(())
}

/// Removes the finished files of a run.
pub fn forget_run(transaction: &Transaction<'_>, run: i64) -> rusqlite::Result<()> {
    transaction
        .execute("DELETE FROM parts WHERE finished = ?1", [run])
        .map(drop)
}

/// Whose part, other than this URL's, is under this path?
pub fn owner(connection: &Connection, path: &Path, but: &str) -> Option<String> {
    connection
        .query_row(
            "SELECT url FROM parts WHERE path = ?1 AND url <> ?2 AND finished IS NULL",
            params![bytes_of(path), but],
            |row| row.get(0),
        )
        .optional()
        .ok()
        .flatten()
}

fn read(row: &Row<'_>) -> rusqlite::Result<PartRecord> {
    let modified: Option<i64> = row.get(4)?;
    Ok(PartRecord {
        path: path_of(row.get(0)?),
        url: row.get(1)?,
        remembered: Remembered {
            total: row.get::<_, Option<i64>>(2)?.map(i64::cast_unsigned),
            validators: Validators {
                etag: row.get(3)?,
                last_modified: modified.and_then(|second| Timestamp::from_second(second).ok()),
            },
            ranges: row.get(5)?,
            written: ranges_of(&row.get::<_, String>(6)?),
        },
        synced: ranges_of(&row.get::<_, String>(7)?),
        boot: row.get(8)?,
        identity: Identity {
            device: row.get::<_, i64>(9)?.cast_unsigned(),
            inode: row.get::<_, i64>(10)?.cast_unsigned(),
            born: row.get::<_, i64>(11)?.cast_unsigned(),
        },
        finished: row.get(12)?,
    })
}

/// `0-1023,4096-8191`: inclusive, as in a Range header.
fn text_of(ranges: &RangeSet) -> String {
    let each: Vec<String> = ranges
        .iter()
        .map(|range| format!("{}-{}", range.start, range.end - 1))
        .collect();
    each.join(",")
}

/// What cannot be read is not there: it is fetched again.
fn ranges_of(text: &str) -> RangeSet {
    text.split(',')
        .filter_map(|pair| {
            let (first, last) = pair.split_once('-')?;
            Some(first.parse().ok()?..last.parse::<u64>().ok()?.checked_add(1)?)
        })
        .collect()
}

/// A path as a blob.
pub(super) fn bytes_of(path: &Path) -> Vec<u8> {
    #[cfg(unix)]
    return std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec();
    #[cfg(not(unix))]
    path.to_string_lossy().into_owned().into_bytes()
}

/// And back.
pub(super) fn path_of(bytes: Vec<u8>) -> PathBuf {
    #[cfg(unix)]
    return <std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes).into();
    #[cfg(not(unix))]
    String::from_utf8_lossy(&bytes).into_owned().into()
}
