//! The cookies of one engine, in memory: what servers set is sent back to where it belongs.

use std::sync::{PoisonError, RwLock};

use cookie_store::CookieStore;
use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderMap, HeaderValue};
use url::Url;

/// The jar.
#[derive(Debug, Default)]
pub struct Cookies(RwLock<CookieStore>);

impl Cookies {
    /// Adds those that belong to a URL, unless the request brings cookies of its own.
    pub fn add(&self, headers: &mut HeaderMap, url: &Url) {
        if headers.contains_key(COOKIE) {
            return;
        }
        let store = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let pairs: Vec<String> = store
            .get_request_values(url)
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !pairs.is_empty()
            && let Ok(value) = HeaderValue::from_str(&pairs.join("; "))
        {
            headers.insert(COOKIE, value);
        }
    }

    /// Keeps what an answer from a URL sets; what is no cookie is passed over.
    pub fn keep(&self, headers: &HeaderMap, url: &Url) {
        if !headers.contains_key(SET_COOKIE) {
            return;
        }
        let mut store = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for value in headers.get_all(SET_COOKIE) {
            if let Ok(text) = str::from_utf8(value.as_bytes()) {
                let _ = store.parse(text, url);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(cookies: &Cookies, url: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        cookies.add(&mut headers, &Url::parse(url).unwrap());
        let value = headers.get(COOKIE)?;
        Some(value.to_str().unwrap().to_owned())
    }

    #[test]
    fn they_go_where_they_belong() {
        let cookies = Cookies::default();
        let mut answer = HeaderMap::new();
        for set in [
            "a=1; Path=/x",
            "b=2; Secure; Path=/",
            "=;nonsense",
            "c=\"3\"",
        ] {
            answer.append(SET_COOKIE, HeaderValue::from_static(set));
        }
        cookies.keep(&answer, &Url::parse("https://one.example/x/f").unwrap());
        for (url, expected) in [
            ("https://one.example/y", Some("b=2")),
            ("http://one.example/y", None),
            ("https://two.example/x/f", None),
        ] {
            assert_eq!(sent(&cookies, url).as_deref(), expected, "{url}");
        }
        let all = sent(&cookies, "https://one.example/x/f").unwrap();
        for pair in ["a=1", "b=2", "c=\"3\""] {
            assert!(all.split("; ").any(|one| one == pair), "{all}");
        }
    }

    #[test]
    fn a_persons_own_cookies_are_left_alone() {
        let cookies = Cookies::default();
        let url = Url::parse("http://one.example/").unwrap();
        let mut answer = HeaderMap::new();
        answer.append(SET_COOKIE, HeaderValue::from_static("a=1"));
        cookies.keep(&answer, &url);
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static("mine=1"));
        cookies.add(&mut headers, &url);
        assert_eq!(headers[COOKIE], "mine=1");
    }
}
