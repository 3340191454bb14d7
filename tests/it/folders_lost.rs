//! Folders that go away, or become others, under a running Ebb: what is fetched stands where JSON says, nothing is
//! held that nothing happens in, and `cancel --delete` takes only what Ebb left there (contract, 1).

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::MIB;
use crate::desk::{names_in, skip};
use crate::served::{Served, files, until};
use crate::server::{Behaviour, Payload, Server};

const SMALL: Payload = Payload::new(351, 50_000);
const OTHER: Payload = Payload::new(352, 60_000);
const LARGE: Payload = Payload::new(353, 16 * MIB);

fn start() -> (Served, Server) {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/small.bin", Behaviour::file(SMALL));
    server.serve("/other.bin", Behaviour::file(OTHER));
    server.serve("/large.bin", Behaviour::file(LARGE));
    (served, server)
}

/// `add -d FOLDER URL…` in the foreground; the group's id.
fn add(served: &Served, folder: &Path, urls: &[&str]) -> String {
    let folder = folder.to_str().expect("a name in UTF-8");
    let args = ["-d", folder, "-x", "1", "--priority", "foreground"];
    served.add(&[&args[..], urls].concat())
}

/// The paths that JSON says, of complete files.
fn complete(served: &Served, id: &str) -> Vec<PathBuf> {
    let group = served.until_state(id, "complete");
    let path = |file: &&Value| file["path"].as_str().map(PathBuf::from);
    files(&group).iter().filter_map(path).collect()
}

/// What the program holds open under this path.
fn held(served: &Served, under: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(format!("/proc/{}/fd", served.id())).expect("its files");
    let links = entries.filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok());
    links.filter(|link| link.starts_with(under)).collect()
}

#[test]
fn a_folder_that_was_removed_is_made_again() {
    let (served, server) = start();
    for url in ["/small.bin", "/large.bin"] {
        for remade in [false, true] {
            let folder = served.file("folder");
            complete(&served, &add(&served, &folder, &[&server.url(url)]));
            std::fs::remove_dir_all(&folder).expect("a folder");
            if remade {
                std::fs::create_dir(&folder).expect("a folder");
            }
            let id = add(&served, &folder, &[&server.url(url)]);
            let expected = folder.join(&url[1..]);
            assert_eq!(
                complete(&served, &id),
                std::slice::from_ref(&expected),
                "{remade}"
            );
            assert!(expected.is_file());
            std::fs::remove_dir_all(&folder).expect("a folder");
        }
    }
}

#[test]
fn what_is_added_stands_in_the_folder_that_is_there_now() {
    let (served, server) = start();
    server.serve("/slow.bin", Behaviour::file(LARGE).rate(MIB));
    let (folder, aside) = (served.file("folder"), served.file("aside"));
    // Something is under way in the old one all the while.
    let slow = add(&served, &folder, &[&server.url("/slow.bin")]);
    served.until_state(&slow, "transferring");
    std::fs::rename(&folder, &aside).expect("a folder");
    std::fs::create_dir(&folder).expect("a folder");
    let urls = [server.url("/small.bin"), server.url("/large.bin")];
    let id = add(&served, &folder, &[&urls[0], &urls[1]]);
    let paths = complete(&served, &id);
    assert_eq!(paths, [folder.join("small.bin"), folder.join("large.bin")]);
    SMALL.assert_at(&paths[0]);
    LARGE.assert_at(&paths[1]);
    assert!(!aside.join("small.bin").exists() && !aside.join("large.bin").exists());
}

/// Half of it is there when its folder becomes another; the group's id.
fn moved_half_way(served: &Served, server: &Server, folder: &Path, aside: &Path) -> String {
    server.serve("/slow.bin", Behaviour::file(LARGE).rate(2 * MIB));
    let id = add(served, folder, &[&server.url("/slow.bin")]);
    served.until(&id, |group| {
        group["progress"]["bytes"].as_u64() > Some(2 * MIB)
    });
    std::fs::rename(folder, aside).expect("a folder");
    std::fs::create_dir(folder).expect("a folder");
    id
}

#[test]
fn what_was_moved_away_with_its_folder_goes_when_it_is_cancelled() {
    for suspended in [false, true] {
        let (served, server) = start();
        let (folder, aside) = (served.file("folder"), served.file("aside"));
        let id = moved_half_way(&served, &server, &folder, &aside);
        if suspended {
            served.ok(&["suspend", &id]);
            server.wait_until(|facts| facts.open_connections == 0);
        }
        served.ok(&["cancel", &id]);
        until("the part is gone", || names_in(&aside).is_empty());
        assert!(names_in(&folder).is_empty());
    }
}

#[test]
fn what_was_moved_away_with_its_folder_is_complete_where_it_belongs() {
    let (served, server) = start();
    let (folder, aside) = (served.file("folder"), served.file("aside"));
    let id = moved_half_way(&served, &server, &folder, &aside);
    let waits = served.until_state(&id, "waiting");
    assert_eq!(waits["waiting"]["reason"], "destination");
    let part = files(&waits)[0]["path"].as_str().map(PathBuf::from);
    assert_eq!(part, Some(aside.join("slow.bin")), "where it is now");
    server.serve("/slow.bin", Behaviour::file(LARGE));
    let path = folder.join("slow.bin");
    assert_eq!(complete(&served, &id), std::slice::from_ref(&path));
    LARGE.assert_at(&path);
    assert!(names_in(&aside).is_empty(), "{:?}", names_in(&aside));
}

#[test]
fn nothing_is_held_where_nothing_happens() {
    let (served, server) = start();
    let folder = served.file("folder");
    let urls = [server.url("/small.bin"), server.url("/large.bin")];
    complete(&served, &add(&served, &folder, &[&urls[0], &urls[1]]));
    until("it is let go", || held(&served, &folder).is_empty());
    server.serve("/slow.bin", Behaviour::file(LARGE).rate(MIB));
    let id = add(&served, &folder, &[&server.url("/slow.bin")]);
    served.until_state(&id, "transferring");
    assert!(!held(&served, &folder).is_empty(), "or this proves nothing");
    served.ok(&["suspend", &id]);
    until("it is let go", || held(&served, &folder).is_empty());
}

#[test]
fn a_disk_can_be_taken_away() {
    let (served, server) = start();
    let disk = served.file("disk");
    std::fs::create_dir(&disk).expect("a folder");
    let is_done = |command: &mut Command| command.output().is_ok_and(|out| out.status.success());
    let mount = ["-t", "tmpfs", "none"];
    if !is_done(Command::new("mount").args(mount).arg(&disk)) {
        return skip("only root can mount a disk here");
    }
    let urls = [server.url("/small.bin"), server.url("/large.bin")];
    let id = add(&served, &disk.join("in"), &[&urls[0], &urls[1]]);
    complete(&served, &id);
    until("it can be taken away", || {
        is_done(Command::new("umount").arg(&disk))
    });
}

/// What a person does to a file after Ebb has finished it.
type Deed = fn(&Path);

fn append(path: &Path) {
    use std::io::Write;
    let mut file = std::fs::OpenOptions::new()
        .append(true)
        .open(path)
        .expect("a file");
    file.write_all(b"more").expect("room");
}

/// Other bytes, as many, and the date as it was.
fn make_alike(path: &Path) {
    let modified = path
        .metadata()
        .and_then(|data| data.modified())
        .expect("a date");
    let other = path.with_extension("mine");
    std::fs::write(&other, vec![b'm'; 50_000]).expect("room");
    let times = std::fs::FileTimes::new().set_modified(modified);
    let file = std::fs::File::options()
        .write(true)
        .open(&other)
        .expect("a file");
    file.set_times(times).expect("its owner");
    std::fs::rename(other, path).expect("a name");
}

const DEEDS: [(&str, Deed); 7] = [
    ("new text", |path| {
        std::fs::remove_file(path).expect("a file");
        std::fs::write(path, "mine").expect("room");
    }),
    ("one moved over it", make_alike),
    ("written in place", |path| {
        std::fs::write(path, vec![b'm'; 50_000]).expect("room");
    }),
    ("appended to", append),
    ("a link", |path| {
        std::fs::rename(path, path.with_extension("kept")).expect("a name");
        std::os::unix::fs::symlink("small.kept", path).expect("a link");
    }),
    ("a folder", |path| {
        std::fs::remove_file(path).expect("a file");
        std::fs::create_dir(path).expect("a folder");
    }),
    ("gone", |path| std::fs::remove_file(path).expect("a file")),
];

/// Finishes two files, does this to the first, and cancels with `--delete`, after a restart or not.
fn deleted_after(deed: Deed, restarts: bool) -> (bool, Vec<String>) {
    let (mut served, server) = start();
    let folder = served.file("folder");
    let urls = [
        server.url("/small.bin"),
        server.url("/other.bin"),
        server.url("/large.bin"),
    ];
    // The third one keeps the group from being complete, which would be final.
    server.serve("/large.bin", Behaviour::file(LARGE).rate(MIB));
    let id = add(&served, &folder, &[&urls[0], &urls[1], &urls[2]]);
    served.until(&id, |group| group["files_done"] == 2);
    deed(&folder.join("small.bin"));
    let before = std::fs::symlink_metadata(folder.join("small.bin")).is_ok();
    if restarts {
        served.ok(&["suspend", &id]);
        served = served.again();
    }
    served.ok(&["cancel", "--delete", &id]);
    until("what Ebb wrote is gone", || {
        let names = names_in(&folder);
        !names
            .iter()
            .any(|name| name.starts_with("other") || name.starts_with("large"))
    });
    (before, names_in(&folder))
}

#[test]
fn what_a_person_made_of_a_finished_file_stays() {
    for (what, deed) in DEEDS {
        for restarts in [false, true] {
            let (before, names) = deleted_after(deed, restarts);
            let is_there = names.iter().any(|name| name == "small.bin");
            assert_eq!(is_there, before, "{what} {restarts}: {names:?}");
        }
    }
}

#[test]
fn what_nobody_touched_goes_after_a_restart_too() {
    for restarts in [false, true] {
        let (_, names) = deleted_after(|_| {}, restarts);
        assert!(names.is_empty(), "{restarts}: {names:?}");
    }
}
