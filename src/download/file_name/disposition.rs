//! The name in a Content-Disposition header (RFC 6266), read as servers write it.
//!
//! Not as they should: quotes are missing or not closed, charsets wrong, parameters joined
//! by commas. The rule for each case is a row of the table in tests.rs. What comes out is
//! what the server means, and not yet safe.

use super::text;

/// What stands between values that were glued together.
const SEPARATORS: [char; 3] = [' ', '\t', ','];
/// What a header begins with, and so a second one that was glued on.
const TYPES: [&str; 3] = ["attachment", "inline", "form-data"];
/// More pieces than this of one name are not read.
const MOST_PIECES: u16 = 100;

/// One `name=value` of the header, if it is about the file's name.
struct Parameter {
    slot: Slot,
    value: Vec<u8>,
    quoted: bool,
}

/// Which part of the name a parameter gives.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// `filename`
    Plain,
    /// `filename*`: with its charset (RFC 8187).
    Extended,
    /// `filename*0`, `filename*1*`: one of several pieces (RFC 2231).
    Piece { index: u16, extended: bool },
}

/// The name that the server gives: `filename*`, else pieces, else `filename`.
pub fn name(header: &[u8]) -> Option<String> {
    let parameters = parameters(header);
    let of = |slot| parameters.iter().filter(move |it| it.slot == slot);
    let plain = of(Slot::Plain).find_map(plain);
    let extended = of(Slot::Extended).find_map(|it| extended(&it.value));
    match (extended, plain) {
        // Escaped once too often, for a web page, as the other one tells.
        (Some(extended), Some(plain)) if extended.replace("&amp;", "&") == plain => Some(plain),
        (Some(extended), _) => Some(extended),
        (None, plain) => joined(&parameters).or(plain),
    }
}

fn parameters(mut header: &[u8]) -> Vec<Parameter> {
    let mut found = Vec::new();
    while let Some(at) = header
        .iter()
        .position(|byte| matches!(byte, b'=' | b';' | b'"'))
    {
        let (before, after) = (&header[..at], &header[at + 1..]);
        header = match header[at] {
            b';' => after,
            // A quoted text where a name should be: passed over, with all that is in it.
            b'"' => past_semicolon(quoted(after).1),
            _ => {
                let (value, is_quoted, rest) = value(after.trim_ascii_start());
                let parameter = |slot| Parameter {
                    slot,
                    value,
                    quoted: is_quoted,
                };
                found.extend(slot(before).map(parameter));
                rest
            }
        };
    }
    found
}

/// Which slot a parameter's name means. Blanks before and after the `*` are forgiven.
fn slot(name: &[u8]) -> Option<Slot> {
    let name = name.trim_ascii().to_ascii_lowercase();
    let rest = name.strip_prefix(b"filename")?.trim_ascii_start();
    let Some(rest) = rest.strip_prefix(b"*") else {
        return rest.is_empty().then_some(Slot::Plain);
    };
    if rest.is_empty() {
        return Some(Slot::Extended);
    }
    let (number, extended) = match rest.strip_suffix(b"*") {
        Some(number) => (number, true),
        None => (rest, false),
    };
    let canonical = number == b"0" || !number.starts_with(b"0");
    let digits = canonical && number.iter().all(u8::is_ascii_digit);
    let index = std::str::from_utf8(number)
        .ok()?
        .parse()
        .ok()
        .filter(|_| digits)?;
    Some(Slot::Piece { index, extended })
}

/// A value, whether it was quoted, and what follows its semicolon.
fn value(text: &[u8]) -> (Vec<u8>, bool, &[u8]) {
    if let Some(text) = text.strip_prefix(b"\"") {
        let (value, rest) = quoted(text);
        return (value, true, past_semicolon(rest));
    }
    // The semicolon of an `&amp;` does not end a value.
    let ends = |at: &usize| text[*at] == b';' && !text[..*at].ends_with(b"&amp");
    let end = (0..text.len()).find(ends).unwrap_or(text.len());
    (
        text[..end].to_vec(),
        false,
        text.get(end + 1..).unwrap_or_default(),
    )
}

/// What stands before the closing quote (or the end), unescaped, and what follows it.
fn quoted(text: &[u8]) -> (Vec<u8>, &[u8]) {
    // Windows paths, `C:\x` and `\\host\x`, are never escaped as they should be.
    let drive = text.first().is_some_and(u8::is_ascii_alphabetic) && text[1..].starts_with(br":\");
    let is_path = drive || text.starts_with(br"\\");
    let mut value = Vec::new();
    let mut bytes = text.iter().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return (value, &text[at + 1..]),
            b'\\' if !is_path => value.extend(bytes.next().map(|(_, escaped)| *escaped)),
            other => value.push(*other),
        }
    }
    (value, &[])
}

fn past_semicolon(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|byte| *byte == b';');
    end.map_or(&[], |end| &text[end + 1..])
}

/// The plain value: UTF-8 or Latin-1, encoded words, or percent-encoded as a whole.
fn plain(parameter: &Parameter) -> Option<String> {
    let text = text::guess(&parameter.value);
    let text = if parameter.quoted {
        text.trim()
    } else {
        token(&text)?
    };
    let decoded = text::encoded_words(text).or_else(|| text::percent_utf8(text));
    Some(decoded.unwrap_or_else(|| text.to_owned())).filter(|name| !name.trim().is_empty())
}

/// A value without quotes: all of it, up to where another parameter or another header's
/// value is glued on. With a quote inside it is not clear what was meant.
fn token(text: &str) -> Option<&str> {
    let text = text.trim();
    let (mut at, mut blank, mut comma) = (0, false, false);
    for piece in text.split_inclusive(SEPARATORS) {
        let word = piece.trim_end_matches(SEPARATORS);
        if !word.is_empty() {
            let parameter = word
                .split_once('=')
                .map(|(name, _)| name.trim_end_matches('*'));
            let is_last_type = at + piece.len() == text.len() && TYPES.contains(&word);
            let after_blank = blank && parameter.is_some_and(is_word);
            if after_blank || comma && (parameter == Some("filename") || is_last_type) {
                break;
            }
            (blank, comma) = (false, false);
        }
        comma |= piece.ends_with(',');
        blank |= piece.ends_with([' ', '\t']);
        at += piece.len();
    }
    let text = text[..at].trim_end_matches(SEPARATORS);
    (!text.contains('"')).then_some(text)
}

fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// `charset'language'value`. Without its quotes, or with one, it is read as far as it goes.
fn extended(value: &[u8]) -> Option<String> {
    let (charset, value) = charset(value.trim_ascii());
    let bytes: Vec<u8> = percent_encoding::percent_decode(value).collect();
    text::in_charset(charset, &bytes).filter(|name| !name.trim().is_empty())
}

fn charset(value: &[u8]) -> (&[u8], &[u8]) {
    let mut parts = value.splitn(3, |byte| *byte == b'\'');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(charset), Some(_), Some(value)) => (charset, value),
        (Some(charset), Some(value), None) => (charset, value),
        _ => (b"", value),
    }
}

/// The pieces from 0 on, as far as none is missing; the first one names the charset.
fn joined(parameters: &[Parameter]) -> Option<String> {
    let mut bytes = Vec::new();
    let mut name_of_charset: &[u8] = b"";
    for wanted in 0..MOST_PIECES {
        let piece = parameters.iter().find_map(|it| match it.slot {
            Slot::Piece { index, extended } if index == wanted => Some((extended, &it.value)),
            _ => None,
        });
        let Some((extended, value)) = piece else {
            break;
        };
        let mut value = value.trim_ascii();
        if extended && wanted == 0 {
            (name_of_charset, value) = charset(value);
        }
        if extended {
            bytes.extend(percent_encoding::percent_decode(value));
        } else {
            bytes.extend(value);
        }
    }
    let decoded = match name_of_charset {
        b"" => Some(text::guess(&bytes)),
        name => text::in_charset(name, &bytes),
    };
    decoded.filter(|name| !name.trim().is_empty())
}
