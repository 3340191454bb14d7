//! Before a group with finished files is cancelled: what happens to those?

use iced::widget::{column, row, space, text};
use iced::{Element, Fill};

use crate::app::look::{BODY, Look, TITLE};
use crate::app::widget::button::{Kind, text_button};
use crate::app::widget::strong;
use crate::queue::GroupId;
use crate::words::{Key, key, say};

/// What is asked about.
#[derive(Debug, Clone)]
pub struct State {
    /// Which groups.
    pub ids: Vec<GroupId>,
    /// How many of their files are complete.
    pub finished: u64,
}

/// What can be said here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Cancel, and leave what is finished.
    Keep,
    /// Cancel, and delete what is finished, too.
    Delete,
    /// Do not cancel.
    Close,
}

/// What comes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Cancel these.
    Cancel {
        /// Which.
        ids: Vec<GroupId>,
        /// Their finished files go, too.
        delete_finished: bool,
    },
    /// Nothing.
    Close,
}

impl State {
    /// The answer.
    #[must_use]
    pub fn update(&self, message: &Message) -> Action {
        let delete_finished = match message {
            Message::Close => return Action::Close,
            Message::Keep => false,
            Message::Delete => true,
        };
        Action::Cancel {
            ids: self.ids.clone(),
            delete_finished,
        }
    }

    /// The question.
    #[must_use]
    pub fn view(&self, look: Look) -> Element<'_, Message> {
        let (groups, files) = (self.ids.len(), self.finished);
        let question = say!(look, "cancel-text", groups = groups, files = files);
        let button = |kind, key: Key| text_button(look, kind, look.say(key));
        column![
            strong(say!(look, "cancel-title"), TITLE),
            text(question).size(BODY).color(look.colors.muted),
            row![
                button(Kind::Danger, key!("cancel-delete")).on_press(Message::Delete),
                space().width(Fill),
                button(Kind::Plain, key!("cancel-not")).on_press(Message::Close),
                button(Kind::Primary, key!("cancel-keep"))
                    .id("cancel-keep")
                    .on_press(Message::Keep),
            ]
            .spacing(8),
        ]
        .spacing(16)
        .into()
    }
}
