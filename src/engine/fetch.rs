//! One request of a download, redirects followed and challenges answered, until the head of a
//! final answer.

mod pass;
#[cfg(test)]
mod tests;

use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use tokio::time::{Instant, Sleep};

pub use pass::Sessions;

use super::transport::{Channel, Query, Reply, Transport};
use crate::download::resource::Asked;
use crate::download::{Failure, Link, redirect};
use crate::queue::Task;
use pass::Pass;

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

impl How {
    fn method(&self) -> &'static str {
        if self.head_only { "HEAD" } else { "GET" }
    }
}

/// Asks, follows redirects, and says who we are where that is asked.
///
/// # Errors
/// Of the connection, or `redirect::next`'s; a final answer of any status is none.
pub async fn find(
    transport: &dyn Transport,
    sessions: &Sessions,
    task: &Task,
    from: &Link,
    mut how: How,
) -> Result<Found, Failure> {
    let mut visited = vec![from.clone()];
    let mut cookie_set = false;
    loop {
        let link = visited.last().expect("it starts with one").clone();
        let headers = headers(task, &link);
        let mut pass = Pass::new(sessions, task, &link, &headers, how.method());
        let found = loop {
            let found = ask(transport, &pass, &link, headers.clone(), how).await?;
            if found.reply.status == 421 && how.channel == Channel::Shared {
                // Not on this connection: on one of its own.
                how.channel = Channel::Own;
                continue;
            }
            cookie_set |= redirect::sets_cookie(&found.reply.headers);
            if !pass.answers(&found.reply) {
                break found;
            }
        };
        match redirect::next(
            &visited,
            found.reply.status,
            &found.reply.headers,
            cookie_set,
        )? {
            Some(next) => visited.push(next),
            None => return Ok(found),
        }
    }
}

/// One request, one answer.
async fn ask(
    transport: &dyn Transport,
    pass: &Pass<'_>,
    link: &Link,
    mut headers: HeaderMap,
    how: How,
) -> Result<Found, Failure> {
    pass.sign(&mut headers);
    let How {
        range,
        channel,
        head_only,
        patience,
    } = how;
    let query = Query {
        link: link.clone(),
        headers,
        range,
        channel,
        head_only,
        rank: None,
    };
    let asked = Instant::now();
    let reply = tokio::time::timeout(patience, transport.send(query))
        .await
        .unwrap_or(Err(Failure::AnswerTimeout))?;
    Ok(Found {
        link: link.clone(),
        reply,
        latency: asked.elapsed(),
    })
}

/// The person's headers, as far as they may travel to this link.
fn headers(task: &Task, to: &Link) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let origin = task.link.origin();
    for (name, value) in redirect::headers_for(&task.options.headers, &origin, to) {
        let secret = redirect::is_secret_header(name);
        if let (Ok(name), Ok(mut value)) = (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(value),
        ) {
            value.set_sensitive(secret);
            headers.append(name, value);
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
        Self {
            reply,
            patience,
            alarm: Box::pin(tokio::time::sleep(patience)),
        }
    }

    /// The next chunk; `None` at a clean end.
    ///
    /// # Errors
    /// `Stalled`, or the connection's.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Failure> {
        loop {
            self.alarm.as_mut().reset(Instant::now() + self.patience);
            tokio::select! {
                biased;
                chunk = self.reply.chunk() => return chunk.transpose(),
                // (Of what is held back here, nobody else is to blame.)
                () = &mut self.alarm => if !self.reply.body.is_held() {
                    return Err(Failure::Stalled);
                },
            }
        }
    }

    /// Whether it is this program that lets no more come now.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.reply.body.is_held()
    }
}
