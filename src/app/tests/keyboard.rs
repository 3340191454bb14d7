//! Every key of the list of shortcuts does what the list says, by the way keys take in the
//! program: what has the focus first, then the window.

use std::collections::HashSet;

use super::given::{id, number, said};
use super::sandbox::Sandbox;
use crate::app::keys::LISTED;
use crate::app::list::Row;
use crate::app::screen::queue::{self, SEARCH};
use crate::app::{Message, Screen, preset};
use crate::engine::tests::played::Played;

/// What comes of a key.
enum Then {
    /// The engine is asked for this.
    Asks(&'static str),
    /// This is seen, and was not before.
    Shows(&'static str),
    /// This was seen, and is not any more.
    Hides(&'static str),
    /// This has the focus.
    Focuses(&'static str),
    /// The list's cursor is at this group, and so many are chosen.
    At(u128, usize),
    /// This is on the clipboard.
    Copies(&'static str),
}

use Then::{Asks, At, Copies, Focuses, Hides, Shows};

const DVD: &str = "debian-13.2.0-amd64-DVD-1.iso";

/// The shortcut, the group that is chosen, the keys, and what the last of them does.
const CASES: [(&str, u128, &[&str], Then); 51] = [
    ("shortcut-add", 2, &["Ctrl N"], Shows("Add downloads")),
    ("shortcut-add", 2, &["Ctrl N"], Focuses("add-links")),
    ("shortcut-paste", 2, &["Ctrl V"], Shows("Add 1 download")),
    ("shortcut-search", 2, &["Ctrl F"], Focuses(SEARCH)),
    ("shortcut-search", 2, &["/"], Focuses(SEARCH)),
    ("shortcut-move", 2, &["Down"], At(3, 1)),
    ("shortcut-move", 2, &["Up"], At(1, 1)),
    ("shortcut-move", 1, &["Up"], At(1, 1)),
    ("shortcut-move", 2, &["End"], At(8, 1)),
    ("shortcut-move", 2, &["End", "Down"], At(8, 1)),
    ("shortcut-move", 2, &["End", "Home"], At(1, 1)),
    ("shortcut-move", 1, &["PageDown"], At(8, 1)),
    ("shortcut-move", 8, &["PageUp"], At(1, 1)),
    ("shortcut-extend", 2, &["Shift Down"], At(3, 2)),
    (
        "shortcut-extend",
        2,
        &["Shift Down", "Shift Down"],
        At(4, 3),
    ),
    ("shortcut-extend", 2, &["Shift End"], At(8, 7)),
    (
        "shortcut-extend",
        2,
        &["Shift Down", "Space"],
        Asks("suspend 2 3"),
    ),
    ("shortcut-all", 2, &["Ctrl A"], At(2, 8)),
    (
        "shortcut-all",
        2,
        &["Ctrl A", "Space"],
        Asks("suspend 1 2 3 4 5"),
    ),
    (
        "shortcut-all",
        2,
        &["Ctrl A", "F"],
        Asks("foreground 2 3 4 5 6 7"),
    ),
    ("shortcut-expand", 1, &["Right"], Shows(DVD)),
    ("shortcut-expand", 1, &["Right", "Left"], Hides(DVD)),
    ("shortcut-toggle", 2, &["Space"], Asks("suspend 2")),
    ("shortcut-toggle", 6, &["Space"], Asks("resume 6")),
    ("shortcut-toggle", 7, &["Space"], Asks("resume 7")),
    ("shortcut-toggle", 8, &["Space"], Asks("")),
    ("shortcut-foreground", 2, &["F"], Asks("foreground 2")),
    ("shortcut-foreground", 1, &["F"], Asks("background 1")),
    ("shortcut-foreground", 8, &["F"], Asks("")),
    ("shortcut-cancel", 2, &["Delete"], Asks("suspend 2")),
    ("shortcut-cancel", 1, &["Delete"], Shows("Cancel?")),
    ("shortcut-cancel", 8, &["Delete"], Asks("remove 8")),
    (
        "shortcut-undo",
        2,
        &["Delete", "Ctrl Z"],
        Asks("suspend 2, resume 2"),
    ),
    // Without a file there is nothing to open; that one is opened, no test may do.
    ("shortcut-open", 2, &["Enter"], Asks("")),
    ("shortcut-folder", 2, &[], Asks("")),
    (
        "shortcut-copy",
        2,
        &["Ctrl C"],
        Copies("https://image-net.org/ILSVRC2012_img_val.tar"),
    ),
    ("shortcut-rename", 2, &["F2"], Focuses("change.first")),
    ("shortcut-menu", 2, &["Menu"], Shows("Copy the links")),
    ("shortcut-menu", 2, &["Shift F10"], Shows("Copy the links")),
    ("shortcut-details", 2, &["Ctrl I"], Shows("Overview")),
    ("shortcut-earlier", 2, &["Alt Up"], Asks("move Up 2")),
    ("shortcut-later", 2, &["Alt Down"], Asks("move Down 2")),
    (
        "shortcut-suspend-all",
        2,
        &["Ctrl P"],
        Asks("mode Suspended"),
    ),
    (
        "shortcut-history",
        2,
        &["Ctrl H"],
        Hides("Fedora Workstation 44"),
    ),
    ("shortcut-settings", 2, &["Ctrl ,"], Shows("Appearance")),
    (
        "shortcut-next",
        2,
        &["Ctrl F", "Shift Tab", "Tab"],
        Focuses(SEARCH),
    ),
    (
        "shortcut-previous",
        2,
        &["Ctrl F", "Tab", "Shift Tab"],
        Focuses(SEARCH),
    ),
    ("shortcut-close", 2, &["F1", "Esc"], Hides("Shortcuts")),
    ("shortcut-help", 2, &["?"], Shows("Shortcuts")),
    ("shortcut-help", 2, &["F1"], Shows("Shortcuts")),
    ("shortcut-quit", 2, &["Ctrl Q"], Asks("shutdown")),
];

async fn at(group: u128) -> (Sandbox, Played) {
    let (mut window, played) = Sandbox::played(preset::eight()).await;
    window.clipboard.0 = Some("https://example.org/file.bin".to_owned());
    let chose = queue::Message::Chose(Row::Group(id(group)));
    window.tell(Message::Queue(chose)).await;
    (window, played)
}

#[tokio::test(start_paused = true)]
async fn every_shortcut_does_what_is_listed() {
    for (listed, group, keys, then) in CASES {
        let (mut window, played) = at(group).await;
        let what = format!("{listed} at {group}: {keys:?}");
        for key in &keys[..keys.len().saturating_sub(1)] {
            window.keys(key).await;
        }
        let before = |window: &mut Sandbox, text| window.sees(text);
        match then {
            Shows(text) => assert!(!before(&mut window, text), "{what}: seen already"),
            Hides(text) => assert!(before(&mut window, text), "{what}: never seen"),
            _ => {}
        }
        if let Some(last) = keys.last() {
            window.keys(last).await;
        }
        match then {
            Asks(asked) => assert_eq!(said(&played).join(", "), asked, "{what}"),
            Shows(text) => assert!(window.sees(text), "{what}: {}", window.all()),
            Hides(text) => assert!(!window.sees(text), "{what}"),
            Focuses(id) => assert_eq!(window.focused(), Some(id.into()), "{what}"),
            At(group, chosen) => {
                let list = &window.app.queue.list;
                assert_eq!(list.cursor_group().map(number), Some(group), "{what}");
                assert_eq!(list.selected(), chosen, "{what}");
            }
            Copies(text) => assert_eq!(window.clipboard.0.as_deref(), Some(text), "{what}"),
        }
    }
}

#[test]
fn every_shortcut_that_is_listed_is_tried() {
    let listed: HashSet<_> = LISTED.iter().map(|(listed, _)| listed.name()).collect();
    let tried: HashSet<_> = CASES.iter().map(|(tried, ..)| *tried).collect();
    assert_eq!(listed, tried);
}

/// What is typed in a field is typed, and moves nothing else.
#[tokio::test(start_paused = true)]
async fn a_field_keeps_its_keys_to_itself() {
    let (mut window, played) = at(2).await;
    window.keys("Ctrl F").await;
    window.type_text("fedora").await;
    assert_eq!(window.app.queue.search, "fedora");
    assert!(window.sees("Fedora Workstation 44") && !window.sees("Nightly report"));
    window.keys("Delete").await;
    window.keys("Space").await;
    assert_eq!(
        said(&played),
        Vec::<String>::new(),
        "keys of a field went to the list"
    );
    window.keys("Esc").await;
    assert_eq!(window.focused(), None, "Esc leaves the field");
    window.keys("?").await;
    assert!(window.sees("Shortcuts"));
}

/// Esc closes one thing at a time: the dialog, then the screen, then the choice.
#[tokio::test(start_paused = true)]
async fn esc_closes_the_topmost() {
    let (mut window, played) = at(2).await;
    window.keys("Ctrl ,").await;
    window.keys("F1").await;
    assert!(window.app.dialog.is_some());
    window.keys("Esc").await;
    assert!(window.app.dialog.is_none() && matches!(window.app.screen, Screen::Settings(_)));
    window.keys("Esc").await;
    assert!(matches!(window.app.screen, Screen::Queue));
    assert_eq!(window.app.queue.list.selected(), 1);
    window.keys("Esc").await;
    assert_eq!(window.app.queue.list.selected(), 0);
    window.keys("Esc").await;
    assert!(
        !window.has_ended && said(&played).is_empty(),
        "Esc never ends the program"
    );
}

/// Behind a dialog nothing is done, whatever key is pressed.
#[tokio::test(start_paused = true)]
async fn a_dialog_keeps_the_keys_from_the_list() {
    let (mut window, played) = at(2).await;
    window.keys("?").await;
    for key in [
        "Space", "F", "Delete", "Ctrl P", "Alt Up", "Down", "Ctrl N", "Ctrl ,",
    ] {
        window.keys(key).await;
    }
    assert_eq!(said(&played), Vec::<String>::new());
    assert!(window.sees("Shortcuts"));
    assert_eq!(window.app.queue.list.cursor_group().map(number), Some(2));
}
