//! What a field of links says: links in their order, each once, and the lines that are none.
//!
//! Pure, and bounded: no text becomes more than [`MOST_LINKS`] links, and of lines that are
//! not understood the first few are kept, and counted.

use std::collections::HashSet;

use crate::download::Link;
use crate::download::link::LinkError;
use crate::download::pattern::{Backwards, MOST_LINKS, Template};
use crate::words::explain::{explain_link, tell};
use crate::words::{Language, key};

/// So many of the lines that are not understood are kept.
pub const MOST_SHOWN: usize = 20;

/// What a text says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    /// In order, each once.
    pub links: Vec<Link>,
    /// How many were there before in the same text.
    pub repeated: usize,
    /// The first lines that were not understood.
    pub troubles: Vec<Trouble>,
    /// How many there are in all.
    pub not_understood: usize,
}

/// A line that is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Its number, from 1.
    pub line: usize,
    /// Why.
    pub fault: Fault,
}

/// Why a line stands for no links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Not a link.
    Link(LinkError),
    /// A pattern that could only count down.
    Backwards(String),
    /// With it there would be more than [`MOST_LINKS`].
    TooMany,
}

impl Lines {
    /// Reads a text: a link a line or several with blanks between them; blank lines and `#`
    /// comments are skipped, patterns expanded, and no scheme is ever guessed.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut lines = Self::default();
        for (line, content) in spoken(text) {
            let before = lines.links.len();
            if let Err(fault) = lines.add(content) {
                // A line counts as a whole, or not at all.
                lines.links.truncate(before);
                lines.not_understood += 1;
                if lines.troubles.len() < MOST_SHOWN {
                    lines.troubles.push(Trouble { line, fault });
                }
            }
        }
        lines.drop_repeated();
        lines
    }

    fn add(&mut self, line: &str) -> Result<(), Fault> {
        for text in pieces(line) {
            let template =
                Template::parse(text).map_err(|Backwards(pattern)| Fault::Backwards(pattern))?;
            if template.count().saturating_add(self.links.len() as u64) > MOST_LINKS as u64 {
                return Err(Fault::TooMany);
            }
            for which in 0..template.count() {
                let link = Link::parse(&template.text(which)).map_err(Fault::Link)?;
                self.links.push(link);
            }
        }
        Ok(())
    }

    fn drop_repeated(&mut self) {
        let mut seen = HashSet::with_capacity(self.links.len());
        let is_new: Vec<bool> = self.links.iter().map(|link| seen.insert(link)).collect();
        let before = self.links.len();
        let mut is_new = is_new.into_iter();
        self.links.retain(|_| is_new.next().unwrap_or(true));
        self.repeated = before - self.links.len();
    }
}

impl Fault {
    /// Why, in words.
    #[must_use]
    pub fn explain(&self, language: Language) -> String {
        let told = match self {
            Self::Link(error) => explain_link(error, language),
            Self::Backwards(pattern) => {
                let pattern = [("pattern", pattern.as_str().into())];
                tell(language, key!("pattern-backwards", pattern), &pattern, "")
            }
            Self::TooMany => {
                let most = [("most", MOST_LINKS.to_string().into())];
                tell(language, key!("too-many-urls", most), &most, "")
            }
        };
        told.message
    }
}

/// How much work it is to read a text, in links: a bound that costs little to find.
#[must_use]
pub fn weight(text: &str) -> usize {
    let counts = spoken(text).flat_map(|(_, line)| pieces(line)).map(|text| {
        let count = Template::parse(text).map_or(1, |template| template.count());
        usize::try_from(count).unwrap_or(usize::MAX).min(MOST_LINKS)
    });
    // A line of many characters is as much work as several.
    counts.fold(text.len() / 100, usize::saturating_add)
}

/// The lines that say something, with their numbers.
fn spoken(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = text.lines().enumerate();
    lines
        .map(|(index, line)| (index + 1, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

/// The links in a line. A blank parts two only where the next begins as a link does: there
/// are links with blanks in them.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, after) = rest
            .match_indices(char::is_whitespace)
            .map(|(at, blank)| (&rest[..at], &rest[at + blank.len()..]))
            .find(|(_, after)| begins_link(after))
            .unwrap_or((rest, ""));
        rest = after;
        Some(piece.trim_end())
    })
}

fn begins_link(text: &str) -> bool {
    let begins = |scheme: &str| {
        text.get(..scheme.len())
            .is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
    };
    begins("http://") || begins("https://")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<String>, usize, Vec<(usize, Fault)>) {
        let lines = Lines::read(text);
        assert_eq!(lines.troubles.len(), lines.not_understood.min(MOST_SHOWN));
        let links = lines.links.iter().map(|link| link.expose().to_owned());
        let troubles = lines.troubles.into_iter().map(|it| (it.line, it.fault));
        (links.collect(), lines.repeated, troubles.collect())
    }

    #[test]
    fn links_in_every_dress() {
        for (text, links, repeated) in [
            ("", &[][..], 0),
            ("\n \n\t\n", &[], 0),
            ("# http://h/1", &[], 0),
            ("  # http://h/1", &[], 0),
            ("http://h/1", &["http://h/1"], 0),
            ("\u{feff}http://h/1", &["http://h/1"], 0),
            ("  HTTP://h/1\t", &["http://h/1"], 0),
            (
                "http://h/1\r\nhttp://h/2\r\n",
                &["http://h/1", "http://h/2"],
                0,
            ),
            ("http://h/2\n\nhttp://h/1", &["http://h/2", "http://h/1"], 0),
            // Several in a line, and a blank inside of one.
            ("http://h/1 https://h/2", &["http://h/1", "https://h/2"], 0),
            (
                "http://h/1 \t\u{a0}http://h/2",
                &["http://h/1", "http://h/2"],
                0,
            ),
            ("http://h/a b", &["http://h/a%20b"], 0),
            ("http://h/ü http", &["http://h/%C3%BC%20http"], 0),
            // Patterns.
            (
                "http://h/[08-10]",
                &["http://h/08", "http://h/09", "http://h/10"],
                0,
            ),
            (
                "http://h/[1-2][a-b]",
                &["http://h/1a", "http://h/1b", "http://h/2a", "http://h/2b"],
                0,
            ),
            ("http://[::1]/x", &["http://[::1]/x"], 0),
            // Again.
            ("http://h/1\nhttp://h/1", &["http://h/1"], 1),
            (
                "http://h/2\nhttp://h/[1-3]\nhttp://H/2#x",
                &["http://h/2", "http://h/1", "http://h/3"],
                2,
            ),
        ] {
            let links: Vec<_> = links.iter().map(|link| (*link).to_owned()).collect();
            assert_eq!(read(text), (links, repeated, Vec::new()), "{text:?}");
        }
    }

    #[test]
    fn lines_that_are_none() {
        let scheme = |scheme: &str| Fault::Link(LinkError::UnsupportedScheme(scheme.into()));
        let no_scheme = || Fault::Link(LinkError::NoScheme);
        for (text, count, troubles) in [
            ("h/1", 0, vec![(1, no_scheme())]),
            ("htp:/broken.example", 0, vec![(1, scheme("htp"))]),
            ("\n# no\n\nftp://h/", 0, vec![(4, scheme("ftp"))]),
            (
                "http://h/1\nmagnet:?x\nh\nhttp://h/2",
                2,
                vec![(2, scheme("magnet")), (3, no_scheme())],
            ),
            (
                "http://h/[9-1]",
                0,
                vec![(1, Fault::Backwards("[9-1]".into()))],
            ),
            ("\u{feff}h/1", 0, vec![(1, no_scheme())]),
            // All of a line, or nothing of it.
            (
                "http://h/1 http://h:x/",
                0,
                vec![(
                    1,
                    Fault::Link(LinkError::Invalid("invalid port number".into())),
                )],
            ),
            (
                "http://1.1.1.[254-256]/",
                0,
                vec![(
                    1,
                    Fault::Link(LinkError::Invalid("invalid IPv4 address".into())),
                )],
            ),
            (
                "http://h/[1-1000001]\nhttp://h/1",
                1,
                vec![(1, Fault::TooMany)],
            ),
            (
                "http://h/[0-18446744073709551615]",
                0,
                vec![(1, Fault::TooMany)],
            ),
        ] {
            let (links, _, found) = read(text);
            assert_eq!((links.len(), found), (count, troubles), "{text:?}");
        }
        let long = format!("http://h/{}", "x".repeat(70_000));
        assert_eq!(read(&long).2, [(1, Fault::Link(LinkError::TooLong))]);
    }

    #[test]
    fn of_many_troubles_the_first_are_kept() {
        let lines = Lines::read(&"nothing\n".repeat(1_000));
        assert_eq!(
            (lines.not_understood, lines.troubles.len()),
            (1_000, MOST_SHOWN)
        );
        assert_eq!(lines.troubles.last().map(|it| it.line), Some(MOST_SHOWN));
    }

    #[test]
    fn a_million_is_enough() {
        let text = format!("http://h/[1-{MOST_LINKS}]\nhttp://h/0");
        let lines = Lines::read(&text);
        assert_eq!(lines.links.len(), MOST_LINKS);
        assert_eq!(
            lines.troubles,
            [Trouble {
                line: 2,
                fault: Fault::TooMany
            }]
        );
    }

    #[test]
    fn the_weight_of_a_text_is_found_without_reading_it() {
        for (text, least, most) in [
            ("", 0, 0),
            ("# comment\n\n", 0, 0),
            ("http://h/1\nhttp://h/2 http://h/3", 3, 3),
            ("http://h/[1-500]", 500, 500),
            ("http://h/[1-18446744073709551615]", MOST_LINKS, MOST_LINKS),
            ("http://h/[2-1]", 1, 1),
        ] {
            let found = weight(text);
            assert!((least..=most).contains(&found), "{text:?} {found}");
        }
        assert!(weight(&"x".repeat(1_000_000)) >= 10_000);
        assert_eq!(weight(&"http://h/[1-1000000]\n".repeat(3)), 3 * MOST_LINKS);
    }

    /// No secret of a link that is none is repeated.
    #[test]
    fn faults_in_words() {
        let said = |text: &str| {
            Lines::read(text).troubles[0]
                .fault
                .explain(Language::English)
        };
        assert_eq!(said("ann:pw@h/?k=v"), "the scheme ann is not supported");
        assert_eq!(said("h/1"), "the URL has no scheme");
        assert_eq!(said("http://h/[2-1]"), "the pattern [2-1] counts down");
        assert_eq!(
            said("http://h/[1-1000001]"),
            "these are more than 1000000 URLs"
        );
    }
}
