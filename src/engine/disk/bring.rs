//! A part comes along into another folder: renamed, or copied where that is another disk.
//!
//! Always true: nothing that stands in the new folder is replaced; of the old part nothing is
//! removed (but by the rename itself) before the store knows the new one. A rename that the
//! store never heard of is found again by what the part is. (A copy is not: a kill during one
//! loses no byte, but leaves behind what was copied, under a part's name.)

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::folder::Folder;
use super::open::{self, Earlier, MOST_NUMBERS, Reservation, candidate};
use super::system::{self, Identity};
use super::{Known, part_path};
use crate::download::{Failure, RangeSet};
use crate::queue::ConflictRule;

/// Copied at once; between two of them a stop is heard.
const CHUNK: usize = 1 << 20;
/// Numbers among which a part that was renamed already is looked for.
const NEAR: u32 = 100;

/// A part that is to stand in another folder.
#[derive(Debug, Clone)]
pub struct Bring {
    /// What it is, and where.
    pub earlier: Earlier,
    /// Where to; made if missing.
    pub folder: Arc<Path>,
    /// What to do when the name is taken there.
    pub rule: ConflictRule,
}

/// Where it stands now.
#[derive(Debug, Clone)]
pub struct Brought {
    /// The final path.
    pub path: PathBuf,
    /// Which file it is.
    pub identity: Identity,
    /// Bytes that are there.
    pub written: RangeSet,
    /// Those of them that are certain after a power cut.
    pub synced: RangeSet,
}

/// What came of it at once.
pub enum Renamed {
    /// It stands there.
    Near(Brought),
    /// It must be copied.
    Far(Copy),
    /// There is nothing to bring, or no place for it.
    Nothing,
}

/// A part on its way to another disk; it holds both parts' names.
pub struct Copy {
    old: File,
    kept: RangeSet,
    new: File,
    path: PathBuf,
    folder: Arc<Folder>,
    _reservation: Reservation,
}

/// Renames the part; or finds a name for it, where it must be copied.
pub fn rename(known: &Known, request: &Bring) -> Result<Renamed, Failure> {
    let old_part = part_path(&request.earlier.path);
    let Ok(old) = open::options().open(&old_part) else {
        return Ok(renamed_before(request).map_or(Renamed::Nothing, Renamed::Near));
    };
    let Some(kept) = of_use(&request.earlier, &old, &old_part)? else {
        return Ok(Renamed::Nothing);
    };
    let folder = known.folders.open(&request.folder)?;
    let name = name(&request.earlier);
    for number in 0..MOST_NUMBERS {
        let path = request.folder.join(candidate(&name, number));
        let moved = match free(known, &path, request.rule)? {
            Some(reservation) => (rename_to(&old_part, &path, request.rule)?, reservation),
            None if request.rule == ConflictRule::Skip => return Ok(Renamed::Nothing),
            None => continue,
        };
        return Ok(match moved {
            (Moved::Taken, _) => continue,
            (Moved::Renamed, _) => {
                let _ = folder.sync();
                Renamed::Near(Brought {
                    path,
                    identity: system::identity(&old),
                    written: kept,
                    synced: request.earlier.synced.clone(),
                })
            }
            (Moved::Begun(new), _reservation) => Renamed::Far(Copy {
                old,
                kept,
                new,
                path,
                folder,
                _reservation,
            }),
        });
    }
    Err(Failure::NameConflict { is_folder: false })
}

/// The bytes of the old part, locked from now on; `None` where there are none, or it is
/// another file.
fn of_use(earlier: &Earlier, old: &File, part: &Path) -> Result<Option<RangeSet>, Failure> {
    if !open::take(old, part)? {
        return Err(Failure::InUse);
    }
    let kept = open::kept(earlier, old)?;
    Ok(kept.filter(|kept| !kept.is_empty()))
}

enum Moved {
    Renamed,
    /// On another disk: an empty part there.
    Begun(File),
    /// Another one's part stands there.
    Taken,
}

fn rename_to(old_part: &Path, path: &Path, rule: ConflictRule) -> Result<Moved, Failure> {
    let part = part_path(path);
    let moved = match system::rename_new(old_part, &part) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            let new = open::options().create_new(true).open(&part);
            new.map(Moved::Begun)
        }
        renamed => renamed.map(|()| Moved::Renamed),
    };
    match moved {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => match rule {
            ConflictRule::Rename => Ok(Moved::Taken),
            _ => Err(Failure::NameConflict { is_folder: false }),
        },
        moved => moved.map_err(|error| system::failure(&error)),
    }
}

/// The name, held for this file; `None` where it is taken, and this one is not wanted then.
fn free(known: &Known, path: &Path, rule: ConflictRule) -> Result<Option<Reservation>, Failure> {
    let reservation = Reservation::of(known, path);
    if reservation.is_none() && rule != ConflictRule::Rename {
        return Err(Failure::InUse);
    }
    let Ok(there) = std::fs::symlink_metadata(path) else {
        return Ok(reservation);
    };
    match rule {
        ConflictRule::Rename => Ok(None),
        _ if there.is_dir() => Err(Failure::NameConflict { is_folder: true }),
        ConflictRule::Skip => Ok(None),
        ConflictRule::Fail => Err(Failure::NameConflict { is_folder: false }),
        ConflictRule::Overwrite => Ok(reservation),
    }
}

/// The program ended after the rename, before the store had heard of it.
fn renamed_before(request: &Bring) -> Option<Brought> {
    let earlier = &request.earlier;
    let is_known = earlier.identity != Identity::default();
    let name = name(earlier);
    let mut paths = (0..NEAR).map(|number| request.folder.join(candidate(&name, number)));
    let is_it = |path: &PathBuf| system::identity_of(&part_path(path)) == Some(earlier.identity);
    let path = paths.find(|path| is_known && is_it(path))?;
    Some(Brought {
        path,
        identity: earlier.identity,
        written: earlier.written.clone(),
        synced: earlier.synced.clone(),
    })
}

fn name(earlier: &Earlier) -> String {
    let name = earlier.path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

impl Copy {
    /// Copies what there is, durably. `None`: the old part cannot be read.
    pub fn run(self, life: &CancellationToken) -> Result<Option<Brought>, Failure> {
        let copied = self.copy(life);
        if !matches!(copied, Ok(true)) {
            open::remove(&self.path, system::identity(&self.new));
            return copied.map(|_| None);
        }
        let _ = self.folder.sync();
        Ok(Some(Brought {
            identity: system::identity(&self.new),
            path: self.path,
            written: self.kept.clone(),
            synced: self.kept,
        }))
    }

    fn copy(&self, life: &CancellationToken) -> Result<bool, Failure> {
        let on_disk = |error: io::Error| system::failure(&error);
        let mut chunk = vec![0; CHUNK];
        system::reserve(&self.new, self.kept.end()).map_err(on_disk)?;
        for range in self.kept.iter() {
            let mut at = range.start;
            while at < range.end {
                if life.is_cancelled() {
                    return Err(Failure::Disk("the copy was stopped".into()));
                }
                let wanted = (range.end - at).min(CHUNK as u64) as usize;
                let read = system::read_at(&self.old, &mut chunk[..wanted], at);
                if !read.is_ok_and(|read| read == wanted) {
                    return Ok(false);
                }
                system::write_at(&self.new, &chunk[..wanted], at).map_err(on_disk)?;
                at += wanted as u64;
            }
        }
        self.new.sync_all().map_err(on_disk)?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests;
