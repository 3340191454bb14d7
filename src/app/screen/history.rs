//! What was downloaded: what it comes to, and each of it, newest first, day by day.
//!
//! Only the rows in sight are made. Nothing here is forgotten by the screen: it asks its
//! parent to clear the history, and shows what it is handed then.

mod row;
mod rows;
mod view;

use std::path::PathBuf;

use iced::Task;
use iced::widget::operation;
use iced::widget::scrollable::{AbsoluteOffset, Viewport};
use jiff::tz::TimeZone;

use crate::app::keys::{Shortcut, Step};
use crate::engine::{HistoryEntry, Totals};
use rows::Rows;

/// So many entries are asked for.
pub const MOST: usize = 10_000;

/// For scrolling and tests.
const LIST: &str = "history.list";
/// For the focus and tests.
const SEARCH: &str = "history.search";

/// What is there, and how it is looked at.
#[derive(Debug, Clone, Default)]
pub struct State {
    entries: Vec<HistoryEntry>,
    totals: Totals,
    /// The first answer has come: before, there is nothing to say.
    is_loaded: bool,
    search: String,
    rows: Rows,
    /// The chosen row, by its place among the rows.
    chosen: Option<usize>,
    is_clearing: bool,
    offset: f32,
    height: f32,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// The engine has answered.
    Loaded(Vec<HistoryEntry>, Totals),
    /// Something else is searched for.
    Searched(String),
    /// The list is somewhere else now.
    Scrolled(Viewport),
    /// A row is pressed.
    Chosen(usize),
    /// A row's folder is wanted.
    Folder(usize),
    /// The keyboard asks for something.
    Key(Shortcut),
    /// All is to be forgotten; asked twice.
    Clear,
    /// Enough is seen.
    Back,
}

/// What the parent is to do.
#[derive(Debug)]
pub enum Action {
    /// Nothing.
    None,
    /// Run this.
    Run(Task<Message>),
    /// Close the screen.
    Back,
    /// Open this folder.
    Open(PathBuf),
    /// Have the engine forget the history, then hand over what it says.
    Clear,
}

impl State {
    /// The screen until the engine has answered.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What comes of a message.
    pub fn update(&mut self, message: Message) -> Action {
        // The second press must be the next thing that is done.
        let is_clearing = match message {
            Message::Scrolled(_) | Message::Loaded(..) => self.is_clearing,
            _ => std::mem::take(&mut self.is_clearing),
        };
        match message {
            Message::Loaded(entries, totals) => self.loaded(entries, totals),
            Message::Searched(search) => self.searched(search),
            Message::Scrolled(viewport) => self.scrolled(viewport),
            Message::Chosen(at) => self.choose(at),
            Message::Folder(at) => self.folder(Some(at)),
            Message::Key(shortcut) => self.key(shortcut),
            Message::Clear => self.clear(is_clearing),
            Message::Back => Action::Back,
        }
    }

    fn loaded(&mut self, entries: Vec<HistoryEntry>, totals: Totals) -> Action {
        (self.entries, self.totals, self.is_loaded) = (entries, totals, true);
        self.arrange();
        Action::None
    }

    fn searched(&mut self, search: String) -> Action {
        self.search = search;
        self.arrange();
        self.offset = 0.0;
        Action::Run(operation::scroll_to(
            LIST,
            AbsoluteOffset { x: 0.0, y: 0.0 },
        ))
    }

    fn arrange(&mut self) {
        self.rows = Rows::new(&self.entries, &self.search, &TimeZone::system());
        self.chosen = None;
    }

    fn scrolled(&mut self, viewport: Viewport) -> Action {
        self.offset = viewport.absolute_offset().y;
        self.height = viewport.bounds().height;
        Action::None
    }

    fn choose(&mut self, at: usize) -> Action {
        self.chosen = Some(at);
        Action::None
    }

    fn folder(&self, at: Option<usize>) -> Action {
        let entry = at.and_then(|at| self.rows.entry(at));
        let entry = entry.and_then(|at| self.entries.get(at));
        entry.map_or(Action::None, |entry| Action::Open(entry.folder.clone()))
    }

    fn key(&mut self, shortcut: Shortcut) -> Action {
        match shortcut {
            Shortcut::Move(step) => self.step(step),
            Shortcut::Open | Shortcut::Folder => self.folder(self.chosen),
            Shortcut::Search => Action::Run(operation::focus(SEARCH)),
            Shortcut::Close => Action::Back,
            _ => Action::None,
        }
    }

    /// The next row that can be chosen, brought into sight.
    fn step(&mut self, step: Step) -> Action {
        // Before the first frame nothing is known of the height.
        let height = self.height.max(row::HEIGHT);
        let page = (height / row::HEIGHT) as usize;
        let Some(at) = self.rows.stepped(self.chosen, step, page) else {
            return Action::None;
        };
        self.chosen = Some(at);
        let top = at as f32 * row::HEIGHT;
        let y = self
            .offset
            .clamp((top + row::HEIGHT - height).max(0.0), top);
        Action::Run(operation::scroll_to(LIST, AbsoluteOffset { x: 0.0, y }))
    }

    fn clear(&mut self, is_clearing: bool) -> Action {
        if is_clearing {
            return Action::Clear;
        }
        self.is_clearing = true;
        Action::None
    }
}

#[cfg(test)]
mod tests;
