//! When something stands under the name already (contract, 2: --on-conflict).

use std::fs;

use crate::desk::Desk;
use crate::server::{Behaviour, Payload, Server};

const FILE: Payload = Payload::new(131, 50_000);
const MINE: &str = "what stood there before";

fn taken() -> (Desk, Server, String) {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/*", Behaviour::file(FILE));
    fs::write(desk.file("a.tar.gz"), MINE).expect("a file");
    let url = server.url("/a.tar.gz");
    (desk, server, url)
}

#[track_caller]
fn assert_untouched(desk: &Desk) {
    assert_eq!(
        fs::read_to_string(desk.file("a.tar.gz")).ok().as_deref(),
        Some(MINE)
    );
}

#[test]
fn another_name_is_taken_by_default() {
    let (desk, _server, url) = taken();
    desk.get(&[&url]).complete();
    desk.get(&["--on-conflict", "rename", &url]).complete();
    assert_untouched(&desk);
    let names = desk.names();
    assert_eq!(names.len(), 3, "{names:?}");
    for name in names.iter().filter(|name| *name != "a.tar.gz") {
        assert!(
            name.starts_with('a') && name.ends_with(".gz") && name.contains('('),
            "{names:?}"
        );
        FILE.assert_at(desk.file(name));
    }
}

#[test]
fn overwriting_replaces_it_when_the_file_is_whole() {
    let (desk, server, url) = taken();
    desk.get(&["--on-conflict", "overwrite", &server.url("/none/a.tar.gz")])
        .complete_as(&desk, "a.tar.gz", FILE);
    fs::write(desk.file("a.tar.gz"), MINE).expect("a file");
    server.serve(
        "/a.tar.gz",
        Behaviour::file(FILE).always(|_, reply| reply.cut_after(100)),
    );
    desk.get(&[
        "--on-conflict",
        "overwrite",
        "--checksum",
        &format!("md5={}", "0".repeat(32)),
        &url,
    ]);
    assert_untouched(&desk);
}

#[test]
fn skipping_leaves_it_and_is_no_error() {
    let (desk, _server, url) = taken();
    let outcome = desk.get(&["--on-conflict", "skip", &url]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert_untouched(&desk);
    assert_eq!(desk.names(), ["a.tar.gz"]);
}

#[test]
fn failing_leaves_it_and_is_an_error() {
    let (desk, _server, url) = taken();
    desk.get(&["--on-conflict", "fail", &url])
        .failed("name_conflict");
    assert_untouched(&desk);
    assert_eq!(desk.names(), ["a.tar.gz"]);
}

#[test]
fn a_folder_is_never_replaced() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE));
    fs::create_dir(desk.file("a.bin")).expect("a folder");
    fs::write(desk.file("a.bin/inside"), MINE).expect("a file");
    desk.get(&["--on-conflict", "overwrite", &server.url("/a.bin")])
        .failed("name_conflict");
    assert!(desk.file("a.bin/inside").exists());
}

#[test]
fn two_files_of_one_name_both_come() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/1/a.bin", Behaviour::file(FILE));
    server.serve("/2/a.bin", Behaviour::file(Payload::new(132, 60_000)));
    desk.get(&[&server.url("/1/a.bin"), &server.url("/2/a.bin")])
        .complete();
    let mut sizes: Vec<_> = desk
        .names()
        .iter()
        .map(|name| fs::metadata(desk.file(name)).expect("it").len())
        .collect();
    sizes.sort();
    assert_eq!(sizes, [50_000, 60_000]);
}

#[test]
fn the_same_url_twice_makes_two_files() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE));
    let url = server.url("/a.bin");
    let outcome = desk.get(&[&url, &url]);
    assert!(matches!(outcome.code, Some(0 | 1)), "{outcome:?}");
    for name in desk.names() {
        FILE.assert_at(desk.file(&name));
    }
}

#[test]
fn a_name_that_is_taken_meanwhile_is_not_overwritten() {
    let (desk, server) = (Desk::new(), Server::start());
    let slow = Payload::new(133, 900_000);
    server.serve("/a.bin", Behaviour::file(slow).rate(300_000));
    let mut running = desk.start_get(&["-x", "1", &server.url("/a.bin")]);
    running.wait_for(|event| event["file"]["bytes"].as_u64() > Some(0));
    fs::write(desk.file("a.bin"), MINE).expect("a file");
    running.finish().complete();
    assert_eq!(
        fs::read_to_string(desk.file("a.bin")).ok().as_deref(),
        Some(MINE)
    );
    assert_eq!(desk.names().len(), 2);
}

#[test]
fn a_folder_that_is_a_file_is_an_error() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE));
    fs::write(desk.file("dir"), MINE).expect("a file");
    desk.get(&["-d", "dir", &server.url("/a.bin")])
        .failed("not_a_folder");
}

#[cfg(unix)]
#[test]
fn a_folder_without_the_right_to_write_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE));
    if rustix::process::getuid().is_root() {
        // Root may write everywhere, but where nobody can.
        desk.get(&["-d", "/proc/closed", &server.url("/a.bin")])
            .failed("permission_denied");
        return;
    }
    fs::create_dir(desk.file("closed")).expect("a folder");
    fs::set_permissions(desk.file("closed"), fs::Permissions::from_mode(0o555)).expect("closed");
    desk.get(&["-d", "closed", &server.url("/a.bin")])
        .failed("permission_denied");
}
