//! The lines of `get --json`, as programs rely on them (contract, 3).

use std::time::Instant;

use serde_json::Value;

use crate::MIB;
use crate::desk::Desk;
use crate::outcome::Outcome;
use crate::server::{Behaviour, Payload, Reply, Server};

const FILE: Payload = Payload::new(191, 2 * MIB);

pub const STATES: [&str; 9] = [
    "suspended",
    "queued",
    "connecting",
    "transferring",
    "waiting",
    "verifying",
    "complete",
    "error",
    "cancelled",
];

fn keys(object: &Value) -> Vec<&str> {
    let mut keys: Vec<_> = object
        .as_object()
        .map(|map| map.keys().map(String::as_str).collect())
        .unwrap_or_default();
    keys.sort_unstable();
    keys
}

#[track_caller]
pub fn assert_keys(object: &Value, wanted: &str) {
    let mut wanted: Vec<_> = wanted.split_whitespace().collect();
    wanted.sort_unstable();
    assert_eq!(keys(object), wanted, "{object:#}");
}

#[track_caller]
pub fn assert_uuid_v4(id: &Value) {
    let id: uuid::Uuid = id
        .as_str()
        .and_then(|text| text.parse().ok())
        .unwrap_or_else(|| panic!("a UUID: {id}"));
    assert_eq!(id.get_version_num(), 4);
}

#[track_caller]
pub fn assert_time(time: &Value) {
    let text = time.as_str().unwrap_or_default();
    assert!(text.parse::<jiff::Timestamp>().is_ok(), "RFC 3339: {time}");
}

/// One good file and one that is not there.
fn mixed() -> (Outcome, Server) {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE).rate(2 * MIB));
    let urls = [
        server.url_at("ann:hush@127.0.0.1", "/a.bin?v=1"),
        server.url("/no.bin"),
    ];
    (desk.get(&["-n", "Two files", &urls[0], &urls[1]]), server)
}

#[test]
fn every_line_is_an_object_with_an_event() {
    let (outcome, _server) = mixed();
    assert_eq!(outcome.events.len(), outcome.stdout.len(), "{outcome:?}");
    for event in &outcome.events {
        let name = event["event"].as_str().unwrap_or_default();
        match name {
            "group" => assert_keys(event, "event group"),
            "file" => assert_keys(event, "event group job file"),
            "summary" => assert_keys(event, "event complete failed bytes seconds"),
            "removed" => assert_keys(event, "event id"),
            other => panic!("{other}"),
        }
    }
    assert_eq!(
        outcome
            .events
            .iter()
            .filter(|event| event["event"] == "summary")
            .count(),
        1
    );
}

#[test]
fn the_summary_is_last_and_right() {
    let (outcome, _server) = mixed();
    let summary = outcome.summary();
    assert_eq!(outcome.code, Some(1));
    assert_eq!(
        (&summary["complete"], &summary["failed"]),
        (&1.into(), &1.into())
    );
    assert_eq!(summary["bytes"], FILE.len);
    assert!(
        summary["seconds"]
            .as_f64()
            .is_some_and(|seconds| (0.5..30.0).contains(&seconds)),
        "{summary}"
    );
}

#[test]
fn a_group_has_its_shape() {
    let (outcome, _server) = mixed();
    let groups: Vec<_> = outcome
        .events
        .iter()
        .filter(|event| event["event"] == "group")
        .collect();
    let group = &groups.last().expect("a group")["group"];
    assert_keys(
        group,
        "id name description priority status state size size_known files_total files_done progress \
         bytes_per_second waiting error created completed properties",
    );
    assert_keys(&group["progress"], "bytes percent seconds_left");
    assert_keys(
        &group["properties"],
        "limit connections parallel user password notify on_complete",
    );
    assert_uuid_v4(&group["id"]);
    assert_time(&group["created"]);
    assert_eq!(
        (&group["name"], &group["priority"]),
        (&"Two files".into(), &"foreground".into())
    );
    assert_eq!(
        (&group["files_total"], &group["files_done"]),
        (&2.into(), &1.into())
    );
    assert_eq!(
        (&group["state"], &group["error"]["kind"]),
        (&"error".into(), &"not_found".into())
    );
    let flags: Vec<_> = group["status"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    assert!(
        flags.contains(&"error") && flags.contains(&"incomplete"),
        "{flags:?}"
    );
    assert!(
        ["set", "not set"].contains(&group["properties"]["password"].as_str().unwrap_or_default())
    );
}

#[test]
fn a_file_has_its_shape() {
    let (outcome, server) = mixed();
    for event in outcome
        .events
        .iter()
        .filter(|event| event["event"] == "file")
    {
        let file = &event["file"];
        assert_keys(
            file,
            "id url path state size bytes complete connections resumable waiting error",
        );
        assert_uuid_v4(&file["id"]);
        assert_uuid_v4(&event["job"]);
        assert!(
            file["state"]
                .as_str()
                .is_some_and(|state| STATES.contains(&state)),
            "{file}"
        );
        assert!(
            file["bytes"].is_u64() && file["connections"].is_u64() && file["complete"].is_boolean(),
            "{file}"
        );
        assert!(file["size"].is_null() || file["size"].is_u64(), "{file}");
        assert!(!file.to_string().contains("hush"), "{file}");
    }
    let files = outcome.files();
    let good = files
        .values()
        .find(|file| file["complete"] == true)
        .expect("one that came");
    assert!(
        good["url"]
            .as_str()
            .is_some_and(|url| url.ends_with(&format!("127.0.0.1:{}/a.bin?v=1", server.port())))
    );
    assert!(
        good["path"]
            .as_str()
            .is_some_and(|path| path.ends_with("/a.bin") && path.starts_with('/')),
        "{good}"
    );
    assert_eq!(
        (&good["resumable"], &good["size"], &good["bytes"]),
        (&true.into(), &FILE.len.into(), &FILE.len.into())
    );
    assert_eq!(
        (&good["error"], &good["waiting"]),
        (&Value::Null, &Value::Null)
    );
}

#[test]
fn an_error_has_its_shape() {
    let (outcome, server) = mixed();
    let error = outcome.error();
    assert_keys(&error, "kind stage message hint http_status url attempts");
    assert_eq!(
        (&error["stage"], &error["http_status"]),
        (&"request".into(), &404.into())
    );
    assert_eq!(error["url"], server.url("/no.bin"));
    assert!(error["attempts"].as_u64() >= Some(1));
}

#[test]
fn the_group_completes() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE));
    let outcome = desk.get(&[&server.url("/a.bin")]).complete();
    let groups: Vec<_> = outcome
        .events
        .iter()
        .filter(|event| event["event"] == "group")
        .collect();
    let group = &groups.last().expect("a group")["group"];
    assert_eq!(
        (&group["state"], &group["status"]),
        (&"complete".into(), &serde_json::json!(["complete"]))
    );
    assert_eq!(group["progress"]["percent"], 100);
    assert_time(&group["completed"]);
}

#[test]
fn progress_comes_at_most_ten_times_a_second_and_never_goes_back() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE).rate(MIB));
    let started = Instant::now();
    let outcome = desk.get(&["-x", "1", &server.url("/a.bin")]).complete();
    let transferring =
        |event: &&Value| event["event"] == "file" && event["file"]["state"] == "transferring";
    let bytes: Vec<_> = outcome
        .events
        .iter()
        .filter(transferring)
        .filter_map(|event| event["file"]["bytes"].as_u64())
        .collect();
    assert!(bytes.is_sorted(), "{bytes:?}");
    let most = started.elapsed().as_secs_f64() * 10.0 + 3.0;
    assert!(
        bytes.len() >= 5 && (bytes.len() as f64) < most,
        "{} in {:?}",
        bytes.len(),
        started.elapsed()
    );
    let percents: Vec<_> = outcome
        .events
        .iter()
        .filter_map(|event| event["group"]["progress"]["percent"].as_u64())
        .collect();
    assert!(percents.is_sorted(), "{percents:?}");
    let before_the_end = &percents[..percents.len() - 1];
    assert!(
        before_the_end
            .iter()
            .any(|percent| (1..100).contains(percent)),
        "{percents:?}"
    );
}

#[test]
fn all_there_is_comes_first() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/*", Behaviour::file(Payload::new(192, 1000)));
    let outcome = desk.get(&[&server.url("/[1-3].bin")]).complete();
    assert_eq!(outcome.events[0]["event"], "group", "{outcome:?}");
    let first: Vec<_> = outcome.events[1..4]
        .iter()
        .map(|event| event["event"].as_str())
        .collect();
    assert_eq!(first, [Some("file"); 3]);
    let finals = outcome
        .events
        .iter()
        .filter(|event| event["file"]["state"] == "complete")
        .count();
    assert!(finals >= 3, "final states are never left out");
}

#[test]
fn waiting_has_a_reason_and_a_time() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/a.bin",
        Behaviour::file(FILE).first(1, |_| Reply::status(503).header("Retry-After", "1")),
    );
    let outcome = desk.get(&[&server.url("/a.bin")]).complete();
    let waiting = outcome
        .events
        .iter()
        .map(|event| &event["file"])
        .find(|file| file["state"] == "waiting");
    let waiting = &waiting.unwrap_or_else(|| panic!("a file that waits: {outcome:?}"))["waiting"];
    assert_keys(waiting, "reason until");
    assert!(
        ["retry", "server_busy"].contains(&waiting["reason"].as_str().unwrap_or_default()),
        "{waiting}"
    );
    assert_time(&waiting["until"]);
}
