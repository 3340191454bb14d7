//! How one path behaves, as data: a file and the ways in which the server is wrong about it.
//!
//! A behaviour makes the honest reply to a request first (`honest.rs`), then bends it by its changes, in the
//! order they were given. A change may replace the reply, so refusals belong at the end of the chain.

use std::sync::Arc;

use super::honest::{IfRange, Ranges};
use super::payload::{Payload, gzip};
use super::reply::{Body, Framing, Reply};
use super::request::Request;

type Change = Arc<dyn Fn(&Request, Reply) -> Reply + Send + Sync>;

#[derive(Clone, Debug)]
pub enum Tag {
    None,
    Fixed(String),
    PerRequest,
}

#[derive(Clone)]
pub struct Behaviour {
    pub(super) payload: Payload,
    pub(super) base: Option<Reply>,
    pub(super) ranges: Ranges,
    pub(super) if_range: IfRange,
    pub(super) framing: Framing,
    pub(super) tag: Tag,
    pub(super) modified: Option<String>,
    pub(super) content_type: &'static str,
    pub(super) changes: Vec<Change>,
}

impl Behaviour {
    /// A file, served as it should be: ranges, a strong ETag, a date, a length.
    pub fn file(payload: Payload) -> Self {
        Self {
            payload,
            base: None,
            ranges: Ranges::Honoured,
            if_range: IfRange::Honest,
            framing: Framing::Length,
            tag: Tag::Fixed(format!("\"{:x}-{:x}\"", payload.seed, payload.len)),
            modified: Some("Wed, 01 May 2024 10:20:30 GMT".to_owned()),
            content_type: "application/octet-stream",
            changes: vec![],
        }
    }

    /// The same reply each time.
    pub fn reply(reply: Reply) -> Self {
        Self {
            base: Some(reply),
            ..Self::file(Payload::new(0, 0))
        }
    }

    /// `{n}` in the target is the number of the request, from 0.
    pub fn redirect(status: u16, location: &str) -> Self {
        let location = location.to_owned();
        Self::reply(Reply::status(status)).always(move |request, reply| {
            reply.header(
                "Location",
                location.replace("{n}", &request.earlier.to_string()),
            )
        })
    }

    pub fn ranges(mut self, ranges: Ranges) -> Self {
        self.ranges = ranges;
        self
    }

    pub fn no_ranges(self) -> Self {
        self.ranges(Ranges::Ignored)
    }

    pub fn if_range(mut self, if_range: IfRange) -> Self {
        self.if_range = if_range;
        self
    }

    pub fn chunked(mut self) -> Self {
        self.framing = Framing::Chunked;
        self
    }

    pub fn until_close(mut self) -> Self {
        self.framing = Framing::UntilClose;
        self
    }

    /// With its quotes, and `W/` where it is weak.
    pub fn etag(mut self, etag: &str) -> Self {
        self.tag = Tag::Fixed(etag.to_owned());
        self
    }

    pub fn no_etag(mut self) -> Self {
        self.tag = Tag::None;
        self
    }

    pub fn etag_per_request(mut self) -> Self {
        self.tag = Tag::PerRequest;
        self
    }

    pub fn modified(mut self, date: &str) -> Self {
        self.modified = Some(date.to_owned());
        self
    }

    pub fn no_modified(mut self) -> Self {
        self.modified = None;
        self
    }

    pub fn content_type(mut self, content_type: &'static str) -> Self {
        self.content_type = content_type;
        self
    }

    /// Bends every reply.
    pub fn always(
        mut self,
        change: impl Fn(&Request, Reply) -> Reply + Send + Sync + 'static,
    ) -> Self {
        self.changes.push(Arc::new(change));
        self
    }

    /// Bends the replies to the requests that `picks` picks.
    pub fn when(
        self,
        picks: impl Fn(&Request) -> bool + Send + Sync + 'static,
        change: impl Fn(Reply) -> Reply + Send + Sync + 'static,
    ) -> Self {
        self.always(move |request, reply| if picks(request) { change(reply) } else { reply })
    }

    /// Bends the first `n` replies.
    pub fn first(self, n: usize, change: impl Fn(Reply) -> Reply + Send + Sync + 'static) -> Self {
        self.when(move |request| request.earlier < n, change)
    }

    /// Bends one reply, counted from 0.
    pub fn nth(self, n: usize, change: impl Fn(Reply) -> Reply + Send + Sync + 'static) -> Self {
        self.when(move |request| request.earlier == n, change)
    }

    /// Bends all but the first `n` replies.
    pub fn after(self, n: usize, change: impl Fn(Reply) -> Reply + Send + Sync + 'static) -> Self {
        self.when(move |request| request.earlier >= n, change)
    }

    pub fn header(self, name: &'static str, value: impl AsRef<[u8]>) -> Self {
        let value = value.as_ref().to_vec();
        self.always(move |_, reply| reply.header(name, &value))
    }

    /// Bytes a second, of each connection.
    pub fn rate(self, rate: u64) -> Self {
        self.always(move |_, reply| reply.rate(rate))
    }

    /// The first `n` requests get this status.
    pub fn fails(self, n: usize, status: u16) -> Self {
        self.first(n, move |_| Reply::status(status))
    }

    /// After `n` requests: this status, as for links that wear out.
    pub fn uses(self, n: usize, status: u16) -> Self {
        self.after(n, move |_| Reply::status(status))
    }

    /// No more than `n` answers at once; who comes on top gets `refusal`.
    pub fn at_most(self, n: usize, refusal: Reply) -> Self {
        self.when(move |request| request.active > n, move |_| refusal.clone())
    }

    pub fn no_head(self) -> Self {
        self.when(Request::is_head, |_| {
            Reply::status(405).header("Allow", "GET")
        })
    }

    /// HEAD lies about the length.
    pub fn head_length(self, length: u64) -> Self {
        self.when(Request::is_head, move |reply| {
            reply
                .framing(Framing::UntilClose)
                .header("Content-Length", length.to_string())
        })
    }

    /// 403 without this cookie.
    pub fn wants_cookie(self, pair: &'static str) -> Self {
        let has = move |cookies: &str| cookies.split("; ").any(|cookie| cookie == pair);
        self.when(
            move |request| !request.header("cookie").is_some_and(has),
            |_| Reply::status(403),
        )
    }

    /// From the `n`th request on it is another file.
    pub fn becomes(self, n: usize, other: Self) -> Self {
        self.always(move |request, reply| {
            if request.earlier >= n {
                other.answer(request)
            } else {
                reply
            }
        })
    }

    /// The whole file compressed, though nobody asked; ranges are ignored.
    pub fn gzipped(self, coding: &'static str) -> Self {
        let body = Body::bytes(gzip(&self.payload.all()));
        self.no_ranges()
            .always(move |_, reply| reply.body(body.clone()).header("Content-Encoding", coding))
    }
}
