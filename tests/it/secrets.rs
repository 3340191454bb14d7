//! What must never travel, and never stand anywhere (contract, 4; peers.md 5.2, 16).

use std::path::Path;

use crate::MIB;
use crate::desk::Desk;
use crate::server::{Behaviour, Entry, Payload, Reply, Server};

const FILE: Payload = Payload::new(91, 50_000);

const HEADERS: [&str; 12] = [
    "-H",
    "X-Api-Key: hush1",
    "-H",
    "Authorization: Bearer hush2",
    "-H",
    "Cookie: sid=hush3",
    "-H",
    "User-Agent: Mine/1",
    "-H",
    "Accept-Language: eo",
    "-H",
    "Referer: http://where.example/",
];

#[track_caller]
fn assert_no_secret(request: &Entry) {
    assert!(
        !format!("{:?}", request.headers).contains("hush"),
        "{request:#?}"
    );
}

#[test]
fn a_persons_headers_are_sent_to_the_server() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/get", Behaviour::redirect(302, "/a.bin"));
    server.serve("/a.bin", Behaviour::file(FILE));
    desk.get(&[&HEADERS[..], &[&server.url("/get")]].concat())
        .complete_as(&desk, "a.bin", FILE);
    for request in server.journal() {
        assert_eq!(request.header("x-api-key"), Some("hush1"));
        assert_eq!(request.header("authorization"), Some("Bearer hush2"));
        assert_eq!(request.header("cookie"), Some("sid=hush3"));
        assert_eq!(request.header("user-agent"), Some("Mine/1"));
    }
}

#[test]
fn secret_headers_stay_with_the_origin() {
    let (desk, here, there) = (Desk::new(), Server::start(), Server::start());
    here.serve(
        "/get",
        Behaviour::redirect(302, &there.url("/a.bin")).header("Set-Cookie", "own=hush4; Path=/"),
    );
    there.serve("/a.bin", Behaviour::file(FILE));
    desk.get(&[&HEADERS[..], &[&here.url("/get")]].concat())
        .complete_as(&desk, "a.bin", FILE);
    let request = &there.journal()[0];
    for name in ["x-api-key", "authorization"] {
        assert_eq!(request.header(name), None, "{request:#?}");
    }
    // Cookies know no ports (RFC 6265, 8.5): the server's own may come along to the same host, a person's not.
    assert!(
        !request.header("cookie").unwrap_or("").contains("hush3"),
        "{request:#?}"
    );
    assert_eq!(request.header("user-agent"), Some("Mine/1"));
    assert_eq!(request.header("accept-language"), Some("eo"));
}

#[test]
fn cookies_stay_with_the_host() {
    let (desk, here, there) = (Desk::new(), Server::start(), Server::start());
    let target = there.url_at("localhost", "/a.bin");
    here.serve(
        "/get",
        Behaviour::redirect(302, &target).header("Set-Cookie", "own=hush4; Path=/"),
    );
    there.serve("/a.bin", Behaviour::file(FILE));
    desk.get(&[&here.url("/get")])
        .complete_as(&desk, "a.bin", FILE);
    there.journal().iter().for_each(assert_no_secret);
}

#[test]
fn user_and_password_stay_with_the_origin() {
    let (desk, here, there) = (Desk::new(), Server::start(), Server::start());
    here.serve("/get", Behaviour::redirect(302, &there.url("/a.bin")));
    there.serve(
        "/a.bin",
        Behaviour::file(FILE).first(1, |_| {
            Reply::status(401).header("WWW-Authenticate", "Basic realm=x")
        }),
    );
    desk.get(&[&here.url_at("ann:hush@127.0.0.1", "/get")]);
    assert!(
        there
            .journal()
            .iter()
            .all(|request| request.header("authorization").is_none()),
        "{:#?}",
        there.journal()
    );
    let mut command = desk.command(&["get", "--json", "--user", "ann", &here.url("/get")]);
    command.env("EBB_PASSWORD", "hush").output().expect("a run");
    assert!(
        there
            .journal()
            .iter()
            .all(|request| request.header("authorization").is_none()),
        "{:#?}",
        there.journal()
    );
}

#[test]
fn secrets_come_back_to_the_origin_that_knows_them() {
    let (desk, here, there) = (Desk::new(), Server::start(), Server::start());
    here.serve("/get", Behaviour::redirect(302, &there.url("/back")));
    there.serve("/back", Behaviour::redirect(302, &here.url("/a.bin")));
    here.serve("/a.bin", Behaviour::file(FILE));
    desk.get(&["-H", "X-Api-Key: hush", &here.url("/get")]);
    there.journal().iter().for_each(assert_no_secret);
}

#[test]
fn errors_mask_passwords_and_queries() {
    let (desk, server) = (Desk::new(), Server::start());
    let url = server.url_at("ann:hush1@127.0.0.1", "/no.bin?sig=hush2&x=hush3");
    let outcome = desk.get(&["-H", "X-Api-Key: hush4", &url]);
    let error = outcome.failed("not_found");
    assert!(!outcome.stderr.contains("hush"), "{outcome:?}");
    assert!(!error.to_string().contains("hush"), "{error:#?}");
    assert!(
        outcome
            .stdout
            .iter()
            .all(|line| !line.contains("hush1") && !line.contains("hush4")),
        "{outcome:?}"
    );
}

#[test]
fn errors_on_the_way_mask_the_target_too() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/get",
        Behaviour::redirect(302, "http://ann:hush@127.0.0.1:1/a.bin?sig=hush"),
    );
    let outcome = desk.get(&["--retries", "1", &server.url("/get")]);
    outcome.error();
    assert!(!outcome.stderr.contains("hush"), "{outcome:?}");
}

#[test]
fn nothing_secret_is_written_down() {
    let (desk, server) = (Desk::new(), Server::start());
    let large = Payload::new(92, 3 * MIB);
    server.serve(
        "/a.bin",
        Behaviour::file(large).nth(0, |reply| reply.stall_after(MIB)),
    );
    let url = server.url_at("ann:hush0@127.0.0.1", "/a.bin");
    desk.kill_at(MIB, &[&HEADERS[..], &[&url]].concat());
    let kept = everything_in(&desk.home());
    assert!(!kept.is_empty(), "a record");
    for secret in ["hush0", "hush1", "hush2", "hush3"] {
        assert!(
            !kept
                .windows(secret.len())
                .any(|bytes| bytes == secret.as_bytes()),
            "{secret}"
        );
    }
    desk.get(&[&HEADERS[..], &[&url]].concat())
        .complete_as(&desk, "a.bin", large);
}

#[cfg(unix)]
#[test]
fn the_database_is_its_users_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE));
    desk.get(&[&server.url("/a.bin")]).complete();
    let mode = |path: &Path| std::fs::metadata(path).expect("it").permissions().mode() & 0o077;
    let data = desk.home().join("data");
    for entry in std::fs::read_dir(&data).expect("the data folder") {
        let path = entry.expect("an entry").path();
        assert!(
            mode(&path) == 0 || mode(&data) == 0,
            "{}: others may read it",
            path.display()
        );
    }
}

/// All bytes of all files below.
pub fn everything_in(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let bytes = if path.is_dir() {
            everything_in(&path)
        } else {
            std::fs::read(&path).unwrap_or_default()
        };
        all.extend(bytes);
    }
    all
}
