//! Names and parts: which name a file gets, and its part, locked.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;

use super::folder::Folder;
use super::system::{self, Identity};
use super::{Known, Reserved, lock, part_path};
use crate::download::{Failure, RangeSet, file_name};
use crate::queue::ConflictRule;

/// Names tried before a person is asked.
pub const MOST_NUMBERS: u32 = 10_000;

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
    /// The whole length, for the check of free space.
    pub total: Option<u64>,
    /// Numbered names before this one are known to be other downloads'.
    pub from_number: u32,
    /// The empty part with this number is known to be nobody's.
    pub nobodys: Option<u32>,
}

/// A part that was there before.
#[derive(Debug, Clone)]
pub struct Earlier {
    /// Its final path.
    pub path: PathBuf,
    /// Which file it was.
    pub identity: Identity,
    /// Bytes written.
    pub written: RangeSet,
    /// Those of them that are certain on another mount, too.
    pub synced: RangeSet,
}

/// A part, open and locked.
#[derive(Debug)]
pub struct Part {
    /// Its bytes.
    pub file: Arc<File>,
    /// The final path.
    pub path: PathBuf,
    /// Its folder, to be synced.
    pub folder: Arc<Folder>,
    /// Which file it is.
    pub identity: Identity,
    /// Bytes of the earlier try that are there.
    pub kept: RangeSet,
    /// Made just now.
    pub fresh: bool,
    claimed: AtomicBool,
    moved: Mutex<Option<PathBuf>>,
    _reservation: Reservation,
}

impl Part {
    /// Looks whether its folder was moved away with it (a call to the system).
    pub fn look(&self) {
        let folder = self.folder.moved_to();
        let path = folder.and_then(|folder| Some(folder.join(self.path.file_name()?)));
        let is_it = |path: &PathBuf| system::identity_of(&part_path(path)) == Some(self.identity);
        *lock(&self.moved) = path.filter(is_it);
    }

    /// Its final path in the folder with which it was seen to have moved.
    pub fn moved_to(&self) -> Option<PathBuf> {
        lock(&self.moved).clone()
    }

    /// Somebody answers for it from now on: it stays when it is closed.
    pub fn claim(&self) {
        self.claimed.store(true, Ordering::Relaxed);
    }

    /// Room that it has on the disk already.
    fn reserved(&self) -> u64 {
        system::reserved(&self.file)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if self.fresh && !self.claimed.load(Ordering::Relaxed) {
            remove(&self.path, self.identity);
        }
        // A sync under way holds the file open; the next try must not wait for it.
        let _ = self.file.unlock();
    }
}

/// Holds a final path for one download of this process, until it is dropped.
#[derive(Debug)]
pub struct Reservation {
    path: PathBuf,
    all: Reserved,
}

impl Reservation {
    /// `None`: another download has it.
    pub fn of(known: &Known, path: &Path) -> Option<Self> {
        let taken = lock(&known.reserved).insert(path.to_owned());
        taken.then(|| Self {
            path: path.to_owned(),
            all: known.reserved.clone(),
        })
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        lock(&self.all).remove(&self.path);
    }
}

/// Removes the part of this final path, if it still is this file.
pub fn remove(path: &Path, identity: Identity) {
    let part = part_path(path);
    if system::identity_of(&part) == Some(identity) {
        let _ = std::fs::remove_file(part);
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
    /// There is an empty part under this final path, and nobody writes it: only the store
    /// knows whether it belongs to one who does not run now; the number tried.
    Empty(PathBuf, u32),
}

/// A file without a name, with these bytes, in this folder (or where its path leads to now).
pub fn nameless(
    known: &Known,
    mut folder: Arc<Folder>,
    chunks: &[Bytes],
) -> Result<(File, Arc<Folder>), Failure> {
    let made = match folder.nameless() {
        Some(Ok(file)) => Some(Ok(file)),
        // The folder was removed, and perhaps made again: what we hold is the old one.
        _ => {
            folder = known.folders.open(folder.path())?;
            folder.nameless()
        }
    };
    let mut file = made
        .ok_or(Failure::DestinationGone)?
        .map_err(|error| system::failure(&error))?;
    for chunk in chunks {
        file.write_all(chunk)
            .map_err(|error| system::failure(&error))?;
    }
    Ok((file, folder))
}

/// Opens the earlier part, or finds a name and makes one.
pub fn open(known: &Known, request: OpenPart) -> Result<Opened, Failure> {
    let folder = known.folders.open(&request.folder)?;
    let opened = part_or_name(known, &request, &folder)?;
    if let (Opened::Part(part), Some(total)) = (&opened, request.total)
        && let Some(free) = system::free_space(&request.folder)
    {
        let needed = total.saturating_sub(part.reserved());
        if needed > free {
            return Err(Failure::DiskFull {
                needed: Some(needed),
                free: Some(free),
            });
        }
    }
    Ok(opened)
}

fn part_or_name(
    known: &Known,
    request: &OpenPart,
    folder: &Arc<Folder>,
) -> Result<Opened, Failure> {
    if let Some(earlier) = &request.earlier
        && let Some(opened) = again(known, earlier, folder)?
    {
        return Ok(opened);
    }
    for number in request.from_number..MOST_NUMBERS {
        let path = request.folder.join(candidate(&request.name, number));
        if let Some(opened) = fresh(known, request, path, folder, number)? {
            return Ok(opened);
        }
    }
    Err(Failure::NameConflict { is_folder: false })
}

/// The part of an earlier try, where it still is the same file and nobody else writes it.
fn again(
    known: &Known,
    earlier: &Earlier,
    folder: &Arc<Folder>,
) -> Result<Option<Opened>, Failure> {
    let Some(reservation) = Reservation::of(known, &earlier.path) else {
        return Ok(None);
    };
    let part = part_path(&earlier.path);
    let file = match options().open(&part) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        // A link or a folder took its place: not ours.
        Err(_) if std::fs::symlink_metadata(&part).is_ok_and(|there| !there.is_file()) => {
            return Ok(None);
        }
        Err(error) => return Err(system::failure(&error)),
    };
    if !take(&file, &part)? {
        return Ok(Some(Opened::Locked(earlier.path.clone(), 0)));
    }
    let Some(kept) = kept(earlier, &file)? else {
        return Ok(None);
    };
    Ok(Some(Opened::Part(Arc::new(Part {
        path: earlier.path.clone(),
        folder: folder.clone(),
        identity: system::identity(&file),
        file: Arc::new(file),
        kept,
        fresh: false,
        claimed: AtomicBool::new(false),
        moved: Mutex::default(),
        _reservation: reservation,
    }))))
}

/// The bytes of an earlier try that this part has; `None` where it is another file.
pub fn kept(earlier: &Earlier, file: &File) -> Result<Option<RangeSet>, Failure> {
    let (identity, was) = (system::identity(file), earlier.identity);
    if !identity.is_same(was) {
        // Not the one that was written: somebody else's, by now.
        return Ok(None);
    }
    let length = file
        .metadata()
        .map_err(|error| system::failure(&error))?
        .len();
    let mut kept = match identity == was {
        true => earlier.written.clone(),
        false => earlier.synced.clone(),
    };
    kept.remove(&(length..u64::MAX));
    Ok(Some(kept))
}

/// A new part under this name; `None`: the next number, please.
fn fresh(
    known: &Known,
    request: &OpenPart,
    path: PathBuf,
    folder: &Arc<Folder>,
    number: u32,
) -> Result<Option<Opened>, Failure> {
    let renames = request.rule == ConflictRule::Rename;
    let Some(reservation) = Reservation::of(known, &path) else {
        return if renames {
            Ok(None)
        } else {
            Err(Failure::InUse)
        };
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
    let file = match options().create_new(true).open(&part) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            // Empty, and perhaps nobody's: a try that ended before its first byte.
            match options().open(&part) {
                Ok(file) => match (take(&file, &part)?, file.metadata()) {
                    (false, _) => return Ok(Some(Opened::Locked(path, number))),
                    (true, Ok(meta)) if meta.is_file() && meta.len() == 0 => {
                        if request.nobodys != Some(number) {
                            return Ok(Some(Opened::Empty(path, number)));
                        }
                        file
                    }
                    _ if renames => return Ok(None),
                    _ => return Err(Failure::NameConflict { is_folder: false }),
                },
                Err(_) if renames => return Ok(None),
                Err(_) => {
                    return Err(Failure::NameConflict {
                        is_folder: part.is_dir(),
                    });
                }
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
        folder: folder.clone(),
        kept: RangeSet::new(),
        fresh: true,
        claimed: AtomicBool::new(false),
        moved: Mutex::default(),
        _reservation: reservation,
    }))))
}

/// The name itself, then with a number: `a.zip`, `a (1).zip`, …
pub fn candidate(name: &str, number: u32) -> String {
    match number {
        0 => name.to_owned(),
        number => file_name::numbered(name, number),
    }
}

/// Locks a part against other processes; `false` where one has it. A lock on a file that
/// was renamed or removed in between is none.
pub fn take(file: &File, path: &Path) -> Result<bool, Failure> {
    match file.try_lock() {
        Ok(()) => Ok(system::identity_of(path) == Some(system::identity(file)) || !cfg!(unix)),
        Err(TryLockError::WouldBlock) => Ok(false),
        // A file system without locks: the record in the store must do.
        Err(TryLockError::Error(error)) if system::has_no_locks(&error) => Ok(true),
        Err(TryLockError::Error(error)) => Err(system::failure(&error)),
    }
}

pub fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
    }
    options
}
