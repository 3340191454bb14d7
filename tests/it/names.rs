//! What a file is called (contract, 4; peers.md 5.3), and that a name never leads out of the folder.

use crate::desk::Desk;
use crate::server::{Behaviour, Payload, Server};

const FILE: Payload = Payload::new(121, 3000);

/// The name under which it was saved.
#[track_caller]
fn saved_as(path: &str, disposition: &[u8]) -> String {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve(
        "/*",
        Behaviour::file(FILE).header("Content-Disposition", disposition),
    );
    let outcome = desk.get(&[&server.url(path)]).complete();
    let names = desk.names();
    let [name] = &names[..] else {
        panic!("one file: {names:?} {outcome:?}")
    };
    FILE.assert_at(desk.file(name));
    name.clone()
}

#[test]
fn the_servers_word_for_it() {
    let table: [(&[u8], &str); 34] = [
        (b"inline", "base.dat"),
        (b"attachment", "base.dat"),
        (b"", "base.dat"),
        (b"attachment; filename=\"foo.html\"", "foo.html"),
        (b"inline; filename=\"foo.html\"", "foo.html"),
        (b"attachment; FILENAME=foo.html", "foo.html"),
        (b"attachment; filename =foo.html", "foo.html"),
        (
            b"attachment; foo=\"\\\"\\\\\"; filename=\"foo.html\"",
            "foo.html",
        ),
        (b"attachment; filename=\"f\\oo.html\"", "foo.html"),
        (
            b"attachment; filename=\"Here's a semicolon;.html\"",
            "Here's a semicolon;.html",
        ),
        (b"attachment; filename=foo,bar.html", "foo,bar.html"),
        (b"attachment; filename=foo bar.html", "foo bar.html"),
        (b"attachment; filename=foo.html ;", "foo.html"),
        (b"attachment; ;filename=foo", "foo"),
        (b"attachment; filename=\"foo-\xe4.html\"", "foo-\u{e4}.html"),
        (
            b"attachment; filename=\"foo-\xc3\xa4.html\"",
            "foo-\u{e4}.html",
        ),
        (b"attachment; filename=\"foo-%41.html\"", "foo-%41.html"),
        (b"attachment; filename=\"50%.html\"", "50%.html"),
        (
            b"attachment; filename=\"foo-%c3%a4-%e2%82%ac.html\"",
            "foo-\u{e4}-\u{20ac}.html",
        ),
        (b"attachment; name=\"foo.html\"", "base.dat"),
        (
            b"attachment; filename=\"one.html\"; filename=\"two.html\"",
            "one.html",
        ),
        (b"filename=foo.html", "foo.html"),
        (b"inline; attachment; filename=foo.html", "foo.html"),
        (b"attachment; filename=\"bar", "bar"),
        (
            b"attachment; filename*=iso-8859-1''foo-%E4.html",
            "foo-\u{e4}.html",
        ),
        (
            b"attachment; filename*=UTF-8''foo-%c3%a4-%e2%82%ac.html",
            "foo-\u{e4}-\u{20ac}.html",
        ),
        (
            b"attachment; filename*=UTF-8''foo-a%cc%88.html",
            "foo-\u{e4}.html",
        ),
        (b"attachment; filename*=UTF-8''A-%2541.html", "A-%41.html"),
        (
            b"attachment; filename=\"no.html\"; filename*=UTF-8''yes.html",
            "yes.html",
        ),
        (
            b"attachment; filename*=UTF-8''yes.html; filename=\"no.html\"",
            "yes.html",
        ),
        (b"attachment; filename*=utf-8''foo-%E4", "base.dat"),
        (
            b"attachment; filename*0=\"foo.\"; filename*1=\"html\"",
            "foo.html",
        ),
        (
            b"attachment; filename=\"=?ISO-8859-1?Q?foo-=E4.html?=\"",
            "foo-\u{e4}.html",
        ),
        (b"attachment; filename=\"\"", "base.dat"),
    ];
    for (disposition, name) in table {
        let found = saved_as("/base.dat", disposition);
        assert_eq!(found, name, "{}", String::from_utf8_lossy(disposition));
    }
}

#[test]
fn only_the_last_component_counts() {
    let table = [
        ("/etc/foo.html", "foo.html"),
        ("\\\\foo.html", "foo.html"),
        ("../../x.bin", "x.bin"),
        ("C:\\\\dir\\\\x.bin", "x.bin"),
        ("dir/x.bin", "x.bin"),
    ];
    for (given, name) in table {
        assert_eq!(
            saved_as(
                "/base.dat",
                format!("attachment; filename=\"{given}\"").as_bytes()
            ),
            name,
            "{given}"
        );
    }
    assert_eq!(
        saved_as("/base.dat", b"attachment; filename*=UTF-8''..%2f..%2fx.bin"),
        "x.bin"
    );
    assert_eq!(
        saved_as("/base.dat", b"attachment; filename*=UTF-8''%5cfoo.html"),
        "foo.html"
    );
}

#[test]
fn names_are_harmless() {
    let long = format!("{}.tar.gz", "\u{e4}".repeat(300));
    let given = [
        "..",
        ".",
        "...",
        ".bashrc",
        "CON",
        "con.txt",
        "LPT1.tar.gz",
        "nul",
        "trailing.",
        "trailing ",
        " leading",
        "a\tb\u{7f}c",
        "exe\u{202e}gpj.scr",
        "zero\u{200b}width",
        "a:b*c?d",
        &long,
    ];
    for name in given {
        let encoded: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let saved = saved_as(
            "/base.dat",
            format!("attachment; filename*=UTF-8''{encoded}").as_bytes(),
        );
        assert!(
            saved.len() <= 255 && !saved.starts_with('.'),
            "{name:?} became {saved:?}"
        );
        assert!(
            !saved.ends_with(['.', ' ']) && !saved.starts_with(' '),
            "{name:?} became {saved:?}"
        );
        assert!(
            !saved.contains(['\t', '\u{7f}', '\u{202e}', '/', '\\']),
            "{name:?} became {saved:?}"
        );
        let stem = saved
            .split('.')
            .next()
            .unwrap_or_default()
            .to_ascii_uppercase();
        assert!(
            !["CON", "NUL", "LPT1"].contains(&stem.as_str()),
            "{name:?} became {saved:?}"
        );
    }
    let encoded = "%C3%A4".repeat(300);
    let saved = saved_as(
        "/base.dat",
        format!("attachment; filename*=UTF-8''{encoded}.tar.gz").as_bytes(),
    );
    assert!(saved.ends_with(".gz") && saved.len() > 200, "{saved}");
}

#[test]
fn the_url_is_the_next_best() {
    assert_eq!(saved_as("/dir/a%20b.bin?x=/y.z", b"attachment"), "a b.bin");
    assert_eq!(saved_as("/%C3%A4.bin", b"attachment"), "\u{e4}.bin");
    assert_eq!(saved_as("/..%2f..%2fetc%2fpasswd", b"attachment"), "passwd");
    assert_eq!(saved_as("/a.bin#fragment", b"attachment"), "a.bin");
}

#[test]
fn the_final_url_names_the_file_and_the_first_where_it_cannot() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/first.bin", Behaviour::redirect(302, "/final.bin"));
    server.serve("/final.bin", Behaviour::file(FILE));
    desk.get(&[&server.url("/first.bin")])
        .complete_as(&desk, "final.bin", FILE);

    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/first.bin", Behaviour::redirect(302, "/?id=5"));
    server.serve("/", Behaviour::file(FILE));
    desk.get(&[&server.url("/first.bin")])
        .complete_as(&desk, "first.bin", FILE);
}

#[test]
fn the_type_is_the_last_resort() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/", Behaviour::file(FILE).content_type("application/zip"));
    desk.get(&[&server.url("/")])
        .complete_as(&desk, "download.zip", FILE);
}

#[test]
fn a_persons_name_is_one_component_too() {
    let (desk, server) = (Desk::new(), Server::start());
    server.serve("/a.bin", Behaviour::file(FILE));
    let outside = desk.home().with_file_name("out.bin");
    let absolute = outside.to_str().expect("a path");
    for name in ["../out.bin", absolute, "sub/out.bin", ".."] {
        let outcome = desk.get(&["-o", name, &server.url("/a.bin")]);
        assert!(!outside.exists(), "{outcome:?}");
        assert!(!desk.file("sub").exists(), "{outcome:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn where_it_came_from_is_marked_without_secrets() {
    let (desk, server) = (Desk::new(), Server::start());
    let read = |name: &str| {
        let mut value = [0; 4096];
        let len =
            rustix::fs::getxattr(desk.file(name), "user.xdg.origin.url", &mut value[..]).ok()?;
        Some(String::from_utf8_lossy(&value[..len]).into_owned())
    };
    std::fs::write(desk.file("probe"), "").expect("a file");
    let probe = rustix::fs::setxattr(
        desk.file("probe"),
        "user.ebb",
        b"1",
        rustix::fs::XattrFlags::empty(),
    );
    if probe.is_err() {
        return crate::desk::skip("no attributes on this file system");
    }
    server.serve("/a.bin", Behaviour::file(FILE));
    desk.get(&[&server.url_at("ann:hush@127.0.0.1", "/a.bin?sig=hush")])
        .complete();
    let origin = read("a.bin").expect("a mark");
    assert!(
        origin.contains("/a.bin") && !origin.contains("hush"),
        "{origin}"
    );
}
