//! The details of the chosen group: how fast, which bytes, from where and where to, its
//! files, its properties, and what has happened to it.
//!
//! The panel asks nobody: whoever shows it hands in what it [wants](State::wants). What is
//! kept of a group (the file that is looked at, what was typed) ends with the choice of
//! another one; only the samples of speed are kept of each group that runs.

mod about;
mod facts;
mod files;
mod head;
mod log;
mod overview;
mod properties;
mod rates;
mod remedy;
mod several;
mod trouble;

use std::path::PathBuf;

use iced::widget::scrollable::Viewport;
use iced::widget::{Column, column, container, keyed_column, scrollable};
use iced::{Element, Fill, Padding};
use jiff::Timestamp;

use crate::app::dialog::change;
use crate::app::look::Look;
use crate::app::widget::rule;
use crate::app::widget::style::scroll;
use crate::engine::{Entry, Inspection};
use crate::queue::{
    Command, FileId, GroupId, GroupView, Notify, Priority, Property, Refusal, Snapshot,
};

use about::{About, Place};
use files::Sight;
pub use properties::Field;
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
    /// What was typed for a group is refused.
    Refused(GroupId, Field, Refusal),
    /// Onto the clipboard.
    Copy(String),
    /// Enough.
    Close,
}

/// What comes of it.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "moved once, after a press")]
pub enum Action {
    /// Nothing but what is seen.
    None,
    /// Down to the engine.
    Command(Command),
    /// The same of what was typed: a refusal comes back, to this field.
    Apply(GroupId, Field, Property),
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

    /// What should be asked for while this group is chosen.
    #[must_use]
    pub fn wants(&self, group: &GroupView) -> Option<Want> {
        let file = self.about(group).next(group);
        let want = Want {
            file: file.map(|file| file.id),
            journal: (self.tab == Tab::Log).then_some(group.id),
        };
        (want.file.is_some() || want.journal.is_some()).then_some(want)
    }

    /// The log is shown.
    #[must_use]
    pub fn shows_log(&self) -> bool {
        self.tab == Tab::Log
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
                // (The answer about a file of another group is none any more.)
                if let Some(place) = group.and_then(|group| Place::of(file, group)) {
                    self.about.seen = seen.map(|seen| (place, seen));
                }
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
            Message::Refused(of, field, refusal) if self.about.group == Some(of) => {
                self.about.form.refused(field, refusal);
            }
            Message::Refused(..) => {}
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
                    Action::Apply(group.id, field, property)
                })
            }
            Message::Priority(priority) => {
                Action::Command(Command::SetPriority(vec![group.id], priority))
            }
            Message::Notify(notify) => {
                let property = Property::Notify(notify);
                Action::Command(Command::Set(group.id, vec![property]))
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
        let head = column![head::head(group, look), head::tabs(self.tab, look)].spacing(12);
        column![
            container(head).padding(Padding::new(EDGE).bottom(0)),
            container(rule(look)).padding([0.0, EDGE]),
            // Where it was scrolled to, and where the focus was, is of this group and part.
            keyed_column([((group.id, self.tab as u8), body)]).height(Fill),
        ]
        .into()
    }
}

fn scrolled<'a>(look: Look, content: Column<'a, Message>) -> Element<'a, Message> {
    scrollable(content.padding(EDGE).width(Fill))
        .height(Fill)
        .style(move |_, status| scroll(look, status))
        .into()
}

#[cfg(test)]
mod tests;
