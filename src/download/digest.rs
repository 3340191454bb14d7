//! Checksums: the ones people give, and the ones servers send.
//!
//! A [`Checksum`] made here always has as many bytes as its algorithm makes.
//! A person's is refused when it is not one; a server's is ignored.

use std::fmt;
use std::str::FromStr;

use data_encoding::{BASE64, BASE64_NOPAD, HEXLOWER, HEXLOWER_PERMISSIVE};
use http::{HeaderMap, header::HeaderName};

/// Which digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// MD5.
    Md5,
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

impl Algorithm {
    /// All of them, strongest first.
    pub const ALL: [Self; 4] = [Self::Sha512, Self::Sha256, Self::Sha1, Self::Md5];

    /// The algorithm of this name (`sha-256` or `sha256`, in any case).
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        let is_it = |it: &Self| it.word() == name || it.word().replace('-', "") == name;
        Self::ALL.into_iter().find(is_it)
    }

    /// The word people and programs see: `md5`, `sha-1`, `sha-256`, `sha-512`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Md5 => "md5",
            Self::Sha1 => "sha-1",
            Self::Sha256 => "sha-256",
            Self::Sha512 => "sha-512",
        }
    }

    /// How many bytes a digest of it has.
    #[must_use]
    pub fn bytes(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha512 => 64,
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A digest that the bytes must have.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Checksum {
    /// Which.
    pub algorithm: Algorithm,
    /// Its bytes.
    pub digest: Box<[u8]>,
}

/// Why a text is not a checksum.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChecksumError {
    /// No `=` between the algorithm and the digest.
    #[error("a checksum is written ALGO=HEX")]
    NoAlgorithm,
    /// Not one of the four.
    #[error("unknown algorithm {0:?}; known are md5, sha-1, sha-256 and sha-512")]
    UnknownAlgorithm(String),
    /// Something else than 0–9 and a–f in the digest, or an odd number of digits.
    #[error("the digest is not hexadecimal")]
    NotHex,
    /// Another number of digits than the algorithm's digests have.
    #[error("a {algorithm} digest has {expected} hexadecimal digits, not {found}")]
    WrongLength {
        /// Which.
        algorithm: Algorithm,
        /// How many digits it has.
        expected: usize,
        /// How many there were.
        found: usize,
    },
}

impl Checksum {
    /// A checksum of these bytes, if they are as many as the algorithm makes.
    #[must_use]
    pub fn new(algorithm: Algorithm, digest: &[u8]) -> Option<Self> {
        (digest.len() == algorithm.bytes()).then(|| Self {
            algorithm,
            digest: digest.into(),
        })
    }

    /// Parses `ALGO=HEX`, as a person gives it; blanks around either part are ignored.
    ///
    /// # Errors
    /// [`ChecksumError`], saying which part is wrong.
    pub fn parse(text: &str) -> Result<Self, ChecksumError> {
        let (name, hex) = text.split_once('=').ok_or(ChecksumError::NoAlgorithm)?;
        let algorithm = Algorithm::named(name)
            .ok_or_else(|| ChecksumError::UnknownAlgorithm(name.trim().to_owned()))?;
        let hex = hex.trim();
        if !hex.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(ChecksumError::NotHex);
        }
        let wrong_length = ChecksumError::WrongLength {
            algorithm,
            expected: algorithm.bytes() * 2,
            found: hex.len(),
        };
        HEXLOWER_PERMISSIVE
            .decode(hex.as_bytes())
            .ok()
            .and_then(|digest| Self::new(algorithm, &digest))
            .ok_or(wrong_length)
    }

    /// The digest in lower-case hexadecimal digits.
    #[must_use]
    pub fn hex(&self) -> String {
        HEXLOWER.encode(&self.digest)
    }
}

impl FromStr for Checksum {
    type Err = ChecksumError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

/// `sha-256=…`, as [`Checksum::parse`] reads it.
impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.algorithm, self.hex())
    }
}

/// The digests of the whole file that a server sent, strongest first, one an algorithm.
///
/// Repr-Digest (RFC 9530) and Digest (RFC 3230) speak of the whole file even in a 206;
/// Content-MD5 speaks of the body, and counts only where `whole` says that the body is
/// the file (200). Content-Digest speaks of a part, too, and is not read.
#[must_use]
pub fn from_headers(headers: &HeaderMap, whole: bool) -> Vec<Checksum> {
    let mut found: Vec<Checksum> = Vec::new();
    // The newer header first: where two disagree, the first one stays.
    found.extend(members(headers, "repr-digest").filter_map(|(name, value)| {
        // A structured field: `sha-256=:BASE64:`, parameters after it.
        let value = value.strip_prefix(':')?.split(':').next()?;
        from_base64(name, value)
    }));
    found.extend(members(headers, "digest").filter_map(|(name, value)| from_base64(name, value)));
    if whole {
        let values = headers.get_all("content-md5").iter();
        let values = values.filter_map(|value| value.to_str().ok());
        found.extend(values.filter_map(|value| from_base64("md5", value.trim())));
    }
    Algorithm::ALL
        .into_iter()
        .filter_map(|algorithm| found.iter().find(|it| it.algorithm == algorithm).cloned())
        .collect()
}

/// The `name=value` members of a header that is a list, over all its lines.
fn members<'a>(
    headers: &'a HeaderMap,
    header: &'static str,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    headers
        .get_all(HeaderName::from_static(header))
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .filter_map(|member| member.split_once('='))
        .map(|(name, value)| (name.trim(), value.trim()))
}

fn from_base64(name: &str, value: &str) -> Option<Checksum> {
    let algorithm = match name {
        name if name.eq_ignore_ascii_case("sha") => Algorithm::Sha1,
        name => Algorithm::named(name)?,
    };
    let value = value.as_bytes();
    let digest = BASE64
        .decode(value)
        .or_else(|_| BASE64_NOPAD.decode(value))
        .ok()?;
    Checksum::new(algorithm, &digest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    const EMPTY_256: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const EMPTY_256_BASE64: &str = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    const EMPTY_SHA1_BASE64: &str = "2jmj7l5rSw0yVb/vlWAYkK/YBwk=";
    const EMPTY_MD5_BASE64: &str = "1B2M2Y8AsgTpgAmY7PhCfg==";
    const OTHER_MD5_BASE64: &str = "AAAAAAAAAAAAAAAAAAAAAA==";

    fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
        lines
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_str(value).unwrap(),
                )
            })
            .collect()
    }

    fn read(lines: &[(&'static str, &str)], whole: bool) -> Vec<String> {
        let found = from_headers(&headers(lines), whole);
        found.iter().map(|it| it.algorithm.to_string()).collect()
    }

    #[test]
    fn a_person_writes_it_in_many_ways() {
        for text in [
            format!("sha-256={EMPTY_256}"),
            format!("SHA256={}", EMPTY_256.to_uppercase()),
            format!(" Sha-256 = {EMPTY_256} "),
        ] {
            let checksum = Checksum::parse(&text).unwrap();
            assert_eq!(checksum.algorithm, Algorithm::Sha256);
            assert_eq!(checksum.to_string(), format!("sha-256={EMPTY_256}"));
            assert_eq!(checksum.to_string().parse(), Ok(checksum));
        }
        for (name, length) in [("md5", 32), ("sha1", 40), ("sha-1", 40), ("sha512", 128)] {
            assert!(Checksum::parse(&format!("{name}={}", "0".repeat(length))).is_ok());
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let error = |text: &str| Checksum::parse(text).unwrap_err();
        assert_eq!(error(EMPTY_256), ChecksumError::NoAlgorithm);
        assert_eq!(
            error("crc32=00"),
            ChecksumError::UnknownAlgorithm("crc32".into())
        );
        assert_eq!(
            error("s-ha1=00"),
            ChecksumError::UnknownAlgorithm("s-ha1".into())
        );
        assert_eq!(error("=00"), ChecksumError::UnknownAlgorithm(String::new()));
        assert_eq!(error("md5=xy"), ChecksumError::NotHex);
        let wrong_length = |expected, found| ChecksumError::WrongLength {
            algorithm: Algorithm::Md5,
            expected,
            found,
        };
        assert_eq!(error("md5="), wrong_length(32, 0));
        assert_eq!(error("md5=abc"), wrong_length(32, 3));
        assert_eq!(error(&format!("md5={EMPTY_256}")), wrong_length(32, 64));
    }

    #[test]
    fn servers_send_them_in_three_headers() {
        let repr = format!("md5=:{EMPTY_MD5_BASE64}:, sha-256=:{EMPTY_256_BASE64}:;a=1, x=1");
        let digest = format!("SHA={EMPTY_SHA1_BASE64}");
        let all = [
            ("repr-digest", repr.as_str()),
            ("digest", digest.as_str()),
            ("digest", "MD5=AAAAAAAAAAAAAAAAAAAAAA=="),
            ("content-md5", OTHER_MD5_BASE64),
        ];
        assert_eq!(read(&all, true), ["sha-256", "sha-1", "md5"]);
        let found = from_headers(&headers(&all), true);
        assert_eq!(found[0].hex(), EMPTY_256);
        // Repr-Digest's MD5, not that of the two others.
        assert_eq!(found[2].hex(), "d41d8cd98f00b204e9800998ecf8427e");
    }

    #[test]
    fn content_md5_counts_for_a_whole_body_only() {
        let line = [("content-md5", EMPTY_MD5_BASE64)];
        assert_eq!(read(&line, true), ["md5"]);
        assert!(read(&line, false).is_empty());
    }

    #[test]
    fn garbage_is_ignored() {
        let part = format!("sha-256=:{EMPTY_256_BASE64}:");
        let hex = format!("sha-256={EMPTY_256}");
        let unpadded = format!("sha-256={}", EMPTY_256_BASE64.trim_end_matches('='));
        assert!(read(&[("content-digest", &part)], true).is_empty());
        assert!(
            read(&[("digest", &hex)], true).is_empty(),
            "hex is no base64 of 32 bytes"
        );
        assert_eq!(read(&[("digest", &unpadded)], true), ["sha-256"]);
        for garbage in [
            "",
            "sha-256",
            "sha-256=",
            "sha-256=:",
            "=:",
            "sha-256=::",
            "unixsum=3",
        ] {
            assert!(read(&[("repr-digest", garbage), ("digest", garbage)], true).is_empty());
        }
    }
}
