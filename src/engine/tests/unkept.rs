//! The store cannot be written: nothing is promised that would be lost, and all is well again
//! when it can be.

use rusqlite::Connection;

use super::net::{Net, Source};
use super::world::{SECOND, World};
use crate::download::State;
use crate::engine::NotSaved;
use crate::engine::store::beside;
use crate::queue::{
    Command, ConflictRule, Flags, GroupId, NewJob, Outcome, Properties, Property, Refusal,
};

const ONE: &str = "http://host/one.bin";
const TWO: &str = "http://host/two.bin";

/// The database as somebody has it who can fill the disk.
fn disk(world: &World) -> Connection {
    beside(&world.place().path().join("data").join("ebb.sqlite"))
}

fn fill(disk: &Connection) {
    for table in ["program", "queue_groups"] {
        let stop = format!(
            "CREATE TRIGGER full_{table} BEFORE INSERT ON {table}
             BEGIN SELECT RAISE(ABORT, 'no room'); END"
        );
        disk.execute_batch(&stop).unwrap();
    }
}

fn make_room(disk: &Connection) {
    disk.execute_batch("DROP TRIGGER full_program; DROP TRIGGER full_queue_groups")
        .unwrap();
}

fn count(disk: &Connection, table: &str) -> u32 {
    let query = format!("SELECT count(*) FROM {table}");
    disk.query_row(&query, [], |row| row.get(0)).unwrap()
}

fn refused(holds: bool) -> Result<Outcome, Refusal> {
    let reason = "no room".to_owned();
    Err(Refusal::NotKept { reason, holds })
}

fn add(into: Option<GroupId>, job: NewJob) -> Command {
    Command::Add {
        into,
        id: None,
        properties: Properties::default(),
        job,
        start: true,
    }
}

async fn made(world: &World) -> GroupId {
    match world.command(new()).await {
        Ok(Outcome::Group(id)) => id,
        other => panic!("{other:?}"),
    }
}

fn new() -> Command {
    Command::New {
        id: None,
        properties: Properties::default(),
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_new_is_refused_and_what_is_changed_holds() {
    let net = Net::new();
    net.serve(ONE, Source::new(1, 1_000));
    let mut world = World::queued(&net);
    let (standing, disk) = (made(&world).await, disk(&world));
    fill(&disk);
    assert_eq!(world.command(new()).await, refused(false));
    // From now on that is known.
    let job = || world.job(&[ONE], ConflictRule::Rename);
    for into in [None, Some(standing)] {
        assert_eq!(world.command(add(into, job())).await, refused(false));
    }
    assert!(net.asked(ONE).is_empty());
    let name = Command::Set(standing, vec![Property::Name("changed".into())]);
    assert_eq!(world.command(name).await, refused(true));
    let wrong = world.command(Command::Resume(vec![standing])).await;
    assert_eq!(wrong, Err(Refusal::Empty), "refused for its own reason");
    world.advance(30 * SECOND).await;
    let seen = world.snapshot().groups;
    assert_eq!((seen.len(), &*seen[0].properties.name), (1, "changed"));

    make_room(&disk);
    world.advance(2 * SECOND).await;
    let second = made(&world).await;
    world.again().await;
    let seen = world.snapshot().groups;
    let ids: Vec<_> = seen.iter().map(|group| group.id).collect();
    assert_eq!(ids, [standing, second]);
    assert_eq!(seen[0].properties.name, "changed");
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn what_had_begun_is_taken_off_and_its_bytes_too() {
    let net = Net::new();
    net.serve(ONE, Source::new(1, 6_000_000).rate(250_000));
    let mut world = World::queued(&net);
    let disk = disk(&world);
    fill(&disk);
    let job = world.job(&[ONE], ConflictRule::Rename);
    assert_eq!(world.command(add(None, job)).await, refused(false));
    world.advance(30 * SECOND).await;
    assert!(world.snapshot().groups.is_empty());
    assert!(world.names().is_empty(), "{:?}", world.names());
    assert_eq!(net.open(), 0);
    // Nothing was promised, so that nothing is lost.
    assert_eq!(world.command(new()).await, refused(false));
    world.again().await;

    make_room(&disk);
    world.advance(2 * SECOND).await;
    for table in ["queue_groups", "queue_jobs", "queue_files", "parts"] {
        assert_eq!(count(&disk, table), 0, "{table}");
    }
    world.fetch(&[ONE]).await;
    world.until_state(ONE, State::Complete).await;
    world.is_right("one.bin", ONE);
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn what_joined_a_group_in_that_moment_stays_there() {
    let net = Net::new();
    net.serve(ONE, Source::new(1, 1_000));
    let mut world = World::queued(&net);
    let (standing, disk) = (made(&world).await, disk(&world));
    fill(&disk);
    let job = world.job(&[ONE], ConflictRule::Rename);
    let joined = world.command(add(Some(standing), job)).await;
    assert_eq!(joined, refused(true));
    world.until_state(ONE, State::Complete).await;
    make_room(&disk);
    world.advance(2 * SECOND).await;
    assert_eq!(count(&disk, "queue_files"), 1);
    world.again().await;
    assert_eq!(world.file(ONE).state, State::Complete);
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn a_large_group_without_room_keeps_no_small_change_from_being_written() {
    let net = Net::new();
    let mut world = World::queued(&net);
    let (standing, disk) = (made(&world).await, disk(&world));
    disk.execute_batch(
        "CREATE TRIGGER small BEFORE INSERT ON queue_files WHEN NEW.place > 0
         BEGIN SELECT RAISE(ABORT, 'no room'); END",
    )
    .unwrap();
    let large = world.job(&[ONE, TWO], ConflictRule::Rename);
    assert_eq!(world.command(add(None, large)).await, refused(false));
    world.advance(2 * SECOND).await;
    let small = world.job(&[ONE], ConflictRule::Rename);
    assert!(world.command(add(None, small)).await.is_ok());
    world.told(Command::Foreground(vec![standing])).await;
    world.again().await;
    let seen = world.snapshot().groups;
    assert_eq!(seen.len(), 2);
    assert!(seen[0].status.contains(Flags::FOREGROUND));
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn the_end_says_what_could_not_be_saved() {
    let net = Net::new();
    let mut world = World::queued(&net);
    let (standing, disk) = (made(&world).await, disk(&world));
    fill(&disk);
    let foreground = Command::Foreground(vec![standing]);
    assert_eq!(world.command(foreground).await, refused(true));
    let saved = world.handle().shutdown().await;
    assert_eq!(saved, Err(NotSaved("no room".to_owned())));
    make_room(&disk);
    world.again().await;
    let seen = world.snapshot().groups;
    assert!(!seen[0].status.contains(Flags::FOREGROUND));
    // The last try is one that may succeed.
    fill(&disk);
    let foreground = Command::Foreground(vec![standing]);
    assert_eq!(world.command(foreground).await, refused(true));
    make_room(&disk);
    assert_eq!(world.handle().shutdown().await, Ok(()));
    world.again().await;
    let seen = world.snapshot().groups;
    assert!(seen[0].status.contains(Flags::FOREGROUND));
    world.end().await;
}
