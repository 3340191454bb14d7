//! The line, as clap reads it. What it means is decided in [`super::order`]: a value
//! that may hold a secret (a URL, a header, a proxy) is only a text here, because
//! clap repeats what it cannot take.

mod get;
mod queue;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::queue::{Mode, Priority};

pub use get::Get;
pub use queue::{Add, MoveTo, New, Rate, Which};

/// A download manager: fast in the foreground, unnoticed in the background, never wrong.
#[derive(Debug, Parser)]
#[command(
    name = "ebb",
    version,
    max_term_width = 100,
    args_conflicts_with_subcommands = true
)]
#[command(override_usage = "ebb [URL… | FILE…]\n       ebb COMMAND")]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub verb: Option<Verb>,

    /// Opens the window with these links, or lists of links, to add
    #[arg(value_name = "URL | FILE")]
    pub words: Vec<String>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Download now, in this process; the same command again goes on where it stopped
    #[command(after_help = AFTER_HELP, override_usage = "ebb get [OPTIONS] URL…")]
    Get(Box<Get>),

    /// Run the queue without a window, until it is ended by Ctrl-C or SIGTERM
    Serve,

    /// Make an empty group, suspended; prints its id
    New(New),

    /// Add downloads to the queue of the running Ebb; prints the group's id
    #[command(after_help = AFTER_ADD, override_usage = "ebb add [OPTIONS] URL…")]
    #[command(mut_args(queue::as_added))]
    Add(Box<Add>),

    /// List the groups
    List {
        /// One JSON object on standard output
        #[arg(long)]
        json: bool,
    },

    /// Show a group, a job or a file
    Show {
        /// Its id, or the beginning of it
        #[arg(value_name = "ID")]
        id: String,

        /// One JSON object on standard output
        #[arg(long)]
        json: bool,
    },

    /// Show what changes, as it changes
    Watch {
        /// NDJSON on standard output: one object a line
        #[arg(long)]
        json: bool,
    },

    /// Stop groups; every byte is kept
    Suspend(Which),

    /// Let groups go on; after an error they try again at once
    Resume {
        #[command(flatten)]
        which: Which,

        /// Whatever the hour, the network or the mains: until they are complete, or suspended
        #[arg(long)]
        anyway: bool,
    },

    /// End groups for good; what is complete stays, unfinished parts go
    Cancel {
        #[command(flatten)]
        which: Which,

        /// Remove what is complete, too
        #[arg(long)]
        delete: bool,
    },

    /// Let groups compete for bandwidth like any program
    Foreground(Which),

    /// Back to the priority from before
    Background(Which),

    /// Take groups that have ended off the list; no file is removed
    Remove(Which),

    /// Change properties of a group, or the URL of a file
    #[command(after_help = AFTER_SET)]
    Set {
        /// Its id, or the beginning of it
        #[arg(value_name = "ID")]
        id: String,

        /// What to change; `password` alone is asked for, or read from standard input
        #[arg(value_name = "NAME=VALUE", required = true, allow_hyphen_values = true)]
        changes: Vec<String>,
    },

    /// Set the priority of groups: foreground, high, normal or low
    Priority {
        /// The priority
        #[arg(value_name = "PRIORITY", value_parser = queue::priority(), hide_possible_values = true)]
        priority: Priority,

        /// The groups' ids, or the beginnings of them
        #[arg(value_name = "ID", required = true)]
        ids: Vec<String>,
    },

    /// Move a group among those of its priority
    Move {
        /// Its id, or the beginning of it
        #[arg(value_name = "ID")]
        id: String,

        #[command(flatten)]
        to: MoveTo,
    },

    /// Set the most bytes a second of all transfers, or of those of a priority: 500k, 2M, or off
    Limit {
        /// Bytes a second, or off
        #[arg(value_name = "RATE", value_parser = queue::parse_rate_or_off)]
        rate: Rate,

        /// Of this priority alone: foreground, high, normal or low
        #[arg(long, value_name = "P", value_parser = queue::priority(), hide_possible_values = true)]
        priority: Option<Priority>,
    },

    /// Show or set what may be transferred in each hour of the week
    #[command(after_help = AFTER_SCHEDULE)]
    Schedule {
        #[command(subcommand)]
        what: ScheduleVerb,
    },

    /// Set the mode of all transfers: polite (each group as it says), full (nobody is paced) or suspended
    Mode {
        /// The mode
        #[arg(value_name = "MODE", value_parser = queue::mode(), hide_possible_values = true)]
        mode: Mode,
    },
}

/// What to do with the schedule.
#[derive(Debug, Subcommand)]
pub enum ScheduleVerb {
    /// Print its lines; nothing where there is none
    Show,

    /// Read its lines from a file
    Set {
        /// The file; - is standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },

    /// Allow everything at any time
    Off,
}

const AFTER_HELP: &str = "\
[01-20] and [a-f] in a URL count up: https://example.org/part[01-20].zip. Write %5B for a [ that \
is meant. User and password may stand in the URL as well.
RATE is a number of bytes a second; k, M and G are 1,024 and its powers, as in curl and aria2.
TIME is like 500ms, 15s, 10m, 1h or 2d; a number alone is seconds.

Exit status: 0 all complete, 1 a file failed or was refused, 2 the line is wrong, 130 interrupted.

Environment: EBB_HOME keeps Ebb's data under one folder, EBB_PASSWORD is the password for --user, \
EBB_LOG writes a log to standard error (debug, ebb::engine=trace), NO_COLOR leaves out colours.";

const AFTER_ADD: &str = "\
The options are those of ebb get; see its help for URLs, RATE and TIME. What is not given is as in \
the settings of the running Ebb.

Exit status: 0 added, 1 refused, 2 the line is wrong, 3 no Ebb is running.";

const AFTER_SCHEDULE: &str = "\
A line is: DAYS HOURS CLASS WHAT, as in

  mon-fri 08-18 background off
  sat,sun 00-24 all 500k

DAYS are mon to sun, as mon-fri, sat,sun or daily; HOURS from 00-01 to 00-24, by the clock on the wall, \
the last one not included; CLASS is foreground, background or all; WHAT is full, off, or a RATE for all \
transfers of the class together. Later lines win; what is not named is full. # begins a comment.";

const AFTER_SET: &str = "\
Of a group: name, description, priority, limit (RATE or off), connections and parallel (a number or \
default), user, password, notify (done,error or off), on-complete (a command; no shell runs).
The command of a complete group runs in the folder of its first file, with these in its environment: \
EBB_GROUP (its id), EBB_NAME, EBB_FOLDER, EBB_PATH (where it has exactly one file), EBB_FILES and EBB_BYTES.
Of a file: url (the bytes stay if it is the same file there).";

#[cfg(test)]
mod tests;
