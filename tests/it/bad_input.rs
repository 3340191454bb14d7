//! Lines that are wrong: 2, one plain sentence, nothing done; and words about the program itself.

use crate::desk::Desk;
use crate::server::{Behaviour, Payload, Server};

const URL: &str = "http://127.0.0.1:1/a.bin";

#[test]
fn lines_that_are_wrong_are_refused() {
    let desk = Desk::new();
    let wrong: [&[&str]; 30] = [
        &[],
        &[""],
        &["example.org/a.bin"],
        &["127.0.0.1:1/a.bin"],
        &["//example.org/a.bin"],
        &["http://"],
        &["http://host:99999/"],
        &["--nonsense", URL],
        &["-x", "0", URL],
        &["-x", "many", URL],
        &["-j", "0", URL],
        &["-x", "-1", URL],
        &["--limit-rate", "fast", URL],
        &["--limit-rate", "-5k", URL],
        &["--limit-rate", "", URL],
        &["--retry-wait", "soon", URL],
        &["--stall-timeout", "5", URL, "--stall-timeout", "x"],
        &["--connect-timeout", "-1s", URL],
        &["--retries", "-1", URL],
        &["--on-conflict", "ask", URL],
        &["-H", "no colon", URL],
        &["-H", ": no name", URL],
        &["-H", "X-Two: a\r\nX-Lines: b", URL],
        &["-H", "Bad Name: x", URL],
        &["--checksum", "sha-256", URL],
        &["--checksum", "crc=00", URL],
        &["--checksum", "md5=xyz", URL],
        &["--checksum", "sha-256=00", URL],
        &["-o", "x.bin", URL, URL],
        &[
            "--checksum",
            "md5=d41d8cd98f00b204e9800998ecf8427e",
            URL,
            "http://127.0.0.1:1/b",
        ],
    ];
    for args in wrong {
        eprintln!("{args:?}");
        desk.ebb(&[&["get"], args].concat()).refused();
    }
    assert_eq!(desk.names(), [""; 0]);
}

#[test]
fn schemes_that_are_not_supported_are_refused() {
    let desk = Desk::new();
    for url in [
        "ftp://127.0.0.1/a",
        "file:///etc/passwd",
        "magnet:?xt=x",
        "mailto:a@b",
        "data:,x",
        "javascript:1",
    ] {
        let outcome = desk.ebb(&["get", url]);
        assert!(matches!(outcome.code, Some(1 | 2)), "{outcome:?}");
        assert!(outcome.stderr.lines().count() >= 1, "{outcome:?}");
    }
    assert_eq!(desk.names(), [""; 0]);
}

#[test]
fn one_wrong_url_among_good_ones_is_said_before_anything_is_fetched() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(Payload::new(1, 100)));
    desk.ebb(&["get", &server.url("/a.bin"), "no-scheme.example/b"])
        .refused();
    assert_eq!(server.journal().len(), 0);
}

#[test]
fn a_list_that_is_missing_is_an_error() {
    let desk = Desk::new();
    let outcome = desk.ebb(&["get", "-i", "missing.txt"]);
    assert!(matches!(outcome.code, Some(1 | 2)), "{outcome:?}");
    assert!(outcome.stderr.contains("missing.txt"), "{outcome:?}");
}

#[test]
fn a_list_with_a_wrong_line_says_which() {
    let desk = Desk::new();
    std::fs::write(desk.file("list"), format!("{URL}\nnot a url\n")).expect("a list");
    let outcome = desk.ebb(&["get", "-i", "list"]);
    outcome.refused();
    assert!(
        outcome.stderr.contains("not a url") || outcome.stderr.contains('2'),
        "{outcome:?}"
    );
}

#[test]
fn errors_do_not_repeat_passwords() {
    let desk = Desk::new();
    let outcome = desk.ebb(&["get", "http://ann:hush@host:99999/a?sig=hush"]);
    outcome.refused();
    assert!(!outcome.stderr.contains("hush"), "{outcome:?}");
}

#[test]
fn patterns_do_not_explode() {
    let desk = Desk::new();
    let outcome = desk.ebb(&[
        "get",
        "http://127.0.0.1:1/[0-999999999]/[0-999999999]/[a-z]",
    ]);
    outcome.refused();
}

#[test]
fn every_time_and_rate_of_the_contract_is_understood() {
    let desk = Desk::new();
    for time in ["500ms", "15s", "10m", "1h"] {
        let outcome = desk.ebb(&["get", "--retries", "0", "--no-progress-timeout", time, URL]);
        assert_eq!(outcome.code, Some(1), "{outcome:?}");
    }
    for rate in ["500k", "2M", "1000"] {
        let outcome = desk.ebb(&["get", "--retries", "0", "--limit-rate", rate, URL]);
        assert_eq!(outcome.code, Some(1), "{outcome:?}");
    }
}

#[test]
fn it_says_what_it_is() {
    let desk = Desk::new();
    let outcome = desk.ebb(&["--version"]);
    assert_eq!(outcome.code, Some(0));
    assert!(
        outcome.stdout[0].starts_with("ebb ")
            && outcome.stdout[0].contains(env!("CARGO_PKG_VERSION"))
    );
    for args in [
        &["help"][..],
        &["--help"],
        &["get", "--help"],
        &["help", "get"],
    ] {
        let outcome = desk.ebb(args);
        assert_eq!(outcome.code, Some(0), "{args:?}");
        assert!(!outcome.stdout.is_empty(), "{args:?}");
    }
    assert_eq!(desk.ebb(&["nonsense-verb-without-scheme"]).code, Some(2));
}
