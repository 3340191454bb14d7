//! Headers of the person's own: `Name: value`.
//!
//! Their values are secrets: no error repeats them.

use http::{HeaderName, HeaderValue};

/// Those that say which bytes come, and how: Ebb could not trust the answer.
const RESERVED: [&str; 7] = [
    "range",
    "if-range",
    "content-length",
    "transfer-encoding",
    "connection",
    "upgrade",
    "te",
];

/// Why a text is no header that a person may give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// Nothing parts the name from the value.
    #[error("a header without a colon")]
    NoColon,
    /// Something else than letters, digits and hyphens before the colon, or nothing.
    #[error("not a header's name")]
    Name,
    /// Line breaks or control characters.
    #[error("not a header's value")]
    Value,
    /// Ebb sends it itself.
    #[error("a header that is Ebb's own")]
    Reserved,
}

/// Reads one; the value's blanks around it are dropped.
///
/// # Errors
/// [`HeaderError`].
pub fn parse(text: &str) -> Result<(String, String), HeaderError> {
    let (name, value) = text.split_once(':').ok_or(HeaderError::NoColon)?;
    let name = name.trim();
    // The name's own spelling is kept: some servers look at it.
    let known = HeaderName::from_bytes(name.as_bytes()).map_err(|_| HeaderError::Name)?;
    if RESERVED.contains(&known.as_str()) {
        return Err(HeaderError::Reserved);
    }
    let value = value.trim_matches([' ', '\t']);
    HeaderValue::from_bytes(value.as_bytes()).map_err(|_| HeaderError::Value)?;
    Ok((name.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_as_they_are_typed() {
        let read = |name: &str, value: &str| Ok((name.to_owned(), value.to_owned()));
        for (text, header) in [
            ("K: V", read("K", "V")),
            ("X-Api-Key:abc:def ", read("X-Api-Key", "abc:def")),
            ("Empty:", read("Empty", "")),
            ("Name: ünï", read("Name", "ünï")),
            ("no colon", Err(HeaderError::NoColon)),
            (": V", Err(HeaderError::Name)),
            ("a b: V", Err(HeaderError::Name)),
            ("K: a\r\nEvil: b", Err(HeaderError::Value)),
            ("K: a\nb", Err(HeaderError::Value)),
            ("K: a\0", Err(HeaderError::Value)),
            ("range: bytes=0-1", Err(HeaderError::Reserved)),
        ] {
            assert_eq!(parse(text), header, "{text:?}");
        }
    }
}
