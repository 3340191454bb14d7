//! One file on a made-up server: its bytes, its version, and what the server does wrong.

use std::collections::VecDeque;
use std::ops::Range;

use http::header::{
    CONTENT_LENGTH, CONTENT_RANGE, ETAG, HeaderMap, HeaderName, HeaderValue, LAST_MODIFIED,
    LOCATION, RETRY_AFTER,
};

use crate::download::resource::Asked;

/// A file. Its bytes follow from its seed.
#[derive(Debug, Clone)]
pub struct Source {
    /// Another seed, other bytes.
    pub seed: u64,
    /// How many bytes.
    pub length: u64,
    /// As it is sent.
    pub etag: Option<&'static str>,
    /// As it is sent.
    pub modified: Option<&'static str>,
    /// Ranges are served.
    pub ranges: bool,
    /// The length is said (without ranges only).
    pub says_length: bool,
    /// Bytes a second, each connection.
    pub rate: Option<u64>,
    /// More connections to the server than these get this status.
    pub most: Option<(usize, u16)>,
    /// What the next requests meet, one each.
    pub faults: VecDeque<Fault>,
    /// What every other request meets.
    pub always: Fault,
}

/// What a request meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is wrong.
    None,
    /// Nobody listens.
    Refused,
    /// The connection is reset before an answer.
    Reset,
    /// No answer ever comes.
    Silent,
    /// This status, with this Retry-After.
    Status(u16, Option<&'static str>),
    /// To somewhere else.
    Redirect(&'static str),
    /// After so many bytes of the body no more come.
    Stall(u64),
    /// After so many bytes of the body the connection breaks.
    Cut(u64),
    /// So many bytes a second, and no more.
    Crawl(u64),
}

impl Source {
    /// So many bytes, from a server that does all well.
    pub fn new(seed: u64, length: u64) -> Self {
        Self {
            seed,
            length,
            etag: Some("\"one\""),
            modified: None,
            ranges: true,
            says_length: true,
            rate: None,
            most: None,
            faults: VecDeque::new(),
            always: Fault::None,
        }
    }

    /// With so many bytes a second for each connection.
    pub fn rate(mut self, per_second: u64) -> Self {
        self.rate = Some(per_second);
        self
    }

    /// With these faults, one for each request, at first.
    pub fn faults(mut self, faults: impl IntoIterator<Item = Fault>) -> Self {
        self.faults.extend(faults);
        self
    }

    /// With this fault for every request.
    pub fn always(mut self, fault: Fault) -> Self {
        self.always = fault;
        self
    }

    /// In one piece only.
    pub fn whole_only(mut self) -> Self {
        self.ranges = false;
        self
    }

    /// What this request meets: its connection is one of `there` at this server.
    pub fn fault(&mut self, there: usize) -> Fault {
        match self.most {
            Some((most, status)) if there > most => Fault::Status(status, None),
            _ => self.faults.pop_front().unwrap_or(self.always),
        }
    }

    /// Status, headers, and which bytes follow.
    pub fn answer(&self, fault: Fault, asked: Option<Asked>) -> (u16, HeaderMap, Range<u64>) {
        let mut headers = HeaderMap::new();
        match fault {
            Fault::Status(status, after) => {
                after.inspect(|after| put(&mut headers, RETRY_AFTER, after));
                return (status, headers, 0..0);
            }
            Fault::Redirect(to) => {
                put(&mut headers, LOCATION, to);
                return (302, headers, 0..0);
            }
            _ => {}
        }
        self.etag.inspect(|etag| put(&mut headers, ETAG, etag));
        self.modified
            .inspect(|date| put(&mut headers, LAST_MODIFIED, date));
        let length = self.length;
        let Some(asked) = asked.filter(|_| self.ranges) else {
            if self.says_length {
                put(&mut headers, CONTENT_LENGTH, &length.to_string());
            }
            return (200, headers, 0..length);
        };
        if asked.start >= length {
            put(&mut headers, CONTENT_RANGE, &format!("bytes */{length}"));
            return (416, headers, 0..0);
        }
        let end = asked.end.map_or(length, |last| (last + 1).min(length));
        let range = format!("bytes {}-{}/{length}", asked.start, end - 1);
        put(&mut headers, CONTENT_RANGE, &range);
        put(
            &mut headers,
            CONTENT_LENGTH,
            &(end - asked.start).to_string(),
        );
        (206, headers, asked.start..end)
    }
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    headers.insert(name, HeaderValue::from_str(value).unwrap());
}

/// The bytes of a file at these places: no block of it is like another.
pub fn bytes_of(seed: u64, range: Range<u64>) -> Vec<u8> {
    let first = range.start / 8;
    let mut bytes = Vec::with_capacity((range.end - first * 8 + 8) as usize);
    for at in first..range.end.div_ceil(8) {
        bytes.extend_from_slice(&word(seed, at).to_le_bytes());
    }
    bytes.truncate((range.end - first * 8) as usize);
    bytes.drain(..(range.start - first * 8) as usize);
    bytes
}

/// (splitmix64)
fn word(seed: u64, at: u64) -> u64 {
    let mut word = (at ^ seed << 40).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    word = (word ^ word >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ word >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ word >> 31
}
