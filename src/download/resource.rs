//! What a server says of a file: its length, its version, its name, whether it serves ranges.

use jiff::Timestamp;

use super::digest::Checksum;

/// What tells one version of a file from another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// The ETag as it was sent, `W/` included.
    pub etag: Option<String>,
    /// Last-Modified.
    pub last_modified: Option<Timestamp>,
}

/// What the head of a usable answer (200 or 206) says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resource {
    /// The whole file's length.
    pub total: Option<u64>,
    /// It answered 206 with a right Content-Range.
    pub ranges: bool,
    /// Its version.
    pub validators: Validators,
    /// Content-Type, lower case, without parameters.
    pub content_type: Option<String>,
    /// Content-Disposition, as it came.
    pub disposition: Option<Vec<u8>>,
    /// Content-Encoding, where it is not identity.
    pub encoding: Option<String>,
    /// Digests of the whole file that the server sent.
    pub checksums: Vec<Checksum>,
}
