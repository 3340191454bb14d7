//! Lines on standard error: what failed and why, and what happened on the way.

use std::io::Write;

use jiff::Timestamp;

use crate::download::{Failure, Link, WaitReason};
use crate::queue::Notice;
use crate::queue::snapshot::Problem;
use crate::words::explain::explain;
use crate::words::{Explained, Language, format, key, say};

/// Writes one line. That nobody reads it is no reason to end.
pub fn line(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// `ebb: URL: what went wrong: what to try`, the URL without what may be secret.
pub fn problem(problem: &Problem, language: Language) -> String {
    let Explained { message, hint } = explain(&problem.failure, language);
    format!("ebb: {}: {message}: {hint}", problem.link)
}

/// The same where there is no URL.
pub fn trouble(told: &Explained) -> String {
    format!("ebb: {}: {}", told.message, told.hint)
}

/// What happened to a file that goes on all the same; nothing for what is told elsewhere.
pub fn note(notice: &Notice, link: &Link, now: Timestamp, language: Language) -> Option<String> {
    let text = match notice {
        Notice::FileStartedOver(_) => say!(language, "note-started-over"),
        Notice::FileWaits {
            reason,
            failure: Some(failure),
            until,
            ..
        } => waits(*reason, failure, until.as_ref(), now, language)?,
        _ => return None,
    };
    Some(format!("ebb: {link}: {text}"))
}

fn waits(
    reason: WaitReason,
    failure: &Failure,
    until: Option<&Timestamp>,
    now: Timestamp,
    language: Language,
) -> Option<String> {
    let message = explain(failure, language).message;
    let key = match reason {
        WaitReason::Retry => key!("note-retry-now", message),
        WaitReason::ServerBusy => key!("note-server-busy", message),
        WaitReason::DiskFull => key!("note-disk-full", message),
        WaitReason::Destination => key!("note-destination", message),
        _ => return None,
    };
    let seconds = until.map_or(0, |until| seconds_until(*until, now));
    if seconds > 0 && matches!(reason, WaitReason::Retry | WaitReason::ServerBusy) {
        let time = format::time(seconds, language);
        return Some(say!(language, "note-retry", message = message, time = time));
    }
    Some(language.say_with(key, &[("message", message.into())]))
}

/// Whole seconds, rounded up; 0 when it has passed.
pub fn seconds_until(until: Timestamp, now: Timestamp) -> u64 {
    let milliseconds = until.as_millisecond().saturating_sub(now.as_millisecond());
    u64::try_from(milliseconds).unwrap_or(0).div_ceil(1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::FileId;

    const NOW: &str = "2026-01-02T03:04:05Z";

    fn noted(reason: WaitReason, until: Option<&str>) -> Option<String> {
        let notice = Notice::FileWaits {
            file: FileId::random(),
            reason,
            failure: Some(Failure::Refused),
            until: until.map(|until| until.parse().unwrap()),
        };
        let link = Link::parse("http://ann:pw@h/x?k=v").unwrap();
        note(&notice, &link, NOW.parse().unwrap(), Language::English)
    }

    #[test]
    fn a_problem_is_one_line_without_secrets() {
        let told = Problem {
            failure: Failure::status(404),
            link: Link::parse("http://ann:pw@h/x?key=v").unwrap(),
            attempts: 1,
        };
        assert_eq!(
            problem(&told, Language::English),
            "ebb: http://h/x?key=…: there is no such file on the server (HTTP status 404): \
             check the address, or look for a newer link"
        );
    }

    #[test]
    fn waits_say_until_when() {
        let start = "ebb: http://h/x?k=…: the server refuses the connection";
        for (reason, until, end) in [
            (
                WaitReason::Retry,
                Some("2026-01-02T03:04:08.2Z"),
                ": trying again in 4 s",
            ),
            (WaitReason::Retry, Some(NOW), ": trying again"),
            (WaitReason::Retry, None, ": trying again"),
            (WaitReason::DiskFull, None, ": going on when there is room"),
            (
                WaitReason::Destination,
                None,
                ": going on when the folder is back",
            ),
            (
                WaitReason::ServerBusy,
                None,
                ": going on when the server has a place",
            ),
        ] {
            assert_eq!(noted(reason, until), Some(format!("{start}{end}")));
        }
        assert_eq!(noted(WaitReason::Metered, None), None);
    }
}
