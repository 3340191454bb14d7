//! What the main screen's buttons ask for: a row's own, the toolbar's, the sidebar's, the menu's.

use super::given::{id, number, said};
use super::sandbox::Sandbox;
use crate::app::icon::Icon;
use crate::app::list::Row;
use crate::app::screen::queue;
use crate::app::{Message, Screen, preset};
use crate::download::WaitReason;

const DEBIAN: &str = "Debian 13.2 netinst + DVD set";
const IMAGENET: &str = "ImageNet validation split";
const ALPS: &str = "Satellite tiles, Alps 2026";
const FEDORA: &str = "Fedora Workstation 44";

#[tokio::test(start_paused = true)]
async fn a_row_has_buttons_of_its_own() {
    for (name, sign, asked) in [
        (IMAGENET, Icon::Pause, "suspend 2"),
        (IMAGENET, Icon::Zap, "foreground 2"),
        (DEBIAN, Icon::Pause, "suspend 1"),
        (DEBIAN, Icon::Leaf, "background 1"),
        (ALPS, Icon::Play, "resume 6"),
        ("toolchain-2026-11.tar.zst", Icon::Retry, "resume 7"),
        ("blender-5.1-linux-x64.tar.xz", Icon::Pause, "suspend 4"),
        (FEDORA, Icon::X, "remove 8"),
    ] {
        let (mut window, played) = Sandbox::played(preset::eight()).await;
        window.click_in_row(name, sign).await;
        assert_eq!(said(&played), [asked], "{name}");
        let chosen = window.app.queue.list.selected();
        assert_eq!(chosen, 0, "{name}: a button of a row chooses nothing");
    }
}

#[tokio::test(start_paused = true)]
async fn the_toolbar_is_for_what_is_chosen() {
    for (chosen, word, asked) in [
        (&[2_u128, 3][..], "Suspend", "suspend 2 3"),
        (&[2, 6], "Suspend", "suspend 2"),
        (&[2, 6], "Resume", "resume 6"),
        (&[1, 2], "Foreground", "foreground 2"),
        (&[1], "Background", "background 1"),
    ] {
        let (mut window, played) = Sandbox::played(preset::eight()).await;
        window.app.modifiers = iced::keyboard::Modifiers::COMMAND;
        for group in chosen {
            window
                .tell(Message::Queue(queue::Message::Chose(Row::Group(id(
                    *group,
                )))))
                .await;
        }
        window.click_above_list(word).await;
        assert_eq!(said(&played), [asked], "{chosen:?}");
    }
}

/// What applies to nothing that is chosen cannot be pressed.
#[tokio::test(start_paused = true)]
async fn without_a_choice_the_toolbar_does_nothing() {
    let (mut window, played) = Sandbox::played(preset::eight()).await;
    for word in ["Suspend", "Resume", "Foreground", "Cancel"] {
        window.click_above_list(word).await;
    }
    assert_eq!(said(&played), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn the_switch_has_three_places() {
    for (word, asked) in [("Full speed", "mode Full"), ("Polite", "mode Polite")] {
        let (mut window, played) = Sandbox::played(preset::eight()).await;
        window.click(word).await;
        assert_eq!(said(&played), [asked]);
    }
}

#[tokio::test(start_paused = true)]
async fn filters_show_their_own() {
    for (word, seen, hidden) in [
        ("Active", IMAGENET, FEDORA),
        ("Waiting", "blender-5.1-linux-x64.tar.xz", IMAGENET),
        ("Suspended", ALPS, IMAGENET),
        ("Finished", FEDORA, IMAGENET),
        ("Failed", "toolchain-2026-11.tar.zst", FEDORA),
    ] {
        let (mut window, _played) = Sandbox::played(preset::eight()).await;
        window.click(word).await;
        assert!(window.sees(seen) && !window.sees(hidden), "{word}");
        window.click("All").await;
        assert!(window.sees(seen) && window.sees(hidden), "{word}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_order_is_chosen_and_turned_round() {
    let (mut window, _played) = Sandbox::played(preset::eight()).await;
    let above = |window: &mut Sandbox| window.place(ALPS).y < window.place(IMAGENET).y;
    assert!(!above(&mut window));
    for expected in [true, false] {
        window.click_id("sort").await;
        window.click("Size").await;
        assert_eq!(above(&mut window), expected);
        assert!(
            !window.sees("Order of the queue"),
            "the list of orders closes"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_group_opens_in_place() {
    let (mut window, _played) = Sandbox::played(preset::eight()).await;
    let below = window.place(IMAGENET).y;
    window.click_in_row(DEBIAN, Icon::ChevronRight).await;
    for name in ["netinst", "DVD-1", "DVD-2", "DVD-3"] {
        assert!(
            window.sees(&format!("debian-13.2.0-amd64-{name}.iso")),
            "{name}"
        );
    }
    assert!(window.place(IMAGENET).y > below, "what is below makes room");
    window.click_in_row(DEBIAN, Icon::ChevronDown).await;
    assert!((window.place(IMAGENET).y - below).abs() < f32::EPSILON);
}

/// A press chooses; with Ctrl one more or less, with Shift all in between.
#[tokio::test(start_paused = true)]
async fn rows_are_chosen_by_mouse() {
    let (mut window, _played) = Sandbox::played(preset::eight()).await;
    let chosen = |window: &Sandbox| -> Vec<u128> {
        window
            .app
            .queue
            .list
            .selection()
            .into_iter()
            .map(number)
            .collect()
    };
    window.click(IMAGENET).await;
    assert_eq!(chosen(&window), [2]);
    window
        .click_holding("Nightly report", iced::keyboard::Modifiers::SHIFT)
        .await;
    assert_eq!(chosen(&window), [2, 3, 4, 5]);
    window
        .click_holding(DEBIAN, iced::keyboard::Modifiers::COMMAND)
        .await;
    assert_eq!(chosen(&window), [1, 2, 3, 4, 5]);
    assert!(window.sees("5 chosen"));
    window.click(FEDORA).await;
    assert_eq!(chosen(&window), [8]);
}

#[tokio::test(start_paused = true)]
async fn the_menu_of_what_is_chosen() {
    let (mut window, played) = Sandbox::played(preset::eight()).await;
    window.click_other(IMAGENET).await;
    assert!(window.sees("Copy the links") && window.sees("To the bottom"));
    assert!(!window.sees("Take off the list"), "it runs");
    window.click("To the bottom").await;
    assert_eq!(said(&played), ["move Bottom 2"]);
    assert!(!window.sees("Copy the links"), "the menu closes");
    window.click_other(FEDORA).await;
    window.click("Take off the list").await;
    assert_eq!(said(&played), ["remove 8"]);
}

/// What waits for something better can be told not to, in the row, the menu and the details;
/// and can be told to wait again.
#[tokio::test(start_paused = true)]
async fn a_wait_is_lifted_and_put_back() {
    for (reason, badge, until) in [
        (WaitReason::Metered, "Waiting: metered network", None),
        (WaitReason::Power, "Waiting: on battery", None),
        (
            WaitReason::Schedule,
            "Waiting: schedule",
            Some("goes on in"),
        ),
    ] {
        let waits = preset::waiting(1, Some(reason));
        let (mut window, played) = Sandbox::played(waits).await;
        assert!(window.sees(badge) && !window.sees("Anyway"), "{reason:?}");
        assert!(
            until.is_none_or(|until| window.sees_part(until)),
            "{reason:?}"
        );
        window.click("Download anyway").await;
        assert_eq!(said(&played), ["anyway 2"], "{reason:?}");
        window.click_other(IMAGENET).await;
        window.keys("Esc").await;
        window.keys("Ctrl I").await;
        let offered = window.texts();
        let offered = offered.iter().filter(|(text, _)| text == "Download anyway");
        assert_eq!(offered.count(), 2, "{reason:?}: in row and details");
    }
    let (mut window, played) = Sandbox::played(preset::waiting(1, None)).await;
    assert!(window.sees("Anyway") && !window.sees("Download anyway"));
    window.click_other(IMAGENET).await;
    window.click("Wait again").await;
    assert_eq!(said(&played), ["wait again 2"]);
    window.keys("Ctrl I").await;
    assert!(window.sees("Regardless of cost and hours"));
    window.click("Wait again").await;
    assert_eq!(said(&played), ["wait again 2"]);
    // Who waits for a server is not to be hurried.
    let (mut window, _played) = Sandbox::played(preset::eight()).await;
    assert!(!window.sees("Download anyway"));
}

#[tokio::test(start_paused = true)]
async fn below_the_list() {
    let (mut window, played) = Sandbox::played(preset::eight()).await;
    window.click("Clear finished").await;
    assert_eq!(said(&played), ["remove 8"]);
    window.click_id("limit").await;
    window.type_text("2M").await;
    window.keys("Enter").await;
    assert_eq!(said(&played), ["limit Some(2097152)"]);
    window.click_id("limit").await;
    window.type_text("nonsense").await;
    window.keys("Enter").await;
    assert_eq!(
        said(&played),
        Vec::<String>::new(),
        "nonsense is answered at its field"
    );
    assert!(window.app.dialog.is_some());
}

#[tokio::test(start_paused = true)]
async fn the_screens_are_reached_by_their_signs() {
    let (mut window, _played) = Sandbox::played(preset::eight()).await;
    window
        .click_above_list(&Icon::Settings.glyph().to_string())
        .await;
    assert!(matches!(window.app.screen, Screen::Settings(_)));
    window.keys("Esc").await;
    window
        .click_above_list(&Icon::History.glyph().to_string())
        .await;
    assert!(matches!(window.app.screen, Screen::History(_)));
    window.keys("Esc").await;
    window
        .click_above_list(&Icon::Keyboard.glyph().to_string())
        .await;
    assert!(window.sees("Shortcuts"));
    window.keys("Esc").await;
    window
        .click_above_list(&Icon::Info.glyph().to_string())
        .await;
    assert!(window.app.settings.window.details_open);
    window.click("Add").await;
    assert!(window.sees("Add downloads"));
}
