//! Sizes and percents: unknown is absent, never 0; 100 is whole (contract, 1).

use serde_json::{Value, json};

use crate::MIB;
use crate::served::{Served, files};
use crate::server::{Behaviour, Payload, Server};

const SMALL: Payload = Payload::new(391, 100_000);
const LARGE: Payload = Payload::new(392, 12 * MIB);

#[test]
fn a_size_is_unknown_as_long_as_one_files_is() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/known", Behaviour::file(SMALL));
    server.serve(
        "/unknown",
        Behaviour::file(LARGE).no_ranges().chunked().rate(4 * MIB),
    );
    let id = served.add(&[
        "--suspended",
        &server.url("/known"),
        &server.url("/unknown"),
    ]);
    let group = served.show(&id);
    assert_eq!(
        (&group["size"], &group["size_known"]),
        (&Value::Null, &json!(0))
    );
    assert_eq!(group["progress"]["percent"], Value::Null);

    served.ok(&["resume", &id]);
    let group = served.until(&id, |group| {
        group["files_done"] == 1 && group["progress"]["bytes"].as_u64() > Some(MIB)
    });
    assert_eq!(
        (&group["size"], &group["size_known"]),
        (&Value::Null, &json!(SMALL.len))
    );
    assert_eq!(group["progress"]["percent"], Value::Null);
    assert_eq!(group["progress"]["seconds_left"], Value::Null);
    let found: Vec<_> = files(&group)
        .iter()
        .map(|file| file["size"].clone())
        .collect();
    assert_eq!(found, [json!(SMALL.len), Value::Null]);
    let job = &group["jobs"][0];
    assert_eq!(
        (&job["size"], &job["progress"]["percent"]),
        (&Value::Null, &Value::Null)
    );

    let group = served.until_state(&id, "complete");
    let all = SMALL.len + LARGE.len;
    assert_eq!(
        (&group["size"], &group["size_known"]),
        (&json!(all), &json!(all))
    );
    assert_eq!(group["progress"]["percent"], 100);
}

#[test]
fn an_empty_file_is_100_percent() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/empty", Behaviour::file(Payload::new(0, 0)));
    let id = served.add(&[&server.url("/empty")]);
    let group = served.until_state(&id, "complete");
    assert_eq!(
        (&group["size"], &group["progress"]["percent"]),
        (&json!(0), &json!(100))
    );
    assert_eq!(
        served.file("empty").metadata().map(|data| data.len()).ok(),
        Some(0)
    );
}

#[test]
fn percents_are_whole_rounded_down_and_100_only_when_complete() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/a.bin", Behaviour::file(LARGE).rate(4 * MIB));
    let id = served.add(&["-x", "1", "--priority", "foreground", &server.url("/a.bin")]);
    let mut last = 0;
    served.until(&id, |group| {
        let progress = &group["progress"];
        if let Some(percent) = progress["percent"].as_u64() {
            let bytes = progress["bytes"].as_u64().expect("bytes");
            assert!(percent >= last, "{percent} after {last}");
            if group["state"] == "complete" {
                assert_eq!(percent, 100);
            } else {
                assert_eq!(percent, (bytes * 100 / LARGE.len).min(99), "{group:#}");
            }
            last = percent;
        }
        group["state"] == "complete"
    });
    assert_eq!(last, 100);
}

#[test]
fn the_time_left_comes_of_the_rate() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/a.bin", Behaviour::file(LARGE).rate(MIB));
    let id = served.add(&["-x", "1", "--priority", "foreground", &server.url("/a.bin")]);
    let group = served.until(&id, |group| {
        group["progress"]["bytes"].as_u64() > Some(3 * MIB)
    });
    let left = group["progress"]["seconds_left"].as_u64();
    assert!(
        left.is_some_and(|left| (4..=16).contains(&left)),
        "{group:#}"
    );
    let rate = group["bytes_per_second"].as_u64().unwrap_or_default();
    assert!((MIB / 2..2 * MIB).contains(&rate), "{rate}");
    served.ok(&["suspend", &id]);
    let group = served.until_state(&id, "suspended");
    assert_eq!(group["progress"]["seconds_left"], Value::Null);
    assert_eq!(
        group["progress"]["percent"]
            .as_u64()
            .map(|percent| percent < 100),
        Some(true)
    );
}

#[test]
fn a_running_group_learns_the_sizes_of_files_that_wait() {
    let served = Served::with_settings("[downloads]\nparallel = 1\n");
    let server = Server::start();
    server.serve("/*", Behaviour::file(LARGE).rate(MIB / 2));
    server.serve("/gone", Behaviour::reply(crate::server::Reply::status(404)));
    let id = served.add(&["-x", "1", &server.url("/[1-5]")]);
    let group = served.until(&id, |group| group["size"].is_u64());
    assert_eq!(group["size"], 5 * LARGE.len);
    let asked: Vec<_> = server
        .journal()
        .into_iter()
        .filter(|entry| entry.method == "HEAD")
        .collect();
    assert_eq!(asked.len(), 4, "{asked:#?}");
    let bad = served.add(&["-x", "1", &server.url("/gone")]);
    server.wait_until(|facts| facts.entries.iter().any(|entry| entry.path() == "/gone"));
    let group = served.show(&bad);
    assert_eq!(
        (&group["state"], &group["error"]),
        (&json!("queued"), &Value::Null),
        "it means nothing"
    );
}
