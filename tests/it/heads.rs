//! Answers with heads that are unusual, and heads that lie (peers.md 5.2, 8, 14).

use crate::desk::Desk;
use crate::server::{Behaviour, Body, Framing, Payload, Reply, Server};

const FILE: Payload = Payload::new(71, 5000);

#[track_caller]
fn comes_right(reply: Reply) {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::reply(reply));
    desk.get(&[&server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
}

/// A reply with this head and the file's bytes.
fn raw(head: &str) -> Reply {
    Reply::raw([head.as_bytes(), &FILE.all()].concat())
}

#[test]
fn answers_before_the_answer_are_passed_over() {
    let hints = "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n";
    comes_right(Reply::bytes(FILE.all()).interim(hints));
    comes_right(Reply::bytes(FILE.all()).interim("HTTP/1.1 102 Processing\r\n\r\n".repeat(50)));
}

#[test]
fn spelling_does_not_matter() {
    let ok = || Reply::bytes(FILE.all());
    comes_right(ok().reason(""));
    comes_right(ok().reason("All is \u{e4}\u{f6} well"));
    comes_right(ok().lower_case());
    comes_right(ok().header("X-Empty", "").header("Content-Disposition", ""));
    comes_right(ok().header("X-Folded", "one\r\n two"));
    comes_right(ok().header("X-Bytes", b"\xff\xfe\x80"));
    comes_right(raw("HTTP/1.1 200 OK\nContent-Length: 5000\n\n"));
    comes_right(raw("HTTP/1.1 200\r\nCONTENT-LENGTH:5000\r\n\r\n"));
}

#[test]
fn large_heads_are_read() {
    let many = (0..80).fold(Reply::bytes(FILE.all()), |reply, n| {
        reply.header(format!("X-{n}"), "v".repeat(100))
    });
    comes_right(many);
    comes_right(Reply::bytes(FILE.all()).header("X-Large", "v".repeat(60_000)));
}

#[test]
fn endless_heads_are_given_up() {
    let (desk, server) = (Desk::new(), Server::start());
    let endless = Body::bytes("HTTP/1.1 200 OK\r\n")
        .then(Body::bytes("X-More: and more\r\n".repeat(300_000)));
    server.serve("/a.bin", Behaviour::reply(Reply::raw("").body(endless)));
    desk.get(&["--retries", "1", &server.url("/a.bin")]).error();
    assert_eq!(desk.names(), [""; 0]);
}

#[test]
fn old_http_is_understood() {
    comes_right(Reply::bytes(FILE.all()).http10());
    comes_right(
        Reply::bytes(FILE.all())
            .http10()
            .framing(Framing::UntilClose),
    );
}

#[test]
fn a_length_said_twice_is_one_length() {
    comes_right(raw(
        "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nContent-Length: 5000\r\n\r\n",
    ));
}

#[test]
fn lengths_that_lie_never_make_a_file() {
    for lengths in [
        "5000\r\nContent-Length: 4999",
        "-5",
        "5000, 4999",
        "99999999999999999999999",
        "5e3",
        "0x10",
        "6000",
    ] {
        let (desk, server) = (Desk::new(), Server::start());
        server.serve(
            "/a.bin",
            Behaviour::reply(raw(&format!(
                "HTTP/1.1 200 OK\r\nContent-Length: {lengths}\r\n\r\n"
            ))),
        );
        eprintln!("Content-Length: {lengths}");
        desk.get(&["--retries", "1", &server.url("/a.bin")]).error();
        assert!(!desk.file("a.bin").exists());
    }
}

#[test]
fn chunks_win_over_a_length() {
    let (desk, server) = (Desk::new(), Server::start());
    let reply = Reply::bytes(FILE.all())
        .framing(Framing::Chunked)
        .header("Content-Length", "17");
    server.serve("/a.bin", Behaviour::reply(reply));
    desk.get(&["--retries", "1", &server.url("/a.bin")])
        .right_or_nothing(&desk, "a.bin", FILE);
}

#[test]
fn what_is_not_http_is_an_error() {
    for garbage in [
        "SSH-2.0-OpenSSH_9.2\r\n",
        "\0\0\0\0\0\0\0\0\0\0\0\0\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\nx",
    ] {
        let (desk, server) = (Desk::new(), Server::start());
        server.serve("/a.bin", Behaviour::reply(Reply::raw(garbage)));
        eprintln!("{garbage:?}");
        desk.get(&["--retries", "1", &server.url("/a.bin")]).error();
        assert_eq!(desk.names(), [""; 0]);
    }
}

#[test]
fn a_surplus_past_the_length_is_not_written() {
    let (desk, server) = (Desk::new(), Server::start());
    let body = Body::payload(FILE, 0..FILE.len).then(Body::bytes("and more"));
    let reply = Reply::status(200)
        .body(body)
        .framing(Framing::UntilClose)
        .header("Content-Length", "5000");
    server.serve("/a.bin", Behaviour::reply(reply));
    desk.get(&[&server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
}
