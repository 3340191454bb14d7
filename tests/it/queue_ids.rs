//! Ids by any unique prefix, of groups, jobs and files; what is not found, not unique, or in the wrong state is
//! refused: 1, one line, nothing changed (contract, 1 and 2).

use crate::MIB;
use crate::served::{Served, files, flags, id_of};
use crate::server::{Behaviour, Payload, Server};

const ONE: &str = "aaaaaaaa-1111-4111-8111-111111111111";
const TWO: &str = "aaaaaaaa-2222-4222-8222-222222222222";
const NOWHERE: &str = "http://127.0.0.1:1/a";
const UNKNOWN: &str = "ffffffff-ffff-4fff-8fff-ffffffffffff";

#[test]
fn any_unique_prefix_will_do() {
    let served = Served::start();
    for id in [ONE, TWO] {
        served.add(&["--id", id, "--suspended", NOWHERE]);
    }
    for prefix in ["aaaaaaaa-1", "aaaaaaaa-1111-4", "AAAAAAAA-1", ONE] {
        assert_eq!(served.show(prefix)["id"], ONE, "{prefix}");
    }
    served.ok(&["set", "aaaaaaaa-2", "name=Second"]);
    served.ok(&["cancel", "aaaaaaaa-1"]);
    assert_eq!(served.show(ONE)["state"], "cancelled");
    assert_eq!(served.show(TWO)["name"], "Second");
    for prefix in ["aaaaaaaa", "aaaaaaaa-", "aaaa"] {
        served.refused(&["show", prefix]);
    }
}

/// `ebb cancel "$NOTHING"` in a script must not be taken for the only group there is.
#[test]
fn nothing_is_no_prefix_of_anything() {
    let served = Served::start();
    let id = served.add(&["--suspended", NOWHERE]);
    for nothing in ["", " ", "*", "%", "{}"] {
        served.refused(&["cancel", nothing]);
        served.refused(&["show", nothing]);
    }
    for hyphens in ["-", "--", "---"] {
        served.refused(&["cancel", "--", hyphens]);
    }
    assert_eq!(served.show(&id)["state"], "suspended");
}

#[test]
fn jobs_and_files_have_ids_too() {
    let served = Served::start();
    let id = served.add(&["--suspended", NOWHERE, "http://127.0.0.1:1/b"]);
    let group = served.show(&id);
    let (job, file) = (id_of(&group["jobs"][0]), id_of(files(&group)[1]));
    assert_eq!(served.show(&job[..18])["id"], *job);
    assert_eq!(served.show(&file[..18])["url"], "http://127.0.0.1:1/b");
}

/// A line that may name an id; where the id goes stands `ID`.
const COMMANDS: [&[&str]; 18] = [
    &["show", "ID"],
    &["show", "ID", "--json"],
    &["suspend", "ID"],
    &["resume", "ID"],
    &["cancel", "ID"],
    &["cancel", "--delete", "ID"],
    &["foreground", "ID"],
    &["background", "ID"],
    &["remove", "ID"],
    &["set", "ID", "name=x"],
    &["set", "ID", "url=http://127.0.0.1:1/b"],
    &["priority", "low", "ID"],
    &["move", "ID", "--top"],
    &["move", "ID", "--up"],
    &["move", "ID", "--down"],
    &["move", "ID", "--bottom"],
    &["add", "--group", "ID", NOWHERE],
    &["add", "--suspended", "--group", "ID", NOWHERE],
];

#[test]
fn unknown_and_ambiguous_ids_are_refused_by_every_command() {
    let served = Served::start();
    for id in [ONE, TWO] {
        served.add(&["--id", id, "--suspended", NOWHERE]);
    }
    let before = served.list();
    for id in [
        UNKNOWN,
        "fffffff0",
        "aaaaaaaa",
        "aaaaaaaa-",
        "no-id-at-all",
        "zzz",
    ] {
        for command in COMMANDS {
            let args: Vec<_> = command
                .iter()
                .map(|word| if *word == "ID" { id } else { word })
                .collect();
            let line = served.refused(&args);
            assert!(line.contains(id), "which: {line}");
            assert_eq!(served.list(), before, "{args:?}");
        }
    }
}

#[test]
fn one_bad_id_among_good_ones_is_an_error() {
    let served = Served::start();
    let ids = [ONE, TWO].map(|id| served.add(&["--id", id, "--suspended", NOWHERE]));
    for verb in [
        "suspend",
        "resume",
        "foreground",
        "background",
        "cancel",
        "remove",
    ] {
        let line = served.refused(&[verb, &ids[0], UNKNOWN, &ids[1]]);
        assert!(line.contains(UNKNOWN), "{line}");
    }
    served.refused(&["priority", "low", &ids[0], UNKNOWN]);
}

#[test]
fn several_ids_at_once_and_one_twice() {
    let served = Served::start();
    let ids = [ONE, TWO].map(|id| served.add(&["--id", id, "--suspended", NOWHERE]));
    served.ok(&["foreground", &ids[0], &ids[1], &ids[0]]);
    for id in &ids {
        assert_eq!(
            flags(&served.show(id)),
            ["foreground", "incomplete", "suspended"]
        );
    }
    served.ok(&["cancel", &ids[0], &ids[1]]);
    served.ok(&["remove", &ids[0], &ids[1]]);
    assert!(served.list().is_empty());
}

#[test]
fn the_wrong_state_is_refused_and_said() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/done", Behaviour::file(Payload::new(431, 1000)));
    server.serve(
        "/slow",
        Behaviour::file(Payload::new(432, 16 * MIB)).rate(MIB),
    );
    let cancelled = served.add(&["--suspended", NOWHERE]);
    served.ok(&["cancel", &cancelled]);
    let running = served.add(&[&server.url("/slow")]);
    let done = served.add(&[&server.url("/done")]);
    served.until_state(&running, "transferring");
    let group = served.until_state(&done, "complete");
    let file = id_of(files(&group)[0]).to_owned();
    let rows: [&[&str]; 5] = [
        &["resume", &cancelled],
        &["foreground", &cancelled],
        &["remove", &running],
        &["add", "--group", &cancelled, NOWHERE],
        &["set", &file, "url=http://127.0.0.1:1/b"],
    ];
    for args in rows {
        let before = [&cancelled, &done].map(|id| served.show(id));
        served.refused(args);
        assert_eq!(
            [&cancelled, &done].map(|id| served.show(id)),
            before,
            "{args:?}"
        );
    }
    assert_eq!(served.list().len(), 3);
}

#[test]
fn errors_have_three_parts_and_say_what_to_try() {
    let served = Served::start();
    let empty = served.ok(&["new", "--id", ONE]);
    let rows: [&[&str]; 4] = [
        &["show", UNKNOWN],
        &["resume", &empty],
        &["set", &empty, "colour=red"],
        &["remove", &empty],
    ];
    for args in rows {
        let line = served.refused(args);
        let parts: Vec<_> = line.splitn(4, ": ").collect();
        assert!(
            parts.len() == 4 && parts.iter().all(|part| !part.is_empty()),
            "{line}"
        );
    }
}
