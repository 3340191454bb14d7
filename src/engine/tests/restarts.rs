//! The queue is kept: the program ends, in order or not, and at its next start everything
//! stands as it was.

use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;

use super::net::{Fault, Net, Source};
use super::world::{SECOND, World, file_in, priority};
use crate::download::{Link, State};
use crate::engine::JournalEvent;
use crate::engine::store::beside;
use crate::queue::{
    Command, ConflictRule, GroupId, Mode, Move, Outcome, Priority, Properties, Property, Snapshot,
};

const ONE: &str = "http://host/one.bin";
const TWO: &str = "http://other/two.bin";
const NAMESAKE: &str = "http://third/two.bin";
const BAD: &str = "http://other/bad.bin";
const NEW: &str = "http://third/one.bin";
const MEGA: u64 = 1_000_000;

fn slow(seed: u64) -> Source {
    Source::new(seed, 6 * MEGA).rate(MEGA / 4)
}

/// What must be the same after a restart.
fn shape(snapshot: &Snapshot) -> Vec<String> {
    let group = |group: &Arc<crate::queue::GroupView>| {
        let files = super::world::files(&Snapshot {
            groups: Arc::new(vec![group.clone()]),
            ..Snapshot::default()
        });
        let files: Vec<_> = files
            .iter()
            .map(|file| {
                let error = file.error.as_ref().map(|error| error.failure.clone());
                let error = error.filter(|_| file.state == State::Error);
                (file.id, file.state.is_final(), file.path.clone(), error)
            })
            .collect();
        let known = (group.id, group.status, group.created, group.completed);
        format!("{known:?} {:?} {files:?}", group.properties)
    };
    snapshot.groups.iter().map(group).collect()
}

/// A life of the program on a clock and in a runtime of its own; what it left running is
/// killed with it.
fn life<T>(net: &Net, place: &Arc<TempDir>, story: impl AsyncFnOnce(&mut World) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut world = World::at(net, place.clone());
        story(&mut world).await
    })
}

fn net() -> Net {
    // (The network needs a clock to be made.)
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async { Net::new() })
}

async fn paused(world: &World, url: &str) -> GroupId {
    let job = world.job(&[url], ConflictRule::Rename);
    let add = Command::Add {
        into: None,
        id: None,
        properties: Properties::default(),
        job,
        start: false,
    };
    match world.command(add).await {
        Ok(Outcome::Group(id)) => id,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn everything_stands_as_it_was() {
    let net = Net::new();
    net.serve(ONE, slow(1));
    net.serve(TWO, Source::new(2, 40_000));
    let mut world = World::queued(&net);
    let done = world.fetch(&[TWO]).await;
    let failed = world.fetch(&[BAD]).await;
    world.until_state(TWO, State::Complete).await;
    world.until_state(BAD, State::Error).await;
    let running = world.add(&[ONE], priority(Priority::High)).await;
    let rests = paused(&world, NEW).await;
    let removed = paused(&world, NEW).await;
    let cancel = Command::Cancel {
        ids: vec![removed],
        delete_finished: false,
    };
    for command in [
        cancel,
        Command::Remove(vec![removed]),
        Command::Set(rests, vec![Property::Name("ruht".into())]),
        Command::Set(rests, vec![Property::Limit(Some(77))]),
        Command::Foreground(vec![rests]),
        Command::Foreground(vec![failed]),
        Command::Move(rests, Move::Top),
        Command::Limit(Some(5 * MEGA)),
        Command::Mode(Mode::Full),
    ] {
        world.told(command).await;
    }
    world.until_bytes(ONE, MEGA).await;
    let before = world.again().await;
    let after = world.snapshot();
    assert_eq!(shape(&after), shape(&before));
    assert_eq!((after.mode, after.limit), (Mode::Full, Some(5 * MEGA)));
    let order: Vec<_> = after.groups.iter().map(|group| group.id).collect();
    assert_eq!(order, [rests, done, failed, running]);
    assert!(file_in(&after, ONE).unwrap().bytes >= MEGA, "at once");
    let asked = net.asked(TWO).len();
    world.told(Command::Background(vec![rests])).await;
    world.until_state(ONE, State::Complete).await;
    world.is_right("one.bin", ONE);
    assert_eq!(
        net.asked(TWO).len(),
        asked,
        "what is complete is not asked for"
    );
    assert!(net.read(ONE) < 7 * MEGA, "{}", net.read(ONE));
    world.again().await;
    assert_eq!(world.file(ONE).state, State::Complete);
    world.end().await;
}

#[test]
fn killed_at_any_moment() {
    for millis in (1..6_000).step_by(211) {
        let (net, place) = (net(), Arc::new(tempfile::tempdir().unwrap()));
        net.serve(ONE, Source::new(1, 900_000).rate(30_000));
        net.serve(TWO, Source::new(2, 50_000).rate(90_000));
        let before = life(&net, &place, async |world: &mut World| {
            world.fetch(&[ONE, TWO]).await;
            world.advance(Duration::from_millis(millis)).await;
            net.read(ONE)
        });
        life(&net, &place, async |world: &mut World| {
            assert_eq!(world.snapshot().groups.len(), 1);
            world.done().await;
            for (name, url) in [("one.bin", ONE), ("two.bin", TWO)] {
                world.is_right(name, url);
            }
            assert_eq!(world.names(), ["one.bin", "two.bin"], "after {millis} ms");
            let again = net.read(ONE) - 900_000_u64.min(net.read(ONE));
            // Eight connections, a chunk and a tick of each.
            assert!(
                again < 8 * (65_536 + 4_000),
                "{again} of {before}, {millis} ms"
            );
            world.end().await;
        });
    }
}

#[test]
fn an_answer_means_that_a_kill_does_not_undo_it() {
    let (net, place) = (net(), Arc::new(tempfile::tempdir().unwrap()));
    net.serve(ONE, slow(1));
    let id = life(&net, &place, async |world: &mut World| {
        let id = paused(world, ONE).await;
        world
            .told(Command::Set(id, vec![Property::Name("kept".into())]))
            .await;
        id
    });
    life(&net, &place, async |world: &mut World| {
        let snapshot = world.snapshot();
        assert_eq!(snapshot.groups[0].properties.name, "kept");
        assert_eq!(world.file(ONE).state, State::Suspended);
        world.told(Command::Resume(vec![id])).await;
    });
    let cancel = Command::Cancel {
        ids: vec![id],
        delete_finished: false,
    };
    life(&net, &place, async |world: &mut World| {
        world.until_bytes(ONE, MEGA).await;
        assert_eq!(world.names(), ["one.bin.ebb-part"]);
        world.told(cancel).await;
    });
    life(&net, &place, async |world: &mut World| {
        world.advance(SECOND).await;
        assert_eq!(world.file(ONE).state, State::Cancelled);
        assert!(world.names().is_empty(), "{:?}", world.names());
        world.told(Command::Remove(vec![id])).await;
    });
    life(&net, &place, async |world: &mut World| {
        assert!(world.snapshot().groups.is_empty());
        world.end().await;
    });
}

#[test]
fn a_part_goes_on_under_its_new_link() {
    let (net, place) = (net(), Arc::new(tempfile::tempdir().unwrap()));
    net.serve(ONE, slow(1));
    net.serve(NEW, Source::new(1, 6 * MEGA));
    let file = life(&net, &place, async |world: &mut World| {
        let group = world.fetch(&[ONE]).await;
        world.until_bytes(ONE, 3 * MEGA).await;
        world.told(Command::Suspend(vec![group])).await;
        world.until_state(ONE, State::Suspended).await;
        let file = world.file(ONE).id;
        let link = Link::parse(NEW).unwrap();
        world.told(Command::SetLink(file, link)).await;
        (group, file)
    });
    life(&net, &place, async |world: &mut World| {
        assert!(world.file(NEW).bytes >= 3 * MEGA);
        let seen = world.look(move |engine| engine.inspect(file.1)).await;
        assert!(seen.unwrap().written.len() >= 3 * MEGA);
        world.told(Command::Resume(vec![file.0])).await;
        world.done().await;
        world.is_right("one.bin", ONE);
        assert!(net.read(NEW) <= 3 * MEGA + 65_536, "{}", net.read(NEW));
        world.end().await;
    });
}

#[tokio::test(start_paused = true)]
async fn two_of_one_url_keep_their_parts_apart() {
    let net = Net::new();
    net.serve(ONE, slow(1));
    let mut world = World::queued(&net);
    world.fetch(&[ONE, ONE]).await;
    world
        .until("both begun", |snapshot| {
            let files = super::world::files(snapshot);
            files.iter().all(|file| file.bytes > 500_000)
        })
        .await;
    world.again().await;
    world.done().await;
    assert_eq!(world.names(), ["one (1).bin", "one.bin"]);
    assert!(net.read(ONE) < 14 * MEGA, "{}", net.read(ONE));
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn the_history_outlives_its_groups() {
    let net = Net::new();
    net.serve(ONE, Source::new(1, 40_000));
    net.serve(TWO, Source::new(2, 2 * MEGA));
    let mut world = World::queued(&net);
    let one = world.fetch(&[ONE]).await;
    world.done().await;
    world.advance(SECOND).await;
    let two = world
        .add(
            &[TWO],
            Properties {
                name: "zwei".into(),
                ..Properties::default()
            },
        )
        .await;
    world.done().await;
    world.told(Command::Remove(vec![one, two])).await;
    world.again().await;
    assert!(world.snapshot().groups.is_empty());
    let (sender, receiver) = std::sync::mpsc::channel();
    let told = sender.clone();
    world
        .look(move |engine| engine.history(9, move |all| told.send(all).unwrap()))
        .await;
    let all = receiver.recv().unwrap();
    let names: Vec<_> = all
        .iter()
        .map(|entry| (entry.group, &*entry.name))
        .collect();
    assert_eq!(names.len(), 2);
    assert!(names.contains(&(one, "one.bin")) && names.contains(&(two, "zwei")));
    let first = all.iter().find(|entry| entry.group == one).unwrap();
    assert_eq!(
        (&*first.host, first.bytes, first.files),
        ("host", 40_000, 1)
    );
    assert_eq!(first.folder, world.folder());
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn no_record_of_a_part_is_left_behind() {
    let net = Net::new();
    net.serve(ONE, Source::new(1, 3 * MEGA));
    net.serve(TWO, Source::new(2, 40_000));
    net.serve(NEW, Source::new(3, 3 * MEGA).always(Fault::Stall(MEGA)));
    let mut world = World::queued(&net);
    net.serve(NAMESAKE, Source::new(4, 40_000));
    world.fetch(&[ONE, TWO, TWO, NAMESAKE]).await;
    let stalls = world.fetch(&[NEW]).await;
    world.until_state(ONE, State::Complete).await;
    world.until_bytes(NEW, MEGA).await;
    let cancel = Command::Cancel {
        ids: vec![stalls],
        delete_finished: false,
    };
    world.told(cancel).await;
    world.advance(SECOND).await;
    let database = world.place().path().join("data").join("ebb.sqlite");
    world.end().await;
    let rows: u32 = beside(&database)
        .query_row("SELECT count(*) FROM parts", [], |row| row.get(0))
        .unwrap();
    assert_eq!(rows, 0);
    assert_eq!(
        world.names(),
        ["one.bin", "two (1).bin", "two (2).bin", "two.bin"]
    );
}

#[tokio::test(start_paused = true)]
async fn a_journal_tells_a_groups_story() {
    let net = Net::new();
    net.serve(ONE, slow(1));
    net.serve(TWO, Source::new(2, 2 * MEGA).faults([Fault::Reset]));
    let mut world = World::queued(&net);
    let group = world.fetch(&[ONE, TWO]).await;
    world.until_state(TWO, State::Complete).await;
    world.told(Command::Suspend(vec![group])).await;
    world.told(Command::Background(vec![group])).await;
    world.told(Command::Resume(vec![group])).await;
    assert!(world.command(Command::Suspend(vec![])).await.is_ok());
    world.done().await;
    let entries = world.look(move |engine| engine.entries(group)).await;
    assert!(entries.is_sorted_by_key(|entry| entry.at));
    let (one, two) = (world.file(ONE).id, world.file(TWO).id);
    let has = |file, is: fn(&JournalEvent) -> bool| {
        let mine = entries.iter().filter(|entry| entry.file == file);
        mine.filter(|entry| is(&entry.event)).count()
    };
    for (file, count, is) in [
        (
            None,
            1,
            (|e| *e == JournalEvent::Added { files: 2 }) as fn(&JournalEvent) -> bool,
        ),
        (None, 1, |e| *e == JournalEvent::Suspended),
        (None, 1, |e| *e == JournalEvent::Background),
        (None, 1, |e| *e == JournalEvent::Resumed),
        (None, 1, |e| *e == JournalEvent::Completed),
        (Some(two), 1, |e| {
            matches!(
                e,
                JournalEvent::Waits {
                    failure: Some(_),
                    ..
                }
            )
        }),
        (Some(two), 1, |e| *e == JournalEvent::FileCompleted),
        (Some(one), 2, |e| {
            matches!(
                e,
                JournalEvent::Begun {
                    resumable: true,
                    ..
                }
            )
        }),
    ] {
        assert_eq!(has(file, is), count, "{file:?} {entries:#?}");
    }
    assert_eq!(entries.last().unwrap().event, JournalEvent::Completed);
    world.told(Command::Remove(vec![group])).await;
    assert!(
        world
            .look(move |engine| engine.entries(group))
            .await
            .is_empty()
    );
    world.end().await;
}

#[test]
fn small_files_come_once_however_it_ends() {
    for millis in (20..400).step_by(9) {
        let (net, place) = (net(), Arc::new(tempfile::tempdir().unwrap()));
        net.serve(ONE, slow(1));
        let urls: Vec<_> = (0..4).map(|n| format!("http://host{n}/{n}.bin")).collect();
        for (seed, url) in (2..).zip(&urls) {
            net.serve(url, Source::new(seed, 40_000).rate(seed * 100_000));
        }
        life(&net, &place, async |world: &mut World| {
            world.fetch(&[ONE]).await;
            for url in &urls {
                world.fetch(&[url]).await;
            }
            world.advance(Duration::from_millis(millis)).await;
        });
        life(&net, &place, async |world: &mut World| {
            world
                .until("the small ones", |snapshot| {
                    let files = super::world::files(snapshot);
                    let done = files.iter().filter(|file| file.state == State::Complete);
                    done.count() == 4
                })
                .await;
            world.advance(SECOND).await;
            let names = ["0.bin", "1.bin", "2.bin", "3.bin", "one.bin.ebb-part"];
            assert_eq!(world.names(), names, "after {millis} ms");
            world.end().await;
        });
    }
}

#[tokio::test(start_paused = true)]
async fn cancelled_and_closed_at_once() {
    let net = Net::new();
    net.serve(ONE, slow(1));
    let mut world = World::queued(&net);
    let group = world.fetch(&[ONE]).await;
    world.until_bytes(ONE, MEGA).await;
    let cancel = Command::Cancel {
        ids: vec![group],
        delete_finished: false,
    };
    tokio::join!(biased; world.told(cancel), world.end());
    assert!(world.names().is_empty(), "{:?}", world.names());
    let world = World::at(&net, world.place());
    world.advance(SECOND).await;
    assert_eq!(world.file(ONE).state, State::Cancelled);
    assert!(world.names().is_empty(), "{:?}", world.names());
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn complete_at_the_last_moment() {
    let net = Net::new();
    // One after the other, within the time that a write of progress may wait.
    net.serve(ONE, Source::new(1, 40_000).rate(400_000));
    net.serve(TWO, Source::new(2, 40_000).rate(330_000));
    let mut world = World::queued(&net);
    let group = world.fetch(&[ONE, TWO]).await;
    world.until_state(ONE, State::Complete).await;
    world.until_state(TWO, State::Complete).await;
    world.again().await;
    let seen = world.snapshot();
    let all = super::world::files(&seen);
    assert!(all.iter().all(|file| file.state == State::Complete));
    let (sender, receiver) = std::sync::mpsc::channel();
    world
        .look(move |engine| engine.totals(move |totals| sender.send(totals).unwrap()))
        .await;
    let totals = receiver.recv().unwrap();
    assert_eq!((totals.bytes, totals.files, totals.groups), (80_000, 2, 1));
    assert_eq!(seen.groups[0].id, group);
    world.end().await;
}
