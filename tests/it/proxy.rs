//! Through a proxy, and where there is none (peers.md 5.2, 24).

use crate::desk::{Desk, quick};
use crate::server::{Behaviour, Manner, Payload, Proxy, Server, Socks, TlsKind};

const FILE: Payload = Payload::new(161, 50_000);

/// A server, and its URL under a name that only a proxy of these tests knows.
fn far() -> (Desk, Server, String) {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE));
    let url = server.url_at("files.example", "/a.bin");
    (desk, server, url)
}

#[test]
fn plain_requests_are_passed_on() {
    let (desk, server, url) = far();
    let proxy = Proxy::start(Manner::Serves);
    desk.get(&["--proxy", &proxy.url(), &url])
        .complete_as(&desk, "a.bin", FILE);
    let asked = &proxy.asked()[0];
    assert_eq!(
        (asked.host.as_str(), asked.port),
        ("files.example", server.port())
    );
}

#[test]
fn tls_goes_through_a_tunnel() {
    let (desk, proxy) = (Desk::new(), Proxy::start(Manner::Serves));
    let server = Server::start_tls(TlsKind::Good);
    server.serve("/a.bin", Behaviour::file(FILE));
    let ca = server.ca_pem_path();
    let args = [
        "--cacert",
        ca.to_str().expect("a path"),
        "--proxy",
        &proxy.url(),
        &server.url_at("localhost", "/a.bin"),
    ];
    desk.get(&args).complete_as(&desk, "a.bin", FILE);
    let asked = &proxy.asked()[0];
    assert_eq!(
        (asked.how.as_str(), asked.host.as_str(), asked.port),
        ("CONNECT", "localhost", server.port())
    );
}

#[test]
fn a_proxy_may_want_a_password() {
    let (desk, _server, url) = far();
    let proxy = Proxy::start(Manner::Wants("ann", "h@sh"));
    desk.get(&["--proxy", &proxy.url_with("ann:h%40sh@"), &url])
        .complete_as(&desk, "a.bin", FILE);
    assert!(
        !_server
            .journal()
            .iter()
            .any(|request| request.header("proxy-authorization").is_some())
    );
}

#[test]
fn a_proxy_that_is_not_given_its_password_is_an_error() {
    let (desk, _server, url) = far();
    let proxy = Proxy::start(Manner::Wants("ann", "hush"));
    desk.get(&["--proxy", &proxy.url(), &url])
        .failed("proxy_authentication");
    let outcome = desk.get(&["--proxy", &proxy.url_with("ann:wrong@"), &url]);
    outcome.failed("proxy_authentication");
    assert!(!outcome.said().contains("wrong"), "{outcome:?}");
    let tls = Server::start_tls(TlsKind::Good);
    desk.get(&["--proxy", &proxy.url(), &tls.url("/a.bin")])
        .failed("proxy_authentication");
    assert_eq!(desk.names(), [""; 0]);
}

#[test]
fn a_tunnel_that_is_refused_or_breaks_is_an_error() {
    let (desk, tls) = (Desk::new(), Server::start_tls(TlsKind::Good));
    for manner in [Manner::Refuses(403), Manner::Refuses(502), Manner::Breaks] {
        let proxy = Proxy::start(manner.clone());
        eprintln!("{manner:?}");
        desk.get(&[
            "--retries",
            "1",
            "--proxy",
            &proxy.url(),
            &tls.url("/a.bin"),
        ])
        .failed("proxy");
    }
    assert_eq!(tls.journal().len(), 0);
}

#[test]
fn a_proxy_that_is_not_there_is_named_as_the_cause() {
    let (desk, server, url) = far();
    let dead = format!("http://127.0.0.1:{}", Server::start().port());
    desk.get(&["--retries", "1", "--proxy", &dead, &url])
        .failed("proxy");
    assert_eq!(server.journal().len(), 0, "never around it");
}

#[test]
fn socks_looks_names_up_where_it_is() {
    let (desk, server, url) = far();
    let socks = Socks::start();
    desk.get(&["--proxy", &socks.url("socks5h", ""), &url])
        .complete_as(&desk, "a.bin", FILE);
    assert_eq!(
        (socks.asked()[0].host.as_str(), socks.asked()[0].port),
        ("files.example", server.port())
    );
}

#[test]
fn socks_with_an_address() {
    let (desk, server, _) = far();
    let socks = Socks::start();
    desk.get(&["--proxy", &socks.url("socks5", ""), &server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
    assert_eq!(socks.asked()[0].host, "127.0.0.1");
}

#[test]
fn socks_with_a_login() {
    let (desk, server, _) = far();
    let socks = Socks::start_with_login("ann", "hush");
    let url = server.url("/a.bin");
    desk.get(&["--retries", "1", "--proxy", &socks.url("socks5", ""), &url])
        .error();
    let outcome = desk.get(&[
        "--retries",
        "1",
        "--proxy",
        &socks.url("socks5", "ann:wrong@"),
        &url,
    ]);
    outcome.error();
    assert!(!outcome.said().contains("wrong"), "{outcome:?}");
    desk.get(&["--proxy", &socks.url("socks5", "ann:hush@"), &url])
        .complete_as(&desk, "a.bin", FILE);
    assert_eq!(socks.asked()[0].said, "ann:hush");
}

#[test]
fn the_environment_names_the_systems_proxy() {
    let run = |desk: &Desk, variables: &[(&str, &str)], args: &[&str]| {
        let status = desk
            .command(&quick(args))
            .envs(variables.iter().copied())
            .output()
            .expect("a run")
            .status;
        status.code()
    };
    let (desk, server, url) = far();
    for name in ["http_proxy", "all_proxy", "ALL_PROXY"] {
        let proxy = Proxy::start(Manner::Serves);
        assert_eq!(
            run(&desk, &[(name, &proxy.url())], &[&url]),
            Some(0),
            "{name}"
        );
        assert_eq!(proxy.asked().len(), 1, "{name}");
    }
    let proxy = Proxy::start(Manner::Refuses(403));
    let near = server.url("/a.bin");
    assert_eq!(
        run(
            &desk,
            &[
                ("http_proxy", &proxy.url()),
                ("no_proxy", "127.0.0.0/8,other")
            ],
            &[&near]
        ),
        Some(0)
    );
    assert_eq!(
        run(
            &desk,
            &[("http_proxy", &proxy.url())],
            &["--proxy", "none", &near]
        ),
        Some(0)
    );
    assert_eq!(proxy.asked().len(), 0);
    assert_eq!(desk.names().len(), 5);
}

#[test]
fn a_proxy_that_is_none_is_a_mistake_of_the_line() {
    let (desk, _server, url) = far();
    for proxy in [
        "",
        "nonsense nonsense",
        "ftp://127.0.0.1:21",
        "http://",
        "http://host:99999",
    ] {
        eprintln!("{proxy:?}");
        desk.ebb(&["get", "--proxy", proxy, &url]).refused();
    }
}
