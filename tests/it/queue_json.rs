//! The JSON of `list` and `show`, as programs rely on it (contract, 3).

use serde_json::Value;

use crate::MIB;
use crate::json::{STATES, assert_keys, assert_time, assert_uuid_v4};
use crate::served::{Served, files, id_of};
use crate::server::{Behaviour, Payload, Reply, Server};

const GROUP: &str = "id name description priority status state size size_known files_total files_done \
     progress bytes_per_second waiting error created completed properties";
const JOB: &str =
    "id status state size size_known files_total files_done progress bytes_per_second files";
const FILE: &str = "id url path state size bytes complete connections resumable waiting error";

/// Running, done, failed, waiting, suspended, empty.
fn stage() -> (Served, Server) {
    let (served, server) = (Served::start(), Server::start());
    server.serve(
        "/slow",
        Behaviour::file(Payload::new(411, 32 * MIB)).rate(MIB),
    );
    server.serve("/done", Behaviour::file(Payload::new(412, 1000)));
    server.serve(
        "/busy",
        Behaviour::reply(Reply::status(503).header("Retry-After", "900")),
    );
    let secret = server.url_at("ann:hush@127.0.0.1", "/slow?v=1");
    let running = served.add(&["-n", "Running", "-x", "1", &secret]);
    let done = served.add(&["-n", "Done", &server.url("/done")]);
    let failed = served.add(&["-n", "Failed", &server.url("/no?token=hush2")]);
    let waiting = served.add(&["-n", "Waiting", &server.url("/busy")]);
    served.add(&["-n", "Suspended", "--suspended", &server.url("/[1-3]")]);
    served.ok(&["new", "--name", "Empty"]);
    for (id, state) in [
        (running, "transferring"),
        (done, "complete"),
        (failed, "error"),
        (waiting, "waiting"),
    ] {
        served.until_state(&id, state);
    }
    (served, server)
}

#[track_caller]
fn assert_is_count(shown: &Value, names: &[&str]) {
    for name in names {
        assert!(shown[name].is_u64(), "{name} of {shown:#}");
    }
}

/// What groups and jobs have alike.
#[track_caller]
fn assert_sums(shown: &Value) {
    assert_uuid_v4(&shown["id"]);
    assert_keys(&shown["progress"], "bytes percent seconds_left");
    assert_is_count(
        shown,
        &[
            "size_known",
            "files_total",
            "files_done",
            "bytes_per_second",
        ],
    );
    assert!(shown["size"].is_null() || shown["size"].is_u64());
    assert!(shown["progress"]["bytes"].is_u64());
    assert!(
        STATES.contains(&shown["state"].as_str().unwrap_or_default()),
        "{shown:#}"
    );
    let known = ["foreground", "incomplete", "suspended", "error", "complete"];
    let flags = crate::served::flags(shown);
    assert!(flags.iter().all(|flag| known.contains(flag)), "{flags:?}");
}

#[track_caller]
fn assert_group(group: &Value) {
    assert_sums(group);
    assert_time(&group["created"]);
    assert_keys(
        &group["properties"],
        "limit connections parallel user password notify on_complete",
    );
    match group["state"].as_str() {
        Some("waiting") => assert_waiting(&group["waiting"]),
        _ => assert_eq!(group["waiting"], Value::Null, "{group:#}"),
    }
    if group["state"] == "complete" {
        assert_time(&group["completed"]);
    } else {
        assert_eq!(group["completed"], Value::Null);
    }
}

#[track_caller]
fn assert_waiting(waiting: &Value) {
    assert_keys(waiting, "reason until");
    let reasons = [
        "retry",
        "network",
        "metered",
        "schedule",
        "paused",
        "disk_full",
        "destination",
        "power",
        "server_busy",
        "credentials",
    ];
    assert!(
        reasons.contains(&waiting["reason"].as_str().unwrap_or_default()),
        "{waiting}"
    );
}

#[track_caller]
fn assert_file(file: &Value) {
    assert_keys(file, FILE);
    assert_uuid_v4(&file["id"]);
    assert_is_count(file, &["bytes", "connections"]);
    assert!(
        file["complete"].is_boolean() && file["url"].is_string(),
        "{file:#}"
    );
    assert!(
        file["path"].is_string() || file["path"].is_null(),
        "{file:#}"
    );
    assert_eq!(
        file["complete"] == true,
        file["state"] == "complete",
        "{file:#}"
    );
    if file["state"] == "error" {
        let error = &file["error"];
        assert_keys(error, "kind stage message hint http_status url attempts");
        let stages = [
            "resolve", "connect", "tls", "request", "body", "disk", "verify", "finish", "policy",
        ];
        assert!(
            stages.contains(&error["stage"].as_str().unwrap_or_default()),
            "{error:#}"
        );
        assert_eq!(
            (&error["http_status"], &error["kind"]),
            (&404.into(), &"not_found".into())
        );
    }
}

#[test]
fn list_has_groups_without_jobs_and_show_has_all() {
    let (served, _server) = stage();
    let text = served.ok(&["list", "--json"]);
    let listed: Value = serde_json::from_str(&text).expect("one object");
    assert_keys(&listed, "groups");
    assert!(!text.contains("hush"), "{text}");
    let groups = listed["groups"].as_array().expect("groups");
    let names: Vec<_> = groups
        .iter()
        .filter_map(|group| group["name"].as_str())
        .collect();
    assert_eq!(
        names,
        ["Running", "Done", "Failed", "Waiting", "Suspended", "Empty"]
    );
    for group in groups {
        assert_keys(group, GROUP);
        assert_group(group);
        let whole = served.show(id_of(group));
        assert_keys(&whole, &format!("{GROUP} jobs"));
        assert_group(&whole);
        for job in whole["jobs"].as_array().expect("jobs") {
            assert_keys(job, JOB);
            assert_sums(job);
            let alone = served.show(id_of(job));
            assert_keys(&alone, JOB);
            assert_eq!(alone["id"], job["id"]);
        }
        for file in files(&whole) {
            assert_file(file);
            assert!(
                !file["url"]
                    .as_str()
                    .is_some_and(|url| url.contains("hush@")),
                "{file:#}"
            );
            let alone = served.show(id_of(file));
            assert_file(&alone);
            assert_eq!(alone["url"], file["url"]);
        }
    }
}

#[test]
fn an_errors_url_has_no_secret() {
    let (served, server) = stage();
    let groups = served.list();
    let error = &groups
        .iter()
        .find(|group| group["name"] == "Failed")
        .expect("it")["error"];
    assert_keys(error, "kind stage message hint http_status url attempts");
    assert!(!error.to_string().contains("hush2"), "{error:#}");
    let begin = server.url("/no");
    assert!(
        error["url"]
            .as_str()
            .is_some_and(|url| url.starts_with(&begin)),
        "{error:#}"
    );
}

#[test]
fn an_empty_queue_is_an_empty_list() {
    let served = Served::start();
    let text = served.ok(&["list", "--json"]);
    assert_eq!(
        serde_json::from_str::<Value>(&text).ok(),
        Some(serde_json::json!({"groups": []}))
    );
}
