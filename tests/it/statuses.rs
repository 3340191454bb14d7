//! What each status means for a download (peers.md 5.2, 12, 13; bits-model.md 51, 53).

use std::time::{Duration, SystemTime};

use crate::desk::Desk;
use crate::server::{Behaviour, Payload, Reply, Server};

const FILE: Payload = Payload::new(61, 50_000);

const PASSING: [u16; 16] = [
    408, 409, 421, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 527,
];
const LASTING: [u16; 14] = [
    400, 402, 403, 404, 405, 406, 410, 411, 414, 415, 422, 451, 501, 505,
];

#[test]
fn what_passes_is_tried_again() {
    let (desk, server) = (Desk::new(), Server::start());
    let urls: Vec<_> = PASSING
        .map(|status| {
            let path = format!("/{status}.bin");
            server.serve(&path, Behaviour::file(FILE).fails(1, status));
            server.url(&path)
        })
        .into();
    let urls: Vec<_> = urls.iter().map(String::as_str).collect();
    desk.get(&urls).complete();
    assert_eq!(desk.names().len(), PASSING.len());
}

#[test]
fn a_misdirected_request_takes_another_connection() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE).fails(1, 421));
    desk.get(&[&server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
    let journal = server.journal();
    assert_ne!(journal[0].connection, journal[1].connection);
}

#[test]
fn what_lasts_fails_soon() {
    for status in LASTING {
        let (desk, server) = (Desk::new(), Server::start());
        server.serve(
            "/a.bin",
            Behaviour::reply(Reply {
                status,
                ..Reply::bytes("no")
            }),
        );
        let kind = match status {
            404 | 410 => "not_found",
            403 => "forbidden",
            _ => "http_status",
        };
        let error = desk.get(&[&server.url("/a.bin")]).failed(kind);
        assert_eq!(error["http_status"], status);
        assert_eq!(error["stage"], "request");
        assert!(
            server.journal().len() <= 2,
            "{status}: {:#?}",
            server.journal()
        );
        assert_eq!(desk.names(), [""; 0], "{status}");
    }
}

#[test]
fn what_passes_too_late_fails_with_its_status() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::reply(Reply::status(502)));
    let error = desk
        .get(&["--retries", "2", &server.url("/a.bin")])
        .failed("http_status");
    assert_eq!(error["http_status"], 502);
}

#[test]
fn an_answer_without_a_file_is_an_error() {
    for status in [204, 205, 304] {
        let (desk, server) = (Desk::new(), Server::start());
        server.serve("/a.bin", Behaviour::reply(Reply::status(status)));
        let error = desk.get(&["--retries", "1", &server.url("/a.bin")]).error();
        assert_eq!(error["http_status"], status);
        assert_eq!(desk.names(), [""; 0], "{status}");
    }
}

#[test]
fn an_error_page_is_never_saved() {
    let (desk, server) = (Desk::new(), Server::start());
    let page = Reply::bytes("<html>sorry</html>").header("Content-Type", "text/html");
    server.serve(
        "/a.bin",
        Behaviour::reply(Reply {
            status: 500,
            ..page
        }),
    );
    desk.get(&["--retries", "1", &server.url("/a.bin")])
        .failed("http_status");
    assert_eq!(desk.names(), [""; 0]);
}

#[test]
fn a_web_page_is_no_archive() {
    let (desk, server) = (Desk::new(), Server::start());
    let page =
        Reply::bytes("<html>log in</html>").header("Content-Type", "text/html; charset=utf-8");
    server.serve("/*", Behaviour::reply(page));
    desk.get(&[&server.url("/setup.zip")])
        .failed("web_page_instead_of_file");
    assert_eq!(desk.names(), [""; 0]);
    desk.get(&[&server.url("/page.html"), &server.url("/article")])
        .complete();
    assert_eq!(desk.names().len(), 2);
}

/// The time between the first two requests.
fn gap(refusal: Reply) -> Duration {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/a.bin",
        Behaviour::file(FILE).first(1, move |_| refusal.clone()),
    );
    desk.get(&[&server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
    let journal = server.journal();
    journal[1].at - journal[0].at
}

#[test]
fn retry_after_in_seconds_is_obeyed() {
    for status in [429, 503] {
        let gap = gap(Reply::status(status).header("Retry-After", "1"));
        assert!((1.0..6.0).contains(&gap.as_secs_f64()), "{status}: {gap:?}");
    }
}

#[test]
fn retry_after_as_a_date_is_obeyed() {
    let then = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(3));
    let gap = gap(Reply::status(503).header("Retry-After", then));
    assert!((1.0..8.0).contains(&gap.as_secs_f64()), "{gap:?}");
}

#[test]
fn nonsense_in_retry_after_is_passed_over() {
    for nonsense in ["soon", "-5", "", "0", "1e9", "Thu, 99 Foo 2026"] {
        let gap = gap(Reply::status(503).header("Retry-After", nonsense));
        assert!(gap < Duration::from_secs(2), "{nonsense:?}: {gap:?}");
    }
}

#[test]
fn a_huge_retry_after_is_capped_at_an_hour() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/a.bin",
        Behaviour::reply(Reply::status(503).header("Retry-After", "99999999999")),
    );
    let mut running = desk.start_get(&["--no-progress-timeout", "9h", &server.url("/a.bin")]);
    let event = running.wait_for(|event| event["file"]["state"] == "waiting");
    let until: jiff::Timestamp = event["file"]["waiting"]["until"]
        .as_str()
        .expect("a time")
        .parse()
        .expect("RFC 3339");
    let seconds = until.duration_since(jiff::Timestamp::now()).as_secs();
    assert!((1800..=4000).contains(&seconds), "{event:#?}");
}
