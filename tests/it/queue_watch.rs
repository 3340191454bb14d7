//! The lines of `watch --json`: all there is first, then what changes, final states never left out (contract, 3).

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::MIB;
use crate::desk::Running;
use crate::json::assert_keys;
use crate::served::Served;
use crate::server::{Behaviour, Payload, Server};

/// Lines until none has come for this long.
fn lines(watch: &mut Running, silence: Duration) -> Vec<Value> {
    std::iter::from_fn(|| watch.next_within(silence)).collect()
}

#[track_caller]
fn assert_line(event: &Value) {
    match event["event"].as_str() {
        Some("group") => {
            assert_keys(event, "event group");
            assert!(event["group"].get("jobs").is_none(), "{event}");
        }
        Some("file") => assert_keys(event, "event group job file"),
        Some("removed") => assert_keys(event, "event id"),
        _ => panic!("{event}"),
    }
}

#[test]
fn all_there_is_comes_first_once_each() {
    let served = Served::start();
    let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
    for n in [0, 1, 3] {
        let urls: Vec<_> = (0..n).map(|i| format!("http://127.0.0.1:1/{i}")).collect();
        let mut args = vec!["--suspended"];
        args.extend(urls.iter().map(String::as_str));
        let id = if n == 0 {
            served.ok(&["new"])
        } else {
            served.add(&args)
        };
        wanted.insert(id, n);
    }
    let mut watch = served.start(&["watch", "--json"]);
    watch.wait_for(|_| true);
    // The first was taken: the last group's line comes again with a change.
    let more = lines(&mut watch, Duration::from_secs(2));
    assert_eq!(more.len(), 2 + 4, "three groups and four files: {more:#?}");
    more.iter().for_each(assert_line);
    for (id, n) in &wanted {
        let files = more
            .iter()
            .filter(|event| event["event"] == "file" && event["group"] == **id);
        assert_eq!(files.count(), *n);
    }
}

#[test]
fn changes_removals_and_final_states_are_told() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/*", Behaviour::file(Payload::new(421, 20_000)));
    let mut watch = served.start(&["watch", "--json"]);
    let id = served.add(&[
        "-j",
        "8",
        &server.url("/[001-200]"),
        &server.url("/no/[1-5]"),
    ]);
    server.serve("/no/*", Behaviour::reply(crate::server::Reply::status(404)));
    let group = served.until(&id, |group| {
        matches!(group["state"].as_str(), Some("complete" | "error"))
    });
    served.ok(&["set", &id, "name=Renamed"]);
    served.ok(&["remove", &id]);
    let other = served.ok(&["new"]);
    let mut seen = Vec::new();
    loop {
        let event = watch.next_within(Duration::from_secs(10)).expect("a line");
        let is_last = event["group"]["id"] == *other;
        seen.push(event);
        if is_last {
            break;
        }
    }
    seen.iter().for_each(assert_line);
    let mut states: BTreeMap<&str, &str> = BTreeMap::new();
    for event in seen.iter().filter(|event| event["event"] == "file") {
        assert_eq!(event["group"], *id);
        let file = &event["file"];
        states.insert(
            file["id"].as_str().unwrap_or_default(),
            file["state"].as_str().unwrap_or_default(),
        );
    }
    let finals = |state: &str| states.values().filter(|found| **found == state).count() as u64;
    assert_eq!(Some(finals("complete")), group["files_done"].as_u64());
    assert_eq!(
        finals("complete") + finals("error"),
        205,
        "each has its end"
    );
    assert!(seen.iter().any(|event| event["group"]["name"] == "Renamed"));
    let removed: Vec<_> = seen
        .iter()
        .filter(|event| event["event"] == "removed")
        .collect();
    assert_eq!(removed.len(), 1, "{removed:?}");
    assert_eq!(removed[0]["id"], *id);
}

#[test]
fn progress_is_told_at_most_ten_times_a_second() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/*", Behaviour::file(Payload::new(422, 3 * MIB)).rate(MIB));
    let mut watch = served.start(&["watch", "--json"]);
    let began = Instant::now();
    let id = served.add(&["-x", "1", "--priority", "foreground", &server.url("/a")]);
    let mut told = Vec::new();
    loop {
        let event = watch.next_within(Duration::from_secs(10)).expect("a line");
        if event["file"]["state"] == "transferring" {
            told.push(event["file"]["bytes"].as_u64().expect("bytes"));
        }
        if event["group"]["state"] == "complete" {
            break;
        }
    }
    let most = began.elapsed().as_secs_f64() * 10.0 + 3.0;
    assert!(
        told.len() >= 5 && (told.len() as f64) < most,
        "{} of {most}",
        told.len()
    );
    assert!(told.is_sorted(), "{told:?}");
    served.ok(&["remove", &id]);
    assert_eq!(
        watch.wait_for(|event| event["event"] == "removed")["id"],
        *id
    );
}

#[test]
fn a_watch_that_is_not_read_holds_up_nobody_and_learns_the_ends() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/*", Behaviour::file(Payload::new(423, 2000)));
    // Its output goes into a pipe that nobody reads, until all is over.
    let mut command = served.command(&["watch", "--json"]);
    let mut watch = command.spawn().expect("the program");
    let id = served.add(&["-j", "16", &server.url("/[0001-2000]")]);
    let began = Instant::now();
    served.until_state(&id, "complete");
    assert!(
        began.elapsed() < Duration::from_secs(15),
        "{:?}",
        began.elapsed()
    );
    let stdout = watch.stdout.take().expect("a pipe");
    let (sender, ends) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        use std::io::BufRead;
        let lines = std::io::BufReader::new(stdout)
            .lines()
            .map_while(Result::ok);
        for line in lines {
            let event: Value = serde_json::from_str(&line).unwrap_or_default();
            if event["file"]["state"] == "complete" {
                let _ = sender.send(event["file"]["id"].as_str().map(str::to_owned));
            }
        }
    });
    let mut complete = std::collections::BTreeSet::new();
    while complete.len() < 2000 {
        match ends.recv_timeout(Duration::from_secs(10)) {
            Ok(id) => complete.insert(id),
            Err(_) => panic!("{} of 2000 ends", complete.len()),
        };
    }
    let _ = watch.kill();
    let _ = watch.wait();
}

#[test]
fn ctrl_c_ends_it_and_so_does_the_end_of_serve() {
    let served = Served::start();
    served.ok(&["new"]);
    let mut watch = served.start(&["watch", "--json"]);
    watch.wait_for(|event| event["event"] == "group");
    watch.interrupt();
    let outcome = watch.finish();
    assert!(matches!(outcome.code, Some(0 | 130)), "{outcome:?}");

    for args in [&["watch", "--json"][..], &["watch"]] {
        let served = Served::start();
        served.ok(&["new"]);
        let mut watch = served.start(args);
        assert!(
            watch.ended_within(Duration::from_millis(500)).is_none(),
            "it goes on"
        );
        let (_, _desk) = served.end(rustix::process::Signal::TERM);
        assert!(
            watch.ended_within(Duration::from_secs(5)).is_some(),
            "{args:?}"
        );
        let outcome = watch.finish();
        assert!(!outcome.stderr.contains("panicked"), "{outcome:?}");
        assert!(outcome.stderr.lines().count() <= 1, "{outcome:?}");
    }
}
