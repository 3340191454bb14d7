//! What is wrong, what to try, and the facts.

use super::*;
use crate::download::digest::Checksum;
use crate::download::{Failure, WaitReason};
use crate::engine::Answer;
use crate::pace::line::{Courtesy, Doing};
use crate::queue::snapshot::{Problem, Waiting};

fn problem(failure: Failure, attempts: u32) -> Problem {
    Problem {
        failure,
        link: Link::parse("https://example.org/pub/a.iso?key=s3cret").unwrap(),
        attempts,
    }
}

fn failed(failure: Failure) -> GroupView {
    let mut bad = file("b.iso", FileState::Error);
    bad.error = Some(Arc::new(problem(failure.clone(), 3)));
    GroupView {
        error: Some(problem(failure, 3)),
        ..group(
            FileState::Error,
            vec![file("a.iso", FileState::Complete), bad],
        )
    }
}

#[test]
fn facts_are_told() {
    let (mut state, group) = (
        panel(Tab::Overview),
        group(
            FileState::Transferring,
            vec![file("a.iso", FileState::Transferring)],
        ),
    );
    let answer = Answer {
        version: "HTTP/1.1",
        server: Some("nginx\u{202e}".into()),
        content_type: Some("application/x-iso9660-image".into()),
        modified: Some("not a date".into()),
        etag: None,
        address: None,
    };
    let seen = Inspection {
        checksum: Some(Arc::new(
            Checksum::parse(&format!("sha-256={}", "0".repeat(64))).unwrap(),
        )),
        answer: Some(Arc::new(answer)),
        ..inspection("https://mirror.example.net/a.iso?token=s3cret")
    };
    let id = group.jobs[0].files[0][0].id;
    state.update(Message::Inspected(id, Some(seen)), Some(&group));
    let mut view = shown(&state, &group);
    for text in [
        "a.iso",
        "8 connections",
        "https://example.org/pub/a.iso?…",
        "HTTPS, can resume",
        "https://mirror.example.net/a.iso?…",
        "~/Downloads",
        "2.0 MB, 1 file",
        "SHA-256, checked when done",
        "application/x-iso9660-image",
        "not a date",
        "nginx",
        "2 min 14 s",
    ] {
        view.find(text).unwrap_or_else(|_| panic!("{text}"));
    }
    assert!(view.find("Completed").is_err());
}

#[test]
fn speed_is_shown_once_something_ran() {
    let (mut state, mut group) = (
        panel(Tab::Overview),
        group(
            FileState::Transferring,
            vec![file("a.iso", FileState::Transferring)],
        ),
    );
    assert!(shown(&state, &group).find("Speed").is_err());
    for (at, rate) in [(0, 55_000_000), (1000, 41_800_000)] {
        group.summary.bytes_per_second = rate;
        let snapshot = Snapshot {
            groups: Arc::new(vec![Arc::new(group.clone())]),
            ..Snapshot::default()
        };
        state.sample(&snapshot, moment(at));
    }
    shown(&state, &group)
        .find("41.8 MB/s · highest 55.0 MB/s")
        .unwrap();
}

#[test]
fn an_error_says_what_to_try() {
    let (mut state, group) = (panel(Tab::Overview), failed(Failure::status(403)));
    let bad = group.jobs[0].files[0][1].id;
    let mut view = shown(&state, &group);
    view.find("the server does not allow this download (HTTP status 403)")
        .unwrap();
    view.find("Tried 3 times").unwrap();
    assert!(view.find("Try again").is_err(), "a 403 stays one");
    drop(view);
    for (button, wanted) in [
        (
            "Change the link",
            change::What::Link(
                group.id,
                bad,
                "https://example.org/pub/b.iso?key=s3cret".into(),
            ),
        ),
        ("Sign in", change::What::SignIn(group.id, String::new())),
    ] {
        let messages = press(&state, &group, button);
        let [message] = messages.as_slice() else {
            panic!("{button}: {messages:?}");
        };
        let action = state.update(message.clone(), Some(&group));
        let Action::Change(what) = action else {
            panic!("{button}: {action:?}");
        };
        assert_eq!(what, wanted);
    }
}

#[test]
fn remedies_come_to_something() {
    let (mut state, group) = (panel(Tab::Overview), failed(Failure::PermissionDenied));
    let mut act = |remedy| format!("{:?}", state.update(Message::Try(remedy), Some(&group)));
    assert!(act(Remedy::Retry).contains("Resume"));
    assert!(act(Remedy::OpenFolder).contains("Open(\"/home/ann/Downloads\")"));
    let folder = change::What::Folder(group.id, "/home/ann/Downloads".into());
    assert!(act(Remedy::ChooseFolder).contains(&format!("Change({folder:?})")));
    // The address goes out as it is needed in a browser, but for the password.
    assert!(act(Remedy::CopyAddress).contains("https://example.org/pub/b.iso?key=s3cret"));
}

/// What a cancelled group failed of is history: nothing can be tried.
#[test]
fn a_cancelled_group_is_only_looked_at() {
    let cancelled = GroupView {
        status: Flags::NONE,
        state: FileState::Cancelled,
        ..failed(Failure::status(403))
    };
    let state = panel(Tab::Overview);
    let mut view = shown(&state, &cancelled);
    view.find("Copy the address").unwrap();
    assert!(view.find("Change the link").is_err() && view.find("Sign in").is_err());
}

/// What the polite do, and the delay they see; or that they see none.
#[test]
fn courtesy_is_told() {
    let sees = |doing, queue_micros| Courtesy::Sees {
        doing,
        queue_micros,
        trip_micros: 19_000,
    };
    let delay = "round trip 21 ms, of which 2.0 ms in queues";
    let blind =
        "The delay of this line cannot be seen here: half of the highest speed is used instead.";
    for (courtesy, says, not) in [
        (
            Some(sees(Doing::Taking, 2_000)),
            vec!["using what is free: 5.0 MB/s", "Delay", delay],
            blind,
        ),
        (
            Some(sees(Doing::Yielding, 41_400)),
            vec![
                "giving way to other traffic",
                "round trip 60 ms, of which 41 ms in queues",
            ],
            blind,
        ),
        (Some(Courtesy::Blind), vec![blind], "Delay"),
        (None, vec!["8 connections"], "Delay"),
    ] {
        let mut group = group(
            FileState::Transferring,
            vec![file("a.iso", FileState::Transferring)],
        );
        group.courtesy = courtesy;
        group.summary.bytes_per_second = 5_000_000;
        let mut state = panel(Tab::Overview);
        let id = group.jobs[0].files[0][0].id;
        let seen = inspection("https://example.org/pub/a.iso");
        state.update(Message::Inspected(id, Some(seen)), Some(&group));
        let mut view = shown(&state, &group);
        for text in says {
            view.find(text).unwrap_or_else(|_| panic!("{text}"));
        }
        assert!(view.find(not).is_err(), "{courtesy:?}");
        drop(view);
        // What has stopped does nothing on its line any more.
        group.state = FileState::Waiting;
        let mut view = shown(&state, &group);
        assert!(view.find("Delay").is_err() && view.find(blind).is_err());
    }
}

#[test]
fn a_wait_counts_down() {
    let mut waits = file("a.iso", FileState::Waiting);
    let waiting = Waiting {
        reason: WaitReason::ServerBusy,
        until: Some(moment(12_000)),
    };
    waits.waiting = Some(waiting);
    waits.error = Some(Arc::new(problem(Failure::status(503), 1)));
    let group = GroupView {
        waiting: Some(waiting),
        ..group(FileState::Waiting, vec![waits])
    };
    let state = panel(Tab::Overview);
    for (now, text) in [
        (0, "next try in 12 s"),
        (1_500, "next try in 11 s"),
        (60_000, "next try in 0 s"),
    ] {
        let mut view = drawn(state.view(Some(&group), None, moment(now), look()));
        view.find(text).unwrap_or_else(|_| panic!("{text}"));
        view.find("the server is overloaded or being maintained (HTTP status 503)")
            .unwrap();
    }
}

/// An hour is no try: it goes on then.
#[test]
fn a_wait_for_an_hour_says_when_it_goes_on() {
    let mut group = group(
        FileState::Waiting,
        vec![file("a.iso", FileState::Transferring)],
    );
    group.waiting = Some(Waiting {
        reason: WaitReason::Schedule,
        until: Some(moment(12_000_000)),
    });
    let panel = panel(Tab::Overview);
    let mut view = shown(&panel, &group);
    for text in ["Waiting: schedule", "goes on in 3 h 20 min"] {
        view.find(text).unwrap_or_else(|_| panic!("{text}"));
    }
}

#[test]
fn secrets_that_are_gone_are_asked_for() {
    let mut waits = file("a.iso", FileState::Waiting);
    let waiting = Waiting {
        reason: WaitReason::Credentials,
        until: None,
    };
    waits.waiting = Some(waiting);
    let group = GroupView {
        waiting: Some(waiting),
        ..group(FileState::Waiting, vec![waits])
    };
    let messages = press(&panel(Tab::Overview), &group, "Sign in");
    assert!(
        matches!(messages.as_slice(), [Message::Try(Remedy::SignIn)]),
        "{messages:?}"
    );
}

#[test]
fn who_waits_for_the_disk_may_have_another_folder() {
    for (reason, offers) in [
        (WaitReason::DiskFull, true),
        (WaitReason::Destination, true),
        (WaitReason::Network, false),
    ] {
        let mut waits = file("a.iso", FileState::Waiting);
        waits.waiting = Some(Waiting {
            reason,
            until: None,
        });
        let group = GroupView {
            waiting: waits.waiting,
            ..group(FileState::Waiting, vec![waits])
        };
        let mut state = panel(Tab::Overview);
        let found = shown(&state, &group).find("Choose another folder").is_ok();
        assert_eq!(found, offers, "{reason:?}");
        let tried = state.update(Message::Try(Remedy::ChooseFolder), Some(&group));
        assert!(matches!(tried, Action::Change(change::What::Folder(id, _)) if id == group.id));
    }
}

/// Until the next try the part stands in the old folder: what counts is where it is to go.
#[test]
fn another_folder_is_shown_at_once() {
    for (state, folder) in [
        (FileState::Suspended, "/else"),
        (FileState::Complete, "~/Downloads"),
    ] {
        let group = group(state, vec![file("a.iso", state)]);
        let seen = Inspection {
            folder: "/else".into(),
            ..inspection("https://example.org/pub/a.iso")
        };
        let mut panel = panel(Tab::Overview);
        let id = group.jobs[0].files[0][0].id;
        panel.update(Message::Inspected(id, Some(seen)), Some(&group));
        shown(&panel, &group)
            .find(folder)
            .unwrap_or_else(|_| panic!("{folder}"));
    }
}

#[test]
fn several_are_summed_up() {
    let mut fast = group(
        FileState::Transferring,
        vec![file("a", FileState::Transferring)],
    );
    fast.summary.bytes_per_second = 3_000_000;
    let slow = group(FileState::Suspended, vec![file("b", FileState::Suspended)]);
    let mut unknown = slow.clone();
    unknown.summary.size = None;
    let state = panel(Tab::Overview);
    let sum = |groups: &[&GroupView]| Several::of(groups.iter().copied());
    let mut view = drawn(state.view(Some(&fast), Some(sum(&[&fast, &slow])), moment(0), look()));
    for text in ["2 chosen", "2.0 MB of 4.0 MB", "2 files", "3.0 MB/s"] {
        view.find(text).unwrap_or_else(|_| panic!("{text}"));
    }
    let mut view = drawn(state.view(None, Some(sum(&[&fast, &unknown])), moment(0), look()));
    view.find("2.0 MB, size unknown").unwrap();
    let mut view = drawn(state.view(None, None, moment(0), look()));
    view.find("Choose a group to see its details").unwrap();
}
