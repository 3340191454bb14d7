//! One request of a download, redirects followed, until the head of a final answer.

use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use tokio::time::{Instant, Sleep};

use super::transport::{Channel, Query, Reply, Transport};
use crate::download::resource::Asked;
use crate::download::{Failure, Link, redirect};
use crate::queue::Task;

/// The answer at the end of the redirects.
#[derive(Debug)]
pub struct Found {
    /// Where it came from.
    pub link: Link,
    /// Head and body.
    pub reply: Reply,
    /// From the last request to its answer.
    pub latency: Duration,
}

/// How a request is made.
#[derive(Debug, Clone, Copy)]
pub struct How {
    /// The bytes.
    pub range: Option<Asked>,
    /// The kind of connection.
    pub channel: Channel,
    /// Longest wait for a head.
    pub patience: Duration,
    /// Only the head is wanted.
    pub head_only: bool,
}

/// Asks, and follows redirects.
///
/// # Errors
/// Of the connection, or `redirect::next`'s; a final answer of any status is none.
pub async fn find(
    transport: &dyn Transport,
    task: &Task,
    from: &Link,
    how: How,
) -> Result<Found, Failure> {
    let mut visited = vec![from.clone()];
    let mut cookie_set = false;
    let mut channel = how.channel;
    loop {
        let link = visited.last().expect("it starts with one").clone();
        let query = Query {
            headers: headers(task, &link),
            link: link.clone(),
            range: how.range,
            channel,
            head_only: how.head_only,
        };
        let asked = Instant::now();
        let reply = tokio::time::timeout(how.patience, transport.send(query))
            .await
            .unwrap_or(Err(Failure::AnswerTimeout))?;
        if reply.status == 421 && channel == Channel::Shared {
            // Not on this connection: on one of its own.
            channel = Channel::Own;
            continue;
        }
        cookie_set |= redirect::sets_cookie(&reply.headers);
        match redirect::next(&visited, reply.status, &reply.headers, cookie_set)? {
            Some(next) => visited.push(next),
            None => return Ok(Found { link, reply, latency: asked.elapsed() }),
        }
    }
}

/// The person's headers, as far as they may travel to this link.
fn headers(task: &Task, to: &Link) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let origin = task.link.origin();
    for (name, value) in redirect::headers_for(&task.options.headers, &origin, to) {
        if let (Ok(name), Ok(value)) =
            (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value))
        {
            headers.append(name, value);
        }
    }
    if to.origin() == origin && !headers.contains_key(AUTHORIZATION) {
        let in_link = task.link.credentials();
        let given = task.options.credentials.as_ref();
        let given = given.map(|credentials| (credentials.user.clone(), credentials.password.clone()));
        if let Some((user, password)) = given.or(in_link) {
            let pair = data_encoding::BASE64.encode(format!("{user}:{password}").as_bytes());
            if let Ok(mut value) = HeaderValue::from_str(&format!("Basic {pair}")) {
                value.set_sensitive(true);
                headers.insert(AUTHORIZATION, value);
            }
        }
    }
    headers
}

/// A body with a clock that runs only while a byte is awaited.
pub struct Stream {
    reply: Reply,
    patience: Duration,
    alarm: Pin<Box<Sleep>>,
}

impl Stream {
    /// Of an answer; `patience` is the longest wait for one chunk.
    #[must_use]
    pub fn new(reply: Reply, patience: Duration) -> Self {
        Self { reply, patience, alarm: Box::pin(tokio::time::sleep(patience)) }
    }

    /// The next chunk; `None` at a clean end.
    ///
    /// # Errors
    /// `Stalled`, or the connection's.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Failure> {
        self.alarm.as_mut().reset(Instant::now() + self.patience);
        tokio::select! {
            biased;
            chunk = self.reply.chunk() => chunk.transpose(),
            () = &mut self.alarm => Err(Failure::Stalled),
        }
    }
}
