//! A URL as a person gave it, that cannot print its password.
//!
//! `Display` and `Debug` leave out the password and mask the values of the
//! query; [`Link::expose`] is the only way to the whole, for the request itself.

use std::fmt;

use url::Url;

/// An absolute `http` or `https` URL, at most 64 KiB long.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Link(Box<str>);

/// Why a text is not a [`Link`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// Nothing but blanks.
    #[error("the URL is empty")]
    Empty,
    /// `example.org/file`: none is guessed.
    #[error("the URL has no scheme")]
    NoScheme,
    /// `ftp:`, `magnet:`, `file:` and the like.
    #[error("the scheme {0} is not supported")]
    UnsupportedScheme(String),
    /// No host, a port that is none, characters no host has.
    #[error("not a URL: {0}")]
    Invalid(String),
    /// Longer than 64 KiB.
    #[error("the URL is longer than 65536 bytes")]
    TooLong,
}

const LONGEST: usize = 64 * 1024;

impl Link {
    /// Parses what a person typed; blanks around it are ignored, a fragment is dropped.
    ///
    /// # Errors
    /// [`LinkError`], naming what is missing; no scheme is ever guessed.
    pub fn parse(text: &str) -> Result<Self, LinkError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(LinkError::Empty);
        }
        if text.len() > LONGEST {
            return Err(LinkError::TooLong);
        }
        match Url::parse(text) {
            Ok(url) => Self::from_url(url),
            Err(url::ParseError::RelativeUrlWithoutBase) => Err(LinkError::NoScheme),
            Err(error) => Err(LinkError::Invalid(error.to_string())),
        }
    }

    /// The same rules for a URL that is parsed already (a redirect's target).
    ///
    /// # Errors
    /// [`LinkError::UnsupportedScheme`] or [`LinkError::Invalid`] (no host).
    pub fn from_url(mut url: Url) -> Result<Self, LinkError> {
        match url.scheme() {
            "http" | "https" => {}
            // `localhost:8080/x` and `example.org:80` parse as a scheme.
            scheme if !url.has_host() && (scheme == "localhost" || scheme.contains('.')) => {
                return Err(LinkError::NoScheme);
            }
            scheme => return Err(LinkError::UnsupportedScheme(scheme.to_owned())),
        }
        if !url.has_host() {
            return Err(LinkError::Invalid("no host".into()));
        }
        url.set_fragment(None);
        let text = String::from(url);
        if text.len() > LONGEST {
            return Err(LinkError::TooLong);
        }
        Ok(Self(text.into_boxed_str()))
    }

    /// The whole URL, with its password: for the request, never for a message.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The URL parsed again (a link is kept as text: 100,000 of them wait in a queue).
    #[must_use]
    pub fn url(&self) -> Url {
        Url::parse(&self.0).expect("a Link was parsed before")
    }

    /// The URL without its password, as it is stored and shown to programs.
    #[must_use]
    pub fn without_password(&self) -> String {
        if !self.has_userinfo() {
            return self.0.to_string();
        }
        let mut url = self.url();
        let _ = url.set_password(None);
        String::from(url)
    }

    /// User name and password, percent-decoded, where the URL carries them.
    #[must_use]
    pub fn credentials(&self) -> Option<(String, String)> {
        if !self.has_userinfo() {
            return None;
        }
        let url = self.url();
        let decode = |text: &str| {
            percent_encoding::percent_decode_str(text)
                .decode_utf8_lossy()
                .into_owned()
        };
        (!url.username().is_empty() || url.password().is_some()).then(|| {
            (
                decode(url.username()),
                decode(url.password().unwrap_or_default()),
            )
        })
    }

    /// Scheme, host and port: what secrets and limits are kept by.
    #[must_use]
    pub fn origin(&self) -> String {
        let authority_start = self.0.find("://").map_or(0, |at| at + 3);
        let rest = &self.0[authority_start..];
        let authority_end = rest.find(['/', '?']).unwrap_or(rest.len());
        let authority = &rest[..authority_end];
        let host = authority
            .rsplit_once('@')
            .map_or(authority, |(_, host)| host);
        format!("{}{host}", &self.0[..authority_start])
    }

    /// `true` for `https`.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.0.starts_with("https:")
    }

    fn has_userinfo(&self) -> bool {
        let rest = self.0.split_once("://").map_or("", |(_, rest)| rest);
        rest.split(['/', '?']).next().unwrap_or("").contains('@')
    }
}

/// For messages: no user, no password, each value of the query as `…`.
impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut url = self.url();
        let _ = url.set_password(None);
        let _ = url.set_username("");
        let Some(query) = url.query().map(str::to_owned) else {
            return f.write_str(url.as_str());
        };
        url.set_query(None);
        let masked: Vec<String> = query
            .split('&')
            .map(|pair| match pair.split_once('=') {
                Some((name, _)) => format!("{name}=…"),
                None => "…".to_owned(),
            })
            .collect();
        write!(f, "{url}?{}", masked.join("&"))
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Link({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_scheme_is_guessed() {
        for text in [
            "example.org/a",
            "example.org:80/a",
            "localhost:8080/a",
            "//example.org/a",
        ] {
            assert_eq!(Link::parse(text), Err(LinkError::NoScheme), "{text}");
        }
        assert_eq!(
            Link::parse("ftp://example.org/a"),
            Err(LinkError::UnsupportedScheme("ftp".into()))
        );
        assert_eq!(Link::parse("  "), Err(LinkError::Empty));
        assert!(matches!(Link::parse("http://"), Err(LinkError::Invalid(_))));
        assert!(matches!(
            Link::parse("http://a:99999/"),
            Err(LinkError::Invalid(_))
        ));
    }

    #[test]
    fn secrets_are_not_printed() {
        let link = Link::parse("https://ann:s3cret@example.org/f?sig=abc&x&k=v#frag").unwrap();
        for shown in [format!("{link}"), format!("{link:?}")] {
            assert!(
                !shown.contains("s3cret") && !shown.contains("abc"),
                "{shown}"
            );
        }
        assert_eq!(link.to_string(), "https://example.org/f?sig=…&…&k=…");
        assert_eq!(link.credentials(), Some(("ann".into(), "s3cret".into())));
        assert_eq!(
            link.without_password(),
            "https://ann@example.org/f?sig=abc&x&k=v"
        );
        assert_eq!(link.origin(), "https://example.org");
        assert!(link.expose().contains("s3cret") && !link.expose().contains("frag"));
    }

    #[test]
    fn origin_keeps_the_port() {
        assert_eq!(
            Link::parse("http://[::1]:81?a=@b").unwrap().origin(),
            "http://[::1]:81"
        );
        assert_eq!(Link::parse("http://h/a@b").unwrap().credentials(), None);
    }
}
