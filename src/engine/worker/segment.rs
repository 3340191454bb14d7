//! Fetching segments: take a range, ask for it, check the answer, write what comes.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use bytes::Bytes;

use super::{Fact, Start};
use crate::download::plan::OVERLAP;
use crate::download::resource::{self, Answer, Asked, Sameness};
use crate::download::{Failure, Link, RangeSet};
use crate::engine::fetch::{self, Found, How, Stream};
use crate::engine::transfer::Transfer;
use crate::engine::transport::{Channel, Reply};

/// Takes and fetches ranges until there is nothing left for this worker.
pub async fn work(start: &Start, transfer: &Arc<Transfer>) -> Result<(), Failure> {
    while let Some(taken) = transfer.take(start.worker) {
        let mut at = taken.range.start;
        loop {
            let Some(end) = transfer.segments().end_of(start.worker) else {
                break;
            };
            if at >= end {
                break;
            }
            let asked = Asked {
                start: at,
                end: Some(end - 1),
            };
            let (reply, answer) = ask(start, transfer, asked).await?;
            let until = answer.end.unwrap_or(end);
            let before = at;
            at = stream(start, transfer, reply, until).await?;
            if at == before {
                return Err(Failure::ConnectionLost("an empty answer".into()));
            }
        }
        if transfer.segments().is_complete() {
            break;
        }
    }
    Ok(())
}

/// One range, checked against what the transfer knows.
async fn ask(
    start: &Start,
    transfer: &Arc<Transfer>,
    asked: Asked,
) -> Result<(Reply, Answer), Failure> {
    let link = transfer.link();
    let found = request(start, &link, asked).await;
    let found = match found {
        Ok(found) => found,
        Err(failure) if link != transfer.task.link && may_have_expired(&failure) => {
            // The redirect's target has had its time: the original URL leads to a new one.
            let found = request(start, &transfer.task.link, asked).await?;
            transfer.moved_to(found.0.link.clone());
            found
        }
        Err(failure) => return Err(failure),
    };
    let (found, answer) = found;
    transfer.answered_after(found.latency);
    if !answer.resource.ranges || answer.start != asked.start {
        return Err(Failure::RangesRefused);
    }
    check(start, transfer, &answer).await?;
    Ok((found.reply, answer))
}

async fn request(start: &Start, link: &Link, asked: Asked) -> Result<(Found, Answer), Failure> {
    let how = How {
        range: Some(asked),
        channel: Channel::Own,
        patience: start.patience(),
        head_only: false,
    };
    let sessions = &start.ground.sessions;
    start.delivered.store(false, Ordering::Relaxed);
    let found = fetch::find(&*start.transport, sessions, &start.task, link, how).await?;
    let answer = resource::read(found.reply.status, &found.reply.headers, Some(asked))?;
    Ok((found, answer))
}

fn may_have_expired(failure: &Failure) -> bool {
    matches!(
        failure,
        Failure::Status {
            status: 400 | 401 | 403 | 404 | 410,
            ..
        }
    )
}

/// The same version as the first answer's?
async fn check(start: &Start, transfer: &Arc<Transfer>, answer: &Answer) -> Result<(), Failure> {
    match sameness(transfer, answer) {
        Sameness::Same => Ok(()),
        Sameness::NeedsOverlap if transfer.restless_etag.load(Ordering::Relaxed) => Ok(()),
        Sameness::NeedsOverlap => {
            let written = transfer.segments().written().clone();
            compare(start, transfer, &written).await?;
            transfer.restless_etag.store(true, Ordering::Relaxed);
            Ok(())
        }
        Sameness::Different => Err(Failure::SourceChanged),
    }
}

fn sameness(transfer: &Transfer, answer: &Answer) -> Sameness {
    let known = &transfer.resource;
    let mut now = answer.resource.clone();
    // `bytes 0-9/*`: the length is not said, which is no other length.
    now.total = now.total.or(known.total);
    if known.validators == now.validators && known.total == now.total {
        // Without any validator: within one try, one length is one version.
        return Sameness::Same;
    }
    resource::same_file(known.total, &known.validators, &now)
}

/// Reads the last written bytes again, and holds them against the part.
///
/// # Errors
/// `SourceChanged` where they differ (or nothing is there to compare), or the request's.
pub async fn compare(
    start: &Start,
    transfer: &Transfer,
    written: &RangeSet,
) -> Result<(), Failure> {
    let Some(range) = written.iter().next() else {
        return Err(Failure::SourceChanged);
    };
    let first = range.end.saturating_sub(OVERLAP).max(range.start);
    let asked = Asked {
        start: first,
        end: Some(range.end - 1),
    };
    let (found, answer) = request(start, &transfer.link(), asked).await?;
    if answer.start != first || sameness(transfer, &answer) == Sameness::Different {
        return Err(Failure::SourceChanged);
    }
    let mut stream = Stream::new(found.reply, start.patience());
    let mut at = first;
    while at < range.end {
        let Some(chunk) = stream.next().await? else {
            return Err(Failure::ConnectionLost("the overlap ended early".into()));
        };
        let wanted = chunk.len().min((range.end - at) as usize);
        if !transfer.has(at, &chunk[..wanted])? {
            return Err(Failure::SourceChanged);
        }
        at += wanted as u64;
        start.pace.pay(chunk.len(), &transfer.paced).await;
    }
    Ok(())
}

/// Writes what is wanted of a chunk, step by step as the pace says. `false`: this worker's
/// range is done.
async fn write(
    start: &Start,
    transfer: &Transfer,
    mut chunk: Bytes,
    until: u64,
) -> Result<bool, Failure> {
    while !chunk.is_empty() {
        let step = chunk.split_to(start.pace.step().min(chunk.len()));
        let more = transfer.write(start.worker, &step, until)?;
        // Written first: a worker that is dismissed while it waits has lost nothing.
        start.pace.pay(step.len(), &transfer.paced).await;
        if !more {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Writes a body as far as this worker's range goes, and on where nobody else is.
/// Returns where it stopped. `until` is where the answer said its bytes end.
pub async fn stream(
    start: &Start,
    transfer: &Arc<Transfer>,
    reply: Reply,
    until: u64,
) -> Result<u64, Failure> {
    let mut stream = Stream::new(reply, start.patience());
    let from = transfer
        .segments()
        .position_of(start.worker)
        .map_or(until, |(at, _)| at);
    // What comes after the range that was announced is nobody's.
    let mut announced = until.saturating_sub(from);
    while announced > 0 {
        let chunk = stream.next().await?;
        let Some(chunk) = chunk else { break };
        start.delivered.store(true, Ordering::Relaxed);
        let chunk = chunk.slice(
            ..chunk
                .len()
                .min(usize::try_from(announced).unwrap_or(usize::MAX)),
        );
        announced -= chunk.len() as u64;
        let more = write(start, transfer, chunk, until).await?;
        if stream.is_held() {
            transfer.paced.store(true, Ordering::Relaxed);
        }
        if transfer.segments().is_complete() {
            let _ = start
                .ground
                .facts
                .send(Fact::Whole(start.task.file, start.task.attempt));
            return Ok(u64::MAX);
        }
        if !more {
            break;
        }
    }
    let at = transfer.segments().position_of(start.worker);
    let Some((at, end)) = at else {
        return Ok(u64::MAX);
    };
    if at < end && at < until && until != u64::MAX {
        return Err(Failure::ConnectionLost("the answer ended early".into()));
    }
    Ok(at)
}
