//! The files against each other, and against the sources that speak from them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::*;

const FILES: [(Language, &str); 2] = [
    (Language::English, include_str!("../../../i18n/en/ebb.ftl")),
    (Language::German, include_str!("../../../i18n/de/ebb.ftl")),
];

/// Key (or `key.attribute`) to the names of its arguments.
fn texts(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut texts = BTreeMap::new();
    let mut message = String::new();
    for line in source
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let (key, text) = line.split_once(" = ").expect(line);
        let key = match key.trim_start().strip_prefix('.') {
            Some(attribute) => format!("{message}.{attribute}"),
            None => {
                message = key.to_owned();
                message.clone()
            }
        };
        let arguments = text
            .split("{ $")
            .skip(1)
            .map(|rest| rest.split(" }").next().unwrap().to_owned())
            .collect();
        assert!(
            texts.insert(key.clone(), arguments).is_none(),
            "{key} twice"
        );
    }
    texts
}

#[test]
fn every_language_says_the_same() {
    let english = texts(FILES[0].1);
    for (language, source) in FILES {
        FluentResource::try_new(source.to_owned()).expect("no syntax error");
        let other = texts(source);
        assert_eq!(
            english.keys().collect::<Vec<_>>(),
            other.keys().collect::<Vec<_>>(),
            "{language:?}"
        );
        for (key, arguments) in &english {
            assert_eq!(arguments, &other[key], "{language:?} {key}");
        }
    }
}

#[test]
fn no_text_is_empty_or_ends_like_a_sentence() {
    for (language, source) in FILES {
        for line in source.lines().filter(|line| line.contains(" = ")) {
            let text = line.split_once(" = ").unwrap().1.trim();
            assert!(
                !text.is_empty() && !text.ends_with('.') || text.ends_with("Tg."),
                "{language:?} {line}"
            );
        }
    }
}

/// What the sources of the words and the commands have between quotes that looks like a key,
/// and is none.
const NO_KEYS: [&str; 4] = [
    "content-length",
    "ebb-home",
    "if-range",
    "transfer-encoding",
];

/// Every text literal of those sources that looks like a key.
fn spoken() -> BTreeSet<String> {
    let looks_like_key = |text: &&str| {
        let letters = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
        text.contains('-') && text.split('-').all(letters)
    };
    let mut found = BTreeSet::new();
    for room in ["cli", "words"] {
        visit(&source_folder().join(room), &mut |source| {
            let source = source.split("#[cfg(test)]").next().unwrap_or_default();
            found.extend(source.split('"').filter(looks_like_key).map(str::to_owned));
        });
    }
    found
}

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Hands over every source below a folder but those of tests.
fn visit(folder: &Path, reader: &mut dyn FnMut(&str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, reader);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && path.file_name().is_some_and(|name| name != "tests.rs")
        {
            reader(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_key_that_is_spoken_of_is_there() {
    let english = texts(FILES[0].1);
    let spoken = spoken();
    assert!(spoken.len() > 100, "{spoken:?}");
    for key in spoken {
        let is_known = english.contains_key(&key) || NO_KEYS.contains(&key.as_str());
        assert!(is_known, "{key} is in no file");
    }
}

#[test]
fn every_key_that_is_there_is_spoken_of() {
    let spoken = spoken();
    for key in texts(FILES[0].1).keys().filter(|key| !key.contains('.')) {
        assert!(spoken.contains(key), "{key} is said nowhere");
    }
}

#[test]
fn the_environment_chooses() {
    use Language::{English, German};
    for (locale, list, language) in [
        ("de_DE.UTF-8", "", German),
        ("de", "", German),
        ("de_AT@euro", "", German),
        ("en_GB.UTF-8", "", English),
        ("fr_FR.UTF-8", "", English),
        ("fr_FR.UTF-8", "br:de", German),
        ("de_DE.UTF-8", "en:de", English),
        ("C", "de", English),
        ("C.UTF-8", "de", English),
        ("POSIX", "de", English),
        ("debug", "", English),
    ] {
        assert_eq!(
            Language::of_environment(locale, list),
            language,
            "{locale} {list}"
        );
    }
}

#[test]
fn arguments_stand_in_the_text() {
    assert_eq!(
        Language::German.say_with(
            "progress-amount",
            &[("bytes", "1 MB".into()), ("size", "2 MB".into())]
        ),
        "1 MB von 2 MB"
    );
    assert_eq!(
        Language::English.say_with("progress-more", &[("count", 37.into())]),
        "and 37 more"
    );
}
