//! The scripts in `tests/ice`: stories that iced's emulator plays in the real program, over
//! fixed snapshots (it waits for no subscription, and lets none hear a key).

use iced::{Preset, Task};

use super::given::{settings, still};
use crate::app::{App, Message, preset, program};
use crate::queue::Snapshot;

#[test]
fn the_stories_go_as_they_are_written() {
    let presets = [
        ("Empty", Snapshot::default as fn() -> Snapshot, false),
        ("Eight", preset::eight, false),
        ("Details", preset::eight, true),
    ];
    let presets = presets
        .map(|(name, snapshot, details)| Preset::new(name, move || state(snapshot(), details)));
    let boot = || state(Snapshot::default(), false);
    let scripts = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/ice");
    let count = std::fs::read_dir(scripts).unwrap().count();
    assert!(count >= 6, "{count} scripts");
    iced_test::run(program(boot).presets(presets), scripts).unwrap();
}

fn state(snapshot: Snapshot, details_are_open: bool) -> (App, Task<Message>) {
    let mut settings = settings();
    settings.window.details_open = details_are_open;
    (still(settings, snapshot), Task::none())
}
