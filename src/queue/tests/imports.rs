//! What was exported can be imported: the same groups, what is left to do of them.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::recount::recount;
use super::{at, limits};
use crate::download::digest::{Algorithm, Checksum};
use crate::download::{Failure, Link, State};
use crate::queue::restore::{GroupRecord, ImportProblem, StateRecord, import};
use crate::queue::{
    Command, ConflictRule, Credentials, GroupId, JobOptions, NewFile, NewJob, Outcome, Priority,
    Properties, Queue,
};

fn add(queue: &mut Queue, into: Option<GroupId>, name: &str, files: usize) -> GroupId {
    let file = |number| NewFile {
        link: Link::parse(&format!("https://ann:s3cret@a.example/{name}/{number}")).unwrap(),
        name: Some(format!("{name}-{number}")),
        checksum: Checksum::new(Algorithm::Md5, &[number as u8; 16]),
    };
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let options = JobOptions {
        folder: PathBuf::from("/d").join(name),
        headers: vec![header("Cookie", "s3cret"), header("Referer", "there")],
        on_conflict: ConflictRule::Skip,
        credentials: None,
        ..JobOptions::default()
    };
    let job = NewJob {
        id: None,
        files: (0..files).map(file).collect(),
        options: Arc::new(options),
    };
    let properties = Properties {
        name: name.into(),
        priority: Priority::Low,
        limit: Some(7),
        credentials: Some(Credentials {
            user: "bob".into(),
            password: "s3cret".into(),
        }),
        ..Properties::default()
    };
    let add = Command::Add {
        into,
        id: None,
        properties,
        job,
        start: true,
    };
    match queue.command(add, at(Duration::ZERO), &mut Vec::new()) {
        Ok(Outcome::Group(id)) => id,
        other => panic!("{other:?}"),
    }
}

/// One of two jobs, one finished, one cancelled.
fn exported() -> Vec<GroupRecord> {
    let mut queue = Queue::new(limits(), 1);
    let two = add(&mut queue, None, "two", 3);
    add(&mut queue, Some(two), "more", 1);
    add(&mut queue, None, "done", 1);
    let gone = add(&mut queue, None, "gone", 1);
    let cancel = Command::Cancel {
        ids: vec![gone],
        delete_finished: false,
    };
    queue
        .command(cancel, at(Duration::ZERO), &mut Vec::new())
        .unwrap();
    let mut records: Vec<_> = queue.groups().filter_map(|id| queue.records(id)).collect();
    let files = &mut records[0].jobs[0].files;
    files[0].state = StateRecord::Complete;
    files[1].state = StateRecord::Error;
    files[1].failure = Some(Failure::Stalled);
    records[1].jobs[0].files[0].state = StateRecord::Complete;
    let text = serde_json::to_string(&records).unwrap();
    assert!(!text.contains("s3cret"));
    serde_json::from_str(&text).unwrap()
}

#[test]
fn what_is_left_to_do_is_there_again() {
    let records = exported();
    let mut queue = Queue::new(limits(), 2);
    let mut effects = Vec::new();
    // Twice: the ids are new each time, and other than those it was exported with.
    for _ in 0..2 {
        for command in import(records.clone()).unwrap() {
            queue
                .command(command, at(Duration::ZERO), &mut effects)
                .unwrap();
        }
    }
    recount(&queue);
    let snapshot = queue.snapshot(at(Duration::ZERO));
    assert_eq!(snapshot.groups.len(), 2);
    let group = &snapshot.groups[0];
    assert_ne!(group.id, records[0].id);
    assert_eq!(group.state, State::Suspended);
    let before = &records[0].properties;
    let after = &group.properties;
    assert_eq!((&after.name, after.limit), (&before.name, before.limit));
    assert_eq!(after.priority, Priority::Low);
    let user = after.credentials.as_ref().unwrap();
    assert_eq!((&*user.user, &*user.password), ("bob", ""));
    let back = queue.records(group.id).unwrap();
    let files: Vec<_> = back.jobs.iter().flat_map(|job| &job.files).collect();
    let names: Vec<_> = files
        .iter()
        .map(|file| file.name.as_deref().unwrap())
        .collect();
    assert_eq!(names, ["two-1", "two-2", "more-0"]);
    for (job, was) in back.jobs.iter().zip(&records[0].jobs) {
        assert_eq!(
            (&job.folder, job.on_conflict),
            (&was.folder, was.on_conflict)
        );
        assert_eq!(job.headers, [("Referer".into(), Some("there".into()))]);
    }
    assert_eq!(files[0].checksum, records[0].jobs[0].files[1].checksum);
    assert!(files[0].failure.is_none() && files[0].url.contains("ann@"));
}

#[test]
fn one_bad_record_and_nothing_is_imported() {
    type Damage = fn(&mut GroupRecord);
    type Is = fn(&ImportProblem) -> bool;
    let cases: [(Damage, Is); 6] = [
        (
            |group| group.jobs[0].files[2].url = "ftp://x/y".into(),
            |p| matches!(p, ImportProblem::Link(_)),
        ),
        (
            |group| group.jobs[0].files[2].checksum = Some("md5=1".into()),
            |p| matches!(p, ImportProblem::Checksum(_)),
        ),
        (
            |group| group.jobs[0].files[2].name = Some("../x".into()),
            |p| matches!(p, ImportProblem::Name(_)),
        ),
        (
            |group| group.jobs[1].folder = "relative".into(),
            |p| *p == ImportProblem::Folder,
        ),
        (
            |group| group.properties.connections = Some(65),
            |p| matches!(p, ImportProblem::Property(_)),
        ),
        (
            |group| group.properties.description = "x".repeat(1_025),
            |p| matches!(p, ImportProblem::Property(_)),
        ),
    ];
    for (damage, is) in cases {
        let mut records = exported();
        damage(&mut records[0]);
        let error = import(records).unwrap_err();
        assert!(is(&error.problem), "{error}");
        assert_eq!((error.group, &*error.name), (0, "two"));
        let of_file = error.url.is_some();
        assert_eq!(
            of_file,
            !matches!(
                error.problem,
                ImportProblem::Folder | ImportProblem::Property(_)
            )
        );
    }
}

#[test]
fn an_empty_group_stays_one() {
    let mut records = exported();
    records[0].jobs.clear();
    let commands = import(records).unwrap();
    assert!(
        matches!(commands[..], [Command::New { .. }]),
        "{commands:?}"
    );
}
