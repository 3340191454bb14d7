//! Another folder for a group: on the same disk, on another one, and where the old has gone.

use std::path::{Path, PathBuf};

use super::net::{Net, Source};
use super::world::{SECOND, World};
use crate::download::{Failure, State, WaitReason};
use crate::engine::JournalEvent;
use crate::queue::{Command, GroupId, Notice};

const ONE: &str = "http://host/one.bin";
const TWO: &str = "http://other/two.bin";
const MEGA: u64 = 1_000_000;

fn slow(seed: u64) -> Source {
    Source::new(seed, 8 * MEGA).rate(MEGA / 2)
}

fn names(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    entries
        .map(|entry| entry.unwrap().file_name().into())
        .collect()
}

fn is_right(world: &World, folder: &Path, name: &str, url: &str) {
    let there = std::fs::read(folder.join(name)).unwrap();
    assert!(
        there == world.net.bytes(url),
        "{name} has other bytes than {url}"
    );
    assert_eq!(names(folder), [Path::new(name)], "and nothing else");
    assert_eq!(world.file(url).path.as_deref(), Some(&folder.join(name)));
}

/// Moves what runs, and gives how many bytes there were, and how many came in all.
async fn moved(world: &mut World, group: GroupId, folder: &Path) -> (u64, u64) {
    world.until_bytes(ONE, 4 * MEGA).await;
    let kept = world.file(ONE).bytes;
    world
        .told(Command::SetFolder(group, folder.to_owned()))
        .await;
    world.done().await;
    assert!(world.names().is_empty(), "{:?}", world.names());
    is_right(world, folder, "one.bin", ONE);
    (kept, world.net.read(ONE))
}

#[tokio::test(start_paused = true)]
async fn what_runs_goes_on_there_with_its_bytes() {
    let net = Net::new();
    net.serve(ONE, slow(1));
    let mut world = World::queued(&net);
    let group = world.fetch(&[ONE]).await;
    let folder = world.place().path().join("else/where");
    let (kept, read) = moved(&mut world, group, &folder).await;
    assert!(kept >= 4 * MEGA && read < 9 * MEGA, "{read}");
    let started_over = |notice: &Notice| matches!(notice, Notice::FileStartedOver(_));
    assert!(!world.notices().iter().any(started_over));
    let journal = world.handle().journal(group).await;
    let changed = journal
        .iter()
        .filter(|entry| entry.event == JournalEvent::FolderChanged);
    assert_eq!(changed.count(), 1);
    world.end().await;
}

#[cfg(target_os = "linux")]
#[tokio::test(start_paused = true)]
async fn a_part_is_copied_to_another_disk() {
    // (Where this is no disk of its own, the part is renamed, and all else holds.)
    let Ok(other) = tempfile::tempdir_in("/dev/shm") else {
        return;
    };
    let net = Net::new();
    net.serve(ONE, slow(1));
    let mut world = World::queued(&net);
    let group = world.fetch(&[ONE]).await;
    let (_, read) = moved(&mut world, group, other.path()).await;
    assert!(read < 9 * MEGA, "{read}");
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn where_the_old_folder_has_gone_it_starts_over() {
    let net = Net::new();
    net.serve(ONE, slow(1));
    let mut world = World::queued(&net);
    let group = world.fetch(&[ONE]).await;
    world.until_bytes(ONE, 4 * MEGA).await;
    world.told(Command::Suspend(vec![group])).await;
    world.advance(SECOND).await;
    std::fs::remove_dir_all(world.folder()).unwrap();
    let folder = world.place().path().join("elsewhere");
    world.told(Command::SetFolder(group, folder.clone())).await;
    world.told(Command::Resume(vec![group])).await;
    world.done().await;
    is_right(&world, &folder, "one.bin", ONE);
    let started_over = |notice: &&Notice| matches!(notice, Notice::FileStartedOver(_));
    assert_eq!(world.notices().iter().filter(started_over).count(), 1);
    world.end().await;
}

/// The folder goes while the file runs: that is found out when it gets its name.
#[tokio::test(start_paused = true)]
async fn what_waits_for_its_folder_is_complete_in_the_other_one() {
    let net = Net::new();
    net.serve(ONE, slow(1));
    let mut world = World::queued(&net);
    let group = world.fetch(&[ONE]).await;
    world.until_bytes(ONE, 4 * MEGA).await;
    std::fs::remove_dir_all(world.folder()).unwrap();
    world.until_state(ONE, State::Waiting).await;
    let waits = world.file(ONE).waiting.unwrap();
    assert_eq!(waits.reason, WaitReason::Destination);
    net.serve(ONE, Source::new(1, 8 * MEGA));
    let folder = world.place().path().join("elsewhere");
    world.told(Command::SetFolder(group, folder.clone())).await;
    let time = world.done().await;
    assert!(time < 2 * SECOND, "{time:?}: at once");
    is_right(&world, &folder, "one.bin", ONE);
    assert!(!world.folder().exists());
    world.end().await;
}

/// A disk is full for whatever claims to be larger than it.
#[tokio::test(start_paused = true)]
async fn what_found_no_room_is_complete_in_the_other_folder() {
    let net = Net::new();
    net.serve(ONE, Source::new(1, 1 << 60));
    let mut world = World::queued(&net);
    let group = world.fetch(&[ONE]).await;
    world.until_state(ONE, State::Error).await;
    let problem = world.file(ONE).error.unwrap();
    assert!(
        matches!(problem.failure, Failure::DiskFull { .. }),
        "{problem:?}"
    );
    net.serve(ONE, Source::new(1, 3 * MEGA));
    let folder = world.place().path().join("elsewhere");
    world.told(Command::SetFolder(group, folder.clone())).await;
    world.told(Command::Resume(vec![group])).await;
    world.done().await;
    is_right(&world, &folder, "one.bin", ONE);
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn what_failed_goes_on_when_it_is_resumed() {
    let net = Net::new();
    net.serve(ONE, Source::new(1, 3 * MEGA));
    let mut world = World::queued(&net);
    std::fs::write(world.folder(), "a file").unwrap();
    let group = world.fetch(&[ONE]).await;
    world.until_state(ONE, State::Error).await;
    let folder = world.place().path().join("elsewhere");
    world.told(Command::SetFolder(group, folder.clone())).await;
    world.told(Command::Resume(vec![group])).await;
    world.done().await;
    is_right(&world, &folder, "one.bin", ONE);
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn a_restart_keeps_it() {
    let net = Net::new();
    net.serve(ONE, slow(1));
    let mut world = World::queued(&net);
    let group = world.fetch(&[ONE]).await;
    world.until_bytes(ONE, 4 * MEGA).await;
    world.told(Command::Suspend(vec![group])).await;
    world.advance(SECOND).await;
    let folder = world.place().path().join("elsewhere");
    world.told(Command::SetFolder(group, folder.clone())).await;
    world.again().await;
    assert!(world.file(ONE).bytes >= 4 * MEGA, "still in the old folder");
    world.told(Command::Resume(vec![group])).await;
    world.until_bytes(ONE, 6 * MEGA).await;
    // And once more, when the part stands in the new one.
    world.again().await;
    assert!(world.file(ONE).bytes >= 6 * MEGA);
    world.done().await;
    is_right(&world, &folder, "one.bin", ONE);
    assert!(net.read(ONE) < 10 * MEGA, "{}", net.read(ONE));
    world.end().await;
}

/// The server cannot be reached after the part has moved: what is known of it moves, too.
#[tokio::test(start_paused = true)]
async fn a_cancel_after_the_move_leaves_nothing() {
    let net = Net::new();
    net.serve(ONE, slow(1));
    let mut world = World::queued(&net);
    let group = world.fetch(&[ONE]).await;
    world.until_bytes(ONE, 4 * MEGA).await;
    net.change(ONE, |source| source.always = super::net::Fault::Refused);
    let folder = world.place().path().join("elsewhere");
    world.told(Command::SetFolder(group, folder.clone())).await;
    world.until_state(ONE, State::Waiting).await;
    assert_eq!(names(&folder), [Path::new("one.bin.ebb-part")]);
    assert!(world.names().is_empty());
    world.again().await;
    assert!(world.file(ONE).bytes >= 4 * MEGA, "known after a restart");
    let cancel = Command::Cancel {
        ids: vec![group],
        delete_finished: false,
    };
    world.told(cancel).await;
    world.advance(SECOND).await;
    assert!(names(&folder).is_empty(), "{:?}", names(&folder));
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn finished_files_stay() {
    let net = Net::new();
    net.serve(ONE, slow(1));
    net.serve(TWO, Source::new(2, 1_000));
    let mut world = World::queued(&net);
    let group = world.fetch(&[ONE, TWO]).await;
    world.until_state(TWO, State::Complete).await;
    world.until_bytes(ONE, MEGA).await;
    let folder = world.place().path().join("elsewhere");
    world.told(Command::SetFolder(group, folder.clone())).await;
    world.done().await;
    is_right(&world, &folder, "one.bin", ONE);
    assert_eq!(world.names(), ["two.bin"]);
    world.is_right("two.bin", TWO);
    world.end().await;
}
