//! Saving, so that whoever reads finds the old file or the new one, also after a power cut.

use std::error::Error;
use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use confy::ConfyError;
use serde::Serialize;

use super::{Settings, VERSION};
use crate::platform::folders;

/// The settings were not saved; the old file stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path} cannot be written: {reason}")]
pub struct SaveError {
    /// Which file.
    pub path: PathBuf,
    /// Why, in the system's words.
    pub reason: String,
}

/// What stands in the file.
#[derive(Serialize)]
struct Stored<'a> {
    version: u32,
    #[serde(flatten)]
    settings: &'a Settings,
}

impl Settings {
    /// Saves them in this file, its folder made if missing. It blocks until the disk has
    /// them. Of two saves at once the later to end holds: wait for one before the next.
    ///
    /// # Errors
    /// [`SaveError`]; the old file stands then.
    pub fn save(&self, path: &Path) -> Result<(), SaveError> {
        let stored = Stored {
            version: VERSION,
            settings: self,
        };
        replace(path, |new| confy::store_path(new, &stored).map_err(cause)).map_err(|error| {
            SaveError {
                path: path.to_owned(),
                reason: error.to_string(),
            }
        })
    }
}

/// confy says at which step it happened; what happened is behind that.
fn cause(error: ConfyError) -> io::Error {
    let cause = error.source().map(ToString::to_string);
    io::Error::other(cause.unwrap_or_else(|| error.to_string()))
}

/// Puts a new file in the place of one, by a name of its own that nobody else uses; where
/// the path is a link, in the place of what it leads to.
fn replace(path: &Path, fill: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    folders::make(folder).map_err(io::Error::other)?;
    let new = folder.join(format!("settings.{:016x}.tmp", fastrand::u64(..)));
    let replaced = create(&new)
        .and_then(|()| fill(&new))
        .and_then(|()| OpenOptions::new().write(true).open(&new)?.sync_all())
        .and_then(|()| fs::rename(&new, &path));
    if replaced.is_err() {
        // If it cannot be removed either, there is nothing left to try.
        let _ = fs::remove_file(&new);
        return replaced;
    }
    sync_folder(folder)
}

/// Only its user may read it, from the first moment.
fn create(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

/// The system has no such thing.
#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests;
