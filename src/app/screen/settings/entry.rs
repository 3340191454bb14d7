//! What is typed: each field's text, and what it means.

use std::collections::HashMap;
use std::path::PathBuf;

use super::number::Number;
use crate::settings::{FolderError, OutOfBounds, Proxy, ProxyError, Settings};
use crate::words::{Language, format, say};

/// Something to type into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Where files go; empty is the system's folder.
    Folder,
    /// The URL of the person's own proxy.
    Proxy,
    /// A number, or a time.
    Number(Number),
}

/// What is typed, where it is not (or not in these words) what is set.
pub(super) type Drafts = HashMap<Field, String>;

/// Why it cannot be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// No folder.
    Folder(FolderError),
    /// No proxy.
    Proxy,
    /// Not a whole number within these bounds.
    Number(OutOfBounds),
    /// Not a time of whole seconds within these bounds.
    Time(OutOfBounds),
}

impl Wrong {
    /// In words.
    #[must_use]
    pub fn explain(self, language: Language) -> String {
        let told = match self {
            Self::Folder(error) => error.explain(language),
            Self::Proxy => ProxyError.explain(language),
            // What to try would say the same again.
            Self::Number(error) => return error.explain(language).message,
            Self::Time(OutOfBounds { least, most }) => {
                let time = |seconds: u32| format::time(seconds.into(), language);
                let (least, most) = (time(least), time(most));
                return say!(language, "settings-time", least = least, most = most);
            }
        };
        format!("{}: {}", told.message, told.hint)
    }
}

impl Field {
    /// What is set, as it would be typed.
    pub(super) fn text(self, settings: &Settings) -> String {
        match self {
            Self::Folder => {
                let folder = settings.downloads.folder.clone().map(PathBuf::from);
                folder.unwrap_or_default().to_string_lossy().into_owned()
            }
            Self::Proxy => match &settings.network.proxy {
                proxy @ Proxy::Url(_) => proxy.to_string(),
                _ => String::new(),
            },
            Self::Number(number) => number.text(settings),
        }
    }

    /// The settings with what was typed.
    pub(super) fn read(self, text: &str, settings: &Settings) -> Result<Settings, Wrong> {
        let mut new = settings.clone();
        match self {
            Self::Folder if text.is_empty() => new.downloads.folder = None,
            Self::Folder => {
                let folder = PathBuf::from(text).try_into().map_err(Wrong::Folder)?;
                new.downloads.folder = Some(folder);
            }
            Self::Proxy => match text.parse() {
                Ok(proxy @ Proxy::Url(_)) => new.network.proxy = proxy,
                _ => return Err(Wrong::Proxy),
            },
            Self::Number(number) if number.is_time() => {
                return number.read(text, settings).map_err(Wrong::Time);
            }
            Self::Number(number) => return number.read(text, settings).map_err(Wrong::Number),
        }
        Ok(new)
    }
}
