//! Wrong lines, as they are told.

use std::ffi::OsString;

use clap::Parser;

use super::*;
use crate::cli::arguments::Arguments;
use crate::download::digest::Checksum;
use crate::words::i18n::LANGUAGES;

fn parsed(line: &str) -> String {
    let words = shell_words::split(line).unwrap();
    let words: Vec<OsString> = words.into_iter().map(OsString::from).collect();
    let verb = crate::cli::verb_of(&words);
    let error = Arguments::try_parse_from(words).unwrap_err();
    Wrong::of_parser(&error, verb).line(Language::English)
}

#[test]
fn a_wrong_line_is_told_in_one_line() {
    for (line, told) in [
        (
            "ebb get --quite",
            "ebb: unexpected argument '--quite' found: a similar argument exists: '--quiet'",
        ),
        (
            "ebb get -x 65",
            "ebb: invalid value '65' for '--connections <N>': 65 is not in 1..=64: \
             see ebb help get",
        ),
        (
            "ebb get -x",
            "ebb: a value is required for '--connections <N>' but none was supplied: \
             see ebb help get",
        ),
        (
            "ebb move 1a2b",
            "ebb: the following required arguments were not provided: \
             <--top|--up|--down|--bottom>: see ebb help move",
        ),
        (
            "ebb limit fast",
            "ebb: invalid value 'fast' for '<RATE>': it is a number of bytes a second, 1 or more, \
             like 500k, 1.5M or 20000, or off: see ebb help limit",
        ),
        (
            "ebb suspend",
            "ebb: the following required arguments were not provided: <ID|--all>: \
             see ebb help suspend",
        ),
        (
            "ebb mode turbo",
            "ebb: invalid value 'turbo' for '<MODE>' [possible values: polite, full, \
             suspended]: see ebb help mode",
        ),
    ] {
        assert_eq!(parsed(line), told);
    }
}

#[test]
fn what_is_neither_a_command_nor_for_the_window_is_told_in_one_line() {
    for (word, told) in [
        ("lst", "ebb: lst: there is no such command: see ebb help"),
        (
            "http://ann:pw@h/",
            "ebb: http://…@h/: this build has no window: \
             download with: ebb get URL, and see ebb help",
        ),
    ] {
        assert_eq!(Wrong::Command(word.into()).line(Language::English), told);
    }
}

#[test]
fn everything_wrong_is_told_in_every_language() {
    let list = || "list".to_owned();
    let all = [
        Wrong::NoWindow,
        Wrong::Line("what".into(), None, "get".into()),
        Wrong::Link("h".into(), LinkError::NoScheme),
        Wrong::Link(String::new(), LinkError::Empty),
        Wrong::ListedLink(list(), 7, LinkError::NoScheme),
        Wrong::Backwards("[2-1]".into()),
        Wrong::ListedBackwards(list(), 7, "[2-1]".into()),
        Wrong::ListedNotText(list(), 7),
        Wrong::TooManyLinks,
        Wrong::NoLinks,
        Wrong::List(list(), "not found".into()),
        Wrong::Option("-o", key!("name-empty")),
        Wrong::File("ca.pem".into(), key!("authority-none"), String::new()),
        Wrong::Checksum(ChecksumError::NoAlgorithm),
        Wrong::Checksum(ChecksumError::UnknownAlgorithm("crc".into())),
        Wrong::Checksum(ChecksumError::NotHex),
        Wrong::Checksum(Checksum::parse("md5=00").unwrap_err()),
        Wrong::Command("lst".into()),
    ];
    for wrong in all {
        let lines = LANGUAGES.map(|language| wrong.line(language));
        assert_ne!(lines[0], lines[1]);
        for line in lines {
            assert!(
                line.starts_with("ebb: ") && line.matches(": ").count() >= 2,
                "{line}"
            );
            assert!(!line.contains(['\n', '$']), "{line}");
        }
    }
}

#[test]
fn nothing_secret_is_repeated() {
    let shown = Wrong::Link("ann:pw@h/x?key=v".into(), LinkError::NoScheme).line(Language::English);
    for line in [
        "ebb list password=s3cret",
        "ebb list 'Authorization: s3cret'",
        "ebb watch http://ann:s3cret@h/",
        "ebb move --top 1a2b 'http://h/?a=s3cret'",
        "ebb new --password=s3cret",
    ] {
        let told = parsed(line);
        assert!(!told.contains("s3cret"), "{told}");
    }
    assert_eq!(
        shown,
        "ebb: …@h/x?…: the URL has no scheme: write https:// or http:// before it"
    );
}
