//! Which certificates are accepted: those of a known authority, for this name, today. No others, ever.

use crate::desk::Desk;
use crate::outcome::Outcome;
use crate::server::{Behaviour, Payload, Server, TlsKind};

const FILE: Payload = Payload::new(141, 100_000);

fn get(desk: &Desk, server: &Server, host: &str) -> Outcome {
    server.serve("/a.bin", Behaviour::file(FILE));
    let ca = server.ca_pem_path();
    desk.get(&[
        "--cacert",
        ca.to_str().expect("a path"),
        &server.url_at(host, "/a.bin"),
    ])
}

#[test]
fn one_more_authority_can_be_named() {
    for host in ["localhost", "127.0.0.1"] {
        let (desk, server) = (Desk::new(), Server::start_tls(TlsKind::Good));
        get(&desk, &server, host).complete_as(&desk, "a.bin", FILE);
    }
}

#[test]
fn an_unknown_authority_is_refused() {
    let (desk, server) = (Desk::new(), Server::start_tls(TlsKind::Good));
    server.serve("/a.bin", Behaviour::file(FILE));
    let error = desk.get(&[&server.url("/a.bin")]).failed("tls_certificate");
    assert_eq!(error["stage"], "tls");
    assert_eq!(server.journal().len(), 0);
}

#[test]
fn certificates_that_are_wrong_are_refused_at_once() {
    for kind in [TlsKind::Expired, TlsKind::WrongName, TlsKind::SelfSigned] {
        let (desk, server) = (Desk::new(), Server::start_tls(kind));
        eprintln!("{kind:?}");
        let error = get(&desk, &server, "localhost").failed("tls_certificate");
        assert_eq!(
            (&error["stage"], &error["attempts"]),
            (&"tls".into(), &1.into())
        );
        assert_eq!(server.journal().len(), 0);
        assert_eq!(desk.names(), [""; 0]);
    }
}

#[test]
fn an_authority_that_is_none_is_a_mistake_of_the_line() {
    let desk = Desk::new();
    std::fs::write(desk.file("no.pem"), "nothing of the kind").expect("a file");
    for file in ["no.pem", "missing.pem"] {
        let outcome = desk.get(&["--cacert", file, "https://127.0.0.1:1/a.bin"]);
        assert!(matches!(outcome.code, Some(1 | 2)), "{outcome:?}");
        assert!(outcome.stderr.contains("ebb: "), "{outcome:?}");
    }
}

#[test]
fn plain_http_on_a_tls_port_and_the_reverse_are_errors() {
    let (desk, plain, tls) = (
        Desk::new(),
        Server::start(),
        Server::start_tls(TlsKind::Good),
    );
    desk.get(&[
        "--retries",
        "1",
        &tls.url("/a.bin").replace("https:", "http:"),
    ])
    .error();
    let swapped = plain.url("/a.bin").replace("http:", "https:");
    desk.get(&[
        "--retries",
        "1",
        "--stall-timeout",
        "500ms",
        "--connect-timeout",
        "500ms",
        &swapped,
    ])
    .error();
    assert_eq!(desk.names(), [""; 0]);
}
