//! Whose turn it is among the groups of one priority.
//!
//! The group that was served longest ago comes first. Groups whose files all wait
//! for one host stand together under that host: when it has no room they are
//! passed over at once, be they 10,000; the others stand under [`Bucket::Many`].

use std::collections::{BTreeMap, BTreeSet};

/// When a group was served last, its place in the person's order, its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Turn {
    pub(super) served: u64,
    pub(super) order: u64,
    pub(super) group: u32,
}

/// Under what a group stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bucket {
    /// All its waiting files are of this host.
    Host(u32),
    /// They are of several.
    Many,
}

/// The groups of one priority with files in line.
#[derive(Debug, Default)]
pub(super) struct Turns {
    buckets: BTreeMap<Bucket, BTreeSet<Turn>>,
    heads: BTreeSet<(Turn, Bucket)>,
}

impl Turns {
    pub(super) fn insert(&mut self, bucket: Bucket, turn: Turn) {
        let turns = self.buckets.entry(bucket).or_default();
        match turns.first().copied() {
            Some(head) if head < turn => {}
            head => {
                if let Some(head) = head {
                    self.heads.remove(&(head, bucket));
                }
                self.heads.insert((turn, bucket));
            }
        }
        turns.insert(turn);
    }

    pub(super) fn remove(&mut self, bucket: Bucket, turn: Turn) {
        let Some(turns) = self.buckets.get_mut(&bucket) else {
            return;
        };
        turns.remove(&turn);
        if self.heads.remove(&(turn, bucket))
            && let Some(head) = turns.first()
        {
            self.heads.insert((*head, bucket));
        }
        if turns.is_empty() {
            self.buckets.remove(&bucket);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// The first group and host for which `place` finds one, in the order of turns.
    ///
    /// `is_open` says whether a host has room; `place` which host of a group's, if any.
    /// Hosts without room and groups without are at most as many as files run, and
    /// only those are passed over.
    pub(super) fn first(
        &self,
        is_open: impl Fn(u32) -> bool,
        place: impl Fn(u32) -> Option<u32>,
    ) -> Option<(u32, u32)> {
        let mut best: Option<(Turn, u32)> = None;
        for (head, bucket) in &self.heads {
            if best.is_some_and(|(turn, _)| turn < *head) {
                break;
            }
            if let Bucket::Host(host) = bucket
                && !is_open(*host)
            {
                continue;
            }
            let turns = self.buckets.get(bucket).into_iter().flatten();
            let mut found = turns.filter_map(|turn| Some((*turn, place(turn.group)?)));
            if let Some(found) = found.next()
                && best.is_none_or(|(turn, _)| found.0 < turn)
            {
                best = Some(found);
            }
        }
        best.map(|(turn, host)| (turn.group, host))
    }

    #[cfg(test)]
    pub(super) fn groups(&self) -> BTreeSet<u32> {
        self.buckets
            .values()
            .flatten()
            .map(|turn| turn.group)
            .collect()
    }
}
