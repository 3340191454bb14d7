//! Where the socket is: in the folder for running programs, under a name made of the data
//! folder's path. Whoever holds the lock on a data folder owns that name.

use std::io;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use interprocess::local_socket::Name;
use sha2::{Digest, Sha256};

use crate::platform::Folders;

/// Beside the queue: where its socket is. A process that was told of another session finds it so.
const NOTE: &str = "ebb.socket";

/// Where the Ebb that has these folders said it is, and then where it may be.
pub fn to_try(folders: &Folders) -> Vec<PathBuf> {
    let noted = std::fs::read_to_string(folders.data.join(NOTE)).ok();
    let noted = noted.map(PathBuf::from).filter(|path| path.is_absolute());
    noted.into_iter().chain(candidates(folders)).collect()
}

/// Writes down where it is; where that cannot be done, those of the same session find it still.
pub fn note(folders: &Folders, path: &Path) {
    let noted = path
        .to_str()
        .map_or(Ok(()), |path| std::fs::write(folders.data.join(NOTE), path));
    if let Err(error) = noted {
        tracing::warn!(%error, "where the socket is could not be written down");
    }
}

/// Where a socket of these folders may be made, the usual place first.
pub fn candidates(folders: &Folders) -> Vec<PathBuf> {
    let name = format!("ebb-{}.sock", short_hash(&folders.data));
    let mut all: Vec<PathBuf> = folders.run_folders().map(|run| run.join(&name)).collect();
    all.retain(|path| fits(path));
    all
}

/// Two data folders have two names, one folder has one, whatever way leads to it.
fn short_hash(data: &Path) -> String {
    let data = data.canonicalize().unwrap_or_else(|_| data.to_owned());
    let digest = Sha256::digest(data.as_os_str().as_encoded_bytes());
    HEXLOWER.encode(&digest[..6])
}

/// Paths of sockets are short: 108 bytes on Linux, 104 on macOS and the BSDs, with a zero.
#[cfg(unix)]
fn fits(path: &Path) -> bool {
    path.as_os_str().len() < 104
}

#[cfg(not(unix))]
fn fits(_: &Path) -> bool {
    true
}

/// The same, as the system names it.
#[cfg(unix)]
pub fn name(path: &Path) -> io::Result<Name<'_>> {
    use interprocess::local_socket::{GenericFilePath, ToFsName};
    path.to_fs_name::<GenericFilePath>()
}

/// Named pipes have no folders: the file's name says it all.
#[cfg(windows)]
pub fn name(path: &Path) -> io::Result<Name<'_>> {
    use interprocess::local_socket::{GenericNamespaced, ToNsName};
    path.file_name()
        .unwrap_or_default()
        .to_ns_name::<GenericNamespaced>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_a_data_folder_and_always_a_short_path() {
        let place = tempfile::tempdir().unwrap();
        let near = Folders::under(place.path());
        let first = candidates(&near);
        assert_eq!(first[0].parent(), Some(near.run.as_path()));
        assert_eq!(candidates(&near), first);
        let other = Folders::under(&place.path().join("other"));
        assert_ne!(candidates(&other)[0].file_name(), first[0].file_name());

        let deep = Folders::under(&place.path().join("deep/".repeat(30)));
        let found = candidates(&deep);
        assert!(
            !found.is_empty() && found.iter().all(|path| fits(path)),
            "{found:?}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_the_folder_leads_to_the_same() {
        let place = tempfile::tempdir().unwrap();
        let real = Folders::under(&place.path().join("real"));
        crate::platform::folders::make(&real.data).unwrap();
        std::os::unix::fs::symlink(place.path().join("real"), place.path().join("link")).unwrap();
        let linked = Folders::under(&place.path().join("link"));
        assert_eq!(
            candidates(&linked)[0].file_name(),
            candidates(&real)[0].file_name()
        );
    }
}
