//! Failures in words: what went wrong, and what to try.
//!
//! Made from values only, never from a URL or a secret; what a server or a library
//! said goes along in brackets, cleaned. Each text is one line in every language.

mod key;

use crate::download::Failure;
use crate::download::digest::ChecksumError;
use crate::download::link::LinkError;
use crate::download::retry::RetryAfter;
use crate::engine::StartError;
use crate::queue::Refusal;

use super::clean::clean;
use super::format;
use super::i18n::{Argument, Key, Language, key, say};
use key::{detail, key_of, name, status_key};

/// What is told of something that did not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// What went wrong.
    pub message: String,
    /// What to try.
    pub hint: String,
}

impl Explained {
    /// The hint without what is only for the command line: options in brackets.
    #[must_use]
    pub fn hint_without_options(&self) -> String {
        let mut hint = self.hint.clone();
        while let Some(begin) = hint.find(" (-") {
            let Some(end) = hint[begin..].find(')') else {
                break;
            };
            hint.replace_range(begin..=begin + end, "");
        }
        hint
    }
}

/// Explains why a file failed.
#[must_use]
pub fn explain(failure: &Failure, language: Language) -> Explained {
    match failure {
        Failure::Status {
            status,
            retry_after,
        } => of_status(*status, retry_after.as_ref(), language),
        Failure::DiskFull { needed, free } => of_full_disk(*needed, *free, language),
        Failure::RangeNotSatisfiable { total: Some(total) } => {
            let total = format::bytes(*total, language);
            tell(
                language,
                key!("failure-range-past-end", total),
                &[("total", total.into())],
                "",
            )
        }
        Failure::ChecksumMismatch {
            algorithm,
            expected,
            actual,
        } => {
            let arguments = [
                ("algorithm", name(*algorithm).into()),
                ("expected", clean(expected).into()),
                ("actual", clean(actual).into()),
            ];
            tell(
                language,
                key!("failure-checksum-mismatch", algorithm, actual, expected),
                &arguments,
                "",
            )
        }
        Failure::NoProgress { after, last } => {
            let last = explain(last, language);
            let time = format::duration(*after, language);
            Explained {
                message: say!(
                    language,
                    "failure-no-progress",
                    time = time,
                    last = last.message
                ),
                hint: last.hint,
            }
        }
        plain => tell(language, key_of(plain), &[], detail(plain)),
    }
}

fn of_status(status: u16, again: Option<&RetryAfter>, language: Language) -> Explained {
    let told = tell(
        language,
        status_key(status),
        &[("status", status.to_string().into())],
        "",
    );
    let hint = match again {
        None => return told,
        Some(RetryAfter::Seconds(seconds)) => {
            let time = format::time(*seconds, language);
            say!(language, "failure-retry-after", time = time)
        }
        Some(RetryAfter::Date(moment)) => {
            let moment = format!("{moment:.0}");
            say!(language, "failure-retry-at", moment = moment)
        }
    };
    Explained { hint, ..told }
}

fn of_full_disk(needed: Option<u64>, free: Option<u64>, language: Language) -> Explained {
    let amount = |bytes| format::bytes(bytes, language).into();
    match (needed, free) {
        (Some(needed), Some(free)) => {
            let arguments = [("needed", amount(needed)), ("free", amount(free))];
            tell(
                language,
                key!("failure-disk-full-free", needed, free),
                &arguments,
                "",
            )
        }
        (Some(needed), None) => tell(
            language,
            key!("failure-disk-full-needed", needed),
            &[("needed", amount(needed))],
            "",
        ),
        (None, _) => tell(language, key!("failure-disk-full"), &[], ""),
    }
}

/// Explains why a command was refused.
#[must_use]
pub fn explain_refusal(refusal: &Refusal, language: Language) -> Explained {
    match refusal {
        Refusal::NotFound => tell(language, key!("refusal-not-found"), &[], ""),
        Refusal::Ambiguous => tell(language, key!("refusal-ambiguous"), &[], ""),
        Refusal::AlreadyExists => tell(language, key!("refusal-already-exists"), &[], ""),
        Refusal::Empty => tell(language, key!("refusal-empty"), &[], ""),
        Refusal::WrongState(state) => tell(
            language,
            key!("refusal-wrong-state", state),
            &[("state", state.word().into())],
            "",
        ),
        Refusal::NotSupported => tell(language, key!("refusal-not-supported"), &[], ""),
        Refusal::Invalid(bound) => tell(language, key!("refusal-invalid"), &[], bound),
        Refusal::NotKept { reason, holds } => {
            let key = if *holds {
                key!("refusal-kept-later")
            } else {
                key!("refusal-not-kept")
            };
            tell(language, key, &[], reason)
        }
    }
}

/// Explains why the engine does not start.
#[must_use]
pub fn explain_start(error: &StartError, language: Language) -> Explained {
    match error {
        StartError::Store { path, reason } => tell(
            language,
            key!("start-store", path),
            &[("path", clean(path).into())],
            reason,
        ),
        StartError::InUse { pid } => {
            let who = pid.map(|pid| format!("PID {pid}")).unwrap_or_default();
            tell(language, key!("start-in-use"), &[], &who)
        }
        StartError::Network(reason) => tell(language, key!("start-network"), &[], reason),
        StartError::System(reason) => tell(language, key!("start-system"), &[], reason),
    }
}

/// Explains why a text is no link.
#[must_use]
pub fn explain_link(error: &LinkError, language: Language) -> Explained {
    match error {
        LinkError::Empty => tell(language, key!("link-empty"), &[], ""),
        LinkError::NoScheme => tell(language, key!("link-no-scheme"), &[], ""),
        LinkError::UnsupportedScheme(scheme) => tell(
            language,
            key!("link-unsupported-scheme", scheme),
            &[("scheme", clean(scheme).into())],
            "",
        ),
        LinkError::Invalid(reason) => tell(language, key!("link-invalid"), &[], reason),
        LinkError::TooLong => tell(language, key!("link-too-long"), &[], ""),
    }
}

/// Explains why a text is no checksum.
#[must_use]
pub fn explain_checksum(error: &ChecksumError, language: Language) -> Explained {
    match error {
        ChecksumError::NoAlgorithm => tell(language, key!("checksum-form"), &[], ""),
        ChecksumError::UnknownAlgorithm(_) => tell(language, key!("checksum-algorithm"), &[], ""),
        ChecksumError::NotHex => tell(language, key!("checksum-digits"), &[], ""),
        ChecksumError::WrongLength { expected, .. } => tell(
            language,
            key!("checksum-length", digits),
            &[("digits", (*expected).into())],
            "",
        ),
    }
}

/// The text of a key and its hint; `detail` is what somebody else said about it.
#[must_use]
pub fn tell(language: Language, key: Key, arguments: &[Argument<'_>], detail: &str) -> Explained {
    let mut message = language.say_with(key, arguments);
    let detail = clean(detail);
    if !detail.is_empty() {
        message = format!("{message} ({detail})");
    }
    Explained {
        message,
        hint: language.hint_with(key, arguments),
    }
}

#[cfg(test)]
mod tests;
