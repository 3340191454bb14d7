//! A list of URLs: one a line, blank lines and `#` comments skipped.
//!
//! Every line that is none is reported with its number; nothing begins then.

use std::io::Read;
use std::path::Path;

use super::wrong::Wrong;
use crate::download::Link;
use crate::download::pattern::{Backwards, MOST_LINKS, Template};

/// Reads a file, or standard input for `-`.
pub fn read(path: &Path) -> Result<Vec<Link>, Vec<Wrong>> {
    let name = path.to_string_lossy();
    let bytes = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    match bytes {
        Ok(bytes) => links(&name, &bytes),
        Err(error) => Err(vec![Wrong::List(name.into_owned(), error.to_string())]),
    }
}

/// The links in a list; line ends of any system, and a byte order mark, are accepted.
fn links(name: &str, bytes: &[u8]) -> Result<Vec<Link>, Vec<Wrong>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let (mut links, mut wrong) = (Vec::new(), Vec::new());
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let number = index + 1;
        let Ok(line) = std::str::from_utf8(line) else {
            wrong.push(Wrong::ListedNotText(name.to_owned(), number));
            continue;
        };
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let found = expand(line, &mut links, |fault| match fault {
            Fault::Link(error) => Wrong::ListedLink(name.to_owned(), number, error),
            Fault::Backwards(pattern) => Wrong::ListedBackwards(name.to_owned(), number, pattern),
        });
        match found {
            Ok(()) => {}
            // Nothing after this matters, and there may be much.
            Err(Wrong::TooManyLinks) => return Err(vec![Wrong::TooManyLinks]),
            Err(fault) => wrong.push(fault),
        }
    }
    if wrong.is_empty() {
        Ok(links)
    } else {
        Err(wrong)
    }
}

/// What a text has that stands for no links.
pub enum Fault {
    /// Not a URL.
    Link(crate::download::link::LinkError),
    /// A pattern that could only count down.
    Backwards(String),
}

/// Adds the links that a text stands for; the caller says where it stood.
pub fn expand(
    text: &str,
    links: &mut Vec<Link>,
    wrong: impl Fn(Fault) -> Wrong,
) -> Result<(), Wrong> {
    let template =
        Template::parse(text).map_err(|Backwards(pattern)| wrong(Fault::Backwards(pattern)))?;
    if template.count().saturating_add(links.len() as u64) > MOST_LINKS as u64 {
        return Err(Wrong::TooManyLinks);
    }
    for which in 0..template.count() {
        links.push(Link::parse(&template.text(which)).map_err(|error| wrong(Fault::Link(error)))?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::download::link::LinkError;

    #[test]
    fn lists_of_every_make() {
        let list =
            "\u{feff}http://h/1\r\n\r\n# comment\r\n  http://h/2  \r\n\t# too\nhttp://h/[3-4]";
        let found = links("l", list.as_bytes()).unwrap();
        let found: Vec<_> = found.iter().map(Link::expose).collect();
        assert_eq!(
            found,
            ["http://h/1", "http://h/2", "http://h/3", "http://h/4"]
        );
        assert_eq!(links("l", b"").unwrap(), []);
    }

    #[test]
    fn every_bad_line_is_reported() {
        let list = b"http://h/1\nh/2\n\xff\xfe\nhttp://h/[2-1]\nftp://h/\n";
        assert_eq!(
            links("l", list).unwrap_err(),
            [
                Wrong::ListedLink("l".into(), 2, LinkError::NoScheme),
                Wrong::ListedNotText("l".into(), 3),
                Wrong::ListedBackwards("l".into(), 4, "[2-1]".into()),
                Wrong::ListedLink("l".into(), 5, LinkError::UnsupportedScheme("ftp".into())),
            ]
        );
    }

    #[test]
    fn a_million_is_enough() {
        let list = b"http://h/[1-1000000]\nhttp://h/2\n";
        assert_eq!(links("l", list).unwrap_err(), [Wrong::TooManyLinks]);
    }
}
