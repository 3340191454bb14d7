//! The settings: sections on the left, the fields of one of them on the right.
//!
//! Each valid change takes effect at once; what is not valid is said at its field and
//! changes nothing. The screen keeps only what is typed: all that is set is in the
//! [`Settings`] it is handed, and a change is a new whole value; limits and hours are the
//! queue's, and a change of them is a command.

mod change;
mod entry;
mod limits;
mod number;
mod page;
mod section;
mod times;

use std::fmt;
use std::path::{Path, PathBuf};

use iced::widget::{column, container, row, scrollable, space};
use iced::{Element, Fill, Task};
use jiff::Timestamp;

pub use change::Change;
pub use entry::Field;
pub use number::Number;
pub use section::Section;

use crate::app::icon::Icon;
use crate::app::look::{BODY, Look, TITLE};
use crate::app::widget::button::{Kind, labelled};
use crate::app::widget::{strong, style, upright};
use crate::queue::{Command, Snapshot};
use crate::settings::{Folder, Proxy, Settings, Trouble};
use crate::words::say;
use entry::Drafts;

/// Lines longer than this are hard to read.
const WIDTH: f32 = 640.0 + 2.0 * page::EDGE;

/// What is looked at, and what is being typed.
#[derive(Clone, Default)]
pub struct State {
    section: Section,
    drafts: Drafts,
    limits: limits::State,
    times: times::State,
    /// Where files go if no folder is set.
    usual_folder: Option<PathBuf>,
}

/// What the screen shows that is not its own.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// What is set.
    pub settings: &'a Settings,
    /// What happened to the settings' file, if anything did.
    pub trouble: Option<&'a Trouble>,
    /// The engine's latest.
    pub snapshot: &'a Snapshot,
    /// Now.
    pub now: Timestamp,
}

/// What a person does here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Looks at a section.
    Opened(Section),
    /// Chooses one of several, or turns a switch.
    Set(Change),
    /// Types into a field.
    Typed(Field, String),
    /// What was typed holds (of what is no value before it is whole).
    Entered(Field),
    /// Presses − or + beside a number.
    Stepped(Number, bool),
    /// Wants a proxy of their own, and has yet to say which.
    OwnProxy,
    /// Looks for a folder in the system's dialog.
    ChooseFolder,
    /// Found one there, or none.
    FolderChosen(Option<PathBuf>),
    /// About the limits.
    Limits(limits::Message),
    /// About the hours of the week.
    Times(times::Message),
    /// Wants the queue as a file.
    Export,
    /// Wants a queue from a file.
    Import,
    /// Has seen enough.
    Back,
}

/// What the parent is to do.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "moved once, after a press")]
pub enum Action {
    /// Nothing.
    None,
    /// Run this.
    Run(Task<Message>),
    /// Apply these settings and save them.
    Changed(Box<Settings>),
    /// Ask this of the queue.
    Command(Command),
    /// Ask where to, and export the queue.
    Export,
    /// Ask from where, and import a queue.
    Import,
    /// Close the screen.
    Back,
}

impl State {
    /// The screen as it opens.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        let mut without = settings.clone();
        without.downloads.folder = None;
        Self {
            usual_folder: without.download_folder(),
            ..Self::default()
        }
    }

    /// What comes of a message. Nothing has been changed but by [`Action::Changed`].
    pub fn update(&mut self, message: Message, settings: &Settings, snapshot: &Snapshot) -> Action {
        match message {
            Message::Opened(section) => self.open(section),
            Message::Set(change) => self.set(change, settings),
            Message::Typed(field, text) => self.typed(field, text, settings),
            Message::Entered(field) => self.entered(field, settings),
            Message::Stepped(number, up) => self.stepped(number, up, settings),
            Message::OwnProxy => self.own_proxy(settings),
            Message::ChooseFolder => Action::Run(self.choose_folder(settings)),
            Message::FolderChosen(path) => self.folder_chosen(path, settings),
            Message::Limits(message) => asked(self.limits.update(message, snapshot)),
            Message::Times(message) => asked(self.times.update(message, snapshot)),
            Message::Export => Action::Export,
            Message::Import => Action::Import,
            Message::Back => Action::Back,
        }
    }

    fn open(&mut self, section: Section) -> Action {
        self.section = section;
        self.drafts.clear();
        (self.limits, self.times) = Default::default();
        Action::None
    }

    fn set(&mut self, change: Change, settings: &Settings) -> Action {
        if matches!(change, Change::Proxy(_)) {
            self.drafts.remove(&Field::Proxy);
        }
        changed(settings, change.made(settings))
    }

    fn typed(&mut self, field: Field, text: String, settings: &Settings) -> Action {
        let read = field.read(&text, settings);
        self.drafts.insert(field, text);
        // The beginning of a proxy's URL is one, too: a password in it would pass for a port.
        match read {
            Ok(new) if field != Field::Proxy => changed(settings, new),
            _ => Action::None,
        }
    }

    fn entered(&mut self, field: Field, settings: &Settings) -> Action {
        let read = self
            .drafts
            .get(&field)
            .map(|text| field.read(text, settings));
        match read {
            Some(Ok(new)) => {
                self.drafts.remove(&field);
                changed(settings, new)
            }
            _ => Action::None,
        }
    }

    fn stepped(&mut self, number: Number, up: bool, settings: &Settings) -> Action {
        self.drafts.remove(&Field::Number(number));
        let new = number.stepped(settings, up);
        new.map_or(Action::None, |new| changed(settings, new))
    }

    fn own_proxy(&mut self, settings: &Settings) -> Action {
        if !matches!(settings.network.proxy, Proxy::Url(_)) {
            self.drafts.insert(Field::Proxy, String::new());
        }
        Action::None
    }

    fn choose_folder(&self, settings: &Settings) -> Task<Message> {
        let chosen = settings.downloads.folder.as_ref().map(Folder::path);
        let mut dialog = rfd::AsyncFileDialog::new();
        if let Some(folder) = chosen.or(self.usual_folder.as_deref()) {
            dialog = dialog.set_directory(folder);
        }
        let path = |handle: rfd::FileHandle| handle.path().to_owned();
        Task::perform(dialog.pick_folder(), move |handle| {
            Message::FolderChosen(handle.map(path))
        })
    }

    /// As if it had been typed, so that one that cannot be set is told of at the field.
    fn folder_chosen(&mut self, path: Option<PathBuf>, settings: &Settings) -> Action {
        let Some(path) = path else {
            return Action::None;
        };
        let Ok(folder) = Folder::try_from(path.clone()) else {
            let text = path.to_string_lossy().into_owned();
            self.drafts.insert(Field::Folder, text);
            return Action::None;
        };
        self.drafts.remove(&Field::Folder);
        let mut new = settings.clone();
        new.downloads.folder = Some(folder);
        changed(settings, new)
    }

    /// It shows which hour it is.
    #[must_use]
    pub fn shows_time(&self) -> bool {
        self.section == Section::Times
    }

    fn usual_folder(&self) -> String {
        let path = self.usual_folder.as_deref().map(Path::to_string_lossy);
        path.unwrap_or_default().into_owned()
    }

    /// The screen.
    pub fn view<'a>(&'a self, around: Around<'a>, look: Look) -> Element<'a, Message> {
        let trouble = around.trouble.map(|trouble| trouble.explain(look.language));
        let title = strong(look.say(self.section.word()), TITLE).color(look.colors.text);
        let page = column![page::inset(title)]
            .push(trouble.map(|trouble| page::banner(trouble, look)))
            .push(page::of(self, around, look))
            .spacing(24)
            .max_width(WIDTH);
        let page = scrollable(container(page).padding([28, 24]).width(Fill))
            .direction(style::bar())
            .style(move |_, status| style::scroll(look, status))
            .width(Fill)
            .height(Fill);
        row![
            self.sidebar(look),
            upright(look),
            on(look.colors.surface, page.into())
        ]
        .into()
    }

    fn sidebar<'a>(&'a self, look: Look) -> Element<'a, Message> {
        let back = labelled(
            look,
            Kind::Quiet,
            Icon::ChevronLeft,
            say!(look, "settings-back"),
        )
        .id("settings.back")
        .on_press(Message::Back);
        let title = container(strong(say!(look, "settings-title"), BODY).color(look.colors.muted));
        let sections = Section::ALL.map(|section| {
            let kind = if section == self.section {
                Kind::Chosen
            } else {
                Kind::Quiet
            };
            labelled(look, kind, section.icon(), look.say(section.word()))
                .width(Fill)
                .on_press(Message::Opened(section))
                .into()
        });
        let content = column![back, title.padding([0, 12]), column(sections).spacing(2)];
        let content = container(content.spacing(16))
            .padding([14, 10])
            .width(200)
            .height(Fill);
        on(look.colors.sidebar, column![content, space()].into())
    }
}

/// Without what is typed: there may be a proxy's password in it.
impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("settings::State").finish_non_exhaustive()
    }
}

fn on(color: iced::Color, content: Element<'_, Message>) -> Element<'_, Message> {
    container(content).style(move |_| color.into()).into()
}

/// What is to be asked of the queue, if anything.
fn asked(command: Option<Command>) -> Action {
    command.map_or(Action::None, Action::Command)
}

/// The new settings, where they are new.
fn changed(old: &Settings, new: Settings) -> Action {
    if new == *old {
        return Action::None;
    }
    Action::Changed(Box::new(new))
}

#[cfg(test)]
mod tests;
