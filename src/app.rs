//! The window: an Elm-style program over the engine's snapshots.
//!
//! *Message in → state changes → tasks out → view.* `update` is a table of contents: an arm,
//! a line, a method of the same name in the file that the comment beside its `mod` names.
//! The window invents nothing: a command goes down, and what comes of it is seen in the next
//! snapshot.

mod deed; // what can be done to groups
mod dialog;
mod dialogs; // what stands before the screen
mod files; // open, show, trash, export, import
mod icon;
mod input; // keys, and what happens to the window
pub mod keys;
pub mod list;
mod look;
mod meet; // who has the queue when the window is opened
mod notes; // what is said below the list, and taken back there
mod orders; // commands, cancel with its undo
mod preferences; // settings, as they take effect
pub mod preset;
mod run; // from the program's start to its window
mod screen;
mod source;
mod subscription;
mod widget;

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;

use iced::widget::{center, container, opaque, row, stack};
use iced::{Element, Fill, Size, Task, Theme, keyboard, theme, window};
use jiff::Timestamp;

pub use deed::Deed;
pub use dialogs::Dialog;
pub use look::Look;
pub use notes::Notes;
pub use run::{Begin, fonts, iced_settings, prepare, program, run, show};
pub use source::{NotTaken, Source};

use crate::download::Link;
use crate::engine::journal::Entry;
use crate::engine::{HistoryEntry, Inspection, Totals};
use crate::queue::{FileId, GroupId, Notice, Outcome, Snapshot};
use crate::remote::Contact;
use crate::settings::{Settings, Trouble};
use crate::words::say;
use icon::Icon;
use look::{HEADING, ROUNDER};
use screen::{details, history, queue, quit};
use widget::{floating, glyph, inert, strong, upright};

/// The whole state.
#[derive(Debug)]
pub struct App {
    source: Source,
    /// Where others come in, as long as the engine is this window's own and has not ended.
    door: Option<meet::Door>,
    settings: Settings,
    /// Where the settings are kept; nowhere in tests.
    settings_file: Option<PathBuf>,
    /// What was wrong with them when they were read.
    settings_trouble: Option<Trouble>,
    /// Held by whoever writes them.
    saving: Arc<tokio::sync::Mutex<()>>,
    /// Links, or files of links, that the command line asked for.
    words: Vec<String>,
    look: Look,
    /// What the system prefers, as far as it has said.
    system_theme: theme::Mode,
    snapshot: Snapshot,
    now: Timestamp,
    queue: queue::State,
    details: details::State,
    screen: Screen,
    dialog: Option<Dialog>,
    /// How many add dialogs there were.
    dialogs: u64,
    notes: Notes,
    window: Option<window::Id>,
    size: Size,
    modifiers: keyboard::Modifiers,
    /// The link on the clipboard that was offered last, so that it is offered once.
    offered: Option<Link>,
    free_space: Option<u64>,
    space_asked: Timestamp,
    /// Links are being dragged over the window.
    is_dropping: bool,
    is_focused: bool,
    /// Minimised: nothing needs to be drawn.
    is_hidden: bool,
}

/// What fills the window.
#[derive(Debug)]
pub enum Screen {
    /// The list, with the details beside it.
    Queue,
    /// The settings.
    Settings(screen::settings::State),
    /// What was downloaded.
    History(history::State),
    /// The engine is saving.
    Quit,
}

/// All that can happen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The window is there.
    Opened(window::Id),
    /// The engine's latest.
    Seen(Snapshot),
    /// What must not be missed.
    Noticed(Notice),
    /// Somebody is at the other side, or not any more.
    Contact(Contact),
    /// The engine's answer to a command.
    Answered(Result<Outcome, NotTaken>),
    /// The same to what was typed for a group in this field of the details.
    Applied(GroupId, details::Field, Result<Outcome, NotTaken>),
    /// What a further window was opened with.
    Handed(Vec<String>),
    /// A second has gone.
    Ticked(Timestamp),
    /// Time to look into the file of the details.
    LookInside,
    /// What was seen there.
    Inspected(FileId, Option<Inspection>),
    /// What happened to the group of the details.
    Journal(GroupId, Vec<Entry>),
    /// Is the window minimised?
    AskHidden,
    /// It is, or not.
    Hidden(bool),
    /// Does the window fill the screen?
    Maximised(bool),
    /// The system's theme.
    SystemTheme(theme::Mode),
    /// Keys that are held.
    Modifiers(keyboard::Modifiers),
    /// A key that no field has taken.
    Pressed {
        /// The key.
        key: keyboard::Key,
        /// The same, with Shift.
        modified_key: keyboard::Key,
        /// What is held with it.
        modifiers: keyboard::Modifiers,
    },
    /// Something happened to the window.
    Window(window::Id, window::Event),
    /// The main screen.
    Queue(queue::Message),
    /// The details.
    Details(details::Message),
    /// The settings.
    Settings(screen::settings::Message),
    /// The history.
    History(history::Message),
    /// What was downloaded, read.
    HistoryRead(Vec<HistoryEntry>, Totals),
    /// The dialog.
    Dialog(dialogs::Message),
    /// What the dialog of this number waited for.
    DialogAnswered(u64, dialogs::Message),
    /// What is on the clipboard, to be added.
    Paste(Option<String>),
    /// What is on the clipboard, perhaps to be offered.
    Clipboard(Option<String>),
    /// Below the list.
    Notes(notes::Message),
    /// Something was done outside, or could not be.
    Outside(files::Done),
    /// The settings are on disk, or could not be written.
    SettingsSaved(Option<String>),
    /// Room on the disk of the folder.
    FreeSpace(Option<u64>),
    /// The system wants the program to end.
    End,
    /// The engine has saved: the end.
    Saved,
}

/// How wide the details are beside the list.
const DETAILS: f32 = 340.0;

impl App {
    /// One arm, one line.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Opened(window) => self.opened(window),
            Message::Seen(snapshot) => self.seen(snapshot),
            Message::Noticed(notice) => self.noticed(&notice),
            Message::Contact(contact) => self.contact(contact),
            Message::Answered(answer) => self.answered(answer),
            Message::Applied(of, field, answer) => self.applied(of, field, answer),
            Message::Handed(words) => self.handed(words),
            Message::Ticked(now) => self.ticked(now),
            Message::LookInside => self.look_inside(),
            Message::Inspected(file, seen) => self.inspected(file, seen),
            Message::Journal(group, entries) => self.journal(group, entries),
            Message::AskHidden => self.ask_hidden(),
            Message::Hidden(is_hidden) => self.hidden(is_hidden),
            Message::Maximised(is_maximised) => self.maximised(is_maximised),
            Message::SystemTheme(mode) => self.system_theme(mode),
            Message::Modifiers(modifiers) => self.modified(modifiers),
            Message::Pressed {
                key,
                modified_key,
                modifiers,
            } => self.pressed(&key, &modified_key, modifiers),
            Message::Window(_, event) => self.window_event(event),
            Message::Queue(message) => self.queue_said(message),
            Message::Details(message) => self.details_said(message),
            Message::Settings(message) => self.settings_said(message),
            Message::History(message) => self.history_said(message),
            Message::HistoryRead(entries, totals) => self.history_read(entries, totals),
            Message::Dialog(message) => self.dialog_said(message),
            Message::DialogAnswered(number, message) => self.dialog_answered(number, message),
            Message::Paste(text) => self.paste(text),
            Message::Clipboard(text) => self.clipboard(text),
            Message::Notes(message) => self.notes_said(message),
            Message::Outside(done) => self.outside(done),
            Message::SettingsSaved(trouble) => self.settings_saved(trouble),
            Message::FreeSpace(free) => self.free_space(free),
            Message::End => self.quit(),
            Message::Saved => iced::exit(),
        }
    }

    /// What is seen.
    #[must_use]
    pub fn view(&self, _: window::Id) -> Element<'_, Message> {
        let look = self.look;
        let screen = match &self.screen {
            Screen::Queue => self.main(),
            Screen::Settings(state) => state.view(self.around(), look).map(Message::Settings),
            Screen::History(state) => state.view(self.now, look).map(Message::History),
            Screen::Quit => quit::view(self.source.is_remote(), look),
        };
        let screen = container(screen)
            .width(Fill)
            .height(Fill)
            .style(move |_| container::Style {
                background: Some(look.colors.background.into()),
                text_color: Some(look.colors.text),
                ..Default::default()
            });
        match &self.dialog {
            None => stack![screen, self.notes.view(self.now, look).map(Message::Notes)]
                .push(self.is_dropping.then(|| drop_here(look)))
                .into(),
            Some(dialog) => stack![
                inert(screen),
                opaque(dialog.view(look, self.size).map(Message::Dialog))
            ]
            .into(),
        }
    }

    /// The list, and the details of what is chosen where there is room for them.
    fn main(&self) -> Element<'_, Message> {
        let look = self.look;
        let details = || {
            let list = &self.queue.list;
            let several = (list.selected() > 1)
                .then(|| details::Several::of(list.chosen().map(|group| &**group)));
            let details = self
                .details
                .view(self.chosen_group(), several, self.now, look);
            details.map(Message::Details)
        };
        let room = self.room();
        let queue = || {
            let around = queue::Around {
                snapshot: &self.snapshot,
                room,
                list_width: self.list_width(),
                free_space: self.free_space,
                doomed: self.notes.doomed(),
                waits_on: self.settings.background,
                is_remote: self.source.is_remote(),
                now: self.now,
            };
            self.queue.view(around, look)
        };
        match (self.settings.window.details_open, room) {
            (false, _) => queue().map(Message::Queue),
            (true, Room::Wide) => {
                let details = container(details()).width(DETAILS).height(Fill);
                row![queue().map(Message::Queue), upright(look), details].into()
            }
            // Over the list, where there is something to be seen in them.
            (true, Room::Narrow) if self.covers_list() => details(),
            (true, Room::Narrow) => queue().map(Message::Queue),
        }
    }

    /// Is there room for three columns?
    fn room(&self) -> Room {
        if self.size.width >= 1040.0 {
            Room::Wide
        } else {
            Room::Narrow
        }
    }

    /// The details are shown instead of the list.
    fn covers_list(&self) -> bool {
        let is_open = self.settings.window.details_open;
        is_open && self.room() == Room::Narrow && self.queue.list.selected() == 1
    }

    fn list_width(&self) -> f32 {
        let details = if self.settings.window.details_open {
            DETAILS
        } else {
            0.0
        };
        let sidebar = match self.room() {
            Room::Wide => queue::SIDEBAR,
            Room::Narrow => queue::NARROW_SIDEBAR,
        };
        self.size.width - sidebar - details
    }

    /// The window's title: what a task bar shows.
    #[must_use]
    pub fn title(&self) -> String {
        match self.queue.list.total_speed() {
            0 => "Ebb".to_owned(),
            speed => format!(
                "Ebb · {}",
                crate::words::format::rate(speed, self.look.language)
            ),
        }
    }

    /// iced's theme.
    #[must_use]
    pub fn theme(&self) -> Theme {
        self.look.theme()
    }

    /// How much larger everything is than usual, as the person wants it.
    #[must_use]
    pub fn scale(&self) -> f32 {
        f32::from(self.settings.appearance.text_size.get() as u16) / 100.0
    }
}

/// Over everything while links are dragged over the window.
fn drop_here<'a>(look: Look) -> Element<'a, Message> {
    let said = row![
        glyph(Icon::Download, 24.0).color(look.colors.accent),
        strong(say!(look, "drop-here"), HEADING),
    ];
    let card = floating(container(said.spacing(12)).padding(24), ROUNDER, look);
    center(card)
        .style(move |_| container::background(look.colors.veil))
        .into()
}

/// How much room the window has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// For words in the sidebar, and for the details beside the list.
    Wide,
    /// For icons, and one thing at a time.
    Narrow,
}
