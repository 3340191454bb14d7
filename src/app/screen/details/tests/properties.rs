//! Fields: checked where they are typed, sent when they are right, and what is refused.

use iced::keyboard::key::Named;
use iced_test::selector::id;

use super::*;
use crate::queue::{Credentials, Property};

fn told(change: impl FnOnce(&mut Properties)) -> GroupView {
    let mut group = group(FileState::Queued, vec![file("a.iso", FileState::Queued)]);
    change(Arc::make_mut(&mut group.properties));
    group
}

/// Types into a field as a person would, and takes the messages in.
fn typed(state: &mut State, group: &GroupView, field: &'static str, text: &str) {
    for letter in text.chars() {
        let mut view = shown(state, group);
        view.click(id(field)).unwrap();
        view.tap_key(Named::End);
        view.typewrite(&letter.to_string());
        let messages: Vec<_> = view.into_messages().collect();
        for message in messages {
            state.update(message, Some(group));
        }
    }
}

/// The command that pressing this comes to.
fn pressed(state: &mut State, group: &GroupView, button: &str) -> Option<Command> {
    let messages = press(state, group, button);
    messages
        .into_iter()
        .find_map(|message| match state.update(message, Some(group)) {
            Action::Command(command) => Some(command),
            Action::Apply(of, _, property) => Some(Command::Set(of, vec![property])),
            _ => None,
        })
}

#[test]
fn nonsense_is_answered_at_its_field() {
    let (mut state, group) = (panel(Tab::Properties), told(|_| {}));
    typed(&mut state, &group, "details.limit", "5x");
    let mut view = shown(&state, &group);
    let field = view.find(id("details.limit")).unwrap().bounds();
    let error = view
        .find("bytes a second, like 500k or 2M; empty for no limit")
        .unwrap();
    let gap = error.bounds().y - (field.y + field.height);
    assert!((0.0..20.0).contains(&gap), "{gap}");
    assert!(view.find("Apply").is_err());
    drop(view);
    // Enter changes nothing either.
    let action = state.update(Message::Apply(Field::Limit), Some(&group));
    assert!(matches!(action, Action::None), "{action:?}");
}

#[test]
fn what_is_right_is_sent_once() {
    let (mut state, group) = (panel(Tab::Properties), told(|it| it.limit = Some(1024)));
    shown(&state, &group).find("1k").unwrap();
    assert!(
        shown(&state, &group).find("Apply").is_err(),
        "nothing to apply"
    );
    typed(&mut state, &group, "details.limit", "k");
    state.update(Message::Typed(Field::Limit, "500k".into()), Some(&group));
    let command = pressed(&mut state, &group, "Apply");
    let Some(Command::Set(of, properties)) = command else {
        panic!("{command:?}");
    };
    assert_eq!(of, group.id);
    assert_eq!(properties, [Property::Limit(Some(512_000))]);
    // Until it holds what was typed is seen, and is not sent again.
    shown(&state, &group).find("500k").unwrap();
    assert!(shown(&state, &group).find("Apply").is_err());
    let again = state.update(Message::Apply(Field::Limit), Some(&group));
    assert!(matches!(again, Action::None));
    // Changed elsewhere since: that is what is seen.
    let mut elsewhere = group.clone();
    Arc::make_mut(&mut elsewhere.properties).limit = Some(7);
    let mut view = shown(&state, &elsewhere);
    assert!(view.find("7").is_ok() && view.find("500k").is_err());
}

#[test]
fn a_refusal_is_shown_at_the_field_it_is_about() {
    let (mut state, group) = (panel(Tab::Properties), told(|_| {}));
    state.update(Message::Typed(Field::Name, "New".into()), Some(&group));
    let sent = state.update(Message::Apply(Field::Name), Some(&group));
    assert!(matches!(sent, Action::Apply(of, Field::Name, _) if of == group.id));
    // The answer to another group's, which has come late.
    let late = Message::Refused(GroupId::random(), Field::Name, Refusal::NotFound);
    state.update(late, Some(&group));
    assert!(
        shown(&state, &group)
            .find("there is nothing with this id")
            .is_err()
    );
    let refused = Message::Refused(group.id, Field::Name, Refusal::NotFound);
    state.update(refused, Some(&group));
    let mut view = shown(&state, &group);
    view.find("there is nothing with this id").unwrap();
    view.find("New").unwrap();
}

#[test]
fn a_password_is_written_and_never_shown() {
    let credentials = Credentials {
        user: "ann".into(),
        password: "s3cret".into(),
    };
    let (mut state, group) = (
        panel(Tab::Properties),
        told(|it| it.credentials = Some(credentials)),
    );
    let mut view = shown(&state, &group);
    view.find("ann").unwrap();
    view.find("set").unwrap();
    assert!(view.find("s3cret").is_err());
    drop(view);
    state.update(Message::Typed(Field::Password, "new".into()), Some(&group));
    assert!(!format!("{:?}", state.about.form).contains("new"));
    let action = state.update(Message::Apply(Field::Password), Some(&group));
    let Action::Apply(_, _, property) = action else {
        panic!("{action:?}");
    };
    assert_eq!(property, Property::Password("new".into()));
    assert!(!format!("{:?}", state.about.form).contains("new"));
}

#[test]
fn choices_are_sent_at_once() {
    let (mut state, group) = (panel(Tab::Properties), told(|_| {}));
    let command = pressed(&mut state, &group, "High");
    assert!(
        matches!(&command, Some(Command::SetPriority(of, Priority::High)) if *of == [group.id]),
        "{command:?}"
    );
    let off = Notify {
        done: true,
        error: false,
    };
    let action = state.update(Message::Notify(off), Some(&group));
    assert!(
        matches!(&action, Action::Command(Command::Set(_, set)) if *set == [Property::Notify(off)]),
        "{action:?}"
    );
}

#[test]
fn a_command_is_shown_as_its_words() {
    let words = ["say".to_owned(), "it is done".to_owned()];
    let (mut state, group) = (
        panel(Tab::Properties),
        told(|it| it.on_complete = words.to_vec()),
    );
    shown(&state, &group).find("say  ·  it is done").unwrap();
    state.update(
        Message::Typed(Field::OnComplete, "say 'it".into()),
        Some(&group),
    );
    shown(&state, &group).find("a quote is not closed").unwrap();
}

#[test]
fn nothing_of_a_cancelled_group_is_changed() {
    let cancelled = group(
        FileState::Cancelled,
        vec![file("a.iso", FileState::Cancelled)],
    );
    let mut state = panel(Tab::Properties);
    typed(&mut state, &cancelled, "details.name", "x");
    assert!(shown(&state, &cancelled).find("x").is_err());
    assert!(shown(&state, &cancelled).find("High").is_err());
}

/// What was typed for one group is not sent to another.
#[test]
fn drafts_end_with_the_choice() {
    let (mut state, one, other) = (panel(Tab::Properties), told(|_| {}), told(|_| {}));
    state.update(Message::Typed(Field::Name, "New".into()), Some(&one));
    assert!(shown(&state, &other).find("New").is_err());
    let action = state.update(Message::Apply(Field::Name), Some(&other));
    assert!(matches!(action, Action::None));
}
