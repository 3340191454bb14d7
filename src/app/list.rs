//! The rows of the main screen, as a value: what of the queue is shown, in which order,
//! what is open, what is chosen. Nothing here draws.
//!
//! What must always be true:
//! * ids, never positions, are remembered: what is chosen is what a person chose, wherever
//!   it stands now;
//! * only what is shown is chosen or has the cursor;
//! * a snapshot costs what changed in it (a group that is the same allocation is not looked
//!   at), a row costs the same among ten and among 100,000.

mod anchor;
mod entry;
mod facts;
mod filter;
mod layout;
mod rows;
mod search;
mod selection;
mod sort;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

pub use anchor::Anchor;
pub use facts::{Facts, LOOKED_AT, file_name, files, first_name, percent};
pub use filter::{FILTERS, Filter};
pub use layout::Heights;
pub use rows::{Row, RowKind, RowView};
pub use sort::{Sort, SortKey};

use crate::queue::{GroupId, GroupView, Snapshot};
use entry::Entry;
use layout::Layout;
use search::Search;
use selection::Selection;

/// The rows of the main screen.
#[derive(Debug)]
pub struct List {
    /// Every group, in the queue's order.
    entries: Vec<Entry>,
    /// Their numbers, in the order that was chosen.
    sorted: Vec<usize>,
    /// It does not hold any more.
    is_unsorted: bool,
    layout: Layout,
    filter: Filter,
    search: Search,
    sort: Sort,
    expanded: HashSet<GroupId>,
    selection: Selection,
    counts: [usize; FILTERS.len()],
    total_speed: u64,
    counts_down: bool,
    /// What was seen last: the same allocation holds nothing new.
    seen: Arc<Vec<Arc<GroupView>>>,
}

impl Default for List {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            sorted: Vec::new(),
            is_unsorted: false,
            layout: Layout::new(Heights::COMFORTABLE),
            filter: Filter::default(),
            search: Search::default(),
            sort: Sort::default(),
            expanded: HashSet::new(),
            selection: Selection::default(),
            counts: [0; FILTERS.len()],
            total_speed: 0,
            counts_down: false,
            seen: Arc::default(),
        }
    }
}

impl List {
    /// The queue as it is now. What is not there any more is not chosen any more, and a
    /// cursor that was on it moves to its neighbour.
    pub fn update(&mut self, snapshot: &Snapshot) {
        if Arc::ptr_eq(&self.seen, &snapshot.groups) {
            return;
        }
        self.seen = Arc::clone(&snapshot.groups);
        self.take_in(&snapshot.groups);
        self.count_all();
        self.arrange();
    }

    /// Shows these groups.
    pub fn set_filter(&mut self, filter: Filter) {
        self.filter = filter;
        self.arrange();
    }

    /// Shows the groups in which every word of a text is found, whatever its case.
    pub fn set_search(&mut self, text: &str) {
        let search = Search::new(text);
        if search == self.search {
            return;
        }
        self.search = search;
        for entry in &mut self.entries {
            entry.look_for(&self.search);
        }
        self.arrange();
    }

    /// Another order.
    pub fn set_sort(&mut self, sort: Sort) {
        self.sort = sort;
        self.is_unsorted = true;
        for entry in &mut self.entries {
            entry.rank = sort.key.rank(&entry.group);
        }
        self.arrange();
    }

    /// The order by this; the same one again is turned round.
    pub fn toggle_sort(&mut self, key: SortKey) {
        let is_descending = if key == self.sort.key {
            !self.sort.is_descending
        } else {
            key.descends_first()
        };
        self.set_sort(Sort { key, is_descending });
    }

    /// Rows of other heights.
    pub fn set_heights(&mut self, heights: Heights) {
        self.layout.heights = heights;
        self.arrange();
    }

    /// Opens a closed group in place, or closes an open one.
    pub fn toggle(&mut self, id: GroupId) {
        if !self.expanded.remove(&id) {
            self.expanded.insert(id);
        }
        self.arrange();
    }

    /// Which groups are shown.
    #[must_use]
    pub fn filter(&self) -> Filter {
        self.filter
    }

    /// In which order.
    #[must_use]
    pub fn sort(&self) -> Sort {
        self.sort
    }

    /// How high rows are.
    #[must_use]
    pub fn heights(&self) -> Heights {
        self.layout.heights
    }

    /// How many groups of the whole queue a filter takes, whatever is searched.
    #[must_use]
    pub fn count(&self, filter: Filter) -> usize {
        self.counts[filter as usize]
    }

    /// Of the whole queue, bytes a second.
    #[must_use]
    pub fn total_speed(&self) -> u64 {
        self.total_speed
    }

    /// `true` where a group waits until a known moment: its countdown moves by itself.
    #[must_use]
    pub fn counts_down(&self) -> bool {
        self.counts_down
    }

    /// The groups of a snapshot, those that are known renewed in their place. Where none
    /// left and none moved, the order that was there is kept to be mended.
    fn take_in(&mut self, groups: &[Arc<GroupView>]) {
        if self.renew(groups) {
            for group in &groups[self.entries.len()..] {
                self.sorted.push(self.entries.len());
                self.entries
                    .push(Entry::new(group, self.sort.key, &self.search));
                self.is_unsorted = true;
            }
            return;
        }
        let old = std::mem::take(&mut self.entries);
        let mut old: HashMap<_, _> = old.into_iter().map(|entry| (entry.id, entry)).collect();
        let entries = groups.iter().map(|group| match old.remove(&group.id) {
            Some(mut entry) => {
                if !Arc::ptr_eq(&entry.group, group) {
                    entry.renew(group, self.sort.key, &self.search);
                }
                entry
            }
            None => Entry::new(group, self.sort.key, &self.search),
        });
        self.entries = entries.collect();
        self.sorted = (0..self.entries.len()).collect();
        self.is_unsorted = true;
        self.expanded.retain(|id| !old.contains_key(id));
    }

    /// `false` where a group has left or moved.
    fn renew(&mut self, groups: &[Arc<GroupView>]) -> bool {
        for (entry, group) in self.entries.iter_mut().zip(groups) {
            if Arc::ptr_eq(&entry.group, group) {
                continue;
            }
            if entry.id != group.id {
                return false;
            }
            self.is_unsorted |= entry.renew(group, self.sort.key, &self.search);
        }
        groups.len() >= self.entries.len()
    }

    fn count_all(&mut self) {
        for filter in FILTERS {
            let entries = self.entries.iter();
            let takes = |entry: &&Entry| entry.classes.contains(filter);
            self.counts[filter as usize] = entries.filter(takes).count();
        }
        let speeds = self.entries.iter().map(|entry| entry.speed);
        self.total_speed = speeds.fold(0, u64::saturating_add);
        self.counts_down = self.entries.iter().any(|entry| entry.counts_down);
    }

    /// What follows from any change: the order, the places, what is still chosen.
    fn arrange(&mut self) {
        if std::mem::take(&mut self.is_unsorted) {
            self.put_in_order();
        }
        let shown = self.sorted.iter().filter_map(|number| {
            let entry = &self.entries[*number];
            let is_shown = entry.is_found && entry.classes.contains(self.filter);
            let is_open = self.expanded.contains(&entry.id);
            is_shown.then_some((*number, entry.id, &entry.group, is_open))
        });
        let before = self.layout.arrange(shown);
        self.selection.follow(&before, &self.layout);
    }

    /// What is nearly in order is soon in order.
    fn put_in_order(&mut self) {
        let Self {
            sorted,
            entries,
            sort,
            ..
        } = self;
        sorted.sort_by(|a, b| {
            let order = match sort.key {
                SortKey::Queue => sort.turned(a.cmp(b)),
                SortKey::Name => sort.turned(entries[*a].name().cmp(entries[*b].name())),
                _ => sort.ranks(entries[*a].rank, entries[*b].rank),
            };
            order.then(a.cmp(b))
        });
    }
}
