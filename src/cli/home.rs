//! Where Ebb keeps what it keeps: under EBB_HOME, in `ebb-home` beside the program,
//! or in the system's usual folder. What is made here is for its user alone.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::words::clean::clean;
use crate::words::explain::tell;
use crate::words::{Explained, Language};

/// The database, its folder made if missing.
pub fn database(language: Language) -> Result<PathBuf, Explained> {
    let folder = data_folder().ok_or_else(|| tell(language, "start-no-folder", &[], ""))?;
    make(&folder).map_err(|error| {
        let path = clean(&folder.to_string_lossy());
        tell(
            language,
            "start-folder",
            &[("path", path.into())],
            &error.to_string(),
        )
    })?;
    Ok(folder.join("ebb.sqlite"))
}

fn data_folder() -> Option<PathBuf> {
    let asked = std::env::var_os("EBB_HOME").filter(|home| !home.is_empty());
    let portable = std::env::current_exe()
        .ok()
        .and_then(|program| beside(&program));
    asked
        .and_then(|home| std::path::absolute(home).ok())
        .or(portable)
        .map(|home| home.join("data"))
        .or_else(|| {
            Some(
                ProjectDirs::from("", "", "Ebb")?
                    .data_local_dir()
                    .to_owned(),
            )
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_beside_the_program_makes_it_portable() {
        let place = tempfile::tempdir().unwrap();
        let program = place.path().join("ebb");
        assert_eq!(beside(&program), None);
        std::fs::write(place.path().join("ebb-home"), "a file is none").unwrap();
        assert_eq!(beside(&program), None);
        std::fs::remove_file(place.path().join("ebb-home")).unwrap();
        std::fs::create_dir(place.path().join("ebb-home")).unwrap();
        assert_eq!(beside(&program), Some(place.path().join("ebb-home")));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_made_is_its_users_alone() {
        use std::os::unix::fs::PermissionsExt;
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("home/data");
        make(&folder).unwrap();
        make(&folder).unwrap();
        for made in [&folder, &place.path().join("home")] {
            let mode = std::fs::metadata(made).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700, "{}", made.display());
        }
    }
}
