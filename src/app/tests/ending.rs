//! The end: what was to be cancelled is, all is saved, and only then the program is over.

use std::sync::Arc;
use std::time::Duration;

use super::given::{id, said, settings};
use super::sandbox::Sandbox;
use crate::app::icon::Icon;
use crate::app::list::Row;
use crate::app::meet::open_door;
use crate::app::screen::queue;
use crate::app::source::Source;
use crate::app::{Message, preset};
use crate::engine::tests::played::Played;
use crate::platform::Folders;
use crate::queue::GroupView;
use crate::settings;

#[tokio::test(start_paused = true)]
async fn the_end_waits_for_the_engine() {
    let (mut window, played) = Sandbox::played(preset::eight()).await;
    window.window(iced::window::Event::CloseRequested).await;
    assert_eq!(said(&played), ["shutdown"]);
    assert!(window.has_ended);
    assert!(window.sees("Saving…"));
}

/// The engine has not answered: the window stays, and says so; nothing is asked twice.
#[tokio::test(start_paused = true)]
async fn nothing_ends_before_it_is_saved() {
    let (mut window, played) = Sandbox::played(preset::eight()).await;
    let release = played.hold();
    window.keys("Ctrl Q").await;
    window.pass(Duration::from_secs(30)).await;
    assert!(!window.has_ended && window.sees("Saving…"));
    for key in ["Ctrl Q", "Esc", "Ctrl N", "Ctrl ,", "Delete", "Space"] {
        window.keys(key).await;
    }
    window.window(iced::window::Event::CloseRequested).await;
    assert!(window.sees("Saving…") && !window.has_ended);
    drop(release);
    window.pass(Duration::from_secs(1)).await;
    assert_eq!(said(&played), ["shutdown"]);
    assert!(window.has_ended);
}

#[tokio::test(start_paused = true)]
async fn what_was_to_be_cancelled_is() {
    let (mut window, played) = Sandbox::played(preset::eight()).await;
    window
        .click_in_row("ImageNet validation split", Icon::X)
        .await;
    window.click_in_row("Nightly report", Icon::X).await;
    window.keys("Ctrl Q").await;
    assert_eq!(
        said(&played),
        ["suspend 2", "suspend 5", "cancel 2", "cancel 5", "shutdown"]
    );
    assert!(window.has_ended);
}

/// Nobody is promised what does not happen any more.
#[tokio::test(start_paused = true)]
async fn nobody_comes_in_while_it_ends() {
    let place = tempfile::tempdir().unwrap();
    let folders = Folders::under(place.path());
    let (mut window, played) = Sandbox::played(preset::eight()).await;
    let door = open_door(&folders, &played.handle);
    assert!(door.is_some());
    window.app.door = door;
    let sockets = || std::fs::read_dir(&folders.run).unwrap().count();
    assert_eq!(sockets(), 1);
    let _held = played.hold();
    window.keys("Ctrl Q").await;
    assert!(!window.has_ended && sockets() == 0);
}

/// What another face took off the list meanwhile does not keep the rest from being cancelled.
#[tokio::test(start_paused = true)]
async fn what_is_gone_is_not_cancelled() {
    let (mut window, played) = Sandbox::played(preset::eight()).await;
    window
        .tell(Message::Queue(queue::Message::Chose(Row::Group(id(4)))))
        .await;
    window.keys("Shift Down").await;
    window.keys("Delete").await;
    let mut left = preset::eight();
    let stays = |group: &&Arc<GroupView>| group.id != id(4);
    left.groups = Arc::new(left.groups.iter().filter(stays).cloned().collect());
    played.show(left);
    window.pass(Duration::from_millis(200)).await;
    window.keys("Ctrl Q").await;
    assert_eq!(said(&played), ["suspend 4 5", "cancel 5", "shutdown"]);
}

/// The window's size is kept, before the end.
#[tokio::test(start_paused = true)]
async fn the_settings_are_saved() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config").join("ebb.toml");
    let played = Played::new(preset::eight());
    let source = Source::Engine(played.handle.clone());
    let mut window = Sandbox::over(source, settings()).await;
    window.app.settings_file = Some(file.clone());
    let size = iced::Size::new(1000.0, 700.0);
    window.window(iced::window::Event::Resized(size)).await;
    assert!(!file.exists());
    window.keys("Ctrl Q").await;
    assert!(window.has_ended);
    let kept = settings::load(&file, preset::NOW);
    assert!(kept.trouble.is_none());
    assert_eq!(
        (
            kept.settings.window.width.get(),
            kept.settings.window.height.get()
        ),
        (1000, 700)
    );
}
