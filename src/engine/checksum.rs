//! Length and digests of a whole file, read again from the disk.

use std::fs::File;
use std::io;

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use super::disk::system;
use crate::download::Failure;
use crate::download::digest::{Algorithm, Checksum};

const STEP: usize = 1024 * 1024;

/// Cuts a part to its length and compares its digests.
///
/// # Errors
/// `ChecksumMismatch` with both digests, or what the disk says.
pub fn verify(file: &File, length: u64, checksums: &[Checksum]) -> Result<(), Failure> {
    let io = |error: io::Error| system::failure(&error);
    if file.metadata().map_err(io)?.len() != length {
        file.set_len(length).map_err(io)?;
    }
    for checksum in checksums {
        let mut hasher = Hasher::new(checksum.algorithm);
        let mut buffer = vec![0; STEP];
        let mut at = 0;
        while at < length {
            let read = system::read_at(file, &mut buffer, at).map_err(io)?;
            if read == 0 {
                return Err(Failure::DestinationGone);
            }
            hasher.update(&buffer[..read]);
            at += read as u64;
        }
        hasher.compare(checksum)?;
    }
    Ok(())
}

/// The same for bytes in memory.
///
/// # Errors
/// `ChecksumMismatch` with both digests.
pub fn verify_chunks(checksums: &[Checksum], chunks: &[bytes::Bytes]) -> Result<(), Failure> {
    for checksum in checksums {
        let mut hasher = Hasher::new(checksum.algorithm);
        for chunk in chunks {
            hasher.update(chunk);
        }
        hasher.compare(checksum)?;
    }
    Ok(())
}

enum Hasher {
    Md5(Md5),
    Sha1(Sha1),
    Sha256(Sha256),
    Sha512(Box<Sha512>),
}

impl Hasher {
    fn new(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Md5 => Self::Md5(Md5::new()),
            Algorithm::Sha1 => Self::Sha1(Sha1::new()),
            Algorithm::Sha256 => Self::Sha256(Sha256::new()),
            Algorithm::Sha512 => Self::Sha512(Box::default()),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Md5(hasher) => hasher.update(bytes),
            Self::Sha1(hasher) => hasher.update(bytes),
            Self::Sha256(hasher) => hasher.update(bytes),
            Self::Sha512(hasher) => hasher.update(bytes),
        }
    }

    fn compare(self, expected: &Checksum) -> Result<(), Failure> {
        let actual = match self {
            Self::Md5(hasher) => hasher.finalize().to_vec(),
            Self::Sha1(hasher) => hasher.finalize().to_vec(),
            Self::Sha256(hasher) => hasher.finalize().to_vec(),
            Self::Sha512(hasher) => hasher.finalize().to_vec(),
        };
        let actual = Checksum {
            algorithm: expected.algorithm,
            digest: actual.into(),
        };
        if actual == *expected {
            return Ok(());
        }
        Err(Failure::ChecksumMismatch {
            algorithm: expected.algorithm,
            expected: expected.hex(),
            actual: actual.hex(),
        })
    }
}
