//! `NAME=VALUE` of `ebb set`: what is to be changed. A password is never among the words.

use std::io::{BufRead, IsTerminal, stdin};

use super::wrong::Wrong;
use crate::remote::schema::Secret;
use crate::words::{Language, key, say};

const VERB: &str = "set";
const PASSWORD: &str = "password";
/// More of standard input is not read for a password.
const LONGEST: u64 = 64 * 1024;

/// Names and values, in their order. Which there are is known to whom they are sent.
///
/// # Errors
/// A word is not of this form, or no password could be read.
pub fn read(words: &[String], language: Language) -> Result<Vec<(String, Secret)>, Wrong> {
    read_asking(words, || ask(language))
}

fn read_asking(
    words: &[String],
    ask: impl Fn() -> Option<String>,
) -> Result<Vec<(String, Secret)>, Wrong> {
    let parted: Vec<(&str, &str)> = words
        .iter()
        .map(|word| part(word))
        .collect::<Result<_, _>>()?;
    // Nobody is asked before all of the line is right.
    let with_password = |(name, value): (&str, &str)| {
        let value = match name {
            PASSWORD => ask().ok_or(Wrong::Option(PASSWORD, key!("set-password-unread")))?,
            _ => value.to_owned(),
        };
        Ok((name.to_owned(), Secret(value)))
    };
    parted.into_iter().map(with_password).collect()
}

/// (The word is not repeated: it may be a password that was meant to follow its name.)
fn part(word: &str) -> Result<(&str, &str), Wrong> {
    match word.split_once('=') {
        Some((PASSWORD, value)) if !value.is_empty() => {
            Err(Wrong::Option(PASSWORD, key!("set-password-shown")))
        }
        Some(parted) => Ok(parted),
        None if word == PASSWORD => Ok((word, "")),
        None => Err(Wrong::Option(VERB, key!("set-no-value"))),
    }
}

fn ask(language: Language) -> Option<String> {
    if stdin().is_terminal() {
        let prompt = say!(language, "set-password-prompt");
        return rpassword::prompt_password(format!("{prompt} ")).ok();
    }
    first_line(stdin().lock())
}

/// A line without its end; `None` where there is none, or it is no text.
fn first_line(input: impl BufRead) -> Option<String> {
    let mut line = Vec::new();
    let read = input.take(LONGEST).read_until(b'\n', &mut line).ok()?;
    let line = line.strip_suffix(b"\n").unwrap_or(&line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    (read > 0)
        .then(|| String::from_utf8(line.to_vec()).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    fn read(line: &str) -> Result<Vec<(String, String)>, Wrong> {
        let words = shell_words::split(line).unwrap();
        let read = read_asking(&words, || Some("s3cret".to_owned()))?;
        Ok(read
            .into_iter()
            .map(|(name, Secret(value))| (name, value))
            .collect())
    }

    #[test]
    fn names_and_values() {
        for (line, name, value) in [
            ("name=x", "name", "x"),
            ("name=", "name", ""),
            ("'on-complete=say \"a=b\"'", "on-complete", "say \"a=b\""),
            ("url=http://h/?a=b", "url", "http://h/?a=b"),
            ("nonsense=1", "nonsense", "1"),
            ("password", "password", "s3cret"),
            ("password=", "password", "s3cret"),
        ] {
            assert_eq!(
                read(line),
                Ok(vec![(name.to_owned(), value.to_owned())]),
                "{line}"
            );
        }
        assert_eq!(read("name=a description=b").map(|all| all.len()), Ok(2));
    }

    #[test]
    fn wrong_words_are_not_repeated() {
        for (line, subject, key) in [
            ("password=s3cret", "password", key!("set-password-shown")),
            ("s3cret", "set", key!("set-no-value")),
            ("password s3cret", "set", key!("set-no-value")),
            ("", "set", key!("set-no-value")),
        ] {
            let words = if line.is_empty() {
                vec![String::new()]
            } else {
                shell_words::split(line).unwrap()
            };
            let asked = Cell::new(false);
            let ask = || {
                asked.set(true);
                None
            };
            let wrong = read_asking(&words, ask).unwrap_err();
            assert_eq!(wrong, Wrong::Option(subject, key), "{line}");
            assert!(!wrong.line(Language::English).contains("s3cret"));
            assert!(!asked.get(), "{line}");
        }
        let unread = read_asking(&["password".to_owned()], || None);
        assert_eq!(
            unread.unwrap_err(),
            Wrong::Option("password", key!("set-password-unread"))
        );
    }

    #[test]
    fn a_password_is_one_line() {
        for (input, line) in [
            (&b"s3cret\n"[..], Some("s3cret")),
            (b"s3 cret \r\nmore", Some("s3 cret ")),
            (b"s3cret", Some("s3cret")),
            (b"\n", Some("")),
            (b"", None),
            (b"\xff\n", None),
        ] {
            assert_eq!(first_line(input).as_deref(), line);
        }
    }
}
