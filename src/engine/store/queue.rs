//! The queue as rows: one of the program, one a group, a job, a file.
//!
//! Always true: a row that would say the same again is not written, so that of 100,000 files
//! one row is, when one has changed; and what is written together is read together: a
//! [`Batch`] is one transaction.

use std::collections::HashMap;
use std::path::PathBuf;

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::history::{self, HistoryEntry};
use super::parts;
use crate::queue::restore::{FileRecord, GroupRecord, JobRecord};
use crate::queue::{GroupId, Program};

/// The queue as it was kept.
#[derive(Debug, Default)]
pub struct KeptQueue {
    /// In no order.
    pub groups: Vec<GroupRecord>,
    /// Of the whole program.
    pub program: Program,
}

/// What is written in one transaction, in this order.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// What is set for the whole program.
    pub program: Option<Program>,
    /// Groups that are off the list.
    pub forgotten: Vec<GroupId>,
    /// Groups with those of their jobs and files that have changed.
    pub groups: Vec<GroupRecord>,
    /// Resume records that are of no use any more once the rest is written.
    pub parts: Vec<(PathBuf, String)>,
    /// The same of all finished files of these groups.
    pub runs: Vec<i64>,
    /// Groups that have become complete.
    pub history: Vec<HistoryEntry>,
}

impl Batch {
    /// There is nothing to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.program.is_none()
            && self.forgotten.is_empty()
            && self.groups.is_empty()
            && self.parts.is_empty()
            && self.runs.is_empty()
            && self.history.is_empty()
    }

    /// Nothing is to be written of these groups, which have never been written.
    pub fn leave_out(&mut self, groups: &[GroupId]) {
        self.groups.retain(|group| !groups.contains(&group.id));
        self.history.retain(|entry| !groups.contains(&entry.group));
    }
}

/// Reads all of it. A record that is damaged is passed over.
pub fn load(connection: &Connection) -> rusqlite::Result<KeptQueue> {
    let mut files = grouped::<FileRecord>(connection, "SELECT record, job FROM queue_files")?;
    let mut jobs = grouped::<JobRecord>(connection, "SELECT record, owner FROM queue_jobs")?;
    for job in jobs.values_mut().flatten() {
        job.files = files.remove(job.id.0.as_bytes()).unwrap_or_default();
    }
    let mut groups = Vec::new();
    each(
        connection,
        "SELECT record FROM queue_groups",
        |mut group: GroupRecord, _| {
            group.jobs = jobs.remove(group.id.0.as_bytes()).unwrap_or_default();
            groups.push(group);
            Ok(())
        },
    )?;
    let program = connection
        .query_row(
            "SELECT mode, speed, limits, schedule FROM program",
            [],
            program,
        )
        .optional()?;
    Ok(KeptQueue {
        groups,
        program: program.unwrap_or_default(),
    })
}

/// What cannot be read of it is as if it had never been set.
fn program(row: &Row<'_>) -> rusqlite::Result<Program> {
    fn read<T: DeserializeOwned + Default>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
        let text: Option<String> = row.get(column)?;
        Ok(serde_json::from_str(&text.unwrap_or_default()).unwrap_or_default())
    }
    Ok(Program {
        mode: read(row, 0)?,
        limit: row.get::<_, Option<i64>>(1)?.map(i64::cast_unsigned),
        limits: read(row, 2)?,
        schedule: read(row, 3)?,
    })
}

/// The records of a query by the id in its second column.
fn grouped<T: DeserializeOwned>(
    connection: &Connection,
    query: &str,
) -> rusqlite::Result<HashMap<[u8; 16], Vec<T>>> {
    let mut found: HashMap<_, Vec<T>> = HashMap::new();
    each(connection, query, |record, row| {
        found.entry(row.get(1)?).or_default().push(record);
        Ok(())
    })?;
    Ok(found)
}

/// Hands over each record of a query (its first column), with its row.
fn each<T: DeserializeOwned>(
    connection: &Connection,
    query: &str,
    mut take: impl FnMut(T, &Row<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(query)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        match serde_json::from_str(row.get_ref(0)?.as_str()?) {
            Ok(record) => take(record, row)?,
            Err(error) => tracing::error!(%error, "a record of the queue cannot be read"),
        }
    }
    Ok(())
}

/// Writes a batch.
pub fn save(transaction: &Transaction<'_>, batch: &Batch) -> rusqlite::Result<()> {
    if let Some(program) = &batch.program {
        transaction.execute(
            "INSERT OR REPLACE INTO program VALUES (0, ?1, ?2, ?3, ?4)",
            params![
                json(&program.mode)?,
                program.limit.map(u64::cast_signed),
                json(&program.limits)?,
                json(&program.schedule)?,
            ],
        )?;
    }
    for group in &batch.forgotten {
        forget(transaction, *group)?;
    }
    for group in &batch.groups {
        save_group(transaction, group)?;
    }
    for run in &batch.runs {
        parts::forget_run(transaction, *run)?;
    }
    parts::forget(transaction, &batch.parts)?;
    history::save(transaction, &batch.history)
}

fn save_group(transaction: &Transaction<'_>, group: &GroupRecord) -> rusqlite::Result<()> {
    let mut write = transaction.prepare_cached(
        "INSERT INTO queue_groups VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET record = excluded.record WHERE record <> excluded.record",
    )?;
    let bare = GroupRecord {
        jobs: Vec::new(),
        properties: group.properties.clone(),
        ..*group
    };
    write.execute(params![group.id.0.as_bytes(), json(&bare)?])?;
    for job in &group.jobs {
        save_job(transaction, group.id, job)?;
    }
    Ok(())
}

fn save_job(
    transaction: &Transaction<'_>,
    group: GroupId,
    job: &JobRecord,
) -> rusqlite::Result<()> {
    let mut write = transaction.prepare_cached(
        "INSERT INTO queue_jobs VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET record = excluded.record WHERE record <> excluded.record",
    )?;
    let bare = JobRecord {
        files: Vec::new(),
        folder: job.folder.clone(),
        headers: job.headers.clone(),
        user: job.user.clone(),
        network: job.network.clone(),
        ..*job
    };
    write.execute(params![
        job.id.0.as_bytes(),
        group.0.as_bytes(),
        json(&bare)?
    ])?;
    let mut write = transaction.prepare_cached(
        "INSERT INTO queue_files VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET record = excluded.record WHERE record <> excluded.record",
    )?;
    for file in &job.files {
        write.execute(params![job.id.0.as_bytes(), file.at, json(file)?])?;
    }
    Ok(())
}

fn forget(transaction: &Transaction<'_>, group: GroupId) -> rusqlite::Result<()> {
    for query in [
        "DELETE FROM queue_files WHERE job IN (SELECT id FROM queue_jobs WHERE owner = ?1)",
        "DELETE FROM queue_jobs WHERE owner = ?1",
        "DELETE FROM queue_groups WHERE id = ?1",
    ] {
        transaction
            .prepare_cached(query)?
            .execute([group.0.as_bytes()])?;
    }
    Ok(())
}

fn json(value: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}
