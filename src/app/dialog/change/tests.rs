use std::path::Path;

use super::*;
use crate::app::{fonts, look};
use crate::settings::{Accent, Density};
use crate::words::Language;
use iced_test::Simulator;

fn open(what: What, typed: &[&str]) -> State {
    let mut state = State::new(what);
    for (at, text) in typed.iter().enumerate() {
        let text = (*text).to_owned();
        let message = if at == 0 {
            Message::First(text)
        } else {
            Message::Second(text)
        };
        assert!(matches!(state.update(message), Action::None));
    }
    state
}

/// What pressing Enter comes to; `None` where nothing is done.
fn done(what: What, typed: &[&str]) -> Option<Vec<String>> {
    match open(what, typed).update(Message::Submit) {
        Action::Do(commands) => {
            let done = commands.iter().map(|command| format!("{command:?}"));
            Some(done.collect())
        }
        _ => None,
    }
}

#[test]
fn what_is_typed_becomes_commands() {
    let (group, file) = (GroupId::random(), FileId::random());
    let set = |property: Property| Some(vec![format!("{:?}", Command::Set(group, vec![property]))]);
    let limit = |rate| Some(vec![format!("{:?}", Command::Limit(rate))]);
    let link = || What::Link(group, file, "http://h/old".into());
    let linked = |text: &str| {
        let link = crate::download::Link::parse(text).unwrap();
        let resume = Command::Resume(vec![group]);
        Some(vec![
            format!("{:?}", Command::SetLink(file, link)),
            format!("{resume:?}"),
        ])
    };
    let folder = || What::Folder(group, "/old".into());
    let moved = |path: &Path| {
        let resume = Command::Resume(vec![group]);
        let folder = Command::SetFolder(group, path.to_owned());
        Some(vec![format!("{folder:?}"), format!("{resume:?}")])
    };
    let home = std::env::home_dir().unwrap();
    for (what, typed, done_with) in [
        (folder(), &[" /new "][..], moved(Path::new("/new"))),
        (folder(), &["~/new"], moved(&home.join("new"))),
        (folder(), &[], moved(Path::new("/old"))),
        (folder(), &["new"], None),
        (folder(), &[""], None),
        (link(), &[" https://h/new "][..], linked("https://h/new")),
        (link(), &[], linked("http://h/old")),
        (link(), &["h/new"], None),
        (link(), &[""], None),
        (
            What::Rename(group, "a".into()),
            &[" b "],
            set(Property::Name("b".into())),
        ),
        (
            What::Rename(group, "a".into()),
            &[""],
            set(Property::Name(String::new())),
        ),
        (What::Rename(group, "a".into()), &[&"x".repeat(257)], None),
        (
            What::Limit(Some(group), None),
            &["2M"],
            set(Property::Limit(Some(2 << 20))),
        ),
        (
            What::Limit(Some(group), Some(1)),
            &[""],
            set(Property::Limit(None)),
        ),
        (What::Limit(None, None), &["500k"], limit(Some(512_000))),
        (What::Limit(None, Some(1_000)), &[], limit(Some(1_000))),
        (What::Limit(None, Some(1)), &["off"], limit(None)),
        (What::Limit(None, None), &["fast"], None),
    ] {
        assert_eq!(done(what.clone(), typed), done_with, "{what:?} {typed:?}");
    }
}

#[test]
fn signing_in_tries_again() {
    let group = GroupId::random();
    let what = || What::SignIn(group, "ann".into());
    let tried = |user: &str, password: &str| {
        let Action::Do(commands) = open(what(), &[user, password]).submit() else {
            panic!("{user} {password}");
        };
        let [Command::Set(of, properties), Command::Resume(ids)] = commands.as_slice() else {
            panic!("{commands:?}");
        };
        let [Property::User(user), Property::Password(password)] = properties.as_slice() else {
            panic!("{commands:?}");
        };
        assert_eq!((*of, ids.as_slice()), (group, &[group][..]));
        (user.clone(), password.clone())
    };
    assert_eq!(tried("bob", "pw"), ("bob".into(), "pw".into()));
    assert_eq!(tried("", ""), (String::new(), String::new()));
    assert_eq!(done(what(), &["", "pw"]), None);
    assert_eq!(done(what(), &["a:b", "pw"]), None);
}

#[test]
fn a_limit_is_shown_as_it_is_typed() {
    for (limit, shown) in [
        (1, "1"),
        (1_000, "1000"),
        (512_000, "500k"),
        (2 << 20, "2M"),
        (3 << 30, "3G"),
        (1536 << 10, "1536k"),
    ] {
        assert_eq!(typed::shown_rate(limit), shown);
        assert_eq!(typed::rate(shown), Ok(Some(limit)));
    }
}

#[test]
fn nothing_secret_is_printed() {
    let state = open(
        What::SignIn(GroupId::random(), "ann".into()),
        &["ann", "s3cret"],
    );
    assert!(!format!("{state:?}").contains("s3cret"));
}

fn look() -> Look {
    Look::new(true, Accent::Ocean, Density::Comfortable, Language::English)
}

fn shown(state: &State) -> Simulator<'_, Message> {
    let settings = iced::Settings {
        default_font: look::REGULAR,
        fonts: fonts(),
        ..Default::default()
    };
    Simulator::with_size(settings, (440.0, 400.0), state.view(look()))
}

#[test]
fn a_mistake_stands_at_its_field_and_ok_is_dead() {
    let mut state = open(What::Limit(None, None), &["fast"]);
    let mut ui = shown(&state);
    assert!(ui.find("Limit of all transfers").is_ok());
    assert!(
        ui.find("this is not a speed: write it like 500k or 2M, in bytes a second")
            .is_ok()
    );
    ui.click("OK").unwrap();
    assert_eq!(ui.into_messages().count(), 0);

    state.update(Message::First("1M".into()));
    let mut ui = shown(&state);
    assert!(
        ui.find("this is not a speed: write it like 500k or 2M, in bytes a second")
            .is_err()
    );
    ui.click("OK").unwrap();
    assert!(matches!(
        ui.into_messages().collect::<Vec<_>>()[..],
        [Message::Submit]
    ));
}

#[test]
fn enter_submits_and_a_password_has_a_field_of_its_own() {
    let state = open(What::SignIn(GroupId::random(), "ann".into()), &[]);
    let mut ui = shown(&state);
    ui.click(iced_test::selector::id(SECOND)).unwrap();
    ui.typewrite("p");
    ui.tap_key(iced::keyboard::key::Named::Enter);
    let messages: Vec<_> = ui.into_messages().collect();
    assert!(
        matches!(&messages[..], [Message::Second(text), Message::Submit] if text == "p"),
        "{messages:?}"
    );
    let renaming = open(What::Rename(GroupId::random(), "ann".into()), &[]);
    assert!(shown(&renaming).find("Password").is_err());
}

#[test]
fn a_folder_is_typed_or_chosen() {
    let group = GroupId::random();
    let mut state = open(What::Folder(group, "/old".into()), &[]);
    let mut ui = shown(&state);
    ui.find("Choose another folder").unwrap();
    ui.click("Choose…").unwrap();
    let messages: Vec<_> = ui.into_messages().collect();
    assert!(matches!(messages[..], [Message::Choose]), "{messages:?}");
    assert!(matches!(state.update(Message::Choose), Action::Run(_)));
    // The system may have no such dialog, or nothing was chosen in it.
    for (chosen, folder) in [(None, "/old"), (Some("/new"), "/new")] {
        state.update(Message::Chosen(chosen.map(PathBuf::from)));
        let Action::Do(commands) = state.submit() else {
            panic!("{chosen:?}");
        };
        let Command::SetFolder(id, to) = &commands[0] else {
            panic!("{commands:?}");
        };
        assert_eq!((*id, to.as_path()), (group, Path::new(folder)));
    }
    let renaming = open(What::Rename(group, "a".into()), &[]);
    assert!(shown(&renaming).find("Choose…").is_err());
}
