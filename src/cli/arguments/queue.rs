//! The arguments of the commands that steer the queue of a running Ebb.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Arg, Args};
use uuid::Uuid;

use super::Get;
use crate::queue::property::{self, PRIORITIES};
use crate::queue::{Mode, Priority};
use crate::remote::schema::{self, To};

/// `ebb new`.
#[derive(Debug, Args)]
pub struct New {
    /// Its id; refused where there is one like it [default: a random one]
    #[arg(long, value_name = "UUID")]
    pub id: Option<Uuid>,

    /// Its name
    #[arg(short, long, value_name = "NAME")]
    pub name: Option<String>,
}

/// `ebb add`.
#[derive(Debug, Args)]
pub struct Add {
    /// As of `get`.
    #[command(flatten)]
    pub get: Get,

    /// Leave it suspended
    #[arg(long)]
    pub suspended: bool,

    /// Priority of the new group: foreground, high, normal or low [default: normal]
    #[arg(long, value_name = "P", value_parser = priority(), hide_possible_values = true, conflicts_with = "background")]
    pub priority: Option<Priority>,

    /// Id of the new group; refused where there is one like it [default: a random one]
    #[arg(long, value_name = "UUID")]
    pub id: Option<Uuid>,

    /// Add to this group instead of a new one
    #[arg(long, value_name = "ID|NAME")]
    pub group: Option<String>,
}

/// What help says of get's options where the group's or the settings' hold instead.
pub fn as_added(argument: Arg) -> Arg {
    let help = match argument.get_id().as_str() {
        "connections" => "Most connections a file, 1 to 64",
        "parallel" => "Most files of the group at a time, 1 to 256",
        "background" => "Use only what nobody else is using; so it is without this",
        "retries" => "Tries without progress before giving up",
        "retry_wait" => "First wait, doubled each time, with jitter",
        "connect_timeout" => "Longest wait for a connection",
        "stall_timeout" => "Longest wait for a byte",
        "no_progress_timeout" => "Give up after this long without progress",
        "proxy" => "http, https, socks5; `none` for no proxy",
        "quiet" => "Nothing more is said than without",
        "json" => "One JSON object on standard output, instead of the id",
        _ => return argument,
    };
    argument.help(help)
}

/// Some groups, or all.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[group(required = true, multiple = false)]
pub struct Which {
    /// The groups' ids, or the beginnings of them
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,

    /// All groups that it applies to
    #[arg(long)]
    pub all: bool,
}

impl From<Which> for schema::Which {
    fn from(which: Which) -> Self {
        if which.all {
            Self::All
        } else {
            Self::Ids(which.ids)
        }
    }
}

/// Where `ebb move` moves to: exactly one of them.
#[derive(Debug, Clone, Copy, Args)]
#[group(required = true, multiple = false)]
pub struct MoveTo {
    /// Before all others
    #[arg(long)]
    top: bool,

    /// One place forward
    #[arg(long)]
    up: bool,

    /// One place back
    #[arg(long)]
    down: bool,

    /// After all others
    #[arg(long)]
    bottom: bool,
}

impl From<MoveTo> for To {
    fn from(to: MoveTo) -> Self {
        match to {
            MoveTo { top: true, .. } => Self::Top,
            MoveTo { up: true, .. } => Self::Up,
            MoveTo { down: true, .. } => Self::Down,
            // clap takes no line without one of the four.
            MoveTo { .. } => Self::Bottom,
        }
    }
}

/// Bytes a second; `None` is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate(pub Option<u64>);

pub fn parse_rate_or_off(text: &str) -> Result<Rate, String> {
    let wrong = "it is a number of bytes a second, 1 or more, like 500k, 1.5M or 20000, or off";
    property::parse_rate(text)
        .map(Rate)
        .map_err(|_| wrong.to_owned())
}

/// The four words.
pub fn priority() -> impl TypedValueParser<Value = Priority> {
    let words = PRIORITIES.map(Priority::word);
    PossibleValuesParser::new(words).try_map(|word| Priority::parse(&word))
}

const MODES: [(&str, Mode); 3] = [
    ("polite", Mode::Polite),
    ("full", Mode::Full),
    ("suspended", Mode::Suspended),
];

/// The three words.
pub fn mode() -> impl TypedValueParser<Value = Mode> {
    let words = PossibleValuesParser::new(MODES.map(|(word, _)| word));
    words.map(|found| {
        let mode = MODES.iter().find(|(word, _)| *word == found);
        mode.map_or(Mode::default(), |(_, mode)| *mode)
    })
}
