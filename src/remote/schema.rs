//! What is spoken on the socket: JSON-RPC 2.0, one message a line (`\n`), UTF-8.
//!
//! A request is an object with `jsonrpc` ("2.0"), `id`, `method` and, where the method has
//! some, `params`; each is answered in its turn with `result` or `error`. There are no batches,
//! and no notifications from the client. [`Request`] is the list of methods, with their
//! params and results; all shapes are here and below.
//!
//! ```text
//! → {"jsonrpc":"2.0","id":1,"method":"hello","params":{"version":1}}
//! ← {"jsonrpc":"2.0","id":1,"result":{"version":1,"ebb":"0.1.0","pid":4711,"kind":"serve"}}
//! → {"jsonrpc":"2.0","id":2,"method":"suspend","params":{"ids":["1a2b"]}}
//! ← {"jsonrpc":"2.0","id":2,"result":null}
//! → {"jsonrpc":"2.0","id":3,"method":"resume","params":{"ids":["beef"]}}
//! ← {"jsonrpc":"2.0","id":3,"error":{"code":-32000,"message":"not found","data":{"refusal":"not_found","id":"beef"}}}
//! ```
//! After `subscribe` the connection only tells: `changed` ([`Changes`]), first with all there
//! is, then with what changes, and `noticed` ([`Notice`]), both without an id.
//!
//! Ids may be any unique prefix, of a group's, a job's or a file's id; hyphens and case do not
//! matter. Whoever names a job or a file in a command that concerns groups means its group, but
//! for `cancel` and `remove`, which take groups alone.
//!
//! These shapes are neither the queue's own types nor the JSON of the commands, so that all
//! three may change by themselves. A change here that the other side would not understand
//! makes another [`VERSION`].

mod add;
mod changes;
pub mod error;
mod job;
mod look;
mod request;
#[cfg(test)]
mod tests;
mod view;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::pace::schedule::Schedule;
use crate::queue::{FileId, GroupId, Mode, Priority};

pub use add::{Add, New, Properties, Secret};
pub use changes::{ChangedFile, ChangedJob, Changes, Notice};
pub use error::{CODE_REFUSED, Refused};
pub use job::{Network, Patience};
pub use look::{Entry, Event, History, Inspected, Totals};
pub use request::{SMALL, Unreadable, read_request};
pub use view::{File, Group, Job, Malformed, Shown, Summary};

/// Of what is spoken. A client that speaks another one is told so.
pub const VERSION: u32 = 1;

/// All that may be asked.
#[derive(Serialize, Deserialize)]
#[serde(tag = "method", content = "params", rename_all = "snake_case")]
pub enum Request {
    /// Who is there? → [`Hello`].
    Hello {
        /// [`VERSION`].
        version: u32,
    },
    /// An empty group, suspended. → [`Made`].
    New(New),
    /// A job, for a new group or for one that stands. → [`Made`].
    Add(Box<Add>),
    /// Stop, keep every byte. → `null`, as all that follow up to `mode`.
    Suspend(Which),
    /// Go on; after an error try again.
    Resume(Which),
    /// `true`: go on, and wait neither for the hour nor for better conditions. `false`: wait again.
    Anyway {
        /// Groups.
        #[serde(flatten)]
        which: Which,
        /// Whether.
        anyway: bool,
    },
    /// Final.
    Cancel {
        /// Groups.
        #[serde(flatten)]
        which: Which,
        /// Finished files go, too.
        #[serde(default)]
        delete: bool,
    },
    /// To the foreground.
    Foreground(Which),
    /// Back to the priority from before.
    Background(Which),
    /// Off the list.
    Remove(Which),
    /// Another priority.
    Priority {
        /// Groups.
        #[serde(flatten)]
        which: Which,
        /// `foreground`, `high`, `normal`, `low`.
        priority: Priority,
    },
    /// Another place in the order.
    Move {
        /// A group.
        id: String,
        /// Where to.
        to: To,
    },
    /// Properties of a group, or a file's `url`: all of them or, where one is refused, none.
    Set {
        /// Of what.
        id: String,
        /// Names and values, as `ebb set` has them; also a group's `folder`, and its `password`.
        values: Vec<(String, Secret)>,
    },
    /// The limit of the whole program, or of a priority.
    Limit {
        /// `null` is none.
        bytes_per_second: Option<u64>,
        /// Of which; of all where it is absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        priority: Option<Priority>,
    },
    /// The hours of the week.
    Schedule {
        /// As the lines that `ebb schedule` takes; none for no schedule.
        schedule: Arc<Schedule>,
    },
    /// The mode of the whole program.
    Mode {
        /// `polite`, `full`, `suspended`.
        mode: Mode,
    },
    /// Every group without its jobs, as it is at this moment; but one without a name has its
    /// first file, after which people call it. → [`Changes`].
    List,
    /// A group with jobs and files, a job, or a file. → [`Shown`].
    Show {
        /// Its id.
        id: String,
    },
    /// From now on all there is and what changes. → `null`, then `changed` and `noticed`.
    Subscribe,
    /// Links, or absolute paths of files of links, for the window to add. → `null`; refused
    /// (`not_supported`) where there is no window.
    Open {
        /// As the command line has them.
        words: Vec<String>,
    },
    /// A close look at a file. → [`Inspected`], or `null`.
    Inspect {
        /// Its whole id.
        file: FileId,
    },
    /// What has happened to a group. → an array of [`Entry`].
    Journal {
        /// Its whole id.
        group: GroupId,
    },
    /// What was completed, newest first. → an array of [`History`].
    History {
        /// At most so many.
        most: usize,
    },
    /// What the history comes to. → [`Totals`].
    Totals,
    /// Forget the history. → `true`, or `false` where it could not be done.
    ClearHistory,
    /// The whole queue, without secrets, as the window exports it. → an array of groups.
    Export,
    /// The settings' file has changed: read it again. → `null`.
    Reload,
}

/// The methods' names.
pub const METHODS: [&str; 27] = [
    "hello",
    "new",
    "add",
    "suspend",
    "resume",
    "anyway",
    "cancel",
    "foreground",
    "background",
    "remove",
    "priority",
    "move",
    "set",
    "limit",
    "schedule",
    "mode",
    "list",
    "show",
    "subscribe",
    "open",
    "inspect",
    "journal",
    "history",
    "totals",
    "clear_history",
    "export",
    "reload",
];

/// Which groups: `"ids": [...]` or `"all": true`, and never both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Selection", into = "Selection")]
pub enum Which {
    /// Every one of these (at least one) or, where one refuses, none.
    Ids(Vec<String>),
    /// All to which it applies, be that none.
    All,
}

#[derive(Serialize, Deserialize)]
struct Selection {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ids: Vec<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    all: bool,
}

impl TryFrom<Selection> for Which {
    type Error = &'static str;

    fn try_from(from: Selection) -> Result<Self, Self::Error> {
        match (from.ids.is_empty(), from.all) {
            (false, false) => Ok(Self::Ids(from.ids)),
            (true, true) => Ok(Self::All),
            _ => Err("ids, or all"),
        }
    }
}

impl From<Which> for Selection {
    fn from(from: Which) -> Self {
        let all = from == Which::All;
        let ids = match from {
            Which::Ids(ids) => ids,
            Which::All => Vec::new(),
        };
        Self { ids, all }
    }
}

/// Where a group goes among those of its priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum To {
    /// Before all others.
    Top,
    /// One place forward.
    Up,
    /// One place back.
    Down,
    /// After all others.
    Bottom,
}

/// Who answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// [`VERSION`].
    pub version: u32,
    /// The program's version.
    pub ebb: String,
    /// The process.
    pub pid: u32,
    /// What it is.
    pub kind: Kind,
}

/// What has the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// `ebb serve`.
    Serve,
    /// The window.
    Window,
}

/// The group that was made, or added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Its id.
    pub group: GroupId,
}
