//! Heads of answers, and what is made of them.

use super::super::digest::Algorithm;
use super::super::retry::RetryAfter;
use super::*;
use http::HeaderValue;

fn head(lines: &[(&'static str, &str)]) -> HeaderMap {
    lines
        .iter()
        .map(|(name, value)| {
            let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
            (HeaderName::from_static(name), value)
        })
        .collect()
}

fn from(start: u64) -> Option<Asked> {
    Some(Asked { start, end: None })
}

/// Start, end and total of an answer, or the failure.
fn place(
    status: u16,
    lines: &[(&'static str, &str)],
    asked: Option<Asked>,
) -> Result<(u64, Option<u64>, Option<u64>), Failure> {
    read(status, &head(lines), asked)
        .map(|answer| (answer.start, answer.end, answer.resource.total))
}

#[test]
fn a_whole_file() {
    let lines = [
        ("content-length", "10"),
        ("etag", r#"W/"x""#),
        ("last-modified", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("content-type", "Text/HTML; charset=UTF-8"),
        ("content-disposition", "attachment; filename=ä"),
        ("content-encoding", "X-GZip"),
        ("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg=="),
    ];
    let answer = read(200, &head(&lines), from(5)).unwrap();
    assert_eq!((answer.start, answer.end), (0, Some(10)));
    let resource = answer.resource;
    assert!(!resource.ranges);
    assert_eq!(resource.total, Some(10));
    assert_eq!(resource.validators.etag.as_deref(), Some(r#"W/"x""#));
    let modified = resource.validators.last_modified.unwrap();
    assert_eq!(modified.as_second(), 784_111_777);
    assert_eq!(resource.content_type.as_deref(), Some("text/html"));
    assert_eq!(
        resource.disposition.as_deref(),
        Some("attachment; filename=ä".as_bytes())
    );
    assert_eq!(resource.encoding.as_deref(), Some("gzip"));
    assert_eq!(resource.checksums[0].algorithm, Algorithm::Md5);
}

#[test]
fn nothing_said_is_nothing_known() {
    let answer = read(200, &HeaderMap::new(), None).unwrap();
    let resource = Resource::default();
    assert_eq!(
        answer,
        Answer {
            resource: resource.clone(),
            start: 0,
            end: None
        }
    );
    let garbage = [
        ("etag", " "),
        ("last-modified", "yesterday"),
        ("content-type", " ; charset=x"),
        ("content-encoding", "identity, "),
        ("digest", "x"),
    ];
    assert_eq!(read(200, &head(&garbage), None).unwrap().resource, resource);
    let foreign = read(200, &head(&[("etag", "\"ä\"")]), None).unwrap();
    assert_eq!(
        foreign.resource.validators.etag, None,
        "it could not be sent back"
    );
}

#[test]
fn content_length_is_read_strictly() {
    let length = |values: &[&str]| {
        let lines: Vec<_> = values.iter().map(|it| ("content-length", *it)).collect();
        place(200, &lines, None).map(|(_, end, _)| end)
    };
    assert_eq!(length(&["0"]), Ok(Some(0)));
    assert_eq!(length(&[" 18446744073709551615 "]), Ok(Some(u64::MAX)));
    assert_eq!(length(&["5", "5"]), Ok(Some(5)));
    assert_eq!(length(&["5, 5", "05"]), Ok(Some(5)));
    for bad in [
        "",
        "-1",
        "+1",
        "1.0",
        "0x10",
        "1 0",
        "5,",
        "18446744073709551616",
        "five",
    ] {
        assert!(
            matches!(length(&[bad]), Err(Failure::BadAnswer(_))),
            "{bad}"
        );
    }
    for two in [&["5", "6"][..], &["5, 6"], &["5", "x"]] {
        assert!(matches!(length(two), Err(Failure::BadAnswer(_))), "{two:?}");
    }
    let chunked = [("content-length", "-7"), ("transfer-encoding", "chunked")];
    assert_eq!(place(200, &chunked, None), Ok((0, None, None)));
}

#[test]
fn a_part_must_begin_where_it_was_asked_for() {
    let part = |range: &str, asked| place(206, &[("content-range", range)], asked);
    assert_eq!(part("bytes 0-9/10", from(0)), Ok((0, Some(10), Some(10))));
    assert_eq!(part("bytes 5-9/10", from(5)), Ok((5, Some(10), Some(10))));
    assert_eq!(part("bytes 5-9/*", from(5)), Ok((5, Some(10), None)));
    // Smaller and larger than asked for.
    let five_to_seven = Some(Asked {
        start: 5,
        end: Some(7),
    });
    assert_eq!(
        part("bytes 5-5/10", five_to_seven),
        Ok((5, Some(6), Some(10)))
    );
    assert_eq!(
        part("bytes 5-9/10", five_to_seven),
        Ok((5, Some(10), Some(10)))
    );
    // Nothing was asked for: a part from the start is all there can be.
    assert_eq!(part("bytes 0-4/10", None), Ok((0, Some(5), Some(10))));
    for elsewhere in [
        "bytes 4-9/10",
        "bytes 6-9/10",
        "bytes */10",
        "bytes 5-4/10",
        "x",
        "",
    ] {
        assert_eq!(
            part(elsewhere, from(5)),
            Err(Failure::RangeMismatch),
            "{elsewhere}"
        );
    }
    assert_eq!(part("bytes 5-9/10", None), Err(Failure::RangeMismatch));
    let multipart = [("content-type", "multipart/byteranges; boundary=x")];
    assert_eq!(place(206, &multipart, from(5)), Err(Failure::RangeMismatch));
    let answer = read(206, &head(&[("content-range", "bytes 0-4/5")]), from(0)).unwrap();
    assert!(answer.resource.ranges);
}

#[test]
fn a_part_that_contradicts_itself() {
    let part = |lines: &[(&'static str, &str)]| place(206, lines, from(5));
    let range = ("content-range", "bytes 5-9/10");
    assert_eq!(
        part(&[range, ("content-length", "5")]),
        Ok((5, Some(10), Some(10)))
    );
    assert_eq!(
        part(&[range, ("content-length", "3")]),
        Ok((5, Some(8), Some(10)))
    );
    assert_eq!(
        part(&[range, ("content-length", "55")]),
        Ok((5, Some(10), Some(10)))
    );
    for bad in ["0", "-5", "5, 6"] {
        let answer = part(&[range, ("content-length", bad)]);
        assert!(matches!(answer, Err(Failure::BadAnswer(_))), "{bad}");
    }
    assert_eq!(part(&[range, range]), Ok((5, Some(10), Some(10))));
    let other = ("content-range", "bytes 5-9/11");
    assert_eq!(part(&[range, other]), Err(Failure::RangeMismatch));
}

#[test]
fn only_digests_of_the_whole_are_kept_of_a_part() {
    let md5 = "1B2M2Y8AsgTpgAmY7PhCfg==";
    let range = ("content-range", "bytes 0-4/10");
    let of_part = read(206, &head(&[range, ("content-md5", md5)]), from(0)).unwrap();
    assert!(of_part.resource.checksums.is_empty());
    let digest = format!("md5={md5}");
    let of_whole = read(206, &head(&[range, ("digest", &digest)]), from(0)).unwrap();
    assert_eq!(of_whole.resource.checksums.len(), 1);
}

#[test]
fn every_other_status_fails() {
    let headers = head(&[("content-length", "x"), ("content-range", "bytes */7")]);
    for status in [
        100, 103, 199, 201, 203, 204, 205, 226, 300, 301, 304, 308, 400, 401, 403, 404,
    ]
    .into_iter()
    .chain([
        408, 410, 421, 425, 429, 451, 500, 501, 502, 503, 504, 505, 520, 599, 600, 999,
    ]) {
        assert_eq!(
            read(status, &headers, from(0)),
            Err(Failure::status(status)),
            "{status}"
        );
    }
    assert_eq!(read(407, &headers, None), Err(Failure::ProxyAuthentication));
    let not_there = |total| Err(Failure::RangeNotSatisfiable { total });
    assert_eq!(read(416, &headers, from(9)), not_there(Some(7)));
    let lenient = head(&[("content-range", "bytes 0-6/7")]);
    assert_eq!(read(416, &lenient, from(9)), not_there(Some(7)));
    assert_eq!(read(416, &HeaderMap::new(), from(9)), not_there(None));
}

#[test]
fn retry_after_is_kept() {
    for (value, expected) in [
        ("120", Some(RetryAfter::Seconds(120))),
        ("soon", None),
        (
            "Sun, 06 Nov 1994 08:49:37 GMT",
            Some(RetryAfter::Date(
                Timestamp::from_second(784_111_777).unwrap(),
            )),
        ),
    ] {
        let failure = read(503, &head(&[("retry-after", value)]), None).unwrap_err();
        assert_eq!(
            failure,
            Failure::Status {
                status: 503,
                retry_after: expected
            }
        );
    }
}
