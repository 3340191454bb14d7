//! Groups are made suspended, adding starts what it is asked to, ids are the caller's once (contract, 1 and 2).

use crate::MIB;
use crate::json::assert_uuid_v4;
use crate::served::{Served, files, flags};
use crate::server::{Behaviour, Manner, Payload, Proxy, Server};

const FILE: Payload = Payload::new(321, 100_000);
const OWN: &str = "0b7a4c1e-96f2-4c11-9a5e-2f1a3c4d5e6f";

#[test]
fn new_prints_the_id_of_an_empty_suspended_group() {
    let served = Served::start();
    let id = served.ok(&["new"]);
    assert_uuid_v4(&id.as_str().into());
    let named = served.ok(&["new", "--name", "A name"]);
    assert_ne!(id, named);
    let group = served.show(&id);
    assert_eq!(flags(&group), ["incomplete", "suspended"]);
    assert_eq!(
        (&group["state"], &group["priority"]),
        (&"suspended".into(), &"normal".into())
    );
    assert_eq!(
        (&group["files_total"], &group["jobs"]),
        (&0.into(), &serde_json::json!([]))
    );
    assert_eq!(served.show(&named)["name"], "A name");
}

#[test]
fn a_callers_id_is_refused_the_second_time_and_changes_nothing() {
    let (served, server) = (Served::start(), Server::start());
    assert_eq!(served.ok(&["new", "--id", OWN, "--name", "Mine"]), OWN);
    let before = served.list();
    let url = server.url("/a.bin");
    let tries: [&[&str]; 3] = [
        &["new", "--id", OWN],
        &["new", "--id", OWN, "--name", "Another"],
        &["add", "--id", OWN, &url],
    ];
    for args in tries {
        let line = served.refused(args);
        assert!(line.contains(OWN), "{line}");
        assert_eq!(served.list(), before);
    }
    served.ok(&["cancel", OWN]);
    served.refused(&["new", "--id", OWN]);
    assert_eq!(server.facts().accepted, 0);
    let other = "1b7a4c1e-96f2-4c11-9a5e-2f1a3c4d5e6f";
    assert_eq!(served.add(&["--id", other, "--suspended", &url]), other);
}

#[test]
fn an_empty_group_is_not_resumed() {
    let served = Served::start();
    let id = served.ok(&["new"]);
    let line = served.refused(&["resume", &id]);
    assert!(line.contains(&id), "{line}");
    assert_eq!(flags(&served.show(&id)), ["incomplete", "suspended"]);
    served.ok(&["suspend", &id]);
}

#[test]
fn what_is_added_runs_in_the_background_unless_said_otherwise() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/*", Behaviour::file(Payload::new(322, 4 * MIB)).rate(MIB));
    let rows: [(&[&str], &str, &[&str]); 6] = [
        (&[], "normal", &["incomplete"]),
        (&["--background"], "normal", &["incomplete"]),
        (&["--priority", "low"], "low", &["incomplete"]),
        (&["--priority", "high"], "high", &["incomplete"]),
        (
            &["--priority", "foreground"],
            "foreground",
            &["foreground", "incomplete"],
        ),
        (&["--suspended"], "normal", &["incomplete", "suspended"]),
    ];
    for (row, (args, priority, words)) in rows.into_iter().enumerate() {
        let url = server.url(&format!("/{row}.bin"));
        let id = served.add(&[args, &[&url]].concat());
        let group = served.show(&id);
        assert_eq!(group["priority"], priority, "{args:?}");
        assert_eq!(flags(&group), words, "{args:?}");
    }
}

#[test]
fn a_suspended_group_touches_no_server() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/*", Behaviour::file(FILE));
    let id = served.add(&["--suspended", &server.url("/[1-3].bin")]);
    // Longer than a size that waits is left alone when the group runs.
    std::thread::sleep(std::time::Duration::from_secs(4));
    assert_eq!(server.facts().accepted, 0);
    assert_eq!(served.names(), [""; 0]);
    served.ok(&["resume", &id]);
    served.until_state(&id, "complete");
    assert_eq!(served.names(), ["1.bin", "2.bin", "3.bin"]);
}

#[test]
fn one_add_is_one_job_and_its_urls_are_the_files() {
    let (served, server) = (Served::start(), Server::start());
    let id = served.ok(&["new", "--name", "Collected"]);
    let urls = [
        server.url("/a.bin"),
        server.url("/b.bin"),
        server.url("/c[1-2].bin"),
    ];
    let added = served.add(&["--group", &id[..8], "--suspended", &urls[0], &urls[1]]);
    assert_eq!(added, id, "the group's id");
    assert_eq!(
        served.add(&["--group", "Collected", "--suspended", &urls[2]]),
        id,
        "by its name"
    );
    assert_eq!(served.list().len(), 1);
    let group = served.show(&id);
    let jobs = group["jobs"].as_array().expect("jobs");
    let counts: Vec<_> = jobs
        .iter()
        .map(|job| job["files"].as_array().map(Vec::len))
        .collect();
    assert_eq!(counts, [Some(2), Some(2)]);
    let found: Vec<_> = files(&group)
        .iter()
        .map(|file| file["url"].as_str())
        .collect();
    let (third, fourth) = (server.url("/c1.bin"), server.url("/c2.bin"));
    assert_eq!(
        found,
        [Some(&*urls[0]), Some(&urls[1]), Some(&third), Some(&fourth)]
    );
    served.refused(&["add", "--group", "no such group", &urls[0]]);
    served.ok(&["new", "--name", "Twice"]);
    served.ok(&["new", "--name", "Twice"]);
    served.refused(&["add", "--group", "Twice", &urls[0]]);
    assert_eq!(server.facts().accepted, 0);
}

#[test]
fn gets_options_hold_for_what_is_added() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/*", Behaviour::file(FILE));
    let list = served.file("list.txt");
    let text = format!("# a comment\n\n{}\n", server.url("/listed.bin"));
    std::fs::write(&list, text).expect("a list");
    let sum = format!("sha-256={}", FILE.sha256());
    let wrong = format!("sha-256={}", "0".repeat(64));
    let url = server.url("/a.bin");
    let header = [
        "-H",
        "X-Own: yes",
        "-d",
        "below/it",
        "-o",
        "named.bin",
        "--checksum",
        &sum,
        &url,
    ];
    let id = served.add(&header);
    served.until_state(&id, "complete");
    FILE.assert_at(served.file("below/it/named.bin"));
    assert_eq!(server.journal_of("/a.bin")[0].header("x-own"), Some("yes"));

    let id = served.add(&["-i", "list.txt", "-n", "From a list"]);
    served.until_state(&id, "complete");
    FILE.assert_at(served.file("listed.bin"));
    assert_eq!(served.show(&id)["name"], "From a list");

    let id = served.add(&["--checksum", &wrong, &server.url("/wrong.bin")]);
    let group = served.until(&id, |group| group["state"] == "error");
    assert_eq!(group["error"]["kind"], "checksum_mismatch");

    std::fs::write(served.file("kept.bin"), "mine").expect("a file");
    let id = served.add(&["--on-conflict", "fail", &server.url("/kept.bin")]);
    let group = served.until(&id, |group| group["state"] == "error");
    assert_eq!(group["error"]["kind"], "name_conflict");
    assert_eq!(
        std::fs::read(served.file("kept.bin")).ok(),
        Some(b"mine".to_vec())
    );

    let id = served.add(&[
        "-x",
        "3",
        "-j",
        "2",
        "--limit-rate",
        "500k",
        "--suspended",
        &url,
    ]);
    let properties = &served.show(&id)["properties"];
    let found = (
        &properties["connections"],
        &properties["parallel"],
        &properties["limit"],
    );
    assert_eq!(found, (&3.into(), &2.into(), &512_000.into()));
}

#[test]
fn jobs_own_network_options_hold_for_it_alone() {
    let (served, server) = (Served::start(), Server::start());
    let proxy = Proxy::start(Manner::Serves);
    server.serve("/*", Behaviour::file(FILE));
    let id = served.add(&["--proxy", &proxy.url(), &server.url("/by-proxy.bin")]);
    served.until_state(&id, "complete");
    let seen = proxy.asked().len();
    assert!(seen > 0, "by the proxy");
    let id = served.add(&[&server.url("/without.bin")]);
    served.until_state(&id, "complete");
    assert_eq!(proxy.asked().len(), seen, "without it");
}

#[test]
fn retries_of_an_add_hold() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE).fails(100, 503));
    let args = [
        "--retries",
        "2",
        "--retry-wait",
        "20ms",
        &server.url("/a.bin"),
    ];
    let id = served.add(&args);
    let group = served.until(&id, |group| group["state"] == "error");
    assert_eq!(flags(&group), ["incomplete", "suspended", "error"]);
    let tries = server.journal().len();
    assert!((2..=3).contains(&tries), "{tries}");
}
