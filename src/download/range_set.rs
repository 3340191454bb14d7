//! A set of bytes, as sorted ranges that neither touch nor overlap.

use std::ops::Range;

/// Which bytes of a file are there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RangeSet(Vec<Range<u64>>);
