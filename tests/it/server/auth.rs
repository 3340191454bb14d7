//! 401 and 407: Basic, and Digest with MD5 or SHA-256.

use data_encoding::{BASE64, HEXLOWER};
use md5::Md5;
use sha2::{Digest, Sha256};

use super::behaviour::Behaviour;
use super::reply::Reply;
use super::request::Request;

pub const REALM: &str = "the vault";
const NONCE: &str = "dcd98b7102dd2f0e8b11d0f600bfb0c093";

/// The value of an Authorization header that says who this is.
pub fn basic(user: &str, password: &str) -> String {
    format!(
        "Basic {}",
        BASE64.encode(format!("{user}:{password}").as_bytes())
    )
}

#[derive(Clone, Copy, Debug)]
pub enum Algorithm {
    Md5,
    Sha256,
}

impl Algorithm {
    fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha256 => "SHA-256",
        }
    }

    fn hex(self, text: &str) -> String {
        match self {
            Self::Md5 => HEXLOWER.encode(&Md5::digest(text)),
            Self::Sha256 => HEXLOWER.encode(&Sha256::digest(text)),
        }
    }
}

impl Behaviour {
    /// 401 without this user and password.
    pub fn basic(self, user: &str, password: &str) -> Self {
        let wanted = basic(user, password);
        let refused = Reply::bytes("who are you?")
            .header("WWW-Authenticate", format!("Basic realm=\"{REALM}\""));
        let refused = Reply {
            status: 401,
            ..refused
        };
        self.when(
            move |request| request.header("authorization") != Some(&wanted),
            move |_| refused.clone(),
        )
    }

    /// 401 without an answer to the challenge, qop=auth.
    pub fn digest(self, algorithm: Algorithm, user: &str, password: &str) -> Self {
        let secret = algorithm.hex(&format!("{user}:{REALM}:{password}"));
        let challenge = format!(
            "Digest realm=\"{REALM}\", qop=\"auth\", algorithm={}, nonce=\"{NONCE}\", opaque=\"x\"",
            algorithm.name()
        );
        let refused = Reply::status(401).header("WWW-Authenticate", challenge);
        self.when(
            move |request| !answers(request, algorithm, &secret),
            move |_| refused.clone(),
        )
    }
}

/// RFC 7616, 3.4.1.
fn answers(request: &Request, algorithm: Algorithm, secret: &str) -> bool {
    let Some(said) = request
        .header("authorization")
        .and_then(|said| said.strip_prefix("Digest "))
    else {
        return false;
    };
    let field = |name: &str| {
        let mut fields = said
            .split(',')
            .filter_map(|field| field.trim().split_once('='));
        fields
            .find(|(key, _)| *key == name)
            .map_or("", |(_, value)| value.trim_matches('"'))
    };
    let second = algorithm.hex(&format!("{}:{}", request.method, request.target));
    let (nc, cnonce) = (field("nc"), field("cnonce"));
    let response = algorithm.hex(&format!("{secret}:{NONCE}:{nc}:{cnonce}:auth:{second}"));
    field("nonce") == NONCE && field("uri") == request.target && field("response") == response
}
