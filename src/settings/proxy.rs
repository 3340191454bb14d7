//! Which proxy, as it is typed and kept: `system`, `none`, or a URL.
//!
//! A password in the URL is used as long as Ebb runs, and neither printed nor written.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use url::Url;

/// Which proxy.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Proxy {
    /// The system's settings and the environment's.
    #[default]
    System,
    /// None at all.
    None,
    /// This one: `http`, `https`, `socks5` or `socks5h`, with a host.
    Url(Url),
}

/// Neither `system` nor `none` nor a proxy's URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a proxy's URL")]
pub struct ProxyError;

impl Proxy {
    /// It has a password, which is forgotten when Ebb ends.
    #[must_use]
    pub fn has_password(&self) -> bool {
        matches!(self, Self::Url(url) if url.password().is_some())
    }
}

/// What a person typed; blanks around it are nothing.
impl FromStr for Proxy {
    type Err = ProxyError;

    fn from_str(text: &str) -> Result<Self, ProxyError> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("system") {
            return Ok(Self::System);
        }
        if text.eq_ignore_ascii_case("none") {
            return Ok(Self::None);
        }
        let url = Url::parse(text).map_err(|_| ProxyError)?;
        match url.scheme() {
            "http" | "https" | "socks5" | "socks5h" if url.has_host() => Ok(Self::Url(url)),
            _ => Err(ProxyError),
        }
    }
}

/// As it may be shown and written: without the password.
impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System => f.write_str("system"),
            Self::None => f.write_str("none"),
            Self::Url(url) => {
                let mut shown = url.clone();
                // Only a URL without a host could refuse.
                let _ = shown.set_password(None);
                f.write_str(shown.as_str())
            }
        }
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<String> for Proxy {
    type Error = ProxyError;

    fn try_from(text: String) -> Result<Self, ProxyError> {
        text.parse()
    }
}

impl From<Proxy> for String {
    fn from(proxy: Proxy) -> Self {
        proxy.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_one_of_three() {
        for (text, kept) in [
            ("system", Some("system")),
            (" None ", Some("none")),
            ("http://proxy:3128", Some("http://proxy:3128/")),
            ("socks5h://me:secret@[::1]:9", Some("socks5h://me@[::1]:9")),
            ("proxy:3128", None),
            ("ftp://proxy", None),
            ("socks5://", None),
            ("", None),
        ] {
            let read: Result<Proxy, _> = text.parse();
            assert_eq!(read.ok().map(String::from).as_deref(), kept, "{text}");
        }
    }

    #[test]
    fn a_password_is_used_and_never_printed() {
        let proxy: Proxy = "http://me:secret@proxy:3128".parse().unwrap();
        assert!(proxy.has_password());
        assert!(matches!(&proxy, Proxy::Url(url) if url.password() == Some("secret")));
        assert!(!format!("{proxy} {proxy:?}").contains("secret"));
    }
}
