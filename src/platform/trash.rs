//! Sending files to the system's trash.
//!
//! Whoever calls this has made sure that Ebb wrote the file. It blocks, and on some systems
//! for long (a disk that is not there any more): call it off the threads that draw or wait.

use std::path::{Path, PathBuf};

/// Why a file is not in the trash. It is where it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrashError {
    /// There is no such file.
    #[error("{0} is not there")]
    Missing(PathBuf),
    /// The system has no trash there, or does not take it.
    #[error("{path} was not taken: {reason}")]
    Failed {
        /// What.
        path: PathBuf,
        /// Why, in the system's words.
        reason: String,
    },
}

/// Sends a file, a folder with all that is in it, or a link (never what it leads to) to the
/// trash.
///
/// # Errors
/// [`TrashError`]; nothing has changed then.
pub fn trash(path: &Path) -> Result<(), TrashError> {
    if path.symlink_metadata().is_err() {
        return Err(TrashError::Missing(path.to_owned()));
    }
    trash::delete(path).map_err(|error| TrashError::Failed {
        path: path.to_owned(),
        reason: reason(&error),
    })
}

/// What the system said; the path is told beside it.
fn reason(error: &trash::Error) -> String {
    match error {
        trash::Error::Os { description, .. } | trash::Error::Unknown { description } => {
            description.clone()
        }
        other => {
            let cause = std::error::Error::source(other);
            cause.map_or_else(|| other.to_string(), ToString::to_string)
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
