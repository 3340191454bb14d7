//! The disk of Ebb's own data is full: what cannot be written down is not promised (contract, 4).

use std::fs::File;
use std::io::{Read, Write, repeat};
use std::path::{Path, PathBuf};
use std::process::Command;

use rustix::process::Signal;
use tempfile::TempDir;

use crate::desk::{Desk, skip};
use crate::served::{Served, flags, until};

/// A file system of 3 MiB, for as long as this lives.
struct Disk(TempDir);

impl Disk {
    /// None, with a word about it, where none can be mounted.
    fn mount() -> Option<Self> {
        let folder = TempDir::new().expect("a folder for the disk");
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=3m", "tmpfs"])
            .arg(folder.path())
            .output();
        if !mount.is_ok_and(|done| done.status.success()) {
            skip("a small disk can be mounted by root alone");
            return None;
        }
        Some(Self(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn ballast(&self) -> PathBuf {
        self.path().join("ballast")
    }

    fn fill(&self) {
        let mut file = File::create(self.ballast()).expect("a file");
        // Large pieces first, then what is left, byte by byte.
        for length in [65_536, 1] {
            let mut piece = Vec::new();
            let read = repeat(7).take(length).read_to_end(&mut piece);
            read.expect("a piece");
            while file.write_all(&piece).is_ok() {}
        }
    }

    fn make_room(&self) {
        std::fs::remove_file(self.ballast()).expect("the ballast");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

/// `ebb serve` on it.
fn serve(disk: &Disk) -> Served {
    Served::at(Desk::with_home(disk.path().to_str().expect("a path")))
}

/// Adds until a name of 200 letters finds no room; the ids that were told.
fn add_until_refused(served: &Served) -> (Vec<String>, String) {
    let (name, mut ids) = ("n".repeat(200), Vec::new());
    let add = ["add", "--suspended", "-n", &name, "http://127.0.0.1:9/a"];
    for _ in 0..2_000 {
        let added = served.ebb(&add);
        if added.code != Some(0) {
            assert!(added.stdout.is_empty(), "no id: {added:?}");
            return (ids, added.ended(1).to_owned());
        }
        ids.extend(added.stdout);
    }
    panic!("there is always room");
}

fn ids(served: &Served) -> Vec<String> {
    let groups = served.list();
    let ids = groups
        .iter()
        .map(|group| group["id"].as_str().expect("an id"));
    ids.map(str::to_owned).collect()
}

#[test]
fn an_id_that_was_told_is_there_after_a_kill_and_no_other_one() {
    let Some(disk) = Disk::mount() else { return };
    let served = serve(&disk);
    disk.fill();
    let (told, line) = add_until_refused(&served);
    assert!(line.contains("nothing was added"), "{line}");
    for _ in 0..11 {
        let line = served.refused(&["add", "--suspended", "http://127.0.0.1:9/b"]);
        assert!(line.contains("nothing was added"), "{line}");
    }
    let line = served.refused(&["new"]);
    assert!(line.contains("nothing was added"), "{line}");
    assert_eq!(ids(&served), told);
    let (_, desk) = served.end(Signal::KILL);

    disk.make_room();
    let served = Served::at(desk);
    assert_eq!(ids(&served), told);
    served.add(&["--suspended", "http://127.0.0.1:9/c"]);
}

#[test]
fn it_ends_in_order_where_nothing_is_lost() {
    let Some(disk) = Disk::mount() else { return };
    let served = serve(&disk);
    disk.fill();
    let (told, _) = add_until_refused(&served);
    let (outcome, desk) = served.end(Signal::TERM);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    disk.make_room();
    assert_eq!(ids(&Served::at(desk)), told);
}

#[test]
fn what_is_lost_at_the_end_is_said() {
    let Some(disk) = Disk::mount() else { return };
    let served = serve(&disk);
    let id = served.add(&["--suspended", "http://127.0.0.1:9/a"]);
    disk.fill();
    add_until_refused(&served);
    let line = served.refused(&["foreground", &id]);
    assert!(line.contains("not saved"), "{line}");
    assert!(flags(&served.show(&id)).contains(&"foreground"), "it holds");
    let (outcome, desk) = served.end(Signal::TERM);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    let said = outcome
        .stderr
        .lines()
        .filter(|line| line.starts_with("ebb: "));
    let said: Vec<_> = said.collect();
    assert!(
        said.len() == 1 && said[0].contains("the queue could not be saved"),
        "{outcome:?}"
    );
    disk.make_room();
    let served = Served::at(desk);
    assert!(!flags(&served.show(&id)).contains(&"foreground"));
}

#[test]
fn when_there_is_room_again_it_recovers_by_itself() {
    let Some(disk) = Disk::mount() else { return };
    let served = serve(&disk);
    let id = served.add(&["--suspended", "http://127.0.0.1:9/a"]);
    disk.fill();
    add_until_refused(&served);
    served.refused(&["foreground", &id]);
    disk.make_room();
    until("a new group is taken", || {
        served.ebb(&["new"]).code == Some(0)
    });
    let before = ids(&served);
    let (_, desk) = served.end(Signal::KILL);
    let served = Served::at(desk);
    assert_eq!(ids(&served), before);
    assert!(flags(&served.show(&id)).contains(&"foreground"));
}
