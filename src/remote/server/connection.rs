//! One connection: requests one after the other, until it subscribes or ends.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use interprocess::local_socket::tokio::Stream;
use serde::Serialize;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::sync::SemaphorePermit;
use tokio::time::timeout;

use super::super::feed::{self, Outlet};
use super::super::line;
use super::super::schema::{Changes, Notice, Request, SMALL, error, read_request};
use super::{Shared, answer};
use crate::engine::Removal;
use crate::queue::{GroupView, Snapshot};

/// A request that has begun comes on, or the connection ends.
const PATIENCE: Duration = Duration::from_secs(10);
/// An answer is read, or the connection ends. (Subscribers may take their time.)
const PATIENCE_ANSWER: Duration = Duration::from_secs(60);

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

/// The permission for a large request; a small one needs none.
struct Turn<'a>(#[expect(dead_code, reason = "held")] Option<SemaphorePermit<'a>>);

/// Answers until the other side ends, or does what cannot be answered.
pub async fn serve(stream: Stream, shared: &Shared) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut text = Vec::new();
    // Who has nothing to say takes a place from others.
    timeout(PATIENCE, stream.fill_buf()).await??;
    // The turn of a large request ends with its answer.
    while let Some(_turn) = read(&mut stream, &mut text, shared).await? {
        let (id, request) = if text.len() > SMALL {
            let text = std::mem::take(&mut text);
            // (Meanwhile others are served.)
            tokio::task::spawn_blocking(move || parse(&text)).await?
        } else {
            parse(&text)
        };
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
async fn read<'a>(
    from: &mut BufReader<Stream>,
    text: &mut Vec<u8>,
    shared: &'a Shared,
) -> io::Result<Option<Turn<'a>>> {
    if from.fill_buf().await?.is_empty() {
        return Ok(None);
    }
    let small = timeout(PATIENCE, line::read(from, text, SMALL)).await?;
    match small {
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {}
        read => return Ok(read?.then_some(Turn(None))),
    }
    let turn = shared.large.acquire().await.map_err(io::Error::other)?;
    let rest = timeout(PATIENCE, line::read_on(from, text, line::LONGEST)).await?;
    if rest
        .as_ref()
        .is_err_and(|error| error.kind() == io::ErrorKind::FileTooLarge)
    {
        let fault = Fault::new(error::CODE_REQUEST, "the request is too long");
        write_reply(from, &Value::Null, &Outcome::Error(fault)).await?;
    }
    Ok(rest?.then_some(Turn(Some(turn))))
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
    timeout(PATIENCE_ANSWER, write(to.get_mut(), &reply)).await?
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
///
/// What was told last has the number `known.number`; what is older, and was only waiting to be
/// read, is passed over.
async fn tell(mut stream: BufReader<Stream>, shared: &Shared) -> io::Result<()> {
    let engine = &shared.engine;
    let mut snapshots = engine.snapshots();
    let mut removals = engine.removals();
    let mut notices = engine.notices();
    let Some(mut known) = engine.see(|moment| moment.snapshot()).await else {
        return Ok(());
    };
    let nothing = Snapshot::default();
    let has_told = feed::tell(&nothing, &known, &mut Subscriber(&mut stream)).await?;
    if !has_told {
        // The empty queue, too, is told of.
        tell_one(stream.get_mut(), "changed", &Changes::default()).await?;
    }
    let mut byte = [0];
    loop {
        let next = tokio::select! {
            biased;
            removal = removals.recv() => match removal {
                Some(removal) => with_last(&known, removal),
                None if engine.has_ended() => return Ok(()),
                None => {
                    // It has fallen too far behind, and was let go.
                    removals = engine.removals();
                    continue;
                }
            },
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
        if next.number > known.number {
            feed::tell(&known, &next, &mut Subscriber(&mut stream)).await?;
            known = next;
        }
    }
}

/// What is known, with groups as they were last before they left the list: the snapshot that
/// comes next does not have them.
fn with_last(known: &Snapshot, removal: Removal) -> Snapshot {
    let groups = removal.groups.into_iter();
    let mut last: HashMap<_, _> = groups.map(|group| (group.id, group)).collect();
    let as_last = |group: &Arc<GroupView>| last.remove(&group.id).unwrap_or_else(|| group.clone());
    let mut groups: Vec<_> = known.groups.iter().map(as_last).collect();
    groups.extend(last.into_values());
    Snapshot {
        groups: Arc::new(groups),
        number: removal.number,
        ..known.clone()
    }
}
