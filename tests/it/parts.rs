//! The part beside the file: whose it is, what happens when somebody else touches it.

use std::fs;

use crate::MIB;
use crate::desk::Desk;
use crate::server::{Behaviour, Payload, Server};

const FILE: Payload = Payload::new(41, 4 * MIB);
const KEPT: u64 = 2 * MIB;

fn stalled() -> (Desk, Server, String) {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/a.bin",
        Behaviour::file(FILE).nth(0, |reply| reply.stall_after(KEPT)),
    );
    let url = server.url("/a.bin");
    desk.kill_at(KEPT, &[&url]);
    (desk, server, url)
}

#[test]
fn the_file_grows_beside_where_it_will_stand() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/a.bin",
        Behaviour::file(FILE).always(|_, reply| reply.stall_after(KEPT)),
    );
    let mut running = desk.start_get(&["-x", "1", &server.url("/a.bin")]);
    running.wait_for(|event| event["file"]["bytes"].as_u64() >= Some(KEPT));
    assert_eq!(desk.names(), ["a.bin.ebb-part"]);
    let part = fs::read(desk.part("a.bin")).expect("the part");
    assert!(part[..KEPT as usize] == FILE.bytes(0..KEPT));
}

#[test]
fn a_part_that_was_deleted_is_fetched_again() {
    let (desk, _server, url) = stalled();
    fs::remove_file(desk.part("a.bin")).expect("the part");
    desk.get(&[&url]).complete_as(&desk, "a.bin", FILE);
}

#[test]
fn a_part_that_was_shortened_is_not_believed() {
    for len in [0, 1, MIB] {
        let (desk, _server, url) = stalled();
        fs::File::options()
            .write(true)
            .open(desk.part("a.bin"))
            .and_then(|part| part.set_len(len))
            .expect("the part");
        desk.get(&[&url]).complete_as(&desk, "a.bin", FILE);
    }
}

#[test]
fn a_part_that_was_replaced_is_not_believed() {
    let (desk, _server, url) = stalled();
    fs::write(desk.file("other"), vec![b'x'; KEPT as usize + 10]).expect("another");
    fs::rename(desk.file("other"), desk.part("a.bin")).expect("in its place");
    let outcome = desk.get(&[&url]).complete();
    let name = desk
        .names()
        .into_iter()
        .find(|name| !name.ends_with(".ebb-part"));
    FILE.assert_at(desk.file(&name.unwrap_or_else(|| panic!("a file: {outcome:?}"))));
    let other = fs::read(desk.part("a.bin")).unwrap_or_default();
    assert!(
        other.len() as u64 == KEPT + 10 && other.iter().all(|byte| *byte == b'x'),
        "not Ebb's, not touched"
    );
}

#[test]
fn what_ebb_did_not_write_is_not_touched() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE));
    fs::write(desk.part("a.bin"), "a person's own").expect("a part of somebody else");
    let outcome = desk.get(&[&server.url("/a.bin")]);
    assert_eq!(
        fs::read_to_string(desk.part("a.bin")).ok().as_deref(),
        Some("a person's own"),
        "{outcome:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_the_part_is_not_followed() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE));
    let precious = desk.home().with_file_name("precious");
    fs::write(&precious, "untouched").expect("a file");
    std::os::unix::fs::symlink(&precious, desk.part("a.bin")).expect("a link");
    let outcome = desk.get(&[&server.url("/a.bin")]);
    assert_eq!(
        fs::read_to_string(&precious).ok().as_deref(),
        Some("untouched"),
        "{outcome:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_part_that_became_a_link_is_left_alone() {
    let (desk, _server, url) = stalled();
    let precious = desk.home().with_file_name("precious");
    fs::write(&precious, "untouched").expect("a file");
    fs::remove_file(desk.part("a.bin")).expect("the part");
    std::os::unix::fs::symlink(&precious, desk.part("a.bin")).expect("a link");
    desk.get(&[&url]).complete();
    assert_eq!(
        fs::read_to_string(&precious).ok().as_deref(),
        Some("untouched")
    );
    FILE.assert_at(desk.file("a (1).bin"));
}

#[test]
fn what_takes_the_parts_place_meanwhile_never_gets_the_name() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE).rate(2 * MIB));
    let mut running = desk.start_get(&["-x", "1", &server.url("/a.bin")]);
    running.wait_for(|event| event["file"]["bytes"].as_u64() > Some(0));
    fs::remove_file(desk.part("a.bin")).expect("the part");
    fs::write(desk.part("a.bin"), "not the file").expect("another");
    let outcome = running.finish();
    let names = desk.names();
    let finals: Vec<_> = names
        .iter()
        .filter(|name| !name.ends_with(".ebb-part"))
        .collect();
    assert!(finals.len() == 1 || outcome.code == Some(1), "{outcome:?}");
    finals
        .iter()
        .for_each(|name| FILE.assert_at(desk.file(name)));
}

#[test]
fn a_failed_file_has_no_final_name() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/a.bin",
        Behaviour::file(FILE).always(|_, reply| reply.cut_after(0)),
    );
    desk.get(&["--retries", "1", &server.url("/a.bin")])
        .failed("connection_lost");
    assert!(!desk.file("a.bin").exists());
}

#[test]
fn a_full_part_is_finished_without_fetching_it_again() {
    let (desk, server) = (Desk::new(), Server::start());
    let url = server.url("/a.bin");
    // All but the last byte, so that nothing could be finished before the kill.
    server.serve(
        "/a.bin",
        Behaviour::file(FILE).nth(0, |reply| reply.stall_after(FILE.len - 1)),
    );
    desk.kill_at(FILE.len - 1, &[&url]);
    desk.get(&["-x", "1", &url])
        .complete_as(&desk, "a.bin", FILE);
    assert!(
        server.journal()[1..]
            .iter()
            .all(|request| request.start() + MIB > FILE.len)
    );
}

#[test]
fn two_processes_never_write_one_file() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/a.bin",
        Behaviour::file(FILE).nth(0, |reply| reply.stall_after(KEPT).rate(8 * MIB)),
    );
    let url = server.url("/a.bin");
    let mut first = desk.start_get(&["-x", "1", "--stall-timeout", "3s", &url]);
    first.wait_for(|event| event["file"]["bytes"].as_u64() > Some(0));
    desk.get(&["--on-conflict", "overwrite", &url])
        .failed("in_use");
    first.finish().complete_as(&desk, "a.bin", FILE);
}

#[test]
fn many_processes_work_beside_each_other() {
    let (desk, server) = (Desk::new(), Server::start());
    let small = |n: u64| Payload::new(100 + n, 300_000 + n);
    let running: Vec<_> = (0..8)
        .map(|n| {
            server.serve(&format!("/{n}.bin"), Behaviour::file(small(n)));
            desk.start_get(&[&server.url(&format!("/{n}.bin"))])
        })
        .collect();
    for process in running {
        process.finish().complete();
    }
    assert_eq!(desk.names().len(), 8);
    (0..8).for_each(|n| small(n).assert_at(desk.file(&format!("{n}.bin"))));
}
