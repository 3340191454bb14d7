//! Bytes that servers mean as text: percent-encoded, in encoded words, in some charset.
//!
//! Nothing here fails: what cannot be decoded is `None`, and the caller has something else.

use data_encoding::BASE64_NOPAD;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// UTF-8 where it is valid, else what the Latin-1 of old servers means.
pub fn guess(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252
            .decode_without_bom_handling(bytes)
            .0
            .into_owned(),
    }
}

/// Bytes in a charset that is named. `None` for an unknown name, and for bytes that the
/// charset does not have. No name is UTF-8.
pub fn in_charset(name: &[u8], bytes: &[u8]) -> Option<String> {
    let name = name.trim_ascii().to_ascii_lowercase();
    let encoding = match name.as_slice() {
        b"" => UTF_8,
        name => Encoding::for_label(name)?,
    };
    // The web's Latin-1 has letters where ISO 8859-1 has controls: UTF-8 under a wrong name.
    let claims_iso = encoding == WINDOWS_1252 && !name.ends_with(b"1252");
    if claims_iso && bytes.iter().any(|byte| matches!(byte, 0x80..=0x9f)) {
        return None;
    }
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(|text| text.into_owned())
}

/// `%`-encoded UTF-8, where the whole text is, and it is more than ASCII: `foo-%41` and
/// `50%` are meant as they stand.
pub fn percent_utf8(text: &str) -> Option<String> {
    let sound = text.split('%').skip(1).all(|after| {
        let digits = after.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    if !sound || !text.is_ascii() {
        return None;
    }
    let decoded = percent_encoding::percent_decode_str(text)
        .decode_utf8()
        .ok()?;
    (!decoded.is_ascii()).then(|| decoded.into_owned())
}

/// A text with encoded words of mail in it (RFC 2047), `=?UTF-8?Q?=C3=A4?=`, decoded;
/// `None` where there are none, or one is broken.
pub fn encoded_words(text: &str) -> Option<String> {
    let mut decoded = String::new();
    // Words that follow each other may share a character between them: joined first.
    let mut word: Option<(&str, Vec<u8>)> = None;
    let mut rest = text;
    while let Some(at) = rest.find("=?") {
        let (before, from) = rest.split_at(at);
        let (charset, bytes, after) = encoded_word(&from[2..])?;
        match &mut word {
            Some((same, joined)) if before.trim().is_empty() && *same == charset => {
                joined.extend(bytes);
            }
            _ => {
                let blank_between = word.is_some() && before.trim().is_empty();
                flush(&mut decoded, word.take())?;
                decoded += if blank_between { "" } else { before };
                word = Some((charset, bytes));
            }
        }
        rest = after;
    }
    word.as_ref()?;
    flush(&mut decoded, word)?;
    Some(decoded + rest)
}

fn flush(decoded: &mut String, word: Option<(&str, Vec<u8>)>) -> Option<()> {
    if let Some((charset, bytes)) = word {
        decoded.push_str(&in_charset(charset.as_bytes(), &bytes)?);
    }
    Some(())
}

/// Charset and bytes of a word after its `=?`, and what follows it.
fn encoded_word(text: &str) -> Option<(&str, Vec<u8>, &str)> {
    let (charset, text) = text.split_once('?')?;
    let (encoding, text) = text.split_once('?')?;
    let (word, after) = text.split_once("?=")?;
    let charset = charset.split('*').next().unwrap_or(charset);
    let bytes = match encoding {
        "B" | "b" => BASE64_NOPAD
            .decode(word.trim_end_matches('=').as_bytes())
            .ok()?,
        "Q" | "q" => {
            // `=C3` is `%C3` and `_` a blank, and a `%` stands for itself.
            let escaped = word.replace('%', "%25").replace('=', "%").replace('_', " ");
            percent_encoding::percent_decode_str(&escaped).collect()
        }
        _ => return None,
    };
    Some((charset, bytes, after))
}
