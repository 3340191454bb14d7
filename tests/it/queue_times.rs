//! Limits of priorities, the hours of the week, and downloading all the same (contract, 1 and 2).

use std::time::{Duration, Instant};

use crate::MIB;
use crate::served::{Served, flags};
use crate::server::{Behaviour, Payload, Server};

const WEEK: &str = "# Nothing politely, for this test\nDaily 0-24 background off\n";

fn set(served: &Served, week: &str) {
    let set = served.ebb_with(&["schedule", "set", "-"], week);
    assert_eq!(set.code, Some(0), "{set:?}");
}

#[test]
fn hours_that_are_off_hold_back_the_background_and_are_kept() {
    let (served, server) = (Served::start(), Server::start());
    let file = Payload::new(391, 8 * MIB);
    server.serve("/*", Behaviour::file(file).rate(2 * MIB));
    assert_eq!(served.ok(&["schedule", "show"]), "");
    let polite = served.add(&["-x", "1", &server.url("/polite")]);
    let mine = served.add(&["-x", "1", "--priority", "foreground", &server.url("/mine")]);
    for id in [&polite, &mine] {
        served.until(id, |group| group["progress"]["bytes"].as_u64() > Some(MIB));
    }
    let began = Instant::now();
    set(&served, WEEK);
    server.wait_until(|facts| facts.open_connections == 1);
    assert!(began.elapsed() < Duration::from_secs(1));
    let group = served.rest(&polite, "waiting");
    assert_eq!(group["waiting"]["reason"], "schedule");
    assert!(
        group["waiting"]["until"].is_null(),
        "it never ends: {group:#}"
    );
    assert_eq!(flags(&group), ["incomplete"]);
    assert_eq!(served.show(&mine)["state"], "transferring");

    let served = served.again();
    let shown = served.ok(&["schedule", "show"]);
    assert_eq!(shown.trim_end(), "daily 00-24 background off");
    let group = served.until_state(&polite, "waiting");
    assert_eq!(
        group["waiting"]["reason"], "schedule",
        "the schedule is kept"
    );
    served.ok(&["schedule", "off"]);
    served.until_state(&polite, "complete");
    served.until_state(&mine, "complete");
    file.assert_at(served.file("polite"));
}

#[test]
fn until_when_is_said_where_that_is_known() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/*", Behaviour::file(Payload::new(392, 1000)));
    // All hours but one: in that one it is full, whenever this runs.
    set(
        &served,
        "daily 00-24 all off\nmon 05-06 all full\nthu 17-18 all full",
    );
    let id = served.add(&[&server.url("/a")]);
    let group = served.show(&id);
    if group["state"] == "waiting" {
        let until = group["waiting"]["until"].as_str().expect("a time");
        assert!(
            until.ends_with(":00:00Z") || until.ends_with(":30:00Z"),
            "{until}"
        );
    }
}

#[test]
fn anyway_lifts_the_hours_and_a_suspend_takes_it_back() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/*", Behaviour::file(Payload::new(393, 4 * MIB)).rate(MIB));
    set(&served, WEEK);
    let id = served.add(&["--suspended", &server.url("/a")]);
    served.ok(&["resume", &id]);
    assert_eq!(
        served.until_state(&id, "waiting")["waiting"]["reason"],
        "schedule"
    );
    served.ok(&["resume", "--anyway", &id]);
    served.until_state(&id, "transferring");
    let served = served.again();
    served.until_state(&id, "transferring");
    served.ok(&["suspend", &id]);
    served.rest(&id, "suspended");
    served.ok(&["resume", &id]);
    served.rest(&id, "waiting");
    served.ok(&["resume", "--anyway", "--all"]);
    served.until_state(&id, "complete");
    let empty = served.ok(&["new"]);
    served.refused(&["resume", "--anyway", empty.trim()]);
}

#[test]
fn a_schedule_that_is_none_is_told_by_its_line() {
    let served = Served::start();
    set(&served, WEEK);
    for week in ["daily 0-24 off", "daily 0-24 all off\nmon 6-5 all off", "x"] {
        let wrong = served.ebb_with(&["schedule", "set", "-"], week);
        wrong.ended(2);
    }
    served.ebb(&["schedule", "set", "/no/such/file"]).ended(2);
    assert!(served.ok(&["schedule", "show"]).contains("background off"));
}

#[test]
fn a_priority_has_a_limit_of_its_own() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/*", Behaviour::file(Payload::new(394, 4 * MIB)));
    served.ok(&["mode", "full"]);
    served.ok(&["limit", "--priority", "low", "500k"]);
    let served = served.again();
    let time = |priority: &str| {
        let began = Instant::now();
        let url = server.url(&format!("/{priority}"));
        let id = served.add(&["--priority", priority, &url]);
        served.until_state(&id, "complete");
        began.elapsed().as_secs_f64()
    };
    let high = time("high");
    assert!(high < 4.0, "4 MiB without a limit took {high} s");
    let low = time("low");
    assert!(
        (7.0..11.0).contains(&low),
        "4 MiB at 500 KiB/s took {low} s"
    );
    served.ok(&["limit", "--priority", "low", "off"]);
    served
        .ebb(&["limit", "--priority", "lowest", "1k"])
        .ended(2);
}
