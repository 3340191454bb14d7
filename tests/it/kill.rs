//! Killed at any moment: what was there stays, at most a second's worth comes twice (contract, 4).

use std::time::Duration;

use crate::MIB;
use crate::desk::Desk;
use crate::server::{Behaviour, Payload, Reply, Server};

const FILE: Payload = Payload::new(201, 8 * MIB);

/// Runs `get`, kills it once the server has sent this much, lets it finish: bytes sent before and after.
fn killed_at(connections: &str, rate: u64, sent: u64) -> (u64, u64) {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE).rate(rate));
    let args = ["-x", connections, &server.url("/a.bin")];
    let running = desk.start_get(&args);
    server.wait_until(|facts| facts.sent() >= sent);
    running.kill();
    server.wait_until(|facts| facts.active() == 0);
    let before = server.facts().sent();
    assert!(!desk.file("a.bin").exists());
    desk.get(&args).complete_as(&desk, "a.bin", FILE);
    (before, server.facts().sent() - before)
}

#[test]
fn one_connection_loses_a_second_at_most() {
    let rate = 2 * MIB;
    let (before, after) = killed_at("1", rate, 5 * MIB);
    let twice = (before + after).saturating_sub(FILE.len);
    assert!(
        twice <= rate * 5 / 4,
        "{twice} bytes came twice: {before} + {after}"
    );
}

#[test]
fn four_connections_lose_a_second_at_most() {
    let rate = MIB / 2;
    let (before, after) = killed_at("4", rate, 5 * MIB);
    let twice = (before + after).saturating_sub(FILE.len);
    assert!(
        twice <= rate * 4 * 5 / 4 + MIB / 2,
        "{twice} bytes came twice: {before} + {after}"
    );
}

#[test]
fn killed_at_once_is_started_again() {
    for moment in [0, 1, 20, 60] {
        let (desk, server) = (Desk::new(), Server::start());
        server.serve("/a.bin", Behaviour::file(FILE).rate(16 * MIB));
        let url = server.url("/a.bin");
        let running = desk.start_get(&[&url]);
        std::thread::sleep(Duration::from_millis(moment));
        running.kill();
        desk.get(&[&url]).complete_as(&desk, "a.bin", FILE);
    }
}

#[test]
fn killed_again_and_again_it_still_ends_right() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE).rate(2 * MIB));
    let url = server.url("/a.bin");
    for round in 1..=6 {
        let running = desk.start_get(&["-x", "3", &url]);
        let wanted = server.facts().sent() + MIB + 200_000 * round;
        server.wait_until(|facts| {
            facts.sent() >= wanted || facts.active() == 0 && facts.sent() > FILE.len
        });
        running.kill();
        server.wait_until(|facts| facts.active() == 0);
        if desk.file("a.bin").exists() {
            break;
        }
    }
    if !desk.file("a.bin").exists() {
        desk.get(&["-x", "3", &url]).complete();
    }
    assert_eq!(desk.names(), ["a.bin"]);
    FILE.assert_at(desk.file("a.bin"));
}

#[test]
fn many_small_files_are_not_fetched_again() {
    let (desk, server) = (Desk::new(), Server::start());
    let small = Payload::new(202, 50_000);
    server.serve("/*", Behaviour::file(small).rate(500_000));
    let args = [
        "-j",
        "4",
        "--on-conflict",
        "skip",
        &server.url("/[01-30].bin"),
    ];
    let running = desk.start_get(&args);
    server.wait_until(|facts| {
        facts
            .entries
            .iter()
            .filter(|entry| entry.ended.is_some())
            .count()
            >= 15
    });
    running.kill();
    let standing: Vec<_> = desk
        .names()
        .into_iter()
        .filter(|name| !name.ends_with(".ebb-part"))
        .collect();
    standing
        .iter()
        .for_each(|name| small.assert_at(desk.file(name)));
    let outcome = desk.get(&args);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let names = desk.names();
    assert_eq!(names.len(), 30, "{names:?}");
    names
        .iter()
        .for_each(|name| small.assert_at(desk.file(name)));
}

#[test]
fn what_was_finished_is_remembered_though_the_server_is_away_meanwhile() {
    let (desk, server) = (Desk::new(), Server::start());
    let small = Payload::new(203, 50_000);
    server.serve("/small.bin", Behaviour::file(small));
    server.serve(
        "/a.bin",
        Behaviour::file(FILE).always(|_, reply| reply.stall_after(MIB)),
    );
    let args = [
        "--retries",
        "1",
        &server.url("/small.bin"),
        &server.url("/a.bin"),
    ];
    desk.kill_at(MIB, &args);
    small.assert_at(desk.file("small.bin"));
    for path in ["/small.bin", "/a.bin"] {
        server.serve(path, Behaviour::reply(Reply::status(503)));
    }
    assert_eq!(desk.get(&args).code, Some(1));
    server.serve("/small.bin", Behaviour::file(small));
    server.serve("/a.bin", Behaviour::file(FILE));
    let outcome = desk.get(&args);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert_eq!(desk.names(), ["a.bin", "small.bin"]);
}

#[test]
fn what_was_finished_is_remembered_without_any_validator() {
    let (desk, server) = (Desk::new(), Server::start());
    let small = Payload::new(204, 50_000);
    server.serve("/small.bin", Behaviour::file(small).no_etag().no_modified());
    server.serve(
        "/a.bin",
        Behaviour::file(FILE).nth(0, |reply| reply.stall_after(MIB)),
    );
    let args = [&*server.url("/small.bin"), &server.url("/a.bin")];
    desk.kill_at(MIB, &args);
    small.assert_at(desk.file("small.bin"));
    let outcome = desk.get(&args);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert_eq!(desk.names(), ["a.bin", "small.bin"]);
}

#[test]
fn the_lock_of_the_dead_does_not_hold() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/a.bin",
        Behaviour::file(FILE).nth(0, |reply| reply.stall_after(MIB)),
    );
    let url = server.url("/a.bin");
    let mut running = desk.start_get(&["-x", "1", &url]);
    running.wait_for(|event| event["file"]["bytes"].as_u64() > Some(0));
    running.kill();
    let outcome = desk
        .get(&["--retries", "0", &url])
        .complete_as(&desk, "a.bin", FILE);
    assert!(outcome.took < Duration::from_secs(10));
}
