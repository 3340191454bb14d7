//! A page instead of the file: a login, an error or a portal that came with status 200.
//!
//! Said only where the body is a page in fact, and a page is a surprise.

use super::disposition;
use super::extension;
use super::super::resource::Resource;

/// Extensions of programs that make a page, or anything else.
const SCRIPTS: [&str; 14] = [
    "php", "php3", "php4", "php5", "phtml", "asp", "aspx", "ashx", "jsp", "jspx", "cgi", "fcgi",
    "cfm", "do",
];
/// Extensions of pages.
const PAGES: [&str; 7] = ["html", "htm", "xhtml", "xht", "shtml", "mhtml", "mht"];

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
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start();
    let begins = |start: &[u8]| {
        body.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start))
    };
    let xml = begins(b"<?xml")
        && body.windows(5).take(512).any(|it| it.eq_ignore_ascii_case(b"<html"));
    xml || BEGINNINGS.iter().any(|start| begins(start))
}

/// `true` where a page came and a file was asked for.
///
/// * A page: Content-Type says HTML (or nothing), and the body looks like it
///   (`body_is_html`, from [`looks_like_html`]). Many servers call everything they do not
///   know HTML; by that alone nothing is given up.
/// * A file: the name expected (the person's, or the URL's last segment), or the name in
///   Content-Disposition, has an extension that is no page's; or an `earlier` answer for
///   the same file was something else than HTML.
/// * A Content-Disposition that names a page says that one is meant.
#[must_use]
pub fn page_instead_of_file(
    resource: &Resource,
    body_is_html: bool,
    expected_name: Option<&str>,
    earlier: Option<&Resource>,
) -> bool {
    if !body_is_html || !is_html(resource).unwrap_or(true) {
        return false;
    }
    let named = resource.disposition.as_deref().and_then(disposition::name);
    if let Some(named) = named {
        return !is_web_page_name(&named);
    }
    expected_name.is_some_and(|name| !is_web_page_name(name))
        || earlier.is_some_and(|earlier| is_html(earlier) == Some(false))
}

/// `None` where the server does not say.
fn is_html(resource: &Resource) -> Option<bool> {
    let content_type = resource.content_type.as_deref()?;
    Some(matches!(content_type, "text/html" | "application/xhtml+xml"))
}

fn is_one_of(extensions: &[&str], extension: &str) -> bool {
    let extension = extension.trim_start_matches('.');
    extensions.iter().any(|it| it.eq_ignore_ascii_case(extension))
}
