//! Names and parts: which name a file gets, and its part, locked.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;

use super::system::{self, Identity};
use super::{Folder, Known, Reserved, lock, part_path};
use crate::download::{Failure, RangeSet, file_name};
use crate::queue::ConflictRule;

/// Names tried before a person is asked.
const MOST_NUMBERS: u32 = 10_000;

/// What a download needs of the disk before its first byte.
#[derive(Debug, Clone)]
pub struct OpenPart {
    /// Made if missing.
    pub folder: Arc<Path>,
    /// The wanted name.
    pub name: String,
    /// What to do when it is taken.
    pub rule: ConflictRule,
    /// The part of an earlier try.
    pub earlier: Option<Earlier>,
    /// Bytes still to come, for the check of free space.
    pub needed: Option<u64>,
    /// Numbered names before this one are known to be other downloads'.
    pub from_number: u32,
}

/// A part that was there before.
#[derive(Debug, Clone)]
pub struct Earlier {
    /// Its final path.
    pub path: PathBuf,
    /// Which file it was.
    pub identity: Identity,
    /// Bytes written, as recorded.
    pub written: RangeSet,
    /// Those of them that are certain after a power cut.
    pub synced: RangeSet,
    /// The system has not been started again since.
    pub same_boot: bool,
}

/// A part, open and locked.
#[derive(Debug)]
pub struct Part {
    /// Its bytes.
    pub file: Arc<File>,
    /// The final path.
    pub path: PathBuf,
    /// Its folder, to be synced.
    pub folder: Option<Arc<File>>,
    /// Which file it is.
    pub identity: Identity,
    /// Bytes of the earlier try that are there.
    pub kept: RangeSet,
    /// Made just now.
    pub fresh: bool,
    /// It stood there already, empty, with this number: only the store knows whose it is.
    pub found: Option<u32>,
    reservation: Reservation,
}

/// Holds a final path for one download of this process, until it is dropped.
#[derive(Debug)]
struct Reservation {
    path: PathBuf,
    all: Reserved,
}

impl Reservation {
    /// `None`: another download has it.
    fn of(known: &Known, path: &Path) -> Option<Self> {
        let taken = lock(&known.reserved).insert(path.to_owned());
        taken.then(|| Self { path: path.to_owned(), all: known.reserved.clone() })
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        lock(&self.all).remove(&self.path);
    }
}

/// What came of it.
#[derive(Debug)]
pub enum Opened {
    /// To be written.
    Part(Arc<Part>),
    /// The file is there already, and the rule says leave it.
    Exists(PathBuf),
    /// The part under this final path is being written, by another process; the number tried.
    Locked(PathBuf, u32),
}

/// The folder, made and opened once.
pub fn folder(known: &mut Known, path: &Path) -> Result<Folder, Failure> {
    if let Some(folder) = known.folders.get(path) {
        return Ok(folder.clone());
    }
    std::fs::create_dir_all(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::NotAFolder,
        // Nothing can be made there (`/proc`, a mount point without its mount).
        io::ErrorKind::NotFound => Failure::PermissionDenied,
        _ => system::failure(&error),
    })?;
    let handle = File::open(path).ok().filter(|_| cfg!(unix)).map(Arc::new);
    let nameless = handle.as_ref().and_then(|handle| system::nameless_in(handle));
    let folder = Folder {
        device: handle.as_ref().map_or(0, |handle| system::identity(handle).device),
        handle,
        nameless: matches!(nameless, Some(Ok(_))),
    };
    known.folders.insert(path.to_owned(), folder.clone());
    Ok(folder)
}

/// A file without a name, with these bytes.
pub fn nameless(folder: &Folder, chunks: &[Bytes]) -> Result<File, Failure> {
    let path = folder.handle.as_ref().and_then(|handle| system::nameless_in(handle));
    let mut file = match path {
        Some(made) => made.map_err(|error| system::failure(&error))?,
        None => return Err(Failure::DestinationGone),
    };
    for chunk in chunks {
        file.write_all(chunk).map_err(|error| system::failure(&error))?;
    }
    Ok(file)
}

/// Opens the earlier part, or finds a name and makes one.
pub fn open(known: &mut Known, request: OpenPart) -> Result<Opened, Failure> {
    let folder = match folder(known, &request.folder) {
        // A folder that was removed since is made again.
        Ok(_) if !request.folder.is_dir() => {
            known.folders.remove(&*request.folder);
            self::folder(known, &request.folder)?
        }
        other => other?,
    };
    if let (Some(needed), Some(free)) = (request.needed, system::free_space(&request.folder))
        && needed > free
    {
        return Err(Failure::DiskFull { needed: Some(needed), free: Some(free) });
    }
    if let Some(earlier) = &request.earlier
        && let Some(opened) = again(known, earlier, &folder)?
    {
        return Ok(opened);
    }
    for number in request.from_number..MOST_NUMBERS {
        let name = candidate(&request.name, number);
        let path = request.folder.join(&name);
        if let Some(opened) = fresh(known, &request, path, &folder, number)? {
            return Ok(opened);
        }
    }
    Err(Failure::NameConflict { is_folder: false })
}

/// The part of an earlier try, where it still is the same file and nobody else writes it.
fn again(known: &Known, earlier: &Earlier, folder: &Folder) -> Result<Option<Opened>, Failure> {
    let Some(reservation) = Reservation::of(known, &earlier.path) else { return Ok(None) };
    let part = part_path(&earlier.path);
    let file = match options().open(&part) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(system::failure(&error)),
    };
    if !take(&file, &part)? {
        return Ok(Some(Opened::Locked(earlier.path.clone(), 0)));
    }
    let identity = system::identity(&file);
    let was = earlier.identity;
    let born_there = identity.born != 0 && identity.born == was.born;
    let mounted_anew = identity.inode == was.inode && born_there;
    if identity != was && !mounted_anew {
        // Not the one that was written: somebody else's, by now.
        return Ok(None);
    }
    let length = file.metadata().map_err(|error| system::failure(&error))?.len();
    let mut kept = match earlier.same_boot && identity == was {
        true => earlier.written.clone(),
        false => earlier.synced.clone(),
    };
    kept.remove(&(length..u64::MAX));
    Ok(Some(Opened::Part(Arc::new(Part {
        file: Arc::new(file),
        path: earlier.path.clone(),
        folder: folder.handle.clone(),
        identity,
        kept,
        fresh: false,
        found: None,
        reservation,
    }))))
}

/// A new part under this name; `None`: the next number, please.
fn fresh(
    known: &Known,
    request: &OpenPart,
    path: PathBuf,
    folder: &Folder,
    number: u32,
) -> Result<Option<Opened>, Failure> {
    let renames = request.rule == ConflictRule::Rename;
    let Some(reservation) = Reservation::of(known, &path) else {
        return if renames { Ok(None) } else { Err(Failure::InUse) };
    };
    if let Ok(there) = std::fs::symlink_metadata(&path) {
        match request.rule {
            ConflictRule::Rename => return Ok(None),
            _ if there.is_dir() => return Err(Failure::NameConflict { is_folder: true }),
            ConflictRule::Skip => return Ok(Some(Opened::Exists(path))),
            ConflictRule::Fail => return Err(Failure::NameConflict { is_folder: false }),
            ConflictRule::Overwrite => {}
        }
    }
    let part = part_path(&path);
    let mut found = None;
    let file = match options().create_new(true).open(&part) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            // Empty, and perhaps nobody's: a try that ended before its first byte.
            found = Some(number);
            match options().open(&part) {
                Ok(file) => match (take(&file, &part)?, file.metadata()) {
                    (false, _) => return Ok(Some(Opened::Locked(path, number))),
                    (true, Ok(meta)) if meta.is_file() && meta.len() == 0 => file,
                    _ if renames => return Ok(None),
                    _ => return Err(Failure::NameConflict { is_folder: false }),
                },
                Err(_) if renames => return Ok(None),
                Err(_) => return Err(Failure::NameConflict { is_folder: part.is_dir() }),
            }
        }
        Err(error) => return Err(system::failure(&error)),
    };
    if !take(&file, &part)? {
        return Ok(Some(Opened::Locked(path, number)));
    }
    Ok(Some(Opened::Part(Arc::new(Part {
        identity: system::identity(&file),
        file: Arc::new(file),
        path,
        folder: folder.handle.clone(),
        kept: RangeSet::new(),
        fresh: found.is_none(),
        found,
        reservation,
    }))))
}

/// The name itself, then with a number: `a.zip`, `a (1).zip`, …
pub fn candidate(name: &str, number: u32) -> String {
    match number {
        0 => name.to_owned(),
        number => file_name::numbered(name, number),
    }
}

/// Undoes an `open` of which nothing came.
pub fn give_back(part: &Part) {
    if part.fresh {
        let _ = std::fs::remove_file(part_path(&part.reservation.path));
    }
}

/// Locks a part against other processes; `false` where one has it. A lock on a file that
/// was renamed or removed in between is none.
fn take(file: &File, path: &Path) -> Result<bool, Failure> {
    match file.try_lock() {
        Ok(()) => Ok(system::identity_of(path) == Some(system::identity(file)) || !cfg!(unix)),
        Err(TryLockError::WouldBlock) => Ok(false),
        // A file system without locks: the record in the store must do.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(true),
        Err(TryLockError::Error(error)) => Err(system::failure(&error)),
    }
}

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
    }
    options
}
