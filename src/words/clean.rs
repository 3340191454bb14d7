//! What others wrote (servers, file names, lists), made fit to be shown in one line.
//!
//! Nothing that passes here can move the cursor, end the line, or turn the
//! direction of the text around it.

/// The longest detail that is shown, in characters.
const LONGEST: usize = 300;

/// Without control characters, line breaks and marks of direction; at most 300 characters.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .filter_map(shown_as)
        .take(LONGEST + 1)
        .collect();
    if shown.chars().count() > LONGEST {
        shown = shown.chars().take(LONGEST - 1).collect();
        shown.push('…');
    }
    shown.trim().to_owned()
}

/// The same, however long it is: for what is to be read or copied whole.
#[must_use]
pub fn clean_whole(text: &str) -> String {
    let shown: String = text.chars().filter_map(shown_as).collect();
    shown.trim().to_owned()
}

fn shown_as(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        // Marks that turn the direction of what follows, and those that take no room.
        '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}

/// What was typed in the place of a URL and is none, without what may be a secret in it:
/// nothing before an `@`, nothing after a `?`.
#[must_use]
pub fn clean_link(text: &str) -> String {
    let (place, query) = match text.split_once('?') {
        Some((place, _)) => (place, "?…"),
        None => (text, ""),
    };
    let (scheme, rest) = match place.split_once("://") {
        Some((scheme, rest)) if !scheme.contains('@') => (format!("{scheme}://"), rest),
        _ => (String::new(), place),
    };
    let rest = match rest.rsplit_once('@') {
        Some((_, host)) => format!("…@{host}"),
        None => rest.to_owned(),
    };
    clean(&format!("{scheme}{rest}{query}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_shown_moves_the_cursor() {
        for (text, shown) in [
            ("plain ü 文", "plain ü 文"),
            ("a\u{1b}[2Jb", "a[2Jb"),
            ("a\r\nebb: all is well", "a  ebb: all is well"),
            ("exe\u{202e}gpj.scr", "exegpj.scr"),
            ("\u{7}\u{9b}31m", "31m"),
        ] {
            assert_eq!(clean(text), shown);
        }
        assert_eq!(clean(&"x".repeat(5000)).chars().count(), LONGEST);
        assert_eq!(clean_whole(&"x\n".repeat(5000)).len(), 9999);
    }

    #[test]
    fn secrets_in_what_is_no_link() {
        for (text, shown) in [
            ("ann:pw@example.org/a?b=c", "…@example.org/a?…"),
            ("ftp://ann:pw@example.org/", "ftp://…@example.org/"),
            ("http://ann:p/w@example.org:x/", "http://…@example.org:x/"),
            ("example.org/file", "example.org/file"),
            ("ann@pw://example.org", "…@pw://example.org"),
        ] {
            assert_eq!(clean_link(text), shown);
        }
    }
}
