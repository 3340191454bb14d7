//! What is shown, as text.

use std::sync::Arc;

use super::*;
use crate::cli::scene::Scene;
use crate::cli::terminal::Style;
use crate::download::{Failure, WaitReason};
use crate::pace::line::{Courtesy, Doing};
use crate::queue::Credentials;
use crate::words::i18n::LANGUAGES;

fn teller(language: Language) -> Teller {
    Teller {
        page: Page {
            style: Style {
                colours: false,
                unicode: true,
            },
            size: None,
        },
        language,
        now: "2026-01-02T04:00:00Z".parse().unwrap(),
    }
}

fn scene() -> Scene {
    let mut scene = Scene::new(2);
    scene.group.0 = uuid::Uuid::from_u128(0x1a2b_3c4d_u128 << 96);
    scene.properties = Properties {
        name: "films".into(),
        description: "two\nlines".into(),
        limit: Some(1_000_000),
        connections: Some(4),
        credentials: Some(Credentials {
            user: "ann".into(),
            password: "s3cret".into(),
        }),
        notify: Notify {
            done: false,
            error: true,
        },
        on_complete: vec!["say".into(), "all done".into()],
        ..Properties::default()
    };
    let link = crate::download::Link::parse("http://ann:s3cret@h/1?token=abc").unwrap();
    scene.error = Some(Problem {
        failure: Failure::status(404),
        link,
        attempts: 3,
    });
    scene.set(0, |file| {
        file.state = State::Waiting;
        file.waiting = Some(Waiting {
            reason: WaitReason::Retry,
            until: Some("2026-01-02T04:00:12Z".parse().unwrap()),
        });
        file.path = Some(Arc::new("/d/a\u{1b}b".into()));
        file.connections = 2;
        file.resumable = Some(true);
    });
    scene
}

#[test]
fn a_group_with_all_that_is_known() {
    let lines = teller(Language::English).group(&scene().view());
    assert_eq!(
        lines[..17],
        [
            "films",
            "Id                            1a2b3c4d-0000-0000-0000-000000000000",
            "State                         Queued",
            "Flags                         incomplete",
            "Files                         0 of 2 files",
            "Progress                      0 B, size unknown",
            "Error                         http://h/1?token=…: there is no such file on the \
             server (HTTP status 404): check the address, or look for a newer link",
            "                              Tried 3 times",
            "Description                   two lines",
            "Priority                      Normal",
            "Limit, bytes a second         1.0 MB/s",
            "Connections a file            4",
            "User                          ann",
            "Password                      set",
            "Notices                       error",
            "Command to run when complete  say 'all done'",
            "Made                          today, 03:04",
        ]
    );
    assert_eq!(lines[17], "");
    assert!(lines[18].starts_with("Id "), "{lines:?}");
    assert!(lines[19].contains("Waiting: trying again"), "{lines:?}");
    assert_eq!(lines.len(), 21);
}

#[test]
fn a_file_and_a_job() {
    let group = scene().view();
    let job = &group.jobs[0];
    let file = teller(Language::English).file(&job.files[0][0]);
    assert_eq!(file[0], "ab");
    let values: Vec<&str> = file[2..]
        .iter()
        .map(|line| line[20..].trim_start())
        .collect();
    assert_eq!(
        values,
        [
            "Waiting: trying again, next try in 12 s",
            "http://h/0",
            "/d/ab",
            "0 B, size unknown",
            "2 connections",
            "http, can resume",
        ]
    );
    let lines = teller(Language::English).job(job);
    assert!(lines[0].ends_with(&job.id.to_string()), "{lines:?}");
    assert_eq!(lines.last().map(|line| line.ends_with("  1")), Some(true));
}

#[test]
fn several_jobs_are_told_apart() {
    let mut group = (*scene().view()).clone();
    let other = Scene::new(1).view();
    Arc::make_mut(&mut group.jobs).extend(other.jobs.iter().cloned());
    let lines = teller(Language::English).group(&group);
    for job in group.jobs.iter() {
        let id = job.id.to_string();
        let found = lines.iter().filter(|line| line.starts_with(&id)).count();
        assert_eq!(found, 1, "{lines:?}");
    }
}

#[test]
fn nothing_secret_and_no_control_character_in_any_language() {
    let group = scene().view();
    for language in LANGUAGES {
        let teller = teller(language);
        let mut lines = teller.group(&group);
        lines.extend(teller.job(&group.jobs[0]));
        lines.extend(teller.file(&group.jobs[0].files[0][0]));
        for line in lines {
            assert!(!line.contains("s3cret") && !line.contains("abc"), "{line}");
            assert!(!line.contains(char::is_control), "{line:?}");
        }
    }
}

/// What the polite do is told beside how fast; where it cannot be seen, that.
#[test]
fn courtesy_is_told() {
    let lines = |courtesy| {
        let mut group = GroupView::clone(&scene().view());
        (group.state, group.courtesy) = (State::Transferring, courtesy);
        teller(Language::English).group(&group).join("\n")
    };
    let sees = Courtesy::Sees {
        doing: Doing::Yielding,
        queue_micros: 40_000,
        trip_micros: 20_000,
    };
    let told = lines(Some(sees));
    assert!(told.contains("giving way to other traffic"), "{told}");
    let delay = "round trip 60 ms, of which 40 ms in queues";
    assert!(told.contains(delay), "{told}");
    assert!(lines(Some(Courtesy::Blind)).contains("cannot be seen here"));
    assert!(!lines(None).contains("round trip"));
}
