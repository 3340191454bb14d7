//! A group with what was derived from it, kept until the group changes.

use std::cell::OnceCell;
use std::sync::Arc;

use super::facts::{Facts, reads_the_same};
use super::filter::Classes;
use super::search::{self, Search};
use super::sort::{self, SortKey};
use crate::queue::{GroupId, GroupView};

/// A group in the list, shown or not.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) group: Arc<GroupView>,
    /// These of the group are kept here, so that what did not change is not even touched.
    pub(super) id: GroupId,
    pub(super) classes: Classes,
    pub(super) speed: u64,
    pub(super) counts_down: bool,
    pub(super) rank: Option<u64>,
    pub(super) is_found: bool,
    /// Made when a row is drawn, a search is typed, names are compared.
    facts: OnceCell<Facts>,
    text: OnceCell<Box<str>>,
    name: OnceCell<Box<str>>,
}

impl Entry {
    pub(super) fn new(group: &Arc<GroupView>, key: SortKey, search: &Search) -> Self {
        let mut entry = Self {
            group: Arc::clone(group),
            id: group.id,
            classes: Classes::of(group),
            speed: group.summary.bytes_per_second,
            counts_down: counts_down(group),
            rank: key.rank(group),
            is_found: true,
            facts: OnceCell::new(),
            text: OnceCell::new(),
            name: OnceCell::new(),
        };
        entry.look_for(search);
        entry
    }

    /// The same group as it is now; `true` if it may stand elsewhere for that.
    pub(super) fn renew(&mut self, group: &Arc<GroupView>, key: SortKey, search: &Search) -> bool {
        if !reads_the_same(&self.group, group) {
            *self = Self::new(group, key, search);
            return true;
        }
        let rank = self.rank;
        self.group = Arc::clone(group);
        self.classes = Classes::of(group);
        self.speed = group.summary.bytes_per_second;
        self.counts_down = counts_down(group);
        self.rank = key.rank(group);
        self.rank != rank
    }

    pub(super) fn look_for(&mut self, search: &Search) {
        self.is_found = search.is_empty() || search.finds(self.text());
    }

    pub(super) fn facts(&self) -> &Facts {
        self.facts.get_or_init(|| Facts::of(&self.group))
    }

    /// What names are compared by.
    pub(super) fn name(&self) -> &str {
        self.name.get_or_init(|| sort::name_key(&self.group))
    }

    fn text(&self) -> &str {
        self.text.get_or_init(|| search::text(&self.group))
    }
}

fn counts_down(group: &GroupView) -> bool {
    group.waiting.is_some_and(|waiting| waiting.until.is_some())
}
