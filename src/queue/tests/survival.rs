//! What survives a restart, and that no secret does.

use std::path::PathBuf;
use std::sync::Arc;

use super::recount::recount;
use super::story::{Story, states};
use super::{at, limits};
use crate::download::digest::{Algorithm, Checksum};
use crate::download::failure::CertificateProblem;
use crate::download::{Failure, Link, State, WaitReason};
use crate::queue::property::{Properties, Property};
use crate::queue::restore::GroupRecord;
use crate::queue::{
    Command, Credentials, Effect, Event, Fingerprint, GroupId, JobOptions, Mode, NewFile, NewJob,
    Outcome, Program, Queue,
};
use std::time::Duration;

fn kept(queue: &Queue) -> Vec<GroupRecord> {
    let records: Vec<_> = queue.groups().filter_map(|id| queue.records(id)).collect();
    let text = serde_json::to_string(&records).unwrap();
    let back: Vec<GroupRecord> = serde_json::from_str(&text).unwrap();
    assert_eq!(back, records);
    back
}

fn restarted(queue: &Queue) -> (Queue, Vec<Effect>) {
    let mut fresh = Queue::new(limits(), 99);
    let now = at(Duration::ZERO);
    fresh.restore(kept(queue), now);
    recount(&fresh);
    assert!(fresh.unsaved().is_empty());
    assert_eq!(fresh.next_due(), Some(Duration::ZERO));
    let mut effects = Vec::new();
    fresh.update(Event::Tick, now, &mut effects);
    recount(&fresh);
    (fresh, effects)
}

#[test]
fn states_after_a_restart() {
    let mut story = Story::new(limits());
    for step in [
        "add g 5@a start",
        "begun g1 100",
        "done g1",
        "failed g2 404",
        "got g3 10",
        "failed g4 lost",
        "add s 1@a",
        "add c 1@b start high",
        "cancel c",
        "add f 1@c start foreground",
        "move s top",
        "add d 1@d start",
        "done f1",
    ] {
        story.line(step);
    }
    let names = ["g", "s", "c", "f"];
    let before: Vec<_> = names.iter().map(|name| story.group(name)).collect();
    let (mut queue, effects) = restarted(&story.queue);
    let snapshot = queue.snapshot(at(Duration::ZERO));
    assert!(
        snapshot
            .groups
            .iter()
            .map(|group| group.id)
            .eq(story.queue.groups())
    );
    for group in before {
        let after = snapshot
            .groups
            .iter()
            .find(|after| after.id == group.id)
            .unwrap();
        assert_eq!(after.properties, group.properties);
        assert_eq!(
            (after.created, after.completed),
            (group.created, group.completed)
        );
        assert_eq!(after.status, group.status);
        for (was, is) in states(&group).into_iter().zip(states(after)) {
            let expected = match was {
                State::Suspended | State::Complete | State::Error | State::Cancelled => was,
                _ => is,
            };
            assert_eq!(is, expected);
            assert!(was != State::Transferring || is.is_running() || is == State::Queued);
        }
    }
    let starts = effects
        .iter()
        .filter(|effect| matches!(effect, Effect::Start(_)))
        .count();
    assert_eq!(starts, limits().parallel);
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Notice(_)))
    );
}

#[test]
fn what_was_cancelled_is_discarded_after_a_restart() {
    let mut story = Story::new(limits());
    for step in ["add g 2@a start", "begun g1 100", "cancel g"] {
        story.line(step);
    }
    let (after, effects) = restarted(&story.queue);
    assert!(
        matches!(effects[..], [Effect::Discard { .. }, Effect::Save(_)]),
        "{effects:?}"
    );
    story.line("stopped g1 => discard g1");
    assert!(restarted(&story.queue).1.is_empty() && restarted(&after).1.is_empty());
}

/// A group with a secret in every place where there can be one.
fn secretive() -> (Queue, GroupId) {
    let mut queue = Queue::new(limits(), 1);
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let options = JobOptions {
        folder: PathBuf::from("/d"),
        headers: vec![
            header("User-Agent", "browser"),
            header("X-Api-Key", "s3cret-header"),
            header("accept-language", "de"),
            header("Cookie", "s3cret-cookie"),
        ],
        credentials: None,
        ..JobOptions::default()
    };
    let file = |url: &str| NewFile {
        link: Link::parse(url).unwrap(),
        name: None,
        checksum: None,
    };
    let files = vec![
        file("https://ann:s3cret-url@a.example/1?k=v"),
        file("https://b.example/2"),
    ];
    let credentials = Credentials {
        user: "bob".into(),
        password: "s3cret-group".into(),
    };
    let properties = Properties {
        credentials: Some(credentials),
        ..Properties::default()
    };
    let job = NewJob {
        id: None,
        files,
        options: Arc::new(options),
    };
    let add = Command::Add {
        into: None,
        id: None,
        properties,
        job,
        start: true,
    };
    let outcome = queue.command(add, at(Duration::ZERO), &mut Vec::new());
    let Ok(Outcome::Group(id)) = outcome else {
        panic!("{outcome:?}")
    };
    (queue, id)
}

#[test]
fn no_secret_is_kept_and_each_is_waited_for() {
    let (queue, id) = secretive();
    let text = serde_json::to_string(&kept(&queue)).unwrap();
    assert!(!text.contains("s3cret"), "{text}");
    assert!(text.contains("browser") && text.contains("k=v") && text.contains("bob"));
    let secrets = queue.secrets(id).unwrap();
    assert!(!format!("{secrets:?}").contains("s3cret"));

    let (mut after, effects) = restarted(&queue);
    assert!(effects.is_empty(), "{effects:?}");
    let snapshot = after.snapshot(at(Duration::ZERO));
    assert_eq!(
        snapshot.groups[0].waiting.unwrap().reason,
        WaitReason::Credentials
    );
    let twice = serde_json::to_string(&kept(&after)).unwrap();
    assert_eq!(twice, text, "what is needed stays needed");

    let kept_apart = serde_json::to_string(&secrets).unwrap();
    after.give_secrets(
        id,
        serde_json::from_str(&kept_apart).unwrap(),
        at(Duration::ZERO),
    );
    let mut effects = Vec::new();
    after.update(Event::Tick, at(Duration::ZERO), &mut effects);
    recount(&after);
    let Some(Effect::Start(task)) = effects.first() else {
        panic!("{effects:?}")
    };
    assert!(task.link.expose().contains("s3cret-url"));
    assert_eq!(task.options.headers[3].1, "s3cret-cookie");
    assert_eq!(
        task.options.credentials.as_ref().unwrap().password,
        "s3cret-group"
    );
    assert_eq!(after.secrets(id), Some(secrets));
}

#[test]
fn a_person_can_go_on_with_a_password_alone() {
    let (queue, id) = secretive();
    let (mut after, _) = restarted(&queue);
    let mut effects = Vec::new();
    let now = at(Duration::ZERO);
    after
        .command(Command::Resume(vec![id]), now, &mut effects)
        .unwrap();
    assert!(
        matches!(effects[..], [Effect::Save(_)]),
        "what lacks a secret waits: {effects:?}"
    );
    let set = Command::Set(id, vec![Property::Password("new".into())]);
    after.command(set, now, &mut effects).unwrap();
    let starts: Vec<_> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Start(task) => Some(task),
            _ => None,
        })
        .collect();
    assert_eq!(starts.len(), 2);
    let names: Vec<_> = starts[0]
        .options
        .headers
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(names, ["User-Agent", "accept-language"]);
    let credentials = starts[0].options.credentials.as_ref().unwrap();
    assert_eq!(
        (credentials.user.as_str(), credentials.password.as_str()),
        ("bob", "new")
    );
}

#[test]
fn only_what_changed_is_written_again() {
    let mut story = Story::new(limits());
    story.line("add g 300@a start");
    story.line("add h 2@b");
    let all = story.queue.unsaved();
    assert_eq!(
        all.iter()
            .map(|g| g.jobs[0].files.len())
            .collect::<Vec<_>>(),
        [300, 2]
    );
    assert!(story.queue.unsaved().is_empty());
    story.line("begun g1 100");
    story.line("got g1 50");
    story.line("done g1");
    let changed = story.queue.unsaved();
    let files: Vec<_> = changed
        .iter()
        .flat_map(|g| &g.jobs)
        .flat_map(|job| &job.files)
        .collect();
    assert_eq!((changed.len(), files.len(), files[0].at), (1, 1, 0));
    story.line("set h name=x");
    let changed = story.queue.unsaved();
    assert_eq!((changed.len(), changed[0].jobs.len()), (1, 0));
    assert_eq!(changed[0].properties.name, "x");
}

#[test]
fn what_is_written_bit_by_bit_is_the_whole() {
    let mut story = Story::new(limits());
    story.line("add g 5@a start");
    let mut base = story.queue.unsaved().remove(0);
    for step in [
        "begun g1 9",
        "done g1 9",
        "failed g2 404",
        "begun g3 7",
        "suspend g",
        "stopped g3",
    ] {
        story.line(step);
        for record in story.queue.unsaved() {
            for job in &record.jobs {
                for file in &job.files {
                    base.jobs[0].files[file.at as usize] = file.clone();
                }
            }
            base = GroupRecord {
                jobs: base.jobs,
                ..record
            };
        }
    }
    assert_eq!(Some(&base), story.queue.records(base.id).as_ref());
}

#[test]
fn every_failure_comes_back() {
    let failures = [
        Failure::HostNotFound,
        Failure::Certificate(CertificateProblem::Other("x".into())),
        Failure::status(418),
        Failure::RangeNotSatisfiable { total: Some(3) },
        Failure::DiskFull {
            needed: Some(1),
            free: None,
        },
        Failure::ChecksumMismatch {
            algorithm: Algorithm::Sha512,
            expected: "a".into(),
            actual: "b".into(),
        },
        Failure::NoProgress {
            after: Duration::from_millis(1500),
            last: Box::new(Failure::Proxy("p".into())),
        },
    ];
    let mut story = Story::new(limits());
    story.line("add g 1@a start");
    story.line("failed g1 404");
    let mut record = kept(&story.queue).remove(0);
    for failure in failures {
        record.jobs[0].files[0].failure = Some(failure);
        record.jobs[0].files[0].path = Some(PathBuf::from("/d/ä"));
        let text = serde_json::to_string(&record).unwrap();
        assert_eq!(serde_json::from_str::<GroupRecord>(&text).unwrap(), record);
    }
}

#[cfg(unix)]
#[test]
fn a_path_that_is_no_text() {
    use std::os::unix::ffi::OsStringExt;
    let mut story = Story::new(limits());
    story.line("add g 1@a");
    let mut record = kept(&story.queue).remove(0);
    record.jobs[0].folder = std::ffi::OsString::from_vec(b"/d/\xff\xfe".to_vec()).into();
    let text = serde_json::to_string(&record).unwrap();
    assert_eq!(serde_json::from_str::<GroupRecord>(&text).unwrap(), record);
}

#[test]
fn checksum_name_and_program_come_back() {
    let mut queue = Queue::new(limits(), 1);
    let checksum = Checksum::new(Algorithm::Md5, &[7; 16]).unwrap();
    let link = Link::parse("https://a.example/x").unwrap();
    let file = NewFile {
        link,
        name: Some("n".into()),
        checksum: Some(checksum.clone()),
    };
    let command = super::add(vec![file], Properties::default(), true);
    queue
        .command(command, at(Duration::ZERO), &mut Vec::new())
        .unwrap();
    let (_, effects) = restarted(&queue);
    let Some(Effect::Start(task)) = effects.first() else {
        panic!("{effects:?}")
    };
    assert_eq!(task.checksum.as_deref(), Some(&checksum));
    assert_eq!(task.name.as_deref(), Some("n"));
    let program = Program {
        mode: Mode::Full,
        limit: Some(5),
        ..Program::default()
    };
    queue.restore_program(program.clone());
    assert_eq!(*queue.program(), program);
}

/// What was left is known after a restart, too; of rows from before that was kept, the length.
#[test]
fn a_finished_file_is_known_again() {
    let left = Fingerprint {
        device: 1,
        inode: 2,
        born: 3,
        length: 100,
        modified: Some(-4),
    };
    let of_length = Fingerprint {
        length: 100,
        ..Fingerprint::default()
    };
    for (existed, fingerprint, expected) in [
        (false, Some(left), Some(left)),
        (true, Some(left), Some(left)),
        (false, None, Some(of_length)),
        (true, None, None),
    ] {
        let mut story = Story::new(limits());
        for step in ["add g 2@a start", "begun g1 100", "done g1"] {
            story.line(step);
        }
        let mut records = kept(&story.queue);
        let file = &mut records[0].jobs[0].files[0];
        (file.existed, file.fingerprint) = (existed, fingerprint);
        let text = serde_json::to_string(&records).unwrap();
        assert_eq!(text.contains("fingerprint"), fingerprint.is_some());
        let mut queue = Queue::new(limits(), 99);
        let now = at(Duration::ZERO);
        queue.restore(serde_json::from_str(&text).unwrap(), now);
        assert_eq!(kept(&queue), records);
        let ids = queue.groups().collect();
        let mut effects = Vec::new();
        let delete_finished = true;
        let cancel = Command::Cancel {
            ids,
            delete_finished,
        };
        queue.command(cancel, now, &mut effects).unwrap();
        let deleted = effects.iter().find_map(|effect| match effect {
            Effect::DeleteFinished(_, _, fingerprint) => Some(*fingerprint),
            _ => None,
        });
        assert_eq!(deleted, expected, "{existed} {fingerprint:?}");
    }
}
