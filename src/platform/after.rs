//! A group's command, run when the group is complete: beside everything else, and whatever
//! comes of it is no error of the download.
//!
//! Its words are a program and its arguments as they are: nothing is expanded, no shell runs,
//! and nothing that a server has said is among them. What there is to know is in the
//! environment, without secrets.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

use crate::queue::GroupView;

/// What is to run, and what it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    program: String,
    arguments: Vec<String>,
    folder: PathBuf,
    /// Those without a value are taken out.
    variables: Vec<(&'static str, Option<OsString>)>,
}

/// The command could not be started.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{program} was not started: {reason}")]
pub struct AfterError {
    /// Its first word.
    pub program: String,
    /// Why, in the system's words.
    pub reason: String,
}

impl After {
    /// That of a group that is complete; none where it has none, or no file.
    #[must_use]
    pub fn of(group: &GroupView) -> Option<Self> {
        let (properties, summary) = (&group.properties, &group.summary);
        let (program, arguments) = properties.on_complete.split_first()?;
        let mut chunks = group.jobs.iter().flat_map(|job| &job.files);
        let path = chunks.find_map(|chunk| chunk.first())?.path.as_deref()?;
        let folder = path.parent()?;
        let name = match properties.name.as_str() {
            "" => path.file_name()?.to_owned(),
            name => name.into(),
        };
        let only = (summary.files_total == 1).then(|| path.into());
        let variables = vec![
            ("EBB_GROUP", Some(group.id.to_string().into())),
            ("EBB_NAME", Some(name)),
            ("EBB_FOLDER", Some(folder.into())),
            ("EBB_PATH", only),
            ("EBB_FILES", Some(summary.files_total.to_string().into())),
            ("EBB_BYTES", Some(summary.progress.bytes.to_string().into())),
            ("EBB_PASSWORD", None),
        ];
        Some(Self {
            program: program.clone(),
            arguments: arguments.to_vec(),
            folder: folder.to_owned(),
            variables,
        })
    }

    /// Starts it in the folder of the group's first file, and does not wait for it. Ctrl-C in
    /// Ebb's terminal does not reach it, and it outlives Ebb.
    ///
    /// # Errors
    /// It could not be started.
    pub fn start(&self) -> Result<(), AfterError> {
        let mut child = self.command().spawn().map_err(|error| AfterError {
            program: self.program.clone(),
            reason: error.to_string(),
        })?;
        let end = move || drop(child.wait());
        // Without a thread it runs all the same; only nobody takes note of its end.
        let _ = thread::Builder::new().name("ebb-after".into()).spawn(end);
        Ok(())
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        for (name, value) in &self.variables {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        // It runs elsewhere, and is to find the same Ebb.
        if let Some(Ok(home)) = std::env::var_os("EBB_HOME").map(std::path::absolute) {
            command.env("EBB_HOME", home);
        }
        let_alone(&mut command);
        command
    }
}

/// In a process group of its own.
#[cfg(unix)]
fn let_alone(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

/// In a process group of its own, and without a console of its own.
#[cfg(windows)]
fn let_alone(command: &mut Command) {
    const CREATE_NEW_PROCESS_GROUP: u32 = 0x0000_0200;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    let flags = CREATE_NEW_PROCESS_GROUP | CREATE_NO_WINDOW;
    std::os::windows::process::CommandExt::creation_flags(command, flags);
}

#[cfg(test)]
mod tests;
