//! Every property is set, seen in JSON, and bounded; a password is seen nowhere (contract, 1 and 2).

use serde_json::{Value, json};

use crate::MIB;
use crate::secrets::everything_in;
use crate::served::{Served, files, id_of};
use crate::server::{Behaviour, Payload, Reply, Server, basic};

const FILE: Payload = Payload::new(371, 6 * MIB);
const NOWHERE: &str = "http://127.0.0.1:1/a";

#[test]
fn each_property_of_a_group_is_set_and_seen() {
    let served = Served::start();
    let id = served.add(&["--suspended", NOWHERE]);
    let (long, longer) = ("é".repeat(256), "é".repeat(1024));
    let rows = [
        ("name=A name=with more", "/name", json!("A name=with more")),
        (&format!("name={long}"), "/name", json!(long)),
        (
            "description=Für später",
            "/description",
            json!("Für später"),
        ),
        (
            &format!("description={longer}"),
            "/description",
            json!(longer),
        ),
        ("description=", "/description", json!("")),
        ("priority=high", "/priority", json!("high")),
        ("priority=foreground", "/priority", json!("foreground")),
        ("priority=low", "/priority", json!("low")),
        ("limit=500k", "/properties/limit", json!(512_000)),
        ("limit=2M", "/properties/limit", json!(2 << 20)),
        ("limit=off", "/properties/limit", Value::Null),
        ("connections=1", "/properties/connections", json!(1)),
        ("connections=64", "/properties/connections", json!(64)),
        ("parallel=256", "/properties/parallel", json!(256)),
        ("user=ann", "/properties/user", json!("ann")),
        ("notify=off", "/properties/notify", json!("off")),
        ("notify=done", "/properties/notify", json!("done")),
        (
            "notify=done,error",
            "/properties/notify",
            json!("done,error"),
        ),
        (
            "on-complete=echo 'a b' $HOME",
            "/properties/on_complete",
            json!("echo 'a b' '$HOME'"),
        ),
    ];
    for (argument, pointer, wanted) in &rows {
        served.ok(&["set", &id, argument]);
        assert_eq!(
            served.show(&id).pointer(pointer),
            Some(wanted),
            "{argument}"
        );
    }
    served.ok(&["set", &id, "name=Both", "parallel=2"]);
    let group = served.show(&id);
    assert_eq!(
        (&group["name"], &group["properties"]["parallel"]),
        (&"Both".into(), &2.into())
    );
    assert_eq!(served.again().show(&id), group, "kept");
}

#[test]
fn what_is_out_of_bounds_or_unknown_is_refused_and_changes_nothing() {
    let served = Served::start();
    let id = served.add(&["--suspended", NOWHERE]);
    let before = served.show(&id);
    let file = id_of(files(&before)[0]).to_owned();
    let (long, longer) = ("x".repeat(257), "x".repeat(1025));
    let rows = [
        format!("name={long}"),
        format!("description={longer}"),
        "priority=urgent".to_owned(),
        "limit=0".to_owned(),
        "limit=fast".to_owned(),
        "connections=0".to_owned(),
        "connections=65".to_owned(),
        "parallel=0".to_owned(),
        "parallel=257".to_owned(),
        "parallel=many".to_owned(),
        "notify=loudly".to_owned(),
        "on-complete=echo 'open".to_owned(),
        "colour=red".to_owned(),
        "=value".to_owned(),
        "url=http://127.0.0.1:1/b".to_owned(),
    ];
    for row in &rows {
        let line = served.refused(&["set", &id, row]);
        assert!(line.len() < 300, "{line}");
        assert_eq!(served.show(&id), before, "{row}");
    }
    served.refused(&["set", &id, "name=Other", "parallel=0"]);
    for row in [
        "name=x",
        "priority=low",
        "url=no-scheme",
        "url=ftp://example.org/a",
    ] {
        served.refused(&["set", &file, row]);
    }
    assert_eq!(served.show(&id), before);
}

#[test]
fn several_get_a_priority_at_once() {
    let served = Served::start();
    let ids = [(), (), ()].map(|()| served.add(&["--suspended", NOWHERE]));
    served.ok(&["priority", "low", &ids[0], &ids[2]]);
    let found: Vec<_> = ids
        .iter()
        .map(|id| served.show(id)["priority"].clone())
        .collect();
    assert_eq!(found, ["low", "normal", "low"]);
}

/// Set in both ways; the server is told, nobody else, and nothing is written down.
#[test]
fn a_password_is_used_and_never_seen() {
    let server = Server::start();
    let wanted = basic("ann", "hush-hush");
    server.serve(
        "/a.bin",
        Behaviour::file(FILE).rate(MIB).when(
            move |request| request.header("authorization") != Some(&wanted),
            |_| Reply::status(401).header("WWW-Authenticate", "Basic realm=x"),
        ),
    );
    for argument in ["password", "password="] {
        let served = Served::start();
        let mut watch = served.start(&["watch", "--json"]);
        let id = served.add(&["--suspended", "-d", argument, &server.url("/a.bin")]);
        assert_eq!(served.show(&id)["properties"]["password"], "not set");
        served.ok(&["set", &id, "user=ann"]);
        let outcome = served.ebb_with(&["set", &id, argument], "hush-hush\n");
        assert_eq!(outcome.code, Some(0), "{outcome:?}");
        assert!(!outcome.said().contains("hush"), "{outcome:?}");
        let shown = served.show(&id);
        assert_eq!(shown["properties"]["password"], "set");
        assert_eq!(shown["properties"]["user"], "ann");
        served.ok(&["resume", &id]);
        served.until(&id, |group| group["progress"]["bytes"].as_u64() > Some(MIB));
        let mut said =
            served.ok(&["list"]) + &served.ok(&["show", &id]) + &served.ok(&["list", "--json"]);
        said += &served.show(&id).to_string();
        served.ok(&["cancel", &id]);
        watch.wait_for(|event| event["group"]["state"] == "cancelled");
        let (outcome, desk) = served.end(rustix::process::Signal::TERM);
        said += &outcome.said();
        said += &watch.finish().said();
        assert!(!said.contains("hush"), "{said}");
        let kept = everything_in(&desk.home());
        assert!(!kept.is_empty());
        assert!(
            !kept.windows(4).any(|bytes| bytes == b"hush"),
            "{argument}: on the disk"
        );
    }
}

#[test]
fn a_password_on_the_line_is_a_wrong_line_and_not_repeated() {
    let served = Served::start();
    let id = served.add(&["--suspended", NOWHERE]);
    let outcome = served.ebb(&["set", &id, "password=hush"]);
    let line = outcome.ended(2);
    assert!(!line.contains("hush"), "{line}");
    assert_eq!(served.show(&id)["properties"]["password"], "not set");
}

#[test]
fn after_a_restart_a_file_without_its_password_waits_for_the_person() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE));
    let id = served.add(&["--suspended", &server.url("/a.bin")]);
    served.ok(&["set", &id, "user=ann"]);
    assert_eq!(
        served.ebb_with(&["set", &id, "password"], "hush\n").code,
        Some(0)
    );
    let served = served.again();
    served.ok(&["resume", &id]);
    let group = served.until_state(&id, "waiting");
    assert_eq!(group["waiting"]["reason"], "credentials");
    assert_eq!(server.facts().accepted, 0);
    assert_eq!(
        served.ebb_with(&["set", &id, "password"], "hush\n").code,
        Some(0)
    );
    served.until_state(&id, "complete");
}

#[test]
fn a_file_gets_another_url_and_keeps_its_bytes() {
    let (served, old, new) = (Served::start(), Server::start(), Server::start());
    old.serve("/a.bin", Behaviour::file(FILE).rate(MIB));
    new.serve("/b.bin", Behaviour::file(FILE));
    let id = served.add(&["-x", "1", &old.url("/a.bin")]);
    served.until(&id, |group| group["progress"]["bytes"].as_u64() > Some(MIB));
    served.ok(&["suspend", &id]);
    let group = served.until_state(&id, "suspended");
    let file = id_of(files(&group)[0]).to_owned();
    let url = format!("url={}", new.url("/b.bin"));
    served.ok(&["set", &file[..13], &url]);
    assert_eq!(served.show(&file)["url"], new.url("/b.bin"));
    served.ok(&["resume", &id]);
    served.until_state(&id, "complete");
    FILE.assert_at(served.file("a.bin"));
    assert!(new.journal()[0].start() > 0, "it goes on by range");
}

#[test]
fn a_groups_limit_holds() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/*", Behaviour::file(Payload::new(372, 3_000_000)));
    let id = served.add(&["--suspended", "--priority", "foreground", &server.url("/a")]);
    served.ok(&["set", &id, "limit=1M"]);
    let began = std::time::Instant::now();
    served.ok(&["resume", &id]);
    served.until_state(&id, "complete");
    let seconds = began.elapsed().as_secs_f64();
    assert!(
        (2.2..6.0).contains(&seconds),
        "3 MB at 1 MB/s took {seconds} s"
    );
}
