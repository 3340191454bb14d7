//! Where a redirect may lead, and where it ends (peers.md 5.2, 6, 15).

use crate::MIB;
use crate::desk::Desk;
use crate::server::{Behaviour, Payload, Reply, Request, Server, TlsKind};

const FILE: Payload = Payload::new(81, 50_000);

#[test]
fn every_kind_is_followed() {
    for status in [301, 302, 303, 307, 308] {
        let (desk, server) = (Desk::new(), Server::start());
        server.serve("/old.bin", Behaviour::redirect(status, "/new.bin"));
        server.serve("/new.bin", Behaviour::file(FILE));
        desk.get(&[&server.url("/old.bin")])
            .complete_as(&desk, "new.bin", FILE);
        assert!(
            server
                .journal()
                .iter()
                .all(|request| request.method == "GET")
        );
    }
}

#[test]
fn every_spelling_of_the_target_is_understood() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/*", Behaviour::file(FILE));
    let port = server.port();
    let targets = [
        ("new1.bin", "/dir/new1.bin".to_owned()),
        ("../new2.bin", "/new2.bin".to_owned()),
        ("?x=3", "/dir/old?x=3".to_owned()),
        ("/new4.bin#part", "/new4.bin".to_owned()),
        (
            &format!("//127.0.0.1:{port}/new5.bin"),
            "/new5.bin".to_owned(),
        ),
        (
            &format!("HTTP://127.0.0.1:{port}/new6.bin"),
            "/new6.bin".to_owned(),
        ),
        ("/new 7.bin", "/new%207.bin".to_owned()),
        ("/n\u{e9}w8.bin", "/n%C3%A9w8.bin".to_owned()),
        ("/n%e9w9.bin", "/n%e9w9.bin".to_owned()),
        ("  /new10.bin  ", "/new10.bin".to_owned()),
    ];
    for (number, (location, target)) in targets.iter().enumerate() {
        server.serve(
            "/dir/old",
            Behaviour::reply(Reply::redirect(302, location))
                .when(|r| r.query() == "x=3", |_| Reply::bytes("")),
        );
        let name = format!("{number}.bin");
        let url = server.url("/dir/old");
        let outcome = desk.get(&["-o", &name, &url]);
        assert_eq!(outcome.code, Some(0), "{location:?}: {outcome:?}");
        assert_eq!(
            server
                .journal()
                .last()
                .map(|request| request.target.clone())
                .as_ref(),
            Some(target),
            "{location:?}"
        );
    }
}

#[test]
fn ten_are_followed_and_not_many_more() {
    let (desk, server) = (Desk::new(), Server::start());
    server.answer("/r*", |request| {
        let left: u32 = request.path()[2..].parse().unwrap_or(0);
        if left == 0 {
            Reply::bytes("there")
        } else {
            Reply::redirect(302, format!("/r{}", left - 1))
        }
    });
    desk.get(&["-o", "ten", &server.url("/r10")]).complete();
    let before = server.journal().len();
    desk.get(&["-o", "many", &server.url("/r1000")])
        .failed("too_many_redirects");
    assert!(server.journal().len() - before < 60);
    assert_eq!(desk.names(), ["ten"]);
}

#[test]
fn loops_end() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a", Behaviour::redirect(302, "/b"));
    server.serve("/b", Behaviour::redirect(302, "/a"));
    server.serve("/self", Behaviour::redirect(302, "/self"));
    for path in ["/a", "/self"] {
        let error = desk.get(&[&server.url(path)]).error();
        let kind = error["kind"].as_str().unwrap_or_default();
        assert!(
            ["redirect_loop", "too_many_redirects"].contains(&kind),
            "{error:#?}"
        );
    }
    assert!(server.journal().len() < 60);
}

#[test]
fn a_loop_that_a_cookie_opens_is_none() {
    let (desk, server) = (Desk::new(), Server::start());
    let has = |request: &Request| {
        request
            .header("cookie")
            .is_some_and(|cookie| cookie.contains("seen=1"))
    };
    let gate = Reply::redirect(302, "/a.bin").header("Set-Cookie", "seen=1; Path=/");
    server.serve(
        "/a.bin",
        Behaviour::file(FILE).when(move |request| !has(request), move |_| gate.clone()),
    );
    desk.get(&[&server.url("/a.bin")])
        .complete_as(&desk, "a.bin", FILE);
}

#[test]
fn targets_that_are_none_are_errors() {
    let (desk, server) = (Desk::new(), Server::start());
    let targets = [
        "",
        "http://",
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "javascript:alert(1)",
        "data:,x",
        "http://a:99999/",
    ];
    for target in targets {
        server.serve("/a", Behaviour::reply(Reply::redirect(302, target)));
        eprintln!("Location: {target}");
        desk.get(&[&server.url("/a")]).failed("redirect_invalid");
    }
    server.serve("/a", Behaviour::reply(Reply::status(302)));
    desk.get(&[&server.url("/a")]).failed("redirect_invalid");
    assert_eq!(desk.names(), [""; 0]);
}

#[test]
fn the_body_of_a_redirect_is_not_the_file() {
    for status in [300, 305, 306] {
        let (desk, server) = (Desk::new(), Server::start());
        server.serve(
            "/a.bin",
            Behaviour::reply(Reply {
                status,
                ..Reply::bytes("choose")
            }),
        );
        desk.get(&["--retries", "1", &server.url("/a.bin")]).error();
        assert_eq!(desk.names(), [""; 0], "{status}");
    }
}

#[test]
fn https_may_not_lead_to_http() {
    let (desk, plain, tls) = (
        Desk::new(),
        Server::start(),
        Server::start_tls(TlsKind::Good),
    );
    plain.serve("/a.bin", Behaviour::file(FILE));
    plain.serve("/up.bin", Behaviour::redirect(302, &tls.url("/b.bin")));
    tls.serve("/a.bin", Behaviour::redirect(302, &plain.url("/a.bin")));
    tls.serve("/b.bin", Behaviour::file(FILE));
    let ca = tls.ca_pem_path();
    let ca = ca.to_str().expect("a path");
    desk.get(&["--cacert", ca, &tls.url("/a.bin")])
        .failed("redirect_insecure");
    assert_eq!(plain.journal().len(), 0);
    desk.get(&["--cacert", ca, &plain.url("/up.bin")])
        .complete_as(&desk, "b.bin", FILE);
}

#[test]
fn the_target_is_asked_for_segments() {
    let (desk, server) = (Desk::new(), Server::start());
    let large = Payload::new(82, 12 * MIB);
    server.serve("/get", Behaviour::redirect(302, "/a.bin"));
    server.serve("/a.bin", Behaviour::file(large).rate(4 * MIB));
    desk.get(&["-x", "4", &server.url("/get")])
        .complete_as(&desk, "a.bin", large);
    assert!(server.journal_of("/a.bin").len() > 1);
}

#[test]
fn a_target_that_expires_is_looked_up_anew() {
    for status in [403, 410] {
        let (desk, server) = (Desk::new(), Server::start());
        let file = Payload::new(83, 4 * MIB);
        server.serve("/get", Behaviour::redirect(302, "/a.bin?token={n}"));
        let uses = std::sync::Mutex::new(std::collections::HashMap::new());
        let good = Behaviour::file(file);
        server.answer("/a.bin", move |request| {
            let mut uses = uses.lock().expect("no panic");
            let uses: &mut u32 = uses.entry(request.target.clone()).or_default();
            *uses += 1;
            if *uses == 1 {
                good.answer(request).cut_after(MIB)
            } else {
                Reply::status(status)
            }
        });
        desk.get(&["-x", "1", &server.url("/get")])
            .complete_as(&desk, "a.bin", file);
        assert!(
            server.journal_of("/get").len() >= 4,
            "{:#?}",
            server.journal()
        );
    }
}

#[test]
fn cookies_set_on_the_way_are_brought_along() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/login",
        Behaviour::redirect(302, "/a.bin").header("Set-Cookie", "k=v; Path=/; HttpOnly"),
    );
    server.serve("/a.bin", Behaviour::file(FILE).wants_cookie("k=v"));
    desk.get(&[&server.url("/login")])
        .complete_as(&desk, "a.bin", FILE);
}
