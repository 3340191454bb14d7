//! The errors of this room in words.

use std::path::Path;

use super::after::AfterError;
use super::folders::FoldersError;
#[cfg(feature = "gui")]
use super::open::OpenError;
#[cfg(feature = "gui")]
use super::trash::TrashError;
use crate::words::clean::clean;
use crate::words::explain::tell;
use crate::words::{Explained, Key, Language, key};

fn tell_of(language: Language, key: Key, path: &Path, reason: &str) -> Explained {
    let path = clean(&path.to_string_lossy());
    tell(language, key, &[("path", path.into())], reason)
}

impl AfterError {
    /// What went wrong, and what to try.
    #[must_use]
    pub fn explain(&self, language: Language) -> Explained {
        let program = clean(&self.program);
        tell(
            language,
            key!("after-not-started", program),
            &[("program", program.into())],
            &self.reason,
        )
    }
}

impl FoldersError {
    /// What went wrong, and what to try.
    #[must_use]
    pub fn explain(&self, language: Language) -> Explained {
        match self {
            Self::NoHome => tell(language, key!("start-no-folder"), &[], ""),
            Self::NotMade { path, reason } => {
                tell_of(language, key!("start-folder", path), path, reason)
            }
        }
    }
}

#[cfg(feature = "gui")]
impl OpenError {
    /// What went wrong, and what to try.
    #[must_use]
    pub fn explain(&self, language: Language) -> Explained {
        match self {
            Self::Missing(path) => tell_of(language, key!("open-missing", path), path, ""),
            Self::Program(path) => tell_of(language, key!("open-program", path), path, ""),
            Self::Failed { path, reason } => {
                tell_of(language, key!("open-failed", path), path, reason)
            }
        }
    }
}

#[cfg(feature = "gui")]
impl TrashError {
    /// What went wrong, and what to try.
    #[must_use]
    pub fn explain(&self, language: Language) -> Explained {
        match self {
            Self::Missing(path) => tell_of(language, key!("trash-missing", path), path, ""),
            Self::Failed { path, reason } => {
                tell_of(language, key!("trash-failed", path), path, reason)
            }
        }
    }
}
