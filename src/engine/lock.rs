//! One process a queue: a lock on a file beside the database.
//!
//! The system gives the lock back when the process ends, however it ends: a file that was
//! left behind by a kill is no obstacle.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::Path;

use super::config::StartError;
use super::disk::system;
use super::store::make_private;

/// The file's name.
const NAME: &str = "ebb.lock";

/// Held as long as the queue is used.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes it, and writes down whose it is.
    ///
    /// # Errors
    /// `StartError::InUse` where another process has it, `StartError::Store` where the file
    /// cannot be made.
    pub fn take(database: &Path) -> Result<Self, StartError> {
        let path = database.with_file_name(NAME);
        let failed = |error: std::io::Error| StartError::Store {
            path: path.display().to_string(),
            reason: error.to_string(),
        };
        make_private(database).map_err(failed)?;
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).read(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(in_use(&mut file)),
            // A file system without locks: whoever puts the queue there sees to it.
            Err(TryLockError::Error(error)) if system::has_no_locks(&error) => {}
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let written = file
            .set_len(0)
            .and_then(|()| write!(file, "{}", std::process::id()));
        written.map_err(failed)?;
        Ok(Self { _file: file })
    }
}

fn in_use(file: &mut File) -> StartError {
    let mut text = String::new();
    let read = file.read_to_string(&mut text).ok();
    StartError::InUse {
        pid: read.and_then(|_| text.trim().parse().ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_one_is_told_who_has_it() {
        let place = tempfile::tempdir().unwrap();
        let database = place.path().join("ebb.sqlite");
        // As after a kill: the file is there, the lock is not.
        std::fs::write(place.path().join(NAME), "4000000000 and more").unwrap();
        let lock = Lock::take(&database).unwrap();
        let pid = Some(std::process::id());
        let second = Lock::take(&database).unwrap_err();
        assert!(
            matches!(second, StartError::InUse { pid: other } if other == pid),
            "{second:?}"
        );
        drop(lock);
        Lock::take(&database).unwrap();
    }

    #[test]
    fn where_no_file_can_be_made() {
        let place = tempfile::tempdir().unwrap();
        std::fs::write(place.path().join("file"), "no folder").unwrap();
        let database = place.path().join("file").join("ebb.sqlite");
        assert!(matches!(
            Lock::take(&database),
            Err(StartError::Store { .. })
        ));
    }
}
