//! The commands: what is typed in a shell, and what is said there.
//!
//! A wrong line says so in one line and ends with 2 before anything has begun.
//! Standard output is for programs (`--json`), standard error for people.

mod arguments;
mod authority;
mod changes;
mod follow;
mod get;
mod interrupt;
mod json_lines;
mod layout;
mod list;
pub mod log;
mod order;
mod password;
mod progress;
mod report;
#[cfg(test)]
mod scene;
mod schedule;
mod serve;
mod show;
mod steer;
mod table;
mod tally;
mod terminal;
mod watch;
mod wrong;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Command, CommandFactory, Parser};

use crate::words::{Explained, Language};
use arguments::{Arguments, Verb};
use wrong::Wrong;

/// How a command ended, as the shell sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All complete.
    Complete,
    /// Understood, but refused or failed.
    Failed,
    /// The line itself is wrong.
    WrongLine,
    /// No Ebb is running that could be asked; or one that is in the way.
    NotRunning,
    /// Stopped by a person; what was there stays.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Complete => 0,
            Exit::Failed => 1,
            Exit::WrongLine => 2,
            Exit::NotRunning => 3,
            Exit::Interrupted => 130,
        })
    }
}

/// What a line comes to.
#[derive(Debug)]
pub enum Line {
    /// A command, which has ended.
    Done(ExitCode),
    /// The window, with these links, or files of links, to begin with.
    Window(Vec<String>),
}

/// Runs the command that the line asks for; the window is the caller's to open.
pub fn run(line: impl IntoIterator<Item = OsString>) -> Line {
    let language = Language::system();
    let line: Vec<OsString> = line.into_iter().collect();
    let exit = match Arguments::try_parse_from(&line) {
        Ok(Arguments {
            verb: Some(Verb::Get(arguments)),
            ..
        }) => get::run(*arguments, language),
        Ok(Arguments {
            verb: Some(Verb::Serve),
            ..
        }) => serve::run(language),
        Ok(Arguments {
            verb: Some(verb), ..
        }) => steer::run(verb, language),
        Ok(Arguments { verb: None, words }) => match window(words) {
            Ok(words) => return Line::Window(words),
            Err(wrong) => wrong_line(&wrong, language),
        },
        Err(error) => not_parsed(&error, &line, language),
    };
    Line::Done(exit.into())
}

/// The whole line as it may be typed, for man pages and completions.
#[must_use]
pub fn command() -> clap::Command {
    <Arguments as clap::CommandFactory>::command()
}

/// Is each of these a link, or a file that may hold some? Anything else was meant as a command.
fn window(words: Vec<String>) -> Result<Vec<String>, Wrong> {
    let is_neither = |word: &&String| !word.contains("://") && !Path::new(word).is_file();
    match words.iter().find(is_neither) {
        Some(word) => Err(Wrong::Command(word.clone())),
        None if cfg!(feature = "gui") => Ok(words),
        None => Err(words
            .into_iter()
            .next()
            .map_or(Wrong::NoWindow, Wrong::Command)),
    }
}

/// Says in one line why the window cannot be opened.
pub fn no_window(told: &Explained) -> ExitCode {
    report::line(&format!("ebb: {}: {}", told.message, told.hint));
    Exit::Failed.into()
}

fn wrong_line(wrong: &Wrong, language: Language) -> Exit {
    report::line(&wrong.line(language));
    Exit::WrongLine
}

/// The command that a line begins with; empty where it is none.
fn verb_of(line: &[OsString]) -> String {
    let word = line.get(1).map(OsString::as_os_str).unwrap_or_default();
    let found = Arguments::command();
    let found = found.find_subcommand(word).map(Command::get_name);
    found.unwrap_or_default().to_owned()
}

/// Help and version are answers; all else is a wrong line.
fn not_parsed(error: &clap::Error, line: &[OsString], language: Language) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A closed pipe behind `ebb help` is nobody's fault.
            let _ = error.print();
            Exit::Complete
        }
        _ => wrong_line(&Wrong::of_parser(error, verb_of(line)), language),
    }
}
