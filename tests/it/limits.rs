//! How many, and how fast: a person's limits and the servers' (peers.md 5.2, 7).

use std::time::Duration;

use crate::MIB;
use crate::desk::Desk;
use crate::server::{Behaviour, Payload, Reply, Server};

const FILE: Payload = Payload::new(171, 12 * MIB);

#[test]
fn a_server_that_takes_only_two_at_once_gets_two() {
    let refusals = [
        Reply::status(403),
        Reply::status(429),
        Reply::status(503).header("Retry-After", "1"),
        Reply::refused(),
        Reply::nothing(),
    ];
    for refusal in refusals {
        let (desk, server) = (Desk::new(), Server::start());
        eprintln!("{} {:?}", refusal.status, refusal.ending);
        server.serve(
            "/a.bin",
            Behaviour::file(FILE).rate(4 * MIB).at_most(2, refusal),
        );
        desk.get(&["-x", "8", &server.url("/a.bin")])
            .complete_as(&desk, "a.bin", FILE);
        let requests = server.journal().len();
        assert!(requests < 40, "it does not insist: {requests}");
    }
}

#[test]
fn connections_a_file_are_limited() {
    for most in [1, 2, 3] {
        let (desk, server) = (Desk::new(), Server::start());
        server.serve("/a.bin", Behaviour::file(FILE).rate(6 * MIB));
        desk.get(&["-x", &most.to_string(), &server.url("/a.bin")])
            .complete_as(&desk, "a.bin", FILE);
        // A connection that is being closed may still be counted.
        assert!(server.facts().max_open_connections <= most + 1, "{most}");
    }
}

#[test]
fn files_at_a_time_are_limited() {
    let (desk, server) = (Desk::new(), Server::start());
    let small = Payload::new(172, 100_000);
    server.serve("/*", Behaviour::file(small).rate(400_000));
    let mut most = 0;
    let running = desk.start_get(&["-j", "2", "-x", "1", &server.url("/[1-8].bin")]);
    server.wait_until(|facts| {
        most = most.max(facts.active());
        facts.entries.len() == 8 && facts.active() == 0
    });
    running.finish().complete();
    assert_eq!(most, 2);
}

#[test]
fn many_files_come_beside_each_other() {
    let (desk, server) = (Desk::new(), Server::start());
    let small = Payload::new(173, 200_000);
    server.serve("/*", Behaviour::file(small).rate(400_000));
    let outcome = desk.get(&[&server.url("/[1-8].bin")]).complete();
    assert!(
        outcome.took < Duration::from_secs(3),
        "eight at a time, half a second each: {:?}",
        outcome.took
    );
}

#[test]
fn the_rate_is_limited() {
    let (desk, server) = (Desk::new(), Server::start());
    let file = Payload::new(174, 3_000_000);
    server.serve("/a.bin", Behaviour::file(file));
    let outcome = desk
        .get(&["--limit-rate", "1M", &server.url("/a.bin")])
        .complete_as(&desk, "a.bin", file);
    let seconds = outcome.took.as_secs_f64();
    assert!(
        (2.2..5.0).contains(&seconds),
        "3 MB at 1 MB/s took {seconds} s"
    );
    assert_patient(&server);
}

#[test]
fn the_rate_is_limited_over_all_files_and_connections() {
    let (desk, server) = (Desk::new(), Server::start());
    let file = Payload::new(175, 1_000_000);
    server.serve("/*", Behaviour::file(file));
    let outcome = desk
        .get(&["--limit-rate", "1500k", &server.url("/[1-4].bin")])
        .complete();
    let seconds = outcome.took.as_secs_f64();
    assert!(
        (2.0..5.0).contains(&seconds),
        "4 MB at 1.5 MB/s took {seconds} s"
    );
    assert_patient(&server);
}

/// Connections that only wait for their turn are not taken for slow ones, and not replaced.
#[track_caller]
fn assert_patient(server: &Server) {
    let requests = server.journal().len();
    assert!(requests < 60, "{requests} requests");
}

#[test]
fn pausing_for_the_rate_is_no_stall() {
    let (desk, server) = (Desk::new(), Server::start());
    let file = Payload::new(176, 300_000);
    server.serve("/a.bin", Behaviour::file(file));
    let args = [
        "--limit-rate",
        "100k",
        "--stall-timeout",
        "400ms",
        "-x",
        "1",
        &server.url("/a.bin"),
    ];
    desk.get(&args).complete_as(&desk, "a.bin", file);
    assert_eq!(server.journal().len(), 1);
}

#[test]
fn the_background_comes_too() {
    let (desk, server) = (Desk::new(), Server::start());
    let file = Payload::new(177, 2 * MIB);
    server.serve("/a.bin", Behaviour::file(file));
    desk.get(&["--background", &server.url("/a.bin")])
        .complete_as(&desk, "a.bin", file);
}

#[test]
fn one_slow_connection_does_not_hold_up_the_end() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/a.bin",
        Behaviour::file(FILE)
            .rate(2 * MIB)
            .nth(2, |reply| reply.rate(20_000)),
    );
    let outcome = desk
        .get(&["-x", "4", &server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
    assert!(server.journal().len() > 2, "segments");
    assert!(outcome.took < Duration::from_secs(12), "{:?}", outcome.took);
}

#[test]
fn one_connection_that_hangs_does_not_hold_up_the_end() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/a.bin",
        Behaviour::file(FILE)
            .rate(2 * MIB)
            .nth(2, |_| Reply::hang()),
    );
    let outcome = desk.get(&["-x", "4", "--stall-timeout", "2s", &server.url("/a.bin")]);
    let outcome = outcome.complete_as(&desk, "a.bin", FILE);
    assert!(outcome.took < Duration::from_secs(12), "{:?}", outcome.took);
}

#[test]
fn what_comes_at_once_is_not_asked_for_in_pieces() {
    let (desk, server) = (Desk::new(), Server::start());
    let small = Payload::new(178, 60_000);
    server.serve("/a.bin", Behaviour::file(small));
    desk.get(&["-x", "16", &server.url("/a.bin")])
        .complete_as(&desk, "a.bin", small);
    assert_eq!(server.journal().len(), 1);
}
