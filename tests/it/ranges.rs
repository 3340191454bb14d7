//! Segments: what is asked for, and what is believed of the answers (peers.md 5.2, 1, 2, 5).

use crate::desk::Desk;
use crate::server::{Behaviour, Payload, Ranges, Reply, Request, Server};
use crate::{KIB, MIB};

const FILE: Payload = Payload::new(21, 12 * MIB);

/// Slow enough for the program to open more connections, fast enough for a test.
fn file() -> Behaviour {
    Behaviour::file(FILE).rate(4 * MIB)
}

fn later(request: &Request) -> bool {
    request.start() > 0
}

#[test]
fn a_large_file_comes_in_segments() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", file());
    desk.get(&["-x", "4", &server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
    let facts = server.facts();
    assert!(
        facts.entries.iter().any(|request| request.start() > 0),
        "{:#?}",
        facts.entries
    );
    assert!(facts.entries.iter().all(|request| request.status == 206));
    assert!(facts.max_open_connections <= 4, "{facts:#?}");
    assert!(
        facts.sent() < FILE.len + 2 * MIB,
        "hardly anything twice: {facts:#?}"
    );
}

#[test]
fn one_connection_means_one_request() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE));
    desk.get(&["-x", "1", &server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
    assert_eq!(server.journal().len(), 1);
}

#[test]
fn ranges_need_not_be_announced() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/a.bin",
        file().always(|_, reply| reply.without("Accept-Ranges")),
    );
    desk.get(&["-x", "4", &server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
    assert!(server.journal().iter().any(|request| request.start() > 0));
}

#[test]
fn a_server_without_ranges_gives_one_stream() {
    for behaviour in [
        file().no_ranges(),
        file().no_ranges().chunked(),
        file().no_ranges().until_close(),
    ] {
        let (desk, server) = (Desk::new(), Server::start());
        server.serve("/a.bin", behaviour);
        let outcome = desk
            .get(&["-x", "4", &server.url("/a.bin")])
            .complete_as(&desk, "a.bin", FILE);
        assert_eq!(server.journal().len(), 1, "{outcome:?}");
        assert_eq!(outcome.file()["resumable"], false);
    }
}

#[test]
fn none_is_taken_at_its_word_only_if_true() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/a.bin",
        file().always(|_, reply| reply.set("Accept-Ranges", "none")),
    );
    desk.get(&["-x", "4", &server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
}

#[test]
fn answers_that_can_be_used_are_used() {
    for ranges in [
        Ranges::UnknownTotal,
        Ranges::Shorter(700 * KIB),
        Ranges::Longer(50),
        Ranges::Surplus(50),
    ] {
        let (desk, server) = (Desk::new(), Server::start());
        let honest = file();
        let bent = file().ranges(ranges);
        server.answer("/a.bin", move |request| {
            if later(request) {
                bent.answer(request)
            } else {
                honest.answer(request)
            }
        });
        let outcome = desk.get(&["-x", "4", &server.url("/a.bin")]);
        eprintln!("{ranges:?}");
        outcome.complete_as(&desk, "a.bin", FILE);
    }
}

#[test]
fn an_end_smaller_than_asked_is_asked_for_again() {
    let (desk, server) = (Desk::new(), Server::start());
    let payload = Payload::new(3, 3 * MIB);
    server.serve(
        "/a.bin",
        Behaviour::file(payload).ranges(Ranges::Shorter(MIB)),
    );
    desk.get(&["-x", "1", &server.url("/a.bin")])
        .complete_as(&desk, "a.bin", payload);
    let starts: Vec<_> = server
        .journal()
        .iter()
        .map(|request| request.start())
        .collect();
    assert_eq!(starts, [0, MIB, 2 * MIB]);
}

#[test]
fn a_total_that_is_not_told_is_found_out() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE).ranges(Ranges::UnknownTotal));
    desk.get(&[&server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
}

#[test]
fn segments_that_are_wrong_are_rejected_and_the_file_still_comes() {
    for ranges in [
        Ranges::Shifted(3),
        Ranges::Unit,
        Ranges::Unsaid,
        Ranges::Multipart,
        Ranges::Whole,
        Ranges::Ignored,
    ] {
        let (desk, server) = (Desk::new(), Server::start());
        let honest = file();
        let bent = file().ranges(ranges);
        server.answer("/a.bin", move |request| {
            if later(request) {
                bent.answer(request)
            } else {
                honest.answer(request)
            }
        });
        eprintln!("{ranges:?}");
        desk.get(&["-x", "4", &server.url("/a.bin")])
            .complete_as(&desk, "a.bin", FILE);
    }
}

#[test]
fn answers_that_are_wrong_from_the_start_never_make_a_wrong_file() {
    let bugs = [
        Ranges::Shifted(3),
        Ranges::Total(7),
        Ranges::Unit,
        Ranges::Unsaid,
        Ranges::Multipart,
        Ranges::Whole,
    ];
    for ranges in bugs
        .into_iter()
        .chain([Ranges::Surplus(50), Ranges::Longer(50)])
    {
        let (desk, server) = (Desk::new(), Server::start());
        server.serve("/a.bin", file().ranges(ranges));
        eprintln!("{ranges:?}");
        desk.get(&["-x", "4", &server.url("/a.bin")])
            .right_or_nothing(&desk, "a.bin", FILE);
    }
}

#[test]
fn a_total_that_differs_between_segments_never_makes_a_wrong_file() {
    let (desk, server) = (Desk::new(), Server::start());
    let bent = file().ranges(Ranges::Total(FILE.len + 1));
    server.serve(
        "/a.bin",
        file().always(move |request, reply| {
            if later(request) {
                bent.answer(request)
            } else {
                reply
            }
        }),
    );
    desk.get(&["-x", "4", &server.url("/a.bin")])
        .right_or_nothing(&desk, "a.bin", FILE);
}

#[test]
fn a_file_that_changes_between_segments_is_never_mixed() {
    let (desk, server) = (Desk::new(), Server::start());
    let other = Payload::new(22, FILE.len);
    server.serve("/a.bin", file().becomes(1, Behaviour::file(other)));
    desk.get(&["-x", "4", &server.url("/a.bin")]).complete();
    assert_eq!(desk.names(), ["a.bin"]);
    let found = std::fs::read(desk.file("a.bin")).expect("the file");
    assert!(
        found == FILE.all() || found == other.all(),
        "one version or the other, not both"
    );
}

#[test]
fn another_etag_for_each_request_does_not_matter() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", file().etag_per_request());
    desk.get(&["-x", "4", &server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
    assert!(
        server.facts().sent() < FILE.len + 3 * MIB,
        "not again and again"
    );
}

#[test]
fn a_link_that_works_once_is_enough() {
    for status in [403, 404, 410] {
        let (desk, server) = (Desk::new(), Server::start());
        server.serve("/a.bin", file().uses(1, status));
        desk.get(&["-x", "4", &server.url("/a.bin")])
            .complete_as(&desk, "a.bin", FILE);
    }
}

#[test]
fn a_416_for_a_segment_is_not_the_end() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", file().when(later, |_| Reply::status(416)));
    desk.get(&["-x", "4", &server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
}
