//! What was typed as a command: one group of one job, or nothing as long as something is
//! wrong.

use std::path::PathBuf;
use std::sync::Arc;

use super::State;
use super::more::Extras;
use crate::app::dialog::typed;
use crate::queue::{Command, JobOptions, NewFile, NewJob, Priority, Properties};
use crate::settings::Begin;

/// All but the links, without a mistake in it.
struct Checked {
    name: String,
    folder: PathBuf,
    extras: Extras,
}

impl State {
    /// Is there something to add, and nothing wrong?
    pub(super) fn is_ready(&self) -> bool {
        self.checked().is_some()
    }

    /// The command that adds it.
    pub(super) fn order(&self) -> Option<Command> {
        let Checked {
            name,
            folder,
            extras,
        } = self.checked()?;
        let links = self
            .reading
            .chosen(self.skips_unfinished, self.skips_finished);
        let files = links.map(|link| NewFile {
            link: link.clone(),
            name: None,
            checksum: extras.checksum.clone(),
        });
        let files = files.collect();
        let options = JobOptions {
            folder,
            headers: extras.headers,
            // The group's, so that they can be given anew.
            credentials: None,
            on_conflict: extras.on_conflict,
            ..JobOptions::default()
        };
        let properties = Properties {
            name,
            priority: match self.begin {
                Begin::Foreground => Priority::Foreground,
                Begin::Background | Begin::Suspended => extras.priority,
            },
            limit: extras.limit,
            connections: extras.connections,
            parallel: extras.parallel,
            credentials: extras.credentials,
            notify: self.notify,
            ..Properties::default()
        };
        Some(Command::Add {
            into: None,
            id: None,
            properties,
            job: NewJob {
                id: None,
                files,
                options: Arc::new(options),
            },
            start: self.begin != Begin::Suspended,
        })
    }

    fn checked(&self) -> Option<Checked> {
        let count = self.count();
        let survey = self.surveyed()?;
        let is_ready = count > 0 && self.is_reading.is_quiet() && survey.failure.is_none();
        is_ready.then_some(Checked {
            name: typed::name(&self.name).ok()?,
            folder: survey.folder.clone(),
            extras: self.more.read(count).ok()?,
        })
    }
}
