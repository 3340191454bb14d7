//! Settings take effect at once, and are kept without anybody asking, where there is a place.

use super::given::{said, settings, still};
use super::sandbox::Sandbox;
use crate::app::list::Heights;
use crate::app::preset;
use crate::engine::tests::played::Asked;
use crate::queue::Command;
use crate::settings;

#[tokio::test(start_paused = true)]
async fn what_is_chosen_is_seen_at_once() {
    let mut window = Sandbox::of(still(settings(), preset::eight())).await;
    window.keys("Ctrl ,").await;
    window.click("Appearance").await;
    window.click("Dark").await;
    assert!(window.app.look.is_dark);
    assert_eq!(window.app.queue.list.heights(), Heights::COMFORTABLE);
    window.click("Compact").await;
    assert_eq!(window.app.queue.list.heights(), Heights::COMPACT);
    window.click("Light").await;
    assert!(!window.app.look.is_dark);
    window.keys("Esc").await;
    let rows = window.place("ImageNet validation split").y
        - window.place("Debian 13.2 netinst + DVD set").y;
    assert!((rows - Heights::COMPACT.group).abs() < 1.0, "{rows}");
}

/// Hours are painted without a mouse, and asked of the engine.
#[tokio::test(start_paused = true)]
async fn the_week_by_keyboard() {
    let (mut window, played) = Sandbox::played(preset::eight()).await;
    window.keys("Ctrl ,").await;
    window.click("Times").await;
    window
        .follow(iced::widget::operation::focus("settings.schedule"))
        .await;
    for keys in ["Down", "Right", "Right", "Shift Down", "Shift Right"] {
        window.keys(keys).await;
    }
    assert!(window.sees("Tue–Wed, 02–04  ·  Full"), "{}", window.all());
    assert_eq!(said(&played), Vec::<String>::new());
    window.keys("Space").await;
    let asked = played.asked();
    let [Asked::Command(Command::Schedule(week))] = asked.as_slice() else {
        panic!("{asked:?}");
    };
    assert_eq!(week.to_string(), "tue-wed 02-04 background off\n");
    // Tab leaves it, and what it chose is not seen any more.
    window.keys("Tab").await;
    assert!(!window.sees("Tue–Wed, 02–04  ·  Full"));
}

#[tokio::test(start_paused = true)]
async fn they_are_kept_where_there_is_a_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config").join("ebb.toml");
    let mut window = Sandbox::of(still(settings(), preset::eight())).await;
    window.app.settings_file = Some(file.clone());
    window.keys("Ctrl I").await;
    let kept = settings::load(&file, preset::NOW);
    assert!(kept.trouble.is_none() && kept.settings.window.details_open);
    assert_eq!(kept.settings, window.app.settings);
}

/// A disk that takes nothing is told of, and nothing else changes.
#[tokio::test(start_paused = true)]
async fn what_cannot_be_kept_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join("config");
    std::fs::write(&in_the_way, "a file where a folder should be").unwrap();
    let mut window = Sandbox::of(still(settings(), preset::eight())).await;
    window.app.settings_file = Some(in_the_way.join("ebb.toml"));
    let texts = window.texts().len();
    window.keys("Ctrl I").await;
    assert!(window.app.settings.window.details_open);
    window.keys("Ctrl I").await;
    assert!(window.texts().len() > texts, "nothing was said");
}

/// Another language is another language everywhere, at once.
#[tokio::test(start_paused = true)]
async fn the_language_changes_at_once() {
    let mut german = settings();
    german.language = Some("de".to_owned().try_into().unwrap());
    let mut window = Sandbox::of(still(settings(), preset::eight())).await;
    assert!(window.sees("Active"));
    let _ = window.app.change_settings(german);
    assert!(
        !window.sees("Active") && window.sees("Aktiv"),
        "{}",
        window.all()
    );
}
