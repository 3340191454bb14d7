//! Who comes first: priorities strictly, groups of one priority in turns, files within the numbers
//! (contract, 1).

use crate::MIB;
use crate::served::Served;
use crate::server::{Behaviour, Payload, Server};

const LARGE: Payload = Payload::new(361, 8 * MIB);
const SMALL: Payload = Payload::new(362, 100_000);

/// The paths asked for, each once, in order.
fn order(server: &Server) -> Vec<String> {
    let mut paths: Vec<String> = Vec::new();
    for entry in server
        .journal()
        .iter()
        .filter(|entry| entry.method == "GET")
    {
        if !paths.iter().any(|path| path == entry.path()) {
            paths.push(entry.path().to_owned());
        }
    }
    paths
}

fn one_at_a_time() -> (Served, Server) {
    let served = Served::with_settings("[downloads]\nparallel = 1\n");
    let server = Server::start();
    server.serve("/*", Behaviour::file(SMALL));
    (served, server)
}

#[test]
fn levels_are_strict() {
    let (served, server) = one_at_a_time();
    served.ok(&["mode", "suspended"]);
    for level in ["low", "normal", "foreground", "high"] {
        served.add(&["--priority", level, &server.url(&format!("/{level}-[1-2]"))]);
    }
    served.ok(&["mode", "full"]);
    server.wait_until(|facts| facts.entries.len() >= 8 && facts.active() == 0);
    let wanted = ["/foreground-", "/high-", "/normal-", "/low-"];
    let wanted: Vec<_> = wanted
        .iter()
        .flat_map(|level| [format!("{level}1"), format!("{level}2")])
        .collect();
    assert_eq!(order(&server), wanted);
}

#[test]
fn a_higher_level_goes_before_what_runs_and_that_goes_on_after_it() {
    let (served, server) = one_at_a_time();
    server.serve("/low", Behaviour::file(LARGE).rate(2 * MIB));
    let low = served.add(&["--priority", "low", "-x", "1", &server.url("/low")]);
    served.until(&low, |group| {
        group["progress"]["bytes"].as_u64() > Some(MIB)
    });
    let high = served.add(&["--priority", "high", &server.url("/high")]);
    served.until_state(&high, "complete");
    let group = served.show(&low);
    assert_ne!(group["state"], "complete", "it made way");
    served.until_state(&low, "complete");
    LARGE.assert_at(served.file("low"));
    let requests = server.journal_of("/low");
    assert!(
        requests[1..].iter().all(|entry| entry.start() >= MIB),
        "by range: {requests:#?}"
    );
}

#[test]
fn groups_of_one_level_take_turns() {
    let (served, server) = one_at_a_time();
    served.ok(&["mode", "suspended"]);
    for group in ["a", "b", "c"] {
        served.add(&["--priority", "low", &server.url(&format!("/{group}[1-3]"))]);
    }
    served.ok(&["mode", "full"]);
    server.wait_until(|facts| facts.entries.len() >= 9 && facts.active() == 0);
    let order = order(&server);
    for round in order.chunks(3) {
        let mut groups: Vec<_> = round.iter().map(|path| &path[1..2]).collect();
        groups.sort_unstable();
        assert_eq!(groups, ["a", "b", "c"], "{order:?}");
    }
}

#[test]
fn a_level_that_can_only_wait_lets_the_next_one_run() {
    let (served, server) = one_at_a_time();
    let busy = crate::server::Reply::status(503).header("Retry-After", "600");
    server.serve("/busy", Behaviour::reply(busy));
    let other = Server::start();
    other.serve("/*", Behaviour::file(SMALL));
    let high = served.add(&["--priority", "high", &server.url("/busy")]);
    let group = served.until_state(&high, "waiting");
    let reason = group["waiting"]["reason"].as_str().unwrap_or_default();
    assert!(["server_busy", "retry"].contains(&reason), "{reason}");
    crate::json::assert_time(&group["waiting"]["until"]);
    let low = served.add(&["--priority", "low", &other.url("/low")]);
    served.until_state(&low, "complete");
}

#[test]
fn at_most_so_many_files_at_once() {
    let server = Server::start();
    server.serve("/*", Behaviour::file(SMALL).rate(300_000));
    for (settings, own, most) in [("parallel = 2", "8", 2), ("parallel = 8", "3", 3)] {
        let served = Served::with_settings(&format!("[downloads]\n{settings}\n"));
        let before = server.facts().entries.len();
        let mut seen = 0;
        let range = format!("/{most}-[01-12]");
        served.add(&["--priority", "foreground", "-j", own, &server.url(&range)]);
        server.wait_until(|facts| {
            seen = seen.max(facts.active());
            facts.entries.len() >= before + 12 && facts.active() == 0
        });
        assert_eq!(seen, most, "{settings}, -j {own}");
    }
}

#[test]
fn a_group_with_a_number_of_its_own_leaves_room_for_others() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/*", Behaviour::file(LARGE).rate(MIB));
    let one = served.add(&["-j", "1", "-x", "1", &server.url("/a[1-4]")]);
    let two = served.add(&["-x", "1", &server.url("/b")]);
    served.until_state(&two, "transferring");
    let states = served.until_state(&one, "transferring");
    let states: Vec<_> = crate::served::files(&states)
        .iter()
        .map(|file| file["state"].clone())
        .collect();
    let running = states
        .iter()
        .filter(|state| *state == "transferring")
        .count();
    assert_eq!(running, 1, "{states:?}");
    served.ok(&["set", &one, "parallel=3"]);
    served.until(&one, |group| {
        let files = crate::served::files(group);
        files
            .iter()
            .filter(|file| file["state"] == "transferring")
            .count()
            == 3
    });
}

#[test]
fn connections_to_a_host_are_capped() {
    let served = Served::with_settings("[downloads]\nconnections_per_host = 4\n");
    let (server, other) = (Server::start(), Server::start());
    server.serve("/*", Behaviour::file(LARGE).rate(MIB));
    other.serve("/*", Behaviour::file(SMALL));
    let id = served.add(&["--priority", "foreground", "-x", "8", &server.url("/[1-3]")]);
    served.until(&id, |group| {
        group["progress"]["bytes"].as_u64() > Some(8 * MIB)
    });
    let free = served.add(&["--priority", "low", &other.url("/elsewhere")]);
    served.until_state(&free, "complete");
    let most = server.facts().max_open_connections;
    // A connection that is being closed may still be counted.
    assert!((2..=5).contains(&most), "{most}");
}

#[test]
fn groups_are_moved_among_those_of_their_priority() {
    let served = Served::start();
    for name in ["a", "b", "c", "d"] {
        served.add(&["--suspended", "-n", name, "http://127.0.0.1:1/x"]);
    }
    let rows = [
        ("c", "--top", "c a b d"),
        ("c", "--up", "c a b d"),
        ("a", "--down", "c b a d"),
        ("d", "--up", "c b d a"),
        ("c", "--bottom", "b d a c"),
        ("c", "--down", "b d a c"),
    ];
    for (name, place, wanted) in rows {
        let group = served
            .list()
            .into_iter()
            .find(|group| group["name"] == name);
        served.ok(&[
            "move",
            group.expect("it")["id"].as_str().expect("an id"),
            place,
        ]);
        assert_eq!(served.listed().join(" "), wanted, "{name} {place}");
    }
    let served = served.again();
    assert_eq!(served.listed().join(" "), "b d a c", "kept");
}

#[test]
fn what_was_moved_to_the_top_is_fetched_first() {
    let (served, server) = one_at_a_time();
    served.ok(&["mode", "suspended"]);
    let ids = ["a", "b", "c"].map(|name| served.add(&[&server.url(&format!("/{name}"))]));
    served.ok(&["move", &ids[2], "--top"]);
    served.ok(&["priority", "high", &ids[1]]);
    served.ok(&["mode", "full"]);
    server.wait_until(|facts| facts.entries.len() >= 3 && facts.active() == 0);
    assert_eq!(order(&server), ["/b", "/c", "/a"]);
}
