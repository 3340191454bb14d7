//! What people see of the queue: their language, a table, ids that lead there (contract, 2 and 3).

use serde_json::Value;

use crate::served::{Served, files, id_of};
use crate::server::{Behaviour, Payload, Server};

/// One that is done, one that waits to be resumed, one that failed.
fn stage() -> (Served, Server) {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/done", Behaviour::file(Payload::new(441, 1000)));
    let done = served.add(&["-n", "Done", &server.url_at("ann:hush@127.0.0.1", "/done")]);
    served.add(&["-n", "Suspended", "--suspended", &server.url("/[1-3]")]);
    let failed = served.add(&["-n", "Failed", &server.url("/no?token=hush2")]);
    served.until_state(&done, "complete");
    served.until_state(&failed, "error");
    (served, server)
}

#[test]
fn json_is_in_english_whatever_the_locale() {
    let (served, _server) = stage();
    let mut command = served.command(&["list", "--json"]);
    let output = command
        .env("LC_ALL", "de_DE.UTF-8")
        .output()
        .expect("a run");
    let german: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let error = |groups: &Value| groups[2]["error"]["message"].clone();
    assert_eq!(
        error(&german["groups"]),
        error(&Value::Array(served.list()))
    );
    let mut command = served.command(&["show", "ffffffff"]);
    let output = command
        .env("LC_ALL", "de_DE.UTF-8")
        .output()
        .expect("a run");
    let line = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_ne!(
        line,
        served.ebb(&["show", "ffffffff"]).stderr,
        "people are told in their language"
    );
}

#[test]
fn people_see_a_table_with_ids_that_lead_there() {
    let (served, _server) = stage();
    let text = served.ok(&["list"]);
    assert!(!text.contains('\u{1b}'), "no colours into a pipe: {text:?}");
    for group in served.list() {
        let name = group["name"].as_str().expect("a name");
        let line = text
            .lines()
            .find(|line| line.contains(name))
            .expect("its line");
        let id = id_of(&group);
        let prefix = line
            .split_whitespace()
            .find(|word| id.starts_with(*word) && word.len() >= 4);
        let prefix = prefix.unwrap_or_else(|| panic!("the id in {line:?}"));
        assert_eq!(served.show(prefix)["id"], *id);
        let shown = served.ok(&["show", prefix]);
        assert!(shown.contains(name) && !shown.contains("hush"), "{shown}");
        for file in files(&served.show(id)) {
            assert!(!served.ok(&["show", id_of(file)]).is_empty());
        }
    }
}

#[test]
fn an_empty_list_says_so_beside_the_output() {
    let served = Served::start();
    let outcome = served.ebb(&["list"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert!(outcome.stdout.is_empty(), "{outcome:?}");
}
