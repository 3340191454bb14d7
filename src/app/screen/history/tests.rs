//! Rows, days, searching, clearing, and what the keyboard does.

use std::path::Path;

use iced::Settings as Iced;
use iced_test::Simulator;
use iced_test::selector::id;
use jiff::{Timestamp, ToSpan};

use super::rows::Row;
use super::*;
use crate::app::look::Look;
use crate::app::{fonts, look};
use crate::queue::GroupId;
use crate::settings::{Accent, Density};
use crate::words::Language;

/// Noon where the test runs.
fn now() -> Timestamp {
    let noon = jiff::civil::date(2026, 11, 20).at(12, 0, 0, 0);
    noon.to_zoned(TimeZone::system()).unwrap().timestamp()
}

fn entry(name: &str, hours_ago: i64) -> HistoryEntry {
    HistoryEntry {
        group: GroupId(uuid::Uuid::from_u128(hours_ago as u128)),
        name: name.to_owned(),
        host: "example.org".to_owned(),
        folder: Path::new("/home/me").join(name),
        bytes: 2_000_000,
        files: 1,
        created: now() - (hours_ago + 1).hours(),
        completed: now() - hours_ago.hours(),
    }
}

fn loaded(entries: Vec<HistoryEntry>) -> State {
    let totals = Totals {
        bytes: 18_100_000_000,
        files: 12_345,
        groups: 678,
    };
    let mut state = State::new();
    state.update(Message::Loaded(entries, totals));
    state.height = 400.0;
    state
}

fn some() -> State {
    let several = HistoryEntry {
        files: 3,
        ..entry("tiles", 2)
    };
    loaded(vec![
        entry("debian.iso", 1),
        several,
        entry("Report", 30),
        entry("old", 300),
    ])
}

fn seen(state: &State, language: Language) -> Simulator<'_, Message> {
    let look = Look::new(false, Accent::Ocean, Density::Comfortable, language);
    let settings = Iced {
        default_font: look::REGULAR,
        fonts: fonts(),
        ..Iced::default()
    };
    Simulator::with_size(settings, (800.0, 600.0), state.view(now(), look))
}

/// Every row in short: its name, where it is not a day.
fn rows(state: &State) -> Vec<String> {
    let short = |row: Row| match row {
        Row::Day(_) => "—".to_owned(),
        Row::Entry(at) => state.entries[at].name.clone(),
    };
    let all = (0..state.rows.len()).filter_map(|at| state.rows.get(at));
    all.map(short).collect()
}

#[test]
fn days_are_those_of_the_zone() {
    assert_eq!(
        rows(&some()),
        ["—", "debian.iso", "tiles", "—", "Report", "—", "old"]
    );
    // An hour before and after midnight in London, and both after it in Berlin.
    let at = |hour: &str| HistoryEntry {
        completed: format!("2026-01-{hour}:30:00Z").parse().unwrap(),
        ..entry("x", 1)
    };
    let entries = [at("02T00"), at("01T23")];
    for (offset, count) in [(0, 4), (1, 3)] {
        let zone = TimeZone::fixed(jiff::tz::offset(offset));
        assert_eq!(Rows::new(&entries, "", &zone).len(), count);
    }
}

#[test]
fn names_hosts_and_folders_are_searched() {
    for (search, found) in [
        (
            "",
            &["—", "debian.iso", "tiles", "—", "Report", "—", "old"][..],
        ),
        (" DEBIAN ", &["—", "debian.iso"]),
        ("report", &["—", "Report"]),
        ("/home/me/ol", &["—", "old"]),
        (
            "EXAMPLE.org",
            &["—", "debian.iso", "tiles", "—", "Report", "—", "old"],
        ),
        ("nowhere", &[]),
    ] {
        let mut state = some();
        let action = state.update(Message::Searched(search.to_owned()));
        assert!(matches!(action, Action::Run(_)), "back to the top");
        assert_eq!(rows(&state), found, "{search}");
    }
}

#[test]
fn a_row_says_what_where_from_how_much_and_when() {
    let state = some();
    let mut english = seen(&state, Language::English);
    for text in [
        "Today",
        "debian.iso",
        "example.org · /home/me/debian.iso",
        "11:00",
        "2.0 MB",
        "3 files · example.org · /home/me/tiles",
        "Yesterday",
        "8 Nov",
        "18.1 GB",
        "12,345",
        "678",
    ] {
        assert!(english.find(text).is_ok(), "{text}");
    }
    let mut german = seen(&state, Language::German);
    for text in ["Heute", "Gestern", "8. Nov", "2,0 MB", "Verlauf leeren"] {
        assert!(german.find(text).is_ok(), "{text}");
    }
}

#[test]
fn a_folder_is_opened_from_its_row() {
    let mut state = some();
    let mut ui = seen(&state, Language::English);
    ui.click(id("history.folder.2")).unwrap();
    let messages: Vec<_> = ui.into_messages().collect();
    let [message] = &messages[..] else {
        panic!("{messages:?}")
    };
    let action = state.update(message.clone());
    assert!(matches!(action, Action::Open(path) if path == Path::new("/home/me/tiles")));
    assert!(
        matches!(state.update(Message::Folder(3)), Action::None),
        "a day"
    );
    assert!(matches!(state.update(Message::Folder(99)), Action::None));
}

#[test]
fn clearing_is_asked_twice_in_place() {
    let mut state = some();
    let press = |state: &mut State, label: &str| {
        let mut ui = seen(state, Language::English);
        ui.click(label).unwrap();
        let messages: Vec<_> = ui.into_messages().collect();
        messages
            .into_iter()
            .map(|message| state.update(message))
            .next_back()
            .unwrap()
    };
    assert!(matches!(press(&mut state, "Clear history"), Action::None));
    assert!(matches!(
        press(&mut state, "Really clear it?"),
        Action::Clear
    ));
    assert_eq!(rows(&state).len(), 7, "until the engine has done it");

    // Whoever does something else did not mean it.
    press(&mut state, "Clear history");
    state.update(Message::Searched("x".to_owned()));
    assert!(matches!(press(&mut state, "Clear history"), Action::None));
}

#[test]
fn nothing_to_show_is_said() {
    let unread = State::new();
    assert!(
        seen(&unread, Language::English)
            .find("Nothing is complete yet")
            .is_err()
    );
    let empty = loaded(Vec::new());
    let mut ui = seen(&empty, Language::English);
    assert!(ui.find("Nothing is complete yet").is_ok());
    ui.click("Clear history").unwrap();
    assert_eq!(ui.into_messages().count(), 0, "there is nothing to clear");

    let mut state = some();
    state.update(Message::Searched("nowhere".to_owned()));
    assert!(
        seen(&state, Language::English)
            .find("Nothing matches")
            .is_ok()
    );
}

#[test]
fn arrows_step_over_days() {
    use Step::{Down, First, Last, PageDown, PageUp, Up};
    let mut state = some();
    state.height = 3.0 * row::HEIGHT;
    // Rows: 0 day, 1, 2, 3 day, 4, 5 day, 6.
    for (step, chosen) in [
        (Down, 1),
        (Down, 2),
        (Down, 4),
        (Up, 2),
        (PageDown, 6),
        (Down, 6),
        (PageUp, 2),
        (First, 1),
        (Up, 1),
        (Last, 6),
    ] {
        assert!(matches!(
            state.update(Message::Key(Shortcut::Move(step))),
            Action::Run(_)
        ));
        assert_eq!(state.chosen, Some(chosen), "{step:?}");
    }
    let action = state.update(Message::Key(Shortcut::Open));
    assert!(matches!(action, Action::Open(path) if path == Path::new("/home/me/old")));

    let mut unseen = some();
    unseen.height = 0.0;
    unseen.update(Message::Key(Shortcut::Move(Last)));
    unseen.update(Message::Key(Shortcut::Move(PageUp)));
    assert_eq!(unseen.chosen, Some(4));

    let mut empty = loaded(Vec::new());
    assert!(matches!(
        empty.update(Message::Key(Shortcut::Move(Down))),
        Action::None
    ));
    assert!(matches!(
        empty.update(Message::Key(Shortcut::Open)),
        Action::None
    ));
}

#[test]
fn only_what_is_in_sight_is_made() {
    for (offset, height, count, seen) in [
        (0.0, 0.0, 0, 0..0),
        (0.0, 520.0, 3, 0..3),
        (0.0, 520.0, 10_000, 0..14),
        (52_000.0, 520.0, 10_000, 996..1_014),
        (519_480.0, 520.0, 10_000, 9_986..10_000),
        // The list got shorter, the next frame will tell.
        (519_480.0, 520.0, 5, 5..5),
    ] {
        assert_eq!(
            rows::in_sight(offset, height, count),
            seen,
            "{offset} {count}"
        );
    }
    let state = loaded((0..10_000).map(|at| entry(&at.to_string(), at)).collect());
    let mut ui = seen(&state, Language::English);
    assert!(ui.find("5").is_ok());
    assert!(ui.find("9999").is_err());
}
