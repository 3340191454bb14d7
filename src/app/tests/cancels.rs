//! Cancel: suspended at once, cancelled six seconds later, taken back in between; asked about
//! first where files are finished.

use std::time::Duration;

use super::given::{id, said};
use super::sandbox::Sandbox;
use crate::app::icon::Icon;
use crate::app::list::Row;
use crate::app::screen::queue;
use crate::app::{Message, preset};
use crate::engine::tests::played::Played;

const NAME: &str = "ImageNet validation split";

async fn cancelled() -> (Sandbox, Played) {
    let (mut window, played) = Sandbox::played(preset::eight()).await;
    window.click_in_row(NAME, Icon::X).await;
    assert_eq!(said(&played), ["suspend 2"]);
    assert!(window.sees("Undo") && window.sees_part("will be cancelled"));
    (window, played)
}

#[tokio::test(start_paused = true)]
async fn what_is_not_taken_back_is_cancelled_after_six_seconds() {
    let (mut window, played) = cancelled().await;
    window.pass(Duration::from_millis(5_900)).await;
    assert_eq!(said(&played), Vec::<String>::new(), "too early");
    window.pass(Duration::from_millis(200)).await;
    assert_eq!(said(&played), ["cancel 2"]);
    assert!(!window.sees("Undo"));
    window.pass(Duration::from_secs(60)).await;
    assert_eq!(said(&played), Vec::<String>::new(), "more than once");
}

#[tokio::test(start_paused = true)]
async fn what_is_taken_back_runs_on() {
    let (mut window, played) = cancelled().await;
    window.pass(Duration::from_secs(5)).await;
    window.click("Undo").await;
    assert_eq!(said(&played), ["resume 2"]);
    assert!(!window.sees("Undo"));
    window.pass(Duration::from_secs(60)).await;
    assert_eq!(
        said(&played),
        Vec::<String>::new(),
        "cancelled all the same"
    );
}

/// What did not run before does not run afterwards.
#[tokio::test(start_paused = true)]
async fn what_was_suspended_stays_so() {
    let (mut window, played) = Sandbox::played(preset::eight()).await;
    window
        .click_in_row("toolchain-2026-11.tar.zst", Icon::X)
        .await;
    window.keys("Ctrl Z").await;
    window.pass(Duration::from_secs(60)).await;
    assert_eq!(said(&played), ["suspend 7"]);
}

/// Until it is cancelled nothing else is done to it.
#[tokio::test(start_paused = true)]
async fn what_is_doomed_is_left_alone() {
    let (mut window, played) = cancelled().await;
    window.click_in_row(NAME, Icon::X).await;
    window.click_in_row(NAME, Icon::Zap).await;
    window.keys("Space").await;
    assert_eq!(said(&played), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn finished_files_are_asked_about() {
    for (answer, then) in [
        ("Keep finished files", Some("cancel 1")),
        ("Delete them, too", Some("delete 1")),
        ("Do not cancel", None),
    ] {
        let (mut window, played) = Sandbox::played(preset::eight()).await;
        window
            .click_in_row("Debian 13.2 netinst + DVD set", Icon::X)
            .await;
        assert!(window.sees("Cancel?") && window.sees_part("3 files are complete"));
        assert_eq!(said(&played), Vec::<String>::new(), "before the answer");
        window.click(answer).await;
        assert!(!window.sees("Cancel?"));
        let suspended: &[&str] = if then.is_some() { &["suspend 1"] } else { &[] };
        assert_eq!(said(&played), suspended, "{answer}");
        window.pass(Duration::from_secs(7)).await;
        assert_eq!(
            said(&played),
            then.into_iter().collect::<Vec<_>>(),
            "{answer}"
        );
    }
}

/// Several at once are one cancel, and one undo.
#[tokio::test(start_paused = true)]
async fn several_are_cancelled_together() {
    let (mut window, played) = Sandbox::played(preset::eight()).await;
    window
        .tell(Message::Queue(queue::Message::Chose(Row::Group(id(4)))))
        .await;
    window.keys("Shift Down").await;
    window.keys("Delete").await;
    assert!(window.sees_part("2 groups will be cancelled"));
    window.pass(Duration::from_secs(7)).await;
    assert_eq!(said(&played), ["suspend 4 5", "cancel 4 5"]);
}

/// A cancel is counted down, second by second.
#[tokio::test(start_paused = true)]
async fn the_time_that_is_left_is_seen() {
    let (mut window, _played) = cancelled().await;
    assert!(window.app.counts_time());
    let before = window.app.now;
    window.pass(Duration::from_millis(1_100)).await;
    assert!(window.app.now > before, "the clock of the window stands");
    window.pass(Duration::from_secs(6)).await;
    assert!(window.sees(NAME) && !window.sees("Undo"));
}
