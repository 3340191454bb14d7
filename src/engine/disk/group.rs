//! Files whose bytes are written, on their way to durable final names, many at a time.
//!
//! The order is what makes the promise: bytes synced, then the name given, then the
//! folder synced, then told. While one group is being synced the next one gathers.

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::folder::Folder;
use super::open::{MOST_NUMBERS, candidate};
use super::system::Identity;
use super::{Disk, Done, Finished, Part, lock, part_path, system};
use crate::download::Failure;
use crate::engine::store::PartRecord;
use crate::queue::ConflictRule;

/// From here on one sync of the whole file system is cheaper than one a file.
const MANY: usize = 32;
/// A group's bounds.
const MOST_FILES: usize = 4_096;
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// A file that waits for its sync.
pub struct Waiting {
    /// Its bytes.
    pub file: Arc<File>,
    /// Its part; it has no name yet, otherwise.
    pub part: Option<Arc<Part>>,
    /// Its folder.
    pub folder: Arc<Folder>,
    /// The wanted final path.
    pub path: PathBuf,
    /// What to do when it is taken.
    pub rule: ConflictRule,
    /// Its length.
    pub bytes: u64,
    /// To be saved before it gets its name.
    pub record: Option<PartRecord>,
    /// Told at the end.
    pub done: Done,
}

/// The group that gathers.
pub struct Gathering {
    group: Mutex<Group>,
    changed: Condvar,
    patience: Duration,
}

struct Group {
    waiting: Vec<Waiting>,
    running: bool,
    hurry: bool,
    started: Option<Instant>,
}

impl Gathering {
    /// Groups begin this long after one another, unless there is a hurry.
    #[must_use]
    pub fn new(patience: Duration) -> Self {
        let group = Group {
            waiting: Vec::new(),
            running: false,
            hurry: false,
            started: None,
        };
        Self {
            group: Mutex::new(group),
            changed: Condvar::new(),
            patience,
        }
    }

    /// The group that gathers is not to wait for more.
    pub fn hurry(&self) {
        lock(&self.group).hurry = true;
        self.changed.notify_all();
    }

    /// Adds a file; `true` when no group is on its way.
    fn add(&self, file: Waiting) -> bool {
        let mut group = lock(&self.group);
        group.waiting.push(file);
        if group.waiting.len() == MOST_FILES / 2 {
            self.changed.notify_all();
        }
        !std::mem::replace(&mut group.running, true)
    }

    /// Waits for company, then takes what has gathered (nothing: no group is on its way).
    fn take(&self) -> Vec<Waiting> {
        let mut group = lock(&self.group);
        while let Some(started) = group.started {
            let left = self.patience.saturating_sub(started.elapsed());
            let enough = group.waiting.is_empty() || group.waiting.len() >= MOST_FILES / 2;
            if left.is_zero() || group.hurry || enough {
                break;
            }
            let waited = self.changed.wait_timeout(group, left);
            group = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        let mut bytes = 0;
        let over = group.waiting.iter().position(|file| {
            bytes += file.bytes;
            bytes > MOST_BYTES
        });
        let many = over
            .map_or(MOST_FILES, |at| at.max(1))
            .min(group.waiting.len());
        let rest = group.waiting.split_off(many);
        let files = std::mem::replace(&mut group.waiting, rest);
        group.running = !files.is_empty();
        group.started = group.running.then(Instant::now);
        group.hurry = false;
        files
    }
}

type Named = (Waiting, Result<Finished, Failure>);

impl Disk {
    /// Adds to the group that gathers, and starts it if none is on its way.
    pub(super) fn wait_for_sync(&self, file: Waiting) {
        if self.group.add(file) {
            self.next_group();
        }
    }

    fn next_group(&self) {
        let disk = self.clone();
        self.sync.run(move || {
            let files = disk.group.take();
            if files.is_empty() {
                return;
            }
            let synced = sync(files);
            let after = disk.clone();
            disk.names.run(move || {
                let named = after.name(synced);
                after.sync.run(move || tell(named));
                after.next_group();
            });
        });
    }

    fn name(&self, mut files: Vec<(Waiting, io::Result<()>)>) -> Vec<Named> {
        self.follow(&mut files);
        self.record(&mut files);
        // Thousands may want one name: not each of them tries all numbers from the first.
        let mut numbers = HashMap::new();
        files
            .into_iter()
            .map(|(file, synced)| {
                let named = match synced {
                    Err(error) => Err(system::failure(&error)),
                    Ok(()) => give_name(&file, &mut numbers).map(|finished| Finished {
                        recorded: file.record.is_some() && finished.path == file.path,
                        ..finished
                    }),
                };
                (file, named)
            })
            .collect()
    }
}

impl Disk {
    /// Where the path of a folder leads elsewhere by now, what has no name yet gets it there; a
    /// part is not there, and its download finds out what is left of it.
    fn follow(&self, files: &mut [(Waiting, io::Result<()>)]) {
        let mut looked = HashMap::new();
        for (file, synced) in files {
            let path = file.folder.path().clone();
            let now = looked
                .entry(path.clone())
                .or_insert_with(|| system::folder_at(&path));
            if file.folder.is_at(*now) {
                continue;
            }
            let found = match &file.part {
                None => self.known.folders.open(&path).ok(),
                Some(part) => {
                    part.look();
                    None
                }
            };
            match found {
                Some(folder) => file.folder = folder,
                None if synced.is_ok() => *synced = Err(io::ErrorKind::NotFound.into()),
                None => {}
            }
        }
    }

    /// What will stand under its name in a moment is known before: whoever finds it there
    /// after a kill knows whose it is. What was not recorded is told to the loop alone.
    fn record(&self, files: &mut [(Waiting, io::Result<()>)]) {
        let mut records = Vec::new();
        for (file, synced) in files.iter_mut() {
            let Some(record) = file.record.as_mut().filter(|_| synced.is_ok()) else {
                continue;
            };
            record.path.clone_from(&file.path);
            record.identity = system::identity(&file.file);
            records.push(record.clone());
        }
        if !records.is_empty() && !self.store.save_now(records) {
            files.iter_mut().for_each(|(file, _)| file.record = None);
        }
    }
}

/// Makes the bytes durable. An error of the sync of all is every file's.
fn sync(files: Vec<Waiting>) -> Vec<(Waiting, io::Result<()>)> {
    let each = |file: Waiting| {
        let synced = file.file.sync_all();
        (file, synced)
    };
    if files.len() <= MANY {
        return files.into_iter().map(each).collect();
    }
    let mut devices: HashMap<u64, Option<Result<(), io::ErrorKind>>> = HashMap::new();
    files
        .into_iter()
        .map(|file| {
            let all = devices.entry(file.folder.device()).or_insert_with(|| {
                let synced = file.folder.handle().and_then(system::sync_all_of);
                synced.map(|synced| synced.map_err(|error| error.kind()))
            });
            match *all {
                Some(synced) => (file, synced.map_err(io::Error::from)),
                None => each(file),
            }
        })
        .collect()
}

/// Gives the final name, as the rule says.
///
/// `numbers` are the first that may be free, of names that others of the group took.
fn give_name(file: &Waiting, numbers: &mut HashMap<PathBuf, u32>) -> Result<Finished, Failure> {
    let fingerprint = system::fingerprint(&file.file);
    let finished = |path| Finished {
        path,
        fingerprint,
        existed: false,
        recorded: false,
    };
    let part = file.part.as_ref().map(|part| part_path(&part.path));
    if let Some(part) = &part
        && system::identity_of(part) != fingerprint.as_ref().map(Identity::from)
    {
        // Somebody put something else in its place, or took it away.
        return Err(Failure::DestinationGone);
    }
    let is_folder = |path: &PathBuf| path.is_dir();
    if file.rule == ConflictRule::Overwrite
        && let Some(part) = &part
    {
        if is_folder(&file.path) {
            return Err(Failure::NameConflict { is_folder: true });
        }
        std::fs::rename(part, &file.path).map_err(|error| system::failure(&error))?;
        return Ok(finished(file.path.clone()));
    }
    let name = file
        .path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("download");
    let known = numbers
        .get(&file.path)
        .filter(|_| file.rule == ConflictRule::Rename);
    for number in known.copied().unwrap_or(0)..MOST_NUMBERS {
        let name = candidate(name, number);
        let path = file.path.with_file_name(&name);
        let given = match (&part, file.folder.handle()) {
            (Some(part), _) => system::rename_new(part, &path),
            (None, Some(folder)) => system::give_name(&file.file, folder, &name),
            (None, None) => Err(io::ErrorKind::Unsupported.into()),
        };
        match given {
            Ok(()) => {
                if number > 0 {
                    numbers.insert(file.path.clone(), number + 1);
                }
                return Ok(finished(path));
            }
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(system::failure(&error));
            }
            Err(_) => match file.rule {
                ConflictRule::Rename => {}
                ConflictRule::Skip if !is_folder(&path) => {
                    if let Some(part) = &part {
                        let _ = std::fs::remove_file(part);
                    }
                    return Ok(Finished {
                        path,
                        fingerprint: None,
                        existed: true,
                        recorded: false,
                    });
                }
                _ => {
                    return Err(Failure::NameConflict {
                        is_folder: is_folder(&path),
                    });
                }
            },
        }
    }
    numbers.insert(file.path.clone(), MOST_NUMBERS);
    Err(Failure::NameConflict { is_folder: false })
}

/// Makes the names durable, each folder once, and tells.
fn tell(named: Vec<Named>) {
    let folders: HashMap<usize, &Folder> = named
        .iter()
        .map(|(file, _)| (Arc::as_ptr(&file.folder) as usize, &*file.folder))
        .collect();
    for folder in folders.values() {
        if let Err(error) = folder.sync() {
            tracing::warn!(%error, "a folder could not be synced");
        }
    }
    for (file, result) in named {
        drop((file.file, file.part));
        file.done.tell(result);
    }
}
