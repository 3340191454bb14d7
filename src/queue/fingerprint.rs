//! What tells a finished file from whatever else may stand under its name one day.

use serde::{Deserialize, Serialize};

/// A file as Ebb left it: which one, how long, and when it was last written. It is compared by
/// who deletes it, so that nothing of a person's is taken for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Its device (0 with the two that follow: the system does not say which file it is).
    pub device: u64,
    /// Its number on the device.
    pub inode: u64,
    /// When it was made, in nanoseconds since 1970; 0 where the system does not keep that.
    pub born: u64,
    /// Its length in bytes.
    pub length: u64,
    /// When it was last written, in nanoseconds since 1970; absent where that is not known.
    pub modified: Option<i64>,
}
