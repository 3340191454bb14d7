//! The first worker: one ranged GET whose body is used; it says what the file is.

mod small;

use std::sync::Arc;

use super::{Ending, Fact, Start, Version, segment};
use crate::download::digest::Checksum;
use crate::download::plan;
use crate::download::resource::{self, Answer, Asked};
use crate::download::segment::Segments;
use crate::download::{Failure, Link, RangeSet, Validators, file_name};
use crate::engine::disk::{Finished, OpenPart, Opened, Part, system};
use crate::engine::fetch::{self, Found, How};
use crate::engine::gunzip::Gunzip;
use crate::engine::inspect;
use crate::engine::store::{Durability, PartRecord};
use crate::engine::transfer::Transfer;
use crate::engine::transport::{Channel, Reply};
use crate::queue::{ConflictRule, Report};

/// Runs to the end of the first worker.
pub async fn run(start: Start) -> Result<Ending, Failure> {
    if let Some(record) = &start.record {
        if record.finished.is_some() {
            if still_there(&start, record).await? {
                return Ok(Ending::Existed);
            }
            start.ground.store.forget(vec![record.key()]);
        } else if record.remembered.is_whole()
            && system::identity_of(&record.path) == Some(record.identity)
        {
            // It had got its name, only that was not recorded any more.
            return Ok(existed(&start, record.path.clone(), Some(record)));
        } else if record.remembered.is_whole()
            && let Some(ending) = finish_whole(&start, record).await?
        {
            return Ok(ending);
        }
    }
    let mut remembered = unfinished(&start).map(|record| record.remembered.clone());
    loop {
        let asked = plan::first_request(remembered.as_ref());
        let (mut found, answer) = match ask(&start, asked).await {
            // The file is shorter than what is there of it: another one.
            Err(Failure::RangeNotSatisfiable { .. }) if asked.start > 0 => {
                told_over(&start);
                remembered = None;
                continue;
            }
            other => other?,
        };
        let earlier = remembered
            .as_ref()
            .is_some_and(|known| !known.written.is_empty());
        if is_page(&start, &answer, earlier) {
            return Err(Failure::WebPage);
        }
        let verdict = plan::start(remembered.as_ref(), &answer);
        if verdict == plan::Start::Fresh
            && let Some(ending) = small::small(&start, &mut found, &answer).await?
        {
            return Ok(ending);
        }
        if let plan::Start::StartOver { ask_again } = verdict {
            told_over(&start);
            remembered = None;
            if ask_again {
                continue;
            }
        }
        let keeps = matches!(verdict, plan::Start::Resume | plan::Start::Compare);
        let kept = remembered.take().filter(|_| keeps);
        match long(&start, found, answer, kept.is_some(), verdict).await? {
            Some(ending) => return Ok(ending),
            // What was there is of no use, and nobody was told of it yet: from the start.
            None => told_over(&start),
        }
    }
}

/// The record of a part, not of a finished file.
fn unfinished(start: &Start) -> Option<&PartRecord> {
    start
        .record
        .as_ref()
        .filter(|record| record.finished.is_none())
}

async fn ask(start: &Start, asked: Asked) -> Result<(Found, Answer), Failure> {
    let how = How {
        range: Some(asked),
        channel: if asked.start > 0 {
            Channel::Own
        } else {
            Channel::Shared
        },
        patience: start.patience(),
        head_only: false,
    };
    let task = &start.task;
    let mut found = fetch::find(
        &*start.transport,
        &start.ground.sessions,
        task,
        &task.link,
        how,
    )
    .await?;
    let mut answer = match resource::read(found.reply.status, &found.reply.headers, Some(asked)) {
        // An empty file has no first byte: some servers say so in this way.
        Err(Failure::RangeNotSatisfiable {
            total: Some(0) | None,
        }) if asked.start == 0 => {
            let plain = How { range: None, ..how };
            let sessions = &start.ground.sessions;
            found = fetch::find(&*start.transport, sessions, task, &task.link, plain).await?;
            resource::read(found.reply.status, &found.reply.headers, None)?
        }
        // A part of which nobody says how much the whole is: the whole, then.
        Ok(part) if part.resource.ranges && part.resource.total.is_none() && asked.start == 0 => {
            let plain = How { range: None, ..how };
            let sessions = &start.ground.sessions;
            found = fetch::find(&*start.transport, sessions, task, &task.link, plain).await?;
            resource::read(found.reply.status, &found.reply.headers, None)?
        }
        read => read?,
    };
    if let Some(encoding) = answer.resource.encoding.take() {
        if encoding != "gzip" {
            return Err(Failure::UnexpectedEncoding(encoding));
        }
        if !is_archive(start, &answer, &found.link) {
            let Reply {
                status,
                headers,
                via,
                body,
            } = found.reply;
            found.reply = Reply {
                status,
                headers,
                via,
                body: Box::new(Gunzip::new(body)),
            };
        }
        // What is counted on the way is not what is stored: one stream, of unknown length.
        answer.resource.total = None;
        answer.resource.ranges = false;
        answer.resource.checksums.clear();
        answer.end = None;
    }
    Ok((found, answer))
}

/// A file that is compressed by nature: the encoding is the server's mistake.
fn is_archive(start: &Start, answer: &Answer, link: &Link) -> bool {
    let name = name(start, answer, link)
        .unwrap_or_default()
        .to_ascii_lowercase();
    let by_name = [".gz", ".tgz", ".svgz", ".gzip"]
        .iter()
        .any(|end| name.ends_with(end));
    let by_type = answer
        .resource
        .content_type
        .as_deref()
        .is_some_and(|kind| kind.contains("gzip"));
    by_name || by_type
}

fn is_page(start: &Start, answer: &Answer, earlier: bool) -> bool {
    if answer
        .resource
        .content_type
        .as_deref()
        .is_some_and(|kind| !kind.contains("html"))
    {
        return false;
    }
    // What there is of the file is not a page's, unless its name says so.
    let reserved = start.record.as_ref().filter(|_| earlier);
    let reserved = reserved.and_then(|record| record.path.file_name()?.to_str().map(str::to_owned));
    let chosen = start.task.name.as_deref().map(str::to_owned);
    let expected = reserved
        .or(chosen)
        .or_else(|| file_name::in_link(&start.task.link));
    file_name::page_instead_of_file(&answer.resource, false, expected.as_deref(), None)
}

fn told_over(start: &Start) {
    let _ = start.ground.facts.send(Fact::Report(
        start.task.file,
        start.task.attempt,
        Report::StartedOver,
    ));
}

fn name(start: &Start, answer: &Answer, link: &Link) -> Option<String> {
    let task = &start.task;
    Some(file_name::choose(
        task.name.as_deref(),
        &answer.resource,
        link,
        &task.link,
    ))
}

fn checksums(start: &Start, answer: &Answer) -> Vec<Checksum> {
    let own = start.task.checksum.as_deref().cloned();
    own.into_iter()
        .chain(answer.resource.checksums.first().cloned())
        .collect()
}

/// A file that is written as it comes. `None`: what was there is not of this version.
async fn long(
    start: &Start,
    found: Found,
    answer: Answer,
    keeps: bool,
    verdict: plan::Start,
) -> Result<Option<Ending>, Failure> {
    let opened = open(start, &answer, &found.link).await?;
    let part = match opened {
        Opened::Part(part) => part,
        Opened::Exists(path) => {
            return Ok(Some(existed(start, path, None)));
        }
        Opened::Locked(..) | Opened::Empty(..) => return Err(Failure::InUse),
    };
    let mut unclaimed = Unclaimed {
        start,
        part: Some(&part),
    };
    let written = if keeps {
        part.kept.clone()
    } else {
        RangeSet::new()
    };
    if written.is_empty() && answer.start > 0 {
        // The part that was remembered is gone, or another.
        return Ok(None);
    }
    let mut resource = answer.resource.clone();
    resource.checksums = checksums(start, &answer);
    let segments = Segments::new(resource.total, written.clone());
    let transfer = Arc::new(Transfer::new(
        start.task.clone(),
        part.clone(),
        resource,
        found.link,
        segments,
        start.life.clone(),
    ));
    transfer.answer(inspect::Answer::of(&found.reply));
    transfer.answered_after(found.latency);
    if verdict == plan::Start::Compare {
        match segment::compare(start, &transfer, &written).await {
            Err(Failure::SourceChanged) => return Ok(None),
            compared => compared?,
        }
        transfer
            .restless_etag
            .store(true, std::sync::atomic::Ordering::Relaxed);
    }
    remember(start, &transfer).await?;
    let key = (part.path.clone(), start.task.link.without_password());
    if let Some(old) = start.record.as_ref().filter(|old| old.key() != key) {
        // Its part is gone, or another's, or known under a new link.
        let _ = start.ground.store.forget(vec![old.key()]);
    }
    if written.is_empty() && !part.fresh {
        // Bytes of another version: the record has forgotten them, now the part does.
        part.file
            .set_len(0)
            .map_err(|error| system::failure(&error))?;
    }
    if let Some(total) = transfer.resource.total {
        system::reserve(&part.file, total).map_err(|error| system::failure(&error))?;
    }
    let presence = transfer.enter(start.worker);
    let range = transfer.segments().begin(start.worker, answer.start);
    let _ = start.ground.facts.send(Fact::Opened(
        start.task.file,
        start.task.attempt,
        transfer.clone(),
    ));
    unclaimed.part = None;
    part.claim();
    if transfer.segments().is_complete() {
        // An empty file: nothing comes that could say so.
        let _ = start
            .ground
            .facts
            .send(Fact::Whole(start.task.file, start.task.attempt));
        return Ok(Some(Ending::Idle));
    }
    let until = answer.end.unwrap_or(range.end);
    let token = presence.token.clone();
    tokio::select! {
        biased;
        () = token.cancelled() => return Ok(Some(Ending::Idle)),
        streamed = segment::stream(start, &transfer, found.reply, until) => { streamed?; }
    }
    if transfer.segments().total().is_none() {
        transfer.segments().ends_here(start.worker);
        let _ = start
            .ground
            .facts
            .send(Fact::Whole(start.task.file, start.task.attempt));
        return Ok(Some(Ending::Idle));
    }
    tokio::select! {
        biased;
        () = token.cancelled() => Ok(Some(Ending::Idle)),
        worked = segment::work(start, &transfer) => worked.map(|()| Some(Ending::Idle)),
    }
}

/// A part that the loop does not know of yet: its record goes with it.
struct Unclaimed<'a> {
    start: &'a Start,
    part: Option<&'a Part>,
}

impl Drop for Unclaimed<'_> {
    fn drop(&mut self) {
        if let Some(part) = self.part.filter(|part| part.fresh) {
            let key = (part.path.clone(), self.start.task.link.without_password());
            self.start.ground.store.forget(vec![key]);
        }
    }
}

async fn open(start: &Start, answer: &Answer, link: &Link) -> Result<Opened, Failure> {
    let task = &start.task;
    let mut request = OpenPart {
        folder: task.options.folder.as_path().into(),
        name: name(start, answer, link).unwrap_or_default(),
        rule: task.on_conflict(),
        earlier: unfinished(start).map(PartRecord::earlier),
        total: answer.resource.total,
        from_number: 0,
        nobodys: None,
    };
    let url = task.link.without_password();
    let store = &start.ground.store;
    loop {
        let opened = start.ground.disk.open(request.clone()).await?;
        let (path, number, own) = match &opened {
            // Another process has this name. The same download, or only a namesake?
            Opened::Locked(path, number) => (path, *number, &*url),
            // Not ours, or it would have been found by its record.
            Opened::Empty(path, number) => (path, *number, ""),
            Opened::Part(_) | Opened::Exists(_) => return Ok(opened),
        };
        if store.owner(path, own).await.is_none() {
            if matches!(opened, Opened::Locked(..)) {
                return Ok(opened);
            }
            request.nobodys = Some(number);
            continue;
        }
        if request.rule != ConflictRule::Rename {
            return Err(Failure::InUse);
        }
        request.earlier = None;
        request.from_number = number + 1;
    }
}

fn existed(start: &Start, path: std::path::PathBuf, record: Option<&PartRecord>) -> Ending {
    let bytes = std::fs::metadata(&path).map_or(0, |meta| meta.len());
    let known = record.map(|record| record.remembered.validators.clone());
    let validators = known.unwrap_or_default();
    let finished = Finished {
        path,
        fingerprint: record.map(PartRecord::as_left),
        existed: true,
        recorded: false,
    };
    let (file, attempt) = (start.task.file, start.task.attempt);
    let version = Version { bytes, validators };
    let _ = start
        .ground
        .facts
        .send(Fact::Finished(file, attempt, version, Ok(finished)));
    Ending::Existed
}

/// The record before the first byte: after a kill nothing is left that nobody knows.
async fn remember(start: &Start, transfer: &Transfer) -> Result<(), Failure> {
    let certain = start.record.as_ref().map(|record| &record.synced);
    let synced = certain.map(|synced| synced.intersection(transfer.segments().written()));
    let record = PartRecord::of(transfer, &start.ground.boot, synced.unwrap_or_default());
    // Over an old version's bytes the new record must not be lost: the old one would claim them.
    let safe = if transfer.part.fresh {
        Durability::Kill
    } else {
        Durability::PowerCut
    };
    if start.ground.store.save(vec![record], safe).safely().await {
        return Ok(());
    }
    Err(Failure::Store("the download could not be recorded".into()))
}

/// A file that an earlier, unfinished run completed: still there, and still that version?
async fn still_there(start: &Start, record: &PartRecord) -> Result<bool, Failure> {
    if system::identity_of(&record.path) != Some(record.identity) {
        return Ok(false);
    }
    let one = Asked {
        start: 0,
        end: Some(0),
    };
    // A server that cannot be asked now is no reason to fetch again what is whole.
    let (_, answer) = match ask(start, one).await {
        Err(Failure::RangeNotSatisfiable { .. } | Failure::RangeMismatch) => return Ok(false),
        asked => asked?,
    };
    let validators = record.remembered.validators.clone();
    let now = &answer.resource;
    // It is whole: where the server never says which version it is, the length must do.
    let unsaid = validators == Validators::default() && now.validators == validators;
    let as_long = now.total.is_some() && now.total == record.remembered.total;
    let same = plan::same(&record.remembered, now) == resource::Sameness::Same;
    if !(same || unsaid && as_long) {
        return Ok(false);
    }
    existed(start, record.path.clone(), Some(record));
    Ok(true)
}

/// All bytes came in an earlier try that did not get to the end: only that is left to do.
async fn finish_whole(start: &Start, record: &PartRecord) -> Result<Option<Ending>, Failure> {
    let request = OpenPart {
        folder: start.task.options.folder.as_path().into(),
        name: String::new(),
        rule: start.task.on_conflict(),
        earlier: Some(record.earlier()),
        total: None,
        from_number: u32::MAX,
        nobodys: None,
    };
    let part: Arc<Part> = match start.ground.disk.open(request).await {
        Ok(Opened::Part(part)) => part,
        Ok(Opened::Locked(..)) => return Err(Failure::InUse),
        _ => return Ok(None),
    };
    let resource = resource::Resource {
        total: record.remembered.total,
        ranges: true,
        validators: record.remembered.validators.clone(),
        checksums: start
            .task
            .checksum
            .as_deref()
            .cloned()
            .into_iter()
            .collect(),
        ..Default::default()
    };
    let segments = Segments::new(resource.total, part.kept.clone());
    if !segments.is_complete() {
        return Ok(None);
    }
    let transfer = Arc::new(Transfer::new(
        start.task.clone(),
        part,
        resource,
        start.task.link.clone(),
        segments,
        start.life.clone(),
    ));
    let (file, attempt) = (start.task.file, start.task.attempt);
    let _ = start
        .ground
        .facts
        .send(Fact::Opened(file, attempt, transfer));
    let _ = start.ground.facts.send(Fact::Whole(file, attempt));
    Ok(Some(Ending::Idle))
}
