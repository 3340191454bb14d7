//! A folder that can be written into a file of text, and means the same wherever Ebb is
//! started.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// An absolute path whose name is text. Whether it is there is seen when it is needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "PathBuf", into = "PathBuf")]
pub struct Folder(PathBuf);

/// Why a path cannot be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FolderError {
    /// It says nothing without another.
    #[error("the path is not absolute")]
    Relative,
    /// Its name cannot be written down.
    #[error("the path is not text")]
    NotText,
}

impl Folder {
    /// The path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl TryFrom<PathBuf> for Folder {
    type Error = FolderError;

    fn try_from(path: PathBuf) -> Result<Self, FolderError> {
        match path.to_str() {
            None => Err(FolderError::NotText),
            Some(text) if text.contains('\0') => Err(FolderError::NotText),
            Some(_) if !path.is_absolute() => Err(FolderError::Relative),
            Some(_) => Ok(Self(path)),
        }
    }
}

impl From<Folder> for PathBuf {
    fn from(folder: Folder) -> Self {
        folder.0
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;

    use super::*;

    #[test]
    fn only_absolute_paths_of_text_can_be_set() {
        for (path, wrong) in [
            (&b"/home/me/Downloads"[..], None),
            ("/home/me/Загрузки 下载".as_bytes(), None),
            (b"Downloads", Some(FolderError::Relative)),
            (b"", Some(FolderError::Relative)),
            (b"/home/\xff", Some(FolderError::NotText)),
            (b"/home/\0", Some(FolderError::NotText)),
        ] {
            let path = PathBuf::from(OsString::from_vec(path.to_vec()));
            assert_eq!(Folder::try_from(path.clone()).err(), wrong, "{path:?}");
        }
    }
}
