//! Is it still the same file? And the header that lets the server answer that.
//!
//! Bytes of two versions must never end in one file. So `Same` is said only where the
//! server's own words prove it; where they only make it likely, a piece is compared; and
//! where they say nothing, the file starts over.

use std::time::{Duration, SystemTime};

use super::{Resource, Validators};

/// What is known of a file that stands half fetched, beside what the server says now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sameness {
    /// The same: go on.
    Same,
    /// Likely the same: read 64 KiB again and compare them, then go on.
    NeedsOverlap,
    /// Another, or not to be told: start over.
    Different,
}

/// Compares what was known of the file (its `total` and its version) with an answer.
///
/// ```text
/// total            ETags (strong: not W/)       Last-Modified equal   otherwise
/// differs, or
///   known of one   any                          Different             Different
/// equal            both strong, equal           Same                  Same
/// equal            any two that differ, or
///                    one strong, one missing    NeedsOverlap          Different
/// equal            both weak and equal, or
///                    none strong, one missing   Same                  Different
/// unknown of both  both strong, equal           Same                  Same
/// unknown of both  as in the fourth row         NeedsOverlap          Different
/// unknown of both  anything else                Different             Different
/// ```
#[must_use]
pub fn same_file(total: Option<u64>, known: &Validators, now: &Resource) -> Sameness {
    if total != now.total {
        return Sameness::Different;
    }
    let (was, is) = (known.etag.as_deref(), now.validators.etag.as_deref());
    let equal = was.is_some() && was == is;
    if equal && was.is_some_and(is_strong) {
        return Sameness::Same;
    }
    if known.last_modified.is_none() || known.last_modified != now.validators.last_modified {
        return Sameness::Different;
    }
    // Equal dates from here on: only the ETags may still contradict them.
    let one_is_strong = was.is_some_and(is_strong) || is.is_some_and(is_strong);
    let both_differ = was.is_some() && is.is_some() && !equal;
    let contradicted = one_is_strong || both_differ;
    match (contradicted, total) {
        (false, Some(_)) => Sameness::Same,
        (true, Some(_)) | (false, None) => Sameness::NeedsOverlap,
        (true, None) => Sameness::Different,
    }
}

/// The value for If-Range: the strong ETag, else Last-Modified, else nothing.
///
/// A weak ETag is never sent (RFC 9110, 13.1.5): servers answer it with the whole file.
#[must_use]
pub fn if_range(validators: &Validators) -> Option<String> {
    let etag = validators.etag.as_deref().filter(|etag| is_strong(etag));
    etag.map(str::to_owned).or_else(|| http_date(validators))
}

/// `"…"`, without `W/`. One without quotes is not an ETag at all, and proves nothing.
fn is_strong(etag: &str) -> bool {
    etag.len() >= 2 && etag.starts_with('"') && etag.ends_with('"')
}

/// Last-Modified as HTTP writes it. Only the years 1970–9999 can be written.
fn http_date(validators: &Validators) -> Option<String> {
    let seconds = u64::try_from(validators.last_modified?.as_second()).ok()?;
    let date = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))?;
    Some(httpdate::fmt_http_date(date))
}

#[cfg(test)]
mod tests {
    use super::Sameness::{Different, NeedsOverlap, Same};
    use super::*;
    use jiff::Timestamp;

    fn validators(etag: &str, modified: i64) -> Validators {
        Validators {
            etag: (!etag.is_empty()).then(|| etag.to_owned()),
            last_modified: (modified != 0).then(|| Timestamp::from_second(modified).unwrap()),
        }
    }

    /// ETags before and now (empty: none) · with equal dates, with unequal or missing ones ·
    /// the same where both totals are unknown.
    #[test]
    fn table() {
        let table = [
            (r#""a""#, r#""a""#, Same, Same, Same, Same),
            (
                r#""a""#,
                r#""b""#,
                NeedsOverlap,
                Different,
                Different,
                Different,
            ),
            (r#""a""#, "", NeedsOverlap, Different, Different, Different),
            ("", r#""a""#, NeedsOverlap, Different, Different, Different),
            (
                r#""a""#,
                r#"W/"a""#,
                NeedsOverlap,
                Different,
                Different,
                Different,
            ),
            (
                r#"W/"a""#,
                r#"W/"a""#,
                Same,
                Different,
                NeedsOverlap,
                Different,
            ),
            (
                r#"W/"a""#,
                r#"W/"b""#,
                NeedsOverlap,
                Different,
                Different,
                Different,
            ),
            (r#"W/"a""#, "", Same, Different, NeedsOverlap, Different),
            (
                "unquoted",
                "unquoted",
                Same,
                Different,
                NeedsOverlap,
                Different,
            ),
            (
                "unquoted",
                "another",
                NeedsOverlap,
                Different,
                Different,
                Different,
            ),
            ("", "", Same, Different, NeedsOverlap, Different),
        ];
        for (was, is, equal_date, no_date, unknown_equal_date, unknown_no_date) in table {
            let compare = |before: Option<u64>, date, after: Option<u64>, date_now| {
                let now = Resource {
                    total: after,
                    validators: validators(is, date_now),
                    ..Resource::default()
                };
                same_file(before, &validators(was, date), &now)
            };
            let shown = format!("{was} {is}");
            assert_eq!(compare(Some(9), 5, Some(9), 5), equal_date, "{shown}");
            assert_eq!(compare(None, 5, None, 5), unknown_equal_date, "{shown}");
            for (date, date_now) in [(0, 0), (5, 0), (0, 5), (5, 6)] {
                assert_eq!(
                    compare(Some(9), date, Some(9), date_now),
                    no_date,
                    "{shown}"
                );
                assert_eq!(
                    compare(None, date, None, date_now),
                    unknown_no_date,
                    "{shown}"
                );
            }
            for (before, after) in [(Some(9), Some(10)), (Some(9), None), (None, Some(9))] {
                assert_eq!(compare(before, 5, after, 5), Different, "{shown}");
            }
        }
    }

    #[test]
    fn what_if_range_sends() {
        let date = "Sun, 06 Nov 1994 08:49:37 GMT";
        for (etag, modified, expected) in [
            (r#""a""#, 784_111_777, Some(r#""a""#)),
            (r#"W/"a""#, 784_111_777, Some(date)),
            ("unquoted", 784_111_777, Some(date)),
            ("\"", 784_111_777, Some(date)),
            ("", 784_111_777, Some(date)),
            (r#"W/"a""#, 0, None),
            ("", -5, None),
            ("", 0, None),
        ] {
            let sent = if_range(&validators(etag, modified));
            assert_eq!(sent.as_deref(), expected, "{etag} {modified}");
        }
        let last = Timestamp::MAX;
        let far = Validators {
            etag: None,
            last_modified: Some(last),
        };
        assert!(
            if_range(&far).is_some(),
            "the last of all moments can be written"
        );
    }
}
