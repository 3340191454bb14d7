//! Every failure there is, in every language.

use std::time::Duration;

use super::super::i18n::LANGUAGES;
use super::*;
use crate::download::digest::Algorithm;
use crate::download::failure::CertificateProblem;

/// One of each variant, and of each that is told in more than one way.
fn failures() -> Vec<Failure> {
    let said = || "os error 0x5\u{1b}[31m\nsecond line".to_owned();
    let status = |status| Failure::status(status);
    let again = |retry_after| Failure::Status {
        status: 503,
        retry_after: Some(retry_after),
    };
    let mut all = vec![
        Failure::HostNotFound,
        Failure::ResolveFailed(said()),
        Failure::Refused,
        Failure::Unreachable,
        Failure::ConnectTimeout,
        Failure::ConnectFailed(said()),
        Failure::Proxy(said()),
        Failure::ProxyInvalid,
        Failure::ProxyAuthentication,
        Failure::Certificate(CertificateProblem::Expired),
        Failure::Certificate(CertificateProblem::NotYetValid),
        Failure::Certificate(CertificateProblem::WrongName),
        Failure::Certificate(CertificateProblem::UnknownIssuer),
        Failure::Certificate(CertificateProblem::Revoked),
        Failure::Certificate(CertificateProblem::Other(said())),
        Failure::TlsHandshake(said()),
        again(RetryAfter::Seconds(125)),
        again(RetryAfter::Date("2026-01-02T03:04:05Z".parse().unwrap())),
        Failure::TooManyRedirects,
        Failure::RedirectLoop,
        Failure::RedirectInsecure,
        Failure::RedirectInvalid(said()),
        Failure::BadAnswer(said()),
        Failure::AnswerTimeout,
        Failure::RangeMismatch,
        Failure::RangesRefused,
        Failure::RangeNotSatisfiable { total: None },
        Failure::RangeNotSatisfiable {
            total: Some(1_000_000),
        },
        Failure::ConnectionLost(said()),
        Failure::Stalled,
        Failure::UnexpectedEncoding("gzip".into()),
        Failure::WebPage,
        Failure::SourceChanged,
        Failure::DiskFull {
            needed: None,
            free: None,
        },
        Failure::DiskFull {
            needed: Some(2_000_000),
            free: None,
        },
        Failure::DiskFull {
            needed: Some(2_000_000),
            free: Some(1_000_000),
        },
        Failure::PermissionDenied,
        Failure::ReadOnly,
        Failure::NotAFolder,
        Failure::DestinationGone,
        Failure::FileTooLarge,
        Failure::Disk(said()),
        Failure::NameConflict { is_folder: false },
        Failure::NameConflict { is_folder: true },
        Failure::InUse,
        Failure::ChecksumMismatch {
            algorithm: Algorithm::Sha256,
            expected: "00ff".into(),
            actual: "ff00".into(),
        },
        Failure::NoProgress {
            after: Duration::from_secs(600),
            last: Box::new(Failure::Stalled),
        },
        Failure::Store(said()),
        Failure::CredentialsNeeded,
    ];
    all.extend(
        [
            204, 304, 400, 401, 403, 404, 407, 408, 410, 429, 451, 500, 503, 522,
        ]
        .map(status),
    );
    all
}

/// One line, in words a person can read, and something to try.
fn assert_told(told: &Explained, what: &str) {
    for text in [&told.message, &told.hint] {
        // Chinese and Japanese put no spaces between words.
        let is_spaceless = text.chars().any(|c| ('\u{3040}'..'\u{a000}').contains(&c));
        let is_said = text.split_whitespace().count() >= 3 || is_spaceless;
        assert!(is_said, "{what}: {text:?}");
        assert!(!text.chars().any(char::is_control), "{what}: {text:?}");
        assert!(
            !text.contains("failure-") && !text.contains('$'),
            "{what}: {text:?}"
        );
        assert!(!text.starts_with("0x"), "{what}: {text:?}");
    }
    assert_ne!(told.message, told.hint, "{what}");
}

#[test]
fn every_failure_is_told_in_every_language() {
    for failure in failures() {
        let told = LANGUAGES.map(|language| explain(&failure, language));
        for told in &told {
            assert_told(told, &format!("{failure:?}"));
        }
        let english = explain(&failure, Language::English);
        let alike = told.iter().filter(|told| **told == english).count();
        assert_eq!(alike, 1, "{failure:?} is not translated");
    }
}

#[test]
fn every_refusal_and_false_start_is_told() {
    let refusals = [
        Refusal::NotFound,
        Refusal::Ambiguous,
        Refusal::AlreadyExists,
        Refusal::Empty,
        Refusal::WrongState(crate::download::State::Complete),
        Refusal::NotSupported,
        Refusal::Invalid("at most 256 characters".into()),
        Refusal::NotKept {
            reason: "disk full".into(),
            holds: false,
        },
        Refusal::NotKept {
            reason: "disk full".into(),
            holds: true,
        },
    ];
    let starts = [
        StartError::Store {
            path: "/a/b".into(),
            reason: "locked".into(),
        },
        StartError::Network("no".into()),
        StartError::System("no".into()),
    ];
    let links = [
        LinkError::Empty,
        LinkError::NoScheme,
        LinkError::UnsupportedScheme("ftp".into()),
        LinkError::Invalid("empty host".into()),
        LinkError::TooLong,
    ];
    for language in LANGUAGES {
        refusals
            .iter()
            .for_each(|r| assert_told(&explain_refusal(r, language), &format!("{r:?}")));
        starts
            .iter()
            .for_each(|s| assert_told(&explain_start(s, language), &format!("{s:?}")));
        links
            .iter()
            .for_each(|l| assert_told(&explain_link(l, language), &format!("{l:?}")));
    }
}

#[test]
fn numbers_and_details_are_in_the_text() {
    let english = |failure: Failure| explain(&failure, Language::English);
    let told = english(Failure::status(404));
    assert_eq!(
        told.message,
        "there is no such file on the server (HTTP status 404)"
    );
    let told = english(Failure::Disk("Input/output error".into()));
    assert_eq!(
        told.message,
        "the disk reports an error (Input/output error)"
    );
    let told = english(Failure::DiskFull {
        needed: Some(2_000_000),
        free: Some(1_000_000),
    });
    assert_eq!(
        told.message,
        "the disk is too small: 2.0 MB more would be needed, 1.0 MB are free"
    );
    let told = english(Failure::Status {
        status: 429,
        retry_after: Some(RetryAfter::Date("2026-01-02T03:04:05.5Z".parse().unwrap())),
    });
    assert_eq!(
        told.hint,
        "try again after 2026-01-02T03:04:05Z: the server asks for it"
    );
    let told = english(Failure::NoProgress {
        after: Duration::from_secs(600),
        last: Box::new(Failure::HostNotFound),
    });
    assert_eq!(
        told.message,
        "nothing came for 10 min; the last time: the host's name has no address"
    );
    assert_eq!(told.hint, english(Failure::HostNotFound).hint);
}
