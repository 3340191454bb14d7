//! The queue as a file that a person takes along: JSON, without secrets.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::clean::{clean, clean_link};
use super::explain::{Explained, tell};
use super::i18n::{Language, key};
use crate::queue::Command;
use crate::queue::restore::GroupRecord;
use crate::queue::restore::import::{ImportError, import};

/// The form of today.
const VERSION: u32 = 1;
/// A larger file is none of ours: a million links come to a tenth of it.
const LARGEST: u64 = 1 << 30;

#[derive(Serialize)]
struct Written<'a> {
    ebb_queue: u32,
    groups: &'a [GroupRecord],
}

#[derive(Deserialize)]
struct Read {
    ebb_queue: u32,
    groups: Vec<GroupRecord>,
}

/// Why a file cannot be read as a queue.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The system does not give it.
    #[error("unreadable: {0}")]
    Unreadable(String),
    /// It is something else, or of a later version.
    #[error("not a queue: {0}")]
    NotAQueue(String),
    /// A group in it cannot be made.
    #[error(transparent)]
    Import(#[from] ImportError),
}

/// The file's text.
#[must_use]
pub fn write(groups: &[GroupRecord]) -> String {
    let written = Written {
        ebb_queue: VERSION,
        groups,
    };
    serde_json::to_string_pretty(&written).unwrap_or_default()
}

/// The commands that make the groups of a text again, all suspended.
///
/// # Errors
/// [`ExchangeError`]; nothing is to be made then.
pub fn read(text: &str) -> Result<Vec<Command>, ExchangeError> {
    let not_a_queue = |error: serde_json::Error| ExchangeError::NotAQueue(error.to_string());
    let read: Read = serde_json::from_str(text).map_err(not_a_queue)?;
    if read.ebb_queue != VERSION {
        return Err(ExchangeError::NotAQueue(format!(
            "version {}",
            read.ebb_queue
        )));
    }
    Ok(import(read.groups)?)
}

/// The same of a file; blocks.
///
/// # Errors
/// [`ExchangeError`].
pub fn read_file(path: &Path) -> Result<Vec<Command>, ExchangeError> {
    let unreadable = |error: std::io::Error| ExchangeError::Unreadable(error.to_string());
    let length = std::fs::metadata(path).map_err(unreadable)?.len();
    if length > LARGEST {
        return Err(ExchangeError::NotAQueue(super::format::bytes(
            length,
            Language::English,
        )));
    }
    read(&std::fs::read_to_string(path).map_err(unreadable)?)
}

impl ExchangeError {
    /// For people.
    #[must_use]
    pub fn explain(&self, language: Language) -> Explained {
        match self {
            Self::Unreadable(reason) => tell(language, key!("import-unreadable"), &[], reason),
            Self::NotAQueue(reason) => tell(language, key!("import-not-a-queue"), &[], reason),
            Self::Import(error) => {
                let which = error
                    .url
                    .as_deref()
                    .map_or_else(|| clean(&error.name), clean_link);
                let arguments = [("group", which.into())];
                tell(language, key!("import-bad-group", group), &arguments, "")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_queue_is_read() {
        for (text, is_queue) in [
            (r#"{"ebb_queue": 1, "groups": []}"#, true),
            (r#"{"ebb_queue": 2, "groups": []}"#, false),
            (r#"{"groups": []}"#, false),
            ("[]", false),
            ("", false),
            (r#"{"ebb_queue": 1, "groups": [{"id": 7}]}"#, false),
        ] {
            assert_eq!(read(text).is_ok(), is_queue, "{text}");
        }
        assert!(read(&write(&[])).is_ok_and(|commands| commands.is_empty()));
    }
}
