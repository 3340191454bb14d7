//! Loading, which always gives settings.

use std::error::Error;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::Value;

use super::Settings;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// To be used.
    pub settings: Settings,
    /// To be told to the person.
    pub trouble: Option<Trouble>,
}

/// What is wrong with the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It cannot be read; all settings are the defaults.
    Unreadable {
        /// Why, in the words of the system or of the format.
        reason: String,
        /// Where it stands now; `None` where it could not be moved and will be replaced
        /// when settings are saved.
        kept: Option<PathBuf>,
    },
    /// These settings (as `downloads.parallel`) have values that cannot be; they are the
    /// defaults.
    Bent(Vec<String>),
}

/// Loads the settings from this file, and writes nothing; a file that cannot be read is
/// renamed to `settings.bad-TIME.toml` beside it. `now` is that time.
#[must_use]
pub fn load(path: &Path, now: Timestamp) -> Loaded {
    // confy would write a file where there is none.
    if matches!(path.try_exists(), Ok(false)) {
        return Loaded {
            settings: Settings::default(),
            trouble: None,
        };
    }
    match confy::load_path::<Value>(path) {
        Ok(file) => take(&file),
        Err(error) => Loaded {
            settings: Settings::default(),
            trouble: Some(Trouble::Unreadable {
                reason: error.source().map_or_else(String::new, ToString::to_string),
                kept: set_aside(path, now),
            }),
        },
    }
}

fn set_aside(path: &Path, now: Timestamp) -> Option<PathBuf> {
    let time = now.strftime("%Y%m%dT%H%M%SZ");
    let kept = path.with_extension(format!("bad-{time}.toml"));
    std::fs::rename(path, &kept).ok().map(|()| kept)
}

/// The defaults, with each setting of the file that can be.
fn take(file: &Value) -> Loaded {
    let usual = serde_json::to_value(Settings::default()).unwrap_or_default();
    let mut taking = Taking {
        good: usual.clone(),
        settings: Settings::default(),
        bent: Vec::new(),
    };
    taking.take(&usual, file, "");
    Loaded {
        settings: taking.settings,
        trouble: (!taking.bent.is_empty()).then_some(Trouble::Bent(taking.bent)),
    }
}

/// Settings on their way from the defaults to what the file says.
struct Taking {
    /// The settings, as the file would have them.
    good: Value,
    settings: Settings,
    bent: Vec<String>,
}

impl Taking {
    /// Goes through a table of the settings and the file's at the same place, which is
    /// `at` (a JSON pointer).
    fn take(&mut self, usual: &Value, file: &Value, at: &str) {
        for (key, usual) in usual.as_object().into_iter().flatten() {
            let at = format!("{at}/{key}");
            match file.get(key) {
                None => {}
                Some(table) if usual.is_object() && table.is_object() => {
                    self.take(usual, table, &at);
                }
                Some(value) => self.try_value(value, &at),
            }
        }
    }

    fn try_value(&mut self, value: &Value, at: &str) {
        let mut tried = self.good.clone();
        if let Some(place) = tried.pointer_mut(at) {
            *place = value.clone();
        }
        match serde_json::from_value(tried.clone()) {
            Ok(settings) => (self.good, self.settings) = (tried, settings),
            Err(_) => self.bent.push(at[1..].replace('/', ".")),
        }
    }
}
