//! The honest reply of a file's server to a request, and the ways in which its ranges are wrong.

use std::ops::Range;
use std::time::SystemTime;

use super::behaviour::{Behaviour, Tag};
use super::reply::{Body, Reply};
use super::request::Request;

/// What the server does with `Range`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ranges {
    Honoured,
    /// 200 and the whole file, always.
    Ignored,
    /// The answer starts this many bytes late, and says so.
    Shifted(u64),
    /// Another total than the file's.
    Total(u64),
    /// `*` for the total.
    UnknownTotal,
    /// Another unit than bytes.
    Unit,
    /// At most this many bytes, and says so.
    Shorter(u64),
    /// This many bytes too many, with a Content-Range that agrees.
    Longer(u64),
    /// The bytes asked for and this many more, with the Content-Range that was asked for.
    Surplus(u64),
    /// 206 without a Content-Range.
    Unsaid,
    /// 206 multipart/byteranges for one range.
    Multipart,
    /// 206 with the whole file, whatever was asked for; and says so.
    Whole,
}

/// What the server does with `If-Range`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfRange {
    /// 206 where the strong ETag or the date is equal, else 200.
    Honest,
    /// 200, whatever it says.
    Missed,
    /// 206, whatever it says.
    Ignored,
}

impl Behaviour {
    pub fn answer(&self, request: &Request) -> Reply {
        let honest = self.base.clone().unwrap_or_else(|| self.honest(request));
        self.changes
            .iter()
            .fold(honest, |reply, change| change(request, reply))
    }

    fn honest(&self, request: &Request) -> Reply {
        let tag = self.tag(request);
        let reply = match request.range() {
            Some(asked)
                if self.ranges != Ranges::Ignored && self.may_continue(request, tag.as_deref()) =>
            {
                match asked.within(self.payload.len) {
                    Some(range) => self.partial(range),
                    None => Reply::status(416)
                        .header("Content-Range", format!("bytes */{}", self.payload.len)),
                }
            }
            _ => Reply::status(200).body(Body::payload(self.payload, 0..self.payload.len)),
        };
        let reply = reply
            .framing(self.framing)
            .header("Date", httpdate::fmt_http_date(SystemTime::now()));
        let optional = [
            ("ETag", tag),
            ("Last-Modified", self.modified.clone()),
            (
                "Accept-Ranges",
                (self.ranges != Ranges::Ignored).then(|| "bytes".to_owned()),
            ),
        ];
        let reply = optional
            .into_iter()
            .fold(reply, |reply, (name, value)| match value {
                Some(value) => reply.header(name, value),
                None => reply,
            });
        match self.ranges {
            Ranges::Multipart if reply.status == 206 => reply,
            _ => reply.header("Content-Type", self.content_type),
        }
    }

    fn tag(&self, request: &Request) -> Option<String> {
        match &self.tag {
            Tag::None => None,
            Tag::Fixed(tag) => Some(tag.clone()),
            Tag::PerRequest => Some(format!(
                "\"token-{}-{}\"",
                request.connection, request.earlier
            )),
        }
    }

    /// RFC 9110 13.1.5: only a strong tag may be equal, or the very date.
    fn may_continue(&self, request: &Request, tag: Option<&str>) -> bool {
        match (request.header("if-range"), self.if_range) {
            (None, _) | (_, IfRange::Ignored) => true,
            (_, IfRange::Missed) => false,
            (Some(said), _) if said.contains('"') => tag == Some(said) && !said.starts_with("W/"),
            (Some(said), _) => self.modified.as_deref() == Some(said),
        }
    }

    fn partial(&self, range: Range<u64>) -> Reply {
        let Range { start, end } = range;
        let len = self.payload.len;
        let told = |start: u64, end: u64, body: Range<u64>, total: &str| {
            let range = format!("bytes {start}-{}/{total}", end - 1);
            Reply::status(206)
                .header("Content-Range", range)
                .body(Body::payload(self.payload, body))
        };
        let exact = |start: u64, end: u64| told(start, end, start..end, &len.to_string());
        match self.ranges {
            Ranges::Honoured | Ranges::Ignored => exact(start, end),
            Ranges::Shifted(n) => exact((start + n).min(end - 1), end),
            Ranges::Total(total) => told(start, end, start..end, &total.to_string()),
            Ranges::UnknownTotal => told(start, end, start..end, "*"),
            Ranges::Unit => {
                exact(start, end).set("Content-Range", format!("items {start}-{}/{len}", end - 1))
            }
            Ranges::Shorter(n) => exact(start, end.min(start + n)),
            Ranges::Longer(n) => exact(start, len.min(end + n)),
            Ranges::Surplus(n) => told(start, end, start..end + n, &len.to_string()),
            Ranges::Unsaid => exact(start, end).without("Content-Range"),
            Ranges::Multipart => self.multipart(start, end),
            Ranges::Whole => exact(0, len),
        }
    }

    fn multipart(&self, start: u64, end: u64) -> Reply {
        let part = format!(
            "--frontier\r\nContent-Range: bytes {start}-{}/{}\r\n\r\n",
            end - 1,
            self.payload.len
        );
        let body = Body::bytes(part)
            .then(Body::payload(self.payload, start..end))
            .then(Body::bytes("\r\n--frontier--\r\n"));
        Reply::status(206)
            .header("Content-Type", "multipart/byteranges; boundary=frontier")
            .body(body)
    }
}
