//! Names from every source, and what no name may do.

use super::*;
use proptest::prelude::*;

fn link(text: &str) -> Link {
    Link::parse(text).unwrap()
}

fn resource(disposition: Option<&[u8]>, content_type: Option<&str>) -> Resource {
    Resource {
        disposition: disposition.map(<[u8]>::to_vec),
        content_type: content_type.map(str::to_owned),
        ..Resource::default()
    }
}

/// The greenbytes TC2231 cases and what servers send besides: the table of peers.md 5.3, as
/// far as the name on the disk. `URL`: no name, the URL's is taken.
#[rustfmt::skip]
const DISPOSITIONS: &[(&[u8], &str)] = &[
    // No name.
    (b"inline", "URL"),
    (b"foobar", "URL"),
    (b"attachment", "URL"),
    (b"\"inline\"", "URL"),
    (b"", "URL"),
    // As it should be.
    (b"inline; filename=\"foo.html\"", "foo.html"),
    (b"attachment; FILENAME=\"foo.html\"", "foo.html"),
    (b"attachment; filename =\"foo.html\"", "foo.html"),
    (b"attachment; foo=\"bar\"; filename=\"foo.html\"", "foo.html"),
    (b"attachment; foo=\"\\\"\\\\\";filename=\"foo.html\"", "foo.html"),
    (b"attachment; filename=\"f\\oo.html\"", "foo.html"),
    (b"attachment; filename=\"\\\"quoting\\\" tested.html\"", "_quoting_ tested.html"),
    (b"attachment; filename=\"Here's a semicolon;.html\"", "Here's a semicolon;.html"),
    (b"attachment; filename=foo.html", "foo.html"),
    (b"attachment; filename='foo.bar'", "'foo.bar'"),
    // Quotes missing.
    (b"attachment; filename=foo,bar.html", "foo,bar.html"),
    (b"attachment; filename=foo bar.html", "foo bar.html"),
    (b"attachment; filename=foo[1](2).html", "foo[1](2).html"),
    ("attachment; filename=foo-ä.html".as_bytes(), "foo-ä.html"),
    (b"attachment; filename=foo.html ;", "foo.html"),
    (b"attachment; ;filename=foo", "foo"),
    // Bytes that are not ASCII.
    (b"attachment; filename=\"foo-\xe4.html\"", "foo-ä.html"),
    (b"attachment; filename=foo-\xe4.html", "foo-ä.html"),
    ("attachment; filename=\"foo-ä-€.html\"".as_bytes(), "foo-ä-€.html"),
    // Percent signs.
    (b"attachment; filename=\"foo-%41.html\"", "foo-%41.html"),
    (b"attachment; filename=\"50%.html\"", "50%.html"),
    (b"attachment; filename=\"foo-%\\41.html\"", "foo-%41.html"),
    (b"attachment; filename=\"foo-%c3%a4-%e2%82%ac.html\"", "foo-ä-€.html"),
    (b"attachment; filename=%E4%B8%AD%20%E6%96%87.zip", "中 文.zip"),
    (b"attachment; filename=\"100%-%c3%a4.html\"", "100%-%c3%a4.html"),
    (b"attachment; filename=\"foo-%e4.html\"", "foo-%e4.html"),
    // Other parameters.
    (b"attachment; name=\"foo-%41.html\"", "URL"),
    (b"attachment; xfilename=foo.html", "URL"),
    (b"attachment; example=\"filename=example.txt\"", "URL"),
    (b"attachment; creation-date=\"Wed, 12 Feb 1997 16:29:51 -0500\"", "URL"),
    // Two names; no type, two types.
    (b"attachment; filename=\"foo.html\"; filename=\"bar.html\"", "foo.html"),
    (b"filename=foo.html", "foo.html"),
    (b"x=y; filename=foo.html", "foo.html"),
    (b"\"foo; filename=bar;baz\"; filename=qux", "qux"),
    (b"filename=foo.html, filename=bar.html", "foo.html"),
    (b"; filename=foo.html", "foo.html"),
    (b": inline; attachment; filename=foo.html", "foo.html"),
    (b"inline; attachment; filename=foo.html", "foo.html"),
    (b"attachment; inline; filename=foo.html", "foo.html"),
    // Quotes in the wrong place.
    (b"attachment; filename=\"foo.html\".txt", "foo.html"),
    (b"attachment; filename=\"bar", "bar"),
    (b"attachment; filename=foo\"bar;baz\"qux", "URL"),
    // Two headers in one.
    (b"attachment; filename=foo.html, attachment; filename=bar.html", "foo.html"),
    (b"attachment; filename=\"foo.html\", attachment; filename=\"bar.html\"", "foo.html"),
    (b"attachment; filename=foo, inline.html", "foo, inline.html"),
    // Semicolons missing.
    (b"attachment; foo=foo filename=bar", "URL"),
    (b"attachment; filename=bar foo=foo ", "bar"),
    (b"attachment filename=bar", "URL"),
    (b"filename=foo.html; attachment", "foo.html"),
    // Paths.
    (b"attachment; filename=\"/foo.html\"", "foo.html"),
    (b"attachment; filename=\"\\\\foo.html\"", "foo.html"),
    (b"attachment; filename*=UTF-8''%5cfoo.html", "foo.html"),
    (b"attachment; filename=\"../../x\"", "x"),
    (b"attachment; filename=\"C:\\x\"", "x"),
    (b"attachment; filename=\"C:\\Users\\me\\x.zip\"", "x.zip"),
    (b"attachment; filename=\"\\\\host\\share\\x.zip\"", "x.zip"),
    (b"attachment; filename=C:\\dir\\x.zip", "x.zip"),
    (b"attachment; filename*=UTF-8''..%2f", "URL"),
    (b"attachment; filename*=UTF-8''..%2f..%2fx", "x"),
    (b"attachment; filename=..", "URL"),
    (b"attachment; filename=dir/file", "file"),
    // With a charset.
    (b"attachment; filename*=iso-8859-1''foo-%E4.html", "foo-ä.html"),
    (b"attachment; filename*=UTF-8''foo-%c3%a4-%e2%82%ac.html", "foo-ä-€.html"),
    (b"attachment; filename*=UTF-8''foo-a%cc%88.html", "foo-ä.html"),
    (b"attachment; filename*=UTF-8'de-DE'foo-%c3%a4.html", "foo-ä.html"),
    (b"attachment; filename*=GBK''%d6%d0.html", "中.html"),
    (b"attachment; filename*=Shift_JIS''%93%fa.html", "日.html"),
    (b"attachment; filename*=''foo-%c3%a4-%e2%82%ac.html", "foo-ä-€.html"),
    (b"attachment; filename*=UTF-8'foo-%c3%a4.html", "foo-ä.html"),
    (b"attachment; filename*=foo-%c3%a4.html", "foo-ä.html"),
    (b"attachment; filename*=\"UTF-8''foo-%c3%a4.html\"", "foo-ä.html"),
    (b"attachment; filename*=UTF-8''foo%", "foo%"),
    (b"attachment; filename*=UTF-8''f%oo.html", "f%oo.html"),
    (b"attachment; filename *=UTF-8''foo-%c3%a4.html", "foo-ä.html"),
    (b"attachment; filename*= UTF-8''foo-%c3%a4.html", "foo-ä.html"),
    (b"attachment; filename* =UTF-8''foo-%c3%a4.html", "foo-ä.html"),
    (b"attachment; filename*=iso-8859-1''foo-%c3%a4-%e2%82%ac.html", "URL"),
    (b"attachment; filename*=utf-8''foo-%E4.html", "URL"),
    (b"attachment; filename*=no-charset''foo.html; filename=bar", "bar"),
    (b"attachment; filename*=UTF-8''A-%2541.html", "A-%41.html"),
    (b"attachment; filename=\"foo-ae.html\"; filename*=UTF-8''foo-%c3%a4.html", "foo-ä.html"),
    (b"attachment; filename*=UTF-8''foo-%c3%a4.html; filename=\"foo-ae.html\"", "foo-ä.html"),
    (b"attachment; filename*=utf-8''foo-%E4.html; filename=\"foo-ae.html\"", "foo-ae.html"),
    // In pieces.
    (b"attachment; filename*0=\"foo.\"; filename*1=\"html\"", "foo.html"),
    (b"attachment; filename*0=\"foo\"; filename*1=\"\\b\\a\\r.html\"", "foobar.html"),
    (b"attachment; filename*0*=UTF-8''foo-%c3%a4; filename*1=\".html\"", "foo-ä.html"),
    (b"attachment; filename*0*=UTF-8''foo-%c3; filename*1*=%a4.html", "foo-ä.html"),
    (b"attachment; filename*0=\"foo\"; filename*01=\"bar\"", "foo"),
    (b"attachment; filename*0=\"foo\"; filename*2=\"bar\"", "foo"),
    (b"attachment; filename*1=\"foo.\"; filename*2=\"html\"", "URL"),
    (b"attachment; filename*1=\"bar\"; filename*0=\"foo\"", "foobar"),
    (b"attachment; filename*0=a; filename=b; filename*=UTF-8''c", "c"),
    (b"attachment; filename*99999999999999999999=a; filename=b", "b"),
    // Encoded words.
    (b"attachment; filename=\"=?ISO-8859-1?Q?foo-=E4.html?=\"", "foo-ä.html"),
    (b"attachment; filename==?ISO-8859-1?Q?foo-=E4.html?=", "foo-ä.html"),
    (b"attachment; filename=\"=?utf-8?B?Zm9vLcOkLmh0bWw=?=\"", "foo-ä.html"),
    (b"attachment; filename=\"=?UTF-8?Q?a=C3?= =?UTF-8?Q?=A4_b?=.zip\"", "aä b.zip"),
    (b"attachment; filename==?UTF-8?Q?a?= =?ISO-8859-1?q?=E4.zip?=", "aä.zip"),
    (b"attachment; filename=\"=?UTF-8?Q?=E4?=\"", "=_UTF-8_Q_=E4_="),
    (b"attachment; filename=\"=?UTF-8?Q\"", "=_UTF-8_Q"),
    // Empty.
    (b"attachment; filename=", "URL"),
    (b"attachment; filename=;", "URL"),
    (b"attachment; filename=\"\"", "URL"),
    (b"attachment; filename=\" \"", "URL"),
    (b"attachment; filename*=UTF-8''", "URL"),
    (b"attachment; filename*=UTF-8''; filename=foo", "foo"),
    // What web pages do to names.
    (b"attachment; filename=\"a&amp;b.txt\"", "a&amp;b.txt"),
    (b"attachment; filename=a&amp;b.txt; x=y", "a&amp;b.txt"),
    (b"attachment; filename=\"a&b.txt\"; filename*=UTF-8''a%26amp%3Bb.txt", "a&b.txt"),
    (b"attachment; filename=\"a%2Bb+c.txt\"", "a%2Bb+c.txt"),
];

#[test]
fn content_disposition() {
    let url = link("http://h/URL");
    let mut wrong = String::new();
    for (header, expected) in DISPOSITIONS {
        let name = choose(None, &resource(Some(header), None), &url, &url);
        if name != *expected {
            wrong += &format!("{}: {name}\n", String::from_utf8_lossy(header));
        }
    }
    assert_eq!(wrong, "");
}

/// A header as long as hyper lets one be takes no time, whatever is in it: were a step of the
/// reading not linear, this would take minutes.
#[test]
fn long_headers() {
    let url = link("http://h/URL");
    let pieces: String = (0..20_000).map(|n| format!(";filename*{n}=a")).collect();
    let mut headers = vec![pieces];
    for part in [
        " ",
        ",",
        "a ",
        "a=b ",
        ";",
        "\"",
        "\\",
        "=?",
        "=?a?Q?b?= ",
        "%41",
        "filename=;",
    ] {
        headers.push(format!(
            "attachment; filename={}",
            part.repeat(400_000 / part.len())
        ));
        headers.push(format!(
            "attachment; filename=\"{}",
            part.repeat(400_000 / part.len())
        ));
    }
    for header in headers {
        assert!(is_safe(&choose(
            None,
            &resource(Some(header.as_bytes()), None),
            &url,
            &url
        )));
    }
}

#[test]
fn sources_in_their_order() {
    let header: &[u8] = b"attachment; filename=server.zip";
    let (last, first) = (link("http://h/last.zip?name=x"), link("http://h/first.zip"));
    let (no_name, dots) = (link("http://h/dir/"), link("http://h/%2e%2e%2f..."));
    let none = resource(None, Some("application/zip"));
    let named = resource(Some(header), None);
    assert_eq!(choose(Some("mine"), &named, &last, &first), "mine");
    assert_eq!(choose(Some("???"), &named, &last, &first), "___");
    assert_eq!(choose(Some("..."), &named, &last, &first), "server.zip");
    assert_eq!(choose(None, &named, &last, &first), "server.zip");
    assert_eq!(choose(None, &none, &last, &first), "last.zip");
    assert_eq!(choose(None, &none, &no_name, &first), "first.zip");
    assert_eq!(choose(None, &none, &dots, &first), "first.zip");
    assert_eq!(choose(None, &none, &no_name, &no_name), "download.zip");
    for (content_type, expected) in [
        (None, "download"),
        (Some("text/html"), "download.html"),
        (Some("text/plain"), "download.txt"),
        (Some("application/octet-stream"), "download"),
    ] {
        let resource = resource(None, content_type);
        assert_eq!(choose(None, &resource, &no_name, &no_name), expected);
    }
}

#[test]
fn names_in_urls() {
    let zip = Some("application/zip");
    for (path, content_type, expected) in [
        ("/a%20b+c.zip?x=y.exe", None, "a b+c.zip"),
        ("/f%C3%A4.zip", None, "fä.zip"),
        ("/f%E4.zip", None, "fä.zip"),
        ("/ä.zip", None, "ä.zip"),
        ("/..%2f..%5cx.zip", None, "x.zip"),
        ("/%00%0d%0aa.zip", None, "a.zip"),
        ("/50%.zip", None, "50%.zip"),
        ("/.htaccess", None, "htaccess"),
        // An extension from the type, where the URL has none of its own.
        ("/a", zip, "a.zip"),
        ("/a.zip", Some("application/pdf"), "a.zip"),
        ("/a.xyz", zip, "a.xyz"),
        ("/a-1.2", zip, "a-1.2.zip"),
        ("/get.php", zip, "get.zip"),
        ("/get.ASPX?id=1", zip, "get.zip"),
        ("/get.cgi", Some("application/octet-stream"), "get.cgi"),
        ("/get.cgi", None, "get.cgi"),
        ("/about", Some("text/html"), "about.html"),
        ("/about.php", Some("text/html"), "about.html"),
        ("/README", Some("text/plain"), "README"),
        ("/a.tar", Some("application/gzip"), "a.tar"),
    ] {
        let link = link(&format!("http://h{path}"));
        assert_eq!(
            choose(None, &resource(None, content_type), &link, &link),
            expected,
            "{path}"
        );
    }
    let long = link(&format!("http://h/{}", "x".repeat(10_000)));
    let name = choose(None, &resource(None, zip), &long, &long);
    assert!(name.len() == LONGEST && name.ends_with("x.zip"), "{name}");
}

#[test]
fn unsafe_names_made_safe() {
    for (text, expected) in [
        ("a.zip", Some("a.zip")),
        ("a\u{308}.zip", Some("ä.zip")),
        ("../../etc/passwd", Some("passwd")),
        ("dir/", Some("dir")),
        ("C:x", Some("C_x")),
        ("a:b<c>d\"e|f?g*h", Some("a_b_c_d_e_f_g_h")),
        (" . .hidden. . ", Some("hidden")),
        ("a\u{202e}gpj.exe", Some("agpj.exe")),
        ("a\u{200b}\u{feff}\u{2066}\r\n\t\u{7f}\u{85}b", Some("ab")),
        ("con", Some("_con")),
        ("NUL.tar.gz", Some("_NUL.tar.gz")),
        ("Com1 .txt", Some("_Com1 .txt")),
        ("LPT².txt", Some("_LPT².txt")),
        ("COM10.txt", Some("COM10.txt")),
        ("COM", Some("COM")),
        ("conin$", Some("_conin$")),
        ("console.txt", Some("console.txt")),
        ("c\u{200b}on", Some("_con")),
        ("Desktop.ini", Some("_Desktop.ini")),
        ("a.zip.ebb-part", Some("a.zip_ebb-part")),
        ("a.EBB-PART", Some("a_EBB-PART")),
        ("", None),
        (".", None),
        ("..", None),
        (" ... ", None),
        ("///", None),
        ("../..", None),
        ("\u{202e}\u{0}", None),
    ] {
        assert_eq!(sanitise(text).as_deref(), expected, "{text:?}");
    }
}

#[test]
fn long_names_keep_their_extension() {
    for (extension, kept) in [
        (".zip", true),
        (".tar.gz", true),
        (".7z", true),
        (".日本語", true),
        (".averyveryverylongone", false),
        (".not one", false),
    ] {
        for stem in ["x", "ä", "日", "🦀", " ."] {
            let name = sanitise(&format!("a{}{extension}", stem.repeat(300))).unwrap();
            assert!(name.len() <= LONGEST, "{name}");
            assert_eq!(name.ends_with(extension), kept, "{name}");
        }
    }
    let hidden_device = format!("CON{}x.txt", " ".repeat(300));
    assert_eq!(sanitise(&hidden_device).as_deref(), Some("_CON.txt"));
    let hidden_part = format!("{}.ebb-part{}", "x".repeat(237), "y".repeat(300));
    assert!(sanitise(&hidden_part).unwrap().ends_with("x_ebb-part"));
}

#[test]
fn numbers_go_before_the_extension() {
    for (name, expected) in [
        ("a.tar.gz", "a (1).tar.gz"),
        ("a.TAR.zst", "a (1).TAR.zst"),
        ("a.zip", "a (1).zip"),
        ("a", "a (1)"),
        ("linux-6.12", "linux-6.12 (1)"),
        ("a.7z.001", "a.7z (1).001"),
        (".tar.gz", ".tar (1).gz"),
        ("tar.gz", "tar (1).gz"),
        ("a b. c", "a b. c (1)"),
        ("a (1).zip", "a (1) (1).zip"),
    ] {
        assert_eq!(numbered(name, 1), expected);
    }
    let long = format!("{}.tar.gz", "ä".repeat(119));
    let name = numbered(&long, u32::MAX);
    assert!(
        name.len() <= LONGEST && name.ends_with("ä (4294967295).tar.gz"),
        "{name}"
    );
}

#[test]
fn a_persons_name_is_refused_rather_than_guessed() {
    assert_eq!(chosen("a b.zip"), Ok("a b.zip".into()));
    assert_eq!(chosen("what?.zip"), Ok("what_.zip".into()));
    for empty in ["", "  "] {
        assert_eq!(chosen(empty), Err(NameError::Empty));
    }
    for path in ["a/b", "/", "..\\a", "a/"] {
        assert_eq!(chosen(path), Err(NameError::Separator));
    }
    for nothing in [".", "..", "...", "\u{200b}"] {
        assert_eq!(chosen(nothing), Err(NameError::NotAName(nothing.into())));
    }
}

#[test]
fn pages_instead_of_files() {
    let page = |resource: &Resource, name| page_instead_of_file(resource, false, name, None);
    let seen = |resource: &Resource, name| page_instead_of_file(resource, true, name, None);
    let html = |header: Option<&[u8]>| resource(header, Some("text/html"));
    for file in ["a.zip", "a.iso", "a.bin", "a.tar.gz", "a.mp4", "a.txt"] {
        let file = Some(file);
        assert!(page(&html(None), file), "{file:?}");
        assert!(
            page(&resource(None, Some("application/xhtml+xml")), file),
            "{file:?}"
        );
        assert!(page(&html(Some(b"attachment")), file), "{file:?}");
        assert!(!page(&resource(None, None), file), "{file:?}");
        assert!(
            seen(&resource(None, None), file),
            "{file:?}: no type, but a page"
        );
        assert!(
            !seen(&resource(None, Some("application/zip")), file),
            "{file:?}"
        );
        assert!(
            !seen(&html(Some(b"attachment; filename=a.html")), file),
            "{file:?}"
        );
        let forgotten = html(Some(b"attachment; filename=a.zip"));
        assert!(
            !page(&forgotten, file),
            "{file:?}: a script that forgot the type"
        );
        assert!(seen(&forgotten, file), "{file:?}: a script that failed");
    }
    for name in [
        "a.html", "a.HTM", "a.xhtml", "a.php", "a.aspx", "a.jsp", "a", "v1.2",
    ] {
        assert!(is_web_page_name(name), "{name}");
        assert!(!seen(&html(None), Some(name)), "{name}");
    }
    assert!(!seen(&html(None), None));
}

/// Expected name · earlier answer: HTML, of unknown type, a file.
#[test]
fn pages_after_something_else() {
    for (expected, html, unknown, file) in [
        (None, false, true, true),
        (Some("get"), false, true, true),
        (Some("get.php"), false, true, true),
        (Some("page.html"), false, false, true),
        (Some("a.zip"), true, true, true),
    ] {
        let after = |content_type| {
            let (now, earlier) = (
                resource(None, Some("text/html")),
                resource(None, content_type),
            );
            page_instead_of_file(&now, false, expected, Some(&earlier))
        };
        assert_eq!(after(Some("text/html")), html, "{expected:?}");
        assert_eq!(after(None), unknown, "{expected:?}");
        assert_eq!(after(Some("application/zip")), file, "{expected:?}");
    }
}

#[test]
fn what_looks_like_a_page() {
    for body in [
        &b"<!DOCTYPE html><html>"[..],
        b"\xef\xbb\xbf \r\n<HTML lang=x>",
        b"<br />\n<b>Warning",
        b"<!-- x --><html>",
        b"<?xml version='1.0'?>\n<!DOCTYPE html><html>",
    ] {
        assert!(looks_like_html(body), "{}", String::from_utf8_lossy(body));
    }
    for body in [
        &b""[..],
        b"<",
        b"PK\x03\x04<html>",
        b"<?xml version='1.0'?><rss>",
        b"hello <b>you</b>",
    ] {
        assert!(!looks_like_html(body), "{}", String::from_utf8_lossy(body));
    }
}

/// What every name must be, wherever it came from.
fn is_safe(name: &str) -> bool {
    let ends = |it: Option<char>| it.is_some_and(|it| it != '.' && !it.is_whitespace());
    name.len() + ".ebb-part".len() <= 255
        && !name.contains([
            '/', '\\', '<', '>', ':', '"', '|', '?', '*', '\u{202e}', '\u{200b}',
        ])
        && !name.chars().any(char::is_control)
        && ends(name.chars().next())
        && ends(name.chars().next_back())
        && !name.to_ascii_lowercase().ends_with(".ebb-part")
        && std::path::Path::new("folder")
            .join(name)
            .components()
            .count()
            == 2
        && sanitise(name).as_deref() == Some(name)
}

const LONG: &str = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

#[rustfmt::skip]
/// Text made of what is dangerous, besides anything at all.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        ".", "..", "/", "\\", " ", "con", "nul", "com1", ".ebb-part", ".tar", ".gz", "a", "ä",
        "a\u{308}", "\u{202e}", "\u{200d}", "\u{0}", ":", "?", "日", LONG, "\u{338}", "<", "=",
        "\u{37e}", "\u{feff}", "\u{3000}",
    ]);
    prop_oneof![
        any::<String>(),
        prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn every_name_is_safe(text in texts()) {
        if let Some(name) = sanitise(&text) {
            prop_assert!(is_safe(&name), "{text:?} -> {name:?}");
        }
        prop_assert!(chosen(&text).is_ok() || sanitise(&text).is_none() || text.contains(['/', '\\']));
    }

    #[test]
    fn numbered_names_are_safe(text in texts(), n: u32) {
        if let Some(name) = sanitise(&text) {
            let numbered = numbered(&name, n);
            prop_assert!(is_safe(&numbered), "{name:?} -> {numbered:?}");
            let number = format!(" ({n})");
            prop_assert!(numbered.contains(&number));
        }
    }

    #[test]
    fn whatever_a_server_sends(header: Vec<u8>, name in texts(), parameter in "filename\\*?0?\\*?") {
        let url = link("http://h/");
        let (quoted, content_type) = (format!("a; {parameter}=\"{name}\""), Some("text/html"));
        for header in [header, quoted.into_bytes(), format!("{parameter}={name}").into_bytes()] {
            let name = choose(None, &resource(Some(&header), content_type), &url, &url);
            prop_assert!(is_safe(&name), "{name:?}");
        }
    }

    #[test]
    fn whatever_a_url_says(path in texts(), content_type in "(application/zip|text/html|x)") {
        let Ok(link) = Link::parse(&format!("http://h/{path}")) else { return Ok(()) };
        let name = choose(None, &resource(None, Some(&content_type)), &link, &link);
        prop_assert!(is_safe(&name), "{name:?}");
    }
}
