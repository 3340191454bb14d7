//! Everything that is spoken comes through text as it was.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::*;
use crate::download::digest::Algorithm;
use crate::download::failure::CertificateProblem;
use crate::download::retry::RetryAfter;
use crate::download::{Failure, State, WaitReason};
use crate::engine::{self, JournalEvent};
use crate::queue::{self, ConflictRule, Flags, Notify, Refusal};

const SOME: uuid::Uuid = uuid::Uuid::from_u128(0x1A2B);

fn moment() -> Timestamp {
    "2026-01-02T03:04:05.006Z".parse().unwrap()
}

fn properties() -> Properties {
    Properties {
        name: "Ünïcode \"quoted\"".into(),
        description: "two\nlines".into(),
        priority: Priority::High,
        limit: Some(u64::MAX),
        connections: Some(3),
        parallel: Some(2),
        user: Some("me".into()),
        password: Some(Secret("hunter2".into())),
        has_password: true,
        notify: Notify {
            done: false,
            error: true,
        },
        on_complete: vec!["echo".into(), "a b".into(), String::new()],
    }
}

fn add() -> Add {
    let url = "https://u:p@h.example/a%20b?t=s#f".to_owned();
    let text = serde_json::json!({
        "into": "1a2b", "id": SOME, "files": [{"url": url, "name": "n",
        "checksum": "md5=d41d8cd98f00b204e9800998ecf8427e"}, {"url": url}],
        "folder": "/d/é", "headers": [["Cookie", "a=b"]], "user": "u", "password": "p",
        "on_conflict": "overwrite", "start": true,
    });
    Add {
        properties: properties(),
        ..serde_json::from_value(text).unwrap()
    }
}

/// One of each, at least.
pub(super) fn requests() -> Vec<Request> {
    let ids = || Which::Ids(vec!["1a2b".into(), "DEAD-beef".into()]);
    vec![
        Request::Hello { version: VERSION },
        Request::New(New {
            id: Some(GroupId(SOME)),
            properties: properties(),
        }),
        Request::New(New {
            id: None,
            properties: Properties::default(),
        }),
        Request::Add(Box::new(add())),
        Request::Suspend(ids()),
        Request::Suspend(Which::All),
        Request::Resume(ids()),
        Request::Anyway {
            which: Which::All,
            anyway: true,
        },
        Request::Cancel {
            which: ids(),
            delete: true,
        },
        Request::Cancel {
            which: Which::All,
            delete: false,
        },
        Request::Foreground(ids()),
        Request::Background(ids()),
        Request::Remove(Which::All),
        Request::Priority {
            which: ids(),
            priority: Priority::Low,
        },
        Request::Priority {
            which: Which::All,
            priority: Priority::Foreground,
        },
        Request::Move {
            id: "1a".into(),
            to: To::Bottom,
        },
        Request::Set {
            id: "1a".into(),
            values: vec![("password".into(), Secret("hunter2".into()))],
        },
        Request::Limit {
            bytes_per_second: Some(u64::MAX),
            priority: None,
        },
        Request::Limit {
            bytes_per_second: None,
            priority: Some(Priority::Low),
        },
        Request::Schedule {
            schedule: "daily 00-24 all 5".parse().map(Arc::new).unwrap(),
        },
        Request::Mode {
            mode: Mode::Suspended,
        },
        Request::List,
        Request::Show { id: "1a".into() },
        Request::Subscribe,
        Request::Open {
            words: vec!["https://h/".into(), "/a b".into()],
        },
        Request::Inspect { file: FileId(SOME) },
        Request::Journal {
            group: GroupId(SOME),
        },
        Request::History { most: 7 },
        Request::Totals,
        Request::ClearHistory,
        Request::Export,
        Request::Reload,
    ]
}

/// There and back is the same text.
fn round<T: Serialize + serde::de::DeserializeOwned>(value: &T) -> (T, Value) {
    let text = serde_json::to_string(value).unwrap();
    let back: T = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(serde_json::to_string(&back).unwrap(), text);
    (back, serde_json::from_str(&text).unwrap())
}

#[test]
fn every_method_has_its_request_and_every_request_its_method() {
    let mut seen: Vec<String> = Vec::new();
    for request in requests() {
        let (_, mut value) = round(&request);
        let method = value["method"].as_str().unwrap().to_owned();
        value["jsonrpc"] = "2.0".into();
        value["id"] = "x".into();
        let read = read_request(value.to_string().as_bytes());
        let (id, again) = read.unwrap_or_else(|wrong| panic!("{method}: {wrong:?}"));
        assert_eq!(id, "x");
        assert_eq!(
            serde_json::to_value(&again).unwrap(),
            serde_json::to_value(&request).unwrap()
        );
        seen.push(method);
    }
    seen.dedup();
    assert_eq!(seen, METHODS);
}

#[test]
fn an_add_becomes_the_job_that_was_meant() {
    let mut first = add();
    let job = first.job().unwrap();
    let told = queue::Properties::from(first.properties.clone());
    let again = Add::of(Some(GroupId(SOME)), None, &told, &job, true);
    let mut again: Add = serde_json::from_value(serde_json::to_value(&again).unwrap()).unwrap();
    assert_eq!(format!("{:?}", again.job().unwrap()), format!("{job:?}"));
    assert_eq!(queue::Properties::from(again.properties), told);
    assert_eq!(job.options.on_conflict, ConflictRule::Overwrite);
    assert_eq!(
        job.files[0].link.credentials(),
        Some(("u".into(), "p".into()))
    );

    let wrong: [fn(&mut Add); 4] = [
        |add| add.folder = PathBuf::from("d"),
        |add| add.files[0].url = Secret("hunter2".into()),
        |add| add.files[0].checksum = Some("md5=hunter2".into()),
        |add| add.headers[0] = ("a b".into(), Secret("hunter2".into())),
    ];
    for break_it in wrong {
        let mut add = add();
        break_it(&mut add);
        let said = add.job().unwrap_err().0;
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn secrets_are_not_printed_and_passwords_not_told_again() {
    assert!(!format!("{:?} {:?}", properties(), add()).contains("hunter2"));
    let told = Properties::hidden(&properties().into());
    let text = serde_json::to_string(&told).unwrap();
    assert!(!text.contains("hunter2") && told.has_password, "{text}");
}

#[test]
fn every_refusal_and_notice() {
    let states = [State::Cancelled, State::Transferring].map(Refusal::WrongState);
    let rest = [
        Refusal::NotFound,
        Refusal::Ambiguous,
        Refusal::AlreadyExists,
        Refusal::Empty,
        Refusal::NotSupported,
        Refusal::Invalid("name: at most 256".into()),
        Refusal::NotKept {
            reason: "disk full".into(),
            holds: true,
        },
    ];
    for refusal in states.into_iter().chain(rest) {
        for id in [None, Some("1a2b".to_owned())] {
            let (back, _) = round(&Refused::of(&refusal, id.clone()));
            assert_eq!((Refusal::from(back.why), back.id), (refusal.clone(), id));
        }
    }
    for notice in [
        Notice::Completed(GroupId(SOME)),
        Notice::Failed(GroupId(SOME)),
    ] {
        let (back, _) = round(&notice);
        assert_eq!(Notice::of(&back.into()), Some(notice));
    }
}

fn failures() -> Vec<Failure> {
    let text = || "in its words: \"ü\"".to_owned();
    let certificates = [
        CertificateProblem::Expired,
        CertificateProblem::NotYetValid,
        CertificateProblem::WrongName,
        CertificateProblem::UnknownIssuer,
        CertificateProblem::Revoked,
        CertificateProblem::Other(text()),
    ];
    let algorithms = [
        Algorithm::Md5,
        Algorithm::Sha1,
        Algorithm::Sha256,
        Algorithm::Sha512,
    ];
    let mismatch = |algorithm| Failure::ChecksumMismatch {
        algorithm,
        expected: "00".into(),
        actual: "ff".into(),
    };
    let date = Some(RetryAfter::Date(moment()));
    let mut all = vec![
        Failure::HostNotFound,
        Failure::ResolveFailed(text()),
        Failure::Refused,
        Failure::Unreachable,
        Failure::ConnectTimeout,
        Failure::ConnectFailed(text()),
        Failure::Proxy(text()),
        Failure::ProxyAuthentication,
        Failure::TlsHandshake(text()),
        Failure::status(404),
        Failure::Status {
            status: 503,
            retry_after: date,
        },
        Failure::TooManyRedirects,
        Failure::RedirectLoop,
        Failure::RedirectInsecure,
        Failure::RedirectInvalid(text()),
        Failure::BadAnswer(text()),
        Failure::AnswerTimeout,
        Failure::RangeMismatch,
        Failure::RangesRefused,
        Failure::RangeNotSatisfiable { total: Some(7) },
        Failure::ConnectionLost(text()),
        Failure::Stalled,
        Failure::UnexpectedEncoding(text()),
        Failure::WebPage,
        Failure::SourceChanged,
        Failure::DiskFull {
            needed: Some(1),
            free: None,
        },
        Failure::PermissionDenied,
        Failure::ReadOnly,
        Failure::NotAFolder,
        Failure::DestinationGone,
        Failure::FileTooLarge,
        Failure::Disk(text()),
        Failure::NameConflict { is_folder: true },
        Failure::InUse,
        Failure::Store(text()),
        Failure::CredentialsNeeded,
    ];
    all.extend(certificates.map(Failure::Certificate));
    all.extend(algorithms.map(mismatch));
    let last = Box::new(Failure::status(500));
    all.push(Failure::NoProgress {
        after: Duration::from_millis(7001),
        last,
    });
    all
}

#[test]
fn every_event_of_a_journal_with_every_failure() {
    let file = Some(FileId(SOME));
    let mut events = vec![
        JournalEvent::Created,
        JournalEvent::Added { files: 3 },
        JournalEvent::Suspended,
        JournalEvent::Resumed,
        JournalEvent::Cancelled,
        JournalEvent::Foreground,
        JournalEvent::Background,
        JournalEvent::Prioritised(Priority::Low),
        JournalEvent::LinkChanged,
        JournalEvent::FolderChanged,
        JournalEvent::Begun {
            size: Some(u64::MAX),
            bytes: 1,
            resumable: true,
        },
        JournalEvent::StartedOver,
        JournalEvent::Waits {
            reason: WaitReason::Network,
            failure: None,
            until: None,
        },
        JournalEvent::FileCompleted,
        JournalEvent::Completed,
        JournalEvent::GaveUp,
    ];
    for failure in failures() {
        let (reason, until) = (WaitReason::Retry, Some(moment()));
        events.push(JournalEvent::Waits {
            reason,
            failure: Some(failure.clone()),
            until,
        });
        events.push(JournalEvent::Failed(failure));
    }
    for event in events {
        let entry = engine::Entry {
            at: moment(),
            file,
            event,
        };
        let (back, _) = round(&Entry(entry.clone()));
        assert_eq!(back.0, entry);
    }
}

/// A file with everything, one with nothing; for each failure one.
fn views() -> Vec<queue::FileView> {
    let link = crate::download::Link::parse("https://u:hunter2@h.example/a?t=s").unwrap();
    let source = |name: Option<&str>| {
        let (link, name) = (link.clone(), name.map(Into::into));
        std::sync::Arc::new(queue::snapshot::FileSource { link, name })
    };
    let bare = queue::FileView {
        id: FileId(SOME),
        source: source(None),
        path: None,
        state: State::Suspended,
        size: None,
        bytes: 0,
        connections: 0,
        resumable: None,
        waiting: None,
        error: None,
    };
    let with = |failure| {
        let waiting = queue::snapshot::Waiting {
            reason: WaitReason::Retry,
            until: Some(moment()),
        };
        let problem = queue::snapshot::Problem {
            failure,
            link: link.clone(),
            attempts: u32::MAX,
        };
        queue::FileView {
            source: source(Some("n")),
            path: Some(std::sync::Arc::new("/d/é".into())),
            state: State::Waiting,
            size: Some(u64::MAX),
            bytes: 7,
            connections: 3,
            resumable: Some(false),
            waiting: Some(waiting),
            error: Some(std::sync::Arc::new(problem)),
            ..bare.clone()
        }
    };
    let mut all: Vec<_> = failures().into_iter().map(with).collect();
    all.push(bare);
    all
}

/// What is seen there is what is seen here, but for passwords.
#[test]
fn views_there_and_back() {
    let files = views();
    for view in &files {
        let (back, text) = round(&File::of(view));
        assert!(!text.to_string().contains("hunter2"), "{text}");
        assert_eq!(format!("{:?}", back.view().unwrap()), format!("{view:?}"));
    }
    let summary = queue::snapshot::Summary {
        size: Some(10),
        size_known: 9,
        files_total: 8,
        files_done: 7,
        progress: queue::snapshot::Progress {
            bytes: 6,
            percent: Some(5),
            seconds_left: Some(4),
        },
        bytes_per_second: 3,
    };
    let job = queue::JobView {
        id: queue::JobId(SOME),
        status: Flags::FOREGROUND.with(Flags::ERROR),
        state: State::Verifying,
        summary: summary.clone(),
        speeds: vec![(FileId(SOME), 5)],
        files: vec![std::sync::Arc::new(files.clone())],
    };
    let (back, _) = round(&Job::whole(&job));
    assert_eq!(format!("{:?}", back.view().unwrap()), format!("{job:?}"));
    let group = queue::GroupView {
        id: GroupId(SOME),
        properties: std::sync::Arc::new(properties().into()),
        status: Flags::INCOMPLETE.with(Flags::SUSPENDED),
        state: State::Error,
        summary,
        waiting: files[0].waiting,
        error: files[0].error.as_deref().cloned(),
        created: moment(),
        completed: Some(moment()),
        anyway: false,
        courtesy: None,
        jobs: std::sync::Arc::new(vec![std::sync::Arc::new(job)]),
    };
    let (back, text) = round(&Group::whole(&group));
    assert!(!text.to_string().contains("hunter2"), "{text}");
    assert_eq!(format!("{:?}", back.view().unwrap()), format!("{group:?}"));
    let (shown, _) = round(&Shown::Group(Box::new(Group::alone(&group))));
    let Shown::Group(alone) = shown else {
        panic!("a group");
    };
    assert!(alone.jobs.is_empty());
}
