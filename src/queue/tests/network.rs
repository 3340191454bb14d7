//! A job's own patience and its own way into the network: what follows from them, and that
//! they survive without their secret.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::recount::recount;
use super::{at, limits, new_file};
use crate::download::{Failure, State, WaitReason};
use crate::queue::property::Property;
use crate::queue::restore::{GroupRecord, ImportProblem, JobRecord, PatienceRecord, import};
use crate::queue::{
    Command, Effect, Event, GroupId, JobNetwork, JobOptions, JobPatience, NewJob, Outcome,
    Priority, Properties, Proxy, Queue, Refusal, Report, Task,
};

const SECRET: &str = "http://ann:s3cret@proxy.example:3128/";

fn own_patience() -> JobPatience {
    JobPatience {
        tries: Some(2),
        first_wait: Some(Duration::from_secs(100)),
        without_progress: Some(Duration::from_millis(4_500_001)),
    }
}

/// With something in every place.
fn own() -> JobOptions {
    JobOptions {
        folder: PathBuf::from("/d"),
        patience: own_patience(),
        network: Some(Arc::new(JobNetwork {
            proxy: Some(Proxy::Url(SECRET.to_owned())),
            more_authorities: vec![b"-----BEGIN CERTIFICATE-----\n".to_vec()],
            connect_timeout: Some(Duration::from_millis(1_500)),
            stall_timeout: Some(Duration::from_secs(7)),
        })),
        ..JobOptions::default()
    }
}

fn with_network(network: JobNetwork) -> JobOptions {
    JobOptions {
        network: Some(Arc::new(network)),
        ..own()
    }
}

fn add(options: JobOptions, into: Option<GroupId>) -> Command {
    let job = NewJob {
        id: None,
        files: vec![new_file("a", "x")],
        options: Arc::new(options),
    };
    Command::Add {
        into,
        id: None,
        properties: Properties::default(),
        job,
        start: true,
    }
}

/// A queue with a job of these options.
fn queue(options: JobOptions) -> (Queue, GroupId, Vec<Effect>) {
    let (mut queue, mut effects) = (Queue::new(limits(), 1), Vec::new());
    let outcome = queue.command(add(options, None), at(Duration::ZERO), &mut effects);
    let Ok(Outcome::Group(id)) = outcome else {
        panic!("{outcome:?}")
    };
    (queue, id, effects)
}

fn started(effects: &[Effect]) -> Vec<Task> {
    let task = |effect: &Effect| match effect {
        Effect::Start(task) => Some(task.clone()),
        _ => None,
    };
    effects.iter().filter_map(task).collect()
}

fn kept(queue: &Queue) -> Vec<GroupRecord> {
    let records: Vec<_> = queue.groups().filter_map(|id| queue.records(id)).collect();
    let text = serde_json::to_string(&records).unwrap();
    assert_eq!(
        serde_json::from_str::<Vec<GroupRecord>>(&text).unwrap(),
        records
    );
    records
}

fn restarted(records: Vec<GroupRecord>) -> (Queue, Vec<Effect>) {
    let mut queue = Queue::new(limits(), 99);
    queue.restore(records, at(Duration::ZERO));
    let mut effects = Vec::new();
    queue.update(Event::Tick, at(Duration::ZERO), &mut effects);
    recount(&queue);
    (queue, effects)
}

/// The waits, in seconds, of a file that fails six times, or is given up before.
fn waits(options: JobOptions, priority: Priority) -> Vec<f64> {
    let (mut queue, id, mut effects) = queue(options);
    let set = Command::SetPriority(vec![id], priority);
    queue
        .command(set, at(Duration::ZERO), &mut effects)
        .unwrap();
    let (mut waits, mut time) = (Vec::new(), Duration::ZERO);
    while waits.len() < 6 {
        let task = started(&std::mem::take(&mut effects)).remove(0);
        let lost = Report::Failed {
            failure: Failure::ConnectionLost("x".into()),
            progressed: false,
        };
        let event = Event::Report(task.file, task.attempt, lost);
        queue.update(event, at(time), &mut effects);
        recount(&queue);
        if queue.snapshot(at(time)).groups[0].state == State::Error {
            break;
        }
        let due = queue.next_due().unwrap();
        waits.push((due - time).as_secs_f64());
        time = due;
        queue.update(Event::Tick, at(time), &mut effects);
    }
    waits
}

#[test]
fn a_job_has_its_own_patience() {
    let none = JobPatience::default();
    let tries = |tries| JobPatience {
        tries: Some(tries),
        ..none
    };
    let first_wait = |seconds| JobPatience {
        first_wait: Some(Duration::from_secs(seconds)),
        ..none
    };
    let without_progress = JobPatience {
        without_progress: Some(Duration::from_secs(20)),
        ..none
    };
    let (foreground, background) = (Priority::Foreground, Priority::Normal);
    for (patience, priority, expected) in [
        (none, foreground, &[1.0, 2.0][..]),
        (none, background, &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0]),
        (tries(0), foreground, &[]),
        (tries(1), background, &[]),
        (tries(5), foreground, &[1.0, 2.0, 4.0, 8.0]),
        (tries(5), background, &[1.0, 2.0, 4.0, 8.0]),
        (first_wait(20), foreground, &[20.0, 40.0]),
        (first_wait(100), background, &[100.0; 6]),
        (without_progress, background, &[1.0, 2.0, 4.0, 8.0, 16.0]),
        (own_patience(), background, &[100.0]),
    ] {
        let options = JobOptions { patience, ..own() };
        let waits = waits(options, priority);
        assert_eq!(waits.len(), expected.len(), "{patience:?}: {waits:?}");
        for (wait, right) in waits.iter().zip(expected) {
            let around = right * 0.8..=right * 1.2;
            assert!(around.contains(wait), "{patience:?}: {waits:?}");
        }
    }
}

#[test]
fn what_cannot_be_used_is_refused() {
    let url = |url: &str| {
        with_network(JobNetwork {
            proxy: Some(Proxy::Url(url.to_owned())),
            ..JobNetwork::default()
        })
    };
    let timeouts = |connect, stall| {
        with_network(JobNetwork {
            connect_timeout: connect,
            stall_timeout: stall,
            ..JobNetwork::default()
        })
    };
    let patience = |first_wait, without_progress| JobOptions {
        patience: JobPatience {
            first_wait,
            without_progress,
            ..own_patience()
        },
        ..own()
    };
    for (options, what) in [
        (url("s3cret"), "proxy"),
        (url("ftp://u:s3cret@h/"), "proxy"),
        (url("http://"), "proxy"),
        (timeouts(Some(Duration::ZERO), None), "connect"),
        (timeouts(Some(Duration::MAX), None), "connect"),
        (timeouts(None, Some(Duration::ZERO)), "stall"),
        (timeouts(None, Some(Duration::MAX)), "stall"),
        (patience(Some(Duration::MAX), None), "first"),
        (patience(None, Some(Duration::MAX)), "patience"),
    ] {
        let mut queue = Queue::new(limits(), 1);
        let refused = queue.command(add(options, None), at(Duration::ZERO), &mut Vec::new());
        let Err(Refusal::Invalid(text)) = refused else {
            panic!("{what}: {refused:?}")
        };
        assert!(
            text.starts_with(what) && !text.contains("s3cret"),
            "{what}: {text}"
        );
        assert_eq!(queue.groups().count(), 0);
    }
    for fine in ["http://h", "https://u:p@h:1", "socks5://h:1", "socks5h://h"] {
        assert_eq!(url(fine).check(), Ok(()), "{fine}");
    }
}

#[test]
fn a_proxys_password_is_printed_nowhere() {
    for url in [SECRET, "socks5://u:s3cret@h", "http://u:s3cret@", "s3cret"] {
        let options = with_network(JobNetwork {
            proxy: Some(Proxy::Url(url.to_owned())),
            ..JobNetwork::default()
        });
        assert!(!format!("{options:?}").contains("s3cret"), "{options:?}");
    }
    let open = Proxy::Url("http://ann@proxy:1".to_owned());
    assert_eq!(format!("{open:?}"), "Url(http://ann@proxy:1)");
}

#[test]
fn they_survive_and_the_password_is_waited_for() {
    let (queue, id, _) = queue(own());
    let records = kept(&queue);
    let text = serde_json::to_string(&records).unwrap();
    assert!(
        text.contains("http://ann@proxy.example") && !text.contains("s3cret"),
        "{text}"
    );
    let secrets = queue.secrets(id).unwrap();
    assert!(!format!("{secrets:?}").contains("s3cret"));

    let (mut after, effects) = restarted(records.clone());
    assert!(effects.is_empty(), "{effects:?}");
    let waiting = after.snapshot(at(Duration::ZERO)).groups[0].waiting;
    assert_eq!(waiting.unwrap().reason, WaitReason::Credentials);
    assert_eq!(kept(&after), records, "what is needed stays needed");
    assert_eq!(after.secrets(id), None);

    // That of another proxy is not for this one.
    let mut other = secrets.clone();
    other.jobs[0].proxy = Some("http://ann:s3cret@other.example:3128/".into());
    for (given, starts) in [(other, 0), (secrets.clone(), 1)] {
        let mut effects = Vec::new();
        after.give_secrets(id, given, at(Duration::ZERO));
        after.update(Event::Tick, at(Duration::ZERO), &mut effects);
        recount(&after);
        let tasks = started(&effects);
        assert_eq!(tasks.len(), starts);
        for task in tasks {
            assert_eq!(*task.options, own());
        }
    }
    assert_eq!(after.secrets(id), Some(secrets));
}

#[test]
fn without_a_secret_nothing_is_waited_for() {
    for proxy in [
        None,
        Some(Proxy::System),
        Some(Proxy::Direct),
        Some(Proxy::Url("http://ann@proxy:1".into())),
    ] {
        let options = with_network(JobNetwork {
            proxy,
            ..JobNetwork::default()
        });
        let (queue, id, _) = queue(options.clone());
        assert_eq!(queue.secrets(id), None);
        let (_, effects) = restarted(kept(&queue));
        let tasks = started(&effects);
        assert_eq!(tasks.len(), 1);
        assert_eq!(*tasks[0].options, options);
    }
}

#[test]
fn a_person_can_go_on_without_it() {
    let (queue, id, _) = queue(own());
    let (mut after, _) = restarted(kept(&queue));
    let mut effects = Vec::new();
    let set = Command::Set(id, vec![Property::Password("of the server".into())]);
    after
        .command(set, at(Duration::ZERO), &mut effects)
        .unwrap();
    let tasks = started(&effects);
    let network = tasks[0].options.network.as_ref().unwrap();
    let user_alone = Proxy::Url("http://ann@proxy.example:3128/".into());
    assert_eq!(network.proxy, Some(user_alone));
}

/// As they were written before there was such a thing.
#[test]
fn older_records_have_neither() {
    let text = r#"{"id": "5a0c5d1e-6b8f-4c0e-9d55-0d6f8f3b0a11", "at": 0, "folder": "/d",
        "headers": [], "user": null, "needs_password": false, "on_conflict": "rename",
        "held": false, "files": []}"#;
    let record: JobRecord = serde_json::from_str(text).unwrap();
    assert!(record.patience == PatienceRecord::default() && record.network.is_none());
    // Nor does a job that has neither write any.
    let written = serde_json::to_value(&record).unwrap();
    let old: serde_json::Value = serde_json::from_str(text).unwrap();
    assert_eq!(written, old);
}

#[test]
fn a_stranger_does_not_say_whom_to_trust() {
    let (queue, _, _) = queue(own());
    let records = kept(&queue);
    let commands = import(records.clone()).unwrap();
    let Command::Add { job, .. } = &commands[1] else {
        panic!("{commands:?}")
    };
    assert_eq!(job.options.patience, own_patience());
    let network = job.options.network.as_ref().unwrap();
    let expected = JobNetwork {
        proxy: Some(Proxy::Url("http://ann@proxy.example:3128/".into())),
        more_authorities: Vec::new(),
        ..own().network.unwrap().as_ref().clone()
    };
    assert_eq!(**network, expected);

    let mut damaged = records;
    damaged[0].jobs[0].network.as_mut().unwrap().stall_timeout = Some(Duration::MAX);
    let error = import(damaged).unwrap_err();
    assert!(
        matches!(error.problem, ImportProblem::Property(Refusal::Invalid(_))),
        "{error}"
    );
}
