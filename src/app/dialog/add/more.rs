//! What few want to say of a download: connections, sign-in, headers, checksum, limit.
//!
//! An empty field leaves it to the settings. Nothing here is a value yet: each is read when
//! it is shown or asked for, so that the field and its mistake are never out of step.

mod view;

use iced::widget::text_editor::{Action, Content};

use super::editor;
use crate::app::dialog::typed::{self, Mistake};
use crate::download::digest::Checksum;
use crate::queue::command::Credentials;
use crate::queue::{ConflictRule, Priority};
use crate::settings::{Bounded, Settings};

/// What was typed and chosen.
pub struct State {
    /// Among what is in the background.
    priority: Priority,
    on_conflict: ConflictRule,
    connections: String,
    parallel: String,
    limit: String,
    user: String,
    password: String,
    checksum: String,
    headers: Content,
    /// What empty fields mean: connections, parallel.
    usual: (u32, u32),
}

/// What can be done here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Another place among what is in the background.
    Priority(Priority),
    /// Another rule for names that are taken.
    OnConflict(ConflictRule),
    /// Something else in a field.
    Typed(Field, String),
    /// The same in the field of headers.
    Headers(Action),
}

/// The fields of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Most connections a file.
    Connections,
    /// Most files at a time.
    Parallel,
    /// Bytes a second.
    Limit,
    /// For the server.
    User,
    /// For the server.
    Password,
    /// Of the one file.
    Checksum,
}

/// All of it, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Extras {
    /// Among what is in the background.
    pub priority: Priority,
    /// What to do when the name is taken.
    pub on_conflict: ConflictRule,
    /// Most connections a file.
    pub connections: Option<usize>,
    /// Most files at a time.
    pub parallel: Option<usize>,
    /// Bytes a second.
    pub limit: Option<u64>,
    /// For the server.
    pub credentials: Option<Credentials>,
    /// Of the one file.
    pub checksum: Option<Checksum>,
    /// Of the person's own.
    pub headers: Vec<(String, String)>,
}

impl State {
    /// Nothing said.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        let downloads = &settings.downloads;
        Self {
            priority: Priority::Normal,
            on_conflict: downloads.on_conflict.into(),
            connections: String::new(),
            parallel: String::new(),
            limit: String::new(),
            user: String::new(),
            password: String::new(),
            checksum: String::new(),
            headers: Content::new(),
            usual: (downloads.connections.get(), downloads.parallel.get()),
        }
    }

    /// Takes what was typed or chosen.
    pub fn update(&mut self, message: Message) {
        match message {
            Message::Priority(priority) => self.priority = priority,
            Message::OnConflict(rule) => self.on_conflict = rule,
            Message::Typed(field, text) => *self.field(field) = text,
            Message::Headers(action) => editor::perform(&mut self.headers, action),
        }
    }

    fn field(&mut self, field: Field) -> &mut String {
        match field {
            Field::Connections => &mut self.connections,
            Field::Parallel => &mut self.parallel,
            Field::Limit => &mut self.limit,
            Field::User => &mut self.user,
            Field::Password => &mut self.password,
            Field::Checksum => &mut self.checksum,
        }
    }

    /// What to do when the name is taken.
    #[must_use]
    pub fn on_conflict(&self) -> ConflictRule {
        self.on_conflict
    }

    /// All that was said, for so many links.
    ///
    /// # Errors
    /// The first mistake.
    pub fn read(&self, links: usize) -> Result<Extras, Mistake> {
        Ok(Extras {
            priority: self.priority,
            on_conflict: self.on_conflict,
            connections: self.connections()?,
            parallel: self.parallel()?,
            limit: typed::rate(&self.limit)?,
            credentials: typed::credentials(&self.user, &self.password)?,
            checksum: typed::checksum(&self.checksum, links)?,
            headers: self.headers()?,
        })
    }

    fn connections(&self) -> Result<Option<usize>, Mistake> {
        let number: Option<Bounded<1, 64, 8>> = typed::number(&self.connections)?;
        Ok(number.map(|number| number.get() as usize))
    }

    fn parallel(&self) -> Result<Option<usize>, Mistake> {
        let number: Option<Bounded<1, 256, 8>> = typed::number(&self.parallel)?;
        Ok(number.map(|number| number.get() as usize))
    }

    fn headers(&self) -> Result<Vec<(String, String)>, Mistake> {
        typed::headers(self.headers.lines().map(|line| line.text))
    }
}
