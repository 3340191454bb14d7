//! A file that was dropped: a list of links, if it is text and not too large.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::words::clean::clean;
use crate::words::explain::tell;
use crate::words::{Explained, Language, format, key};

/// The largest file that is read.
const MOST_BYTES: u64 = 16 << 20;

/// Why a file is no list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DropError {
    /// More than 16 MiB.
    TooLarge,
    /// There are bytes in it that no text has.
    NotText,
    /// Why it cannot be read, in the system's words.
    Unreadable(String),
}

/// Reads a file; blocks. What is not UTF-8 in it becomes a sign for that.
///
/// # Errors
/// [`DropError`].
pub fn read(path: &Path) -> Result<String, DropError> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|error| DropError::Unreadable(error.to_string()))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(DropError::TooLarge);
    }
    if bytes.contains(&0) {
        return Err(DropError::NotText);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

impl DropError {
    /// What is wrong with the file, in one line.
    #[must_use]
    pub fn explain(&self, path: &Path, language: Language) -> String {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = ("name", clean(&name).into());
        let Explained { message, hint } = match self {
            Self::TooLarge => {
                let most = ("most", format::bytes(MOST_BYTES, language).into());
                tell(
                    language,
                    key!("add-drop-large", name, most),
                    &[name, most],
                    "",
                )
            }
            Self::NotText => tell(language, key!("add-drop-binary", name), &[name], ""),
            Self::Unreadable(reason) => {
                tell(language, key!("add-drop-unreadable", name), &[name], reason)
            }
        };
        format!("{message}: {hint}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_what_is_none() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("list");
        for (bytes, read_as) in [
            (&b""[..], Ok(String::new())),
            (
                b"http://h/1\r\nhttp://h/2",
                Ok("http://h/1\r\nhttp://h/2".to_owned()),
            ),
            (b"http://h/\xff", Ok("http://h/\u{fffd}".to_owned())),
            (b"\x7fELF\0\0", Err(DropError::NotText)),
        ] {
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(read(&path), read_as);
        }
        File::create(&path)
            .unwrap()
            .set_len(MOST_BYTES + 1)
            .unwrap();
        assert_eq!(read(&path), Err(DropError::TooLarge));
        for path in [place.path(), &place.path().join("missing")] {
            assert!(
                matches!(read(path), Err(DropError::Unreadable(_))),
                "{path:?}"
            );
        }
    }

    #[test]
    fn a_name_cannot_break_the_line() {
        let said = DropError::NotText.explain(Path::new("/a/b\n\u{202e}c"), Language::English);
        assert!(said.starts_with("b c "), "{said}");
    }
}
