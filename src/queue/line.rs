//! The files of one group that wait for a place, in the order of the list.
//!
//! One lane a host, so that a host without room holds up no other. Must always be
//! true: a lane is never empty, and `heads` has the first of each.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::file::FileKey;

/// A file's place in line; smaller is earlier, across the lanes of a line. None is given twice.
pub(super) type Number = i64;

/// First in, first out, for each host.
#[derive(Debug, Default)]
pub(super) struct Line {
    lanes: BTreeMap<u32, VecDeque<(Number, FileKey)>>,
    heads: BTreeSet<(Number, u32)>,
    first: Number,
    last: Number,
}

impl Line {
    pub(super) fn push_back(&mut self, host: u32, key: FileKey) {
        self.last += 1;
        let lane = self.lanes.entry(host).or_default();
        if lane.is_empty() {
            self.heads.insert((self.last, host));
        }
        lane.push_back((self.last, key));
    }

    pub(super) fn push_front(&mut self, host: u32, key: FileKey) {
        self.first -= 1;
        self.put_back(host, (self.first, key));
    }

    /// Back to where it stood: undoes a [`Line::pop`], however long ago.
    pub(super) fn put_back(&mut self, host: u32, entry: (Number, FileKey)) {
        let lane = self.lanes.entry(host).or_default();
        let at = lane.partition_point(|other| other.0 < entry.0);
        if at == 0 {
            if let Some((head, _)) = lane.front() {
                self.heads.remove(&(*head, host));
            }
            self.heads.insert((entry.0, host));
        }
        lane.insert(at, entry);
    }

    /// Nobody is in line any more; numbers go on from where they were.
    pub(super) fn clear(&mut self) -> impl Iterator<Item = (u32, usize)> {
        self.heads.clear();
        let lanes = std::mem::take(&mut self.lanes);
        lanes.into_iter().map(|(host, lane)| (host, lane.len()))
    }

    pub(super) fn pop(&mut self, host: u32) -> Option<(Number, FileKey)> {
        let lane = self.lanes.get_mut(&host)?;
        let entry = lane.pop_front()?;
        self.heads.remove(&(entry.0, host));
        match lane.front() {
            Some((next, _)) => {
                self.heads.insert((*next, host));
            }
            None => {
                self.lanes.remove(&host);
            }
        }
        Some(entry)
    }

    /// Takes one file out, wherever it stands (a person changed its URL).
    pub(super) fn remove(&mut self, host: u32, key: FileKey) -> bool {
        let Some(lane) = self.lanes.get_mut(&host) else {
            return false;
        };
        let Some(at) = lane.iter().position(|entry| entry.1 == key) else {
            return false;
        };
        if at == 0 {
            return self.pop(host).is_some();
        }
        lane.remove(at).is_some()
    }

    /// The hosts, that of the first file first.
    pub(super) fn hosts(&self) -> impl Iterator<Item = u32> {
        self.heads.iter().map(|(_, host)| *host)
    }

    pub(super) fn has(&self, host: u32) -> bool {
        self.lanes.contains_key(&host)
    }

    /// How many wait for this host.
    pub(super) fn waiting(&self, host: u32) -> usize {
        self.lanes.get(&host).map_or(0, VecDeque::len)
    }

    #[cfg(test)]
    pub(super) fn entries(&self) -> impl Iterator<Item = (u32, FileKey)> {
        let lanes = self.lanes.iter();
        lanes.flat_map(|(host, lane)| lane.iter().map(|entry| (*host, entry.1)))
    }
}
