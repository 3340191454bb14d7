//! Bodies in chunks, bodies without an end, bodies compressed though nobody asked (peers.md 5.2, 8, 9, 17).

use crate::MIB;
use crate::desk::Desk;
use crate::server::{Behaviour, Body, Framing, Payload, Reply, Server, TlsKind, gzip};

const FILE: Payload = Payload::new(111, 200_000);

#[test]
fn chunks_come_whole() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE).no_ranges().chunked());
    let outcome = desk
        .get(&[&server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
    assert_eq!(outcome.file()["size"], FILE.len, "known when it is there");
}

#[test]
fn chunked_ranges_are_ranges() {
    let (desk, server) = (Desk::new(), Server::start());
    let large = Payload::new(112, 8 * MIB);
    server.serve("/a.bin", Behaviour::file(large).rate(4 * MIB).chunked());
    desk.get(&["-x", "4", &server.url("/a.bin")])
        .complete_as(&desk, "a.bin", large);
}

#[test]
fn chunks_without_the_last_are_not_the_file() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/a.bin",
        Behaviour::file(FILE)
            .no_ranges()
            .chunked()
            .always(|_, reply| reply.cut_after(FILE.len)),
    );
    desk.get(&["--retries", "1", &server.url("/a.bin")])
        .failed("connection_lost");
    assert!(!desk.file("a.bin").exists());
    server.serve("/a.bin", Behaviour::file(FILE).no_ranges().chunked());
    desk.get(&[&server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
}

#[test]
fn chunks_with_extensions_and_trailers_are_read() {
    let (desk, server) = (Desk::new(), Server::start());
    let body = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\
                5;name=value\r\nhello\r\n0006\r\n world\r\n0\r\nX-Trailer: 1\r\n\r\n";
    server.serve("/a.txt", Behaviour::reply(Reply::raw(body)));
    desk.get(&[&server.url("/a.txt")]).complete();
    assert_eq!(
        std::fs::read(desk.file("a.txt")).ok().as_deref(),
        Some(&b"hello world"[..])
    );
}

#[test]
fn chunks_that_are_none_are_errors() {
    for chunks in [
        "zz\r\nhello\r\n0\r\n\r\n",
        "ffffffffffffffffff\r\nhello",
        "-5\r\nhello\r\n0\r\n\r\n",
        "5\r\nhelloworld\r\n0\r\n\r\n",
    ] {
        let (desk, server) = (Desk::new(), Server::start());
        let body = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");
        server.serve("/a.txt", Behaviour::reply(Reply::raw(body)));
        eprintln!("{chunks:?}");
        desk.get(&["--retries", "1", &server.url("/a.txt")]).error();
        assert!(!desk.file("a.txt").exists());
    }
}

#[test]
fn the_end_is_where_the_server_closes() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE).no_ranges().until_close());
    desk.get(&[&server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
}

#[test]
fn a_reset_is_no_end() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/a.bin",
        Behaviour::file(FILE)
            .no_ranges()
            .until_close()
            .always(|_, reply| reply.reset_after(1000)),
    );
    desk.get(&["--retries", "1", &server.url("/a.bin")])
        .failed("connection_lost");
    assert!(!desk.file("a.bin").exists());
}

#[test]
fn a_known_length_needs_no_goodbye() {
    let (desk, server) = (Desk::new(), Server::start_tls(TlsKind::NoCloseNotify));
    let ca = server.ca_pem_path();
    let ca = ca.to_str().expect("a path");
    let closing = |reply: Reply| reply.header("Connection", "close");
    server.serve(
        "/a.bin",
        Behaviour::file(FILE)
            .no_ranges()
            .always(move |_, reply| closing(reply)),
    );
    desk.get(&["--cacert", ca, &server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
}

#[test]
fn an_unknown_length_without_a_goodbye_never_makes_a_wrong_file() {
    let (desk, server) = (Desk::new(), Server::start_tls(TlsKind::NoCloseNotify));
    let ca = server.ca_pem_path();
    let ca = ca.to_str().expect("a path");
    server.serve("/a.bin", Behaviour::file(FILE).no_ranges().until_close());
    desk.get(&["--retries", "1", "--cacert", ca, &server.url("/a.bin")])
        .right_or_nothing(&desk, "a.bin", FILE);
}

#[test]
fn an_endless_body_shows_no_percent() {
    let (desk, server) = (Desk::new(), Server::start());
    let endless = Reply::status(200)
        .body(Body::endless(1))
        .framing(Framing::Chunked)
        .rate(8 * MIB);
    server.serve("/a.bin", Behaviour::reply(endless));
    let mut running = desk.start_get(&[&server.url("/a.bin")]);
    let event = running.wait_for(|event| event["file"]["bytes"].as_u64() >= Some(MIB));
    assert!(
        event["file"]["size"].is_null() && event["file"]["resumable"] == false,
        "{event:#?}"
    );
    let group = running.wait_for(|event| event["event"] == "group");
    let progress = &group["group"]["progress"];
    assert!(
        group["group"]["size"].is_null() && progress["percent"].is_null(),
        "{group:#?}"
    );
    assert!(progress["seconds_left"].is_null(), "{group:#?}");
    running.kill();
    assert_eq!(desk.names(), ["a.bin.ebb-part"]);
}

#[test]
fn a_compressed_answer_is_stored_plain() {
    for coding in ["gzip", "x-gzip"] {
        let (desk, server) = (Desk::new(), Server::start());
        server.serve("/a.bin", Behaviour::file(FILE).gzipped(coding));
        desk.get(&[&server.url("/a.bin")])
            .complete_as(&desk, "a.bin", FILE);
    }
}

#[test]
fn a_compressed_answer_that_breaks_begins_again() {
    let (desk, server) = (Desk::new(), Server::start());
    let broken = |reply: Reply| reply.cut_after(100_000);
    server.serve(
        "/a.bin",
        Behaviour::file(FILE).gzipped("gzip").first(1, broken),
    );
    desk.get(&[&server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
}

#[test]
fn a_compressed_answer_that_is_damaged_never_makes_a_file() {
    let packed = gzip(&FILE.all());
    let flipped = packed
        .iter()
        .enumerate()
        .map(|(i, byte)| if i == 5000 { !byte } else { *byte })
        .collect();
    let short = packed[..packed.len() - 4].to_vec();
    for damaged in [flipped, short, b"not gzip at all".to_vec(), vec![]] {
        let (desk, server) = (Desk::new(), Server::start());
        server.serve(
            "/a.bin",
            Behaviour::reply(Reply::bytes(&damaged).header("Content-Encoding", "gzip")),
        );
        eprintln!("{} bytes", damaged.len());
        let outcome = desk.get(&["--retries", "1", &server.url("/a.bin")]);
        if !damaged.is_empty() {
            outcome.error();
            assert!(!desk.file("a.bin").exists());
        }
    }
}

#[test]
fn an_encoding_nobody_knows_is_an_error() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/a.bin",
        Behaviour::file(FILE)
            .no_ranges()
            .header("Content-Encoding", "zstd-of-the-future"),
    );
    desk.get(&["--retries", "1", &server.url("/a.bin")])
        .failed("unexpected_encoding");
    assert_eq!(desk.names(), [""; 0]);
}

#[test]
fn a_compressed_file_is_stored_as_it_is() {
    let packed = gzip(&FILE.all());
    for (name, coding) in [("a.tar.gz", "gzip"), ("a.tgz", "x-gzip"), ("a.gz", "gzip")] {
        let (desk, server) = (Desk::new(), Server::start());
        server.serve(
            &format!("/{name}"),
            Behaviour::file(FILE)
                .gzipped(coding)
                .content_type("application/gzip"),
        );
        desk.get(&[&server.url(&format!("/{name}"))]).complete();
        assert_eq!(desk.names(), [name]);
        assert!(
            std::fs::read(desk.file(name)).is_ok_and(|bytes| bytes == packed),
            "{name}"
        );
    }
}

#[test]
fn identity_is_no_encoding() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/a.bin",
        Behaviour::file(FILE).header("Content-Encoding", "identity"),
    );
    desk.get(&[&server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
}
