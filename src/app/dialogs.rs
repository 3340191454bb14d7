//! What stands before the screen: which dialog, how it is opened, what comes of it.

use iced::widget::{center, container, opaque, scrollable};
use iced::{Element, Length, Point, Size, Task};

use super::dialog::{add, cancel, change, menu, shortcuts};
use super::look::{Look, ROUNDER};
use super::notes::What;
use super::widget::{floating, style};
use super::{App, Message as Root, Screen, list};
use crate::download::Link;
use crate::queue::GroupId;

/// So many files are looked through for a link that may be offered.
const LOOKED_THROUGH: usize = 20_000;

/// A dialog.
#[derive(Debug)]
pub enum Dialog {
    /// Add downloads.
    Add(Box<add::State>),
    /// Before something is cancelled.
    Cancel(cancel::State),
    /// One or two fields.
    Change(change::State),
    /// What can be done to what is chosen.
    Menu(menu::State),
    /// The list of shortcuts.
    Shortcuts,
}

/// What can be said in them.
#[derive(Debug, Clone)]
pub enum Message {
    /// In the add dialog.
    Add(add::Message),
    /// In the question before a cancel.
    Cancel(cancel::Message),
    /// In a field.
    Change(change::Message),
    /// In the menu.
    Menu(menu::Message),
    /// In the list of shortcuts.
    Shortcuts(shortcuts::Message),
}

/// Around a dialog, at least.
const MARGIN: f32 = 24.0;
/// Around what is in it.
const INSET: f32 = 24.0;
/// What its shade takes, above and below.
const SHADE: f32 = 28.0;

impl Dialog {
    /// The dialog over what it covers.
    #[must_use]
    pub fn view(&self, look: Look, window: Size) -> Element<'_, Message> {
        let colors = look.colors;
        let (content, width) = match self {
            Self::Menu(state) => return state.view(look, window).map(Message::Menu),
            // Its buttons stay in sight, however much is above them.
            Self::Add(state) => {
                let most = window.height - 2.0 * (MARGIN + INSET) - SHADE;
                let content = state.view(most, look).map(Message::Add);
                (container(content).padding(INSET).into(), 620)
            }
            Self::Cancel(state) => (scrolled(state.view(look).map(Message::Cancel), look), 520),
            Self::Change(state) => (scrolled(state.view(look).map(Message::Change), look), 440),
            Self::Shortcuts => {
                let content = shortcuts::view(look).map(Message::Shortcuts);
                (scrolled(content, look), 800)
            }
        };
        let card = floating(content, ROUNDER, look).max_width(width);
        center(opaque(card))
            .padding(MARGIN)
            .width(Length::Fill)
            .style(move |_| container::background(colors.veil))
            .into()
    }
}

fn scrolled<'a>(content: Element<'a, Message>, look: Look) -> Element<'a, Message> {
    scrollable(container(content).padding(INSET))
        .style(move |_, status| style::scroll(look, status))
        .into()
}

impl App {
    pub(super) fn open(&mut self, dialog: Dialog) -> Task<Root> {
        self.dialog = Some(dialog);
        Task::none()
    }

    /// The add dialog, with these links in it.
    pub(super) fn open_add(&mut self, text: String) -> Task<Root> {
        if matches!(self.screen, Screen::Quit) {
            return Task::none();
        }
        self.screen = Screen::Queue;
        let (state, task) = add::State::new(&self.settings, text, &self.snapshot);
        self.dialog = Some(Dialog::Add(Box::new(state)));
        let focus = iced::widget::operation::focus(add::LINKS);
        self.dialogs += 1;
        Task::batch([self.awaited(task), focus])
    }

    /// The add dialog, open or not, with these links added to what is in it.
    pub(super) fn add_text(&mut self, text: String) -> Task<Root> {
        match self.dialog {
            Some(Dialog::Add(_)) => self.dialog_said(Message::Add(add::Message::Pasted(text))),
            _ => self.open_add(text),
        }
    }

    /// What an add dialog waits for is nothing to the next one.
    fn awaited(&self, task: Task<add::Message>) -> Task<Root> {
        let number = self.dialogs;
        task.map(move |message| Root::DialogAnswered(number, Message::Add(message)))
    }

    pub(super) fn dialog_answered(&mut self, number: u64, message: Message) -> Task<Root> {
        if number == self.dialogs {
            self.dialog_said(message)
        } else {
            Task::none()
        }
    }

    pub(super) fn open_change(&mut self, what: change::What) -> Task<Root> {
        self.dialog = Some(Dialog::Change(change::State::new(what)));
        iced::widget::operation::focus(change::FIRST)
    }

    pub(super) fn open_rename(&mut self, id: GroupId) -> Task<Root> {
        let name = self.group(id).map(|group| group.properties.name.clone());
        self.open_change(change::What::Rename(id, name.unwrap_or_default()))
    }

    pub(super) fn open_group_limit(&mut self, id: GroupId) -> Task<Root> {
        let limit = self.group(id).and_then(|group| group.properties.limit);
        self.open_change(change::What::Limit(Some(id), limit))
    }

    pub(super) fn open_limit(&mut self) -> Task<Root> {
        self.open_change(change::What::Limit(None, self.snapshot.limit))
    }

    /// The menu beside the row of the keyboard.
    pub(super) fn menu_at_cursor(&mut self) -> Task<Root> {
        match self.queue.cursor_in_window(self.room()) {
            Some(at) if self.queue.list.selected() > 0 => self.open_menu(at),
            _ => Task::none(),
        }
    }

    pub(super) fn open_menu(&mut self, at: Point) -> Task<Root> {
        let groups = self.queue.list.chosen().map(|group| &**group);
        let state = menu::State::new(at, groups);
        self.open(Dialog::Menu(state))
    }

    pub(super) fn dialog_said(&mut self, message: Message) -> Task<Root> {
        match (self.dialog.as_mut(), message) {
            (Some(Dialog::Add(state)), Message::Add(message)) => {
                let action = state.update(message, &self.snapshot);
                self.add_came_to(action)
            }
            (Some(Dialog::Change(state)), Message::Change(message)) => {
                let action = state.update(message);
                self.change_came_to(action)
            }
            (Some(Dialog::Cancel(state)), Message::Cancel(message)) => {
                match state.update(&message) {
                    cancel::Action::Close => self.close_dialog(),
                    cancel::Action::Cancel {
                        ids,
                        delete_finished,
                    } => {
                        self.dialog = None;
                        self.cancel(ids, delete_finished)
                    }
                }
            }
            (Some(Dialog::Menu(_)), Message::Menu(message)) => {
                self.dialog = None;
                match message {
                    menu::Message::Do(deed) => self.carry_out_chosen(deed),
                    menu::Message::Close => Task::none(),
                }
            }
            (Some(Dialog::Shortcuts), Message::Shortcuts(shortcuts::Message::Close)) => {
                self.close_dialog()
            }
            // The answer to a dialog that has gone.
            _ => Task::none(),
        }
    }

    fn add_came_to(&mut self, action: add::Action) -> Task<Root> {
        match action {
            add::Action::None => Task::none(),
            add::Action::Run(task) => self.awaited(task),
            add::Action::Close => self.close_dialog(),
            add::Action::Add(commands) => {
                self.dialog = None;
                self.commands(commands)
            }
        }
    }

    fn change_came_to(&mut self, action: change::Action) -> Task<Root> {
        match action {
            change::Action::None => Task::none(),
            change::Action::Run(task) => task.map(|message| Root::Dialog(Message::Change(message))),
            change::Action::Close => self.close_dialog(),
            change::Action::Do(commands) => {
                self.dialog = None;
                self.commands(commands)
            }
        }
    }

    pub(super) fn close_dialog(&mut self) -> Task<Root> {
        self.dialog = None;
        Task::none()
    }

    /// Enter, where no field and no button has taken it: what the dialog is there for.
    pub(super) fn submit(&mut self) -> Task<Root> {
        match self.dialog.as_mut() {
            Some(Dialog::Add(state)) => {
                let action = state.submit();
                self.add_came_to(action)
            }
            Some(Dialog::Change(state)) => {
                let action = state.submit();
                self.change_came_to(action)
            }
            Some(Dialog::Cancel(_)) => self.dialog_said(Message::Cancel(cancel::Message::Keep)),
            _ => Task::none(),
        }
    }

    /// Esc: the dialog, else the screen before this one, else the details where they cover the
    /// list, else the choice.
    pub(super) fn close_topmost(&mut self) -> Task<Root> {
        if self.dialog.take().is_some() {
            return Task::none();
        }
        match self.screen {
            Screen::Quit => Task::none(),
            Screen::Settings(_) | Screen::History(_) => {
                self.screen = Screen::Queue;
                Task::none()
            }
            Screen::Queue if self.covers_list() => self.toggle_details(),
            Screen::Queue => {
                self.queue.clear();
                iced::advanced::widget::operate(
                    iced::advanced::widget::operation::focusable::unfocus(),
                )
            }
        }
    }

    /// What was on the clipboard when it was asked for.
    pub(super) fn paste(&mut self, text: Option<String>) -> Task<Root> {
        match text {
            Some(text) if !text.trim().is_empty() => self.open_add(text),
            _ => Task::none(),
        }
    }

    /// What is on the clipboard now: a link is offered, once, and never taken.
    pub(super) fn clipboard(&mut self, text: Option<String>) -> Task<Root> {
        let text = text.unwrap_or_default();
        let one = Some(text.trim()).filter(|text| text.len() < 2_000);
        let one = one.filter(|text| !text.contains(char::is_whitespace));
        let Some(link) = one.and_then(|text| Link::parse(text).ok()) else {
            return Task::none();
        };
        if self.offered.replace(link.clone()).as_ref() == Some(&link) {
            return Task::none();
        }
        let files = self
            .snapshot
            .groups
            .iter()
            .flat_map(|group| list::files(group));
        // (Of very many the first are enough: nobody is to wait for it.)
        if files
            .take(LOOKED_THROUGH)
            .any(|file| file.source.link == link)
        {
            return Task::none();
        }
        self.notes.say(What::Offer(link)).map(Root::Notes)
    }

    /// Something dropped: a list of links for the add dialog, open or not.
    pub(super) fn dropped(&mut self, path: std::path::PathBuf) -> Task<Root> {
        let open = if matches!(self.dialog, Some(Dialog::Add(_))) {
            Task::none()
        } else {
            self.open_add(String::new())
        };
        let dropped = self.dialog_said(Message::Add(add::Message::FileDropped(path)));
        Task::batch([open, dropped])
    }
}
