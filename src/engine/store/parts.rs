//! Resume records as rows.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::PartRecord;
use crate::download::plan::Remembered;
use crate::download::{RangeSet, Validators};
use crate::engine::disk::system::Identity;

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

fn bytes_of(path: &Path) -> Vec<u8> {
    #[cfg(unix)]
    return std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec();
    #[cfg(not(unix))]
    path.to_string_lossy().into_owned().into_bytes()
}

fn path_of(bytes: Vec<u8>) -> PathBuf {
    #[cfg(unix)]
    return <std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes).into();
    #[cfg(not(unix))]
    String::from_utf8_lossy(&bytes).into_owned().into()
}
