//! The disk: parts are opened, files get their final names, and what is promised is synced.
//!
//! Always true: a final name stands for a whole, verified, synced file; no existing
//! file is replaced unless the rule says so; a part is written by one process only.
//!
//! Four threads, each started when first needed: `names` creates, writes small files
//! and renames (from one thread, for each folder is locked while its names change);
//! `sync` makes groups of files durable; `flush` syncs parts that still grow;
//! `hash` reads whole files again, and copies parts to another disk. Payload of large files is written by who received it.

mod bring;
mod folder;
mod group;
mod open;
pub mod system;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

pub use bring::{Bring, Brought};
pub use open::{Earlier, OpenPart, Opened, Part, candidate};

use self::bring::Renamed;
use self::folder::{Folder, Folders};
use self::group::{Gathering, Waiting};
use super::checksum;
use super::lane::Lane;
use super::store::{PartRecord, Store};
use crate::download::Failure;
use crate::download::digest::Checksum;
use crate::queue::{ConflictRule, Fingerprint};

/// What follows the final name while a file is not whole.
pub const PART_SUFFIX: &str = ".ebb-part";

/// Where the parts of a file stand.
#[must_use]
pub fn part_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(PART_SUFFIX);
    name.into()
}

/// How a file ended: where it stands, and which file it is.
#[derive(Debug, Clone)]
pub struct Finished {
    /// The final path.
    pub path: PathBuf,
    /// The file as it was left, where Ebb wrote it.
    pub fingerprint: Option<Fingerprint>,
    /// It was there before this run.
    pub existed: bool,
    /// That it is finished was recorded before it got its name.
    pub recorded: bool,
}

/// Told once, from one of the disk's threads; a failure, where it is dropped untold.
pub struct Done(Option<Tell>);

type Tell = Box<dyn FnOnce(Result<Finished, Failure>) + Send>;

impl Done {
    /// Tells this.
    #[must_use]
    pub fn new(tell: impl FnOnce(Result<Finished, Failure>) + Send + 'static) -> Self {
        Self(Some(Box::new(tell)))
    }

    fn tell(mut self, result: Result<Finished, Failure>) {
        if let Some(tell) = self.0.take() {
            tell(result);
        }
    }
}

impl Drop for Done {
    fn drop(&mut self) {
        if let Some(tell) = self.0.take() {
            tell(Err(Failure::Disk("the disk's thread broke off".into())));
        }
    }
}

/// A whole small file, in memory.
pub struct Small {
    /// The folder.
    pub folder: Arc<Folder>,
    /// The wanted name; a number is added where it is taken.
    pub name: String,
    /// All bytes, in order.
    pub chunks: Vec<Bytes>,
    /// Its time at the source.
    pub modified: Option<SystemTime>,
    /// Where it came from, without secrets.
    pub origin: String,
    /// Recorded (with path and identity) before it gets its name, so that a kill in between
    /// does not make it come twice.
    pub record: Option<PartRecord>,
    /// Called when it stands under its final name, durably.
    pub done: Done,
}

/// A part whose bytes are all there.
pub struct Whole {
    /// The part.
    pub part: Arc<Part>,
    /// Its length; surplus (of an earlier version) is cut off.
    pub length: u64,
    /// What it must be.
    pub checksums: Vec<Checksum>,
    /// What to do when the name is taken.
    pub rule: ConflictRule,
    /// Its time at the source.
    pub modified: Option<SystemTime>,
    /// Where it came from, without secrets.
    pub origin: String,
}

/// The disk.
#[derive(Clone)]
pub struct Disk {
    names: Lane,
    sync: Lane,
    flush: Lane,
    hash: Lane,
    known: Arc<Known>,
    group: Arc<Gathering>,
    store: Store,
}

/// What the `names` thread knows. Locked for a look or an entry, never over a call to the system.
#[derive(Default)]
struct Known {
    folders: Folders,
    /// Final paths that are being worked for.
    reserved: Reserved,
}

/// Paths that downloads of this process have taken.
type Reserved = Arc<Mutex<HashSet<PathBuf>>>;

impl Disk {
    /// With threads of its own.
    #[must_use]
    pub fn threads(store: Store) -> Self {
        system::raise_open_files();
        Self::with(Lane::thread, Duration::from_millis(200), store)
    }

    /// Everything at once in the caller: for tests on made-up time.
    #[cfg(test)]
    #[must_use]
    pub fn inline(store: Store) -> Self {
        Self::with(Lane::inline, Duration::ZERO, store)
    }

    fn with(lane: impl Fn(&'static str) -> Lane, patience: Duration, store: Store) -> Self {
        Self {
            names: lane("ebb-names"),
            sync: lane("ebb-sync"),
            flush: lane("ebb-flush"),
            hash: lane("ebb-hash"),
            known: Arc::default(),
            group: Arc::new(Gathering::new(patience)),
            store,
        }
    }

    /// Finds a name for a file and opens its part, or the part it had.
    ///
    /// # Errors
    /// What the disk says; `InUse` where another download writes this file.
    pub async fn open(&self, request: OpenPart) -> Result<Opened, Failure> {
        let (answer, opened) = oneshot::channel();
        let known = self.known.clone();
        self.names.run(move || {
            let _ = answer.send(open::open(&known, request));
        });
        opened
            .await
            .unwrap_or_else(|_| Err(Failure::Disk("the disk's thread has ended".into())))
    }

    /// Brings a part along into another folder, for a try with this life. `None`: nothing can
    /// be brought. The old part is left where it was copied.
    ///
    /// # Errors
    /// What the new folder's disk says; `InUse` where another process writes the part.
    pub async fn bring(
        &self,
        request: Bring,
        life: CancellationToken,
    ) -> Result<Option<Brought>, Failure> {
        let (answer, brought) = oneshot::channel();
        let (known, hash) = (self.known.clone(), self.hash.clone());
        self.names
            .run(move || match bring::rename(&known, &request) {
                Ok(Renamed::Far(copy)) => hash.run(move || {
                    let _ = answer.send(copy.run(&life));
                }),
                Ok(Renamed::Near(brought)) => drop(answer.send(Ok(Some(brought)))),
                Ok(Renamed::Nothing) => drop(answer.send(Ok(None))),
                Err(failure) => drop(answer.send(Err(failure))),
            });
        brought
            .await
            .unwrap_or_else(|_| Err(Failure::Disk("the disk's thread has ended".into())))
    }

    /// The folder, made if missing, where a small file can be written without a name at first.
    ///
    /// # Errors
    /// The folder cannot be made or opened.
    pub async fn nameless_in(&self, path: &Path) -> Result<Option<Arc<Folder>>, Failure> {
        let takes = |folder: &Arc<Folder>| folder.takes_nameless();
        // (Where its path leads to now is looked at when its files get their names, once for many.)
        if let Some(folder) = self.known.folders.held(path) {
            return Ok(Some(folder).filter(takes));
        }
        let (answer, asked) = oneshot::channel();
        let (known, path) = (self.known.clone(), path.to_owned());
        self.names.run(move || {
            let _ = answer.send(known.folders.open(&path));
        });
        let folder = asked.await.ok().transpose()?;
        Ok(folder.filter(takes))
    }

    /// Writes a small file.
    pub fn small(&self, small: Small) {
        let disk = self.clone();
        self.names.run(move || {
            let Small {
                folder,
                name,
                chunks,
                modified,
                origin,
                record,
                done,
            } = small;
            match open::nameless(&disk.known, folder, &chunks) {
                Err(failure) => done.tell(Err(failure)),
                Ok((file, folder)) => {
                    system::mark(&file, modified, &origin);
                    let bytes = chunks.iter().map(|chunk| chunk.len() as u64).sum();
                    disk.wait_for_sync(Waiting {
                        file: Arc::new(file),
                        part: None,
                        path: folder.path().join(&name),
                        folder,
                        rule: ConflictRule::Rename,
                        bytes,
                        record,
                        done,
                    });
                }
            }
        });
    }

    /// Verifies a whole part, syncs it and gives it its final name.
    pub fn finish(&self, whole: Whole, done: Done) {
        let disk = self.clone();
        let lane = if whole.checksums.is_empty() {
            &self.names
        } else {
            &self.hash
        };
        lane.run(move || {
            let part = whole.part;
            if let Err(failure) = checksum::verify(&part.file, whole.length, &whole.checksums) {
                return done.tell(Err(failure));
            }
            system::mark(&part.file, whole.modified, &whole.origin);
            disk.wait_for_sync(Waiting {
                file: part.file.clone(),
                folder: part.folder.clone(),
                path: part.path.clone(),
                part: Some(part),
                rule: whole.rule,
                bytes: whole.length,
                // (A part's record says already that it is whole.)
                record: None,
                done,
            });
        });
    }

    /// Syncs a part that still grows, and looks whether it is where it is said to be.
    pub fn flush(&self, part: &Arc<Part>, done: impl FnOnce(Result<(), Failure>) + Send + 'static) {
        // (Not the part itself: whoever closes it gives its lock back.)
        let (file, path, identity) = (part.file.clone(), part_path(&part.path), part.identity);
        self.flush.run(move || {
            let synced = file.sync_data();
            done(match synced {
                Ok(()) if system::identity_of(&path) != Some(identity) => {
                    Err(Failure::DestinationGone)
                }
                synced => synced.map_err(|error| system::failure(&error)),
            });
        });
    }

    /// Removes a part, if it still is this file.
    pub fn discard(&self, path: PathBuf, identity: system::Identity) {
        self.names.run(move || open::remove(&path, identity));
    }

    /// Nothing more is on its way: what waits for company need not.
    pub fn hurry(&self) {
        self.group.hurry();
    }

    /// Removes a finished file, if it still is as it was left.
    pub fn delete(&self, path: PathBuf, fingerprint: Fingerprint) {
        self.names.run(move || {
            if system::is_still(&path, &fingerprint) {
                let _ = std::fs::remove_file(path);
            }
        });
    }

    /// Waits for all that was asked for, and ends the threads.
    pub fn end(&self) {
        self.hurry();
        // What one lane does may give work to the next; twice around reaches all.
        for lane in [
            &self.names,
            &self.hash,
            &self.flush,
            &self.sync,
            &self.names,
            &self.sync,
        ] {
            lane.finish();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
