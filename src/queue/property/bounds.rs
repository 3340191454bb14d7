//! Properties as text, and the bounds of their values.

use super::{Granularity, Notify, PRIORITIES, Priority, Properties, Property};
use crate::pace::speed;
use crate::queue::command::{Credentials, Refusal};

/// Most characters of a name.
pub const NAME: usize = 256;
/// Most characters of a description.
pub const DESCRIPTION: usize = 1024;
/// Most characters of a user's name, and of a password.
const SECRET: usize = 1024;
/// Most bytes of a command, all its words together.
const COMMAND: usize = 32 * 1024;
/// Most connections of one file.
const CONNECTIONS: usize = 64;
/// Most files of a group at a time.
const PARALLEL: usize = 256;

impl Property {
    /// Reads `NAME=VALUE` of the command line: `name`, `description`, `priority`, `limit`,
    /// `connections`, `parallel`, `user`, `password`, `notify`, `on-complete`.
    ///
    /// # Errors
    /// `NotSupported` for another name, `Invalid` for a value out of bounds.
    pub fn parse(name: &str, value: &str) -> Result<Self, Refusal> {
        let property = match name {
            "name" => Self::Name(value.to_owned()),
            "description" => Self::Description(value.to_owned()),
            "priority" => Self::Priority(Priority::parse(value)?),
            "limit" => Self::Limit(parse_rate(value)?),
            "connections" => Self::Connections(parse_count(name, value)?),
            "parallel" => Self::Parallel(parse_count(name, value)?),
            "user" => Self::User(value.to_owned()),
            "password" => Self::Password(value.to_owned()),
            "notify" => Self::Notify(Notify::parse(value)?),
            "on-complete" => Self::OnComplete(parse_words(value)?),
            _ => return Err(Refusal::NotSupported),
        };
        property.check()?;
        Ok(property)
    }

    /// Its name, as [`parse`](Self::parse) reads it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Name(_) => "name",
            Self::Description(_) => "description",
            Self::Priority(_) => "priority",
            Self::Limit(_) => "limit",
            Self::Connections(_) => "connections",
            Self::Parallel(_) => "parallel",
            Self::User(_) => "user",
            Self::Password(_) => "password",
            Self::Notify(_) => "notify",
            Self::OnComplete(_) => "on-complete",
            Self::Granularity(_) => "granularity",
        }
    }

    /// Its value, as [`parse`](Self::parse) reads it; a granularity is not written.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        let or = |value: Option<String>, none: &str| value.unwrap_or_else(|| none.to_owned());
        Some(match self {
            Self::Name(text)
            | Self::Description(text)
            | Self::User(text)
            | Self::Password(text) => text.clone(),
            Self::Priority(priority) => priority.word().to_owned(),
            Self::Limit(limit) => or(limit.map(|limit| limit.to_string()), "off"),
            Self::Connections(count) | Self::Parallel(count) => {
                or(count.map(|count| count.to_string()), "default")
            }
            Self::Notify(notify) => notify.text().to_owned(),
            Self::OnComplete(words) => shell_words::join(words),
            Self::Granularity(_) => return None,
        })
    }

    /// Is the value within its bounds?
    ///
    /// # Errors
    /// `Invalid`, naming the bound.
    pub fn check(&self) -> Result<(), Refusal> {
        match self {
            Self::Name(text) => within_characters("name", text, NAME),
            Self::Description(text) => within_characters("description", text, DESCRIPTION),
            Self::Limit(Some(0)) => Err(invalid("limit: 0 would never end; off is no limit")),
            Self::Connections(Some(n)) => within("connections", *n, CONNECTIONS),
            Self::Parallel(Some(n)) => within("parallel", *n, PARALLEL),
            Self::User(text) => check_user(text),
            Self::Password(text) => within_characters("password", text, SECRET),
            Self::OnComplete(words) => within_command(words),
            Self::Granularity(granularity) => granularity.check(),
            _ => Ok(()),
        }
    }
}

impl Properties {
    /// Sets one of them.
    ///
    /// # Errors
    /// `Invalid`; nothing has changed then.
    pub fn apply(&mut self, property: Property) -> Result<(), Refusal> {
        property.check()?;
        match property {
            Property::Name(name) => self.name = name,
            Property::Description(description) => self.description = description,
            Property::Priority(priority) => self.priority = priority,
            Property::Limit(limit) => self.limit = limit,
            Property::Connections(connections) => self.connections = connections,
            Property::Parallel(parallel) => self.parallel = parallel,
            Property::User(user) => self.give(|credentials| credentials.user = user),
            Property::Password(password) => {
                self.give(|credentials| credentials.password = password)
            }
            Property::Notify(notify) => self.notify = notify,
            Property::OnComplete(words) => self.on_complete = words,
            Property::Granularity(granularity) => self.granularity = granularity,
        }
        Ok(())
    }

    /// Are all of them within their bounds?
    ///
    /// # Errors
    /// `Invalid`, for the first that is not.
    pub fn check(&self) -> Result<(), Refusal> {
        within_characters("name", &self.name, NAME)?;
        within_characters("description", &self.description, DESCRIPTION)?;
        if let Some(Credentials { user, password }) = &self.credentials {
            check_user(user)?;
            within_characters("password", password, SECRET)?;
        }
        within_command(&self.on_complete)?;
        Property::Limit(self.limit).check()?;
        Property::Connections(self.connections).check()?;
        Property::Parallel(self.parallel).check()?;
        self.granularity.check()
    }

    /// A user and a password that are both empty are none.
    fn give(&mut self, change: impl FnOnce(&mut Credentials)) {
        let none = Credentials {
            user: String::new(),
            password: String::new(),
        };
        let mut credentials = self.credentials.take().unwrap_or(none);
        change(&mut credentials);
        let is_empty = credentials.user.is_empty() && credentials.password.is_empty();
        self.credentials = (!is_empty).then_some(credentials);
    }
}

impl Priority {
    /// Reads the word of commands and JSON.
    ///
    /// # Errors
    /// `Invalid`.
    pub fn parse(word: &str) -> Result<Self, Refusal> {
        let found = PRIORITIES
            .into_iter()
            .find(|priority| priority.word() == word);
        found.ok_or_else(|| invalid("priority: foreground, high, normal or low"))
    }
}

impl Notify {
    /// Reads `done,error`, one of them, or `off`.
    ///
    /// # Errors
    /// `Invalid`.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let mut notify = Self {
            done: false,
            error: false,
        };
        if text.trim() == "off" {
            return Ok(notify);
        }
        for word in text.split(',') {
            match word.trim() {
                "done" => notify.done = true,
                "error" => notify.error = true,
                _ => return Err(invalid("notify: done,error or off")),
            }
        }
        Ok(notify)
    }

    /// The text that [`parse`](Self::parse) reads back.
    #[must_use]
    pub fn text(self) -> &'static str {
        match (self.done, self.error) {
            (true, true) => "done,error",
            (true, false) => "done",
            (false, true) => "error",
            (false, false) => "off",
        }
    }
}

impl Granularity {
    fn check(&self) -> Result<(), Refusal> {
        let zero = self.bytes == Some(0) || self.milliseconds == Some(0);
        match self.percent {
            Some(percent) if !(1..=100).contains(&percent) => {
                Err(invalid("granularity: 1 to 100 percent"))
            }
            _ if zero => Err(invalid("granularity: not 0")),
            _ => Ok(()),
        }
    }
}

/// Reads a rate in bytes a second: `500k`, `1.5M`, plain bytes, `off`. As with curl, k is 1,024.
///
/// # Errors
/// `Invalid`; 0 is none.
pub fn parse_rate(text: &str) -> Result<Option<u64>, Refusal> {
    let text = text.trim();
    if text == "off" {
        return Ok(None);
    }
    speed::parse(text)
        .map(Some)
        .ok_or_else(|| invalid("limit: bytes a second, as 500k, 2M or off"))
}

fn parse_count(name: &str, text: &str) -> Result<Option<usize>, Refusal> {
    match text.trim() {
        "default" => Ok(None),
        number => number
            .parse()
            .map(Some)
            .map_err(|_| invalid(&format!("{name}: a number, or default"))),
    }
}

fn parse_words(text: &str) -> Result<Vec<String>, Refusal> {
    shell_words::split(text).map_err(|_| invalid("on-complete: a quote is not closed"))
}

fn within(name: &str, number: usize, most: usize) -> Result<(), Refusal> {
    if (1..=most).contains(&number) {
        return Ok(());
    }
    Err(invalid(&format!("{name}: 1 to {most}")))
}

fn check_user(user: &str) -> Result<(), Refusal> {
    if user.contains(|c: char| c == ':' || c.is_control()) {
        return Err(invalid("user: no colon, and nothing that cannot be seen"));
    }
    within_characters("user", user, SECRET)
}

fn within_command(words: &[String]) -> Result<(), Refusal> {
    if words.iter().map(String::len).sum::<usize>() <= COMMAND {
        return Ok(());
    }
    Err(invalid(&format!("on-complete: at most {COMMAND} bytes")))
}

fn within_characters(name: &str, text: &str, most: usize) -> Result<(), Refusal> {
    if text.chars().count() <= most {
        return Ok(());
    }
    Err(invalid(&format!("{name}: at most {most} characters")))
}

fn invalid(text: &str) -> Refusal {
    Refusal::Invalid(text.to_owned())
}
