//! What a server says of a file: its length, its version, its name, whether it serves ranges.
//!
//! [`read`] is the one place where an answer's head is judged. What it lets through is
//! usable: it tells at which byte of the file the body begins, and no length in it is a
//! guess. Whether it is still the same file is [`same_file`]'s to say.

mod content_range;
mod same;

pub use content_range::ContentRange;
pub use same::{Sameness, if_range, same_file};

use http::HeaderMap;
use http::header::{
    CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG,
    HeaderName, LAST_MODIFIED, RETRY_AFTER, TRANSFER_ENCODING,
};
use jiff::Timestamp;

use super::digest::{self, Checksum};
use super::failure::Failure;
use super::retry;

/// What tells one version of a file from another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// The ETag as it was sent, `W/` included.
    pub etag: Option<String>,
    /// Last-Modified.
    pub last_modified: Option<Timestamp>,
}

/// What the head of a usable answer (200 or 206) says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resource {
    /// The whole file's length.
    pub total: Option<u64>,
    /// It answered 206 with a right Content-Range.
    pub ranges: bool,
    /// Its version.
    pub validators: Validators,
    /// Content-Type, lower case, without parameters.
    pub content_type: Option<String>,
    /// Content-Disposition, as it came.
    pub disposition: Option<Vec<u8>>,
    /// Content-Encoding, where it is not identity.
    pub encoding: Option<String>,
    /// Digests of the whole file that the server sent.
    pub checksums: Vec<Checksum>,
}

/// The bytes of the file that a request asked for (its Range header).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The first byte.
    pub start: u64,
    /// The last byte, included; `None`: to the end.
    pub end: Option<u64>,
}

/// A usable answer: what the file is, and which part of it the body brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The file.
    pub resource: Resource,
    /// The place in the file of the body's first byte: the one asked for in a 206, 0 in a 200.
    pub start: u64,
    /// The place just after the body's last byte, where known. It may lie before what was
    /// asked for (ask again for the rest) or after it (the caller cuts).
    pub end: Option<u64>,
}

/// Judges the head of an answer to a request for `asked` (`None`: no Range was sent).
///
/// A 200 to a request for a later part is let through, from 0: whether the bytes that are
/// there are given up for it is not decided here.
///
/// # Errors
/// * [`Failure::Status`] for every status but 200 and 206, with its Retry-After;
///   [`Failure::ProxyAuthentication`] for 407, [`Failure::RangeNotSatisfiable`] for 416;
/// * [`Failure::RangeMismatch`] for a 206 that is not one range from where it was asked for;
/// * [`Failure::BadAnswer`] for a Content-Length that is none, or is two.
pub fn read(status: u16, headers: &HeaderMap, asked: Option<Asked>) -> Result<Answer, Failure> {
    match status {
        200 => whole(headers),
        206 => part(headers, asked.map_or(0, |asked| asked.start)),
        407 => Err(Failure::ProxyAuthentication),
        416 => Err(Failure::RangeNotSatisfiable {
            total: content_range(headers).and_then(ContentRange::total),
        }),
        _ => Err(Failure::Status {
            status,
            retry_after: headers
                .get(RETRY_AFTER)
                .and_then(|value| retry::parse_retry_after(value.as_bytes())),
        }),
    }
}

fn whole(headers: &HeaderMap) -> Result<Answer, Failure> {
    let length = content_length(headers)?;
    let resource = describe(headers, length, true);
    Ok(Answer {
        resource,
        start: 0,
        end: length,
    })
}

fn part(headers: &HeaderMap, asked_start: u64) -> Result<Answer, Failure> {
    let length = content_length(headers)?;
    match content_range(headers) {
        Some(ContentRange::Part { start, end, total }) if start == asked_start => {
            // Where the two disagree, the smaller is safe: the rest is asked for again.
            let end = length.map_or(end, |length| end.min(start.saturating_add(length)));
            if end == start {
                return Err(Failure::BadAnswer("a range without a body".into()));
            }
            let resource = Resource {
                ranges: true,
                ..describe(headers, total, false)
            };
            Ok(Answer {
                resource,
                start,
                end: Some(end),
            })
        }
        // Elsewhere, unreadable, missing, or inside a multipart/byteranges body.
        _ => Err(Failure::RangeMismatch),
    }
}

/// All that is said beside status and length. `whole`: the body is the file.
fn describe(headers: &HeaderMap, total: Option<u64>, whole: bool) -> Resource {
    Resource {
        total,
        ranges: false,
        validators: Validators {
            etag: text(headers, ETAG).map(str::to_owned),
            last_modified: text(headers, LAST_MODIFIED).and_then(date),
        },
        content_type: text(headers, CONTENT_TYPE)
            .and_then(|value| value.split([';', ',']).next())
            .map(|value| value.trim().to_ascii_lowercase())
            .filter(|value| !value.is_empty()),
        disposition: headers
            .get(CONTENT_DISPOSITION)
            .map(|value| value.as_bytes().to_vec()),
        encoding: encoding(headers),
        checksums: digest::from_headers(headers, whole),
    }
}

/// Content-Encoding over all its lines, lower case; `x-gzip` is gzip's old name.
fn encoding(headers: &HeaderMap) -> Option<String> {
    let lines = headers.get_all(CONTENT_ENCODING).iter();
    let codings: Vec<String> = lines
        .flat_map(|line| line.as_bytes().split(|byte| *byte == b','))
        .map(|coding| String::from_utf8_lossy(coding).trim().to_ascii_lowercase())
        .filter(|coding| !matches!(coding.as_str(), "" | "identity"))
        .map(|coding| match coding.as_str() {
            "x-gzip" => "gzip".to_owned(),
            "x-compress" => "compress".to_owned(),
            _ => coding,
        })
        .collect();
    (!codings.is_empty()).then(|| codings.join(", "))
}

/// The body's length, read strictly: a wrong one cuts a file short. `None` where none is
/// given, or where the transfer's coding tells the end (RFC 9112, 6.3).
fn content_length(headers: &HeaderMap) -> Result<Option<u64>, Failure> {
    if headers.contains_key(TRANSFER_ENCODING) {
        return Ok(None);
    }
    let mut length = None;
    for line in headers.get_all(CONTENT_LENGTH) {
        for value in line.as_bytes().split(|byte| *byte == b',') {
            let value = std::str::from_utf8(value)
                .ok()
                .and_then(|text| number(text.trim()));
            let Some(value) = value else {
                return Err(Failure::BadAnswer(
                    "a Content-Length that is no length".into(),
                ));
            };
            if length.is_some_and(|length| length != value) {
                return Err(Failure::BadAnswer("two different Content-Lengths".into()));
            }
            length = Some(value);
        }
    }
    Ok(length)
}

/// Content-Range; `None` where it is missing, unreadable, or said twice differently.
fn content_range(headers: &HeaderMap) -> Option<ContentRange> {
    let mut lines = headers.get_all(CONTENT_RANGE).iter();
    let first = lines.next()?;
    if lines.any(|line| line != first) {
        return None;
    }
    ContentRange::parse(first.as_bytes())
}

/// A header's first line, without the blanks around it; `None` where nothing is left, or
/// where it is not ASCII (it could not be sent back as it came).
fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    (!value.is_empty()).then_some(value)
}

/// A date in any of HTTP's three formats.
fn date(text: &str) -> Option<Timestamp> {
    httpdate::parse_http_date(text).ok()?.try_into().ok()
}

/// Decimal digits and nothing else: no sign, no blank, no overflow.
fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests;
