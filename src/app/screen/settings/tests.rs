//! What each thing a person does makes of the settings, and that it can be reached.

mod program;

use std::sync::{Arc, Mutex};

use iced::{Rectangle, Settings as Iced};
use iced_test::Simulator;
use iced_test::selector::{Bounded, Candidate, Selector, id};

use super::*;
use crate::app::{fonts, look, preset};
use crate::settings::{ACCENTS, Accent, Begin, Density, OnConflict, OnStart, Renderer, Theme};
use crate::words::Language;
use crate::words::i18n::LANGUAGES;

fn look(language: Language) -> Look {
    Look::new(false, Accent::Ocean, Density::Comfortable, language)
}

/// Beside an empty queue, at the presets' moment.
fn around<'a>(settings: &'a Settings, snapshot: &'a Snapshot) -> Around<'a> {
    Around {
        settings,
        trouble: None,
        snapshot,
        now: preset::NOW,
    }
}

fn seen<'a>(
    state: &'a State,
    settings: &'a Settings,
    snapshot: &'a Snapshot,
    look: Look,
) -> Simulator<'a, Message> {
    shown(state.view(around(settings, snapshot), look))
}

fn shown(view: Element<'_, Message>) -> Simulator<'_, Message> {
    let settings = Iced {
        default_font: look::REGULAR,
        fonts: fonts(),
        ..Iced::default()
    };
    Simulator::with_size(settings, (800.0, 600.0), view)
}

/// A screen, and the settings as its parent would keep them.
#[derive(Default)]
struct Story {
    state: State,
    settings: Settings,
    snapshot: Snapshot,
}

impl Story {
    /// Whether anything changed.
    fn tell(&mut self, message: Message) -> bool {
        match self.state.update(message, &self.settings, &self.snapshot) {
            Action::Changed(new) => {
                assert_ne!(*new, self.settings, "a change changes something");
                self.settings = *new;
                true
            }
            Action::Command(command) => {
                self.obey(command);
                true
            }
            _ => false,
        }
    }

    /// As the queue would.
    fn obey(&mut self, command: Command) {
        let snapshot = &mut self.snapshot;
        match command {
            Command::Limit(limit) => snapshot.limit = limit,
            Command::LimitPriority(priority, limit) => snapshot.limits.set(priority, limit),
            Command::Schedule(schedule) => snapshot.schedule = schedule,
            other => panic!("{other:?}"),
        }
    }

    fn type_in(&mut self, field: Field, text: &str) -> bool {
        self.tell(Message::Typed(field, text.to_owned()))
    }

    /// Presses something, and does what comes of it.
    fn press<S>(&mut self, selector: S) -> bool
    where
        S: Selector<Output: Bounded + Clone + Send + Sync + 'static> + Send,
    {
        let view = self.state.view(
            around(&self.settings, &self.snapshot),
            look(Language::English),
        );
        let mut ui = shown(view);
        ui.click(selector).unwrap();
        let messages: Vec<Message> = ui.into_messages().collect();
        let mut any = false;
        for message in messages {
            any |= self.tell(message);
        }
        any
    }

    fn says(&self, text: &str) -> bool {
        let look = look(Language::English);
        seen(&self.state, &self.settings, &self.snapshot, look)
            .find(text)
            .is_ok()
    }
}

#[test]
fn numbers_and_times_are_typed() {
    use Number::{ConnectTimeout, Connections, Parallel, PerHost, StallTimeout};
    for (number, text, set) in [
        (Parallel, "3", Some(3)),
        (Parallel, " 256 ", Some(256)),
        (Parallel, "257", None),
        (Parallel, "0", None),
        (Parallel, "", None),
        (Parallel, "-1", None),
        (Parallel, "eight", None),
        (Connections, "64", Some(64)),
        (Connections, "65", None),
        (PerHost, "1", Some(1)),
        (ConnectTimeout, "20s", Some(20)),
        (ConnectTimeout, "2m", Some(120)),
        (ConnectTimeout, "0", None),
        (ConnectTimeout, "11m", None),
        (ConnectTimeout, "500ms", None),
        (ConnectTimeout, "soon", None),
        (StallTimeout, "1h", Some(3600)),
        (StallTimeout, "1.5m", Some(90)),
    ] {
        let mut story = Story::default();
        let field = Field::Number(number);
        let before = story.settings.clone();
        assert_eq!(
            story.type_in(field, text),
            set.is_some(),
            "{number:?} {text}"
        );
        match set {
            Some(set) => assert_eq!(number.of(&story.settings), set, "{text}"),
            None => assert_eq!(story.settings, before, "{text}"),
        }
        assert_eq!(story.state.drafts[&field], text, "what is typed stays");
    }
}

#[test]
fn what_is_wrong_is_said_at_the_field_and_forgotten_with_the_section() {
    let mut story = Story::default();
    story.type_in(Field::Number(Number::Parallel), "many");
    assert!(story.says("this is not a whole number from 1 to 256"));
    story.tell(Message::Opened(Section::Network));
    story.type_in(Field::Number(Number::StallTimeout), "2h");
    assert!(story.says("this is not a time from 1 s to 1 h, as 30s or 2m"));
    story.tell(Message::Opened(Section::Downloads));
    assert!(!story.says("this is not a whole number from 1 to 256"));
    assert_eq!(story.settings, Settings::default());
}

#[test]
fn steps_end_at_the_bounds() {
    use Number::{ConnectTimeout, Parallel, TextSize};
    for (number, from, up, to) in [
        (Parallel, 8, true, Some(9)),
        (Parallel, 1, false, None),
        (Parallel, 256, true, None),
        (ConnectTimeout, 15, true, Some(20)),
        (ConnectTimeout, 17, true, Some(20)),
        (ConnectTimeout, 17, false, Some(15)),
        (ConnectTimeout, 5, false, Some(1)),
        (ConnectTimeout, 598, true, Some(600)),
        (TextSize, 100, true, Some(110)),
        (TextSize, 83, false, Some(80)),
        (TextSize, 80, false, None),
        (TextSize, 200, true, None),
    ] {
        let settings = number.set(&Settings::default(), from).unwrap();
        let mut story = Story {
            settings,
            ..Story::default()
        };
        assert_eq!(
            story.tell(Message::Stepped(number, up)),
            to.is_some(),
            "{number:?} {from}"
        );
        assert_eq!(
            number.of(&story.settings),
            to.unwrap_or(from),
            "{number:?} {from} {up}"
        );
    }
}

#[test]
fn a_step_replaces_what_was_typed() {
    let mut story = Story::default();
    story.type_in(Field::Number(Number::Parallel), "many");
    story.tell(Message::Stepped(Number::Parallel, true));
    assert!(story.state.drafts.is_empty());
    assert_eq!(story.settings.downloads.parallel.get(), 9);
}

#[test]
fn times_are_shown_as_they_are_typed() {
    for (seconds, text) in [(1, "1s"), (90, "90s"), (120, "2m"), (3600, "1h")] {
        let set = Number::StallTimeout
            .set(&Settings::default(), seconds)
            .unwrap();
        let shown = Number::StallTimeout.text(&set);
        assert_eq!(shown, text);
        assert_eq!(
            Number::StallTimeout
                .read(&shown, &Settings::default())
                .unwrap(),
            set
        );
    }
}

#[test]
fn a_folder_is_typed_or_chosen() {
    let here = std::env::temp_dir();
    let mut story = Story::default();
    assert!(!story.type_in(Field::Folder, "relative"));
    assert!(story.says("the folder's path has no beginning: give the whole path"));
    assert!(story.type_in(Field::Folder, here.to_str().unwrap()));
    assert_eq!(story.settings.download_folder(), Some(here.clone()));
    assert!(story.type_in(Field::Folder, ""), "the system's");
    assert_eq!(story.settings.downloads.folder, None);

    assert!(
        !story.tell(Message::FolderChosen(None)),
        "the dialog was closed"
    );
    assert!(story.tell(Message::FolderChosen(Some(here.clone()))));
    assert_eq!(story.settings.download_folder(), Some(here));
    assert!(story.state.drafts.is_empty());
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_set_is_told_of() {
    use std::os::unix::ffi::OsStringExt;
    let path = std::ffi::OsString::from_vec(b"/home/\0".to_vec());
    let mut story = Story::default();
    assert!(!story.tell(Message::FolderChosen(Some(path.into()))));
    let why = "the folder's name cannot be written as text: choose another folder, or rename it";
    assert!(story.says(why));
}

#[test]
fn a_proxy_is_chosen_and_typed() {
    let mut story = Story::default();
    story.tell(Message::Opened(Section::Network));
    assert!(!story.press("This one"), "nobody has said which");
    assert!(!story.says(
        "this is not a proxy's address: \
                         write it like this: http://HOST:PORT, or with https or socks5"
    ));
    for wrong in ["proxy", "ftp://proxy", "system", "none", "socks5://"] {
        assert!(!story.type_in(Field::Proxy, wrong), "{wrong}");
        assert!(story.says(
            "this is not a proxy's address: \
                            write it like this: http://HOST:PORT, or with https or socks5"
        ));
    }
    // A password that is a number passes for a port while it is typed: nothing holds so far.
    assert!(!story.type_in(Field::Proxy, "http://me:1234"));
    assert!(!story.type_in(Field::Proxy, "socks5h://me:secret@proxy:9"));
    assert!(story.press("Apply"));
    assert!(story.says("The password is used until Ebb ends, and is not saved"));
    assert!(story.settings.network.proxy.has_password());

    // Another look at it: the password is used, not shown.
    story.tell(Message::Opened(Section::Downloads));
    story.tell(Message::Opened(Section::Network));
    assert!(!story.press("This one"));
    assert!(story.says("socks5h://me@proxy:9"));
    assert!(story.settings.network.proxy.has_password());

    assert!(story.press("None"));
    assert_eq!(story.settings.network.proxy, Proxy::None);
    assert!(!story.press("This one"));
    assert!(story.press("The system’s"));
    assert_eq!(story.settings.network.proxy, Proxy::System);
}

#[test]
fn every_choice_is_a_change() {
    for (section, label, change) in [
        (
            Section::Downloads,
            "At full speed",
            Change::Begin(Begin::Foreground),
        ),
        (
            Section::Downloads,
            "Suspended",
            Change::Begin(Begin::Suspended),
        ),
        (
            Section::Downloads,
            "Replace it",
            Change::OnConflict(OnConflict::Overwrite),
        ),
        (
            Section::Downloads,
            "Leave it",
            Change::OnConflict(OnConflict::Skip),
        ),
        (
            Section::Times,
            "Wait on metered networks",
            Change::WaitOnMetered(false),
        ),
        (
            Section::Notifications,
            "When downloads are complete",
            Change::Done(false),
        ),
        (
            Section::Notifications,
            "When a download fails",
            Change::Error(false),
        ),
        (Section::Appearance, "Dark", Change::Theme(Theme::Dark)),
        (
            Section::Appearance,
            "Compact",
            Change::Density(Density::Compact),
        ),
        (
            Section::Language,
            "Deutsch",
            Change::Language(Some(Language::German)),
        ),
        (
            Section::Startup,
            "Wait for me",
            Change::OnStart(OnStart::Suspended),
        ),
        (
            Section::Startup,
            "Offer links from the clipboard",
            Change::WatchClipboard(false),
        ),
    ] {
        let mut story = Story::default();
        story.tell(Message::Opened(section));
        assert!(story.press(label), "{label}");
        assert_eq!(
            story.settings,
            change.clone().made(&Settings::default()),
            "{label}"
        );
        assert!(
            !story.tell(Message::Set(change)),
            "{label} is chosen already"
        );
    }
}

#[test]
fn what_is_below_the_edge_is_a_change_too() {
    for change in [
        Change::WaitOnBattery(true),
        Change::Renderer(Renderer::Graphics),
        Change::OnConflict(OnConflict::Fail),
        Change::Theme(Theme::Light),
    ] {
        assert!(Story::default().tell(Message::Set(change)));
    }
}

#[test]
fn an_accent_is_a_swatch() {
    let mut story = Story::default();
    story.tell(Message::Opened(Section::Appearance));
    assert!(story.says("Ocean"));
    assert!(story.press(id("accent-rose")));
    assert!(story.says("Rose"));
    assert_eq!(story.settings.appearance.accent, Accent::Rose);
}

#[test]
fn every_language_can_be_chosen_by_its_own_name() {
    for (language, name) in [
        (Language::English, "English"),
        (Language::German, "Deutsch"),
    ] {
        let mut story = Story::default();
        story.tell(Message::Opened(Section::Language));
        assert!(story.press(name));
        let tag = story.settings.language.as_ref().unwrap();
        assert_eq!(Language::of_tag(tag), Some(language));
        assert!(story.press("The system’s"));
        assert_eq!(story.settings.language, None);
    }
}

#[test]
fn what_is_the_parents_goes_to_the_parent() {
    let settings = Settings::default();
    let mut state = State::default();
    let mut said = |message| state.update(message, &settings, &Snapshot::default());
    assert!(matches!(said(Message::Back), Action::Back));
    assert!(matches!(said(Message::Export), Action::Export));
    assert!(matches!(said(Message::Import), Action::Import));
    assert!(matches!(said(Message::ChooseFolder), Action::Run(_)));
}

#[test]
fn trouble_is_told_above_everything() {
    let (state, settings) = (State::default(), Settings::default());
    let snapshot = Snapshot::default();
    let trouble = Trouble::Unreadable {
        reason: String::new(),
        kept: Some("/home/me/settings.bad.toml".into()),
    };
    for language in LANGUAGES {
        let told = trouble.explain(language);
        assert!(told.message.contains("/home/me/settings.bad.toml"));
        let mut ui = shown(state.view(
            Around {
                trouble: Some(&trouble),
                ..around(&settings, &snapshot)
            },
            look(language),
        ));
        assert!(ui.find(told.message.as_str()).is_ok());
        assert!(
            seen(&state, &settings, &snapshot, look(language))
                .find(told.message)
                .is_err()
        );
    }
}

/// What the keyboard reaches, and where it is.
fn reachable(ui: &mut Simulator<'_, Message>) -> Vec<Rectangle> {
    let found = Arc::new(Mutex::new(Vec::new()));
    let all = Arc::clone(&found);
    let none = ui.find(move |candidate: Candidate<'_>| {
        if let Candidate::Focusable { bounds, .. } = candidate {
            all.lock().unwrap().push(bounds);
        }
        None::<()>
    });
    assert!(none.is_err());
    let found = found.lock().unwrap();
    found.clone()
}

#[test]
fn the_keyboard_reaches_all_and_nothing_is_too_wide() {
    for (section, controls) in [
        // Folder and its button, 3 + 4 choices, 3 numbers with their steps.
        (Section::Downloads, 2 + 3 + 4 + 3 * 3),
        (Section::Network, 3 + 2 * 3),
        // A field for all, and one for each priority.
        (Section::Limits, 5),
        // Class, brush, the week, two buttons less the one that clears nothing, two switches.
        (Section::Times, 2 + 3 + 1 + 1 + 2),
        (Section::Notifications, 2),
        (Section::Appearance, 3 + ACCENTS.len() + 2 + 2 + 2),
        (Section::Language, 1 + LANGUAGES.len()),
        (Section::Startup, 2 + 1),
        (Section::Queue, 2),
    ] {
        for language in LANGUAGES {
            let mut story = Story::default();
            story.tell(Message::Opened(section));
            let mut ui = seen(
                &story.state,
                &story.settings,
                &story.snapshot,
                look(language),
            );
            let reachable = reachable(&mut ui);
            assert_eq!(
                reachable.len(),
                1 + Section::ALL.len() + controls,
                "{section:?}"
            );
            for bounds in reachable {
                let right = bounds.x + bounds.width;
                assert!(right <= 800.0 - 20.0, "{section:?} {language:?} {bounds:?}");
            }
        }
    }
}
