//! Who is there: what a server wants to know before it gives a file, and what it is told.
//!
//! `WWW-Authenticate` is read leniently: an offer that is unknown, or broken, is passed over.
//! Of the others the strongest is taken. No password is in a [`Challenge`] or a [`Session`],
//! none is printed, and no value made here can break out of its quotes or its header.

mod digest;

use data_encoding::BASE64;
use http::header::{HeaderMap, HeaderValue, WWW_AUTHENTICATE};
use url::Position;

use super::link::Link;

pub use digest::{Digest, Session};

/// A user and a password that `Debug` does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    /// The user's name.
    pub user: String,
    /// The password.
    pub password: String,
}

impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Login({}, …)", self.user)
    }
}

impl Login {
    /// The `Authorization` of Basic, in UTF-8: the password as good as in the clear.
    ///
    /// # Panics
    /// Never: what is encoded has no character that a header refuses.
    #[must_use]
    pub fn basic(&self) -> HeaderValue {
        let pair = format!("{}:{}", self.user, self.password);
        secret(format!("Basic {}", BASE64.encode(pair.as_bytes())).as_bytes())
    }
}

/// A way of asking that can be answered here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Challenge {
    /// User and password as they are: [`Login::basic`].
    Basic,
    /// A proof that one knows the password: [`Session`].
    Digest(Digest),
}

/// The strongest challenge of an answer: Digest with SHA-256, Digest with MD5, Basic.
/// Of equals the first.
///
/// Servers offer several in one header, or in several headers.
#[must_use]
pub fn strongest(headers: &HeaderMap) -> Option<Challenge> {
    let headers = headers.get_all(WWW_AUTHENTICATE).iter();
    let offers: Vec<Offer> = headers
        .flat_map(|header| offers(header.as_bytes()))
        .collect();
    let digests = offers.iter().filter_map(Digest::of);
    let strongest = digests.min_by_key(|digest| std::cmp::Reverse(digest.strength()));
    let basic = offers.iter().any(|offer| offer.scheme == "basic");
    strongest
        .map(Challenge::Digest)
        .or(basic.then_some(Challenge::Basic))
}

/// What a request asks the server for, as it is sent: path and query.
#[must_use]
pub fn target(link: &Link) -> String {
    link.url()[Position::BeforePath..Position::AfterQuery].to_owned()
}

/// A header that nobody prints.
fn secret(value: &[u8]) -> HeaderValue {
    let mut value = HeaderValue::from_bytes(value).expect("made without control characters");
    value.set_sensitive(true);
    value
}

/// One offer of a header, as it stands there.
#[derive(Debug, PartialEq, Eq)]
struct Offer {
    /// In lower case.
    scheme: String,
    /// Names in lower case; values without their quotes, in whatever encoding they came.
    parameters: Vec<(String, Vec<u8>)>,
}

impl Offer {
    /// Of two of the same name the first counts.
    fn get(&self, name: &str) -> Option<&[u8]> {
        let mut parameters = self.parameters.iter();
        let found = parameters.find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_slice())
    }

    fn says(&self, name: &str, value: &str) -> bool {
        let said = self.get(name);
        said.is_some_and(|said| said.eq_ignore_ascii_case(value.as_bytes()))
    }
}

/// The offers of one header. A word with a `=` behind it is a parameter of the offer before
/// it, any other begins an offer: whether commas are missing, or too many, is all the same.
/// (`Negotiate YII=` becomes an offer with a strange parameter, which nobody asks for.)
fn offers(header: &[u8]) -> Vec<Offer> {
    let mut offers: Vec<Offer> = Vec::new();
    let mut rest = Rest(header);
    loop {
        rest.skip(b" \t,");
        if rest.0.is_empty() {
            return offers;
        }
        let word = String::from_utf8_lossy(rest.until(b" \t,=\"")).to_ascii_lowercase();
        rest.skip(b" \t");
        if rest.take(b'=') {
            rest.skip(b" \t");
            let value = rest.value();
            if let Some(offer) = offers.last_mut() {
                offer.parameters.push((word, value));
            }
        } else if word.is_empty() {
            // Quotes where no value is due.
            rest.value();
        } else {
            let (scheme, parameters) = (word, Vec::new());
            offers.push(Offer { scheme, parameters });
        }
    }
}

/// What of a header has not been read yet.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn skip(&mut self, bytes: &[u8]) {
        while self.0.first().is_some_and(|byte| bytes.contains(byte)) {
            self.0 = &self.0[1..];
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        let rest = self.0.strip_prefix(&[byte]);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn until(&mut self, bytes: &[u8]) -> &'a [u8] {
        let end = self.0.iter().position(|byte| bytes.contains(byte));
        let (before, rest) = self.0.split_at(end.unwrap_or(self.0.len()));
        self.0 = rest;
        before
    }

    /// Bare, up to a blank or a comma; or quoted, up to the closing quote or the end.
    fn value(&mut self) -> Vec<u8> {
        if !self.take(b'"') {
            return self.until(b" \t,").to_vec();
        }
        let mut value = Vec::new();
        loop {
            value.extend_from_slice(self.until(b"\"\\"));
            if self.take(b'\\') {
                value.extend(self.0.first());
                self.0 = self.0.get(1..).unwrap_or_default();
            } else {
                self.take(b'"');
                return value;
            }
        }
    }
}

#[cfg(test)]
mod tests;
