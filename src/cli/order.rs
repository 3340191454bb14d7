//! What `ebb get` or `ebb add` was asked for, checked, and translated to the engine's own terms.
//!
//! Everything that can be wrong with a line is found here, before anything begins;
//! the password is asked for last.

mod added;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

pub use added::Added;

use super::arguments::Get;
use super::wrong::Wrong;
use super::{authority, list, password};
use crate::download::Link;
use crate::download::digest::Checksum;
use crate::download::header::{self, HeaderError};
use crate::download::pattern::MOST_LINKS;
use crate::download::retry::Policy;
use crate::engine::{NetworkOptions, Proxy};
use crate::queue::{
    Conditions, ConflictRule, JobNetwork, JobOptions, Limits, NewFile, NewJob, Notify, Priority,
    Properties,
};
use crate::words::{Key, Language, key};

/// A download that can begin.
#[derive(Debug)]
pub struct Order {
    /// What to fetch, and where to.
    pub job: NewJob,
    /// Of the group that it becomes.
    pub properties: Properties,
    /// How many at a time, how patient.
    pub limits: Limits,
    /// How the network is used.
    pub network: NetworkOptions,
    /// What is shown.
    pub shown: Shown,
}

/// What the person sees of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Progress where there is a terminal, notices, errors.
    All,
    /// Errors only.
    Errors,
    /// Lines of JSON on standard output, and errors.
    Json,
}

/// How often a host that was never reached is tried, unless `--retries` says.
const TRIES_UNREACHED: u32 = 3;
/// How often without progress, unless `--retries` says.
const TRIES: u32 = 10;
/// Of a file, and of files at a time, unless `-x` and `-j` say.
const MOST: u16 = 8;
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(60);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
const STALL_TIMEOUT: Duration = Duration::from_secs(30);
/// How long without progress.
const PATIENCE: Duration = Duration::from_secs(600);
/// Longer than any program runs: the files of one command do not take turns.
const NO_ROTATION: Duration = Duration::from_secs(100 * 365 * 86_400);

impl Order {
    /// Checks the arguments.
    ///
    /// # Errors
    /// All that is wrong with the URLs, or the first option that is.
    pub fn read(arguments: Get, language: Language) -> Result<Self, Vec<Wrong>> {
        let links = links(&arguments)?;
        Self::with_links(arguments, links, language).map_err(|wrong| vec![wrong])
    }

    fn with_links(get: Get, links: Vec<Link>, language: Language) -> Result<Self, Wrong> {
        let network = network(&get)?;
        let limits = limits(&get);
        let properties = Properties {
            priority: if get.background {
                Priority::Normal
            } else {
                Priority::Foreground
            },
            // The shell is where this is watched.
            notify: Notify {
                done: false,
                error: false,
            },
            ..properties(&get)
        };
        let shown = match (get.json, get.quiet) {
            (true, _) => Shown::Json,
            (false, true) => Shown::Errors,
            (false, false) => Shown::All,
        };
        let job = job(get, links, language)?;
        Ok(Self {
            job,
            properties,
            limits,
            network,
            shown,
        })
    }
}

/// The URLs of the line, then those of the list.
fn links(get: &Get) -> Result<Vec<Link>, Vec<Wrong>> {
    let (mut links, mut wrong) = (Vec::new(), Vec::new());
    for text in &get.urls {
        let found = list::expand(text, &mut links, |fault| match fault {
            list::Fault::Link(error) => Wrong::Link(text.clone(), error),
            list::Fault::Backwards(pattern) => Wrong::Backwards(pattern),
        });
        wrong.extend(found.err());
    }
    if let Some(path) = &get.input_file {
        match list::read(path) {
            Ok(listed) => links.extend(listed),
            Err(more) => wrong.extend(more),
        }
    }
    if wrong.is_empty() && links.is_empty() {
        wrong.push(Wrong::NoLinks);
    }
    if wrong.is_empty() && links.len() > MOST_LINKS {
        wrong.push(Wrong::TooManyLinks);
    }
    if wrong.is_empty() {
        Ok(links)
    } else {
        Err(wrong)
    }
}

fn job(get: Get, links: Vec<Link>, language: Language) -> Result<NewJob, Wrong> {
    if links.len() > 1 && get.output.is_some() {
        return Err(Wrong::Option("-o", key!("several-names")));
    }
    if links.len() > 1 && get.checksum.is_some() {
        return Err(Wrong::Option("--checksum", key!("several-checksums")));
    }
    let name = get.output.map(file_name).transpose()?;
    let checksum = get.checksum.as_deref().map(Checksum::parse).transpose();
    let checksum = checksum.map_err(Wrong::Checksum)?;
    let headers = get
        .headers
        .iter()
        .map(|text| header::parse(text))
        .collect::<Result<_, _>>()
        .map_err(|error| Wrong::Option("-H", header_key(error)))?;
    let folder = folder(get.dir)?;
    let on_conflict = ConflictRule::from(get.on_conflict);
    if let Some(user) = &get.user {
        password::check_user(user)?;
    }
    let credentials = get
        .user
        .map(|user| password::find(user, language))
        .transpose()?;
    let files = links
        .into_iter()
        .map(|link| NewFile {
            link,
            name: name.clone(),
            checksum: checksum.clone(),
        })
        .collect();
    let options = Arc::new(JobOptions {
        folder,
        headers,
        credentials,
        on_conflict,
        ..JobOptions::default()
    });
    Ok(NewJob {
        id: None,
        files,
        options,
    })
}

/// The person's own name for the file: one component. What the system cannot have in a
/// name is mended where all names are.
fn file_name(name: String) -> Result<String, Wrong> {
    let key = match name.trim() {
        "" => key!("name-empty"),
        "-" => key!("name-is-output"),
        "." | ".." => key!("name-is-path"),
        name if name.contains(std::path::is_separator) => key!("name-is-path"),
        _ => return Ok(name),
    };
    Err(Wrong::Option("-o", key))
}

/// The text that says what is wrong with a header.
fn header_key(error: HeaderError) -> Key {
    match error {
        HeaderError::NoColon => key!("header-no-colon"),
        HeaderError::Name => key!("header-name"),
        HeaderError::Value => key!("header-value"),
        HeaderError::Reserved => key!("header-reserved"),
    }
}

/// Absolute, but as the person wrote it: no link is followed.
fn folder(asked: Option<PathBuf>) -> Result<PathBuf, Wrong> {
    match asked {
        Some(folder) => std::path::absolute(folder),
        None => std::env::current_dir(),
    }
    .map_err(|_| Wrong::Option("-d", key!("folder-invalid")))
}

/// Of the group, as far as the line says.
fn properties(get: &Get) -> Properties {
    Properties {
        name: get.name.clone().unwrap_or_default(),
        limit: get.limit_rate,
        connections: get.connections.map(usize::from),
        parallel: get.parallel.map(usize::from),
        ..Properties::default()
    }
}

fn limits(get: &Get) -> Limits {
    let most = |given: Option<u16>| usize::from(given.unwrap_or(MOST));
    let (connections, parallel) = (most(get.connections), most(get.parallel));
    let first_wait = get.retry_wait.unwrap_or(FIRST_WAIT);
    let policy = Policy {
        // Each try is one: 0 is one, too.
        tries: Some(get.retries.unwrap_or(TRIES).max(1)),
        tries_unreached: Some(get.retries.unwrap_or(TRIES_UNREACHED).max(1)),
        first_wait,
        longest_wait: LONGEST_WAIT.max(first_wait),
        patience: get.no_progress_timeout.unwrap_or(PATIENCE),
    };
    Limits {
        parallel,
        connections_per_host: connections * parallel,
        connections,
        foreground: policy,
        background: policy,
        rotation: NO_ROTATION,
        measure_ahead: false,
        waits_on: Conditions::default(),
    }
}

fn network(get: &Get) -> Result<NetworkOptions, Wrong> {
    let given = given_network(get)?;
    Ok(NetworkOptions {
        proxy: given.proxy.unwrap_or_default(),
        more_authorities: given.more_authorities,
        connect_timeout: given.connect_timeout.unwrap_or(CONNECT_TIMEOUT),
        stall_timeout: given.stall_timeout.unwrap_or(STALL_TIMEOUT),
        ..NetworkOptions::default()
    })
}

/// What the line says of the network.
fn given_network(get: &Get) -> Result<JobNetwork, Wrong> {
    let more_authorities = get.cacert.as_deref().map(authority::read).transpose()?;
    Ok(JobNetwork {
        proxy: get.proxy.as_deref().map(proxy).transpose()?,
        more_authorities: more_authorities.unwrap_or_default(),
        connect_timeout: get.connect_timeout,
        stall_timeout: get.stall_timeout,
    })
}

/// `none`, or a URL with a scheme that proxies have. It may hold a password: never repeated.
fn proxy(text: &str) -> Result<Proxy, Wrong> {
    if text == "none" {
        return Ok(Proxy::Direct);
    }
    let proxy = Proxy::Url(text.to_owned());
    match proxy.check() {
        Ok(()) => Ok(proxy),
        Err(_) => Err(Wrong::Option("--proxy", key!("proxy-invalid"))),
    }
}

#[cfg(test)]
mod tests;
