//! Failures in words: what went wrong, and what to try.
//!
//! Made from values only, never from a URL or a secret; what a server or a library
//! said goes along in brackets, cleaned. Each text is one line in every language.

use crate::download::digest::{Algorithm, ChecksumError};
use crate::download::failure::CertificateProblem;
use crate::download::link::LinkError;
use crate::download::retry::RetryAfter;
use crate::download::Failure;
use crate::engine::StartError;
use crate::queue::Refusal;

use super::clean::clean;
use super::format;
use super::i18n::{Argument, Language};

/// What is told of something that did not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// What went wrong.
    pub message: String,
    /// What to try.
    pub hint: String,
}

/// Explains why a file failed.
#[must_use]
pub fn explain(failure: &Failure, language: Language) -> Explained {
    match failure {
        Failure::Status { status, retry_after } => {
            of_status(*status, retry_after.as_ref(), language)
        }
        Failure::DiskFull { needed, free } => of_full_disk(*needed, *free, language),
        Failure::RangeNotSatisfiable { total: Some(total) } => {
            let total = format::bytes(*total, language);
            tell(language, "failure-range-past-end", &[("total", total.into())], "")
        }
        Failure::ChecksumMismatch { algorithm, expected, actual } => {
            let arguments = [
                ("algorithm", name(*algorithm).into()),
                ("expected", clean(expected).into()),
                ("actual", clean(actual).into()),
            ];
            tell(language, "failure-checksum-mismatch", &arguments, "")
        }
        Failure::NoProgress { after, last } => {
            let last = explain(last, language);
            let time = format::duration(*after, language);
            let arguments = [("time", time.into()), ("last", last.message.into())];
            let message = language.say_with("failure-no-progress", &arguments);
            Explained { message, hint: last.hint }
        }
        plain => tell(language, key(plain), &[], detail(plain)),
    }
}

/// The texts of those failures that need no argument.
fn key(failure: &Failure) -> &'static str {
    match failure {
        Failure::HostNotFound => "failure-host-not-found",
        Failure::ResolveFailed(_) => "failure-resolve-failed",
        Failure::Refused => "failure-refused",
        Failure::Unreachable => "failure-unreachable",
        Failure::ConnectTimeout => "failure-connect-timeout",
        Failure::ConnectFailed(_) => "failure-connect-failed",
        Failure::Proxy(_) => "failure-proxy",
        Failure::ProxyAuthentication => "failure-proxy-authentication",
        Failure::Certificate(problem) => certificate_key(problem),
        Failure::TlsHandshake(_) => "failure-tls-handshake",
        Failure::Status { status, .. } => status_key(*status),
        Failure::TooManyRedirects => "failure-too-many-redirects",
        Failure::RedirectLoop => "failure-redirect-loop",
        Failure::RedirectInsecure => "failure-redirect-insecure",
        Failure::RedirectInvalid(_) => "failure-redirect-invalid",
        Failure::BadAnswer(_) => "failure-bad-answer",
        Failure::AnswerTimeout => "failure-answer-timeout",
        Failure::RangeMismatch => "failure-range-mismatch",
        Failure::RangesRefused => "failure-ranges-refused",
        Failure::RangeNotSatisfiable { .. } => "failure-range-not-satisfiable",
        Failure::ConnectionLost(_) => "failure-connection-lost",
        Failure::Stalled => "failure-stalled",
        Failure::UnexpectedEncoding(_) => "failure-unexpected-encoding",
        Failure::WebPage => "failure-web-page",
        Failure::SourceChanged => "failure-source-changed",
        Failure::DiskFull { .. } => "failure-disk-full",
        Failure::PermissionDenied => "failure-permission-denied",
        Failure::ReadOnly => "failure-read-only",
        Failure::NotAFolder => "failure-not-a-folder",
        Failure::DestinationGone => "failure-destination-gone",
        Failure::FileTooLarge => "failure-file-too-large",
        Failure::Disk(_) => "failure-disk",
        Failure::NameConflict { is_folder: false } => "failure-name-conflict",
        Failure::NameConflict { is_folder: true } => "failure-name-conflict-folder",
        Failure::InUse => "failure-in-use",
        Failure::ChecksumMismatch { .. } => "failure-checksum-mismatch",
        Failure::NoProgress { .. } => "failure-no-progress",
        Failure::Store(_) => "failure-store",
        Failure::CredentialsNeeded => "failure-credentials-needed",
    }
}

fn certificate_key(problem: &CertificateProblem) -> &'static str {
    match problem {
        CertificateProblem::Expired => "failure-certificate-expired",
        CertificateProblem::NotYetValid => "failure-certificate-not-yet-valid",
        CertificateProblem::WrongName => "failure-certificate-wrong-name",
        CertificateProblem::UnknownIssuer => "failure-certificate-unknown-issuer",
        CertificateProblem::Revoked => "failure-certificate-revoked",
        CertificateProblem::Other(_) => "failure-certificate-other",
    }
}

fn status_key(status: u16) -> &'static str {
    match status {
        401 => "failure-status-unauthorized",
        403 => "failure-status-forbidden",
        404 => "failure-status-not-found",
        410 => "failure-status-gone",
        451 => "failure-status-legal",
        429 => "failure-status-too-many",
        408 => "failure-status-timeout",
        503 => "failure-status-busy",
        400..=499 => "failure-status-refused",
        500..=599 => "failure-status-server",
        _ => "failure-status-empty",
    }
}

/// What a server, a library or the system said about it, in its own words.
fn detail(failure: &Failure) -> &str {
    match failure {
        Failure::ResolveFailed(said)
        | Failure::ConnectFailed(said)
        | Failure::Proxy(said)
        | Failure::Certificate(CertificateProblem::Other(said))
        | Failure::TlsHandshake(said)
        | Failure::RedirectInvalid(said)
        | Failure::BadAnswer(said)
        | Failure::ConnectionLost(said)
        | Failure::UnexpectedEncoding(said)
        | Failure::Disk(said)
        | Failure::Store(said) => said,
        _ => "",
    }
}

fn of_status(status: u16, again: Option<&RetryAfter>, language: Language) -> Explained {
    let told = tell(language, status_key(status), &[("status", status.to_string().into())], "");
    let hint = match again {
        None => return told,
        Some(RetryAfter::Seconds(seconds)) => {
            let time = format::time(*seconds, language);
            language.say_with("failure-retry-after", &[("time", time.into())])
        }
        Some(RetryAfter::Date(moment)) => {
            let moment = format!("{moment:.0}");
            language.say_with("failure-retry-at", &[("moment", moment.into())])
        }
    };
    Explained { hint, ..told }
}

fn of_full_disk(needed: Option<u64>, free: Option<u64>, language: Language) -> Explained {
    let amount = |bytes| format::bytes(bytes, language).into();
    match (needed, free) {
        (Some(needed), Some(free)) => {
            let arguments = [("needed", amount(needed)), ("free", amount(free))];
            tell(language, "failure-disk-full-free", &arguments, "")
        }
        (Some(needed), None) => {
            tell(language, "failure-disk-full-needed", &[("needed", amount(needed))], "")
        }
        (None, _) => tell(language, "failure-disk-full", &[], ""),
    }
}

/// The digest's name as it is written in texts.
fn name(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Md5 => "MD5",
        Algorithm::Sha1 => "SHA-1",
        Algorithm::Sha256 => "SHA-256",
        Algorithm::Sha512 => "SHA-512",
    }
}

/// Explains why a command was refused.
#[must_use]
pub fn explain_refusal(refusal: &Refusal, language: Language) -> Explained {
    match refusal {
        Refusal::NotFound => tell(language, "refusal-not-found", &[], ""),
        Refusal::Ambiguous => tell(language, "refusal-ambiguous", &[], ""),
        Refusal::AlreadyExists => tell(language, "refusal-already-exists", &[], ""),
        Refusal::Empty => tell(language, "refusal-empty", &[], ""),
        Refusal::WrongState(state) => {
            tell(language, "refusal-wrong-state", &[("state", state.word().into())], "")
        }
        Refusal::NotSupported => tell(language, "refusal-not-supported", &[], ""),
        Refusal::Invalid(bound) => tell(language, "refusal-invalid", &[], bound),
    }
}

/// Explains why the engine does not start.
#[must_use]
pub fn explain_start(error: &StartError, language: Language) -> Explained {
    match error {
        StartError::Store { path, reason } => {
            tell(language, "start-store", &[("path", clean(path).into())], reason)
        }
        StartError::Network(reason) => tell(language, "start-network", &[], reason),
        StartError::System(reason) => tell(language, "start-system", &[], reason),
    }
}

/// Explains why a text is no link.
#[must_use]
pub fn explain_link(error: &LinkError, language: Language) -> Explained {
    match error {
        LinkError::Empty => tell(language, "link-empty", &[], ""),
        LinkError::NoScheme => tell(language, "link-no-scheme", &[], ""),
        LinkError::UnsupportedScheme(scheme) => {
            tell(language, "link-unsupported-scheme", &[("scheme", clean(scheme).into())], "")
        }
        LinkError::Invalid(reason) => tell(language, "link-invalid", &[], reason),
        LinkError::TooLong => tell(language, "link-too-long", &[], ""),
    }
}

/// Explains why a text is no checksum.
#[must_use]
pub fn explain_checksum(error: &ChecksumError, language: Language) -> Explained {
    match error {
        ChecksumError::NoAlgorithm => tell(language, "checksum-form", &[], ""),
        ChecksumError::UnknownAlgorithm(_) => tell(language, "checksum-algorithm", &[], ""),
        ChecksumError::NotHex => tell(language, "checksum-digits", &[], ""),
        ChecksumError::WrongLength { expected, .. } => {
            tell(language, "checksum-length", &[("digits", (*expected).into())], "")
        }
    }
}

/// The text of a key and its hint; `detail` is what somebody else said about it.
#[must_use]
pub fn tell(
    language: Language,
    key: &str,
    arguments: &[Argument<'_>],
    detail: &str,
) -> Explained {
    let mut message = language.say_with(key, arguments);
    let detail = clean(detail);
    if !detail.is_empty() {
        message = format!("{message} ({detail})");
    }
    Explained { message, hint: language.hint_with(key, arguments) }
}

#[cfg(test)]
mod tests;
