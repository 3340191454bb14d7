//! Any text made into a safe file name, on every system alike.
//!
//! What comes out never leaves the folder, never hides, never misleads the eye, and is
//! the same when it goes in again.

use unicode_normalization::UnicodeNormalization;

use super::extension;

/// The longest name in bytes: file systems take 255, and `.ebb-part` must fit behind it.
pub const LONGEST: usize = 255 - PART.len();

/// What an unfinished file's name ends in. No file's own name may.
const PART: &str = ".ebb-part";

/// Names that Windows keeps for devices, whatever extension follows, and two whole names
/// that its Explorer obeys.
const DEVICES: [&str; 8] = [
    "con", "prn", "aux", "nul", "conin$", "conout$", "clock$", "$null",
];
const OBEYED: [&str; 2] = ["desktop.ini", "thumbs.db"];

/// The last component of `text` as a file name, or `None` where nothing of it is left.
///
/// In Unicode's composed form (NFC); without control, bidirectional and invisible
/// characters; `<>:"|?*` replaced by `_`; no dots or blanks at either end; at most
/// [`LONGEST`] bytes, cut before the extension; reserved names begin with `_`.
#[must_use]
pub fn sanitise(text: &str) -> Option<String> {
    let visible: String = text.chars().filter(|it| !is_unseen(*it)).nfc().collect();
    let mut components = visible.rsplit(['/', '\\']).map(trimmed);
    let component = components.find(|component| !component.is_empty())?;
    let mut name = component.replace(['<', '>', ':', '"', '|', '?', '*'], "_");
    // Each step can undo another's work (a cut may end in a blank), but each only ever
    // shortens the name or adds one `_`: soon nothing changes any more.
    loop {
        let next = unreserved(not_a_part(extension::cut(trimmed(&name), LONGEST)));
        if next == name {
            return Some(name);
        }
        name = next;
    }
}

/// Without the dots that hide a name, and the ends that Windows drops.
fn trimmed(name: &str) -> &str {
    name.trim_matches(|it: char| it == '.' || it.is_whitespace())
}

/// `a.ebb-part` would be taken for the unfinished `a`.
fn not_a_part(mut name: String) -> String {
    let at = name.len().saturating_sub(PART.len());
    if name
        .get(at..)
        .is_some_and(|end| end.eq_ignore_ascii_case(PART))
    {
        name.replace_range(at..=at, "_");
    }
    name
}

fn unreserved(name: String) -> String {
    let lower = name.to_ascii_lowercase();
    let stem = lower.split('.').next().unwrap_or_default().trim_end();
    let numbered = |device: &str| {
        let number = stem.strip_prefix(device).unwrap_or_default();
        let mut number = number.chars();
        let digit = number
            .next()
            .is_some_and(|it| matches!(it, '0'..='9' | '¹' | '²' | '³'));
        digit && number.next().is_none()
    };
    let reserved = DEVICES.contains(&stem)
        || numbered("com")
        || numbered("lpt")
        || OBEYED.contains(&lower.as_str());
    if reserved { format!("_{name}") } else { name }
}

/// Characters that a person does not see: controls, direction marks, joiners and fillers of
/// no width, tags, and code points that are no characters.
fn is_unseen(it: char) -> bool {
    it.is_control()
        || matches!(it,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
            | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
        || u32::from(it) & 0xfffe == 0xfffe
}
