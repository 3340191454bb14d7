//! What a group can be told: priority, names, limits, notices, what follows.
//!
//! A value out of its bounds is refused, never cut or bent; what stands in a
//! [`Properties`] that the queue has taken is within them.

use serde::{Deserialize, Serialize};

use super::command::Credentials;

mod bounds;

pub use bounds::{DESCRIPTION, NAME, parse_rate};

/// How a group's transfers stand to everything else.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// Competes for bandwidth like any program.
    Foreground,
    /// First among those that use what nobody else is using.
    High,
    /// The default.
    #[default]
    Normal,
    /// Last.
    Low,
}

/// All, in their strict order.
pub const PRIORITIES: [Priority; 4] = [
    Priority::Foreground,
    Priority::High,
    Priority::Normal,
    Priority::Low,
];

impl Priority {
    /// The word of commands and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Foreground => "foreground",
            Self::High => "high",
            Self::Normal => "normal",
            Self::Low => "low",
        }
    }
}

/// How the whole program behaves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Each group as it says.
    #[default]
    Polite,
    /// Nobody is paced; limits and order stay.
    Full,
    /// Nothing transfers; the groups' own flags stay.
    Suspended,
}

/// What to do when the final name is taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConflictRule {
    /// `name (1).ext`.
    #[default]
    Rename,
    /// Replace the file, once the new one is whole and verified.
    Overwrite,
    /// Leave it, and call the download complete.
    Skip,
    /// An error.
    Fail,
}

/// When a person is told. Off is neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notify {
    /// When the group completes.
    pub done: bool,
    /// When a file of it fails.
    pub error: bool,
}

impl Default for Notify {
    fn default() -> Self {
        Self {
            done: true,
            error: true,
        }
    }
}

/// How often an observer of the library is told of progress; the smallest that is met counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granularity {
    /// Every so many bytes.
    pub bytes: Option<u64>,
    /// Every so many percent (1–100).
    pub percent: Option<u8>,
    /// Every so many milliseconds.
    pub milliseconds: Option<u64>,
}

/// All of a group's properties.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Properties {
    /// At most 256 characters.
    pub name: String,
    /// At most 1,024 characters.
    pub description: String,
    /// Foreground or one of the three that are polite.
    pub priority: Priority,
    /// Bytes a second.
    pub limit: Option<u64>,
    /// Most connections a file (1–64).
    pub connections: Option<usize>,
    /// Most files of it at a time (1–256).
    pub parallel: Option<usize>,
    /// For the server.
    pub credentials: Option<Credentials>,
    /// When to tell the person.
    pub notify: Notify,
    /// A command to run when done, as words; no shell runs.
    pub on_complete: Vec<String>,
    /// For observers in the library.
    pub granularity: Granularity,
}

/// One property, as it is set.
#[derive(Clone, PartialEq, Eq)]
pub enum Property {
    /// At most 256 characters.
    Name(String),
    /// At most 1,024 characters.
    Description(String),
    /// Any of the four.
    Priority(Priority),
    /// Bytes a second; `None` is no limit. 0 is refused.
    Limit(Option<u64>),
    /// 1–64.
    Connections(Option<usize>),
    /// 1–256.
    Parallel(Option<usize>),
    /// The user's name for the server.
    User(String),
    /// The password for the server.
    Password(String),
    /// When to tell the person.
    Notify(Notify),
    /// The command as words.
    OnComplete(Vec<String>),
    /// For observers in the library.
    Granularity(Granularity),
}

impl std::fmt::Debug for Property {
    /// All but the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (name, value): (&str, &dyn std::fmt::Debug) = match self {
            Self::Name(value) => ("Name", value),
            Self::Description(value) => ("Description", value),
            Self::Priority(value) => ("Priority", value),
            Self::Limit(value) => ("Limit", value),
            Self::Connections(value) => ("Connections", value),
            Self::Parallel(value) => ("Parallel", value),
            Self::User(value) => ("User", value),
            Self::Password(_) => return f.write_str("Password(…)"),
            Self::Notify(value) => ("Notify", value),
            Self::OnComplete(value) => ("OnComplete", value),
            Self::Granularity(value) => ("Granularity", value),
        };
        f.debug_tuple(name).field(value).finish()
    }
}
