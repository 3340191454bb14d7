//! One or two fields to change something: what an error offers as a button, and what the menu
//! has with an ellipsis. What is typed is checked at its field; nothing is asked of the engine
//! as long as it is wrong.

use std::fmt;
use std::path::PathBuf;

use iced::widget::{column, row, space};
use iced::{Center, Element, Fill, Task};

use super::pick;
use super::typed::{self, Mistake};
use crate::app::look::{Look, TITLE};
use crate::app::widget::button::{Kind, text_button};
use crate::app::widget::field::{field, input};
use crate::app::widget::strong;
use crate::queue::{Command, FileId, GroupId, Property};
use crate::words::{Key, key, say};

/// The first field, for the focus.
pub const FIRST: &str = "change.first";
const SECOND: &str = "change.second";

/// What is to be changed, with its value as it is.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Where a file comes from, without its password.
    Link(GroupId, FileId, String),
    /// Where to what is not complete of a group goes.
    Folder(GroupId, String),
    /// Who a group is for the server.
    SignIn(GroupId, String),
    /// A group's name.
    Rename(GroupId, String),
    /// The limit of a group, or of all.
    Limit(Option<GroupId>, Option<u64>),
}

/// What was typed.
pub struct State {
    what: What,
    first: String,
    /// The password.
    second: String,
    /// Written as `~` in paths.
    home: Option<PathBuf>,
}

/// What can happen here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Something was typed.
    First(String),
    /// Something was typed in the second field.
    Second(String),
    /// Look for a folder in the system's dialog.
    Choose,
    /// The answer.
    Chosen(Option<PathBuf>),
    /// Do it.
    Submit,
    /// Do not.
    Close,
}

/// What it says to its parent.
pub enum Action {
    /// Nothing.
    None,
    /// Ask elsewhere.
    Run(Task<Message>),
    /// It is done without.
    Close,
    /// Do this, in this order; it is done.
    Do(Vec<Command>),
}

impl State {
    /// The dialog with the value as it is.
    #[must_use]
    pub fn new(what: What) -> Self {
        let home = std::env::home_dir();
        let first = match &what {
            What::Folder(_, text) => typed::shown(text.as_ref(), home.as_deref()),
            What::Link(_, _, text) | What::SignIn(_, text) | What::Rename(_, text) => text.clone(),
            What::Limit(_, limit) => limit.map(typed::shown_rate).unwrap_or_default(),
        };
        Self {
            what,
            first,
            second: String::new(),
            home,
        }
    }

    /// Takes what happened.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::First(text) => self.first = text,
            Message::Second(text) => self.second = text,
            Message::Choose => {
                let begin = typed::folder(&self.first, self.home.as_deref()).ok();
                return Action::Run(pick::folder(begin).map(Message::Chosen));
            }
            Message::Chosen(None) => {}
            Message::Chosen(Some(folder)) => {
                self.first = typed::shown(&folder, self.home.as_deref());
            }
            Message::Submit => return self.submit(),
            Message::Close => return Action::Close,
        }
        Action::None
    }

    /// Does it, where nothing is wrong.
    pub fn submit(&mut self) -> Action {
        self.commands().map_or(Action::None, Action::Do)
    }

    /// What is to be done.
    fn commands(&self) -> Result<Vec<Command>, Mistake> {
        let commands = match &self.what {
            What::Link(group, file, _) => vec![
                Command::SetLink(*file, typed::link(&self.first)?),
                // Who mends a link wants to have the file.
                Command::Resume(vec![*group]),
            ],
            What::Folder(group, _) => {
                let folder = typed::folder(&self.first, self.home.as_deref())?;
                let resume = Command::Resume(vec![*group]);
                vec![Command::SetFolder(*group, folder), resume]
            }
            What::SignIn(id, _) => self.sign_in(*id)?,
            What::Rename(id, _) => {
                vec![Command::Set(
                    *id,
                    vec![Property::Name(typed::name(&self.first)?)],
                )]
            }
            What::Limit(Some(id), _) => {
                vec![Command::Set(
                    *id,
                    vec![Property::Limit(typed::rate(&self.first)?)],
                )]
            }
            What::Limit(None, _) => vec![Command::Limit(typed::rate(&self.first)?)],
        };
        Ok(commands)
    }

    /// A user and a password, and another try with them; both empty are none.
    fn sign_in(&self, id: GroupId) -> Result<Vec<Command>, Mistake> {
        let given = typed::credentials(&self.first, &self.second)?;
        let (user, password) = given.map_or_else(Default::default, |it| (it.user, it.password));
        Ok(vec![
            Command::Set(id, vec![Property::User(user), Property::Password(password)]),
            Command::Resume(vec![id]),
        ])
    }

    /// The dialog.
    #[must_use]
    pub fn view(&self, look: Look) -> Element<'_, Message> {
        let wrong = self.commands().err();
        let is_ready = wrong.is_none();
        let (title, label) = self.keys();
        let ok = text_button(look, Kind::Primary, say!(look, "change-ok"))
            .on_press_maybe(is_ready.then_some(Message::Submit));
        let close =
            text_button(look, Kind::Plain, say!(look, "add-close")).on_press(Message::Close);
        let dialog = column![
            strong(look.say(title), TITLE),
            self.first(label, wrong, look),
            self.second(look),
            row![space().width(Fill), close, ok].spacing(8),
        ];
        dialog.spacing(16).into()
    }

    /// The keys of the title and of the first field's name.
    fn keys(&self) -> (Key, Key) {
        match self.what {
            What::Link(..) => (key!("change-link"), key!("change-link-field")),
            What::Folder(..) => (key!("remedy-choose-folder"), key!("add-folder")),
            What::SignIn(..) => (key!("change-sign-in"), key!("add-user")),
            What::Rename(..) => (key!("change-name"), key!("add-name")),
            What::Limit(Some(_), _) => (key!("change-group-limit"), key!("change-limit-field")),
            What::Limit(None, _) => (key!("change-limit"), key!("change-limit-field")),
        }
    }

    fn first(&self, label: Key, wrong: Option<Mistake>, look: Look) -> Element<'_, Message> {
        let empty = match self.what {
            What::Limit(..) => say!(look, "add-limit-none"),
            _ => String::new(),
        };
        let input = input(look, &empty, &self.first, wrong.is_some())
            .id(FIRST)
            .on_input(Message::First)
            .on_submit(Message::Submit);
        let choose = matches!(self.what, What::Folder(..)).then(|| {
            text_button(look, Kind::Link, say!(look, "add-choose"))
                .padding([8, 8])
                .on_press(Message::Choose)
        });
        let input = row![input].push(choose).spacing(4).align_y(Center);
        let wrong = wrong.map(|wrong| wrong.explain(look.language));
        field(look, look.say(label), input, wrong)
    }

    /// The password, where one is asked for.
    fn second(&self, look: Look) -> Option<Element<'_, Message>> {
        if !matches!(self.what, What::SignIn(..)) {
            return None;
        }
        let input = input(look, "", &self.second, false)
            .id(SECOND)
            .secure(true)
            .on_input(Message::Second)
            .on_submit(Message::Submit);
        Some(field(look, say!(look, "add-password"), input, None))
    }
}

/// Without what was typed: there may be secrets in it.
impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("change::State").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
