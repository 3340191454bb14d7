//! `--all` takes those it applies to and exits 0 (contract, 2).

use crate::MIB;
use crate::served::{Served, flags};
use crate::server::{Behaviour, Payload, Server};

/// Done, Failed, Cancelled, Running, Suspended, Empty; their ids.
fn one_of_each(served: &Served, server: &Server) -> [String; 6] {
    server.serve("/done", Behaviour::file(Payload::new(401, 1000)));
    server.serve(
        "/running",
        Behaviour::file(Payload::new(402, 16 * MIB)).rate(MIB),
    );
    let done = served.add(&["-n", "Done", &server.url("/done")]);
    let failed = served.add(&["-n", "Failed", &server.url("/failed")]);
    let cancelled = served.add(&["-n", "Cancelled", "--suspended", &server.url("/c")]);
    let running = served.add(&["-n", "Running", &server.url("/running")]);
    let suspended = served.add(&["-n", "Suspended", "--suspended", &server.url("/done?2")]);
    let empty = served.ok(&["new", "--name", "Empty"]);
    served.ok(&["cancel", &cancelled]);
    served.until_state(&done, "complete");
    served.until_state(&failed, "error");
    served.until_state(&running, "transferring");
    [done, failed, cancelled, running, suspended, empty]
}

#[test]
fn each_takes_what_it_applies_to() {
    let (served, server) = (Served::start(), Server::start());
    let [done, failed, cancelled, running, suspended, empty] = &one_of_each(&served, &server);
    let states = || {
        let groups = served.list();
        let words = groups.iter().map(|group| {
            let name = group["name"].as_str().unwrap_or_default();
            format!("{name}: {}", flags(group).join("+"))
        });
        words.collect::<Vec<_>>().join(", ")
    };
    let finals = [done, cancelled].map(|id| served.show(id));

    served.ok(&["suspend", "--all"]);
    served.until_state(running, "suspended");
    assert_eq!(served.show(suspended)["state"], "suspended");

    served.ok(&["foreground", "--all"]);
    for id in [failed, running, suspended, empty] {
        assert_eq!(served.show(id)["priority"], "foreground", "{}", states());
    }
    served.ok(&["background", "--all"]);
    for id in [failed, running, suspended, empty] {
        assert_eq!(served.show(id)["priority"], "normal", "{}", states());
    }

    server.serve("/failed", Behaviour::file(Payload::new(403, 1000)));
    served.ok(&["resume", "--all"]);
    served.until_state(suspended, "complete");
    served.until_state(failed, "complete");
    served.until_state(running, "transferring");
    assert_eq!(flags(&served.show(empty)), ["incomplete", "suspended"]);

    served.ok(&["remove", "--all"]);
    assert_eq!(served.listed(), ["Running", "Empty"]);
    for (id, before) in [done, cancelled].into_iter().zip(&finals) {
        assert!(before["status"].is_array());
        served.refused(&["show", id]);
    }

    served.ok(&["cancel", "--all"]);
    assert_eq!(states(), "Running: , Empty: ");
    served.ok(&["remove", "--all"]);
    assert!(served.list().is_empty());
}

#[test]
fn with_nothing_to_take_it_is_0_too() {
    let served = Served::start();
    let verbs = [
        "suspend",
        "resume",
        "cancel",
        "foreground",
        "background",
        "remove",
    ];
    for _ in 0..2 {
        for verb in verbs {
            served.ok(&[verb, "--all"]);
        }
        served.ok(&["new"]);
    }
    served.ok(&["cancel", "--delete", "--all"]);
}

#[test]
fn cancel_all_with_delete_takes_unfinished_groups() {
    let (served, server) = (Served::start(), Server::start());
    let [_, _, _, running, ..] = one_of_each(&served, &server);
    served.ok(&["cancel", "--all", "--delete"]);
    served.until_state(&running, "cancelled");
    crate::served::until("its part is gone", || !served.part("running").exists());
}
