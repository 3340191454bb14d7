//! `ebb get` as it is meant to be used.

use std::io::Write;
use std::process::Stdio;
use std::time::{Duration, UNIX_EPOCH};

use crate::desk::{Desk, names_in};
use crate::server::{Behaviour, Payload, Reply, Server};
use crate::{KIB, MIB};

const SMALL: Payload = Payload::new(1, 100 * KIB);

#[test]
fn one_file_takes_one_request() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(SMALL).no_head());
    desk.get(&[&server.url("/a.bin")])
        .complete_as(&desk, "a.bin", SMALL);
    let journal = server.journal();
    assert_eq!(journal.len(), 1, "{journal:#?}");
    let request = &journal[0];
    assert_eq!(request.method, "GET");
    assert_eq!(request.header("range"), Some("bytes=0-"));
    assert_eq!(request.header("accept-encoding"), Some("identity"));
    assert_eq!(request.header("referer"), None);
    assert!(
        request
            .header("user-agent")
            .is_some_and(|agent| agent.starts_with("Ebb/")),
        "{request:#?}"
    );
}

#[test]
fn a_head_request_is_never_needed_nor_believed() {
    for behaviour in [
        Behaviour::file(SMALL).no_head(),
        Behaviour::file(SMALL).head_length(7),
        Behaviour::file(SMALL).always(|request, reply| {
            if request.is_head() {
                Reply::hang()
            } else {
                reply
            }
        }),
    ] {
        let (desk, server) = (Desk::new(), Server::start());
        server.serve("/a.bin", behaviour);
        desk.get(&[&server.url("/a.bin")])
            .complete_as(&desk, "a.bin", SMALL);
        assert!(
            server
                .journal()
                .iter()
                .all(|request| request.method == "GET")
        );
    }
}

#[test]
fn several_files_go_to_a_folder_that_is_made() {
    let (desk, server) = (Desk::new(), Server::start());
    let names = ["a.bin", "b.bin", "c.bin"];
    let urls = names.map(|name| server.url(&format!("/{name}")));
    for (seed, name) in names.iter().enumerate() {
        server.serve(
            &format!("/{name}"),
            Behaviour::file(Payload::new(seed as u64, 50_000)),
        );
    }
    let outcome = desk
        .get(&["-d", "deep/er", &urls[0], &urls[1], &urls[2]])
        .complete();
    assert_eq!(outcome.summary()["complete"], 3);
    assert_eq!(outcome.summary()["bytes"], 150_000);
    assert_eq!(names_in(&desk.file("deep/er")), names);
    for (seed, name) in names.iter().enumerate() {
        Payload::new(seed as u64, 50_000).assert_at(desk.file("deep/er").join(name));
    }
}

#[test]
fn one_bad_file_holds_up_no_other() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(SMALL));
    server.serve("/c.bin", Behaviour::file(SMALL));
    let urls = ["/a.bin", "/gone.bin", "/c.bin"].map(|path| server.url(path));
    let outcome = desk.get(&["-j", "1", &urls[0], &urls[1], &urls[2]]);
    outcome.failed("not_found");
    assert_eq!(
        (&outcome.summary()["complete"], &outcome.summary()["failed"]),
        (&2.into(), &1.into())
    );
    assert_eq!(desk.names(), ["a.bin", "c.bin"]);
}

#[test]
fn the_name_is_the_persons() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/a.bin",
        Behaviour::file(SMALL).header("Content-Disposition", "attachment; filename=b.bin"),
    );
    desk.get(&["-o", "mine.dat", &server.url("/a.bin")])
        .complete_as(&desk, "mine.dat", SMALL);
}

#[test]
fn urls_come_from_a_file_or_from_standard_input() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/*", Behaviour::file(SMALL));
    let list = format!(
        "# a list\n\n  {}  \r\n\n{}\n",
        server.url("/a.bin"),
        server.url("/b.bin")
    );
    std::fs::write(desk.home().with_file_name("list"), &list).expect("a list");
    desk.get(&["-i", "../list"]).complete();
    assert_eq!(desk.names(), ["a.bin", "b.bin"]);

    let desk = Desk::new();
    let mut child = desk
        .command(&["get", "--json", "-i", "-"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("the program");
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(list.as_bytes())
        .expect("it reads");
    assert!(child.wait().expect("its end").success());
    assert_eq!(desk.names(), ["a.bin", "b.bin"]);
}

#[test]
fn urls_count_up() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/*", Behaviour::file(SMALL));
    desk.get(&[&server.url("/n[08-11].bin"), &server.url("/l[a-c].bin")])
        .complete();
    assert_eq!(
        desk.names(),
        [
            "la.bin", "lb.bin", "lc.bin", "n08.bin", "n09.bin", "n10.bin", "n11.bin"
        ]
    );
}

#[test]
fn sizes_from_nothing_on() {
    for len in [0, 1, 2, 64 * KIB, 3 * MIB + 1] {
        let (desk, server) = (Desk::new(), Server::start());
        let payload = Payload::new(len, len);
        server.serve("/a.bin", Behaviour::file(payload));
        let outcome = desk
            .get(&[&server.url("/a.bin")])
            .complete_as(&desk, "a.bin", payload);
        assert_eq!(
            (&outcome.file()["size"], &outcome.file()["bytes"]),
            (&len.into(), &len.into())
        );
    }
}

#[test]
fn an_empty_file_however_the_server_says_it() {
    let empty = Payload::new(0, 0);
    for behaviour in [
        Behaviour::file(empty),
        Behaviour::file(empty).no_ranges(),
        Behaviour::file(empty).no_ranges().chunked(),
        Behaviour::file(empty).no_ranges().until_close(),
        Behaviour::reply(Reply::status(416))
            .when(|request| request.range().is_none(), |_| Reply::bytes("")),
    ] {
        let (desk, server) = (Desk::new(), Server::start());
        server.serve("/a.bin", behaviour);
        desk.get(&[&server.url("/a.bin")])
            .complete_as(&desk, "a.bin", empty);
    }
}

#[test]
fn more_than_four_gigabytes_are_counted_right() {
    let (desk, server) = (Desk::new(), Server::start());
    let big = Payload::new(5, 5 << 30);
    server.serve("/a.bin", Behaviour::file(big).rate(MIB));
    let mut running = desk.start_get(&["-x", "2", &server.url("/a.bin")]);
    running.wait_for(|event| event["file"]["size"] == 5_u64 << 30);
    running.wait_for(|event| event["file"]["bytes"].as_u64() > Some(0));
    running.kill();
    assert!(server.journal().iter().all(|request| request.status == 206));
}

#[test]
fn the_files_time_is_the_servers() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/a.bin",
        Behaviour::file(SMALL).modified("Sat, 02 Mar 2019 04:05:06 GMT"),
    );
    desk.get(&[&server.url("/a.bin")])
        .complete_as(&desk, "a.bin", SMALL);
    let modified = std::fs::metadata(desk.file("a.bin"))
        .and_then(|data| data.modified())
        .expect("its time");
    assert_eq!(modified, UNIX_EPOCH + Duration::from_secs(1_551_499_506));
}

#[test]
fn quiet_says_nothing_but_errors() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(SMALL));
    let outcome = desk.ebb(&["get", "-q", &server.url("/a.bin")]);
    assert_eq!((outcome.code, outcome.said().as_str()), (Some(0), ""));
    let url = server.url("/no.bin");
    let outcome = desk.ebb(&["get", "-q", &url]);
    assert_eq!(outcome.code, Some(1));
    assert!(
        outcome.only_line().starts_with(&format!("ebb: {url}: ")),
        "{outcome:?}"
    );
    assert_eq!(outcome.stdout.len(), 0, "{outcome:?}");
}

#[test]
fn progress_is_for_terminals_only() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(SMALL));
    let outcome = desk.ebb(&["get", &server.url("/a.bin")]);
    assert_eq!(outcome.code, Some(0));
    assert!(!outcome.said().contains(['\r', '\u{1b}']), "{outcome:?}");
}

#[test]
fn a_name_as_long_as_a_name_can_be_is_saved() {
    for bytes in [246, 255] {
        let (desk, server) = (Desk::new(), Server::start());
        let name = format!("{}.bin", "n".repeat(bytes - 4));
        server.serve("/a.bin", Behaviour::file(SMALL));
        let outcome = desk.get(&["-o", &name, &server.url("/a.bin")]).complete();
        // The part's name is nine bytes longer, and may not be too long either.
        let names = desk.names();
        assert!(
            matches!(&names[..], [one] if one.ends_with("nnn.bin") && one.len() >= 246),
            "{outcome:?}"
        );
        SMALL.assert_at(desk.file(&names[0]));
    }
}
