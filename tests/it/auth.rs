//! Who is there: Basic and Digest (peers.md 5.2, 18).

use crate::MIB;
use crate::desk::{Desk, quick};
use crate::outcome::Outcome;
use crate::server::{Algorithm, Behaviour, Payload, Server, basic};

const FILE: Payload = Payload::new(101, 50_000);

/// `get --user`, with the password in the environment.
fn get_as(desk: &Desk, user: &str, password: &str, args: &[&str]) -> Outcome {
    let all = quick(&[&["--user", user], args].concat());
    let mut command = desk.command(&all);
    let output = command
        .env("EBB_PASSWORD", password)
        .output()
        .expect("a run");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let stdout = text(&output.stdout).lines().map(str::to_owned).collect();
    Outcome::new(
        output.status.code(),
        stdout,
        text(&output.stderr),
        std::time::Duration::ZERO,
    )
}

#[test]
fn user_and_password_from_the_command_line() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/a.bin",
        Behaviour::file(FILE).basic("ann", "s3cret: \u{e4}"),
    );
    get_as(&desk, "ann", "s3cret: \u{e4}", &[&server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
}

#[test]
fn user_and_password_from_the_url() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE).basic("a@b", "s:3/x"));
    let outcome = desk
        .get(&[&server.url_at("a%40b:s%3A3%2Fx@127.0.0.1", "/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
    assert!(!outcome.said().contains("s%3A3%2Fx"), "{outcome:?}");
    assert_eq!(
        server
            .journal()
            .last()
            .and_then(|last| last.header("authorization")),
        Some(&*basic("a@b", "s:3/x"))
    );
}

#[test]
fn the_wrong_ones_fail_at_once() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE).basic("ann", "right"));
    let outcome = get_as(&desk, "ann", "wrong", &[&server.url("/a.bin")]);
    let error = outcome.failed("authentication");
    assert_eq!(error["http_status"], 401);
    assert!(server.journal().len() <= 3);
    assert!(!outcome.said().contains("wrong"), "{outcome:?}");
    desk.get(&[&server.url("/a.bin")]).failed("authentication");
    assert_eq!(desk.names(), [""; 0]);
}

#[test]
fn segments_bring_them_along() {
    let (desk, server) = (Desk::new(), Server::start());
    let large = Payload::new(102, 12 * MIB);
    server.serve(
        "/a.bin",
        Behaviour::file(large).rate(4 * MIB).basic("ann", "right"),
    );
    get_as(&desk, "ann", "right", &["-x", "4", &server.url("/a.bin")])
        .complete_as(&desk, "a.bin", large);
    assert!(
        server
            .journal()
            .iter()
            .any(|request| request.start() > 0 && request.status == 206)
    );
}

#[test]
fn digest_with_md5() {
    digest(Algorithm::Md5);
}

#[test]
fn digest_with_sha256() {
    digest(Algorithm::Sha256);
}

fn digest(algorithm: Algorithm) {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/a.bin",
        Behaviour::file(FILE).digest(algorithm, "ann", "right"),
    );
    get_as(&desk, "ann", "right", &[&server.url("/a.bin")]).complete_as(&desk, "a.bin", FILE);
    assert!(server.journal().iter().all(|request| {
        !request
            .header("authorization")
            .unwrap_or("")
            .contains("right")
    }));
    get_as(&Desk::new(), "ann", "wrong", &[&server.url("/a.bin")]).failed("authentication");
}
