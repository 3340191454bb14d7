//! The main screen: filters beside the list, actions above it, totals below.

mod empty;
mod file;
mod foot;
mod group;
mod rows;
mod sidebar;
mod sorting;
mod toolbar;

use std::collections::HashSet;
use std::ops::Range;

use iced::keyboard::Modifiers;
use iced::widget::operation;
use iced::widget::scrollable::{AbsoluteOffset, Viewport};
use iced::widget::{column, container, mouse_area, opaque, row, space, stack};
use iced::{Element, Fill, Padding, Point, Task};
use jiff::Timestamp;

use crate::app::keys::Step;
use crate::app::list::{Filter, List, Row, SortKey};
use crate::app::look::Look;
use crate::app::widget::{rule, upright};
use crate::app::{Deed, Room};
use crate::queue::{FileId, GroupId, Mode, Snapshot};
use crate::settings::Background;

/// The scrollable's, for tests and for moving it.
pub const LIST: &str = "list";
/// The search field's.
pub const SEARCH: &str = "search";
/// How wide the sidebar is with words.
pub const SIDEBAR: f32 = 212.0;
/// And without.
pub const NARROW_SIDEBAR: f32 = 60.0;
/// How high the toolbar is.
const TOOLBAR: f32 = 56.0;
/// A minute of total speed, two samples a second.
const SAMPLES: usize = 120;

/// What is shown of the queue.
#[derive(Debug)]
pub struct State {
    /// The rows.
    pub list: List,
    /// The place to write what is searched.
    pub search: String,
    sorting_is_open: bool,
    /// Which part of the rows is in sight, in pixels.
    seen: Range<f32>,
    speeds: Vec<u64>,
    sampled: Timestamp,
}

/// What can be said here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Other groups, please.
    Filter(Filter),
    /// What is searched.
    Search(String),
    /// The list of orders, shown or not.
    Sorting,
    /// Another order.
    Sort(SortKey),
    /// The list was moved.
    Scrolled(Viewport),
    /// A row was pressed.
    Chose(Row),
    /// A row was pressed twice.
    Entered(Row),
    /// A group's files, shown or not.
    Expand(GroupId),
    /// A row's own buttons.
    Do(Deed, GroupId),
    /// The toolbar: what is chosen.
    DoChosen(Deed),
    /// The menu of a row, here.
    Menu(Row, Point),
    /// A file's own buttons.
    DoFile(Deed, FileId),
    /// The switch.
    Mode(Mode),
    /// What is asked of the program.
    Ask(Ask),
}

/// What the program does, not the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// The add dialog.
    Add,
    /// The settings.
    Settings,
    /// The history.
    History,
    /// The details, shown or not.
    Details,
    /// Finished ones off the list.
    ClearFinished,
    /// A limit for everything.
    Limit,
    /// The shortcuts.
    Shortcuts,
}

/// What comes of it.
pub enum Action {
    /// Nothing but what is seen.
    None,
    /// Scroll, focus.
    Run(Task<Message>),
    /// Another choice: the details follow.
    Chosen,
    /// Do this to these.
    Do(Deed, Vec<GroupId>),
    /// Do this to a file.
    DoFile(Deed, FileId),
    /// Show the menu of what is chosen, here.
    Menu(Point),
    /// Another mode.
    Mode(Mode),
    /// What is asked of the program.
    Ask(Ask),
}

impl State {
    /// Nothing is known yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            list: List::default(),
            search: String::new(),
            sorting_is_open: false,
            seen: 0.0..900.0,
            speeds: Vec::new(),
            sampled: Timestamp::UNIX_EPOCH,
        }
    }

    /// The engine's latest.
    pub fn seen(&mut self, snapshot: &Snapshot, now: Timestamp) {
        self.list.update(snapshot);
        // (After the end of all transfers there may be no other snapshot for long.)
        let speed = self.list.total_speed();
        let has_ended = speed == 0 && self.speeds.last().is_some_and(|last| *last > 0);
        // (A clock that was put back does not hold the graph up.)
        let since = now.duration_since(self.sampled).abs();
        if has_ended || since.as_millis() >= 490 {
            self.sampled = now;
            if self.speeds.len() == SAMPLES {
                self.speeds.remove(0);
            }
            self.speeds.push(speed);
        }
    }

    /// What a message comes to; `modifiers` are those that are held.
    pub fn update(&mut self, message: Message, modifiers: Modifiers) -> Action {
        match message {
            Message::Filter(filter) => self.rearranged(|list| list.set_filter(filter)),
            Message::Search(text) => {
                self.search = text;
                let search = self.search.clone();
                self.rearranged(|list| list.set_search(&search))
            }
            Message::Sorting => {
                self.sorting_is_open ^= true;
                Action::None
            }
            Message::Sort(key) => {
                self.sorting_is_open = false;
                self.rearranged(|list| list.toggle_sort(key))
            }
            Message::Scrolled(viewport) => {
                let top = viewport.absolute_offset().y;
                self.seen = top..top + viewport.bounds().height;
                Action::None
            }
            Message::Chose(row) => {
                self.sorting_is_open = false;
                self.list.click(row, modifiers.command(), modifiers.shift());
                Action::Chosen
            }
            Message::Entered(Row::Group(id)) => self.update(Message::Expand(id), modifiers),
            Message::Entered(Row::File(_, file)) => Action::DoFile(Deed::Open, file),
            Message::Expand(id) => self.rearranged(|list| list.toggle(id)),
            Message::Do(deed, id) => Action::Do(deed, vec![id]),
            Message::DoChosen(deed) => Action::Do(deed, self.list.selection()),
            Message::DoFile(deed, file) => Action::DoFile(deed, file),
            Message::Menu(row, at) => {
                // Of what is chosen, where the row is among that.
                if !self.list.is_chosen(row.group()) {
                    self.list.click(row, false, false);
                }
                Action::Menu(at)
            }
            Message::Mode(mode) => Action::Mode(mode),
            Message::Ask(ask) => Action::Ask(ask),
        }
    }

    /// Other rows, or another order: the list is changed, and the row at the top stays.
    fn rearranged(&mut self, change: impl FnOnce(&mut List)) -> Action {
        let top = self.list.anchor(self.seen.start);
        change(&mut self.list);
        Action::Run(self.scroll_to(self.list.anchored(top)))
    }

    fn scroll_to<T>(&mut self, y: f32) -> Task<T> {
        let height = self.seen.end - self.seen.start;
        let y = y.clamp(0.0, (self.list.total_height() - height).max(0.0));
        self.seen = y..y + height;
        operation::scroll_to(LIST, AbsoluteOffset { x: 0.0, y })
    }

    /// Moves the cursor, and the list so that it is seen.
    pub fn step(&mut self, step: Step, extends: bool) -> Task<Message> {
        let page = ((self.seen.end - self.seen.start) / self.list.heights().group) as usize;
        self.list.step(step, page.max(1), extends);
        self.show_cursor()
    }

    /// Opens the group at the cursor, or closes it.
    pub fn expand(&mut self, is_open: bool) -> Task<Message> {
        self.list.expand_at_cursor(is_open);
        self.show_cursor()
    }

    /// Chooses all that are shown.
    pub fn choose_all(&mut self) -> Task<Message> {
        self.list.choose_all();
        Task::none()
    }

    /// Nothing is chosen, and nothing is open over the list.
    pub fn clear(&mut self) {
        self.sorting_is_open = false;
        self.list.clear_selection();
    }

    /// Where the row of the keyboard is in the window, for the menu.
    #[must_use]
    pub fn cursor_in_window(&self, room: Room) -> Option<Point> {
        let (y, height) = self.list.cursor_place()?;
        let sidebar = match room {
            Room::Wide => SIDEBAR,
            Room::Narrow => NARROW_SIDEBAR,
        };
        let below = (y - self.seen.start + height / 2.0).max(0.0);
        Some(Point::new(sidebar + 80.0, TOOLBAR + below))
    }

    fn show_cursor(&mut self) -> Task<Message> {
        let Some((y, height)) = self.list.cursor_place() else {
            return Task::none();
        };
        if y < self.seen.start {
            self.scroll_to(y)
        } else if y + height > self.seen.end {
            self.scroll_to(y + height - (self.seen.end - self.seen.start))
        } else {
            Task::none()
        }
    }

    /// The screen.
    #[must_use]
    pub fn view<'a>(&'a self, around: Around<'a>, look: Look) -> Element<'a, Message> {
        let (snapshot, room) = (around.snapshot, around.room);
        let toolbar = toolbar::view(self, around.list_width, look);
        let rows = if self.list.is_empty() {
            empty::view(self, look)
        } else {
            rows::view(self, around.list_width, around.now, &around.doomed, look)
        };
        let rows = container(rows)
            .width(Fill)
            .height(Fill)
            .style(move |_| container::background(look.colors.surface));
        let list = column![
            toolbar,
            rule(look),
            rows,
            rule(look),
            foot::view(self, &around, look),
        ];
        let list: Element<'a, Message> = if self.sorting_is_open {
            let beside = mouse_area(space().width(Fill).height(Fill)).on_press(Message::Sorting);
            let menu = container(opaque(sorting::view(self, look)));
            let menu = menu.padding(Padding::new(14.0).top(50)).align_right(Fill);
            stack![list, beside, menu].into()
        } else {
            list.into()
        };
        let sidebar = sidebar::view(self, snapshot.mode, room, look);
        row![sidebar, upright(look), list].into()
    }
}

/// What the screen shows that is not its own.
#[derive(Debug)]
pub struct Around<'a> {
    /// The engine's latest.
    pub snapshot: &'a Snapshot,
    /// How much room the window has.
    pub room: Room,
    /// How wide the list is.
    pub list_width: f32,
    /// On the disk of the folder.
    pub free_space: Option<u64>,
    /// The groups that will be cancelled in a moment.
    pub doomed: HashSet<GroupId>,
    /// What the background waits for, where it is so.
    pub waits_on: Background,
    /// The engine is that of `ebb serve`.
    pub is_remote: bool,
    /// Now.
    pub now: Timestamp,
}

#[cfg(test)]
mod tests;
