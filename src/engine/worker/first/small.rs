//! Small files: gathered in memory, checked there, and given to the disk whole.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use tokio::time::Instant;

use super::{checksums, name, unfinished};
use crate::download::plan::Remembered;
use crate::download::resource::Answer;
use crate::download::{Failure, RangeSet};
use crate::engine::checksum;
use crate::engine::disk::{Done, Small, system};
use crate::engine::fetch::Found;
use crate::engine::store::{PartRecord, run_of};
use crate::engine::transport::Body;
use crate::engine::worker::{Ending, Fact, Start, Version};
use crate::queue::ConflictRule;

/// Up to this length a file is gathered in memory and written at once,
const SMALL: u64 = 256 * 1024;
/// if it comes within this time (what is in memory is lost by a kill).
const SOON: Duration = Duration::from_millis(500);
/// Steps of the pace that pass in that time: each takes 20 ms.
const STEPS_SOON: u64 = 25;

/// A small file: gathered, and given to the disk whole. `None`: it is not one, after all
/// (what came of it so far is put back in front of the body).
pub(super) async fn small(
    start: &Start,
    found: &mut Found,
    answer: &Answer,
) -> Result<Option<Ending>, Failure> {
    let task = &start.task;
    // (What takes longer than that at the limit is written as it comes.)
    let soon = STEPS_SOON.saturating_mul(start.pace.step() as u64);
    let is_small = |total: &u64| *total <= SMALL.min(soon);
    let Some(total) = answer.resource.total.filter(is_small) else {
        return Ok(None);
    };
    if task.on_conflict() != ConflictRule::Rename || unfinished(start).is_some() {
        return Ok(None);
    }
    let Some(folder) = start.ground.disk.nameless_in(&task.options.folder).await? else {
        return Ok(None);
    };
    let (chunks, whole) = gather(start, found, total).await?;
    if !whole {
        let body = std::mem::replace(&mut found.reply.body, Box::new(Nothing));
        found.reply.body = Box::new(Again {
            chunks: chunks.into(),
            body,
        });
        return Ok(None);
    }
    let checksums = checksums(start, answer);
    checksum::verify_chunks(&checksums, &chunks)?;
    let permit = start.ground.room.clone().acquire_owned().await.ok();
    let (file, attempt) = (task.file, task.attempt);
    let done = start.ground.facts.clone();
    let version = Version {
        bytes: total,
        validators: answer.resource.validators.clone(),
    };
    start.ground.disk.small(Small {
        folder,
        name: name(start, answer, &found.link).unwrap_or_default(),
        chunks,
        modified: answer.resource.validators.last_modified.map(Into::into),
        origin: task.link.to_string(),
        record: start.ground.records_small.then(|| PartRecord {
            path: PathBuf::new(),
            url: task.link.without_password(),
            remembered: Remembered {
                total: Some(total),
                validators: answer.resource.validators.clone(),
                ..Remembered::default()
            },
            synced: RangeSet::new(),
            boot: String::new(),
            identity: system::Identity::default(),
            finished: Some(run_of(task.group)),
        }),
        done: Done::new(move |finished| {
            drop(permit);
            let _ = done.send(Fact::Finished(file, attempt, version, finished));
        }),
    });
    Ok(Some(Ending::HandedOver(total)))
}

/// Reads up to `total` bytes, as long as they come soon; whether that was all.
async fn gather(
    start: &Start,
    found: &mut Found,
    total: u64,
) -> Result<(Vec<Bytes>, bool), Failure> {
    let mut chunks = Vec::new();
    let mut missing = total;
    let deadline = Instant::now() + SOON.min(start.patience());
    while missing > 0 {
        let chunk = match tokio::time::timeout_at(deadline, found.reply.chunk()).await {
            Err(_) => return Ok((chunks, false)),
            Ok(None) => return Err(Failure::ConnectionLost("the answer ended early".into())),
            Ok(Some(chunk)) => chunk?,
        };
        start.pace.pay(chunk.len(), &AtomicBool::default()).await;
        let wanted = chunk.slice(..chunk.len().min(missing as usize));
        missing -= wanted.len() as u64;
        chunks.push(wanted);
    }
    Ok((chunks, true))
}

/// Chunks that came already, in front of the rest.
struct Again {
    chunks: VecDeque<Bytes>,
    body: Box<dyn Body>,
}

impl Body for Again {
    fn is_held(&self) -> bool {
        self.body.is_held()
    }

    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Failure>>> {
        match self.chunks.pop_front() {
            Some(chunk) => Poll::Ready(Some(Ok(chunk))),
            None => self.body.poll_chunk(context),
        }
    }
}

struct Nothing;

impl Body for Nothing {
    fn poll_chunk(&mut self, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Failure>>> {
        Poll::Ready(None)
    }
}
