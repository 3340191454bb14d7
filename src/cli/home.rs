//! Where Ebb keeps what it keeps: under EBB_HOME, in `ebb-home` beside the program,
//! or in the system's usual folder. What is made here is for its user alone.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::words::explain::tell;
use crate::words::clean::clean;
use crate::words::{Explained, Language};

/// The database, its folder made if missing.
pub fn database(language: Language) -> Result<PathBuf, Explained> {
    let folder = data_folder().ok_or_else(|| tell(language, "start-no-folder", &[], ""))?;
    make(&folder).map_err(|error| {
        let path = clean(&folder.to_string_lossy());
        tell(language, "start-folder", &[("path", path.into())], &error.to_string())
    })?;
    Ok(folder.join("ebb.sqlite"))
}

fn data_folder() -> Option<PathBuf> {
    let asked = std::env::var_os("EBB_HOME").filter(|home| !home.is_empty());
    let portable = std::env::current_exe().ok().and_then(|program| beside(&program));
    asked
        .and_then(|home| std::path::absolute(home).ok())
        .or(portable)
        .map(|home| home.join("data"))
        .or_else(|| Some(ProjectDirs::from("", "", "Ebb")?.data_local_dir().to_owned()))
}

/// The folder that makes Ebb portable, if it is there.
fn beside(program: &Path) -> Option<PathBuf> {
    Some(program.parent()?.join("ebb-home")).filter(|home| home.is_dir())
}

fn make(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
