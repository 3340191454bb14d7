//! HTTP/2: for many small files one connection, and its own ways to break (peers.md 5.2, 23).

use crate::desk::Desk;
use crate::outcome::Outcome;
use crate::server::{Behaviour, Payload, Reply, Server};
use crate::{KIB, MIB};

const FILE: Payload = Payload::new(151, 3 * MIB);

fn get(desk: &Desk, server: &Server, args: &[&str]) -> Outcome {
    let ca = server.ca_pem_path();
    desk.get(&[&["--cacert", ca.to_str().expect("a path")], args].concat())
}

#[test]
fn it_is_spoken_where_the_server_speaks_it() {
    let (desk, server) = (Desk::new(), Server::start_h2());
    server.serve("/a.bin", Behaviour::file(FILE));
    get(&desk, &server, &["-x", "1", &server.url("/a.bin")]).complete_as(&desk, "a.bin", FILE);
    assert_eq!(server.journal()[0].version, "HTTP/2");
    assert_eq!(server.journal().len(), 1);
}

#[test]
fn many_small_files_share_a_connection() {
    let (desk, server) = (Desk::new(), Server::start_h2());
    let small = Payload::new(152, 20 * KIB);
    server.serve("/*", Behaviour::file(small));
    get(&desk, &server, &[&server.url("/[001-040].bin")]).complete();
    assert_eq!(desk.names().len(), 40);
    desk.names()
        .iter()
        .for_each(|name| small.assert_at(desk.file(name)));
    let facts = server.facts();
    assert!(
        facts
            .entries
            .iter()
            .all(|request| request.version == "HTTP/2")
    );
    assert!(facts.accepted <= 4, "{} connections", facts.accepted);
}

#[test]
fn segments_of_a_large_file_have_connections_of_their_own() {
    let (desk, server) = (Desk::new(), Server::start_h2());
    let large = Payload::new(153, 12 * MIB);
    server.serve("/a.bin", Behaviour::file(large).rate(4 * MIB));
    get(&desk, &server, &["-x", "4", &server.url("/a.bin")]).complete_as(&desk, "a.bin", large);
    let later: Vec<_> = server
        .journal()
        .into_iter()
        .filter(|request| request.start() > 0)
        .collect();
    assert!(!later.is_empty());
    assert!(
        later.iter().all(|request| request.version == "HTTP/1.1"),
        "{later:#?}"
    );
}

#[test]
fn what_breaks_goes_on() {
    type Break = fn(Reply) -> Reply;
    let breaks: [(&str, Break); 6] = [
        ("RST_STREAM", |reply| reply.reset_after(MIB)),
        ("GOAWAY", |reply| reply.go_away_after(MIB)),
        ("FIN", |reply| reply.cut_after(MIB)),
        ("silence", |reply| reply.stall_after(MIB)),
        ("RST_STREAM before the head", |_| Reply::refused()),
        ("FIN before the head", |_| Reply::nothing()),
    ];
    for (name, broken) in breaks {
        let (desk, server) = (Desk::new(), Server::start_h2());
        server.serve("/a.bin", Behaviour::file(FILE).first(1, broken));
        eprintln!("{name}");
        let outcome = get(
            &desk,
            &server,
            &["-x", "1", "--stall-timeout", "700ms", &server.url("/a.bin")],
        );
        outcome.complete_as(&desk, "a.bin", FILE);
        assert!(
            server.facts().sent() < FILE.len + 2 * MIB + 300 * KIB,
            "{name}: {:#?}",
            server.journal()
        );
    }
}

#[test]
fn a_goaway_breaks_none_of_many() {
    let (desk, server) = (Desk::new(), Server::start_h2());
    let small = Payload::new(154, 100 * KIB);
    server.serve(
        "/*",
        Behaviour::file(small).when(
            |request| request.on_connection == 3,
            |reply| reply.go_away_after(10 * KIB),
        ),
    );
    get(&desk, &server, &[&server.url("/[01-20].bin")]).complete();
    desk.names()
        .iter()
        .for_each(|name| small.assert_at(desk.file(name)));
    assert_eq!(desk.names().len(), 20);
}

#[test]
fn one_stream_at_a_time_is_enough() {
    let (desk, server) = (Desk::new(), Server::start_h2_with_streams(1));
    let small = Payload::new(155, 100 * KIB);
    server.serve("/*", Behaviour::file(small));
    get(&desk, &server, &[&server.url("/[1-8].bin")]).complete();
    assert_eq!(desk.names().len(), 8);
}

#[test]
fn small_pieces_are_enough() {
    let (desk, server) = (Desk::new(), Server::start_h2());
    let small = Payload::new(156, 100 * KIB);
    server.serve(
        "/a.bin",
        Behaviour::file(small).always(|_, reply| reply.stutter(100, std::time::Duration::ZERO)),
    );
    get(&desk, &server, &[&server.url("/a.bin")]).complete_as(&desk, "a.bin", small);
}

#[test]
fn a_slow_file_does_not_hold_up_the_others() {
    let (desk, server) = (Desk::new(), Server::start_h2());
    let small = Payload::new(157, 100 * KIB);
    server.serve("/*", Behaviour::file(small));
    server.serve(
        "/slow*",
        Behaviour::file(FILE).always(|_, reply| reply.stall_after(MIB)),
    );
    let urls = [server.url("/slow[1-3].bin"), server.url("/[1-5].bin")];
    let mut running = desk.start_get(&[
        "--cacert",
        server.ca_pem_path().to_str().expect("a path"),
        "-x",
        "1",
        &urls[0],
        &urls[1],
    ]);
    let mut done = 0;
    running.wait_for(|event| {
        done += u32::from(event["event"] == "file" && event["file"]["complete"] == true);
        done == 5
    });
}

#[test]
fn an_unknown_length_is_told_by_the_end() {
    let (desk, server) = (Desk::new(), Server::start_h2());
    server.serve("/a.bin", Behaviour::file(FILE).no_ranges().chunked());
    get(&desk, &server, &[&server.url("/a.bin")]).complete_as(&desk, "a.bin", FILE);
    server.serve(
        "/b.bin",
        Behaviour::file(FILE)
            .no_ranges()
            .chunked()
            .always(|_, reply| reply.reset_after(MIB)),
    );
    get(&desk, &server, &["--retries", "1", &server.url("/b.bin")]).failed("connection_lost");
}
