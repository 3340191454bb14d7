//! 100,000 files: what one event costs, counted and not timed (timings are printed by `--ignored`).

use std::time::{Duration, Instant};

use super::story::files;
use super::{add, at, limits, new_file};
use crate::download::Failure;
use crate::queue::{Command, Effect, Event, Limits, Outcome, Properties, Queue, Report};

const MANY: usize = 100_000;

fn many() -> Command {
    let files = (0..MANY).map(|n| new_file(["a", "b", "c"][n % 3], &format!("file-{n}.bin")));
    add(files.collect(), Properties::default(), true)
}

fn full() -> (Queue, Vec<Effect>) {
    let mut queue = Queue::new(
        Limits {
            parallel: 8,
            ..limits()
        },
        1,
    );
    let mut effects = Vec::new();
    queue
        .command(many(), at(Duration::ZERO), &mut effects)
        .unwrap();
    (queue, effects)
}

#[test]
fn one_changed_file_copies_one_chunk() {
    let (mut queue, effects) = full();
    let Some(Effect::Start(task)) = effects.iter().find(|e| matches!(e, Effect::Start(_))) else {
        panic!("nothing started");
    };
    let now = at(Duration::from_secs(1));
    let before = queue.snapshot(now);
    let copies = queue.table.copies;
    for bytes in 1..=10 {
        let report = Report::Advanced {
            bytes,
            connections: 1,
        };
        queue.update(
            Event::Report(task.file, task.attempt, report),
            now,
            &mut Vec::new(),
        );
    }
    assert_eq!(queue.table.copies, copies + 1);
    let after = queue.snapshot(now);
    let (old, new) = (&before.groups[0].jobs[0], &after.groups[0].jobs[0]);
    let pairs = old.files.iter().zip(&new.files);
    assert_eq!(
        pairs.filter(|(a, b)| !std::sync::Arc::ptr_eq(a, b)).count(),
        1
    );
    assert_eq!(files(&after.groups[0]).count(), MANY);
}

#[test]
fn a_file_takes_less_than_500_bytes() {
    use crate::queue::file::File;
    use crate::queue::snapshot::{FileSource, FileView};
    let in_line = size_of::<(i64, crate::queue::file::FileKey)>();
    // A B-tree of random keys is two thirds full.
    let id = (16 + size_of::<crate::queue::table::Place>()) * 3 / 2;
    let url = 100 + 16;
    let source = size_of::<FileSource>() + 16 + 16 + url;
    let all = size_of::<FileView>() + size_of::<File>() + source + id + in_line;
    assert!(all <= 500, "{all}");
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    println!("{what}: {:.3} ms", start.elapsed().as_secs_f64() * 1e3);
    result
}

#[test]
#[ignore = "prints timings"]
fn timings() {
    let mut queue = Queue::new(
        Limits {
            parallel: 8,
            ..limits()
        },
        1,
    );
    let mut effects = Vec::new();
    let command = many();
    let now = at(Duration::ZERO);
    let outcome = timed("add 100,000", || queue.command(command, now, &mut effects)).unwrap();
    let Outcome::Group(id) = outcome else {
        panic!()
    };
    timed("records", || queue.unsaved().len());
    timed("first snapshot", || queue.snapshot(now));
    let task = effects.iter().find_map(|effect| match effect {
        Effect::Start(task) => Some(task.clone()),
        _ => None,
    });
    let task = task.unwrap();
    let mut held = queue.snapshot(now);
    for n in 1..=5 {
        let now = at(Duration::from_millis(100 * n));
        let report = Report::Advanced {
            bytes: n,
            connections: 1,
        };
        timed("one report", || {
            queue.update(
                Event::Report(task.file, task.attempt, report),
                now,
                &mut effects,
            );
        });
        held = timed("one snapshot", || queue.snapshot(now));
    }
    let mut all = |what: &str, queue: &mut Queue, event: Event| {
        effects.clear();
        timed(what, || {
            queue.update(event, at(Duration::from_secs(1)), &mut effects)
        });
    };
    all("network down", &mut queue, Event::Network(false));
    all("network up", &mut queue, Event::Network(true));
    all(
        "suspend",
        &mut queue,
        Event::Command(Command::Suspend(vec![id])),
    );
    drop(held);
    all(
        "resume",
        &mut queue,
        Event::Command(Command::Resume(vec![id])),
    );
    run_through(&mut queue);
}

/// Every file is fetched, or fails: the whole of the queue's work for 100,000.
fn run_through(queue: &mut Queue) {
    let mut effects = Vec::new();
    let mut steady = Duration::from_secs(10);
    let mut done = 0;
    let start = Instant::now();
    let snapshot = queue.snapshot(at(steady));
    let running: Vec<_> = files(&snapshot.groups[0])
        .filter(|f| f.state.is_running())
        .collect();
    assert!(running.is_empty(), "{}", running.len());
    // The first ones are about to stop.
    let stopping: Vec<_> = queue.running.clone();
    for key in stopping {
        let (id, attempt) = (queue.table.id(key), queue.table.file(key).attempt);
        queue.update(
            Event::Report(id, attempt, Report::Stopped),
            at(steady),
            &mut effects,
        );
    }
    let mut tasks: std::collections::VecDeque<_> = std::collections::VecDeque::new();
    loop {
        for effect in effects.drain(..) {
            if let Effect::Start(task) = effect {
                tasks.push_back((task.file, task.attempt));
            }
        }
        let Some((file, attempt)) = tasks.pop_front() else {
            break;
        };
        steady += Duration::from_micros(100);
        let path = std::sync::Arc::new(std::path::PathBuf::from("/d/x"));
        let reports = if done % 7 == 0 {
            vec![Report::Failed {
                failure: Failure::status(404),
                progressed: false,
            }]
        } else {
            vec![
                Report::Begun {
                    path: path.clone(),
                    size: Some(9),
                    bytes: 0,
                    resumable: true,
                },
                Report::Written { bytes: 9 },
                Report::Completed {
                    path,
                    bytes: 9,
                    existed: false,
                    fingerprint: None,
                },
            ]
        };
        for report in reports {
            queue.update(
                Event::Report(file, attempt, report),
                at(steady),
                &mut effects,
            );
        }
        done += 1;
        if done % 1000 == 0 {
            let _ = queue.unsaved();
        }
    }
    println!("{done} files run: {:?} each", start.elapsed() / done);
    super::recount::recount(queue);
}

#[test]
#[ignore = "prints timings"]
fn ten_thousand_groups() {
    let mut queue = Queue::new(
        Limits {
            parallel: 8,
            ..limits()
        },
        1,
    );
    let mut effects = Vec::new();
    timed("add 10,000 groups", || {
        for n in 0..10_000 {
            let command = add(
                vec![new_file("a", &n.to_string())],
                Properties::default(),
                true,
            );
            queue
                .command(command, at(Duration::ZERO), &mut effects)
                .unwrap();
        }
    });
    let mut started: Vec<_> = Vec::new();
    let mut ended = 0_u32;
    let start = Instant::now();
    loop {
        for effect in effects.drain(..) {
            if let Effect::Start(task) = effect {
                started.push((task.file, task.attempt));
            }
        }
        let Some((file, attempt)) = started.pop() else {
            break;
        };
        let path = std::sync::Arc::new(std::path::PathBuf::from("/d/x"));
        let report = Report::Completed {
            path,
            bytes: 1,
            existed: false,
            fingerprint: None,
        };
        queue.update(
            Event::Report(file, attempt, report),
            at(Duration::ZERO),
            &mut effects,
        );
        ended += 1;
    }
    println!("{ended} run: {:?} each", start.elapsed() / ended);
    assert_eq!(ended, 10_000);
}
