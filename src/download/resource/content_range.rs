//! The Content-Range header (RFC 9110, 14.4): which bytes a 206 brings, how long the file is.
//!
//! A range that is parsed is never empty, and never goes past the file's end.

use super::number;

/// A Content-Range that makes sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentRange {
    /// `bytes first-last/total`, or `/*` where the total is not known.
    Part {
        /// The first byte.
        start: u64,
        /// The place just after the last byte.
        end: u64,
        /// The whole file's length.
        total: Option<u64>,
    },
    /// `bytes */total`: what was asked for is not there (416).
    Unsatisfied {
        /// The whole file's length.
        total: u64,
    },
}

impl ContentRange {
    /// Parses the header's value. `None` for another unit, a number that is none or too
    /// large, an end before the start, or one past the total.
    #[must_use]
    pub fn parse(value: &[u8]) -> Option<Self> {
        let value = std::str::from_utf8(value).ok()?.trim();
        let (unit, value) = value.split_once([' ', '\t'])?;
        if !unit.eq_ignore_ascii_case("bytes") {
            return None;
        }
        let (range, total) = value.trim_start().split_once('/')?;
        if range == "*" {
            return Some(Self::Unsatisfied {
                total: number(total)?,
            });
        }
        let (first, last) = range.split_once('-')?;
        let start = number(first)?;
        let end = number(last)?.checked_add(1)?;
        let total = match total {
            "*" => None,
            total => Some(number(total)?),
        };
        let sound = start < end && total.is_none_or(|total| end <= total);
        sound.then_some(Self::Part { start, end, total })
    }

    /// The whole file's length, where it is said.
    #[must_use]
    pub fn total(self) -> Option<u64> {
        match self {
            Self::Part { total, .. } => total,
            Self::Unsatisfied { total } => Some(total),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ranges_that_make_sense() {
        let part = |start, end, total| Some(ContentRange::Part { start, end, total });
        let most = u64::MAX;
        for (text, expected) in [
            ("bytes 0-0/1", part(0, 1, Some(1))),
            ("bytes 5-9/10", part(5, 10, Some(10))),
            ("bytes 5-9/*", part(5, 10, None)),
            (" \tBytes  5-9/10 ", part(5, 10, Some(10))),
            ("bytes */10", Some(ContentRange::Unsatisfied { total: 10 })),
            ("bytes */0", Some(ContentRange::Unsatisfied { total: 0 })),
            (
                "bytes 0-18446744073709551614/18446744073709551615",
                part(0, most, Some(most)),
            ),
        ] {
            assert_eq!(ContentRange::parse(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn ranges_that_do_not() {
        let texts = "|bytes|bytes |5-9/10|bytes=5-9/10|items 5-9/10|bytes 5-9|bytes 9-5/10|\
            bytes 5-10/10|bytes 0-0/0|bytes -5/10|bytes 5-/10|bytes */*|bytes */|bytes 5-9/|\
            bytes 5-9/x|bytes +5-9/10|bytes 5 - 9/10|bytes 0-18446744073709551615/*|\
            bytes 0-1/18446744073709551616|bytes 0-1/2, bytes 3-4/5|\
            bytes 18446744073709551616-18446744073709551617/*";
        for text in texts.split('|') {
            assert_eq!(ContentRange::parse(text.as_bytes()), None, "{text}");
        }
        assert_eq!(ContentRange::parse(b"bytes 0-1/2\xff"), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(start: u64, length in 1u64.., more: u64) {
            let (Some(end), total) = (start.checked_add(length), None::<u64>) else {
                return Ok(());
            };
            let total = end.checked_add(more).or(total);
            let shown = total.map_or("*".to_owned(), |total| total.to_string());
            let text = format!("bytes {start}-{}/{shown}", end - 1);
            prop_assert_eq!(
                ContentRange::parse(text.as_bytes()),
                Some(ContentRange::Part { start, end, total })
            );
        }

        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            let _ = ContentRange::parse(&bytes);
        }
    }
}
