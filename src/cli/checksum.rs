//! `--checksum ALGO=HEX`.

use data_encoding::HEXLOWER_PERMISSIVE;

use super::wrong::Wrong;
use crate::download::digest::{Algorithm, Checksum};

const OPTION: &str = "--checksum";

/// Reads one; capitals, and names without their hyphen, are accepted.
pub fn parse(text: &str) -> Result<Checksum, Wrong> {
    let (name, digits) = text.split_once('=').ok_or(Wrong::Option(OPTION, "checksum-form"))?;
    let (algorithm, length) = match name.trim().to_ascii_lowercase().replace('-', "").as_str() {
        "md5" => (Algorithm::Md5, 32),
        "sha1" => (Algorithm::Sha1, 40),
        "sha256" => (Algorithm::Sha256, 64),
        "sha512" => (Algorithm::Sha512, 128),
        _ => return Err(Wrong::Option(OPTION, "checksum-algorithm")),
    };
    let digits = digits.trim();
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(Wrong::Option(OPTION, "checksum-digits"));
    }
    if digits.len() != length {
        return Err(Wrong::ChecksumLength(length));
    }
    let digest = HEXLOWER_PERMISSIVE
        .decode(digits.as_bytes())
        .map_err(|_| Wrong::Option(OPTION, "checksum-digits"))?;
    Ok(Checksum { algorithm, digest: digest.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_as_they_are_typed() {
        for (name, algorithm, bytes) in [
            ("md5", Algorithm::Md5, 16),
            ("SHA-1", Algorithm::Sha1, 20),
            ("sha-256", Algorithm::Sha256, 32),
            ("sha256", Algorithm::Sha256, 32),
            ("sha-512", Algorithm::Sha512, 64),
        ] {
            let read = parse(&format!("{name}={}", "aB".repeat(bytes))).unwrap();
            assert_eq!((read.algorithm, &*read.digest), (algorithm, &*vec![0xab; bytes]));
        }
        for (text, wrong) in [
            ("abc", Wrong::Option(OPTION, "checksum-form")),
            ("crc=00", Wrong::Option(OPTION, "checksum-algorithm")),
            ("md5=zz", Wrong::Option(OPTION, "checksum-digits")),
            ("md5=", Wrong::ChecksumLength(32)),
            ("md5=00", Wrong::ChecksumLength(32)),
        ] {
            assert_eq!(parse(text), Err(wrong), "{text}");
        }
    }
}
