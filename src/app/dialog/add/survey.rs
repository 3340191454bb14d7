//! What the disk says of the folder: can files go there, how much room is there, which names
//! are taken. Looking makes nothing.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::reading::Reading;
use crate::download::{Failure, file_name};
use crate::platform::space::free_space;
use crate::platform::writable::writable;

/// So many names are looked for.
const MOST_NAMES: usize = 1_000;

/// A folder, looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Survey {
    /// Which.
    pub folder: PathBuf,
    /// Why nothing can be written there.
    pub failure: Option<Failure>,
    /// Bytes that are free, where the system tells.
    pub free: Option<u64>,
    /// How many of the first names are taken.
    pub taken: usize,
}

impl Survey {
    /// Looks; blocks as long as the disk does.
    #[must_use]
    pub fn of(folder: PathBuf, reading: &Reading) -> Self {
        let links = reading.lines.links.iter().take(MOST_NAMES);
        let names = links.filter_map(file_name::in_link);
        let is_taken = |name: &String| folder.join(name).symlink_metadata().is_ok();
        let taken = if folder.is_dir() {
            names.filter(is_taken).count()
        } else {
            0
        };
        Self {
            failure: failure(&folder),
            free: free_space(&folder),
            taken,
            folder,
        }
    }
}

/// Why no file can be made in a folder that is there, or in one yet to be made.
fn failure(folder: &Path) -> Option<Failure> {
    let standing = folder
        .ancestors()
        .find_map(|path| Some((path, path.metadata().ok()?)));
    match standing {
        None => Some(Failure::DestinationGone),
        Some((_, found)) if !found.is_dir() => Some(Failure::NotAFolder),
        Some((path, _)) => writable(path).err().map(|error| match error.kind() {
            ErrorKind::ReadOnlyFilesystem => Failure::ReadOnly,
            _ => Failure::PermissionDenied,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::Snapshot;

    #[test]
    fn folders_that_can_and_cannot_be() {
        let place = tempfile::tempdir().unwrap();
        std::fs::write(place.path().join("file"), "x").unwrap();
        for (path, failure) in [
            ("", None),
            ("not/there/yet", None),
            ("file", Some(Failure::NotAFolder)),
            ("file/below", Some(Failure::NotAFolder)),
        ] {
            let survey = Survey::of(place.path().join(path), &Reading::default());
            assert_eq!(survey.failure, failure, "{path}");
        }
        let survey = Survey::of(place.path().to_owned(), &Reading::default());
        assert_eq!(survey.free.is_some(), cfg!(unix));
    }

    #[test]
    fn taken_names_are_counted() {
        let place = tempfile::tempdir().unwrap();
        std::fs::write(place.path().join("b c.iso"), "").unwrap();
        std::fs::create_dir(place.path().join("folder")).unwrap();
        let text = "http://h/a\nhttp://h/x/b%20c.iso?q\nhttp://h/folder\nhttp://h/";
        let reading = Reading::new(text, &Snapshot::default());
        assert_eq!(Survey::of(place.path().to_owned(), &reading).taken, 2);
        assert_eq!(Survey::of(place.path().join("none"), &reading).taken, 0);
    }
}
