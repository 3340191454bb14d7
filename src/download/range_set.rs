//! A set of bytes, as sorted ranges that neither touch nor overlap.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Which bytes of a file are there. Ranges are half open, in bytes from the file's start.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<(u64, u64)>", into = "Vec<(u64, u64)>")]
pub struct RangeSet(Vec<Range<u64>>);

impl RangeSet {
    /// No byte.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a range; an empty one changes nothing.
    pub fn insert(&mut self, range: Range<u64>) {
        if range.is_empty() {
            return;
        }
        // The ranges that touch the new one: all of them become one.
        let first = self.0.partition_point(|have| have.end < range.start);
        let last = self.0.partition_point(|have| have.start <= range.end);
        if first == last {
            self.0.insert(first, range);
            return;
        }
        let start = self.0[first].start.min(range.start);
        let end = self.0[last - 1].end.max(range.end);
        self.0.splice(first..last, std::iter::once(start..end));
    }

    /// Removes a range, where it is there.
    pub fn remove(&mut self, range: &Range<u64>) {
        if range.is_empty() {
            return;
        }
        let mut left = Vec::with_capacity(self.0.len() + 1);
        for have in &self.0 {
            left.push(have.start..have.end.min(range.start));
            left.push(have.start.max(range.end)..have.end);
        }
        left.retain(|piece| !piece.is_empty());
        self.0 = left;
    }

    /// How many bytes.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.0.iter().map(|range| range.end - range.start).sum()
    }

    /// Not one byte.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ranges, in order.
    pub fn iter(&self) -> impl Iterator<Item = Range<u64>> + '_ {
        self.0.iter().cloned()
    }

    /// The ranges of `0..total` that are missing, in order.
    #[must_use]
    pub fn gaps(&self, total: u64) -> Vec<Range<u64>> {
        let mut gaps = Vec::new();
        let mut at = 0;
        for have in &self.0 {
            gaps.push(at..have.start.min(total));
            at = have.end;
        }
        gaps.push(at..total);
        gaps.retain(|gap| !gap.is_empty());
        gaps
    }

    /// The last byte that is there, plus one; 0 for none.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.0.last().map_or(0, |range| range.end)
    }

    /// The start of the first range that starts at `at` or later.
    #[must_use]
    pub fn next_start(&self, at: u64) -> Option<u64> {
        let next = self.0.partition_point(|have| have.start < at);
        self.0.get(next).map(|range| range.start)
    }

    /// This byte is there.
    #[must_use]
    pub fn contains(&self, at: u64) -> bool {
        let after = self.0.partition_point(|have| have.start <= at);
        after > 0 && self.0[after - 1].end > at
    }

    /// What is in both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let mut both = Self::new();
        for a in &self.0 {
            for b in &other.0 {
                both.insert(a.start.max(b.start)..a.end.min(b.end));
            }
        }
        both
    }
}

impl From<Vec<(u64, u64)>> for RangeSet {
    /// Whatever order and overlap a stored list has: the result keeps the set's own rule.
    fn from(pairs: Vec<(u64, u64)>) -> Self {
        let mut set = Self::new();
        for (start, end) in pairs {
            set.insert(start..end);
        }
        set
    }
}

impl From<RangeSet> for Vec<(u64, u64)> {
    fn from(set: RangeSet) -> Self {
        set.0
            .into_iter()
            .map(|range| (range.start, range.end))
            .collect()
    }
}

impl FromIterator<Range<u64>> for RangeSet {
    fn from_iter<T: IntoIterator<Item = Range<u64>>>(ranges: T) -> Self {
        let mut set = Self::new();
        for range in ranges {
            set.insert(range);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ranges() -> impl Strategy<Value = Vec<Range<u64>>> {
        prop::collection::vec((0u64..200, 0u64..40), 0..12)
            .prop_map(|list| list.into_iter().map(|(at, len)| at..at + len).collect())
    }

    proptest! {
        #[test]
        fn is_the_set_of_its_bytes(list in ranges(), without in (0u64..200, 0u64..60)) {
            let mut set: RangeSet = list.iter().cloned().collect();
            let mut bytes = [false; 300];
            for range in &list {
                for at in range.clone() {
                    bytes[at as usize] = true;
                }
            }
            let hole = without.0..without.0 + without.1;
            set.remove(&hole);
            for at in hole {
                bytes[at as usize] = false;
            }
            prop_assert_eq!(set.len(), bytes.iter().filter(|there| **there).count() as u64);
            for (at, there) in bytes.iter().enumerate() {
                prop_assert_eq!(set.contains(at as u64), *there);
            }
            let mut covered = [false; 300];
            let mut before = None;
            for range in set.iter() {
                prop_assert!(!range.is_empty());
                if let Some(end) = before {
                    prop_assert!(range.start > end, "ranges touch");
                }
                before = Some(range.end);
                for at in range {
                    covered[at as usize] = true;
                }
            }
            prop_assert_eq!(&covered[..], &bytes[..]);
            for gap in set.gaps(300) {
                for at in gap {
                    covered[at as usize] = true;
                }
            }
            prop_assert!(covered.iter().all(|there| *there), "gaps are the rest");
            let stored: Vec<(u64, u64)> = set.clone().into();
            prop_assert_eq!(RangeSet::from(stored), set);
        }
    }
}
