//! Changes that cannot be of what was told before are an error, never a panic.

use super::*;
use crate::remote::schema::{File, Job};

const ID: [&str; 4] = [
    "00000000-0000-4000-8000-000000000001",
    "00000000-0000-4000-8000-000000000002",
    "00000000-0000-4000-8000-000000000003",
    "00000000-0000-4000-8000-000000000004",
];
const SUMS: &str = r#""size":null,"size_known":0,"files_total":1,"files_done":0,"bytes":0,
    "percent":null,"seconds_left":null,"bytes_per_second":0"#;

fn id(at: usize) -> GroupId {
    GroupId(ID[at].parse().unwrap())
}

fn group(at: usize) -> Group {
    let text = format!(
        r#"{{"id":"{}","properties":{{}},"status":384,"state":"suspended",
            "created":"2026-01-02T03:04:05Z","completed":null,{SUMS}}}"#,
        ID[at]
    );
    serde_json::from_str(&text).unwrap()
}

fn job(group: usize, index: usize) -> ChangedJob {
    let text = format!(
        r#"{{"id":"{}","status":8,"state":"suspended",{SUMS}}}"#,
        ID[2]
    );
    let job: Job = serde_json::from_str(&text).unwrap();
    ChangedJob {
        group: id(group),
        index,
        job,
    }
}

fn file(group: usize, index: usize, place: usize, url: &str) -> ChangedFile {
    let text = format!(
        r#"{{"id":"{}","url":"{url}","state":"suspended","bytes":0,"connections":0}}"#,
        ID[3]
    );
    let file: File = serde_json::from_str(&text).unwrap();
    ChangedFile {
        group: id(group),
        index,
        place,
        file,
    }
}

/// Two groups, a job of a file in the first.
fn mirror() -> Mirror {
    let mut mirror = Mirror::default();
    let first = Changes {
        groups: vec![group(0), group(1)],
        jobs: vec![job(0, 0)],
        files: vec![file(0, 0, 0, "http://h/")],
        ..Changes::default()
    };
    assert!(mirror.apply(first).unwrap().is_some());
    mirror
}

#[test]
fn what_does_not_fit_is_refused() {
    let rows = [
        (
            "a job of nobody",
            Changes {
                jobs: vec![job(2, 0)],
                ..Changes::default()
            },
        ),
        (
            "a job after a gap",
            Changes {
                jobs: vec![job(0, 2)],
                ..Changes::default()
            },
        ),
        (
            "a file of nobody",
            Changes {
                files: vec![file(3, 0, 0, "http://h/")],
                ..Changes::default()
            },
        ),
        (
            "a file of no job",
            Changes {
                files: vec![file(1, 0, 0, "http://h/")],
                ..Changes::default()
            },
        ),
        (
            "a file after a gap",
            Changes {
                files: vec![file(0, 0, 2, "http://h/")],
                ..Changes::default()
            },
        ),
        (
            "a chunk after a gap",
            Changes {
                files: vec![file(0, 0, 256, "http://h/")],
                ..Changes::default()
            },
        ),
        (
            "the last place",
            Changes {
                files: vec![file(0, 0, usize::MAX, "http://h/")],
                ..Changes::default()
            },
        ),
        (
            "no URL",
            Changes {
                files: vec![file(0, 0, 1, "h")],
                ..Changes::default()
            },
        ),
        (
            "an order of one",
            Changes {
                order: Some(vec![id(0)]),
                ..Changes::default()
            },
        ),
        (
            "an order with another",
            Changes {
                order: Some(vec![id(0), id(2)]),
                ..Changes::default()
            },
        ),
        (
            "one twice",
            Changes {
                order: Some(vec![id(0), id(0)]),
                ..Changes::default()
            },
        ),
        (
            "a job of one that goes",
            Changes {
                removed: vec![id(0)],
                jobs: vec![job(0, 1)],
                ..Changes::default()
            },
        ),
    ];
    for (what, changes) in rows {
        assert!(mirror().apply(changes).is_err(), "{what}");
    }
}

#[test]
fn what_fits_is_taken_and_shown_when_it_is_whole() {
    let mut mirror = mirror();
    let more = Changes {
        removed: vec![id(3)],
        files: vec![file(0, 0, 1, "http://h/")],
        more: true,
        ..Changes::default()
    };
    assert!(mirror.apply(more).unwrap().is_none());
    let last = Changes {
        order: Some(vec![id(1), id(0)]),
        limit: Some(7),
        ..Changes::default()
    };
    let seen = mirror.apply(last).unwrap().unwrap();
    assert_eq!(seen.limit, Some(7));
    assert_eq!((seen.groups[0].id, seen.groups[1].id), (id(1), id(0)));
    assert_eq!(seen.groups[1].jobs[0].files[0].len(), 2);
}
