//! The commands: what is typed in a shell, and what is said there.
//!
//! A wrong line says so in one line and ends with 2 before anything has begun.
//! Standard output is for programs (`--json`), standard error for people.

mod arguments;
mod authority;
mod expand;
mod follow;
mod get;
mod header;
mod home;
mod interrupt;
mod json_lines;
mod list;
mod order;
mod password;
mod progress;
mod report;
#[cfg(test)]
mod scene;
mod terminal;
mod wrong;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use crate::words::Language;
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
    /// Stopped by a person; what was there stays.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Complete => 0,
            Exit::Failed => 1,
            Exit::WrongLine => 2,
            Exit::Interrupted => 130,
        })
    }
}

/// Runs the command that the line asks for.
pub fn run(line: impl IntoIterator<Item = OsString>) -> ExitCode {
    let language = Language::system();
    match Arguments::try_parse_from(line) {
        Ok(Arguments {
            verb: Some(Verb::Get(arguments)),
        }) => get::run(*arguments, language),
        Ok(Arguments { verb: None }) => wrong_line(&Wrong::NoWindow, language),
        Err(error) => not_parsed(&error, language),
    }
    .into()
}

fn wrong_line(wrong: &Wrong, language: Language) -> Exit {
    report::line(&wrong.line(language));
    Exit::WrongLine
}

/// Help and version are answers; all else is a wrong line.
fn not_parsed(error: &clap::Error, language: Language) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A closed pipe behind `ebb help` is nobody's fault.
            let _ = error.print();
            Exit::Complete
        }
        _ => wrong_line(&Wrong::of_parser(error), language),
    }
}
