//! What is wrong with a line, and how that is said: one line each, nothing secret in it.

use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::download::digest::ChecksumError;
use crate::download::link::LinkError;
use crate::download::pattern::MOST_LINKS;
use crate::pace::schedule::{ScheduleError, ScheduleProblem};
use crate::words::clean::{clean, clean_link};
use crate::words::explain::{explain_checksum, explain_link, tell};
use crate::words::{Explained, Key, Language, key, say};

/// A mistake in the line, or in a list that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// Neither a command nor a window to open.
    NoWindow,
    /// The parser's own words: what, and what to try; or else whose help tells more.
    Line(String, Option<String>, String),
    /// Not a URL.
    Link(String, LinkError),
    /// Not a URL, in a line of a list (whose text is not repeated).
    ListedLink(String, usize, LinkError),
    /// A pattern that can only count down, as it was typed.
    Backwards(String),
    /// The same in a line of a list.
    ListedBackwards(String, usize, String),
    /// A line of a list that is no text.
    ListedNotText(String, usize),
    /// More than a million.
    TooManyLinks,
    /// None at all.
    NoLinks,
    /// A list, and why it cannot be read.
    List(String, String),
    /// A line of a schedule, in this file.
    Schedule(String, ScheduleError),
    /// An option that does not fit, and the key of its text.
    Option(&'static str, Key),
    /// A file that an option names, the key of its text, and what the system says.
    File(PathBuf, Key, String),
    /// Not a checksum.
    Checksum(ChecksumError),
    /// No command of this name.
    Command(String),
}

impl Wrong {
    /// What clap found in a line that begins with this command, in one line; its usage and its
    /// pointer to the help are left out, and what may be a secret in a word that it repeats.
    pub fn of_parser(error: &clap::Error, verb: String) -> Self {
        if let Some(ContextValue::String(text)) = error.get(ContextKind::InvalidSubcommand) {
            return Self::Command(text.clone());
        }
        let mut text = error.render().to_string();
        if error.kind() == ErrorKind::UnknownArgument
            && let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidArg)
        {
            text = text.replace(word.as_str(), &masked(word));
        }
        let text = text.split("\n\nUsage:").next().unwrap_or_default();
        let text = text
            .split("\n\nFor more information")
            .next()
            .unwrap_or_default();
        let text = text.strip_prefix("error:").unwrap_or(text);
        let (what, tip) = match text.split_once("tip:") {
            Some((what, tip)) => (what, Some(one_line(&tip.replace("tip:", ";")))),
            None => (text, None),
        };
        Self::Line(one_line(what), tip, verb)
    }

    /// `ebb: about what: what is wrong: what to try`.
    pub fn line(&self, language: Language) -> String {
        let Explained { message, hint } = self.told(language);
        match self.subject() {
            Some(subject) => format!("ebb: {subject}: {message}: {hint}"),
            None => format!("ebb: {message}: {hint}"),
        }
    }

    fn subject(&self) -> Option<String> {
        match self {
            Self::Link(text, LinkError::Empty) if text.trim().is_empty() => None,
            Self::Link(text, _) => Some(clean_link(text)),
            Self::ListedLink(list, line, _)
            | Self::ListedBackwards(list, line, _)
            | Self::ListedNotText(list, line) => Some(format!("{}:{line}", clean(list))),
            Self::List(list, _) => Some(clean(list)),
            Self::Schedule(file, error) => Some(format!(
                "{}:{}: {}",
                clean(file),
                error.line,
                clean(&error.text)
            )),
            Self::Option(option, _) => Some((*option).to_owned()),
            Self::File(path, _, _) => Some(clean(&path.to_string_lossy())),
            Self::Checksum(_) => Some("--checksum".to_owned()),
            Self::Command(text) => Some(clean_link(text)),
            Self::NoWindow
            | Self::Line(..)
            | Self::Backwards(_)
            | Self::TooManyLinks
            | Self::NoLinks => None,
        }
    }

    fn told(&self, language: Language) -> Explained {
        let plain = |key: Key| tell(language, key, &[], "");
        match self {
            Self::NoWindow => plain(key!("no-window")),
            Self::Line(what, tip, verb) => Explained {
                message: clean(what),
                hint: tip.as_deref().map_or_else(
                    || one_line(&say!(language, "see-help", verb = verb.as_str())),
                    clean,
                ),
            },
            Self::Link(_, error) | Self::ListedLink(_, _, error) => explain_link(error, language),
            Self::Backwards(pattern) | Self::ListedBackwards(_, _, pattern) => tell(
                language,
                key!("pattern-backwards", pattern),
                &[("pattern", pattern.as_str().into())],
                "",
            ),
            Self::ListedNotText(..) => plain(key!("list-not-text")),
            Self::TooManyLinks => tell(
                language,
                key!("too-many-urls", most),
                &[("most", MOST_LINKS.to_string().into())],
                "",
            ),
            Self::NoLinks => plain(key!("no-urls")),
            Self::List(_, reason) => tell(language, key!("list-unreadable"), &[], reason),
            Self::Schedule(_, error) => plain(match error.problem {
                ScheduleProblem::Words => key!("schedule-words"),
                ScheduleProblem::Days => key!("schedule-days"),
                ScheduleProblem::Hours => key!("schedule-hours"),
                ScheduleProblem::Class => key!("schedule-class"),
                ScheduleProblem::Allowance => key!("schedule-allowance"),
            }),
            Self::Option(_, key) => plain(*key),
            Self::File(_, key, reason) => tell(language, *key, &[], reason),
            Self::Checksum(error) => explain_checksum(error, language),
            Self::Command(text) if text.contains("://") => plain(key!("no-window")),
            Self::Command(_) => plain(key!("no-command")),
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A word as it was typed in the place of another, without what may be a secret in it: the
/// values of a property, a header or a query, and a password.
pub fn masked(word: &str) -> String {
    match word.find(['=', ' ']) {
        Some(end) if !word.contains("://") => clean(&format!("{}…", &word[..=end])),
        _ => clean_link(word),
    }
}

#[cfg(test)]
mod tests;
