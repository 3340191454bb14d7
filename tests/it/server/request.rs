//! A request as the server saw it, and the range it asked for.

use std::ops::Range;

/// Header lines in the order they came. Names are compared without case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers(pub Vec<(String, String)>);

impl Headers {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// One byte range, as `Range` spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// `bytes=a-`
    From(u64),
    /// `bytes=a-b`, both ends included.
    Between(u64, u64),
    /// `bytes=-n`
    Last(u64),
}

impl Asked {
    /// A single range; nothing for several, another unit, or nonsense.
    pub fn parse(value: &str) -> Option<Self> {
        let (from, to) = value.strip_prefix("bytes=")?.split_once('-')?;
        match (from, to) {
            ("", last) => Some(Self::Last(last.parse().ok()?)),
            (from, "") => Some(Self::From(from.parse().ok()?)),
            (from, to) => Some(Self::Between(from.parse().ok()?, to.parse().ok()?)),
        }
    }

    /// The first byte it names, where it names one.
    pub fn start(self) -> Option<u64> {
        match self {
            Self::From(start) | Self::Between(start, _) => Some(start),
            Self::Last(_) => None,
        }
    }

    /// The bytes of a file of `len` it means; nothing when there are none.
    pub fn within(self, len: u64) -> Option<Range<u64>> {
        let range = match self {
            Self::From(start) => start..len,
            Self::Between(start, end) => start..len.min(end.saturating_add(1)),
            Self::Last(n) => len.saturating_sub(n)..len,
        };
        (range.start < range.end).then_some(range)
    }
}

/// One request, with what the server knows about its circumstances.
#[derive(Clone, Debug)]
pub struct Request {
    pub version: &'static str,
    pub method: String,
    /// Path and query, as sent.
    pub target: String,
    pub headers: Headers,
    /// Requests for this path before this one.
    pub earlier: usize,
    /// Answers for this path that are under way, this one included.
    pub active: usize,
    /// The connection's number, from 0.
    pub connection: u64,
    /// Requests on this connection before this one.
    pub on_connection: usize,
}

impl Request {
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    pub fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)
    }

    pub fn range(&self) -> Option<Asked> {
        Asked::parse(self.header("range")?)
    }

    /// Where its range starts; 0 for the whole file.
    pub fn start(&self) -> u64 {
        self.range().and_then(Asked::start).unwrap_or(0)
    }

    pub fn is_head(&self) -> bool {
        self.method == "HEAD"
    }

    /// A request from the text of its head. An absolute target (a proxy's) is cut to path and query.
    pub fn parse(head: &str) -> Option<Self> {
        let mut lines = head.split("\r\n");
        let mut first = lines.next()?.split(' ');
        let (method, target, version) = (first.next()?, first.next()?, first.next()?);
        let headers = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
            .collect();
        Some(Self {
            version: if version == "HTTP/1.0" {
                "HTTP/1.0"
            } else {
                "HTTP/1.1"
            },
            method: method.to_owned(),
            target: origin_form(target).to_owned(),
            headers: Headers(headers),
            earlier: 0,
            active: 1,
            connection: 0,
            on_connection: 0,
        })
    }
}

fn origin_form(target: &str) -> &str {
    match target.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |slash| &rest[slash..]),
        None => target,
    }
}
