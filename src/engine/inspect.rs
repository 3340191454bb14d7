//! A close look at one file: which bytes are there, which are on their way, and what its
//! server said. For a view of details; asked for when somebody looks.

use std::net::SocketAddr;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use http::header::{CONTENT_TYPE, ETAG, HeaderName, LAST_MODIFIED, SERVER};

use super::transport::Reply;
use crate::download::digest::Checksum;
use crate::download::{Link, RangeSet};

/// Longer values of headers are cut: they are shown to people.
const LONGEST: usize = 256;

/// One file, closely.
#[derive(Debug, Clone, PartialEq)]
pub struct Inspection {
    /// Where its bytes come from: after redirects, while it runs.
    pub link: Link,
    /// Its length, where known.
    pub total: Option<u64>,
    /// Bytes that are on disk.
    pub written: RangeSet,
    /// What each connection still has before it, in the order of the file. A range may end
    /// at `u64::MAX` where the length is not known.
    pub in_flight: Vec<Range<u64>>,
    /// What its bytes must be, where a person said so.
    pub checksum: Option<Arc<Checksum>>,
    /// Where it goes.
    pub folder: PathBuf,
    /// What the server said when the running try began; absent where nothing runs, or where
    /// the file is small.
    pub answer: Option<Arc<Answer>>,
}

/// What the head of an answer said of itself, as it came (at most 256 characters of each).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// `HTTP/1.1`, `HTTP/2`.
    pub version: &'static str,
    /// What the server calls itself.
    pub server: Option<String>,
    /// Content-Type.
    pub content_type: Option<String>,
    /// Last-Modified.
    pub modified: Option<String>,
    /// ETag.
    pub etag: Option<String>,
    /// The other end of the connection: the server's, or the proxy's.
    pub address: Option<SocketAddr>,
}

impl Answer {
    /// Of an answer.
    #[must_use]
    pub fn of(reply: &Reply) -> Self {
        let text = |name: HeaderName| {
            let value = reply.headers.get(name)?.as_bytes();
            let text = String::from_utf8_lossy(&value[..value.len().min(4 * LONGEST)]);
            Some(text.chars().take(LONGEST).collect())
        };
        Self {
            version: word(reply.via.version),
            server: text(SERVER),
            content_type: text(CONTENT_TYPE),
            modified: text(LAST_MODIFIED),
            etag: text(ETAG),
            address: reply.via.address,
        }
    }
}

fn word(version: http::Version) -> &'static str {
    match version {
        http::Version::HTTP_09 => "HTTP/0.9",
        http::Version::HTTP_10 => "HTTP/1.0",
        http::Version::HTTP_2 => "HTTP/2",
        http::Version::HTTP_3 => "HTTP/3",
        _ => "HTTP/1.1",
    }
}
