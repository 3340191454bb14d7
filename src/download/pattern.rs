//! `[01-20]` and `[a-f]` in a URL count up, the rightmost fastest, keeping noughts in front.
//!
//! A `[` that begins no such pattern (an IPv6 address, a name with brackets) is left as it is.

/// The most links of one command, and of one add.
pub const MOST_LINKS: usize = 1_000_000;

/// A text with patterns in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template<'a> {
    parts: Vec<Part<'a>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part<'a> {
    Text(&'a str),
    Numbers { first: u64, last: u64, width: usize },
    Letters { first: u8, last: u8 },
}

/// A pattern that could only count down, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the pattern {0} counts down")]
pub struct Backwards(pub String);

impl<'a> Template<'a> {
    /// Finds the patterns in a text.
    ///
    /// # Errors
    /// [`Backwards`], with the pattern.
    pub fn parse(text: &'a str) -> Result<Self, Backwards> {
        let mut parts = Vec::new();
        let mut begin = 0;
        let mut from = 0;
        while let Some(open) = text[from..].find('[').map(|at| from + at) {
            let found = text[open..].find(']').map(|at| open + at);
            let Some((close, part)) =
                found.and_then(|close| Some((close, pattern(&text[open + 1..close])?)))
            else {
                from = open + 1;
                continue;
            };
            if part.count() == 0 {
                return Err(Backwards(text[open..=close].to_owned()));
            }
            parts.push(Part::Text(&text[begin..open]));
            parts.push(part);
            begin = close + 1;
            from = begin;
        }
        parts.push(Part::Text(&text[begin..]));
        Ok(Self { parts })
    }

    /// How many texts it stands for; more than there are numbers for is the largest number.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.parts
            .iter()
            .map(Part::count)
            .fold(1, u64::saturating_mul)
    }

    /// The text of one of them, counted from 0.
    #[must_use]
    pub fn text(&self, mut which: u64) -> String {
        let mut pieces: Vec<String> = self
            .parts
            .iter()
            .rev()
            .map(|part| {
                let piece = part.text(which % part.count());
                which /= part.count();
                piece
            })
            .collect();
        pieces.reverse();
        pieces.concat()
    }
}

impl Part<'_> {
    fn count(&self) -> u64 {
        match *self {
            Self::Text(_) => 1,
            Self::Numbers { first, last, .. } if first <= last => (last - first).saturating_add(1),
            Self::Letters { first, last } if first <= last => u64::from(last - first) + 1,
            Self::Numbers { .. } | Self::Letters { .. } => 0,
        }
    }

    fn text(&self, which: u64) -> String {
        match *self {
            Self::Text(text) => text.to_owned(),
            Self::Numbers { first, width, .. } => format!("{:0width$}", first + which),
            // Fewer than 26 of them.
            Self::Letters { first, .. } => char::from(first + which as u8).to_string(),
        }
    }
}

/// What stands between the brackets, if it is a pattern.
fn pattern(inside: &str) -> Option<Part<'static>> {
    let (first, last) = inside.split_once('-')?;
    if let ([a], [b]) = (first.as_bytes(), last.as_bytes()) {
        let same_case = a.is_ascii_lowercase() && b.is_ascii_lowercase()
            || a.is_ascii_uppercase() && b.is_ascii_uppercase();
        if same_case {
            return Some(Part::Letters {
                first: *a,
                last: *b,
            });
        }
    }
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !is_number(first) || !is_number(last) {
        return None;
    }
    let padded = first.len() > 1 && first.starts_with('0');
    Some(Part::Numbers {
        first: first.parse().ok()?,
        last: last.parse().ok()?,
        width: if padded { first.len() } else { 0 },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let template = Template::parse(text).unwrap();
        (0..template.count())
            .map(|which| template.text(which))
            .collect()
    }

    #[test]
    fn patterns_count_up() {
        for (text, texts) in [
            ("a", &["a"][..]),
            ("", &[""]),
            ("[1-3]", &["1", "2", "3"]),
            ("x[08-11]y", &["x08y", "x09y", "x10y", "x11y"]),
            ("[99-101]", &["99", "100", "101"]),
            ("[099-101]", &["099", "100", "101"]),
            ("[0-2]", &["0", "1", "2"]),
            ("[00-01]", &["00", "01"]),
            ("[a-c]", &["a", "b", "c"]),
            ("[X-Z]", &["X", "Y", "Z"]),
            ("[5-5]", &["5"]),
            ("[1-2][a-b]", &["1a", "1b", "2a", "2b"]),
            ("ü[1-2]é", &["ü1é", "ü2é"]),
        ] {
            assert_eq!(all(text), texts, "{text}");
        }
    }

    #[test]
    fn other_brackets_are_left_alone() {
        for text in [
            "http://[::1]/",
            "http://[fe80::1-2]/",
            "[",
            "]",
            "[]",
            "[-]",
            "[1]",
            "[1-]",
            "[a-F]",
            "[a-9]",
            "[ab-cd]",
            "[1-2",
            "[1-2:2]",
            "[+1-2]",
            "[1-99999999999999999999]",
            "[ä-ö]",
        ] {
            assert_eq!(all(text), [text]);
        }
        assert_eq!(
            all("http://[::1]/[1-2]"),
            ["http://[::1]/1", "http://[::1]/2"]
        );
        assert_eq!(all("[x[1-2]]"), ["[x1]", "[x2]"]);
    }

    #[test]
    fn nothing_counts_down() {
        for text in ["a[20-01]", "a[f-a]"] {
            let pattern = text[1..].to_owned();
            assert_eq!(Template::parse(text), Err(Backwards(pattern)));
        }
    }

    #[test]
    fn too_many_are_counted_not_made() {
        assert_eq!(
            Template::parse("[0-18446744073709551615]").unwrap().count(),
            u64::MAX
        );
        assert_eq!(
            Template::parse("[0-4294967296][0-4294967296]")
                .unwrap()
                .count(),
            u64::MAX
        );
    }
}
