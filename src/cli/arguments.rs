//! The line, as clap reads it. What it means is decided in [`super::order`]: a value
//! that may hold a secret (a URL, a header, a proxy) is only a text here, because
//! clap repeats what it cannot take.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::queue::ConflictRule;
use crate::words::format::{parse_rate, parse_time};

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
}

const AFTER_HELP: &str = "\
[01-20] and [a-f] in a URL count up: https://example.org/part[01-20].zip. Write %5B for a [ that \
is meant. User and password may stand in the URL as well.
RATE is a number of bytes a second; k, M and G are 1,024 and its powers, as in curl and aria2.
TIME is like 500ms, 15s, 10m, 1h or 2d; a number alone is seconds.

Exit status: 0 all complete, 1 a file failed or was refused, 2 the line is wrong, 130 interrupted.

Environment: EBB_HOME keeps Ebb's data under one folder, EBB_PASSWORD is the password for --user, \
EBB_LOG writes a log to standard error (debug, ebb::engine=trace), NO_COLOR leaves out colours.";

/// `ebb get`.
#[derive(Debug, Args)]
pub struct Get {
    /// What to download: http or https
    #[arg(value_name = "URL")]
    pub urls: Vec<String>,

    /// Folder, made if missing [default: current folder]
    #[arg(short, long, value_name = "DIR")]
    pub dir: Option<PathBuf>,

    /// File name (one URL only) [default: the server's, or the URL's]
    #[arg(short, long, value_name = "NAME")]
    pub output: Option<String>,

    /// URLs, one a line; blank lines and # comments skipped; - is standard input
    #[arg(short, long, value_name = "FILE")]
    pub input_file: Option<PathBuf>,

    /// The group's name
    #[arg(short, long, value_name = "NAME")]
    pub name: Option<String>,

    /// Most connections a file, 1 to 64
    #[arg(short = 'x', long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub connections: u16,

    /// Most files at a time, 1 to 256
    #[arg(short = 'j', long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub parallel: u16,

    /// A header to send; again for more
    #[arg(
        short = 'H',
        long = "header",
        value_name = "K: V",
        allow_hyphen_values = true
    )]
    pub headers: Vec<String>,

    /// What the file must be: md5, sha-1, sha-256, sha-512 (one URL only)
    #[arg(long, value_name = "ALGO=HEX")]
    pub checksum: Option<String>,

    /// Most bytes a second: 500k, 2M [default: no limit]
    #[arg(long, value_name = "RATE", value_parser = parse_rate)]
    pub limit_rate: Option<u64>,

    /// Use only what nobody else is using
    #[arg(long)]
    pub background: bool,

    /// When the name is taken: rename, overwrite, skip or fail
    #[arg(
        long,
        value_name = "MODE",
        value_enum,
        default_value = "rename",
        hide_possible_values = true
    )]
    pub on_conflict: OnConflict,

    /// Tries without progress before giving up; a host that was never reached gets 3, unless
    /// this is given [default: 10]
    #[arg(long, value_name = "N")]
    pub retries: Option<u32>,

    /// First wait, doubled each time up to 60 s, with jitter
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = parse_time)]
    pub retry_wait: Duration,

    /// Longest wait for a connection
    #[arg(long, value_name = "TIME", default_value = "15s", value_parser = parse_positive_time)]
    pub connect_timeout: Duration,

    /// Longest wait for a byte
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = parse_positive_time)]
    pub stall_timeout: Duration,

    /// Give up after this long without progress
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = parse_positive_time)]
    pub no_progress_timeout: Duration,

    /// http, https, socks5; `none` for no proxy [default: the system's]
    #[arg(long, value_name = "URL")]
    pub proxy: Option<String>,

    /// One more certificate authority, PEM
    #[arg(long, value_name = "FILE")]
    pub cacert: Option<PathBuf>,

    /// User for the server; the password is asked on the terminal, or read from EBB_PASSWORD
    #[arg(long, value_name = "NAME")]
    pub user: Option<String>,

    /// No progress; errors still
    #[arg(short, long)]
    pub quiet: bool,

    /// NDJSON on standard output: one object a line, the last is the summary
    #[arg(long)]
    pub json: bool,
}

/// `--on-conflict`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnConflict {
    /// name (1).ext
    Rename,
    /// Replace the file once the new one is whole
    Overwrite,
    /// Leave the file, and call it complete
    Skip,
    /// An error
    Fail,
}

impl From<OnConflict> for ConflictRule {
    fn from(mode: OnConflict) -> Self {
        match mode {
            OnConflict::Rename => Self::Rename,
            OnConflict::Overwrite => Self::Overwrite,
            OnConflict::Skip => Self::Skip,
            OnConflict::Fail => Self::Fail,
        }
    }
}

fn parse_positive_time(text: &str) -> Result<Duration, String> {
    match parse_time(text) {
        Ok(Duration::ZERO) => Err("it must be more than 0".to_owned()),
        other => other.map_err(|error| error.to_string()),
    }
}

#[cfg(test)]
mod tests;
