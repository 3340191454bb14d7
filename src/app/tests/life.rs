//! The window's life: facts of the engine, the system's theme, sizes, the clipboard, and not
//! being seen.

use std::sync::Arc;
use std::time::Duration;

use iced::{Size, theme, window};

use super::given::{said, settings, still};
use super::sandbox::Sandbox;
use crate::app::{Message, Source, preset};
use crate::engine::tests::played::Played;
use crate::queue::{Refusal, Snapshot};
use crate::settings::Theme;

const FEDORA: &str = "Fedora Workstation 44";

#[tokio::test(start_paused = true)]
async fn the_engines_snapshots_are_seen() {
    let (mut window, played) = Sandbox::played(Snapshot::default()).await;
    assert!(window.sees("Nothing here yet"));
    played.show(preset::eight());
    window.pass(Duration::from_millis(1)).await;
    assert!(window.sees(FEDORA) && window.sees("8 groups"));
    played.show(preset::many(3));
    window.pass(Duration::from_millis(1)).await;
    assert!(!window.sees(FEDORA) && window.sees("3 groups"));
}

/// What was there before the window is there in its first picture.
#[tokio::test(start_paused = true)]
async fn the_first_picture_has_the_queue() {
    let played = Played::new(preset::eight());
    let mut app = still(settings(), Snapshot::default());
    app.source = Source::Engine(played.handle.clone());
    let _ = app.begin();
    assert!(Sandbox::of(app).await.sees(FEDORA));
}

/// A minimised window looks at nothing; it is what it is again when it is seen again.
#[tokio::test(start_paused = true)]
async fn a_minimised_window_does_nothing() {
    let (mut window, played) = Sandbox::played(preset::eight()).await;
    window.is_minimised = true;
    window.window(window::Event::Unfocused).await;
    assert!(window.app.is_hidden);
    played.show(preset::many(3));
    window.pass(Duration::from_secs(60)).await;
    assert_eq!(window.app.snapshot.groups.len(), 8, "it was looked at");
    window.is_minimised = false;
    window.window(window::Event::Focused).await;
    assert_eq!(window.app.snapshot.groups.len(), 3);
}

/// Not to have the focus is not to be hidden; a window that loses it is asked again, for it
/// may be minimised later.
#[tokio::test(start_paused = true)]
async fn a_window_beside_another_goes_on() {
    let (mut window, played) = Sandbox::played(preset::eight()).await;
    window.window(window::Event::Unfocused).await;
    assert!(!window.app.is_hidden);
    played.show(preset::many(3));
    window.pass(Duration::from_secs(1)).await;
    assert_eq!(window.app.snapshot.groups.len(), 3);
    window.is_minimised = true;
    window.pass(Duration::from_secs(2)).await;
    assert!(
        window.app.is_hidden,
        "three groups run: it was to be asked for"
    );
    // An answer that comes late does not hide what has the focus.
    window.window(window::Event::Focused).await;
    window.tell(Message::Hidden(true)).await;
    assert!(!window.app.is_hidden);
}

/// Without anything that runs or counts no clock ticks, seen or not.
#[tokio::test(start_paused = true)]
async fn an_idle_window_has_no_clock() {
    let (mut window, played) = Sandbox::played(preset::eight()).await;
    assert!(
        window.app.counts_time(),
        "one of the eight waits until a moment"
    );
    let mut idle = preset::eight();
    let over = |group: &&Arc<crate::queue::GroupView>| group.state.is_final();
    idle.groups = Arc::new(idle.groups.iter().filter(over).cloned().collect());
    played.show(idle);
    window.pass(Duration::from_millis(1)).await;
    let now = window.app.now;
    assert!(!window.app.counts_time() && !window.app.looks_inside() && !window.app.may_be_hidden());
    window.pass(Duration::from_secs(60)).await;
    assert_eq!(window.app.now, now);
}

/// On X11 each window that opens says that nothing is known of the theme.
#[tokio::test(start_paused = true)]
async fn what_is_not_known_of_the_theme_changes_nothing() {
    let mut begin = settings();
    begin.appearance.theme = Theme::System;
    let mut window = Sandbox::of(still(begin, preset::eight())).await;
    for (mode, is_dark) in [
        (theme::Mode::Dark, true),
        (theme::Mode::None, true),
        (theme::Mode::Light, false),
        (theme::Mode::None, false),
    ] {
        window.tell(Message::SystemTheme(mode)).await;
        assert_eq!(window.app.look.is_dark, is_dark, "{mode:?}");
    }
}

/// Whoever chose a theme keeps it.
#[tokio::test(start_paused = true)]
async fn a_chosen_theme_is_not_the_systems() {
    let mut window = Sandbox::of(still(settings(), preset::eight())).await;
    window.tell(Message::SystemTheme(theme::Mode::Dark)).await;
    assert!(!window.app.look.is_dark);
}

/// Larger text is fewer of our pixels; the size that is kept is the window's own.
#[tokio::test(start_paused = true)]
async fn the_size_is_told_in_our_own_pixels() {
    let mut begin = settings();
    begin.appearance.text_size = 200.try_into().unwrap();
    let mut window = Sandbox::of(still(begin, preset::eight())).await;
    assert!((window.app.scale() - 2.0).abs() < f32::EPSILON);
    assert_eq!(window.app.size, Size::new(640.0, 400.0));
    window.tell(Message::Opened(window::Id::unique())).await;
    window
        .window(window::Event::Resized(Size::new(500.0, 450.0)))
        .await;
    assert_eq!(window.app.size, Size::new(500.0, 450.0));
    let kept = window.app.settings.window;
    assert_eq!((kept.width.get(), kept.height.get()), (1000, 900));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_said() {
    let (mut window, played) = Sandbox::played(preset::eight()).await;
    played.refuse(Refusal::NotFound);
    window
        .click_in_row("ImageNet validation split", crate::app::icon::Icon::Pause)
        .await;
    let told = crate::words::explain::explain_refusal(&Refusal::NotFound, window.app.look.language);
    assert!(window.sees(&told.message), "{}", window.all());
    window.pass(Duration::from_secs(13)).await;
    assert!(!window.sees(&told.message), "it goes away by itself");
}

/// A link on the clipboard is offered once, and never taken.
#[tokio::test(start_paused = true)]
async fn a_link_on_the_clipboard_is_offered_once() {
    let link = "https://example.org/new.iso";
    let (mut window, played) = Sandbox::played(preset::eight()).await;
    window.clipboard.0 = Some(link.to_owned());
    window.app.settings.startup.watch_clipboard = false;
    window.window(window::Event::Focused).await;
    assert!(!window.sees("Add it"), "not where the settings say no");
    window.app.settings.startup.watch_clipboard = true;
    window.window(window::Event::Focused).await;
    assert!(window.sees("Add it") && window.sees_part(link));
    window.pass(Duration::from_secs(13)).await;
    assert!(!window.sees("Add it"));
    window.window(window::Event::Focused).await;
    assert!(!window.sees("Add it"), "offered twice");
    assert_eq!(said(&played), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn an_offer_leads_to_the_add_dialog() {
    let (mut window, played) = Sandbox::played(preset::eight()).await;
    window.app.settings.startup.watch_clipboard = true;
    window.clipboard.0 = Some("  https://example.org/new.iso\n".to_owned());
    window.window(window::Event::Focused).await;
    window.click("Add it").await;
    assert!(window.sees("Add downloads") && window.sees("Add 1 download"));
    assert_eq!(said(&played), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn what_is_no_new_link_is_not_offered() {
    for text in [
        "",
        "just words",
        "example.org/without-a-scheme",
        "https://fedoraproject.org/Fedora-Workstation-44.iso",
        "https://example.org/a https://example.org/b",
        "https://example.org/a\nhttps://example.org/b",
    ] {
        let (mut window, _played) = Sandbox::played(preset::eight()).await;
        window.app.settings.startup.watch_clipboard = true;
        window.clipboard.0 = Some(text.to_owned());
        window.window(window::Event::Focused).await;
        assert!(!window.sees("Add it"), "{text}");
    }
}

/// A list that is dropped is read into the add dialog.
#[tokio::test(start_paused = true)]
async fn a_list_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("links.txt");
    std::fs::write(&list, "https://example.org/1\nhttps://example.org/2\n").unwrap();
    let (mut window, _played) = Sandbox::played(preset::eight()).await;
    window
        .window(window::Event::FileHovered(list.clone()))
        .await;
    assert!(window.sees("Drop links or lists of links here"));
    window.window(window::Event::FileDropped(list)).await;
    assert!(!window.sees("Drop links or lists of links here"));
    assert!(window.sees("Add 2 downloads"), "{}", window.all());
}
