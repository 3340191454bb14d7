//! The files against each other, and against the sources that speak from them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::texts::{Texts, read as read_texts};
use super::*;

type Value = FluentValue<'static>;

fn source(language: Language) -> String {
    let file = format!("i18n/{}/ebb.ftl", language.tag());
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

fn texts(language: Language) -> Texts {
    read_texts(&source(language)).unwrap_or_else(|error| panic!("{language:?}: {error}"))
}

/// Unknown keys, missing keys, and texts that take other arguments.
fn differences(english: &Texts, other: &Texts) -> Vec<String> {
    let unknown = other.keys().filter(|key| !english.contains_key(*key));
    let unknown = unknown.map(|key| format!("{key} is not in English"));
    let amiss = english
        .iter()
        .filter_map(|(key, arguments)| match other.get(key) {
            None => Some(format!("{key} is missing")),
            Some(others) if others != arguments => {
                Some(format!("{key} takes {others:?}, not {arguments:?}"))
            }
            Some(_) => None,
        });
    amiss.chain(unknown).collect()
}

#[test]
fn every_language_says_the_same() {
    let english = texts(Language::English);
    for language in LANGUAGES {
        let differences = differences(&english, &texts(language));
        assert!(
            differences.is_empty(),
            "{language:?}:\n{}",
            differences.join("\n")
        );
    }
}

#[test]
fn a_difference_is_found() {
    let english = "\
        same = { $a }\n    .hint = h\n\
        gone = x\n\
        files = { $n ->\n    [one] one\n   *[other] { $n } in { $folder }\n}\n";
    let other = "\
        same = { $b }\n    .tip = h\n\
        new = x\n\
        files = { $n ->\n    [one] one\n   *[other] { $n }\n}\n";
    assert_eq!(
        differences(&read_texts(english).unwrap(), &read_texts(other).unwrap()),
        [
            r#"files takes {"n"}, not {"folder", "n"}"#,
            "gone is missing",
            r#"same takes {"b"}, not {"a"}"#,
            "same.hint is missing",
            "new is not in English",
            "same.tip is not in English",
        ]
    );
    assert!(read_texts("twice = 1\ntwice = 2\n").is_err());
    assert!(read_texts("no-text\n").is_err());
}

/// A text (by its key, or `key.attribute`) with the same for each of its arguments.
fn said(language: Language, name: &str, arguments: &BTreeSet<String>, value: Value) -> String {
    let (key, attribute) = match name.split_once('.') {
        Some((key, attribute)) => (key, Some(attribute)),
        None => (name, None),
    };
    let arguments: Vec<Argument<'_>> = arguments
        .iter()
        .map(|name| (name.as_str(), value.clone()))
        .collect();
    super::read(language.bundle(), key, attribute, &arguments).unwrap()
}

/// Nothing is left unsaid, and none is empty.
#[test]
fn every_text_can_be_said() {
    for language in LANGUAGES {
        for (name, arguments) in texts(language) {
            for count in [0_u64, 1, 2, 5, 21, 1_000_000] {
                let said = said(language, &name, &arguments, count.into());
                assert!(
                    !said.trim().is_empty() && !said.contains(['{', '}', '$']),
                    "{language:?} {name} {count}: {said:?}"
                );
            }
        }
    }
}

/// A number that English says is said in every language: "one" may mean 0, 1 or 21 there.
#[test]
fn no_number_is_left_out() {
    for (name, arguments) in texts(Language::English) {
        for count in [0_u64, 2, 5, 21] {
            let number = count.to_string();
            let said = |language| said(language, &name, &arguments, count.into());
            if said(Language::English).contains(&number) {
                for language in LANGUAGES {
                    let said = said(language);
                    assert!(said.contains(&number), "{language:?} {name}: {said}");
                }
            }
        }
    }
}

/// Messages and their hints stand before and after colons and brackets.
#[test]
fn no_message_ends_like_a_sentence() {
    for language in LANGUAGES {
        let texts = texts(language);
        for (name, arguments) in &texts {
            let key = name.split('.').next().unwrap_or_default();
            if texts.contains_key(&format!("{key}.hint")) {
                let said = said(language, name, arguments, "x".into());
                assert!(!said.ends_with(['.', '。']), "{language:?} {name}: {said}");
            }
        }
    }
}

/// Every text literal of the sources: a key that stands in none is said nowhere.
fn spoken() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    visit(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut |source| {
            let source = source.split("#[cfg(test)]\nmod tests {").next();
            let literals = source.unwrap_or_default().split('"').map(str::to_owned);
            found.extend(literals);
        },
    );
    found
}

/// Hands over every source below a folder but those of tests.
fn visit(folder: &Path, reader: &mut dyn FnMut(&str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, reader);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && path.file_name().is_some_and(|name| name != "tests.rs")
        {
            reader(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// (That every key that is said is there, the compiler sees.)
#[test]
fn every_key_that_is_there_is_spoken_of() {
    let spoken = spoken();
    let texts = texts(Language::English);
    let keys = texts.keys().filter(|key| !key.contains('.'));
    let silent: Vec<&String> = keys.filter(|key| !spoken.contains(*key)).collect();
    assert!(silent.is_empty(), "said nowhere: {silent:?}");
}

#[test]
fn every_language_says_its_own_name() {
    assert_eq!(
        LANGUAGES.map(Language::own_name),
        [
            "Deutsch",
            "English",
            "Español",
            "Français",
            "Português (Brasil)",
            "Русский",
            "简体中文",
            "日本語",
        ]
    );
}

#[test]
fn arguments_stand_in_the_text() {
    let (english, german) = (Language::English, Language::German);
    assert_eq!(
        say!(german, "progress-amount", bytes = "1 MB", size = "2 MB"),
        "1 MB von 2 MB"
    );
    assert_eq!(say!(english, "progress-more", count = 37), "and 37 more");
    for (count, said) in [
        (1, "1 file"),
        (21, "21 files"),
        (1_234_567, "1,234,567 files"),
    ] {
        assert_eq!(say!(english, "files-all", count = count), said);
    }
    assert_eq!(say!(german, "files-all", count = 1_000), "1.000 Dateien");
    for (count, said) in [
        (1, "1 файл"),
        (2, "2 файла"),
        (5, "5 файлов"),
        (11, "11 файлов"),
        (21, "21 файл"),
        (1_000, "1\u{a0}000 файлов"),
    ] {
        assert_eq!(say!(Language::Russian, "files-all", count = count), said);
    }
    for (count, said) in [(0, "0 fichier"), (2, "2 fichiers")] {
        assert_eq!(say!(Language::French, "files-all", count = count), said);
    }
}
