//! Suspending ends the connections and keeps every byte; the foreground and back are live (contract, 1).

use std::time::{Duration, Instant};

use crate::MIB;
use crate::served::{Served, files, flags};
use crate::server::{Behaviour, Payload, Server};

const FILE: Payload = Payload::new(351, 12 * MIB);

/// One file under way over this many connections; its group.
fn under_way(served: &Served, server: &Server, connections: &str) -> String {
    server.serve("/a.bin", Behaviour::file(FILE).rate(2 * MIB));
    let url = server.url("/a.bin");
    let id = served.add(&["-x", connections, "--priority", "foreground", &url]);
    served.until(&id, |group| {
        group["progress"]["bytes"].as_u64() > Some(2 * MIB)
    });
    id
}

#[test]
fn suspending_closes_the_connections_within_a_second() {
    for connections in ["1", "4"] {
        let (served, server) = (Served::start(), Server::start());
        let id = under_way(&served, &server, connections);
        assert!(server.facts().open_connections > 0);
        let began = Instant::now();
        served.ok(&["suspend", &id]);
        server.wait_until(|facts| facts.open_connections == 0);
        let took = began.elapsed();
        assert!(took < Duration::from_secs(1), "{connections}: {took:?}");
        let group = served.until_state(&id, "suspended");
        assert_eq!(files(&group)[0]["connections"], 0);
        assert_eq!(flags(&group), ["foreground", "incomplete", "suspended"]);
        assert_eq!(group["bytes_per_second"], 0);
    }
}

#[test]
fn suspending_keeps_every_byte_and_resuming_goes_on_by_range() {
    let (served, server) = (Served::start(), Server::start());
    let id = under_way(&served, &server, "1");
    served.ok(&["suspend", &id]);
    server.wait_until(|facts| facts.open_connections == 0);
    let group = served.rest(&id, "suspended");
    let kept = files(&group)[0]["bytes"].as_u64().expect("bytes");
    assert!(kept > 2 * MIB, "{kept}");
    assert!(served.part("a.bin").exists());
    served.ok(&["resume", &id]);
    served.until_state(&id, "complete");
    FILE.assert_at(served.file("a.bin"));
    let again = &server.journal()[1];
    assert_eq!(
        (again.status, again.start()),
        (206, kept),
        "from the very byte"
    );
}

#[test]
fn nothing_is_lost_however_often_it_is_suspended() {
    let (served, server) = (Served::start(), Server::start());
    let id = under_way(&served, &server, "4");
    let mut kept = 0;
    for _ in 0..4 {
        served.ok(&["suspend", &id]);
        let group = served.until_state(&id, "suspended");
        let bytes = group["progress"]["bytes"].as_u64().expect("bytes");
        assert!(bytes >= kept, "{kept}, then {bytes}");
        kept = bytes;
        served.ok(&["resume", &id]);
    }
    served.until_state(&id, "complete");
    FILE.assert_at(served.file("a.bin"));
    assert_eq!(served.names(), ["a.bin"]);
}

#[test]
fn to_the_foreground_and_back_without_reconnecting() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE).rate(2 * MIB));
    let id = served.add(&["-x", "1", "--priority", "low", &server.url("/a.bin")]);
    served.until(&id, |group| group["progress"]["bytes"].as_u64() > Some(MIB));
    for round in 0..3 {
        served.ok(&["foreground", &id]);
        let group = served.show(&id);
        assert_eq!(
            (&group["priority"], flags(&group)),
            (&"foreground".into(), vec!["foreground", "incomplete"])
        );
        served.ok(&["foreground", &id]);
        served.ok(&["background", &id]);
        let group = served.show(&id);
        assert_eq!(
            (&group["priority"], flags(&group)),
            (&"low".into(), vec!["incomplete"]),
            "{round}"
        );
    }
    let facts = server.facts();
    assert_eq!(
        (facts.accepted, facts.entries.len()),
        (1, 1),
        "the same connection, the same request"
    );
    served.ok(&["foreground", &id]);
    served.until_state(&id, "complete");
    assert_eq!(server.facts().entries.len(), 1);
    FILE.assert_at(served.file("a.bin"));
}

#[test]
fn background_restores_the_priority_from_before_and_normal_if_there_was_none() {
    let served = Served::start();
    let url = "http://127.0.0.1:1/a";
    for (priority, restored) in [
        ("high", "high"),
        ("normal", "normal"),
        ("low", "low"),
        ("foreground", "normal"),
    ] {
        let id = served.add(&["--suspended", "--priority", priority, url]);
        served.ok(&["foreground", &id]);
        assert_eq!(served.show(&id)["priority"], "foreground");
        served.ok(&["background", &id]);
        assert_eq!(served.show(&id)["priority"], restored, "{priority}");
        served.ok(&["background", &id]);
        assert_eq!(served.show(&id)["priority"], restored, "{priority}, twice");
    }
}

#[test]
fn the_priority_from_before_is_known_after_a_restart() {
    let served = Served::start();
    let id = served.add(&["--suspended", "--priority", "low", "http://127.0.0.1:1/a"]);
    served.ok(&["foreground", &id]);
    let served = served.again();
    served.ok(&["background", &id]);
    assert_eq!(served.show(&id)["priority"], "low");
}

#[test]
fn suspended_groups_stay_suspended_over_a_restart() {
    let (served, server) = (Served::start(), Server::start());
    let id = under_way(&served, &server, "1");
    served.ok(&["suspend", &id]);
    let kept = served.rest(&id, "suspended")["progress"]["bytes"].clone();
    let served = served.again();
    let group = served.show(&id);
    assert_eq!(
        (&group["state"], &group["progress"]["bytes"]),
        (&"suspended".into(), &kept)
    );
    assert_eq!(server.facts().open_connections, 0);
    assert_eq!(server.journal().len(), 1);
    served.ok(&["resume", &id]);
    served.until_state(&id, "complete");
    FILE.assert_at(served.file("a.bin"));
    assert_eq!(Some(server.journal()[1].start()), kept.as_u64());
}
