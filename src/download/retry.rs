//! Try again? One pure function, one table.
//!
//! Every failure is of one kind, and with the [`Tries`] so far the kind decides. What
//! cannot change by itself is not tried again, nothing is tried again without a wait, and
//! nothing for ever: patience ends every retry. The test at the end shows the whole table.

use std::time::Duration;

use jiff::Timestamp;

use super::failure::Failure;
use super::state::WaitReason;

/// What a server said about when to come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAfter {
    /// In so many seconds.
    Seconds(u64),
    /// Not before this moment.
    Date(Timestamp),
}

/// How patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Tries without progress before giving up: with 10 the tenth failed one gives up, with 0
    /// or 1 the first. `None`: as long as the patience lasts.
    pub tries: Option<u32>,
    /// The same for a host that was never reached.
    pub tries_unreached: Option<u32>,
    /// The first wait; each next one is twice as long.
    pub first_wait: Duration,
    /// The longest wait.
    pub longest_wait: Duration,
    /// How long without progress until it is given up.
    pub patience: Duration,
}

/// What happened so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tries {
    /// Failed tries since the last new byte (this one included: at least 1).
    pub since_progress: u32,
    /// Time since the last new byte, or since the start. Time that shall not count (without a
    /// network, asleep, suspended) is left out by the caller.
    pub without_progress: Duration,
    /// Something of the file has come, in this try or an earlier one.
    pub ever_progressed: bool,
    /// Other transfers from the same host are running.
    pub others_running: bool,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Try again after this long, `WaitReason` to be shown meanwhile.
    Retry(WaitReason, Duration),
    /// Wait for a person; no time helps.
    Wait(WaitReason),
    /// An error.
    GiveUp(Failure),
}

/// What kind of failure it is: who could make it go away, and how often that is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Only a person, by changing something.
    Final,
    /// Only a person, by giving a secret again.
    Secret,
    /// The server, as soon as one of our other transfers ends: never counted.
    Crowded,
    /// The server, when it has less to do.
    Busy,
    /// Chance: connections break, servers restart.
    Passing,
    /// The same, but nobody may ever have been there: counted apart until the first byte.
    Unreached(WaitReason),
    /// A fresh look at the source: believed three times.
    Doubtful,
    /// This computer, when there is room or the folder is back: never counted.
    Outside(WaitReason),
}

/// Tries without progress that a doubtful failure is believed.
const DOUBTFUL_TRIES: u32 = 3;
/// How often the disk and the folder are looked at.
const LOOK_AGAIN: Duration = Duration::from_secs(5);
/// The longest wait that a server may ask for.
const LONGEST_ASKED: Duration = Duration::from_secs(3600);

/// Decides. `wall` is the time of day, for a Retry-After date; `jitter` a random number
/// from 0 to 1, which makes a wait up to a fifth shorter or longer.
///
/// The wait is `first_wait`, doubled for each failed try since the last progress up to
/// `longest_wait`, and never shorter than the server's Retry-After (of which an hour counts).
#[must_use]
pub fn decide(
    failure: &Failure,
    tries: Tries,
    policy: &Policy,
    wall: Timestamp,
    jitter: f64,
) -> Decision {
    let unreached = policy.tries_unreached.filter(|_| !tries.ever_progressed);
    let (reason, limit) = match kind(failure, tries.others_running) {
        Kind::Final => return Decision::GiveUp(failure.clone()),
        Kind::Secret => return Decision::Wait(WaitReason::Credentials),
        Kind::Crowded => (WaitReason::ServerBusy, None),
        Kind::Busy => (WaitReason::ServerBusy, policy.tries),
        Kind::Passing => (WaitReason::Retry, policy.tries),
        Kind::Unreached(reason) => (reason, fewer(policy.tries, unreached)),
        Kind::Doubtful => (WaitReason::Retry, fewer(policy.tries, Some(DOUBTFUL_TRIES))),
        Kind::Outside(reason) => (reason, None),
    };
    if limit.is_some_and(|limit| tries.since_progress >= limit) {
        return Decision::GiveUp(failure.clone());
    }
    if tries.without_progress >= policy.patience {
        return Decision::GiveUp(Failure::NoProgress {
            after: tries.without_progress,
            last: Box::new(failure.clone()),
        });
    }
    let wait = match reason {
        WaitReason::DiskFull | WaitReason::Destination => LOOK_AGAIN,
        _ => backoff(tries.since_progress, policy, jitter).max(asked(failure, wall)),
    };
    Decision::Retry(reason, wait)
}

fn kind(failure: &Failure, others_running: bool) -> Kind {
    use WaitReason::{Destination, DiskFull, Network, Retry};
    match failure {
        Failure::Status {
            status: 403 | 429 | 503,
            ..
        }
        | Failure::ConnectionLost(_)
        | Failure::Refused
            if others_running =>
        {
            Kind::Crowded
        }
        Failure::Status { status, .. } => of_status(*status),
        Failure::Unreachable => Kind::Unreached(Network),
        Failure::HostNotFound
        | Failure::ResolveFailed(_)
        | Failure::Refused
        | Failure::ConnectTimeout
        | Failure::ConnectFailed(_)
        | Failure::Proxy(_)
        | Failure::TlsHandshake(_)
        | Failure::BadAnswer(_) => Kind::Unreached(Retry),
        Failure::ConnectionLost(_) | Failure::Stalled | Failure::AnswerTimeout => Kind::Passing,
        Failure::RangeMismatch
        | Failure::RangesRefused
        | Failure::RangeNotSatisfiable { .. }
        | Failure::SourceChanged
        | Failure::Disk(_) => Kind::Doubtful,
        Failure::DiskFull { needed: None, .. } => Kind::Outside(DiskFull),
        Failure::DestinationGone => Kind::Outside(Destination),
        Failure::CredentialsNeeded => Kind::Secret,
        Failure::ProxyAuthentication
        | Failure::Certificate(_)
        | Failure::TooManyRedirects
        | Failure::RedirectLoop
        | Failure::RedirectInsecure
        | Failure::RedirectInvalid(_)
        | Failure::UnexpectedEncoding(_)
        | Failure::WebPage
        | Failure::DiskFull {
            needed: Some(_), ..
        }
        | Failure::PermissionDenied
        | Failure::ReadOnly
        | Failure::NotAFolder
        | Failure::FileTooLarge
        | Failure::NameConflict { .. }
        | Failure::InUse
        | Failure::ChecksumMismatch { .. }
        | Failure::NoProgress { .. }
        | Failure::Store(_) => Kind::Final,
    }
}

/// Not implemented (501) and version not supported (505) stay so; any other error of the
/// server's own, known or not, may pass.
fn of_status(status: u16) -> Kind {
    match status {
        429 | 503 => Kind::Busy,
        501 | 505 => Kind::Final,
        408 | 409 | 421 | 425 | 500..=599 => Kind::Passing,
        _ => Kind::Final,
    }
}

/// The smaller of two limits; `None` is no limit.
fn fewer(one: Option<u32>, other: Option<u32>) -> Option<u32> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn backoff(since_progress: u32, policy: &Policy, jitter: f64) -> Duration {
    let doublings = since_progress.saturating_sub(1).min(31);
    let wait = policy.first_wait.saturating_mul(1 << doublings);
    let wait = wait.min(policy.longest_wait).as_secs_f64();
    let jitter = if jitter.is_nan() {
        0.5
    } else {
        jitter.clamp(0.0, 1.0)
    };
    Duration::try_from_secs_f64(wait * (0.8 + 0.4 * jitter)).unwrap_or(policy.longest_wait)
}

/// How long the server asked to be left alone: an hour at most, nothing where it did not ask.
fn asked(failure: &Failure, wall: Timestamp) -> Duration {
    let Failure::Status {
        retry_after: Some(retry_after),
        ..
    } = failure
    else {
        return Duration::ZERO;
    };
    let wait = match retry_after {
        RetryAfter::Seconds(seconds) => Duration::from_secs(*seconds),
        RetryAfter::Date(date) => date.duration_since(wall).try_into().unwrap_or_default(),
    };
    wait.min(LONGEST_ASKED)
}

/// Reads a Retry-After header: whole seconds (as many as fit, where there are more), or a
/// date in any of HTTP's three formats. Anything else is as good as none.
#[must_use]
pub fn parse_retry_after(value: &[u8]) -> Option<RetryAfter> {
    let value = std::str::from_utf8(value).ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(RetryAfter::Seconds(value.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(RetryAfter::Date(date.try_into().ok()?))
}

#[cfg(test)]
mod tests {
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
            204, 304, 400, 401, 403, 404, 408, 409, 410, 416, 421, 425, 429, 451, 500, 501, 502,
            503, 504, 505, 507, 520, 530, 599, 600,
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
    ProxyAuthentication Certificate TooManyRedirects RedirectLoop RedirectInsecure RedirectInvalid
    UnexpectedEncoding WebPage DiskFull(known) PermissionDenied ReadOnly NotAFolder
    FileTooLarge NameConflict InUse ChecksumMismatch NoProgress Store
    204 304 400 401 404 410
    416 451 501 505 600
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
}
