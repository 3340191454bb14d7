//! The rules of the rooms that the compiler does not keep (src/ARCHITECTURE.md).

use std::path::{Path, PathBuf};

/// Every source file under a room, with its text.
fn files(room: &str) -> Vec<(PathBuf, String)> {
    fn collect(path: &Path, found: &mut Vec<PathBuf>) {
        if path.is_dir() {
            let entries = std::fs::read_dir(path).expect("a folder of the sources");
            entries.for_each(|entry| collect(&entry.expect("an entry").path(), found));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path.to_owned());
        }
    }
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for path in [src.join(room), src.join(format!("{room}.rs"))] {
        if path.exists() {
            collect(&path, &mut found);
        }
    }
    assert!(!found.is_empty(), "no room {room}");
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a source file");
        (path, text)
    };
    found.into_iter().map(read).collect()
}

/// Lines of code (comments left out) that hold one of these words.
fn offences(room: &str, words: &[&str], except: &[&str]) -> Vec<String> {
    let mut offences = Vec::new();
    for (path, text) in files(room) {
        if except
            .iter()
            .any(|part| path.to_string_lossy().contains(part))
        {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or("");
            if words.iter().any(|word| code.contains(word)) {
                offences.push(format!(
                    "{}:{}: {}",
                    path.display(),
                    number + 1,
                    line.trim()
                ));
            }
        }
    }
    offences
}

#[test]
fn the_core_is_pure() {
    let words = [
        "tokio",
        "hyper",
        "rusqlite",
        "std::fs",
        "std::net",
        "std::thread",
        "Instant",
        "SystemTime::now",
        "Timestamp::now",
        "Zoned::now",
        "TimeZone::system",
        "crate::engine",
        "crate::words",
        "crate::cli",
    ];
    for room in ["download", "queue", "pace"] {
        assert_eq!(offences(room, &words, &["tests"]), Vec::<String>::new());
    }
}

#[test]
fn the_engine_knows_no_face() {
    let words = [
        "crate::words",
        "crate::cli",
        "crate::remote",
        "clap",
        "indicatif",
        "fluent",
    ];
    assert_eq!(offences("engine", &words, &[]), Vec::<String>::new());
}

#[test]
fn each_library_has_one_room() {
    for (words, room) in [
        (&["hyper", "rustls", "cookie_store"][..], "engine/http"),
        (&["rusqlite"], "engine/store"),
    ] {
        let places = [
            "download", "queue", "pace", "engine", "words", "cli", "platform", "settings",
        ];
        for place in places {
            assert_eq!(
                offences(place, words, &[room, "tests"]),
                Vec::<String>::new()
            );
        }
    }
    for place in ["download", "queue", "pace", "engine"] {
        assert_eq!(
            offences(place, &["println!", "eprintln!", "dbg!"], &["tests"]),
            Vec::<String>::new()
        );
    }
}

/// Of all sources, the window alone draws, and what the desktop does is asked for in one place.
#[test]
fn what_is_outside_is_behind_doors() {
    for (words, room) in [
        (&["iced::", "iced_", "rfd::"][..], "src/app"),
        (
            &["notify_rust", "open::that", "trash::delete"],
            "src/platform",
        ),
        (&["confy"], "src/settings"),
        (&["interprocess"], "src/remote"),
        (&["zbus", "use windows::"], "src/platform/conditions"),
    ] {
        assert_eq!(offences("", words, &[room]), Vec::<String>::new());
    }
}

#[test]
fn what_a_person_sets_is_translated_by_the_faces() {
    let words = ["crate::settings", "crate::platform"];
    for room in ["download", "queue", "pace", "engine"] {
        assert_eq!(offences(room, &words, &[]), Vec::<String>::new());
    }
    let faces = ["crate::cli", "crate::app", "crate::remote"];
    for room in ["settings", "platform"] {
        assert_eq!(offences(room, &faces, &[]), Vec::<String>::new());
    }
}

#[test]
fn the_parts_of_the_core_look_downwards() {
    assert_eq!(
        offences("download", &["crate::queue", "crate::pace"], &[]),
        Vec::<String>::new()
    );
    assert_eq!(
        offences("pace", &["crate::queue", "crate::download"], &[]),
        Vec::<String>::new()
    );
    let up = offences("words", &["crate::cli", "tokio", "hyper"], &[]);
    assert_eq!(up, Vec::<String>::new());
}

/// `foo.rs` beside `foo/`, and no file that has grown into two.
#[test]
fn files_have_one_subject() {
    let rooms = [
        "download", "queue", "pace", "engine", "words", "cli", "platform", "settings", "remote",
    ];
    for room in rooms {
        for (path, text) in files(room) {
            assert_ne!(
                path.file_name().and_then(|name| name.to_str()),
                Some("mod.rs")
            );
            let code = text
                .split("#[cfg(test)]")
                .next()
                .unwrap_or("")
                .lines()
                .count();
            let is_test = path.to_string_lossy().contains("tests");
            assert!(is_test || code <= 700, "{}: {code} lines", path.display());
        }
    }
}
