//! What is wrong with settings in words.

use super::{FolderError, OutOfBounds, ProxyError, SaveError, Trouble};
use crate::words::clean::clean;
use crate::words::explain::tell;
use crate::words::{Explained, Language, key};

impl Trouble {
    /// What went wrong, and what to try.
    #[must_use]
    pub fn explain(&self, language: Language) -> Explained {
        match self {
            Self::Unreadable {
                reason,
                kept: Some(kept),
            } => {
                let path = clean(&kept.to_string_lossy());
                tell(
                    language,
                    key!("settings-set-aside", path),
                    &[("path", path.into())],
                    reason,
                )
            }
            Self::Unreadable { reason, kept: None } => {
                tell(language, key!("settings-unreadable"), &[], reason)
            }
            Self::Bent(names) => {
                let names = clean(&names.join(", "));
                tell(
                    language,
                    key!("settings-bent", names),
                    &[("names", names.into())],
                    "",
                )
            }
        }
    }
}

impl SaveError {
    /// What went wrong, and what to try.
    #[must_use]
    pub fn explain(&self, language: Language) -> Explained {
        let path = clean(&self.path.to_string_lossy());
        tell(
            language,
            key!("settings-not-saved", path),
            &[("path", path.into())],
            &self.reason,
        )
    }
}

impl OutOfBounds {
    /// What is wrong, and what would be right.
    #[must_use]
    pub fn explain(&self, language: Language) -> Explained {
        let arguments = [("least", self.least.into()), ("most", self.most.into())];
        tell(
            language,
            key!("settings-number", least, most),
            &arguments,
            "",
        )
    }
}

impl FolderError {
    /// What is wrong, and what would be right.
    #[must_use]
    pub fn explain(&self, language: Language) -> Explained {
        let key = match self {
            Self::Relative => key!("settings-folder-relative"),
            Self::NotText => key!("settings-folder-not-text"),
        };
        tell(language, key, &[], "")
    }
}

impl ProxyError {
    /// What is wrong, and what would be right.
    #[must_use]
    pub fn explain(&self, language: Language) -> Explained {
        tell(language, key!("settings-proxy"), &[], "")
    }
}
