//! The right bytes, by a person's word and by the server's (contract, 2; bits-model.md 71).

use data_encoding::{BASE64, HEXLOWER, HEXUPPER};
use md5::Md5;
use sha1::Sha1;
use sha2::{Sha256, Sha512};

use crate::MIB;
use crate::desk::Desk;
use crate::server::{Behaviour, Payload, Server};

const FILE: Payload = Payload::new(181, 300_000);

#[test]
fn every_algorithm_confirms_the_right_file() {
    let sums = [
        ("md5", FILE.digest::<Md5>()),
        ("sha-1", FILE.digest::<Sha1>()),
        ("sha-256", FILE.digest::<Sha256>()),
        ("sha-512", FILE.digest::<Sha512>()),
    ];
    for (algorithm, sum) in sums {
        for hex in [HEXLOWER.encode(&sum), HEXUPPER.encode(&sum)] {
            let (desk, server) = (Desk::new(), Server::start());
            server.serve("/a.bin", Behaviour::file(FILE));
            let sum = format!("{algorithm}={hex}");
            desk.get(&["--checksum", &sum, &server.url("/a.bin")])
                .complete_as(&desk, "a.bin", FILE);
        }
    }
}

#[test]
fn another_file_never_gets_the_name() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE));
    let sum = format!("sha-256={}", Payload::new(182, 300_000).sha256());
    let outcome = desk.get(&["--checksum", &sum, &server.url("/a.bin")]);
    let error = outcome.failed("checksum_mismatch");
    assert_eq!(error["stage"], "verify");
    assert!(!desk.file("a.bin").exists());
}

#[test]
fn after_a_mismatch_the_right_file_still_comes() {
    let (desk, server) = (Desk::new(), Server::start());
    let wrong = Payload::new(182, FILE.len);
    // The same tag, date and length: only the checksum can tell.
    let tag = "\"same\"";
    server.serve("/a.bin", Behaviour::file(wrong).etag(tag));
    let (sum, url) = (format!("sha-256={}", FILE.sha256()), server.url("/a.bin"));
    desk.get(&["--checksum", &sum, &url])
        .failed("checksum_mismatch");
    server.serve("/a.bin", Behaviour::file(FILE).etag(tag));
    let outcome = desk.get(&["--checksum", &sum, &url]).complete();
    let whole = desk
        .names()
        .iter()
        .any(|name| std::fs::read(desk.file(name)).is_ok_and(|bytes| bytes == FILE.all()));
    assert!(whole, "{outcome:?}");
}

#[test]
fn a_resumed_file_is_checked_as_a_whole() {
    let (desk, server) = (Desk::new(), Server::start());
    let file = Payload::new(183, 3 * MIB);
    server.serve(
        "/a.bin",
        Behaviour::file(file).nth(0, |reply| reply.stall_after(MIB)),
    );
    let (sum, url) = (format!("sha-256={}", file.sha256()), server.url("/a.bin"));
    desk.kill_at(MIB, &["--checksum", &sum, &url]);
    desk.get(&["--checksum", &sum, &url])
        .complete_as(&desk, "a.bin", file);
}

/// The header, right for `payload`, in each of the ways servers say it.
fn said(payload: Payload) -> [(&'static str, String); 4] {
    let sha256 = BASE64.encode(&payload.digest::<Sha256>());
    [
        ("Repr-Digest", format!("sha-256=:{sha256}:")),
        (
            "Repr-Digest",
            format!(
                "unknown=:AAAA:, sha-512=:{}:",
                BASE64.encode(&payload.digest::<Sha512>())
            ),
        ),
        ("Digest", format!("SHA-256={sha256}")),
        ("Content-MD5", BASE64.encode(&payload.digest::<Md5>())),
    ]
}

#[test]
fn what_the_server_says_of_the_file_is_checked() {
    for (name, value) in said(FILE) {
        let (desk, server) = (Desk::new(), Server::start());
        server.serve(
            "/a.bin",
            Behaviour::file(FILE).no_ranges().header(name, value),
        );
        desk.get(&[&server.url("/a.bin")])
            .complete_as(&desk, "a.bin", FILE);
    }
    for (name, value) in said(Payload::new(184, FILE.len)) {
        let (desk, server) = (Desk::new(), Server::start());
        eprintln!("{name}: {value}");
        server.serve(
            "/a.bin",
            Behaviour::file(FILE).no_ranges().header(name, value),
        );
        desk.get(&["--retries", "1", &server.url("/a.bin")])
            .failed("checksum_mismatch");
        assert!(!desk.file("a.bin").exists());
    }
}

#[test]
fn a_digest_of_a_part_is_not_the_files() {
    let (desk, server) = (Desk::new(), Server::start());
    let file = Payload::new(185, 3 * MIB);
    server.serve(
        "/a.bin",
        Behaviour::file(file)
            .nth(0, |reply| reply.cut_after(MIB))
            .always(move |request, reply| {
                let body = file.bytes(request.start()..file.len);
                let sum = BASE64.encode(&<Md5 as sha2::Digest>::digest(body));
                reply.header("Content-MD5", sum)
            }),
    );
    desk.get(&["-x", "1", &server.url("/a.bin")])
        .complete_as(&desk, "a.bin", file);
}

#[test]
fn digests_that_are_nonsense_are_passed_over() {
    for nonsense in ["", "sha-256=:!!!:", "sha-256=:AAAA:", "garbage", "sha-256"] {
        let (desk, server) = (Desk::new(), Server::start());
        server.serve(
            "/a.bin",
            Behaviour::file(FILE).header("Repr-Digest", nonsense),
        );
        eprintln!("{nonsense:?}");
        desk.get(&[&server.url("/a.bin")])
            .complete_as(&desk, "a.bin", FILE);
    }
}
