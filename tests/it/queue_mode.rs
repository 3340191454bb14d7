//! The mode and the limit of the whole program (contract, 1 and 2).

use std::time::{Duration, Instant};

use crate::MIB;
use crate::served::{Served, files, flags};
use crate::server::{Behaviour, Payload, Server};

const FILE: Payload = Payload::new(381, 8 * MIB);

#[test]
fn suspended_as_a_whole_what_runs_is_paused_and_the_flags_stay() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE).rate(2 * MIB));
    let id = served.add(&["-x", "1", "--priority", "foreground", &server.url("/a.bin")]);
    served.until(&id, |group| {
        group["progress"]["bytes"].as_u64() > Some(2 * MIB)
    });
    let began = Instant::now();
    served.ok(&["mode", "suspended"]);
    server.wait_until(|facts| facts.open_connections == 0);
    assert!(
        began.elapsed() < Duration::from_secs(1),
        "{:?}",
        began.elapsed()
    );
    let group = served.rest(&id, "waiting");
    assert_eq!(group["waiting"]["reason"], "paused");
    assert_eq!(files(&group)[0]["waiting"]["reason"], "paused");
    assert_eq!(flags(&group), ["foreground", "incomplete"]);
    let kept = group["progress"]["bytes"].as_u64().expect("bytes");

    let served = served.again();
    let group = served.until_state(&id, "waiting");
    assert_eq!(group["waiting"]["reason"], "paused", "the mode is kept");
    assert_eq!(server.journal().len(), 1);
    let other = served.add(&[&server.url("/a.bin?more")]);
    assert_eq!(
        served.until_state(&other, "waiting")["waiting"]["reason"],
        "paused"
    );
    served.ok(&["cancel", &other]);

    served.ok(&["mode", "polite"]);
    served.until_state(&id, "complete");
    FILE.assert_at(served.file("a.bin"));
    assert_eq!(server.journal()[1].start(), kept);
}

#[test]
fn a_groups_own_flags_are_told_apart_from_the_mode() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/*", Behaviour::file(Payload::new(382, 1000)));
    served.ok(&["mode", "suspended"]);
    let suspended = served.add(&["--suspended", &server.url("/a")]);
    let running = served.add(&[&server.url("/b")]);
    assert_eq!(served.show(&suspended)["state"], "suspended");
    served.until_state(&running, "waiting");
    served.ok(&["suspend", &running]);
    assert_eq!(
        served.until_state(&running, "suspended")["waiting"],
        serde_json::Value::Null
    );
    served.ok(&["mode", "full"]);
    assert_eq!(server.facts().accepted, 0);
    assert_eq!(flags(&served.show(&running)), ["incomplete", "suspended"]);
    served.ok(&["resume", "--all"]);
    served.until_state(&running, "complete");
    served.until_state(&suspended, "complete");
}

#[test]
fn every_mode_transfers_but_suspended() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/*", Behaviour::file(Payload::new(383, 300_000)));
    for mode in ["polite", "full"] {
        served.ok(&["mode", mode]);
        let id = served.add(&["--background", &server.url(&format!("/{mode}"))]);
        served.until_state(&id, "complete");
    }
}

#[test]
fn the_limit_of_the_whole_program_holds_and_is_taken_off() {
    let (served, server) = (Served::start(), Server::start());
    let file = Payload::new(384, 1_500_000);
    server.serve("/*", Behaviour::file(file));
    let time = |served: &Served, path: &str| {
        let began = Instant::now();
        let args = [
            "--priority",
            "foreground",
            &server.url(&format!("/{path}1")),
            &server.url(&format!("/{path}2")),
        ];
        let id = served.add(&args);
        served.until_state(&id, "complete");
        began.elapsed().as_secs_f64()
    };
    served.ok(&["limit", "1M"]);
    let seconds = time(&served, "limited");
    assert!(
        (2.2..6.0).contains(&seconds),
        "3 MB at 1 MB/s took {seconds} s"
    );
    let served = served.again();
    let seconds = time(&served, "kept");
    assert!(
        (2.2..6.0).contains(&seconds),
        "after a restart 3 MB at 1 MB/s took {seconds} s"
    );
    served.ok(&["limit", "off"]);
    let seconds = time(&served, "free");
    assert!(seconds < 2.0, "3 MB without a limit took {seconds} s");
}

#[test]
fn the_limit_is_changed_while_it_transfers() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE));
    served.ok(&["limit", "200k"]);
    let id = served.add(&["-x", "1", "--priority", "foreground", &server.url("/a.bin")]);
    served.until(&id, |group| {
        group["progress"]["bytes"].as_u64() > Some(200_000)
    });
    let began = Instant::now();
    served.ok(&["limit", "off"]);
    served.until_state(&id, "complete");
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "{:?}",
        began.elapsed()
    );
    assert_eq!(server.journal().len(), 1, "without reconnecting");
}
