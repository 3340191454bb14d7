//! What is to be fetched, and what a group is told.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::job::{Network, Patience};
use super::view::Malformed;
use crate::download::Link;
use crate::download::digest::Checksum;
use crate::download::pattern::MOST_LINKS;
use crate::queue::restore::paths;
use crate::queue::{
    self, ConflictRule, Credentials, GroupId, JobOptions, NewFile, NewJob, Notify, Priority,
};

/// A text that `Debug` does not print.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// An empty group.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct New {
    /// The caller's own id; refused the second time.
    #[serde(default)]
    pub id: Option<GroupId>,
    /// What it is told.
    #[serde(default)]
    pub properties: Properties,
}

/// A job.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Add {
    /// The group that stands: its id, or a name that it has alone. Otherwise a new one is made.
    #[serde(default)]
    pub into: Option<String>,
    /// The new group's id.
    #[serde(default)]
    pub id: Option<GroupId>,
    /// What the new group is told.
    #[serde(default)]
    pub properties: Properties,
    /// At least one.
    pub files: Vec<AddFile>,
    /// Absolute.
    #[serde(with = "paths::one")]
    pub folder: PathBuf,
    /// Names and values.
    #[serde(default)]
    pub headers: Vec<(String, Secret)>,
    /// For the server.
    #[serde(default)]
    pub user: Option<String>,
    /// For the server.
    #[serde(default)]
    pub password: Option<Secret>,
    /// When the name is taken: `rename`, `overwrite`, `skip`, `fail`.
    #[serde(default)]
    pub on_conflict: ConflictRule,
    /// How patient, where that is not as the priority is.
    #[serde(default)]
    pub patience: Patience,
    /// How the network is used, where that is not as the whole program does it.
    #[serde(default)]
    pub network: Option<Network>,
    /// Resume the group.
    #[serde(default)]
    pub start: bool,
}

/// A file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AddFile {
    /// From where.
    pub url: Secret,
    /// The name a person chose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What its bytes must be, as `sha-256=…`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checksum: Option<String>,
}

/// What a group is told; of one that is looked at, what it was told.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Properties {
    /// At most 256 characters.
    pub name: String,
    /// At most 1,024 characters.
    pub description: String,
    /// Of four.
    pub priority: Priority,
    /// Bytes a second.
    pub limit: Option<u64>,
    /// Most connections a file.
    pub connections: Option<usize>,
    /// Most files at a time.
    pub parallel: Option<usize>,
    /// For the server.
    pub user: Option<String>,
    /// For the server; never told again.
    pub password: Option<Secret>,
    /// Of one that is looked at: there is a password.
    pub has_password: bool,
    /// When to tell the person.
    pub notify: Notify,
    /// A command to run when done, as words.
    pub on_complete: Vec<String>,
}

/// Far longer than any that a file can have.
const LONGEST_NAME: usize = 4096;

/// In place of a password that is not told.
const HIDDEN: &str = "…";

impl Properties {
    /// With the password.
    #[must_use]
    pub fn exposed(from: &queue::Properties) -> Self {
        let credentials = from.credentials.as_ref();
        Self {
            password: credentials.map(|known| Secret(known.password.clone())),
            ..Self::hidden(from)
        }
    }

    /// Of a group that is looked at: something stands for a password that is there.
    #[must_use]
    pub fn seen(mut self) -> queue::Properties {
        self.password = self.has_password.then(|| Secret(HIDDEN.to_owned()));
        self.into()
    }

    /// Without it.
    #[must_use]
    pub fn hidden(from: &queue::Properties) -> Self {
        let credentials = from.credentials.as_ref();
        Self {
            name: from.name.clone(),
            description: from.description.clone(),
            priority: from.priority,
            limit: from.limit,
            connections: from.connections,
            parallel: from.parallel,
            user: credentials.map(|known| known.user.clone()),
            password: None,
            has_password: credentials.is_some_and(|known| !known.password.is_empty()),
            notify: from.notify,
            on_complete: from.on_complete.clone(),
        }
    }
}

impl From<Properties> for queue::Properties {
    /// Of what is asked for: a password that is only said to be there is none.
    fn from(from: Properties) -> Self {
        Self {
            name: from.name,
            description: from.description,
            priority: from.priority,
            limit: from.limit,
            connections: from.connections,
            parallel: from.parallel,
            credentials: credentials(from.user, from.password),
            notify: from.notify,
            on_complete: from.on_complete,
            granularity: queue::property::Granularity::default(),
        }
    }
}

fn credentials(user: Option<String>, password: Option<Secret>) -> Option<Credentials> {
    let is_there = user.is_some() || password.is_some();
    is_there.then(|| Credentials {
        user: user.unwrap_or_default(),
        password: password.map(|Secret(text)| text).unwrap_or_default(),
    })
}

impl Add {
    /// What is asked for, of the queue's command.
    #[must_use]
    pub fn of(
        into: Option<GroupId>,
        id: Option<GroupId>,
        properties: &queue::Properties,
        job: &NewJob,
        start: bool,
    ) -> Self {
        let options = &*job.options;
        let credentials = options.credentials.as_ref();
        let headers = options.headers.iter();
        Self {
            into: into.map(|group| group.to_string()),
            id,
            properties: Properties::exposed(properties),
            files: job.files.iter().map(AddFile::of).collect(),
            folder: options.folder.clone(),
            headers: headers
                .map(|(name, value)| (name.clone(), Secret(value.clone())))
                .collect(),
            user: credentials.map(|known| known.user.clone()),
            password: credentials.map(|known| Secret(known.password.clone())),
            on_conflict: options.on_conflict,
            patience: options.patience.into(),
            network: options.network.as_deref().map(Into::into),
            start,
        }
    }

    /// The job that it becomes.
    ///
    /// # Errors
    /// [`Malformed`]: what is no URL, no checksum, no header, no absolute folder.
    pub fn job(&mut self) -> Result<NewJob, Malformed> {
        if !self.folder.is_absolute() {
            return Err(Malformed("folder: it must be absolute".to_owned()));
        }
        let headers = std::mem::take(&mut self.headers).into_iter();
        let headers = headers.map(|(name, Secret(value))| {
            crate::download::header::parse(&format!("{name}: {value}"))
                .map_err(|error| Malformed(format!("headers: {error}")))
        });
        let options = JobOptions {
            folder: std::mem::take(&mut self.folder),
            headers: headers.collect::<Result<_, _>>()?,
            credentials: credentials(self.user.take(), self.password.take()),
            on_conflict: self.on_conflict,
            patience: self.patience.into(),
            network: self.network.take().map(|own| Arc::new(own.into())),
        };
        if self.files.len() > MOST_LINKS {
            return Err(Malformed(format!("files: at most {MOST_LINKS}")));
        }
        let files = std::mem::take(&mut self.files).into_iter();
        Ok(NewJob {
            id: None,
            files: files.map(NewFile::try_from).collect::<Result<_, _>>()?,
            options: Arc::new(options),
        })
    }
}

impl AddFile {
    fn of(file: &NewFile) -> Self {
        Self {
            url: Secret(file.link.expose().to_owned()),
            name: file.name.clone(),
            checksum: file.checksum.as_ref().map(ToString::to_string),
        }
    }
}

impl TryFrom<AddFile> for NewFile {
    type Error = Malformed;

    fn try_from(file: AddFile) -> Result<Self, Malformed> {
        if file
            .name
            .as_ref()
            .is_some_and(|name| name.len() > LONGEST_NAME)
        {
            return Err(Malformed(format!("name: at most {LONGEST_NAME} bytes")));
        }
        let checksum = file.checksum.as_deref().map(Checksum::parse).transpose();
        Ok(Self {
            link: Link::parse(&file.url.0).map_err(|error| Malformed(format!("url: {error}")))?,
            name: file.name,
            checksum: checksum.map_err(|error| Malformed(format!("checksum: {error}")))?,
        })
    }
}
