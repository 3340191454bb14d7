//! The engine's own small idea of HTTP: one GET, one answer, a body in chunks.
//!
//! Everything above it is tested with a made-up transport on made-up time;
//! everything below it is [`super::http`].

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::HeaderMap;

use super::wire::Wire;
use crate::download::resource::Asked;
use crate::download::{Failure, Link};
use crate::pace::line::Rank;

/// One request. Redirects are not followed here, nothing is retried, nothing decompressed.
#[derive(Debug, Clone)]
pub struct Query {
    /// Where.
    pub link: Link,
    /// The person's headers that may travel there.
    pub headers: HeaderMap,
    /// The range; none is sent for `None`.
    pub range: Option<Asked>,
    /// Which kind of connection.
    pub channel: Channel,
    /// Only the head is wanted.
    pub head_only: bool,
    /// The rank of who asks among those who take only what is free; none: it competes.
    pub rank: Option<Rank>,
}

/// Streams of one HTTP/2 connection share its bandwidth: the segments of a large
/// file have connections of their own, small files share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// Whatever the server speaks.
    Shared,
    /// HTTP/1.1.
    Own,
}

/// The head of an answer, and its body to come.
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// Over which connection.
    pub via: Via,
    /// The body; dropping it ends the transfer.
    pub body: Box<dyn Body>,
}

/// The connection that an answer came by.
#[derive(Debug, Clone)]
pub struct Via {
    /// The protocol.
    pub version: http::Version,
    /// The other end (a proxy's, where there is one), where it is known.
    pub address: Option<std::net::SocketAddr>,
    /// The handle of the TCP connection; a made-up transport has none.
    pub wire: Option<Arc<Wire>>,
}

impl Default for Via {
    fn default() -> Self {
        Self {
            version: http::Version::HTTP_11,
            address: None,
            wire: None,
        }
    }
}

/// A body in chunks as they come.
pub trait Body: Send {
    /// The next chunk; `None` at a clean end. A body shorter than its length is an error.
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Failure>>>;

    /// Whether it is this program that lets no more come now.
    fn is_held(&self) -> bool {
        false
    }
}

/// What sends a query.
pub trait Transport: Send + Sync {
    /// Sends it; ends with the head of the answer. Dropping the future gives up.
    fn send(&self, query: Query) -> Pin<Box<dyn Future<Output = Result<Reply, Failure>> + Send>>;
}

impl Reply {
    /// The next chunk of the body.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, Failure>> {
        std::future::poll_fn(|context| self.body.poll_chunk(context)).await
    }
}

impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}
