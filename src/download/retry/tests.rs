//! Every failure and what follows from it, in one table; and the waits between tries.

use super::super::digest::Algorithm;
use super::super::failure::CertificateProblem;
use super::*;

const POLICY: Policy = Policy {
    tries: Some(10),
    tries_unreached: Some(5),
    first_wait: Duration::from_secs(1),
    longest_wait: Duration::from_secs(60),
    patience: Duration::from_secs(600),
};

fn every_failure() -> Vec<Failure> {
    let text = String::new;
    let mut all = vec![
        Failure::HostNotFound,
        Failure::ResolveFailed(text()),
        Failure::Refused,
        Failure::Unreachable,
        Failure::ConnectTimeout,
        Failure::ConnectFailed(text()),
        Failure::Proxy(text()),
        Failure::ProxyInvalid,
        Failure::ProxyAuthentication,
        Failure::Certificate(CertificateProblem::Expired),
        Failure::TlsHandshake(text()),
        Failure::TooManyRedirects,
        Failure::RedirectLoop,
        Failure::RedirectInsecure,
        Failure::RedirectInvalid(text()),
        Failure::BadAnswer(text()),
        Failure::AnswerTimeout,
        Failure::RangeMismatch,
        Failure::RangesRefused,
        Failure::RangeNotSatisfiable { total: Some(1) },
        Failure::ConnectionLost(text()),
        Failure::Stalled,
        Failure::UnexpectedEncoding(text()),
        Failure::WebPage,
        Failure::SourceChanged,
        Failure::DiskFull {
            needed: Some(2),
            free: Some(1),
        },
        Failure::DiskFull {
            needed: None,
            free: Some(1),
        },
        Failure::PermissionDenied,
        Failure::ReadOnly,
        Failure::NotAFolder,
        Failure::DestinationGone,
        Failure::FileTooLarge,
        Failure::Disk(text()),
        Failure::NameConflict { is_folder: false },
        Failure::InUse,
        Failure::ChecksumMismatch {
            algorithm: Algorithm::Md5,
            expected: text(),
            actual: text(),
        },
        Failure::NoProgress {
            after: Duration::ZERO,
            last: Box::new(Failure::Stalled),
        },
        Failure::Store(text()),
        Failure::CredentialsNeeded,
    ];
    let statuses = [
        204, 304, 400, 401, 403, 404, 408, 409, 410, 416, 421, 425, 429, 451, 500, 501, 502, 503,
        504, 505, 507, 520, 530, 599, 600,
    ];
    all.extend(statuses.map(Failure::status));
    all
}

/// A name for a failure: its variant, and what of its contents matters here.
fn name(failure: &Failure) -> String {
    match failure {
        Failure::Status { status, .. } => status.to_string(),
        Failure::DiskFull {
            needed: Some(_), ..
        } => "DiskFull(known)".into(),
        Failure::DiskFull { .. } => "DiskFull(met)".into(),
        other => {
            let debug = format!("{other:?}");
            debug
                .split(['(', ' '])
                .next()
                .unwrap_or_default()
                .to_owned()
        }
    }
}

fn cell(decision: &Decision, failure: &Failure) -> String {
    match decision {
        Decision::Retry(reason, wait) => {
            let reason = match reason {
                WaitReason::ServerBusy => "busy",
                WaitReason::DiskFull => "disk",
                WaitReason::Destination => "folder",
                other => other.word(),
            };
            format!("{reason} {}", wait.as_secs())
        }
        Decision::Wait(_) => "person".into(),
        Decision::GiveUp(last) if last == failure => "give up".into(),
        Decision::GiveUp(Failure::NoProgress { last, .. }) if **last == *failure => {
            "patience".into()
        }
        Decision::GiveUp(other) => panic!("{failure:?} turned into {other:?}"),
    }
}

/// Every failure × what happened so far (see above the table).
#[test]
fn table() {
    let tries = |since_progress, ever_progressed, others_running| Tries {
        since_progress,
        without_progress: Duration::from_secs(1),
        ever_progressed,
        others_running,
    };
    let over = Tries {
        without_progress: POLICY.patience,
        ..tries(6, true, true)
    };
    let situations = [
        tries(1, false, false),
        tries(1, false, true),
        tries(3, false, false),
        tries(5, false, false),
        tries(5, true, false),
        tries(10, true, false),
        tries(10, true, true),
        over,
    ];
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    for failure in every_failure() {
        let mut row = String::new();
        for so_far in situations {
            let decision = decide(&failure, so_far, &POLICY, Timestamp::UNIX_EPOCH, 0.5);
            row += &format!("{:<11}", cell(&decision, &failure));
        }
        match rows.iter_mut().find(|(cells, _)| *cells == row) {
            Some((_, names)) => names.push(name(&failure)),
            None => rows.push((row, vec![name(&failure)])),
        }
    }
    let mut shown = String::new();
    for (row, names) in rows {
        shown += &format!("{}\n", row.trim_end());
        for names in names.chunks(6) {
            shown += &format!("    {}\n", names.join(" "));
        }
    }
    assert_eq!(shown, TABLE, "the table is now:\n{shown}");
}

/// Policy and tries of the waits below: nothing gives up.
fn wait(failure: &Failure, since_progress: u32, jitter: f64) -> f64 {
    let tries = Tries {
        since_progress,
        ..Tries::default()
    };
    let policy = Policy {
        tries: None,
        tries_unreached: None,
        ..POLICY
    };
    match decide(
        failure,
        tries,
        &policy,
        Timestamp::from_second(1000).unwrap(),
        jitter,
    ) {
        Decision::Retry(_, wait) => wait.as_secs_f64(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn waits_double_up_to_the_longest() {
    let expected = [1.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0];
    for (since_progress, expected) in (0..).zip(expected) {
        let at = |jitter| wait(&Failure::Stalled, since_progress, jitter);
        assert!((at(0.5) - expected).abs() < 1e-6, "{since_progress}");
        assert!((at(0.0) - expected * 0.8).abs() < 1e-6, "{since_progress}");
        assert!((at(1.0) - expected * 1.2).abs() < 1e-6, "{since_progress}");
    }
    assert!((wait(&Failure::Stalled, u32::MAX, f64::NAN) - 60.0).abs() < 1e-6);
    assert!((wait(&Failure::Stalled, 1, f64::INFINITY) - 1.2).abs() < 1e-6);
    let endless = Policy {
        longest_wait: Duration::MAX,
        first_wait: Duration::MAX,
        ..POLICY
    };
    let tries = Tries {
        ever_progressed: true,
        ..Tries::default()
    };
    let decision = decide(
        &Failure::Stalled,
        tries,
        &endless,
        Timestamp::UNIX_EPOCH,
        1.0,
    );
    assert_eq!(decision, Decision::Retry(WaitReason::Retry, Duration::MAX));
}

#[test]
fn the_server_is_obeyed_for_up_to_an_hour() {
    let date = |second| RetryAfter::Date(Timestamp::from_second(second).unwrap());
    for (retry_after, expected) in [
        (RetryAfter::Seconds(0), 8.0),
        (RetryAfter::Seconds(7), 8.0),
        (RetryAfter::Seconds(100), 100.0),
        (RetryAfter::Seconds(u64::MAX), 3600.0),
        (date(1100), 100.0),
        (date(10), 8.0),
        (date(-1000), 8.0),
        (date(1_000_000), 3600.0),
    ] {
        for status in [408, 429, 500, 503] {
            let failure = Failure::Status {
                status,
                retry_after: Some(retry_after),
            };
            let wait = wait(&failure, 4, 0.5);
            assert!(
                (wait - expected).abs() < 1e-6,
                "{status} {retry_after:?}: {wait}"
            );
        }
    }
    let refused = Failure::Status {
        status: 404,
        retry_after: Some(RetryAfter::Seconds(1)),
    };
    let decision = decide(
        &refused,
        Tries::default(),
        &POLICY,
        Timestamp::UNIX_EPOCH,
        0.5,
    );
    assert_eq!(decision, Decision::GiveUp(refused), "it changes no verdict");
}

/// With N the Nth failed try gives up; the smaller limit holds; `None` is no limit.
#[test]
fn tries_are_counted() {
    let last_retry = |failure: &Failure, tries, tries_unreached, ever_progressed| {
        let policy = Policy {
            tries,
            tries_unreached,
            ..POLICY
        };
        let retries = |since_progress: &u32| {
            let since_progress = *since_progress;
            let so_far = Tries {
                since_progress,
                ever_progressed,
                ..Tries::default()
            };
            let decision = decide(failure, so_far, &policy, Timestamp::UNIX_EPOCH, 0.5);
            matches!(decision, Decision::Retry(..))
        };
        (1..100).take_while(retries).last().unwrap_or(0)
    };
    let (lost, refused) = (Failure::Stalled, Failure::Refused);
    for (tries, expected) in [(Some(0), 0), (Some(1), 0), (Some(2), 1), (None, 99)] {
        assert_eq!(last_retry(&lost, tries, Some(1), false), expected);
        assert_eq!(last_retry(&refused, tries, Some(7), true), expected);
    }
    assert_eq!(last_retry(&refused, Some(3), Some(7), false), 2);
    assert_eq!(last_retry(&refused, None, Some(7), false), 6);
    assert_eq!(last_retry(&refused, Some(3), None, false), 2);
    assert_eq!(last_retry(&Failure::SourceChanged, Some(2), None, true), 1);
    assert_eq!(last_retry(&Failure::SourceChanged, None, None, true), 2);
}

#[test]
fn retry_after_in_its_four_formats() {
    let date = Some(RetryAfter::Date(
        Timestamp::from_second(784_111_777).unwrap(),
    ));
    for (text, expected) in [
        ("0", Some(RetryAfter::Seconds(0))),
        (" 120 ", Some(RetryAfter::Seconds(120))),
        (
            "99999999999999999999999",
            Some(RetryAfter::Seconds(u64::MAX)),
        ),
        ("Sun, 06 Nov 1994 08:49:37 GMT", date),
        ("Sunday, 06-Nov-94 08:49:37 GMT", date),
        ("Sun Nov  6 08:49:37 1994", date),
    ] {
        assert_eq!(parse_retry_after(text.as_bytes()), expected, "{text}");
    }
    for garbage in [
        "",
        " ",
        "-1",
        "+1",
        "1.5",
        "1s",
        "soon",
        "120, 120",
        "2024-01-01",
    ] {
        assert_eq!(parse_retry_after(garbage.as_bytes()), None, "{garbage}");
    }
    assert_eq!(parse_retry_after(b"\xff"), None);
}

/// A row of decisions, below it the failures that share it. The columns: how many tries
/// have failed since the last byte (1, 1, 3, 5 where none has ever come; 5, 10, 10 where
/// some have; 6 with the patience over), the second and the last two with others running.
/// The numbers in the cells are seconds.
const TABLE: &str = "\
retry 1    retry 1    retry 4    give up    retry 16   give up    give up    patience
    HostNotFound ResolveFailed ConnectTimeout ConnectFailed Proxy TlsHandshake
    BadAnswer
retry 1    busy 1     retry 4    give up    retry 16   give up    busy 60    patience
    Refused
network 1  network 1  network 4  give up    network 16 give up    give up    patience
    Unreachable
give up    give up    give up    give up    give up    give up    give up    give up
    ProxyInvalid ProxyAuthentication Certificate TooManyRedirects RedirectLoop RedirectInsecure
    RedirectInvalid UnexpectedEncoding WebPage DiskFull(known) PermissionDenied ReadOnly
    NotAFolder FileTooLarge NameConflict InUse ChecksumMismatch NoProgress
    Store 204 304 400 401 404
    410 416 451 501 505 600
retry 1    retry 1    retry 4    retry 16   retry 16   give up    give up    patience
    AnswerTimeout Stalled 408 409 421 425
    500 502 504 507 520 530
    599
retry 1    retry 1    give up    give up    give up    give up    give up    give up
    RangeMismatch RangesRefused RangeNotSatisfiable SourceChanged Disk
retry 1    busy 1     retry 4    retry 16   retry 16   give up    busy 60    patience
    ConnectionLost
disk 5     disk 5     disk 5     disk 5     disk 5     disk 5     disk 5     patience
    DiskFull(met)
folder 5   folder 5   folder 5   folder 5   folder 5   folder 5   folder 5   patience
    DestinationGone
person     person     person     person     person     person     person     person
    CredentialsNeeded
give up    busy 1     give up    give up    give up    give up    busy 60    patience
    403
busy 1     busy 1     busy 4     busy 16    busy 16    give up    busy 60    patience
    429 503
";
