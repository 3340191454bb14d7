//! What breaks on the way, and how it goes on (peers.md 5.2, 9, 10, 11).

use std::time::Duration;

use crate::desk::Desk;
use crate::server::{Behaviour, Payload, Reply, Server, Silent, TlsKind};
use crate::{KIB, MIB};

const FILE: Payload = Payload::new(51, 3 * MIB);

#[test]
fn it_goes_on_at_the_byte_where_it_broke() {
    let breaks: [fn(Reply) -> Reply; 3] = [
        |reply| reply.cut_after(MIB),
        |reply| reply.reset_after(MIB),
        |reply| reply.stall_after(MIB),
    ];
    for (number, broken) in breaks.into_iter().enumerate() {
        let (desk, server) = (Desk::new(), Server::start());
        server.serve("/a.bin", Behaviour::file(FILE).first(1, broken));
        let outcome = desk.get(&["-x", "1", "--stall-timeout", "500ms", &server.url("/a.bin")]);
        outcome.complete_as(&desk, "a.bin", FILE);
        let starts: Vec<_> = server
            .journal()
            .iter()
            .map(|request| request.start())
            .collect();
        assert_eq!(starts.len(), 2, "{number}: {starts:?}");
        // A reset may take with it what was not read yet.
        assert!(
            starts[1] <= MIB && (number == 1 || starts[1] + 64 * KIB >= MIB),
            "{number}: {starts:?}"
        );
    }
}

#[test]
fn an_answer_that_never_begins_is_asked_for_again() {
    for broken in [
        Reply::nothing(),
        Reply::refused(),
        Reply::hang(),
        Reply::raw("HTTP/1.1 200 O"),
    ] {
        let (desk, server) = (Desk::new(), Server::start());
        server.serve(
            "/a.bin",
            Behaviour::file(FILE).first(1, move |_| broken.clone()),
        );
        let outcome = desk.get(&["--stall-timeout", "500ms", &server.url("/a.bin")]);
        outcome.complete_as(&desk, "a.bin", FILE);
    }
}

#[test]
fn progress_begins_the_count_of_tries_anew() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/a.bin",
        Behaviour::file(FILE).always(|_, reply| reply.cut_after(200 * KIB)),
    );
    desk.get(&["-x", "1", "--retries", "2", &server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
    assert!(server.journal().len() >= 15);
}

#[test]
fn tries_end() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::reply(Reply::nothing()));
    let error = desk
        .get(&["--retries", "3", &server.url("/a.bin")])
        .failed("connection_lost");
    let requests = server.journal().len() as u64;
    assert!((3..=4).contains(&requests), "{requests}");
    assert_eq!(error["attempts"], requests);
}

#[test]
fn no_retries_means_one_try() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::reply(Reply::status(503)));
    desk.get(&["--retries", "0", &server.url("/a.bin")])
        .failed("http_status");
    assert_eq!(server.journal().len(), 1);
}

#[test]
fn silence_ends_in_a_timeout() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::reply(Reply::hang()));
    let outcome = desk.get(&[
        "--retries",
        "1",
        "--stall-timeout",
        "300ms",
        &server.url("/a.bin"),
    ]);
    outcome.failed("timeout");
    assert!(outcome.took < Duration::from_secs(10), "{outcome:?}");
}

#[test]
fn no_progress_ends_too() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::reply(Reply::status(503)));
    let args = [
        "--retries",
        "1000",
        "--no-progress-timeout",
        "700ms",
        &server.url("/a.bin"),
    ];
    let outcome = desk.get(&args);
    let error = outcome.failed("no_progress");
    assert_eq!(error["stage"], "policy");
    assert!(outcome.took < Duration::from_secs(15), "{outcome:?}");
}

#[test]
fn a_connection_that_does_not_come_about_ends_in_a_timeout() {
    let (desk, silent) = (Desk::new(), Silent::start());
    let outcome = desk.get(&[
        "--retries",
        "1",
        "--connect-timeout",
        "300ms",
        &silent.url("/a.bin"),
    ]);
    let error = outcome.failed("timeout");
    assert_eq!(error["stage"], "connect");
    assert!(outcome.took < Duration::from_secs(10), "{outcome:?}");
}

#[test]
fn a_handshake_that_does_not_come_about_ends_in_a_timeout() {
    let (desk, server) = (Desk::new(), Server::start());
    let url = server.url("/a.bin").replace("http:", "https:");
    let outcome = desk.get(&[
        "--retries",
        "1",
        "--connect-timeout",
        "300ms",
        "--stall-timeout",
        "1s",
        &url,
    ]);
    outcome.error();
    assert!(outcome.took < Duration::from_secs(10), "{outcome:?}");
}

#[test]
fn nobody_listens() {
    let desk = Desk::new();
    let port = Server::start().port();
    let error = desk
        .get(&["--retries", "2", &format!("http://127.0.0.1:{port}/a.bin")])
        .failed("connection_refused");
    assert_eq!(error["stage"], "connect");
    assert_eq!(desk.names(), [""; 0]);
}

#[test]
fn slow_is_not_stalled() {
    let (desk, server) = (Desk::new(), Server::start());
    let small = Payload::new(52, 400);
    let slow = |reply: Reply| {
        let (each, piece) = (Duration::from_millis(100), 40);
        reply
            .drip_head(Duration::from_millis(2))
            .delay_body(each)
            .stutter(piece, each)
            .delay(each)
    };
    server.serve(
        "/a.bin",
        Behaviour::file(small).always(move |_, reply| slow(reply)),
    );
    desk.get(&["--stall-timeout", "1500ms", &server.url("/a.bin")])
        .complete_as(&desk, "a.bin", small);
    assert_eq!(server.journal().len(), 1);
}

#[test]
fn a_kept_connection_that_died_costs_no_try() {
    let (desk, server) = (Desk::new(), Server::start());
    let small = Payload::new(53, 50 * KIB);
    let dead = |request: &crate::server::Request| request.on_connection > 0;
    server.serve(
        "/*",
        Behaviour::file(small).when(dead, |_| Reply::refused()),
    );
    let urls = server.url("/[1-6].bin");
    desk.get(&["-j", "1", "--retries", "1", &urls]).complete();
    assert_eq!(desk.names().len(), 6);
}

#[test]
fn a_server_that_closes_after_each_answer_without_a_word() {
    let (desk, server) = (Desk::new(), Server::start());
    let small = Payload::new(54, 50 * KIB);
    server.serve(
        "/*",
        Behaviour::file(small).always(move |_, reply| reply.cut_after(small.len)),
    );
    desk.get(&["-j", "1", "--retries", "1", &server.url("/[1-6].bin")])
        .complete();
    assert_eq!(desk.names().len(), 6);
}

#[test]
fn what_was_not_resumable_starts_again() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/a.bin",
        Behaviour::file(FILE)
            .no_ranges()
            .first(2, |reply| reply.cut_after(MIB)),
    );
    desk.get(&[&server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
    assert_eq!(server.journal().len(), 3);
}

#[test]
fn a_body_cut_in_tls_goes_on() {
    let (desk, server) = (Desk::new(), Server::start_tls(TlsKind::Good));
    server.serve(
        "/a.bin",
        Behaviour::file(FILE).first(1, |reply| reply.cut_after(MIB)),
    );
    let ca = server.ca_pem_path();
    let ca = ca.to_str().expect("a path");
    desk.get(&["-x", "1", "--cacert", ca, &server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
    assert!(server.journal()[1].start() > 0);
}
