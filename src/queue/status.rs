//! The seed's status flags, and its bit words.

/// A set of the original's flags.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flags(u16);
