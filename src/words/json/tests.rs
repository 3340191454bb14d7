//! The shapes against the contract: every key, in its order.

use std::path::PathBuf;
use std::sync::Arc;

use super::*;
use crate::download::{Failure, Link};
use crate::queue::Credentials;
use crate::queue::snapshot::{FileSource, Summary};

const ID: &str = "6f2c8a1e-0000-4000-8000-00000000000";

fn link() -> Link {
    Link::parse("https://ann:s3cret@example.org/a?token=abc").unwrap()
}

fn problem() -> Problem {
    Problem {
        failure: Failure::status(404),
        link: link(),
        attempts: 2,
    }
}

fn file() -> FileView {
    FileView {
        id: format!("{ID}3").parse().unwrap(),
        source: Arc::new(FileSource {
            link: link(),
            name: None,
        }),
        path: Some(Arc::new(PathBuf::from("/d/a"))),
        state: State::Waiting,
        size: None,
        bytes: 5,
        connections: 0,
        resumable: Some(true),
        waiting: Some(Waiting {
            reason: WaitReason::Retry,
            until: Some("2026-01-02T03:04:05Z".parse().unwrap()),
        }),
        error: None,
    }
}

fn group() -> GroupView {
    let properties = Properties {
        name: "n".into(),
        limit: Some(1024),
        credentials: Some(Credentials {
            user: "ann".into(),
            password: "s3cret".into(),
        }),
        on_complete: vec!["say".into(), "all done".into()],
        ..Properties::default()
    };
    let summary = Summary {
        size_known: 7,
        files_total: 2,
        files_done: 1,
        ..Summary::default()
    };
    GroupView {
        id: format!("{ID}1").parse().unwrap(),
        properties: Arc::new(properties),
        status: Flags::default(),
        state: State::Waiting,
        summary: summary.clone(),
        waiting: None,
        error: Some(problem()),
        created: "2026-01-02T03:04:05Z".parse().unwrap(),
        completed: None,
        anyway: false,
        courtesy: None,
        jobs: Arc::new(vec![Arc::new(JobView {
            id: format!("{ID}2").parse().unwrap(),
            status: Flags::default(),
            state: State::Waiting,
            summary,
            speeds: Vec::new(),
            files: vec![Arc::new(vec![file()])],
        })]),
    }
}

const FILE: &str = concat!(
    r#"{"id":"6f2c8a1e-0000-4000-8000-000000000003","url":"https://ann@example.org/a?token=abc","#,
    r#""path":"/d/a","state":"waiting","size":null,"bytes":5,"complete":false,"connections":0,"#,
    r#""resumable":true,"waiting":{"reason":"retry","until":"2026-01-02T03:04:05Z"},"error":null}"#,
);

const SUMS: &str = concat!(
    r#""state":"waiting","size":null,"size_known":7,"files_total":2,"files_done":1,"#,
    r#""progress":{"bytes":0,"percent":null,"seconds_left":null},"bytes_per_second":0"#,
);

#[test]
fn a_file_is_what_the_contract_says() {
    assert_eq!(serde_json::to_string(&File::of(&file())).unwrap(), FILE);
}

#[test]
fn an_error_is_what_the_contract_says() {
    let expected = concat!(
        r#"{"kind":"not_found","stage":"request","#,
        r#""message":"there is no such file on the server (HTTP status 404)","#,
        r#""hint":"check the address, or look for a newer link","#,
        r#""http_status":404,"url":"https://example.org/a?token=…","attempts":2}"#,
    );
    assert_eq!(
        serde_json::to_string(&Error::of(&problem())).unwrap(),
        expected
    );
}

#[test]
fn a_group_is_what_the_contract_says() {
    let error = serde_json::to_string(&Error::of(&problem())).unwrap();
    let alone = format!(
        concat!(
            r#"{{"id":"{ID}1","name":"n","description":"","priority":"normal","status":[],{SUMS},"#,
            r#""waiting":null,"error":{error},"created":"2026-01-02T03:04:05Z","completed":null,"#,
            r#""properties":{{"limit":1024,"connections":null,"parallel":null,"user":"ann","#,
            r#""password":"set","notify":"done,error","on_complete":"say 'all done'"}}"#,
        ),
        ID = ID,
        SUMS = SUMS,
        error = error,
    );
    let view = group();
    assert_eq!(
        serde_json::to_string(&Group::alone(&view)).unwrap(),
        format!("{alone}}}")
    );
    let jobs = format!(r#"[{{"id":"{ID}2","status":[],{SUMS},"files":[{FILE}]}}]"#);
    let whole = serde_json::to_string(&Group::whole(&view)).unwrap();
    assert_eq!(whole, format!(r#"{alone},"jobs":{jobs}}}"#));
    assert!(!whole.contains("s3cret"), "{whole}");
}

#[test]
fn when_to_tell_is_written_as_it_is_set() {
    for (done, error, word) in [
        (true, true, "done,error"),
        (true, false, "done"),
        (false, true, "error"),
        (false, false, "off"),
    ] {
        assert_eq!(crate::queue::Notify { done, error }.text(), word);
    }
}
