//! One connection: requests one after the other, until it subscribes or ends.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use interprocess::local_socket::tokio::Stream;
use serde::Serialize;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::time::timeout;

use super::super::feed::{self, Outlet};
use super::super::line;
use super::super::schema::{Changes, Notice, Request, error, read_request};
use super::{Shared, answer};
use crate::queue::{GroupView, Snapshot};

/// What every request may have; more takes turns.
const SMALL: usize = 1 << 20;
/// A request that has begun comes on, or the connection ends.
const PATIENCE: Duration = Duration::from_secs(10);

/// An error, as it is told.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fault {
    /// Of which kind: see [`error`].
    pub code: i32,
    /// In a developer's words.
    pub message: String,
    /// What a program can read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
}

impl Fault {
    /// Without data.
    pub fn new(code: i32, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            data: None,
        }
    }
}

#[derive(Serialize)]
struct Reply<'a> {
    jsonrpc: &'static str,
    id: &'a Value,
    #[serde(flatten)]
    outcome: &'a Outcome,
}

/// What a request came to.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    Result(Box<serde_json::value::RawValue>),
    Error(Fault),
}

#[derive(Serialize)]
struct Told<'a, T> {
    jsonrpc: &'static str,
    method: &'static str,
    params: &'a T,
}

/// Answers until the other side ends, or does what cannot be answered.
pub async fn serve(stream: Stream, shared: &Shared) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut text = Vec::new();
    while read(&mut stream, &mut text, shared).await? {
        let (id, request) = parse(&text);
        if text.len() > SMALL {
            text = Vec::new();
        }
        if matches!(request, Ok(Request::Subscribe)) {
            write_reply(&mut stream, &id, &result(&())?).await?;
            return tell(stream, shared).await;
        }
        let outcome = match request {
            Ok(request) => answer::answer(request, shared).await.map(Outcome::Result),
            Err(fault) => Err(fault),
        };
        write_reply(&mut stream, &id, &outcome.unwrap_or_else(Outcome::Error)).await?;
    }
    Ok(())
}

/// There are too many.
pub async fn turn_away(stream: Stream) -> io::Result<()> {
    let fault = Fault::new(error::CODE_TOO_MANY, "too many connections");
    write_reply(
        &mut BufReader::new(stream),
        &Value::Null,
        &Outcome::Error(fault),
    )
    .await
}

/// A request's text: a large one waits for its turn, one that stops in its middle ends it.
async fn read(
    from: &mut BufReader<Stream>,
    text: &mut Vec<u8>,
    shared: &Shared,
) -> io::Result<bool> {
    if from.fill_buf().await?.is_empty() {
        return Ok(false);
    }
    let small = timeout(PATIENCE, line::read(from, text, SMALL)).await?;
    match small {
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {}
        read => return read,
    }
    let _turn = shared.large.acquire().await.map_err(io::Error::other)?;
    let rest = timeout(PATIENCE, line::read_on(from, text, line::LONGEST)).await?;
    if rest
        .as_ref()
        .is_err_and(|error| error.kind() == io::ErrorKind::FileTooLarge)
    {
        let fault = Fault::new(error::CODE_REQUEST, "the request is too long");
        write_reply(from, &Value::Null, &Outcome::Error(fault)).await?;
    }
    rest
}

/// A request with its id; `null` where it has none.
fn parse(text: &[u8]) -> (Value, Result<Request, Fault>) {
    match read_request(text) {
        Ok((id, request)) => (id, Ok(request)),
        Err(wrong) => (wrong.id, Err(Fault::new(wrong.code, wrong.message))),
    }
}

/// A result's text.
pub fn text_of<T: Serialize>(value: &T) -> io::Result<Box<serde_json::value::RawValue>> {
    Ok(serde_json::value::to_raw_value(value)?)
}

fn result<T: Serialize>(value: &T) -> io::Result<Outcome> {
    text_of(value).map(Outcome::Result)
}

async fn write_reply(to: &mut BufReader<Stream>, id: &Value, outcome: &Outcome) -> io::Result<()> {
    let reply = Reply {
        jsonrpc: "2.0",
        id,
        outcome,
    };
    write(to.get_mut(), &reply).await
}

async fn write<T: Serialize + Sync>(to: &mut Stream, message: &T) -> io::Result<()> {
    let mut text = serde_json::to_vec(message)?;
    text.push(b'\n');
    to.write_all(&text).await
}

/// The stream, to which changes go.
struct Subscriber<'a>(&'a mut BufReader<Stream>);

impl Outlet for Subscriber<'_> {
    type Error = io::Error;

    async fn send(&mut self, changes: &Changes) -> io::Result<()> {
        tell_one(self.0.get_mut(), "changed", changes).await
    }
}

async fn tell_one<T: Serialize + Sync>(
    to: &mut Stream,
    method: &'static str,
    params: &T,
) -> io::Result<()> {
    let told = Told {
        jsonrpc: "2.0",
        method,
        params,
    };
    write(to, &told).await
}

/// Tells what there is and what changes, until the other side ends, or the engine.
async fn tell(mut stream: BufReader<Stream>, shared: &Shared) -> io::Result<()> {
    let engine = &shared.engine;
    let mut snapshots = engine.snapshots();
    let mut removals = engine.removals();
    let mut notices = engine.notices();
    let mut removed = Vec::new();
    let mut known = Snapshot::default();
    // (The empty queue, too, is told of.)
    if let Some(now) = engine.see(|moment| moment.snapshot()).await {
        let is_empty = now.groups.is_empty();
        feed::tell(&known, &now, &mut Subscriber(&mut stream)).await?;
        if is_empty && (now.mode, now.limit) == (known.mode, known.limit) {
            tell_one(stream.get_mut(), "changed", &Changes::default()).await?;
        }
        known = now;
    }
    let mut byte = [0];
    loop {
        let next = tokio::select! {
            biased;
            many = removals.recv_many(&mut removed, usize::MAX) => {
                match many {
                    0 if engine.has_ended() => return Ok(()),
                    // It has fallen too far behind, and was let go.
                    0 => removals = engine.removals(),
                    _ => known = tell_of_removed(known, &mut removed, &mut stream).await?,
                }
                continue;
            }
            notice = notices.recv() => {
                match notice.as_ref().map(Notice::of) {
                    Some(Some(notice)) => tell_one(stream.get_mut(), "noticed", &notice).await?,
                    Some(None) => {}
                    None if engine.has_ended() => return Ok(()),
                    None => notices = engine.notices(),
                }
                continue;
            }
            changed = snapshots.changed() => {
                if changed.is_err() {
                    return Ok(());
                }
                snapshots.borrow_and_update().clone()
            }
            read = stream.read(&mut byte) => match read? {
                0 => return Ok(()),
                // Nothing is to be said any more.
                _ => continue,
            },
        };
        feed::tell(&known, &next, &mut Subscriber(&mut stream)).await?;
        known = next;
    }
}

/// Tells of groups as they were last before they left the list, and that they have. (A snapshot
/// without them may have been faster, and no other one follows while nothing happens.)
async fn tell_of_removed(
    known: Snapshot,
    removed: &mut Vec<Arc<GroupView>>,
    stream: &mut BufReader<Stream>,
) -> io::Result<Snapshot> {
    let with = |groups: Vec<_>| Snapshot {
        groups: Arc::new(groups),
        ..known.clone()
    };
    let mut last: HashMap<_, _> = removed.drain(..).map(|group| (group.id, group)).collect();
    let others = known.groups.iter();
    let others = others.filter(|group| !last.contains_key(&group.id));
    let without = with(others.cloned().collect());
    let as_last = |group: &Arc<GroupView>| last.remove(&group.id).unwrap_or_else(|| group.clone());
    let mut groups: Vec<_> = known.groups.iter().map(as_last).collect();
    groups.extend(last.into_values());
    let ended = with(groups);
    feed::tell(&known, &ended, &mut Subscriber(stream)).await?;
    feed::tell(&ended, &without, &mut Subscriber(stream)).await?;
    Ok(without)
}
