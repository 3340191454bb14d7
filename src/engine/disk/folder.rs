//! Folders, open while something is under way in them.
//!
//! Always true: nobody but who works in a folder holds it, so that its disk can be taken away;
//! and where a folder is said to be, it was looked at: its path may lead to another one by now.

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, Weak};

use super::lock;
use super::system::{self, Identity};
use crate::download::Failure;

/// A folder that is held.
#[derive(Debug)]
pub struct Folder {
    path: Arc<Path>,
    handle: Option<File>,
    identity: Identity,
    nameless: bool,
}

impl Folder {
    /// Makes it where it is missing, and opens it.
    fn open(path: &Path) -> Result<Self, Failure> {
        std::fs::create_dir_all(path).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => Failure::NotAFolder,
            // Nothing can be made there (`/proc`, a mount point without its mount).
            io::ErrorKind::NotFound => Failure::PermissionDenied,
            _ => system::failure(&error),
        })?;
        let handle = File::open(path).ok().filter(|_| cfg!(unix));
        let nameless = handle.as_ref().and_then(system::nameless_in);
        Ok(Self {
            path: path.into(),
            identity: handle.as_ref().map(system::identity).unwrap_or_default(),
            handle,
            nameless: matches!(nameless, Some(Ok(_))),
        })
    }

    /// Where it was found.
    pub fn path(&self) -> &Arc<Path> {
        &self.path
    }

    /// The folder itself, where the system has such handles.
    pub fn handle(&self) -> Option<&File> {
        self.handle.as_ref()
    }

    /// The device it is on.
    pub fn device(&self) -> u64 {
        self.identity.device
    }

    /// Files can be written in it without a name at first.
    pub fn takes_nameless(&self) -> bool {
        self.nameless
    }

    /// A new file in it that has no name; `None` where there are no such files, or it was removed.
    pub fn nameless(&self) -> Option<io::Result<File>> {
        self.handle.as_ref().and_then(system::nameless_in)
    }

    /// Makes its names durable.
    pub fn sync(&self) -> io::Result<()> {
        self.handle.as_ref().map_or(Ok(()), system::sync_folder)
    }

    /// Where it is now, if it was moved away and can be found.
    pub fn moved_to(&self) -> Option<PathBuf> {
        if self.is_there() {
            return None;
        }
        let path = self.handle.as_ref().and_then(system::path_of)?;
        (system::folder_at(&path) == Some(self.identity)).then_some(path)
    }

    /// It is the one that was found at its path.
    pub fn is_at(&self, found: Option<Identity>) -> bool {
        self.handle.is_none() || found == Some(self.identity)
    }

    /// Its path still leads to it.
    fn is_there(&self) -> bool {
        self.is_at(system::folder_at(&self.path))
    }
}

/// The folders that are held. Locked for a look or an entry, never over a call to the system.
#[derive(Debug, Default)]
pub struct Folders(Mutex<HashMap<Arc<Path>, Weak<Folder>>>);

impl Folders {
    /// The folder of this path as it is held, if it is; nothing is looked at.
    pub fn held(&self, path: &Path) -> Option<Arc<Folder>> {
        lock(&self.0).get(path)?.upgrade()
    }

    /// The folder to which this path leads now; made if missing.
    pub fn open(&self, path: &Path) -> Result<Arc<Folder>, Failure> {
        if let Some(folder) = self.held(path).filter(|folder| folder.is_there()) {
            return Ok(folder);
        }
        let folder = Arc::new(Folder::open(path)?);
        let mut all = lock(&self.0);
        all.retain(|_, held| held.strong_count() > 0);
        all.insert(folder.path.clone(), Arc::downgrade(&folder));
        Ok(folder)
    }
}

#[cfg(test)]
mod tests;
