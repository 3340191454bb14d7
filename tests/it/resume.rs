//! The same command again: what is kept, what is asked for, and when it is another file (contract, 4).

use crate::desk::Desk;
use crate::server::{Behaviour, Entry, IfRange, Payload, Reply, Server};
use crate::{KIB, MIB};

const FILE: Payload = Payload::new(31, 5 * MIB);
const OTHER: Payload = Payload::new(32, 5 * MIB);

/// How much is there when the program is killed.
const KEPT: u64 = 3 * MIB;
/// What may be read again to tell one version from another.
const OVERLAP: u64 = 64 * KIB;

/// The first answer ends in silence after `KEPT` bytes.
fn stalls_once(behaviour: Behaviour) -> Behaviour {
    behaviour.nth(0, |reply| reply.stall_after(KEPT))
}

/// Kills a first run and lets a second one finish; what the second one asked for.
#[track_caller]
fn twice(behaviour: Behaviour, wanted: Payload) -> Vec<Entry> {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", behaviour);
    let url = server.url("/a.bin");
    desk.kill_at(KEPT, &[&url]);
    assert_eq!(desk.names(), ["a.bin.ebb-part"]);
    desk.get(&["-x", "1", &url])
        .complete_as(&desk, "a.bin", wanted);
    server.journal().split_off(1)
}

/// Some of these got the rest of the file, and none got what was there.
#[track_caller]
fn assert_kept(requests: &[Entry]) {
    assert!(
        requests.iter().any(|request| request.status == 206),
        "{requests:#?}"
    );
    let again: Vec<_> = requests
        .iter()
        .filter(|request| request.start() + OVERLAP < KEPT)
        .collect();
    assert!(
        again.iter().all(|request| request.status != 206),
        "{again:#?}"
    );
}

#[track_caller]
fn assert_started_over(requests: &[Entry]) {
    let body = |request: &Entry| request.start() == 0 || request.status == 200;
    assert!(requests.iter().any(body), "{requests:#?}");
}

#[test]
fn only_what_is_missing_is_asked_for() {
    let requests = twice(stalls_once(Behaviour::file(FILE)), FILE);
    assert_kept(&requests);
    assert_eq!(requests.len(), 1, "{requests:#?}");
    assert!(
        requests[0].start() <= KEPT && requests[0].start() + OVERLAP >= KEPT,
        "{requests:#?}"
    );
}

#[test]
fn a_date_is_enough_where_there_is_no_etag() {
    assert_kept(&twice(stalls_once(Behaviour::file(FILE).no_etag()), FILE));
}

#[test]
fn a_weak_etag_is_never_used_in_if_range() {
    let requests = twice(stalls_once(Behaviour::file(FILE).etag("W/\"a\"")), FILE);
    assert_kept(&requests);
    assert!(
        requests
            .iter()
            .all(|request| !request.header("if-range").unwrap_or("").starts_with("W/"))
    );
}

#[test]
fn another_etag_for_the_same_bytes_does_not_matter() {
    assert_kept(&twice(
        stalls_once(Behaviour::file(FILE).etag_per_request()),
        FILE,
    ));
}

#[test]
fn a_server_that_answers_200_to_any_if_range_is_asked_without() {
    assert_kept(&twice(
        stalls_once(Behaviour::file(FILE).if_range(IfRange::Missed)),
        FILE,
    ));
}

#[test]
fn a_server_that_ignores_if_range_is_not_believed() {
    let first = stalls_once(
        Behaviour::file(FILE)
            .etag("\"a\"")
            .if_range(IfRange::Ignored),
    );
    let next = Behaviour::file(OTHER)
        .etag("\"b\"")
        .if_range(IfRange::Ignored);
    assert_started_over(&twice(first.becomes(1, next), OTHER));
}

#[test]
fn another_etag_and_other_bytes_start_over() {
    let first = stalls_once(Behaviour::file(FILE).etag("\"a\""));
    assert_started_over(&twice(
        first.becomes(1, Behaviour::file(OTHER).etag("\"b\"")),
        OTHER,
    ));
}

#[test]
fn another_etag_and_another_date_start_over() {
    let first = stalls_once(Behaviour::file(FILE).etag("\"a\""));
    let next = Behaviour::file(FILE)
        .etag("\"b\"")
        .modified("Thu, 02 May 2024 10:20:30 GMT");
    assert_started_over(&twice(first.becomes(1, next), FILE));
}

#[test]
fn another_date_without_an_etag_starts_over() {
    let first = stalls_once(Behaviour::file(FILE).no_etag());
    let next = Behaviour::file(OTHER)
        .no_etag()
        .modified("Thu, 02 May 2024 10:20:30 GMT");
    assert_started_over(&twice(first.becomes(1, next), OTHER));
}

#[test]
fn nothing_to_tell_versions_by_starts_over() {
    let first = stalls_once(Behaviour::file(FILE).no_etag().no_modified());
    assert_started_over(&twice(
        first.becomes(1, Behaviour::file(OTHER).no_etag().no_modified()),
        OTHER,
    ));
}

#[test]
fn another_length_under_the_same_etag_starts_over() {
    for len in [KEPT - 1, KEPT, KEPT + 1, 6 * MIB] {
        let other = Payload::new(33, len);
        let first = stalls_once(Behaviour::file(FILE).etag("\"a\""));
        assert_started_over(&twice(
            first.becomes(1, Behaviour::file(other).etag("\"a\"")),
            other,
        ));
    }
}

#[test]
fn a_server_that_no_longer_serves_ranges_gives_it_whole() {
    assert_started_over(&twice(
        stalls_once(Behaviour::file(FILE)).becomes(1, Behaviour::file(FILE).no_ranges()),
        FILE,
    ));
}

#[test]
fn a_server_that_never_served_ranges_gives_it_again() {
    assert_started_over(&twice(stalls_once(Behaviour::file(FILE).no_ranges()), FILE));
}

#[test]
fn an_unknown_size_is_fetched_again() {
    twice(
        stalls_once(Behaviour::file(FILE).no_ranges().chunked()),
        FILE,
    );
}

#[test]
fn a_416_where_bytes_were_starts_over() {
    let small = Payload::new(34, 1000);
    let first = stalls_once(Behaviour::file(FILE));
    let no_size =
        Behaviour::file(small).when(|request| request.start() > 0, |_| Reply::status(416));
    twice(first.becomes(1, no_size), small);
}

#[test]
fn a_login_page_does_not_replace_what_is_there() {
    let (desk, server) = (Desk::new(), Server::start());
    let page = Reply::bytes("<html>Please log in</html>").header("Content-Type", "text/html");
    let page_now = move |_| page.clone();
    server.serve(
        "/a.bin",
        stalls_once(Behaviour::file(FILE)).after(1, page_now),
    );
    let url = server.url("/a.bin");
    desk.kill_at(KEPT, &[&url]);
    desk.get(&[&url]).failed("web_page_instead_of_file");
    assert_eq!(desk.names(), ["a.bin.ebb-part"]);
    server.serve("/a.bin", Behaviour::file(FILE));
    let before = server.journal().len();
    desk.get(&["-x", "1", &url])
        .complete_as(&desk, "a.bin", FILE);
    assert_kept(&server.journal()[before..]);
}

#[test]
fn a_redirect_is_followed_anew() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/get/a.bin", Behaviour::redirect(302, "/a.bin?token={n}"));
    let stale = |request: &crate::server::Request| {
        request.query() != format!("token={}", request.earlier.min(1))
    };
    server.serve(
        "/a.bin",
        stalls_once(Behaviour::file(FILE)).when(stale, |_| Reply::status(403)),
    );
    let url = server.url("/get/a.bin");
    desk.kill_at(KEPT, &[&url]);
    desk.get(&["-x", "1", &url])
        .complete_as(&desk, "a.bin", FILE);
    assert_eq!(server.journal_of("/get/a.bin").len(), 2);
    assert_kept(&server.journal_of("/a.bin")[1..]);
}

#[test]
fn records_are_kept_by_path_and_url() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", stalls_once(Behaviour::file(FILE)));
    server.serve("/b.bin", Behaviour::file(OTHER));
    desk.kill_at(KEPT, &["-o", "x.bin", &server.url("/a.bin")]);
    desk.get(&["-x", "1", "-d", "sub", "-o", "x.bin", &server.url("/a.bin")])
        .complete();
    FILE.assert_at(desk.file("sub/x.bin"));
    assert_eq!(
        server.journal()[1].start(),
        0,
        "another folder, another file"
    );
    desk.get(&["-x", "1", "-o", "x.bin", &server.url("/b.bin")])
        .complete();
    let b = server.journal_of("/b.bin");
    assert_eq!(b[0].start(), 0, "another URL, another file");
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_says_130_and_goes_on_later() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", stalls_once(Behaviour::file(FILE)));
    let url = server.url("/a.bin");
    let mut running = desk.start_get(&["-x", "1", &url]);
    running.wait_for(|event| event["file"]["bytes"].as_u64() >= Some(KEPT));
    running.interrupt();
    let outcome = running.finish();
    assert_eq!(outcome.code, Some(130), "{outcome:?}");
    assert_eq!(desk.names(), ["a.bin.ebb-part"]);
    desk.get(&["-x", "1", &url])
        .complete_as(&desk, "a.bin", FILE);
    assert_kept(&server.journal()[1..]);
}
