//! Where Ebb keeps what it keeps: under EBB_HOME, in `ebb-home` beside the program, or in
//! the system's usual folders; and where downloads go when nobody says.
//!
//! Looking makes nothing. What is made here is for its user alone.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use directories::{ProjectDirs, UserDirs};

/// The three places. All absolute; none need be there yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// What a person may set.
    pub config: PathBuf,
    /// What is remembered.
    pub data: PathBuf,
    /// Sockets and locks of running programs.
    pub run: PathBuf,
}

/// Why there is no place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FoldersError {
    /// The system names no home, and no variable does.
    #[error("no home folder")]
    NoHome,
    /// A folder cannot be made.
    #[error("{path} cannot be made: {reason}")]
    NotMade {
        /// Which.
        path: PathBuf,
        /// Why, in the system's words.
        reason: String,
    },
}

impl Folders {
    /// Those of this process.
    ///
    /// # Errors
    /// [`FoldersError::NoHome`].
    pub fn find() -> Result<Self, FoldersError> {
        let asked = std::env::var_os("EBB_HOME");
        let program = std::env::current_exe().ok();
        Self::choose(asked.as_deref(), program.as_deref()).ok_or(FoldersError::NoHome)
    }

    /// Those of a program at this path that is told this EBB_HOME (an empty one is none).
    #[must_use]
    pub fn choose(asked: Option<&OsStr>, program: Option<&Path>) -> Option<Self> {
        asked
            .filter(|home| !home.is_empty())
            .and_then(|home| std::path::absolute(home).ok())
            .or_else(|| beside(program?))
            .map(|home| Self::under(&home))
            .or_else(Self::of_system)
    }

    /// All under one folder.
    #[must_use]
    pub fn under(home: &Path) -> Self {
        Self {
            config: home.join("config"),
            data: home.join("data"),
            run: home.join("run"),
        }
    }

    fn of_system() -> Option<Self> {
        let usual = ProjectDirs::from("", "", "Ebb")?;
        let data = usual.data_local_dir().to_owned();
        Some(Self {
            config: usual.config_dir().to_owned(),
            run: usual
                .runtime_dir()
                .map_or_else(|| data.join("run"), Path::to_owned),
            data,
        })
    }

    /// Where sockets may be, the usual place first. The others serve where its path is too long
    /// for one, or where one process was told of its session and another was not.
    pub fn run_folders(&self) -> impl Iterator<Item = PathBuf> + use<> {
        let usual = self.run.clone();
        let without_session = self.data.join("run");
        let others = spare_run_folders().into_iter();
        let all = std::iter::once(usual).chain(others);
        all.chain(std::iter::once(without_session))
    }

    /// The settings' file; its folder is made when it is saved.
    #[must_use]
    pub fn settings(&self) -> PathBuf {
        self.config.join("settings.toml")
    }

    /// The database, its folder made if missing.
    ///
    /// # Errors
    /// [`FoldersError::NotMade`].
    pub fn database(&self) -> Result<PathBuf, FoldersError> {
        make(&self.data)?;
        Ok(self.data.join("ebb.sqlite"))
    }
}

/// The session's folder, though nobody may have named it to us; then one of ours alone among
/// the temporary files.
#[cfg(unix)]
fn spare_run_folders() -> Vec<PathBuf> {
    let user = rustix::process::geteuid().as_raw();
    let session = PathBuf::from(format!("/run/user/{user}"));
    let mut all = Vec::new();
    if session.is_dir() {
        all.push(session.join("ebb"));
    }
    all.push(PathBuf::from(format!("/tmp/ebb-{user}")));
    all
}

#[cfg(not(unix))]
fn spare_run_folders() -> Vec<PathBuf> {
    Vec::new()
}

/// Makes a folder for sockets, or takes the one that is there: only a real folder of our own
/// that nobody else may enter.
///
/// # Errors
/// [`FoldersError::NotMade`].
pub fn make_private(folder: &Path) -> Result<(), FoldersError> {
    make(folder)?;
    #[cfg(unix)]
    if !folder.is_symlink() && !is_private(folder) {
        use std::os::unix::fs::PermissionsExt;
        // (Of what is somebody else's, nothing can be changed.)
        let _ = std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700));
    }
    if is_private(folder) {
        return Ok(());
    }
    Err(FoldersError::NotMade {
        path: folder.to_owned(),
        reason: "it is a link, or somebody else's".to_owned(),
    })
}

/// Is it a real folder of our own that nobody else may enter? What is in another one may have
/// been put there by anybody.
#[cfg(unix)]
#[must_use]
pub fn is_private(folder: &Path) -> bool {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let ours = rustix::process::geteuid().as_raw();
    std::fs::symlink_metadata(folder).is_ok_and(|found| {
        found.is_dir() && found.uid() == ours && found.permissions().mode() & 0o077 == 0
    })
}

/// Elsewhere the socket itself says who may open it.
#[cfg(not(unix))]
#[must_use]
pub fn is_private(_: &Path) -> bool {
    true
}

/// The folder that makes Ebb portable, if it is there.
fn beside(program: &Path) -> Option<PathBuf> {
    Some(program.parent()?.join("ebb-home")).filter(|home| home.is_dir())
}

/// Makes a folder and those above it that are missing, for their user alone.
///
/// # Errors
/// [`FoldersError::NotMade`].
pub fn make(folder: &Path) -> Result<(), FoldersError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|error| FoldersError::NotMade {
            path: folder.to_owned(),
            reason: error.to_string(),
        })
}

/// The system's folder for downloads, there or not; none without a home.
#[must_use]
pub fn downloads() -> Option<PathBuf> {
    let of_person = UserDirs::new()?;
    let named = of_person.download_dir().map(Path::to_owned);
    Some(named.unwrap_or_else(|| of_person.home_dir().join("Downloads")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_goes_before_the_folder_beside_before_the_system() {
        let place = tempfile::tempdir().unwrap();
        let program = place.path().join("ebb");
        let program = Some(program.as_path());
        let portable = place.path().join("ebb-home");
        let asked = place.path().join("asked");
        let of_system = Folders::of_system();
        let choose = |asked: &str| Folders::choose(Some(OsStr::new(asked)), program);

        assert_eq!(Folders::choose(None, None), of_system);
        assert_eq!(Folders::choose(None, program), of_system);
        std::fs::write(&portable, "a file is none").unwrap();
        assert_eq!(Folders::choose(None, program), of_system);
        std::fs::remove_file(&portable).unwrap();
        std::fs::create_dir(&portable).unwrap();
        let found = Some(Folders::under(&portable));
        assert_eq!(Folders::choose(None, program), found);
        assert_eq!(choose(""), found, "an empty variable is none");
        let found = Some(Folders::under(&asked));
        assert_eq!(choose(asked.to_str().unwrap()), found);
        let here = std::env::current_dir().unwrap();
        let found = choose("relative").unwrap();
        assert_eq!(found.run, here.join("relative/run"));
    }

    #[test]
    fn looking_makes_nothing_and_asking_for_the_database_its_folder() {
        let place = tempfile::tempdir().unwrap();
        let folders = Folders::under(&place.path().join("home"));
        assert!(folders.settings().ends_with("home/config/settings.toml"));
        assert!(!place.path().join("home").exists());
        assert_eq!(folders.database().unwrap(), folders.data.join("ebb.sqlite"));
        assert!(folders.data.is_dir() && !folders.config.exists());
    }

    #[test]
    fn what_cannot_be_made_is_named() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("file");
        std::fs::write(&file, "").unwrap();
        let error = Folders::under(&file).database().unwrap_err();
        assert!(
            matches!(&error, FoldersError::NotMade { path, .. } if path.ends_with("file/data")),
            "{error}"
        );
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
