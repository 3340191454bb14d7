//! Paths as text; those that are not UTF-8 (Unix allows it) as hex after a NUL, which no path has.

use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;

fn to_text(path: &Path) -> String {
    match path.to_str() {
        Some(text) => text.to_owned(),
        None => format!("\0{}", HEXLOWER.encode(path.as_os_str().as_encoded_bytes())),
    }
}

fn from_text(text: String) -> PathBuf {
    let bytes = text
        .strip_prefix('\0')
        .and_then(|hex| HEXLOWER.decode(hex.as_bytes()).ok());
    match bytes {
        Some(bytes) => from_bytes(bytes),
        None => PathBuf::from(text),
    }
}

#[cfg(unix)]
fn from_bytes(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn from_bytes(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// For serde: a path.
pub(crate) mod one {
    use std::path::{Path, PathBuf};

    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(path: &Path, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&super::to_text(path))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<PathBuf, D::Error> {
        String::deserialize(d).map(super::from_text)
    }
}

/// For serde: a path, or none.
pub(crate) mod maybe {
    use std::path::PathBuf;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(
        path: &Option<PathBuf>,
        s: S,
    ) -> Result<S::Ok, S::Error> {
        path.as_deref().map(super::to_text).serialize(s)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        d: D,
    ) -> Result<Option<PathBuf>, D::Error> {
        Ok(Option::<String>::deserialize(d)?.map(super::from_text))
    }
}
