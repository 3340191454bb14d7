//! Digest: the proof of a password, by RFC 7616 and what came before it (2617, 2069).
//!
//! A nonce is used with one cnonce and a count that only rises, also by requests that run
//! side by side; so a session (`-sess`) has one key, whoever answers first.

use std::sync::atomic::{AtomicU32, Ordering};

use data_encoding::HEXLOWER;
use http::HeaderValue;
use md5::Md5;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization as _;

use super::{Login, Offer, secret};

/// A Digest challenge that can be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    hash: Hash,
    /// The key is made of the first answer's nonce and cnonce too.
    session: bool,
    /// The algorithm as the server writes it, where it names one.
    algorithm: Option<String>,
    realm: Vec<u8>,
    nonce: Vec<u8>,
    opaque: Option<Vec<u8>>,
    /// Answers are counted; without it, RFC 2069.
    counted: bool,
    /// Names and passwords are composed (NFC) and in UTF-8.
    utf8: bool,
    /// The user's name must not be seen.
    user_hash: bool,
    stale: bool,
}

/// All but what RFC 8187 lets stand in a value with an encoding.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The weakest first.
///
/// SHA-512-256 is not among them: the example of RFC 7616, 3.9.2 is another hash than the
/// one of that name (erratum 4897), and servers are found that follow either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hash {
    Md5,
    Sha256,
}

impl Hash {
    /// In hex, of the parts with colons between them.
    fn of(self, parts: &[&[u8]]) -> String {
        let whole = parts.join(&b':');
        match self {
            Self::Md5 => HEXLOWER.encode(&Md5::digest(whole)),
            Self::Sha256 => HEXLOWER.encode(&Sha256::digest(whole)),
        }
    }
}

impl Digest {
    /// `None` where it is no Digest, lacks a nonce, or wants what is not known here.
    pub(super) fn of(offer: &Offer) -> Option<Self> {
        if offer.scheme != "digest" {
            return None;
        }
        let algorithm = offer.get("algorithm").map(String::from_utf8_lossy);
        let (hash, session) = match algorithm.as_deref().map(str::to_ascii_lowercase).as_deref() {
            None | Some("md5") => (Hash::Md5, false),
            Some("md5-sess") => (Hash::Md5, true),
            Some("sha-256") => (Hash::Sha256, false),
            Some("sha-256-sess") => (Hash::Sha256, true),
            Some(_) => return None,
        };
        let qop = offer.get("qop").unwrap_or_default();
        let mut ways = qop.split(|byte| b", \t".contains(byte));
        let counted = ways.any(|way| way.eq_ignore_ascii_case(b"auth"));
        if !counted && !qop.trim_ascii().is_empty() {
            return None;
        }
        Some(Self {
            hash,
            session,
            algorithm: algorithm.map(Into::into),
            realm: offer.get("realm").unwrap_or_default().to_vec(),
            nonce: offer.get("nonce")?.to_vec(),
            opaque: offer.get("opaque").map(<[u8]>::to_vec),
            counted,
            utf8: offer.says("charset", "utf-8"),
            user_hash: offer.says("userhash", "true"),
            stale: offer.says("stale", "true"),
        })
    }

    /// The answer before was right, but its nonce too old: the same login is good for another.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.stale
    }

    pub(super) fn strength(&self) -> Hash {
        self.hash
    }
}

/// A challenge that is being answered, by one request after another or by several at once.
#[derive(Debug)]
pub struct Session {
    digest: Digest,
    cnonce: String,
    answers: AtomicU32,
}

impl Session {
    /// Begins with a challenge. `cnonce` is what nobody can guess, in letters and digits.
    #[must_use]
    pub fn new(digest: Digest, cnonce: String) -> Self {
        let answers = AtomicU32::new(0);
        Self {
            digest,
            cnonce,
            answers,
        }
    }

    /// The `Authorization` of the next request: its method, its [target](super::target).
    /// Each is good for one request.
    ///
    /// # Panics
    /// Never: control characters do not get as far as the header.
    #[must_use]
    pub fn authorization(&self, login: &Login, method: &str, target: &str) -> HeaderValue {
        let digest = &self.digest;
        let (user, password) = self.spelled(login);
        let count = self.answers.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
        let count = format!("{count:08x}");
        let response = self.response(&user, &password, method, target, &count);
        let mut fields = Fields(Vec::new());
        self.name(&mut fields, &user);
        fields.quoted("realm", &digest.realm);
        fields.quoted("uri", target.as_bytes());
        if let Some(algorithm) = &digest.algorithm {
            fields.bare("algorithm", algorithm);
        }
        fields.quoted("nonce", &digest.nonce);
        if digest.counted {
            fields.bare("nc", &count);
            fields.bare("qop", "auth");
        }
        if digest.counted || digest.session {
            fields.quoted("cnonce", self.cnonce.as_bytes());
        }
        fields.quoted("response", response.as_bytes());
        if let Some(opaque) = &digest.opaque {
            fields.quoted("opaque", opaque);
        }
        secret(&[b"Digest ", fields.0.join(&b", "[..]).as_slice()].concat())
    }

    fn spelled(&self, login: &Login) -> (String, String) {
        if self.digest.utf8 {
            (login.user.nfc().collect(), login.password.nfc().collect())
        } else {
            (login.user.clone(), login.password.clone())
        }
    }

    /// RFC 7616, 3.4.1 to 3.4.3.
    fn response(&self, user: &str, pass: &str, method: &str, target: &str, count: &str) -> String {
        let Digest {
            hash, realm, nonce, ..
        } = &self.digest;
        let cnonce = self.cnonce.as_bytes();
        let mut key = hash.of(&[user.as_bytes(), realm, pass.as_bytes()]);
        if self.digest.session {
            key = hash.of(&[key.as_bytes(), nonce, cnonce]);
        }
        let asked = hash.of(&[method.as_bytes(), target.as_bytes()]);
        let (key, asked) = (key.as_bytes(), asked.as_bytes());
        if self.digest.counted {
            hash.of(&[key, nonce, count.as_bytes(), cnonce, b"auth", asked])
        } else {
            hash.of(&[key, nonce, asked])
        }
    }

    /// The user, in one of three ways: hashed, in quotes, or (RFC 8187) escaped. Servers that
    /// do not say UTF-8 know nothing of the third; it is the only one for control characters.
    fn name(&self, fields: &mut Fields, user: &str) {
        let Digest {
            hash,
            realm,
            user_hash,
            utf8,
            ..
        } = &self.digest;
        if *user_hash {
            fields.quoted("username", hash.of(&[user.as_bytes(), realm]).as_bytes());
            fields.bare("userhash", "true");
        } else if user.contains(|c: char| c.is_ascii_control()) || (*utf8 && !user.is_ascii()) {
            let escaped = utf8_percent_encode(user, ESCAPED);
            fields.bare("username*", &format!("UTF-8''{escaped}"));
        } else {
            fields.quoted("username", user.as_bytes());
        }
    }
}

/// The fields of an answer.
struct Fields(Vec<Vec<u8>>);

impl Fields {
    fn bare(&mut self, name: &str, value: &str) {
        self.0.push(format!("{name}={value}").into_bytes());
    }

    /// Whatever is in it stays in its quotes.
    fn quoted(&mut self, name: &str, value: &[u8]) {
        let mut field = format!("{name}=\"").into_bytes();
        for byte in value {
            match byte {
                b'"' | b'\\' => field.extend([b'\\', *byte]),
                0..=8 | 10..=31 | 127 => {}
                _ => field.push(*byte),
            }
        }
        field.push(b'"');
        self.0.push(field);
    }
}
