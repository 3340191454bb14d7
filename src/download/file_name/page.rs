//! A page instead of the file: a login, an error or a portal that came with status 200.
//!
//! Said only where the answer is a page by the server's own word (or by the look of it), and
//! a page is a surprise.

use super::super::resource::Resource;
use super::disposition;
use super::extension;

/// Extensions of programs that make a page, or anything else.
const SCRIPTS: [&str; 14] = [
    "php", "php3", "php4", "php5", "phtml", "asp", "aspx", "ashx", "jsp", "jspx", "cgi", "fcgi",
    "cfm", "do",
];
/// Extensions of pages.
const PAGES: [&str; 7] = ["html", "htm", "xhtml", "xht", "shtml", "mhtml", "mht"];

#[rustfmt::skip]
/// How a page begins, in lower case, after blanks and a byte order mark.
const BEGINNINGS: [&[u8]; 17] = [
    b"<!doctype html", b"<html", b"<head", b"<body", b"<title", b"<meta", b"<script", b"<style",
    b"<link", b"<!--", b"<h1", b"<p>", b"<div", b"<center", b"<br", b"<b>", b"<a ",
];

/// An extension (with or without its dot) of a program that answers, not of what it answers.
pub fn is_script(extension: &str) -> bool {
    is_one_of(&SCRIPTS, extension)
}

/// `true` where it is no surprise that a page comes under this name: `.html` and the like,
/// `.php` and the like, or no extension at all.
#[must_use]
pub fn is_web_page_name(name: &str) -> bool {
    let (_, extension) = extension::split(name);
    extension.is_empty() || is_one_of(&PAGES, extension) || is_script(extension)
}

/// `true` where a body begins as a web page does (its first 512 bytes are enough).
#[must_use]
pub fn looks_like_html(body: &[u8]) -> bool {
    let body = body
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(body)
        .trim_ascii_start();
    let is = |place: &[u8], start: &[u8]| {
        place
            .get(..start.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(start))
    };
    let begins = |start| is(body, start);
    let mut inside = body.windows(5).take(512);
    let xml = begins(b"<?xml") && inside.any(|place| is(place, b"<html"));
    xml || BEGINNINGS.iter().any(|start| begins(start))
}

/// `true` where a page came and a file was asked for.
///
/// * A page: Content-Type says HTML; or it says nothing and the body looks like a page
///   (`body_is_html`, from [`looks_like_html`]; `false` where nobody has looked yet).
/// * Asked for a file: the name expected (the person's, or the URL's last segment) has an
///   extension that is no page's; or it has none, or a script's, and there was an `earlier`
///   answer for the same file that was not called HTML; or whatever the name, the earlier
///   answer was called something else.
/// * Content-Disposition has the last word: where it names a page, one is meant; where it
///   names a file, only a body that looks like a page is one (scripts that send files
///   often forget the type, and then say HTML).
#[must_use]
pub fn page_instead_of_file(
    resource: &Resource,
    body_is_html: bool,
    expected_name: Option<&str>,
    earlier: Option<&Resource>,
) -> bool {
    if !is_html(resource).unwrap_or(body_is_html) {
        return false;
    }
    if let Some(named) = resource.disposition.as_deref().and_then(disposition::name) {
        return body_is_html && !is_web_page_name(&named);
    }
    let was = earlier.map(is_html);
    if was == Some(Some(false)) {
        return true;
    }
    match expected_name.map(|name| extension::split(name).1) {
        None | Some("") => was == Some(None),
        Some(extension) if is_script(extension) => was == Some(None),
        Some(extension) => !is_one_of(&PAGES, extension),
    }
}

/// `None` where the server does not say.
fn is_html(resource: &Resource) -> Option<bool> {
    let content_type = resource.content_type.as_deref()?;
    Some(matches!(
        content_type,
        "text/html" | "application/xhtml+xml"
    ))
}

fn is_one_of(extensions: &[&str], extension: &str) -> bool {
    let extension = extension.trim_start_matches('.');
    extensions
        .iter()
        .any(|it| it.eq_ignore_ascii_case(extension))
}
