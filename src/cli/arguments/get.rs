//! The options of `ebb get`, most of which `ebb add` has, too.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::queue::ConflictRule;
use crate::words::format::{parse_rate, parse_time};

/// What `ebb get` takes, and `ebb add` too. What was not given is `None`: the two have other defaults.
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

    /// Most connections a file, 1 to 64 [default: 8]
    #[arg(short = 'x', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    pub connections: Option<u16>,

    /// Most files at a time, 1 to 256 [default: 8]
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub parallel: Option<u16>,

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

    /// First wait, doubled each time up to 60 s, with jitter [default: 1s]
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub retry_wait: Option<Duration>,

    /// Longest wait for a connection [default: 15s]
    #[arg(long, value_name = "TIME", value_parser = parse_positive_time)]
    pub connect_timeout: Option<Duration>,

    /// Longest wait for a byte [default: 30s]
    #[arg(long, value_name = "TIME", value_parser = parse_positive_time)]
    pub stall_timeout: Option<Duration>,

    /// Give up after this long without progress [default: 10m]
    #[arg(long, value_name = "TIME", value_parser = parse_positive_time)]
    pub no_progress_timeout: Option<Duration>,

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
