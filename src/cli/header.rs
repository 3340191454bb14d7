//! Headers of the person's own: `Name: value`.
//!
//! Their values are secrets: no message repeats them.

use http::{HeaderName, HeaderValue};

use super::wrong::Wrong;

const OPTION: &str = "-H";

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

/// Reads one; the value's blanks around it are dropped.
pub fn parse(text: &str) -> Result<(String, String), Wrong> {
    let (name, value) = text
        .split_once(':')
        .ok_or(Wrong::Option(OPTION, "header-no-colon"))?;
    let name = name.trim();
    // The name's own spelling is kept: some servers look at it.
    let known = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| Wrong::Option(OPTION, "header-name"))?;
    if RESERVED.contains(&known.as_str()) {
        return Err(Wrong::Option(OPTION, "header-reserved"));
    }
    let value = value.trim_matches([' ', '\t']);
    HeaderValue::from_bytes(value.as_bytes()).map_err(|_| Wrong::Option(OPTION, "header-value"))?;
    Ok((name.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_as_they_are_typed() {
        let read = |name: &str, value: &str| Ok((name.to_owned(), value.to_owned()));
        let wrong = |key| Err(Wrong::Option(OPTION, key));
        for (text, header) in [
            ("K: V", read("K", "V")),
            ("X-Api-Key:abc:def ", read("X-Api-Key", "abc:def")),
            ("Empty:", read("Empty", "")),
            ("Name: ünï", read("Name", "ünï")),
            ("no colon", wrong("header-no-colon")),
            (": V", wrong("header-name")),
            ("a b: V", wrong("header-name")),
            ("K: a\r\nEvil: b", wrong("header-value")),
            ("K: a\nb", wrong("header-value")),
            ("K: a\0", wrong("header-value")),
            ("range: bytes=0-1", wrong("header-reserved")),
        ] {
            assert_eq!(parse(text), header, "{text:?}");
        }
    }
}
