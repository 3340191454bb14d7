//! The queue as rows: it comes back whole, and only what has changed is written.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use tempfile::TempDir;

use super::*;
use crate::download::Link;
use crate::download::retry::Policy;
use crate::queue::restore::GroupRecord;
use crate::queue::{
    Command, Conditions, JobNetwork, JobOptions, JobPatience, Limits, Mode, NewFile, NewJob, Now,
    Outcome, PriorityLimits, Program, Properties, Proxy, Queue,
};

fn now() -> Now {
    Now {
        steady: Duration::ZERO,
        wall: Timestamp::UNIX_EPOCH,
    }
}

fn queue() -> Queue {
    let patience = Policy {
        tries: None,
        tries_unreached: None,
        first_wait: Duration::from_secs(1),
        longest_wait: Duration::from_secs(60),
        patience: Duration::from_secs(60),
    };
    let limits = Limits {
        parallel: 4,
        connections_per_host: 8,
        connections: 8,
        foreground: patience,
        background: patience,
        rotation: Duration::from_secs(300),
        measure_ahead: false,
        waits_on: Conditions::default(),
    };
    Queue::new(limits, 1)
}

fn add(queue: &mut Queue, name: &str, files: usize) -> GroupId {
    let file = |number| NewFile {
        link: Link::parse(&format!("https://host.example/{name}/{number}?key=value")).unwrap(),
        name: None,
        checksum: None,
    };
    let options = JobOptions {
        folder: PathBuf::from("/downloads/ä"),
        headers: vec![("Referer".into(), "https://host.example".into())],
        patience: JobPatience {
            tries: Some(7),
            ..JobPatience::default()
        },
        network: Some(Arc::new(JobNetwork {
            proxy: Some(Proxy::Url("http://proxy.example:3128".into())),
            more_authorities: vec![b"PEM".to_vec()],
            ..JobNetwork::default()
        })),
        ..JobOptions::default()
    };
    let job = NewJob {
        id: None,
        files: (0..files).map(file).collect(),
        options: Arc::new(options),
    };
    let properties = Properties {
        name: name.into(),
        ..Properties::default()
    };
    let add = Command::Add {
        into: None,
        id: None,
        properties,
        job,
        start: true,
    };
    match queue.command(add, now(), &mut Vec::new()) {
        Ok(Outcome::Group(id)) => id,
        other => panic!("{other:?}"),
    }
}

fn open(place: &TempDir) -> (Store, KeptQueue) {
    let home = Home::Queue(place.path().join("ebb.sqlite"));
    let (store, kept) = Store::open(&home, Lane::inline("store")).unwrap();
    (store, kept.queue)
}

/// Writes a batch; how many rows that touched.
fn write(store: &Store, batch: Batch) -> usize {
    let total = |store: &Store| {
        let connection = store.connection.clone().unwrap();
        let rows = connection.lock().unwrap().total_changes();
        usize::try_from(rows).unwrap()
    };
    let before = total(store);
    let told = Arc::new(AtomicUsize::new(0));
    let tell = told.clone();
    store.keep(Arc::new(batch), Durability::Kill, move |written| {
        tell.store(1 + usize::from(written.is_ok()), Ordering::Relaxed);
    });
    assert_eq!(told.load(Ordering::Relaxed), 2, "told once, and written");
    total(store) - before
}

fn groups(groups: Vec<GroupRecord>) -> Batch {
    Batch {
        groups,
        ..Batch::default()
    }
}

fn sorted(mut kept: KeptQueue) -> Vec<GroupRecord> {
    kept.groups.sort_by_key(|group| group.order);
    for job in kept.groups.iter_mut().flat_map(|group| &mut group.jobs) {
        job.files.sort_by_key(|file| file.at);
    }
    kept.groups
}

#[test]
fn all_of_it_comes_back() {
    let place = tempfile::tempdir().unwrap();
    let (store, kept) = open(&place);
    assert!(kept.groups.is_empty() && kept.program == Program::default());
    let mut queue = queue();
    for (name, files) in [("one", 300), ("two", 1), ("three", 3)] {
        add(&mut queue, name, files);
    }
    let records = queue.unsaved();
    let program = Program {
        mode: Mode::Suspended,
        limit: Some(u64::MAX),
        limits: PriorityLimits {
            low: Some(7),
            ..PriorityLimits::default()
        },
        schedule: Arc::new("mon-fri 08-18 background off".parse().unwrap()),
    };
    let batch = Batch {
        program: Some(program.clone()),
        ..groups(records.clone())
    };
    assert_eq!(write(&store, batch), 1 + 3 + 3 + 304);
    assert_eq!(write(&store, groups(records.clone())), 0, "nothing is new");
    drop(store);
    let (_, kept) = open(&place);
    assert_eq!(kept.program, program);
    assert_eq!(sorted(kept), records);
}

#[test]
fn of_many_files_one_row_is_written() {
    let place = tempfile::tempdir().unwrap();
    let (store, _) = open(&place);
    let mut queue = queue();
    let id = add(&mut queue, "many", 10_000);
    write(&store, groups(queue.unsaved()));
    let mut record = queue.records(id).unwrap();
    record.jobs[0].files.drain(..4_000);
    record.jobs[0].files.truncate(1);
    record.jobs[0].files[0].size = Some(7);
    assert_eq!(write(&store, groups(vec![record])), 1);
    let (_, kept) = open(&place);
    let back = sorted(kept).remove(0);
    assert_eq!(back.jobs[0].files[4_000].size, Some(7));
    assert_eq!(back.jobs[0].files.len(), 10_000);
}

#[test]
fn what_is_forgotten_stays_gone_and_may_come_again() {
    let place = tempfile::tempdir().unwrap();
    let (store, _) = open(&place);
    let mut queue = queue();
    let (one, two) = (add(&mut queue, "one", 3), add(&mut queue, "two", 2));
    let records = queue.unsaved();
    write(&store, groups(records.clone()));
    let gone = Batch {
        forgotten: vec![one],
        ..Batch::default()
    };
    assert_eq!(write(&store, gone), 1 + 1 + 3);
    assert_eq!(sorted(open(&place).1), records[1..]);
    // Off the list, and at once made anew with the same id.
    let again = Batch {
        forgotten: vec![two, one],
        ..groups(vec![records[0].clone()])
    };
    write(&store, again);
    assert_eq!(sorted(open(&place).1), records[..1]);
}

#[test]
fn a_damaged_row_is_passed_over() {
    let place = tempfile::tempdir().unwrap();
    let (store, _) = open(&place);
    let mut queue = queue();
    add(&mut queue, "one", 3);
    write(&store, groups(queue.unsaved()));
    let connection = store.connection.clone().unwrap();
    let damage = "UPDATE queue_files SET record = '{' WHERE place = 1";
    connection.lock().unwrap().execute(damage, []).unwrap();
    let files: Vec<_> = sorted(open(&place).1)[0].jobs[0]
        .files
        .iter()
        .map(|file| file.at)
        .collect();
    assert_eq!(files, [0, 2]);
}

#[test]
fn the_history_is_newest_first_until_it_is_cleared() {
    let place = tempfile::tempdir().unwrap();
    let (store, _) = open(&place);
    let entry = |name: &str, second| HistoryEntry {
        group: GroupId::random(),
        name: name.into(),
        host: "host.example".into(),
        folder: "/downloads".into(),
        bytes: 5_000_000_000,
        files: 3,
        created: Timestamp::UNIX_EPOCH,
        completed: Timestamp::from_second(second).unwrap(),
    };
    let (old, new, middle) = (entry("old", 1), entry("new", 3), entry("middle", 2));
    let batch = |history| Batch {
        history,
        ..Batch::default()
    };
    write(
        &store,
        batch(vec![old.clone(), new.clone(), middle.clone()]),
    );
    let (sender, receiver) = std::sync::mpsc::channel();
    let tell = |sender: &std::sync::mpsc::Sender<_>| {
        let sender = sender.clone();
        move |entries| sender.send(entries).unwrap()
    };
    store.history(2, tell(&sender));
    assert_eq!(receiver.recv().unwrap(), [new.clone(), middle]);
    // Complete once more, with more in it.
    let again = HistoryEntry { files: 4, ..old };
    write(&store, batch(vec![again]));
    let (sums, summed) = std::sync::mpsc::channel();
    store.totals(move |totals| sums.send(totals).unwrap());
    let expected = Totals {
        bytes: 15_000_000_000,
        files: 10,
        groups: 3,
    };
    assert_eq!(summed.recv().unwrap(), expected);
    store.clear_history(|cleared| assert!(cleared));
    store.history(9, tell(&sender));
    assert!(receiver.recv().unwrap().is_empty());
}

/// Measured, not judged: `cargo test --release -- --ignored --nocapture ten_thousand`.
#[test]
#[ignore = "a measurement"]
fn ten_thousand_groups() {
    let place = tempfile::tempdir().unwrap();
    let (store, _) = open(&place);
    let mut before = queue();
    for number in 0..10_000 {
        add(&mut before, &format!("group-{number}"), 1);
    }
    let took = std::time::Instant::now();
    write(&store, groups(before.unsaved()));
    println!("written: {:?}", took.elapsed());
    let took = std::time::Instant::now();
    let (_, kept) = open(&place);
    let read = took.elapsed();
    let mut after = queue();
    after.restore(kept.groups, now());
    println!("read: {read:?}; with restore: {:?}", took.elapsed());
    assert_eq!(after.groups().count(), 10_000);
}
