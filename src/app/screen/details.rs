//! The details of the chosen group: how fast, which bytes, from where and where to, its
//! files, its properties, and what has happened to it.
//!
//! The panel asks nobody: whoever shows it hands in what it [wants](State::wants). What is
//! kept of a group (the file that is looked at, what was typed) ends with the choice of
//! another one; only the samples of speed are kept of each group that runs.

mod facts;
mod files;
mod log;
mod overview;
mod properties;
mod rates;
mod remedy;
mod several;
mod trouble;

use std::path::PathBuf;

use iced::widget::scrollable::Viewport;
use iced::widget::{Column, column, container, keyed_column, row, scrollable, space, text};
use iced::{Element, Fill, Task};
use jiff::Timestamp;

use crate::app::dialog::change;
use crate::app::icon::Icon;
use crate::app::list;
use crate::app::look::{BODY, HEADING, Look, MEDIUM};
use crate::app::widget::button::{Kind, button};
use crate::app::widget::status::badges;
use crate::app::widget::style::scroll;
use crate::app::widget::{icon_button, rule, strong};
use crate::download::State as FileState;
use crate::engine::{Entry, Inspection};
use crate::queue::snapshot::FileView;
use crate::queue::{Command, FileId, GroupId, GroupView, Notify, Priority, Refusal, Snapshot};
use crate::words::clean::clean;
use crate::words::{Key, key, say, status};

use files::Sight;
use properties::{Field, Form};
use rates::Rates;
pub use remedy::Remedy;
pub use several::Several;

/// Between the panel's edge and what is in it.
const EDGE: f32 = 20.0;

/// What is shown of a group, and what was typed.
#[derive(Debug, Default)]
pub struct State {
    tab: Tab,
    about: About,
    /// Stands in while nothing is known of the chosen group yet.
    nothing: About,
    rates: Rates,
    /// Written as `~` in paths.
    home: Option<PathBuf>,
}

/// What is known of one group beside its view.
#[derive(Debug, Default)]
struct About {
    group: Option<GroupId>,
    /// The file that was pressed.
    pinned: Option<Place>,
    seen: Option<(Place, Inspection)>,
    log: Vec<Entry>,
    sight: Sight,
    form: Form,
}

/// A file, and where in the group it was found the last time.
#[derive(Debug, Clone, Copy)]
struct Place {
    id: FileId,
    at: usize,
}

/// Which part is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tab {
    /// What matters most.
    #[default]
    Overview,
    /// Its files.
    Files,
    /// What it was told.
    Properties,
    /// What has happened.
    Log,
}

const TABS: [(Tab, Key); 4] = [
    (Tab::Overview, key!("details-overview")),
    (Tab::Files, key!("details-files")),
    (Tab::Properties, key!("details-properties")),
    (Tab::Log, key!("details-log")),
];

/// What is to be asked of the engine for the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Want {
    /// Look closely at this file.
    pub file: Option<FileId>,
    /// Read this group's journal.
    pub journal: Option<GroupId>,
}

/// What can be said here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Another part.
    Tab(Tab),
    /// A close look at a file; none, where it is gone.
    Inspected(FileId, Option<Inspection>),
    /// What has happened to a group, oldest first.
    Journal(GroupId, Vec<Entry>),
    /// The files were moved.
    Scrolled(Viewport),
    /// Look at this file.
    Pin(FileId),
    /// Open it.
    Open(PathBuf),
    /// Show it in its folder.
    Show(PathBuf),
    /// Try this against what went wrong.
    Try(Remedy),
    /// Something was typed.
    Typed(Field, String),
    /// What was typed holds.
    Apply(Field),
    /// Another priority.
    Priority(Priority),
    /// Told of other things.
    Notify(Notify),
    /// The property that was set last is refused.
    Refused(Refusal),
    /// Onto the clipboard.
    Copy(String),
    /// Enough.
    Close,
}

/// What comes of it.
#[derive(Debug)]
pub enum Action {
    /// Nothing but what is seen.
    None,
    /// Something that takes time.
    Run(Task<Message>),
    /// Down to the engine.
    Command(Command),
    /// Several of them.
    Commands(Vec<Command>),
    /// Open this file or folder.
    Open(PathBuf),
    /// Show this file in its folder.
    ShowInFolder(PathBuf),
    /// Ask the person for something else in its place.
    Change(change::What),
    /// Onto the clipboard.
    Copy(String),
    /// The panel goes.
    Close,
}

impl State {
    /// Nothing seen yet.
    #[must_use]
    pub fn new() -> Self {
        let user = directories::UserDirs::new();
        Self {
            home: user.map(|user| user.home_dir().to_owned()),
            ..Self::default()
        }
    }

    /// A sample of every group's speed, at most two a second.
    pub fn sample(&mut self, snapshot: &Snapshot, now: Timestamp) {
        self.rates.sample(&snapshot.groups, self.about.group, now);
    }

    /// What should be asked for while this group is chosen: the file that was pressed, else
    /// one that runs (the same one for as long as it does), else the first.
    #[must_use]
    pub fn wants(&self, group: &GroupView) -> Option<Want> {
        let about = self.about(group);
        let seen = about.seen.as_ref().and_then(|(place, _)| place.find(group));
        let pinned = about.pinned.and_then(|place| place.find(group));
        let file = pinned
            .or(seen.filter(|file| file.state.is_running()))
            .or_else(|| first_running(group))
            .or(seen)
            .or_else(|| list::files(group).next());
        let want = Want {
            file: file.map(|file| file.id),
            journal: (self.tab == Tab::Log).then_some(group.id),
        };
        (want.file.is_some() || want.journal.is_some()).then_some(want)
    }

    /// Takes a message in; `group` is the one that is chosen.
    pub fn update(&mut self, message: Message, group: Option<&GroupView>) -> Action {
        if let Some(group) = group
            && self.about.group != Some(group.id)
        {
            self.about = About {
                group: Some(group.id),
                ..About::default()
            };
        }
        match message {
            Message::Tab(tab) => self.tab = tab,
            Message::Inspected(file, seen) => {
                let place = group.and_then(|group| Place::of(file, group));
                self.about.seen = place.zip(seen);
            }
            Message::Journal(of, entries) if self.about.group == Some(of) => {
                self.about.log = entries;
            }
            Message::Journal(..) => {}
            Message::Scrolled(viewport) => self.about.sight = Sight::of(viewport),
            Message::Pin(file) => {
                self.about.pinned = group.and_then(|group| Place::of(file, group));
            }
            Message::Open(path) => return Action::Open(path),
            Message::Show(path) => return Action::ShowInFolder(path),
            Message::Copy(text) => return Action::Copy(text),
            Message::Close => return Action::Close,
            Message::Typed(field, text) => self.about.form.typed(field, text),
            Message::Refused(refusal) => self.about.form.refused(refusal),
            about_group => return group.map_or(Action::None, |group| self.ask(about_group, group)),
        }
        Action::None
    }

    /// What cannot be asked without a group.
    fn ask(&mut self, message: Message, group: &GroupView) -> Action {
        match message {
            Message::Try(remedy) => trouble::act(remedy, self.about(group), group),
            Message::Apply(field) => {
                let property = self.about.form.apply(field, &group.properties);
                property.map_or(Action::None, |property| {
                    Action::Command(Command::Set(group.id, property))
                })
            }
            Message::Priority(priority) => {
                Action::Command(Command::SetPriority(vec![group.id], priority))
            }
            Message::Notify(notify) => {
                let property = crate::queue::Property::Notify(notify);
                Action::Command(Command::Set(group.id, property))
            }
            _ => Action::None,
        }
    }

    fn about(&self, group: &GroupView) -> &About {
        if self.about.group == Some(group.id) {
            &self.about
        } else {
            &self.nothing
        }
    }

    /// The panel: of one group, of several, or of none.
    #[must_use]
    pub fn view<'a>(
        &'a self,
        group: Option<&'a GroupView>,
        several: Option<Several>,
        now: Timestamp,
        look: Look,
    ) -> Element<'a, Message> {
        let content = match (several, group) {
            (Some(several), _) => several.view(look),
            (None, Some(group)) => self.one(group, now, look),
            (None, None) => several::none(look),
        };
        container(content)
            .width(Fill)
            .height(Fill)
            .style(move |_| container::background(look.colors.background))
            .into()
    }

    fn one<'a>(&'a self, group: &'a GroupView, now: Timestamp, look: Look) -> Element<'a, Message> {
        let about = self.about(group);
        let body = match self.tab {
            Tab::Overview => scrolled(look, overview::view(self, about, group, now, look)),
            Tab::Files => files::view(about, group, look),
            Tab::Properties => scrolled(look, properties::view(about, group, now, look)),
            Tab::Log => scrolled(look, log::view(&about.log, group, now, look)),
        };
        let head = column![head(group, look), self.tabs(look)].spacing(12);
        column![
            container(head).padding(iced::Padding::new(EDGE).bottom(0)),
            container(rule(look)).padding([0.0, EDGE]),
            // Where it was scrolled to, and where the focus was, is of this group and part.
            keyed_column([((group.id, self.tab as u8), body)]).height(Fill),
        ]
        .into()
    }

    fn tabs<'a>(&self, look: Look) -> Element<'a, Message> {
        let tabs = TABS.map(|(tab, key)| {
            let is_chosen = tab == self.tab;
            let color = if is_chosen { look.colors.text } else { look.colors.muted };
            let under = if is_chosen { look.colors.accent } else { iced::Color::TRANSPARENT };
            let press = button(look, Kind::Quiet, strong(look.language.say(key), BODY).color(color))
                .padding([6, 0])
                .on_press(Message::Tab(tab));
            let under = container(space())
                .width(Fill)
                .height(2)
                .style(move |_| container::background(under));
            column![press, under].into()
        });
        iced::widget::Row::with_children(tabs).spacing(16).into()
    }
}

impl Place {
    fn of(id: FileId, group: &GroupView) -> Option<Self> {
        let at = list::files(group).position(|file| file.id == id)?;
        Some(Self { id, at })
    }

    /// The file as it is now. Files keep their places: it is looked for nowhere else.
    fn find(self, group: &GroupView) -> Option<&FileView> {
        files::slice(group, self.at..self.at + 1)
            .first()
            .copied()
            .filter(|file| file.id == self.id)
    }
}

impl About {
    /// The file that is looked at.
    fn file<'a>(&self, group: &'a GroupView) -> Option<&'a FileView> {
        self.pinned
            .and_then(|place| place.find(group))
            .or_else(|| self.seen.as_ref()?.0.find(group))
            .or_else(|| list::files(group).next())
    }

    /// What was seen of this file.
    fn inspection(&self, file: FileId) -> Option<&Inspection> {
        let (place, seen) = self.seen.as_ref()?;
        (place.id == file).then_some(seen)
    }
}

/// Jobs of which nothing runs are passed over.
fn first_running(group: &GroupView) -> Option<&FileView> {
    let runs = |state: FileState| matches!(state, FileState::Transferring | FileState::Connecting);
    let mut jobs = group.jobs.iter().filter(|job| runs(job.state) || job.state == FileState::Verifying);
    jobs.find_map(|job| job.files.iter().flat_map(|chunk| chunk.iter()).find(|file| runs(file.state)))
}

/// Two lines of name at most, and how it stands.
fn head<'a>(group: &GroupView, look: Look) -> Element<'a, Message> {
    let first = list::first_name(group);
    let name = status::name(&group.properties.name, first.as_deref(), look.language);
    let name = text(clean(&name))
        .size(HEADING)
        .font(MEDIUM)
        .line_height(1.3)
        .color(look.colors.text)
        .wrapping(text::Wrapping::WordOrGlyph);
    let name = container(name)
        .width(Fill)
        .max_height((2.0 * HEADING * 1.3).ceil())
        .clip(true);
    let close = icon_button(look, Icon::X, say!(look.language, "close-details"), Some(Message::Close));
    column![
        row![name, close].spacing(8),
        iced::widget::Row::with_children(badges(group, look)).spacing(6).wrap(),
    ]
    .spacing(8)
    .into()
}

fn scrolled<'a>(look: Look, content: Column<'a, Message>) -> Element<'a, Message> {
    scrollable(content.padding(EDGE).width(Fill))
        .height(Fill)
        .style(move |_, status| scroll(look, status))
        .into()
}

#[cfg(test)]
mod tests;
