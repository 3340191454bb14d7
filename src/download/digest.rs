//! Checksums: the ones people give, and the ones servers send.

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

/// A digest that the bytes must have.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Checksum {
    /// Which.
    pub algorithm: Algorithm,
    /// Its bytes.
    pub digest: Box<[u8]>,
}
