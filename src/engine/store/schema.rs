//! The database's shape, and how it came to be: one step a version.

use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It is none, or cannot be read or written.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// This program does not know its shape.
    #[error("it was written by a later version of Ebb")]
    Later,
}

/// Each step takes the database from its index to the next version.
const STEPS: [&str; 3] = [
    "
    CREATE TABLE parts (
        path     BLOB    NOT NULL,
        url      TEXT    NOT NULL,
        total    INTEGER,
        etag     TEXT,
        modified INTEGER,
        ranges   INTEGER NOT NULL,
        written  TEXT    NOT NULL,
        synced   TEXT    NOT NULL,
        boot     TEXT    NOT NULL,
        device   INTEGER NOT NULL,
        inode    INTEGER NOT NULL,
        born     INTEGER NOT NULL,
        finished INTEGER,
        PRIMARY KEY (path, url)
    ) STRICT, WITHOUT ROWID;
",
    // What a column is not looked for by, is inside `record`: JSON, the shapes of queue/restore.
    "
    CREATE INDEX parts_finished ON parts (finished) WHERE finished IS NOT NULL;
    CREATE TABLE program (
        id    INTEGER PRIMARY KEY CHECK (id = 0),
        mode  TEXT    NOT NULL,
        speed INTEGER
    ) STRICT;
    CREATE TABLE queue_groups (
        id     BLOB NOT NULL PRIMARY KEY,
        record TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE queue_jobs (
        id     BLOB NOT NULL PRIMARY KEY,
        owner  BLOB NOT NULL,
        record TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX queue_jobs_owner ON queue_jobs (owner);
    CREATE TABLE queue_files (
        job    BLOB    NOT NULL,
        place  INTEGER NOT NULL,
        record TEXT    NOT NULL,
        PRIMARY KEY (job, place)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE history (
        id        BLOB    NOT NULL PRIMARY KEY,
        name      TEXT    NOT NULL,
        host      TEXT    NOT NULL,
        folder    BLOB    NOT NULL,
        bytes     INTEGER NOT NULL,
        files     INTEGER NOT NULL,
        created   INTEGER NOT NULL,
        completed INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX history_completed ON history (completed);
",
    // Both JSON; the schedule's is its text.
    "
    ALTER TABLE program ADD COLUMN limits TEXT;
    ALTER TABLE program ADD COLUMN schedule TEXT;
",
];

/// The file and its folder, for their user alone.
pub fn make_private(path: &Path) -> io::Result<()> {
    let mut folder = std::fs::DirBuilder::new();
    folder.recursive(true);
    let mut file = OpenOptions::new();
    file.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        folder.mode(0o700);
        file.mode(0o600);
    }
    if let Some(parent) = path.parent() {
        folder.create(parent)?;
    }
    file.open(path).map(drop)
}

/// Opens and brings it to the newest version.
pub fn open(path: &Path) -> Result<Connection, OpenError> {
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    let mode = if shares_memory(path) {
        "WAL"
    } else {
        "TRUNCATE"
    };
    let set = |mode: &str| {
        connection.query_row(&format!("PRAGMA journal_mode={mode}"), [], |row| {
            row.get::<_, String>(0)
        })
    };
    if !set(mode)?.eq_ignore_ascii_case(mode) {
        set("TRUNCATE")?;
    }
    migrate(&mut connection)?;
    Ok(connection)
}

fn migrate(connection: &mut Connection) -> Result<(), OpenError> {
    let version = |connection: &Connection| {
        let version = |row: &rusqlite::Row<'_>| row.get::<_, u32>(0);
        connection
            .query_row("PRAGMA user_version", [], version)
            .map(|version| version as usize)
    };
    if version(connection)? == STEPS.len() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have been quicker.
    let from = version(&transaction)?;
    if from > STEPS.len() {
        return Err(OpenError::Later);
    }
    for step in &STEPS[from..] {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", STEPS.len() as u32)?;
    transaction.commit()?;
    Ok(())
}

/// Write-ahead logs need shared memory, which network file systems do not give.
fn shares_memory(path: &Path) -> bool {
    #[cfg(target_os = "linux")]
    if let Ok(stat) = rustix::fs::statfs(path) {
        // NFS, SMB (three generations), FUSE, 9p.
        const WITHOUT: [u32; 6] = [
            0x6969,
            0x517b,
            0xff53_4d42,
            0xfe53_4d42,
            0x6573_5546,
            0x0102_1997,
        ];
        return !WITHOUT.contains(&(stat.f_type as u32));
    }
    let _ = path;
    true
}
