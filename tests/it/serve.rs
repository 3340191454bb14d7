//! `ebb serve` begins and ends: by signals, by force, twice, and in odd places (contract, 1 and 2).

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::MIB;
use crate::desk::Desk;
use crate::served::{Served, files, flags, until};
use crate::server::{Behaviour, Payload, Server};

const FILE: Payload = Payload::new(301, 8 * MIB);

/// A group with one transfer that is well under way, over one connection.
fn under_way(served: &Served, server: &Server) -> String {
    server.serve("/a.bin", Behaviour::file(FILE).rate(2 * MIB));
    let id = served.add(&["-n", "Moving", "-x", "1", &server.url("/a.bin")]);
    served.ok(&["foreground", &id]);
    served.until(&id, |group| {
        group["progress"]["bytes"].as_u64() > Some(2 * MIB)
    });
    id
}

#[test]
fn signals_end_it_with_0_within_two_seconds_and_it_goes_on_where_it_was() {
    for signal in [Signal::TERM, Signal::INT] {
        let (served, server) = (Served::start(), Server::start());
        let id = under_way(&served, &server);
        let (outcome, desk) = served.end(signal);
        assert_eq!(outcome.code, Some(0), "{signal:?}: {outcome:?}");
        assert!(outcome.took < Duration::from_secs(2), "{outcome:?}");
        server.wait_until(|facts| facts.open_connections == 0);
        let before = server.facts().entries.len();

        let served = Served::at(desk);
        served.until_state(&id, "complete");
        FILE.assert_at(served.file("a.bin"));
        assert_eq!(served.names(), ["a.bin"]);
        let start = server.journal()[before].start();
        assert!(start > 2 * MIB, "it goes on by range: {start}");
    }
}

#[test]
fn it_ends_in_time_though_somebody_watches_and_somebody_says_nothing() {
    let (served, server) = (Served::start(), Server::start());
    under_way(&served, &server);
    let mut watch = served.start(&["watch", "--json"]);
    watch.wait_for(|event| event["event"] == "file");
    let silent = served.socket().map(|path| {
        std::os::unix::net::UnixStream::connect(path).expect("the socket takes connections")
    });
    let (outcome, _desk) = served.end(Signal::TERM);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert!(outcome.took < Duration::from_secs(2), "{outcome:?}");
    let status = watch.ended_within(Duration::from_secs(5));
    assert!(status.is_some(), "what watched it ends, too");
    drop(silent);
}

#[test]
fn all_is_as_it_was_after_a_restart() {
    let served = Served::start();
    let first = served.add(&["--suspended", "-n", "First", "http://127.0.0.1:1/a?b=c"]);
    served.ok(&["new", "--name", "Empty"]);
    let third = served.add(&[
        "--suspended",
        "--priority",
        "low",
        "-n",
        "Third",
        "http://127.0.0.1:1/c",
        "http://127.0.0.1:1/d",
    ]);
    served.ok(&[
        "add",
        "--suspended",
        "--group",
        &third,
        "http://127.0.0.1:1/e",
    ]);
    let properties = [
        "description=for later",
        "limit=1M",
        "connections=2",
        "parallel=3",
    ];
    served.ok(&[&["set", &first][..], &properties].concat());
    served.ok(&["set", &first, "notify=error", "on-complete=echo 'a b'"]);
    served.ok(&["foreground", &first]);
    served.ok(&["cancel", &third]);
    let before: Vec<_> = served
        .list()
        .iter()
        .map(|group| served.show(group["id"].as_str().expect("an id")))
        .collect();
    let served = served.again();
    let after: Vec<_> = served
        .list()
        .iter()
        .map(|group| served.show(group["id"].as_str().expect("an id")))
        .collect();
    assert_eq!(before.len(), 3);
    assert_eq!(before, after);
}

#[test]
fn after_kill_9_the_socket_is_taken_over_and_everything_is_there() {
    let (served, server) = (Served::start(), Server::start());
    let id = under_way(&served, &server);
    let suspended = served.add(&["--suspended", "-n", "Waits", &server.url("/b.bin")]);
    let socket = served.socket();
    let (_, desk) = served.end(Signal::KILL);
    if let Some(socket) = socket {
        assert!(socket.exists(), "it is stale, and there");
    }
    desk.ebb(&["list"]).ended(3);
    server.wait_until(|facts| facts.open_connections == 0);
    let before = server.facts().entries.len();

    let served = Served::at(desk);
    assert_eq!(served.listed(), ["Moving", "Waits"]);
    assert_eq!(flags(&served.show(&suspended)), ["incomplete", "suspended"]);
    served.until_state(&id, "complete");
    FILE.assert_at(served.file("a.bin"));
    let start = server.journal()[before].start();
    assert!(start > 0, "it goes on by range");
}

#[test]
fn a_second_serve_says_who_runs_and_ends_with_3() {
    let served = Served::start();
    let id = served.add(&["--suspended", "http://127.0.0.1:1/a"]);
    let outcome = served.ebb(&["serve"]);
    let line = outcome.ended(3);
    let who = served.id().to_string();
    let numbers = line.split(|c: char| !c.is_ascii_digit());
    assert!(
        numbers.into_iter().any(|number| number == who),
        "{who}: {line}"
    );
    assert_eq!(served.show(&id)["id"], *id, "the first goes on");
}

#[test]
fn two_at_once_do_not_both_serve() {
    let desk = Desk::new();
    let mut both = [desk.start(&["serve"]), desk.start(&["serve"])];
    let mut ended = None;
    until("one of two ends", || {
        ended = both
            .iter_mut()
            .position(|one| one.ended_within(Duration::ZERO).is_some());
        ended.is_some()
    });
    let [first, second] = both;
    let (loser, mut winner) = match ended {
        Some(0) => (first, second),
        _ => (second, first),
    };
    loser.finish().ended(3);
    until("the other answers", || desk.ebb(&["list"]).code == Some(0));
    winner.signal(Signal::TERM);
    let status = winner.ended_within(Duration::from_secs(2));
    assert_eq!(status.and_then(|status| status.code()), Some(0));
}

#[test]
fn the_socket_is_its_users_alone() {
    let served = Served::start();
    let mode = |path: &Path| path.metadata().expect("it").permissions().mode() & 0o777;
    let socket = served.socket().expect("a socket in run");
    assert_eq!(mode(&socket), 0o600, "{}", socket.display());
    assert_eq!(mode(&served.home().join("run")), 0o700);
    let (_, desk) = served.end(Signal::TERM);
    assert!(!socket.exists(), "a polite end leaves none behind");
    drop(desk);
}

#[test]
fn a_deep_home_has_room_for_a_socket() {
    let deep = ["a-folder-with-a-rather-long-name"; 6].join("/");
    let desk = Desk::with_home(&deep);
    assert!(desk.home().as_os_str().len() > 180);
    let served = Served::at(desk);
    let id = served.add(&["--suspended", "http://127.0.0.1:1/a"]);
    served.ebb(&["serve"]).ended(3);
    let served = served.again();
    assert_eq!(served.show(&id)["id"], *id);
    let (_, desk) = served.end(Signal::KILL);
    let served = Served::at(desk);
    assert_eq!(served.show(&id)["id"], *id);
}

#[test]
fn get_runs_beside_it_and_is_no_group_of_it() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/*", Behaviour::file(FILE).rate(8 * MIB));
    let get = served.start_get(&[&server.url("/got.bin")]);
    let id = served.add(&[&server.url("/added.bin")]);
    assert_eq!(served.list().len(), 1);
    get.finish().complete();
    served.until_state(&id, "complete");
    assert_eq!(served.names(), ["added.bin", "got.bin"]);
    assert_eq!(served.list().len(), 1);
}

#[test]
fn what_is_written_by_serve_is_refused_to_get() {
    let (served, server) = (Served::start(), Server::start());
    let id = under_way(&served, &server);
    let outcome = served.get(&["--on-conflict", "overwrite", &server.url("/a.bin")]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    let shown = served.show(&id);
    assert_eq!(files(&shown)[0]["state"], "transferring", "{shown:#}");
    served.ok(&["cancel", &id]);
}

#[test]
fn it_answers_at_once_while_it_is_busy() {
    let (served, server) = (Served::start(), Server::start());
    under_way(&served, &server);
    let slowest = (0..20)
        .map(|_| {
            let began = Instant::now();
            served.list();
            began.elapsed()
        })
        .max();
    assert!(slowest < Some(Duration::from_secs(2)), "{slowest:?}");
}
