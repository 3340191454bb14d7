//! A window that is not alone: over `ebb serve`, which is played; and the first of two windows.

use std::time::Duration;

use serde_json::json;

use super::given::{settings, still};
use super::sandbox::Sandbox;
use crate::app::dialogs::Dialog;
use crate::app::icon::Icon;
use crate::app::{Message, Source, preset};
use crate::queue::{Mode, Snapshot};
use crate::remote::Played;
use crate::settings::{self, OnStart, Settings};

const FEDORA: &str = "Fedora Workstation 44";
const LOST: &str = "The connection to the running Ebb is lost; trying again…";

async fn over(snapshot: Snapshot, settings: Settings) -> (Sandbox, Played) {
    let played = Played::new(snapshot);
    let source = Source::Remote(played.client.clone());
    (Sandbox::over(source, settings).await, played)
}

fn methods(played: &Played) -> Vec<String> {
    let asked = played.asked().into_iter();
    asked
        .map(|it| it["method"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// What is there is seen, what is pressed is asked for there, and where that is is said.
#[tokio::test(start_paused = true)]
async fn the_window_steers_what_runs_elsewhere() {
    let (mut window, played) = over(preset::eight(), settings()).await;
    assert!(window.sees(FEDORA) && window.sees("ebb serve"));
    assert!(played.asked().is_empty(), "looking asks for nothing");
    window
        .click_in_row("ImageNet validation split", Icon::Pause)
        .await;
    let id = super::given::id(2).to_string();
    let suspend = json!({"method": "suspend", "params": {"ids": [id]}});
    assert_eq!(played.asked(), [suspend]);
    played.show(preset::many(3));
    window.pass(Duration::from_millis(1)).await;
    assert!(!window.sees(FEDORA) && window.sees("3 groups"));

    let (mut window, _played) = Sandbox::played(preset::eight()).await;
    assert!(!window.sees("ebb serve"), "its own engine is its own");
}

/// What `ebb serve` does does not change because somebody looks.
#[tokio::test(start_paused = true)]
async fn a_window_that_begins_suspended_suspends_nobody_else() {
    let mut suspended = settings();
    suspended.startup.on_start = OnStart::Suspended;
    let (window, played) = over(preset::eight(), suspended).await;
    assert_eq!(window.app.snapshot.mode, Mode::Polite);
    assert!(played.asked().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_lost_connection_is_said_until_it_is_back() {
    let (mut window, played) = over(preset::eight(), settings()).await;
    assert!(!window.sees(LOST));
    played.go();
    window.pass(Duration::from_secs(60)).await;
    assert!(window.sees(LOST) && window.sees(FEDORA), "{}", window.all());
    // What is asked meanwhile is not taken, and that is said in a few words.
    window
        .click_in_row("ImageNet validation split", Icon::Pause)
        .await;
    assert!(window.sees("the connection to ebb serve is lost"));
    played.come_back();
    window.pass(Duration::from_millis(1)).await;
    assert!(!window.sees(LOST) && window.sees(FEDORA));
}

/// Nobody is asked again and again about what cannot be answered.
#[tokio::test(start_paused = true)]
async fn nothing_is_looked_into_while_nobody_is_there() {
    let mut open = settings();
    open.window.details_open = true;
    let (mut window, played) = over(preset::eight(), open).await;
    window.keys("Down").await;
    window.pass(Duration::from_secs(1)).await;
    assert!(methods(&played).contains(&"inspect".to_owned()));
    played.go();
    window.pass(Duration::from_millis(1)).await;
    played.asked();
    window.pass(Duration::from_secs(10)).await;
    assert_eq!(methods(&played), [""; 0]);
    played.come_back();
    window.pass(Duration::from_millis(1)).await;
    assert!(methods(&played).contains(&"inspect".to_owned()));
}

/// Closing the window stops nothing: not even a word of it is said.
#[tokio::test(start_paused = true)]
async fn the_end_of_the_window_is_not_the_end() {
    let (mut window, played) = over(preset::eight(), settings()).await;
    window
        .click_in_row("ImageNet validation split", Icon::X)
        .await;
    window.window(iced::window::Event::CloseRequested).await;
    assert!(window.has_ended && !window.sees("Saving…"));
    assert!(window.sees("The downloads go on in ebb serve."));
    // What was to be cancelled is.
    assert_eq!(methods(&played), ["suspend", "cancel"]);
}

/// A window can be closed, whoever does not answer.
#[tokio::test(start_paused = true)]
async fn who_does_not_answer_is_left() {
    let (mut window, played) = over(preset::eight(), settings()).await;
    played.stop();
    window
        .click_in_row("ImageNet validation split", Icon::X)
        .await;
    window.keys("Ctrl Q").await;
    window.pass(Duration::from_secs(1)).await;
    assert!(!window.has_ended, "a moment it waits");
    window.pass(Duration::from_secs(2)).await;
    assert!(window.has_ended);
}

/// The engine there reads the settings where they are kept: then they must be there.
#[tokio::test(start_paused = true)]
async fn settings_are_kept_and_then_told_of() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config").join("settings.toml");
    let (mut window, played) = over(preset::eight(), settings()).await;
    window.app.settings_file = Some(file.clone());
    let mut other = window.app.settings.clone();
    other.downloads.parallel = 3.try_into().unwrap();
    let task = window.app.change_settings(other.clone());
    assert!(!file.exists() && played.asked().is_empty());
    window.follow(task).await;
    assert_eq!(methods(&played), ["reload"]);
    let kept = settings::load(&file, preset::NOW).settings;
    assert_eq!(kept.downloads.parallel, other.downloads.parallel);
    // What is the window's alone is nothing to others.
    window.keys("Ctrl I").await;
    assert_eq!(methods(&played), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn a_history_that_cannot_be_read_is_told() {
    let (mut window, played) = over(preset::eight(), settings()).await;
    played.go();
    window.keys("Ctrl H").await;
    assert!(
        window.sees("the connection to ebb serve is lost"),
        "{}",
        window.all()
    );
    played.come_back();
    played.asked();
    window.pass(Duration::from_millis(1)).await;
    assert_eq!(methods(&played), ["history"], "it is tried again");
}

/// What a further window was opened with goes into the dialog, open or not, and is seen.
#[tokio::test(start_paused = true)]
async fn what_another_window_was_opened_with_is_added_here() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("links.txt");
    std::fs::write(&list, "https://example.org/3\nhttps://example.org/4\n").unwrap();
    let mut window = Sandbox::of(still(settings(), preset::eight())).await;
    window
        .tell(Message::Opened(iced::window::Id::unique()))
        .await;
    (window.is_minimised, window.app.is_hidden) = (true, true);
    let links = ["https://example.org/1", "https://example.org/2"];
    let words = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect();
    window.tell(Message::Handed(words(&links))).await;
    assert!(window.has_come_forward && !window.is_minimised && !window.app.is_hidden);
    assert!(window.sees("Add 2 downloads"), "{}", window.all());
    window
        .tell(Message::Handed(words(&[list.to_str().unwrap()])))
        .await;
    assert!(window.sees("Add 4 downloads"), "{}", window.all());
    window.tell(Message::Handed(words(&["https://h/5"]))).await;
    assert!(window.sees("Add 5 downloads"), "{}", window.all());
    assert_eq!(window.app.dialogs, 1);
}

/// Without words it only comes to the front, as it is.
#[tokio::test(start_paused = true)]
async fn a_further_window_without_words_shows_this_one() {
    let mut window = Sandbox::of(still(settings(), preset::eight())).await;
    window
        .tell(Message::Opened(iced::window::Id::unique()))
        .await;
    window.keys("?").await;
    window.tell(Message::Handed(Vec::new())).await;
    assert!(window.has_come_forward);
    assert!(matches!(window.app.dialog, Some(Dialog::Shortcuts)));
}
