//! Opening what was downloaded with the program the desktop has for it, and showing it in
//! its folder.
//!
//! A program is never opened: a click on something that has just come from the net must not
//! run it. Its folder is shown instead, and the person starts it there, past whatever the
//! system has to say about it. Both functions block for up to a second or so.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// Why something was not opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It is no longer there.
    #[error("{0} is not there")]
    Missing(PathBuf),
    /// It would run.
    #[error("{0} is a program")]
    Program(PathBuf),
    /// The desktop has nothing to open it with, or does not do it.
    #[error("{path} was not opened: {reason}")]
    Failed {
        /// What.
        path: PathBuf,
        /// Why, in the system's words.
        reason: String,
    },
}

/// Opens a file with its program, or a folder.
///
/// # Errors
/// [`OpenError`]; a program file is refused ([`OpenError::Program`]).
pub fn open(path: &Path) -> Result<(), OpenError> {
    if runs(path).map_err(|error| failure(path, &error))? {
        return Err(OpenError::Program(path.to_owned()));
    }
    launch(path)
}

/// Shows a file in its folder: chosen there where the system can, else only the folder.
///
/// # Errors
/// [`OpenError`]; a file that is gone is missing, even where its folder could be shown.
pub fn show_in_folder(path: &Path) -> Result<(), OpenError> {
    path.symlink_metadata()
        .and_then(|_| show(path))
        .map_err(|error| failure(path, &error))
}

fn launch(path: &Path) -> Result<(), OpenError> {
    open::that_detached(path).map_err(|error| failure(path, &error))
}

fn failure(path: &Path, error: &io::Error) -> OpenError {
    let path = path.to_owned();
    // A launcher that is missing is not found, either.
    if error.kind() == ErrorKind::NotFound && path.symlink_metadata().is_err() {
        return OpenError::Missing(path);
    }
    let reason = error.to_string();
    OpenError::Failed { path, reason }
}

#[cfg(windows)]
fn show(path: &Path) -> io::Result<()> {
    use std::os::windows::process::CommandExt;
    // The only way Explorer reads it: the path in quotes of its own. A name has none in it.
    let argument = format!("/select,\"{}\"", path.display());
    std::process::Command::new("explorer.exe")
        .raw_arg(argument)
        .spawn()
        .map(drop)
}

#[cfg(target_os = "macos")]
fn show(path: &Path) -> io::Result<()> {
    let told = std::process::Command::new("/usr/bin/open")
        .arg("-R")
        .arg(path)
        .status()?;
    match told.success() {
        true => Ok(()),
        false => Err(io::Error::other(told.to_string())),
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn show(path: &Path) -> io::Result<()> {
    open::that_detached(path.parent().unwrap_or(path))
}

/// Endings of files that run, or make others run, when they are opened on some system.
const PROGRAMS: [&str; 39] = [
    "app", "appimage", "bat", "chm", "cmd", "com", "command", "cpl", "desktop", "exe", "gadget",
    "hta", "inf", "jar", "jnlp", "js", "jse", "lnk", "msc", "msi", "msp", "pif", "ps1", "py",
    "pyw", "reg", "run", "scf", "scr", "sct", "sh", "terminal", "url", "vb", "vbe", "vbs",
    "workflow", "ws", "wsf",
];

/// How the contents of programs begin: of Linux, of scripts, of Windows, of launchers.
const BEGINNINGS: [&[u8]; 4] = [b"\x7fELF", b"#!", b"MZ", b"[Desktop Entry]"];

/// Would it run? By its name, and by its first bytes, whatever its name.
fn runs(path: &Path) -> io::Result<bool> {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    if PROGRAMS.contains(&ending.to_ascii_lowercase().as_str()) {
        path.metadata()?;
        return Ok(true);
    }
    // Anything that is neither file nor folder could keep a reader waiting.
    if !path.metadata()?.is_file() {
        return Ok(false);
    }
    let mut head = Vec::new();
    File::open(path)?.take(16).read_to_end(&mut head)?;
    Ok(BEGINNINGS
        .iter()
        .any(|beginning| head.starts_with(beginning)))
}

#[cfg(test)]
mod tests;
