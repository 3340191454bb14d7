//! What is typed into fields, read: the value, or the mistake that is shown at the field.
//!
//! An empty field is no mistake: it stands for no value.

use std::path::{Path, PathBuf};

use crate::download::digest::{Checksum, ChecksumError};
use crate::download::header::{self, HeaderError};
use crate::download::link::LinkError;
use crate::download::{Failure, Link};
use crate::queue::command::Credentials;
use crate::queue::property::{NAME, parse_rate};
use crate::settings::{Bounded, Folder, FolderError, OutOfBounds};
use crate::words::explain::{explain, explain_checksum, explain_link, tell};
use crate::words::{Explained, Language, key};

/// What is wrong with what was typed.
#[derive(Debug, Clone, PartialEq)]
pub enum Mistake {
    /// More characters than this.
    TooLong(usize),
    /// Not a whole number, or out of its bounds.
    Number(OutOfBounds),
    /// Not bytes a second.
    Rate,
    /// A password, but no user.
    NoUser,
    /// A colon in the user's name: the server would take what follows for the password.
    UserWithColon,
    /// Not a checksum.
    Checksum(ChecksumError),
    /// A checksum, but not one link.
    ChecksumOfSeveral,
    /// Not a header.
    Header(HeaderError),
    /// Not a link.
    Link(LinkError),
    /// Not the path of a folder.
    Folder(FolderError),
    /// No file can be made there.
    Place(Failure),
}

/// A text of at most so many characters; blanks around it are nothing.
///
/// # Errors
/// [`Mistake::TooLong`].
pub fn text(typed: &str, most: usize) -> Result<String, Mistake> {
    let typed = typed.trim();
    // Characters are counted as far as they matter.
    match typed.chars().nth(most) {
        Some(_) => Err(Mistake::TooLong(most)),
        None => Ok(typed.to_owned()),
    }
}

/// A group's name.
///
/// # Errors
/// [`Mistake::TooLong`].
pub fn name(typed: &str) -> Result<String, Mistake> {
    text(typed, NAME)
}

/// A whole number within the bounds of its type.
///
/// # Errors
/// [`Mistake::Number`].
pub fn number<const LEAST: u32, const MOST: u32, const USUAL: u32>(
    typed: &str,
) -> Result<Option<Bounded<LEAST, MOST, USUAL>>, Mistake> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    typed.parse().map(Some).map_err(Mistake::Number)
}

/// Bytes a second; none for `off`, too.
///
/// # Errors
/// [`Mistake::Rate`].
pub fn rate(typed: &str) -> Result<Option<u64>, Mistake> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    parse_rate(typed).map_err(|_| Mistake::Rate)
}

/// A rate as it is typed, in the largest unit that says it exactly.
#[must_use]
pub fn shown_rate(bytes_per_second: u64) -> String {
    let units = [(30, "G"), (20, "M"), (10, "k")];
    let exact = units
        .into_iter()
        .find(|(bits, _)| bytes_per_second != 0 && bytes_per_second.trailing_zeros() >= *bits);
    match exact {
        Some((bits, unit)) => format!("{}{unit}", bytes_per_second >> bits),
        None => bytes_per_second.to_string(),
    }
}

/// A user and a password.
///
/// # Errors
/// [`Mistake::NoUser`], [`Mistake::UserWithColon`].
pub fn credentials(user: &str, password: &str) -> Result<Option<Credentials>, Mistake> {
    match (user.trim(), password) {
        ("", "") => Ok(None),
        ("", _) => Err(Mistake::NoUser),
        (user, _) if user.contains(':') => Err(Mistake::UserWithColon),
        (user, password) => Ok(Some(Credentials {
            user: user.to_owned(),
            password: password.to_owned(),
        })),
    }
}

/// `sha-256=…`, of the one file of so many links.
///
/// # Errors
/// [`Mistake::Checksum`], [`Mistake::ChecksumOfSeveral`].
pub fn checksum(typed: &str, links: usize) -> Result<Option<Checksum>, Mistake> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let checksum = Checksum::parse(typed).map_err(Mistake::Checksum)?;
    if links > 1 {
        return Err(Mistake::ChecksumOfSeveral);
    }
    Ok(Some(checksum))
}

/// Headers, one a line.
///
/// # Errors
/// [`Mistake::Header`], of the first line that is none.
pub fn headers<'a>(
    lines: impl Iterator<Item = impl AsRef<str> + 'a>,
) -> Result<Vec<(String, String)>, Mistake> {
    lines
        .filter(|line| !line.as_ref().trim().is_empty())
        .map(|line| header::parse(line.as_ref().trim()).map_err(Mistake::Header))
        .collect()
}

/// A link.
///
/// # Errors
/// [`Mistake::Link`], also of an empty text.
pub fn link(typed: &str) -> Result<Link, Mistake> {
    Link::parse(typed).map_err(Mistake::Link)
}

/// A folder's path; `~` at its beginning is the person's home.
///
/// # Errors
/// [`Mistake::Folder`], also of an empty text.
pub fn folder(typed: &str, home: Option<&Path>) -> Result<PathBuf, Mistake> {
    let typed = Path::new(typed.trim());
    let path = match (home, typed.strip_prefix("~")) {
        (Some(home), Ok(rest)) => home.join(rest),
        _ => typed.to_owned(),
    };
    Folder::try_from(path)
        .map(PathBuf::from)
        .map_err(Mistake::Folder)
}

/// The same path as it is shown, with `~` for the person's home.
#[must_use]
pub fn shown(folder: &Path, home: Option<&Path>) -> String {
    let below = home.and_then(|home| folder.strip_prefix(home).ok());
    match below {
        Some(below) if below.as_os_str().is_empty() => "~".to_owned(),
        Some(below) => Path::new("~").join(below).display().to_string(),
        None => folder.display().to_string(),
    }
}

impl Mistake {
    /// What is wrong and what would be right, in one line.
    #[must_use]
    pub fn explain(&self, language: Language) -> String {
        let Explained { message, hint } = match self {
            Self::TooLong(most) => tell(
                language,
                key!("typed-long", most),
                &[("most", (*most).into())],
                "",
            ),
            Self::Number(bounds) => bounds.explain(language),
            Self::Rate => tell(language, key!("typed-rate"), &[], ""),
            Self::NoUser => tell(language, key!("typed-no-user"), &[], ""),
            Self::UserWithColon => tell(language, key!("typed-user-colon"), &[], ""),
            Self::Checksum(ChecksumError::NoAlgorithm) => {
                tell(language, key!("typed-checksum"), &[], "")
            }
            Self::Checksum(error) => explain_checksum(error, language),
            Self::ChecksumOfSeveral => tell(language, key!("typed-checksum-one"), &[], ""),
            Self::Header(HeaderError::NoColon) => tell(language, key!("typed-header"), &[], ""),
            Self::Header(HeaderError::Name) => tell(language, key!("header-name"), &[], ""),
            Self::Header(HeaderError::Value) => tell(language, key!("typed-header-value"), &[], ""),
            Self::Header(HeaderError::Reserved) => tell(language, key!("header-reserved"), &[], ""),
            Self::Link(error) => explain_link(error, language),
            Self::Folder(error) => error.explain(language),
            Self::Place(failure) => explain(failure, language),
        };
        format!("{message}: {hint}")
    }
}

#[cfg(test)]
mod tests;
