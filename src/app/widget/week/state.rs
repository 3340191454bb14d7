//! Where the keyboard and the mouse are in a week, and what they have chosen.
//!
//! Always true: both are within the week; a drag is told once.

use iced::advanced::widget::operation::Focusable;
use iced::keyboard::key::Named;

use super::plan::{Block, DAYS, HOURS, Spot};

#[derive(Debug, Default)]
pub struct State {
    pub is_focused: bool,
    /// Where the keyboard is, and where it began to choose.
    cursor: (usize, usize),
    anchor: Option<(usize, usize)>,
    /// Where a drag began, and where it is.
    pub drag: Option<(Spot, Spot)>,
    pub hovered: Option<Spot>,
}

impl State {
    /// What would be painted now.
    pub fn block(&self) -> Option<Block> {
        match (self.drag, self.is_focused, self.hovered) {
            (Some((from, to)), ..) => Some(Block::of(from, to)),
            (None, true, _) => Some(self.chosen()),
            (None, false, hovered) => hovered.map(|spot| Block::of(spot, spot)),
        }
    }

    /// What the keyboard has chosen.
    pub fn chosen(&self) -> Block {
        Block::between(self.anchor.unwrap_or(self.cursor), self.cursor)
    }

    /// The mouse is pressed; whether it begins a drag.
    pub fn press(&mut self, at: Option<Spot>) -> bool {
        // The mouse moves the focus away: what the keyboard chose is not seen any more.
        self.is_focused = false;
        self.drag = at.map(|at| (at, at));
        at.is_some()
    }

    /// It is let go: what was painted over.
    pub fn release(&mut self) -> Option<Block> {
        let (from, to) = self.drag.take()?;
        let block = Block::of(from, to);
        (self.cursor, self.anchor) = (block.from, None);
        Some(block)
    }

    /// A key that moves; `false` for any other.
    pub fn moved(&mut self, key: Named, chooses: bool) -> bool {
        let (day, hour) = self.cursor;
        let to = match key {
            Named::ArrowUp => (day.saturating_sub(1), hour),
            Named::ArrowDown => ((day + 1).min(DAYS - 1), hour),
            Named::ArrowLeft => (day, hour.saturating_sub(1)),
            Named::ArrowRight => (day, (hour + 1).min(HOURS - 1)),
            Named::Home => (day, 0),
            Named::End => (day, HOURS - 1),
            _ => return false,
        };
        self.anchor = chooses.then(|| self.anchor.unwrap_or(self.cursor));
        self.cursor = to;
        true
    }
}

impl Focusable for State {
    fn is_focused(&self) -> bool {
        self.is_focused
    }

    fn focus(&mut self) {
        self.is_focused = true;
    }

    fn unfocus(&mut self) {
        (self.is_focused, self.anchor) = (false, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keyboard stays within the week; with Shift it chooses from where it was.
    #[test]
    fn keys_move_and_choose() {
        let mut state = State::default();
        for (key, chooses, block) in [
            (Named::ArrowUp, false, ((0, 0), (0, 0))),
            (Named::ArrowRight, false, ((0, 1), (0, 1))),
            (Named::ArrowDown, true, ((0, 1), (1, 1))),
            (Named::End, true, ((0, 1), (1, 23))),
            (Named::ArrowRight, true, ((0, 1), (1, 23))),
            (Named::ArrowLeft, false, ((1, 22), (1, 22))),
            (Named::Home, false, ((1, 0), (1, 0))),
        ] {
            assert!(state.moved(key, chooses));
            let Block { from, to } = state.chosen();
            assert_eq!((from, to), block, "{key:?}");
        }
        assert!(!state.moved(Named::Tab, false));
    }

    #[test]
    fn a_drag_is_told_once() {
        let mut state = State::default();
        let spot = |day, hour| Spot { day, hour };
        assert!(!state.press(None) && state.release().is_none());
        assert!(state.press(Some(spot(Some(1), Some(8)))));
        state.drag = state.drag.map(|(from, _)| (from, spot(Some(3), Some(2))));
        let block = state.release().unwrap();
        assert_eq!((block.from, block.to), ((1, 8), (3, 2)));
        assert!(state.release().is_none());
    }
}
