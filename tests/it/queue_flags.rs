//! The flags and the words of states, for new, running, foreground, failed, half failed, done, cancelled
//! (contract, 1).

use serde_json::Value;

use crate::MIB;
use crate::served::{Served, files, flags, until};
use crate::server::{Behaviour, Payload, Server};

const LARGE: Payload = Payload::new(331, 16 * MIB);
const SMALL: Payload = Payload::new(332, 50_000);

/// `/good-*` comes at once, `/slow-*` takes a while, `/bad-*` is not there.
fn stage() -> (Served, Server) {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/good-*", Behaviour::file(SMALL));
    server.serve("/slow-*", Behaviour::file(LARGE).rate(MIB));
    (served, server)
}

#[track_caller]
fn assert_is(group: &Value, state: &str, words: &[&str]) {
    assert_eq!(group["state"], state, "{group:#}");
    assert_eq!(flags(group), words, "{group:#}");
}

#[test]
fn a_new_group_is_incomplete_and_suspended() {
    let (served, server) = stage();
    let id = served.add(&["--suspended", &server.url("/good-1")]);
    let group = served.show(&id);
    assert_is(&group, "suspended", &["incomplete", "suspended"]);
    assert_eq!(files(&group)[0]["state"], "suspended");
    assert_eq!(group["completed"], Value::Null);
}

#[test]
fn a_running_group_is_incomplete_and_in_the_foreground_it_says_so() {
    let (served, server) = stage();
    let id = served.add(&["-x", "1", &server.url("/slow-1")]);
    let group = served.until(&id, |group| files(group)[0]["connections"] == 1);
    assert_is(&group, "transferring", &["incomplete"]);
    assert_eq!(files(&group)[0]["state"], "transferring");
    served.ok(&["foreground", &id]);
    assert_is(
        &served.show(&id),
        "transferring",
        &["foreground", "incomplete"],
    );
    served.ok(&["suspend", &id]);
    let words = ["foreground", "incomplete", "suspended"];
    assert_is(&served.until_state(&id, "suspended"), "suspended", &words);
}

#[test]
fn a_failed_group_is_suspended_too_and_is_tried_again_at_once_when_resumed() {
    let (served, server) = stage();
    let id = served.add(&[&server.url("/bad-1"), &server.url("/good-1")]);
    let group = served.until_state(&id, "error");
    assert_is(&group, "error", &["incomplete", "suspended", "error"]);
    assert_eq!(group["error"]["kind"], "not_found");
    assert_eq!(
        (&group["files_done"], &group["files_total"]),
        (&1.into(), &2.into())
    );
    let states: Vec<_> = files(&group)
        .iter()
        .map(|file| file["state"].as_str())
        .collect();
    assert_eq!(states, [Some("error"), Some("complete")]);

    server.serve("/bad-1", Behaviour::file(SMALL));
    served.ok(&["resume", &id]);
    let group = served.until_state(&id, "complete");
    assert_is(&group, "complete", &["complete"]);
    assert_eq!(group["error"], Value::Null);
    assert_eq!(served.names(), ["bad-1", "good-1"]);
}

#[test]
fn a_half_failed_group_goes_on() {
    let (served, server) = stage();
    let id = served.add(&["-x", "1", &server.url("/bad-1"), &server.url("/slow-1")]);
    let group = served.until(&id, |group| {
        flags(group).contains(&"error") && group["state"] == "transferring"
    });
    assert_is(&group, "transferring", &["incomplete", "error"]);
    assert_eq!(files(&group)[0]["error"]["kind"], "not_found");
    let job = &group["jobs"][0];
    assert_is(job, "transferring", &["incomplete", "error"]);
}

#[test]
fn one_bad_file_does_not_stop_the_rest() {
    let (served, server) = stage();
    server.serve(
        "/stuck",
        Behaviour::reply(crate::server::Reply::status(503)),
    );
    let urls = [
        server.url("/bad-1"),
        "http://127.0.0.1:1/refused".to_owned(),
        server.url("/stuck"),
        server.url("/good-[1-9]"),
    ];
    let args: Vec<_> = ["-j", "1"]
        .into_iter()
        .chain(urls.iter().map(String::as_str))
        .collect();
    let id = served.add(&args);
    served.until(&id, |group| group["files_done"] == 9);
    assert_eq!(served.names().len(), 9);
}

#[test]
fn a_done_group_is_complete_and_nothing_else() {
    let (served, server) = stage();
    let id = served.add(&["--priority", "foreground", &server.url("/good-1")]);
    let group = served.until_state(&id, "complete");
    assert_is(&group, "complete", &["complete"]);
    crate::json::assert_time(&group["completed"]);
    assert_is(&group["jobs"][0], "complete", &["complete"]);
    let file = files(&group)[0];
    assert_eq!(
        (&file["complete"], &file["bytes"]),
        (&true.into(), &SMALL.len.into())
    );
    SMALL.assert_at(served.file("good-1"));
}

#[test]
fn a_cancelled_group_has_no_flags_and_stays_listed_until_removed() {
    let (served, server) = stage();
    let id = served.add(&["--suspended", &server.url("/good-1")]);
    served.ok(&["cancel", &id]);
    assert_is(&served.show(&id), "cancelled", &[]);
    let file = files(&served.show(&id))[0]["state"].clone();
    assert_eq!(file, "cancelled");
    for verb in ["resume", "suspend", "cancel"] {
        let outcome = served.ebb(&[verb, &id]);
        assert_is(&served.show(&id), "cancelled", &[]);
        assert!(matches!(outcome.code, Some(0 | 1)), "{outcome:?}");
    }
    served.refused(&["resume", &id]);
    assert_eq!(served.list().len(), 1);
    served.ok(&["remove", &id]);
    until("it is gone", || served.list().is_empty());
    served.refused(&["show", &id]);
}

#[test]
fn suspending_and_resuming_are_idempotent() {
    let (served, server) = stage();
    let id = served.add(&["-x", "1", &server.url("/slow-1")]);
    for _ in 0..2 {
        served.ok(&["suspend", &id]);
        assert_eq!(flags(&served.show(&id)), ["incomplete", "suspended"]);
    }
    for _ in 0..2 {
        served.ok(&["resume", &id]);
        assert_eq!(flags(&served.show(&id)), ["incomplete"]);
    }
    served.until_state(&id, "transferring");
}
