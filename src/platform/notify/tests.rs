use tokio::time::Instant;

use super::*;
use crate::platform::child;

#[cfg(all(unix, not(target_os = "macos")))]
#[test]
fn what_a_server_says_is_no_markup() {
    for (text, shown) in [
        ("a.zip", "a.zip"),
        ("<a href='x'>R&D</a>", "&lt;a href='x'&gt;R&amp;D&lt;/a&gt;"),
        ("one\ntwo\u{202e}gpj.exe", "one twogpj.exe"),
    ] {
        assert_eq!(plain(text), shown);
    }
}

#[tokio::test(start_paused = true)]
async fn a_desktop_that_does_not_answer_holds_up_nobody() {
    let before = Instant::now();
    patiently(std::future::pending::<Result<(), String>>()).await;
    assert_eq!(before.elapsed(), PATIENCE);
    patiently(std::future::ready(Err("no bus"))).await;
    assert_eq!(before.elapsed(), PATIENCE);
}

#[test]
#[ignore = "runs in a process of its own"]
fn in_a_process_of_its_own() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(notify("Ebb", "a.zip is there"));
}

#[test]
fn without_a_desktop_nothing_happens() {
    child::run(
        "platform::notify::tests::in_a_process_of_its_own",
        [(
            "DBUS_SESSION_BUS_ADDRESS",
            "unix:path=/nowhere/bus".as_ref(),
        )],
    );
}
