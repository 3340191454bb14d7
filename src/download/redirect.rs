//! Where a redirect leads, and what may travel there.
//!
//! No redirect leads from https to http, to another scheme, or further than ten hops;
//! no secret of the person's travels to another origin; no message names a URL.

use http::HeaderMap;
use http::header::{LOCATION, SET_COOKIE};
use percent_encoding::{AsciiSet, percent_encode};

use super::failure::Failure;
use super::link::{Link, LinkError};

/// How many redirects are followed, one after another.
pub const MOST_HOPS: usize = 10;

/// The headers of a person's that are no secrets, in lower case.
const OPEN_HEADERS: [&str; 4] = ["user-agent", "referer", "accept", "accept-language"];

/// Where an answer leads: `None` where it is no redirect.
///
/// `visited` are the links asked so far, from the first to the one that gave this answer;
/// `cookie_set` tells whether this or an earlier answer on the way set a cookie
/// ([`sets_cookie`]): then the same link may answer otherwise the second time, and only the
/// count of hops ends a loop.
///
/// # Errors
/// [`Failure::TooManyRedirects`], [`Failure::RedirectLoop`], [`Failure::RedirectInsecure`],
/// [`Failure::RedirectInvalid`] (no Location, an empty one, another scheme, no URL).
///
/// # Panics
/// Never with at least one link in `visited`.
pub fn next(
    visited: &[Link],
    status: u16,
    headers: &HeaderMap,
    cookie_set: bool,
) -> Result<Option<Link>, Failure> {
    if !matches!(status, 300..=303 | 307 | 308) {
        return Ok(None);
    }
    let previous = visited.last().expect("an answer comes from somewhere");
    if visited.len() > MOST_HOPS {
        return Err(Failure::TooManyRedirects);
    }
    let target = target(previous, headers)?;
    if previous.is_secure() && !target.is_secure() {
        return Err(Failure::RedirectInsecure);
    }
    if !cookie_set && visited.contains(&target) {
        return Err(Failure::RedirectLoop);
    }
    Ok(Some(target))
}

/// The Location, made absolute. Of several the first counts, as in browsers.
fn target(previous: &Link, headers: &HeaderMap) -> Result<Link, Failure> {
    let invalid = |text: &str| Failure::RedirectInvalid(text.to_owned());
    let location = headers
        .get(LOCATION)
        .ok_or_else(|| invalid("no Location"))?;
    let location = text(location.as_bytes());
    let location = location.trim();
    if location.is_empty() {
        return Err(invalid("an empty Location"));
    }
    let url = previous.url().join(location);
    let url = url.map_err(|error| invalid(&error.to_string()))?;
    let scheme = url.scheme().to_owned();
    Link::from_url(url).map_err(|error| match error {
        LinkError::UnsupportedScheme(_) | LinkError::NoScheme => {
            Failure::RedirectInvalid(format!("the scheme {scheme} is not supported"))
        }
        error => invalid(&error.to_string()),
    })
}

/// UTF-8 as it is (the URL parser escapes it); other bytes escaped one by one, so that the
/// server gets back what it sent.
fn text(location: &[u8]) -> String {
    const NOTHING: &AsciiSet = &AsciiSet::EMPTY;
    match std::str::from_utf8(location) {
        Ok(text) => text.to_owned(),
        Err(_) => percent_encode(location, NOTHING).to_string(),
    }
}

/// The answer sets a cookie.
#[must_use]
pub fn sets_cookie(headers: &HeaderMap) -> bool {
    headers.contains_key(SET_COOKIE)
}

/// Those of the person's headers that may go to `to`, where they were given for `from_origin`
/// ([`Link::origin`] of the first link): all of them to the same origin, the open ones anywhere.
pub fn headers_for<'a>(
    person: &'a [(String, String)],
    from_origin: &str,
    to: &Link,
) -> impl Iterator<Item = &'a (String, String)> + use<'a> {
    let same_origin = to.origin() == from_origin;
    person
        .iter()
        .filter(move |(name, _)| same_origin || !is_secret_header(name))
}

/// Every header that a person gave is a secret, but for User-Agent, Referer, Accept and
/// Accept-Language.
#[must_use]
pub fn is_secret_header(name: &str) -> bool {
    let name = name.trim();
    !OPEN_HEADERS
        .iter()
        .any(|open| name.eq_ignore_ascii_case(open))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn link(text: &str) -> Link {
        Link::parse(text).unwrap()
    }

    fn locations(values: &[&[u8]]) -> HeaderMap {
        let value = |bytes: &&[u8]| (LOCATION, HeaderValue::from_bytes(bytes).unwrap());
        values.iter().map(value).collect()
    }

    /// Where one answer of `from` leads, or the failure.
    fn follow(from: &str, location: &[u8]) -> Result<String, Failure> {
        next(&[link(from)], 302, &locations(&[location]), false)
            .map(|next| next.unwrap().expose().to_owned())
    }

    #[test]
    fn only_redirects_redirect() {
        let headers = locations(&[b"/b"]);
        let from = [link("http://h/a")];
        for status in [300, 301, 302, 303, 307, 308] {
            let to = next(&from, status, &headers, false).unwrap();
            assert_eq!(to, Some(link("http://h/b")), "{status}");
            let nowhere = next(&from, status, &HeaderMap::new(), false);
            assert!(
                matches!(nowhere, Err(Failure::RedirectInvalid(_))),
                "{status}"
            );
        }
        for status in [200, 206, 304, 305, 306, 309, 404, 503] {
            assert_eq!(next(&from, status, &headers, false), Ok(None), "{status}");
        }
    }

    #[test]
    fn locations_of_all_kinds() {
        let from = "http://u:p@h:81/dir/a?q=1";
        for (location, expected) in [
            (&b"b.zip"[..], "http://u:p@h:81/dir/b.zip"),
            (b"../b", "http://u:p@h:81/b"),
            (b"?x=2", "http://u:p@h:81/dir/a?x=2"),
            (b"//other/b#frag", "http://other/b"),
            (b"HTTPS://other:443/b", "https://other/b"),
            (b" /a b?c d ", "http://u:p@h:81/a%20b?c%20d"),
            ("/ä€".as_bytes(), "http://u:p@h:81/%C3%A4%E2%82%AC"),
            (b"/\xe4", "http://u:p@h:81/%E4"),
            (b"http:/\\other\\b", "http://other/b"),
        ] {
            let shown = String::from_utf8_lossy(location).into_owned();
            assert_eq!(follow(from, location).as_deref(), Ok(expected), "{shown}");
        }
    }

    #[test]
    fn of_two_locations_the_first_counts() {
        let from = [link("http://h/a")];
        for second in [&b"/b"[..], b"/c"] {
            let to = next(&from, 302, &locations(&[b"/b", second]), false);
            assert_eq!(to, Ok(Some(link("http://h/b"))));
        }
    }

    #[test]
    fn nowhere() {
        let invalid = |location: &[u8]| match follow("https://h/a", location) {
            Err(Failure::RedirectInvalid(text)) => text,
            other => panic!("{other:?}"),
        };
        assert_eq!(invalid(b""), "an empty Location");
        assert_eq!(invalid(b"  "), "an empty Location");
        assert_eq!(
            invalid(b"file:///etc/passwd"),
            "the scheme file is not supported"
        );
        assert_eq!(
            invalid(b"ftp://u:secret@h/?k=secret"),
            "the scheme ftp is not supported"
        );
        assert_eq!(
            invalid(b"localhost:80/x"),
            "the scheme localhost is not supported"
        );
        assert!(!invalid(b"https://u:secret@h:99999/?k=secret").contains("secret"));
        assert_eq!(
            follow("https://h/a", b"http://h/a"),
            Err(Failure::RedirectInsecure)
        );
        assert!(follow("http://h/a", b"https://h/a").is_ok());
    }

    #[test]
    fn loops_and_the_count() {
        let (a, b) = (link("http://h/a"), link("http://h/b"));
        let to_a = locations(&[b"/a#again"]);
        let loops = |visited: &[Link], cookie| next(visited, 302, &to_a, cookie);
        assert_eq!(
            loops(std::slice::from_ref(&a), false),
            Err(Failure::RedirectLoop)
        );
        assert_eq!(
            loops(&[a.clone(), b.clone()], false),
            Err(Failure::RedirectLoop)
        );
        assert_eq!(loops(&[a.clone(), b.clone()], true), Ok(Some(a.clone())));
        let mut visited = vec![a.clone()];
        for _ in 0..MOST_HOPS {
            visited.extend(loops(&visited, true).unwrap());
        }
        assert_eq!(loops(&visited, true), Err(Failure::TooManyRedirects));
        assert_eq!(next(&visited, 200, &to_a, true), Ok(None));
        let mut headers = HeaderMap::new();
        assert!(!sets_cookie(&headers));
        headers.insert(SET_COOKIE, HeaderValue::from_static("a=b"));
        assert!(sets_cookie(&headers));
    }

    #[test]
    fn secrets_stay_at_their_origin() {
        let names = "Authorization Cookie X-Api-Key user-agent Referer ACCEPT Accept-Language";
        let header = |name: &str| (name.to_owned(), "v".to_owned());
        let person: Vec<(String, String)> = names.split(' ').map(header).collect();
        let travelling = |from: &str, to: &str| {
            let origin = link(from).origin();
            headers_for(&person, &origin, &link(to)).count()
        };
        assert_eq!(travelling("https://h/a", "https://u:p@h:443/b?c"), 7);
        for other in [
            "http://h/a",
            "https://h:444/a",
            "https://www.h/a",
            "https://h.evil/a",
        ] {
            assert_eq!(travelling("https://h/a", other), 4, "{other}");
        }
        assert!(is_secret_header("Proxy-Authorization") && !is_secret_header("Accept"));
    }
}
