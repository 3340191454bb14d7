//! Cancelling is final: finished files stay, parts go, nothing else is touched; removing takes off the list what
//! has ended, and no file off the disk (contract, 1 and 2).

use crate::MIB;
use crate::served::{Served, flags, until};
use crate::server::{Behaviour, Payload, Server};

const LARGE: Payload = Payload::new(341, 16 * MIB);
const SMALL: Payload = Payload::new(342, 50_000);

/// One file is there, one half there; and what a person has in the same folder. The group's id.
fn half_way(served: &Served, server: &Server) -> String {
    server.serve("/small.bin", Behaviour::file(SMALL));
    server.serve("/large.bin", Behaviour::file(LARGE).rate(2 * MIB));
    for name in ["mine.txt", "large.bin.ebb-part.bak", "other.ebb-part"] {
        std::fs::write(served.file(name), name).expect("a person's file");
    }
    let urls = [server.url("/small.bin"), server.url("/large.bin")];
    let id = served.add(&["-x", "1", "--priority", "foreground", &urls[0], &urls[1]]);
    served.until(&id, |group| {
        group["files_done"] == 1 && group["progress"]["bytes"].as_u64() > Some(2 * MIB)
    });
    assert!(served.part("large.bin").exists());
    id
}

const OF_PERSON: [&str; 3] = ["large.bin.ebb-part.bak", "mine.txt", "other.ebb-part"];

#[test]
fn cancel_keeps_finished_files_and_removes_parts() {
    let (served, server) = (Served::start(), Server::start());
    let id = half_way(&served, &server);
    served.ok(&["cancel", &id]);
    let group = served.show(&id);
    assert_eq!(
        (&group["state"], flags(&group)),
        (&"cancelled".into(), vec![])
    );
    until("the part is gone", || !served.part("large.bin").exists());
    server.wait_until(|facts| facts.open_connections == 0);
    let [backup, mine, other] = OF_PERSON;
    assert_eq!(served.names(), [backup, mine, other, "small.bin"]);
    SMALL.assert_at(served.file("small.bin"));
}

#[test]
fn cancel_with_delete_removes_finished_files_too_and_nothing_else() {
    let (served, server) = (Served::start(), Server::start());
    let id = half_way(&served, &server);
    served.ok(&["cancel", "--delete", &id]);
    until("both are gone", || served.names() == OF_PERSON);
    for name in OF_PERSON {
        assert_eq!(
            std::fs::read_to_string(served.file(name)).ok().as_deref(),
            Some(name)
        );
    }
}

#[test]
fn what_was_there_before_is_not_deleted() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/mine.txt", Behaviour::file(SMALL));
    std::fs::write(served.file("mine.txt"), "mine").expect("a file");
    let id = served.add(&["--on-conflict", "skip", &server.url("/mine.txt")]);
    served.until_state(&id, "complete");
    served.ebb(&["cancel", "--delete", &id]);
    served.ebb(&["remove", &id]);
    assert_eq!(
        std::fs::read(served.file("mine.txt")).ok(),
        Some(b"mine".to_vec())
    );
}

#[test]
fn cancelled_while_suspended_the_part_goes_too() {
    let (served, server) = (Served::start(), Server::start());
    let id = half_way(&served, &server);
    served.ok(&["suspend", &id]);
    assert!(served.part("large.bin").exists(), "suspending keeps it");
    served.ok(&["cancel", &id]);
    until("the part is gone", || !served.part("large.bin").exists());
}

#[test]
fn a_cancelled_group_is_final_also_after_a_restart() {
    let (served, server) = (Served::start(), Server::start());
    let id = half_way(&served, &server);
    served.ok(&["cancel", &id]);
    let served = served.again();
    let group = served.show(&id);
    assert_eq!(
        (&group["state"], flags(&group)),
        (&"cancelled".into(), vec![])
    );
    served.refused(&["resume", &id]);
    served.refused(&["add", "--group", &id, &server.url("/small.bin")]);
}

#[test]
fn remove_takes_only_what_has_ended_and_no_file_off_the_disk() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/small.bin", Behaviour::file(SMALL));
    server.serve("/large.bin", Behaviour::file(LARGE).rate(MIB));
    let done = served.add(&["-n", "Done", &server.url("/small.bin")]);
    let failed = served.add(&["-n", "Failed", &server.url("/no.bin")]);
    let cancelled = served.add(&["-n", "Cancelled", "--suspended", &server.url("/b.bin")]);
    let running = served.add(&["-n", "Running", &server.url("/large.bin")]);
    let suspended = served.add(&["-n", "Suspended", "--suspended", &server.url("/c.bin")]);
    let empty = served.ok(&["new", "--name", "Empty"]);
    served.until_state(&done, "complete");
    served.until_state(&failed, "error");
    served.until_state(&running, "transferring");
    served.ok(&["cancel", &cancelled]);
    for id in [&running, &suspended, &empty] {
        let line = served.refused(&["remove", id]);
        assert!(line.contains(id.as_str()), "{line}");
    }
    served.ok(&["remove", &done, &failed]);
    served.ok(&["remove", &cancelled]);
    assert_eq!(served.listed(), ["Running", "Suspended", "Empty"]);
    SMALL.assert_at(served.file("small.bin"));
    let served = served.again();
    assert_eq!(
        served.listed(),
        ["Running", "Suspended", "Empty"],
        "for good"
    );
}

#[test]
fn a_half_failed_group_is_not_removed_while_it_runs() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/large.bin", Behaviour::file(LARGE).rate(MIB));
    let id = served.add(&[&server.url("/no.bin"), &server.url("/large.bin")]);
    served.until(&id, |group| {
        flags(group).contains(&"error") && group["state"] == "transferring"
    });
    served.refused(&["remove", &id]);
    assert_eq!(served.list().len(), 1);
}
