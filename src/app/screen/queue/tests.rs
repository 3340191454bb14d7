//! What a message to the list comes to.

use std::sync::Arc;

use jiff::SignedDuration;

use super::*;
use crate::app::preset::{self, NOW};

fn three() -> (State, Snapshot) {
    let (mut state, snapshot) = (State::new(), preset::many(3));
    state.seen(&snapshot, NOW);
    (state, snapshot)
}

/// A menu asked for on one of several that are chosen is about all of them.
#[test]
fn a_menu_is_of_what_is_chosen() {
    let (mut state, snapshot) = three();
    let menu = |state: &mut State| {
        let row = Row::Group(snapshot.groups[1].id);
        let action = state.update(Message::Menu(row, Point::ORIGIN), Modifiers::empty());
        assert!(matches!(action, Action::Menu(_)));
        state.list.selected()
    };
    let _ = state.choose_all();
    assert_eq!(menu(&mut state), 3);
    state.clear();
    assert_eq!(menu(&mut state), 1);
}

/// The last sample says that nothing comes any more, however soon after the one before.
#[test]
fn the_speed_ends() {
    let (mut state, snapshot) = three();
    let speeds = state.speeds.clone();
    assert!(speeds.last().is_some_and(|speed| *speed > 0));
    state.seen(&snapshot, NOW + SignedDuration::from_millis(100));
    assert_eq!(state.speeds, speeds, "too soon");
    let none = Snapshot {
        groups: Arc::default(),
        ..snapshot
    };
    state.seen(&none, NOW + SignedDuration::from_millis(200));
    assert_eq!(state.speeds.last(), Some(&0));
}
