//! What stays in place when rows above it come, go or open: the group at the top of what is
//! seen, or, where that goes, the next one that stays.
//!
//! At the very top it is the top that stays, so that a new first group is seen; and in an
//! order that changes by itself the place does, since whoever is there now soon is not.

use super::List;
use crate::queue::GroupId;

/// Groups that are looked for again, from the top of what is seen.
const FOLLOWED: usize = 64;

/// A place in the list that is to be found again.
#[derive(Debug, Clone)]
pub struct Anchor {
    /// Where it was, in pixels from the top.
    y: f32,
    /// The groups there and below, and how far their tops were from it.
    groups: Vec<(GroupId, f64)>,
}

impl List {
    /// Remembers what is at a height (pixels from the top).
    #[must_use]
    pub fn anchor(&self, y: f32) -> Anchor {
        let top = f64::from(y);
        let first = self.layout.place_at(top).unwrap_or(0);
        let blocks = self.layout.blocks.iter().skip(first).take(FOLLOWED);
        let follows = y > 0.0 && !self.sort.key.is_lively();
        let groups = blocks.filter(|_| follows);
        Anchor {
            y,
            groups: groups.map(|block| (block.id, block.y - top)).collect(),
        }
    }

    /// Where that is now; the list may be too short to be moved so far.
    #[must_use]
    pub fn anchored(&self, anchor: Anchor) -> f32 {
        let mut tops = anchor.groups.iter().filter_map(|(id, distance)| {
            let block = &self.layout.blocks[self.layout.place(*id)?];
            // It may have become lower than the part of it that was above.
            let least = -block.height(self.layout.heights) + 1.0;
            Some((block.y - distance.max(least)) as f32)
        });
        tops.next().unwrap_or(anchor.y).max(0.0)
    }
}
