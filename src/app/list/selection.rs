//! What is chosen, and where the keyboard is: by mouse and by keys, as in lists everywhere.
//!
//! Groups are chosen; the cursor may be on a file, and then its group is what is chosen.
//! What goes out of sight is not chosen any more, and nothing is chosen in its stead: the
//! next key must not hit a group that nobody picked. Only the cursor moves to a neighbour.

use std::collections::HashSet;
use std::sync::Arc;

use super::layout::{Block, Layout};
use super::{List, Row};
use crate::app::keys::Step;
use crate::queue::{GroupId, GroupView};

/// What is chosen.
#[derive(Debug, Default)]
pub(super) struct Selection {
    chosen: HashSet<GroupId>,
    cursor: Option<Row>,
    /// Where a stretch begins that is drawn with Shift.
    origin: Option<GroupId>,
}

impl Selection {
    pub(super) fn contains(&self, id: GroupId) -> bool {
        self.chosen.contains(&id)
    }

    pub(super) fn cursor(&self) -> Option<Row> {
        self.cursor
    }

    /// What was shown `before` is shown as the layout says now.
    pub(super) fn follow(&mut self, before: &[Block], layout: &Layout) {
        let is_shown = |id: GroupId| layout.place(id).is_some();
        self.chosen.retain(|id| is_shown(*id));
        self.origin = self.origin.filter(|id| is_shown(*id));
        let Some(cursor) = self.cursor else { return };
        let Some(place) = layout.place(cursor.group()) else {
            self.cursor = neighbour(cursor.group(), before, layout).map(Row::Group);
            return;
        };
        if !layout.blocks[place].is_open() {
            self.cursor = Some(Row::Group(cursor.group()));
        }
    }

    fn only(&mut self, row: Row) {
        self.chosen = HashSet::from([row.group()]);
        self.cursor = Some(row);
        self.origin = Some(row.group());
    }

    fn toggle(&mut self, row: Row) {
        let id = row.group();
        if !self.chosen.remove(&id) {
            self.chosen.insert(id);
        }
        self.cursor = Some(row);
        self.origin = Some(id);
    }

    /// All from where the stretch began.
    fn stretch(&mut self, row: Row, layout: &Layout) {
        let cursor = self.cursor.map(Row::group);
        let origin = self.origin.or(cursor).unwrap_or(row.group());
        self.cursor = Some(row);
        self.origin = Some(origin);
        let (Some(from), Some(to)) = (layout.place(origin), layout.place(row.group())) else {
            return;
        };
        let stretch = &layout.blocks[from.min(to)..=from.max(to)];
        self.chosen = stretch.iter().map(|block| block.id).collect();
    }
}

/// The next below that is still shown, else the next above.
fn neighbour(gone: GroupId, before: &[Block], layout: &Layout) -> Option<GroupId> {
    let place = before.iter().position(|block| block.id == gone)?;
    let (above, below) = before.split_at(place);
    let mut near = below.iter().chain(above.iter().rev()).map(|block| block.id);
    near.find(|id| layout.place(*id).is_some())
}

impl List {
    /// A row was pressed: it alone; with Ctrl it too, or no more; with Shift all between.
    /// What is not shown (any more) is not pressed.
    pub fn click(&mut self, row: Row, with_ctrl: bool, with_shift: bool) {
        if self.layout.place(row.group()).is_none() {
            return;
        }
        match (with_ctrl, with_shift) {
            (_, true) => self.selection.stretch(row, &self.layout),
            (true, false) => self.selection.toggle(row),
            (false, false) => self.selection.only(row),
        }
    }

    /// Moves the cursor, and chooses what it comes to; or, where it `extends`, all on the way.
    /// A page has so many rows.
    pub fn step(&mut self, step: Step, page: usize, extends: bool) {
        let at = self.selection.cursor.and_then(|row| self.number_of(row));
        let Some(last) = self.rows().checked_sub(1) else {
            return;
        };
        let to = match (step, at) {
            (Step::Up | Step::PageUp | Step::Last, None) | (Step::Last, _) => last,
            (Step::Down | Step::PageDown | Step::First, None) | (Step::First, _) => 0,
            (Step::Up, Some(at)) => at.saturating_sub(1),
            (Step::Down, Some(at)) => at + 1,
            (Step::PageUp, Some(at)) => at.saturating_sub(page),
            (Step::PageDown, Some(at)) => at + page,
        };
        let is_down = at.is_some_and(|at| to > at);
        let row = self.standing(to.min(last), is_down);
        match row.or(self.selection.cursor) {
            Some(row) if extends => self.selection.stretch(row, &self.layout),
            Some(row) => self.selection.only(row),
            None => {}
        }
    }

    /// What the row of this number stands for, or the next one that stands for something.
    fn standing(&self, number: usize, is_down: bool) -> Option<Row> {
        let stands = |number| self.row(number).and_then(|row| row.row());
        let mut below = (number..self.rows()).map(stands);
        let mut above = (0..=number).rev().map(stands);
        if is_down {
            below.find_map(|row| row)
        } else {
            above.find_map(|row| row)
        }
    }

    /// Opens the group at the cursor, or, where it is open, goes to its first file; or else
    /// closes it, from wherever the cursor is in it.
    pub fn expand_at_cursor(&mut self, opens: bool) {
        let Some(id) = self.cursor_group() else {
            return;
        };
        if self.expanded.contains(&id) != opens {
            self.toggle(id);
        } else if opens && self.selection.cursor == Some(Row::Group(id)) {
            let first = self.number_of(Row::Group(id)).map(|row| row + 1);
            let row = first.and_then(|row| self.standing(row, true));
            if let Some(row) = row.filter(|row| row.group() == id) {
                self.selection.only(row);
            }
        }
    }

    /// Is this group chosen?
    #[must_use]
    pub fn is_chosen(&self, id: GroupId) -> bool {
        self.selection.contains(id)
    }

    /// Chooses all that are shown.
    pub fn choose_all(&mut self) {
        self.selection.chosen = self.layout.blocks.iter().map(|block| block.id).collect();
        let first = self.layout.blocks.first().map(|block| Row::Group(block.id));
        self.selection.cursor = self.selection.cursor.or(first);
    }

    /// Nothing is chosen; the cursor stays.
    pub fn clear_selection(&mut self) {
        self.selection.chosen.clear();
    }

    /// How many groups are chosen.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selection.chosen.len()
    }

    /// The ids of the groups that are chosen, in the list's order.
    #[must_use]
    pub fn selection(&self) -> Vec<GroupId> {
        self.chosen().map(|group| group.id).collect()
    }

    /// The groups that are chosen, in the list's order.
    pub fn chosen(&self) -> impl Iterator<Item = &Arc<GroupView>> {
        let ids = self.selection.chosen.iter();
        let mut places: Vec<_> = ids.filter_map(|id| self.layout.place(*id)).collect();
        places.sort_unstable();
        let entry = |place: usize| self.layout.blocks[place].entry;
        places
            .into_iter()
            .map(move |place| &self.entries[entry(place)].group)
    }

    /// Where the keyboard is.
    #[must_use]
    pub fn cursor(&self) -> Option<Row> {
        self.selection.cursor
    }

    /// The group where the keyboard is.
    #[must_use]
    pub fn cursor_group(&self) -> Option<GroupId> {
        self.selection.cursor.map(Row::group)
    }

    /// The same, as it is.
    #[must_use]
    pub fn at_cursor(&self) -> Option<&Arc<GroupView>> {
        let place = self.layout.place(self.cursor_group()?)?;
        Some(&self.entries[self.layout.blocks[place].entry].group)
    }

    /// Top and height of the cursor's row, in pixels.
    #[must_use]
    pub fn cursor_place(&self) -> Option<(f32, f32)> {
        let row = self.row(self.number_of(self.selection.cursor?)?)?;
        Some((row.y, row.height))
    }
}
