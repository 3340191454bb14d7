//! Many files, many groups, several shells at once: nothing is lost, nothing is there twice.
//! (benches/soak.py does the same with 10,000 groups, and measures.)

use std::collections::BTreeSet;

use crate::desk::Desk;
use crate::served::{Served, flags};
use crate::server::{Behaviour, Payload, Server};

const SMALL: Payload = Payload::new(451, 1000);
const SHELLS: usize = 4;

/// Each shell runs its commands one after the other, all shells at once; how many of them were taken.
fn at_once(desk: &Desk, scripts: &[Vec<Vec<String>>]) -> usize {
    let run = |command: &Vec<String>| {
        let args: Vec<_> = command.iter().map(String::as_str).collect();
        let output = desk.command(&args).output().expect("the program");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        match output.status.code() {
            Some(0) => true,
            Some(1) => false,
            other => panic!("{args:?} ended with {other:?}: {error}"),
        }
    };
    let shell = |script: &Vec<Vec<String>>| script.iter().filter(|command| run(command)).count();
    std::thread::scope(|scope| {
        let shells: Vec<_> = scripts
            .iter()
            .map(|script| scope.spawn(move || shell(script)))
            .collect();
        let counts = shells
            .into_iter()
            .map(|shell| shell.join().expect("a count"));
        counts.sum()
    })
}

fn command(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// An id of its own for each number.
fn own(number: usize) -> String {
    format!("{number:08x}-0000-4000-8000-{number:012x}")
}

#[test]
fn an_add_of_very_many_links_goes_through() {
    let served = Served::start();
    let count = 30_000;
    let url = |i: usize| format!("http://127.0.0.1:1/a-rather-long-folder-for-a-file/{i:06}.bin\n");
    std::fs::write(
        served.file("list.txt"),
        (0..count).map(url).collect::<String>(),
    )
    .expect("a list");
    let id = served.add(&["--suspended", "-i", "list.txt"]);
    let group = served.show(&id);
    assert_eq!(group["files_total"], count);
    let files = crate::served::files(&group);
    assert_eq!(files.len(), count);
    assert_eq!(files[count - 1]["url"], url(count - 1).trim());
    assert_eq!(served.again().show(&id)["files_total"], count);
}

#[test]
fn several_shells_add_steer_and_remove_at_once() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/*", Behaviour::file(SMALL));
    let all: Vec<usize> = (0..80).collect();
    let scripts = |make: &dyn Fn(usize) -> Vec<String>| -> Vec<Vec<Vec<String>>> {
        let share = |shell: usize| all.iter().skip(shell).step_by(SHELLS);
        (0..SHELLS)
            .map(|shell| share(shell).map(|i| make(*i)).collect())
            .collect()
    };
    let add = |i: usize| {
        let url = server.url(&format!("/{i}"));
        command(&["add", "--suspended", "--id", &own(i), &url])
    };
    assert_eq!(at_once(&served, &scripts(&add)), all.len());
    let found: BTreeSet<_> = served
        .list()
        .iter()
        .map(|group| group["id"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(found, all.iter().map(|i| Some(own(*i))).collect());

    // Everybody everything, in other orders.
    let steer = |i: usize| match i % 5 {
        0 => command(&["suspend", "--all"]),
        1 => command(&["foreground", &own(i), &own(i / 2)]),
        2 => command(&["background", "--all"]),
        3 => command(&["move", &own(i), "--top"]),
        _ => command(&["set", &own(i), "description=steered"]),
    };
    assert_eq!(at_once(&served, &scripts(&steer)), all.len());
    assert!(
        served
            .list()
            .iter()
            .all(|group| flags(group).contains(&"suspended"))
    );

    let resume = |i: usize| command(&["resume", &own(i)]);
    assert_eq!(at_once(&served, &scripts(&resume)), all.len());
    crate::served::until("all are complete", || {
        served
            .list()
            .iter()
            .all(|group| group["state"] == "complete")
    });
    assert_eq!(served.names().len(), all.len());
    assert_eq!(
        server
            .journal()
            .iter()
            .filter(|entry| entry.method == "GET")
            .count(),
        all.len()
    );

    let everybody: Vec<_> = (0..SHELLS)
        .map(|_| all.iter().map(|i| command(&["remove", &own(*i)])).collect())
        .collect();
    assert_eq!(
        at_once(&served, &everybody),
        all.len(),
        "each is removed once"
    );
    assert!(served.list().is_empty());
    assert!(served.again().list().is_empty());
}

#[test]
fn who_watches_is_told_once_that_each_is_gone() {
    let served = Served::start();
    let all: Vec<usize> = (0..120).collect();
    let mut watch = served.start(&["watch", "--json"]);
    for i in &all {
        served.ok(&["new", "--id", &own(*i)]);
    }
    served.ok(&["cancel", "--all"]);
    let remove = |shell| all.iter().skip(shell).step_by(SHELLS);
    let scripts: Vec<_> = (0..SHELLS)
        .map(|shell| {
            remove(shell)
                .map(|i| command(&["remove", &own(*i)]))
                .collect()
        })
        .collect();
    assert_eq!(at_once(&served, &scripts), all.len());
    let last = served.ok(&["new"]);
    let mut gone = Vec::new();
    watch.wait_for(|event| {
        gone.extend(event["id"].as_str().map(str::to_owned));
        event["group"]["id"] == *last
    });
    for i in all {
        let times = gone.iter().filter(|id| **id == own(i)).count();
        assert_eq!(times, 1, "told of {}", own(i));
    }
}

#[test]
fn of_several_who_want_one_id_one_gets_it() {
    let served = Served::start();
    let script: Vec<_> = (0..20)
        .map(|i| command(&["new", "--id", &own(i)]))
        .collect();
    let scripts: Vec<_> = (0..SHELLS).map(|_| script.clone()).collect();
    assert_eq!(at_once(&served, &scripts), 20);
    assert_eq!(served.list().len(), 20);
}
