//! A part that an earlier try left in another folder comes along, before anything is asked.
//!
//! Always true: once a part has moved, the store and the loop are told, whatever becomes of
//! the try.

use super::{Fact, Start};
use crate::download::Failure;
use crate::download::plan::Remembered;
use crate::engine::disk::{Bring, Brought, system};
use crate::engine::store::PartRecord;

/// The start, with what is remembered in the folder where the file is to stand; without, where
/// that could not be brought there.
///
/// # Errors
/// What the new folder's disk says: the part stays where it was.
pub async fn bring_along(mut start: Start) -> Result<Start, Failure> {
    let Some(old) = start
        .record
        .take_if(|record| is_elsewhere(record, &start.task.options.folder))
    else {
        return Ok(start);
    };
    let request = Bring {
        earlier: old.earlier(),
        folder: start.task.options.folder.as_path().into(),
        rule: start.task.on_conflict(),
    };
    let (disk, store) = (&start.ground.disk, &start.ground.store);
    let brought = disk.bring(request, start.life.clone()).await?;
    let new = brought.map(|brought| record(&old, brought, &start.ground.boot));
    if !store.replace(old.key(), new.clone()).safely().await {
        if let Some(copy) = new.filter(|new| new.identity != old.identity) {
            disk.discard(copy.path, copy.identity);
        }
        return Err(Failure::Store("the download could not be recorded".into()));
    }
    // (After a rename there is nothing left there.)
    disk.discard(old.path, old.identity);
    let (file, attempt) = (start.task.file, start.task.attempt);
    let _ = start
        .ground
        .facts
        .send(Fact::Moved(file, attempt, new.clone()));
    start.record = new;
    Ok(start)
}

/// A part (not a finished file) in another folder.
fn is_elsewhere(record: &PartRecord, folder: &std::path::Path) -> bool {
    let has_its_name = || {
        record.remembered.is_whole() && system::identity_of(&record.path) == Some(record.identity)
    };
    record.finished.is_none() && record.path.parent() != Some(folder) && !has_its_name()
}

fn record(old: &PartRecord, brought: Brought, boot: &str) -> PartRecord {
    PartRecord {
        path: brought.path,
        identity: brought.identity,
        remembered: Remembered {
            written: brought.written,
            ..old.remembered.clone()
        },
        synced: brought.synced,
        boot: boot.to_owned(),
        ..old.clone()
    }
}
