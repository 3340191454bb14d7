//! What the engine wants to know of a file or a group beside what snapshots show.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::id::{FileId, GroupId};
use super::snapshot::FileView;
use super::{Queue, State};
use crate::download::digest::Checksum;
use crate::download::{Link, file_name};

/// A file, with what its view leaves out.
#[derive(Debug, Clone)]
pub struct FileOutline {
    /// What is shown.
    pub view: FileView,
    /// What its bytes must be.
    pub checksum: Option<Arc<Checksum>>,
    /// The folder it goes to.
    pub folder: PathBuf,
}

/// What is remembered of a complete group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupOutline {
    /// Its name, or its first file's.
    pub name: String,
    /// Where its first file came from.
    pub link: Link,
    /// Where its first file went.
    pub folder: PathBuf,
    /// Bytes of all its files.
    pub bytes: u64,
    /// How many files.
    pub files: u64,
    /// When it was made.
    pub created: Timestamp,
    /// When its last file completed.
    pub completed: Timestamp,
}

impl Queue {
    /// A file, of a group on the list or about to leave it.
    #[must_use]
    pub fn file(&self, id: FileId) -> Option<FileOutline> {
        let key = self.table.find_file(id)?;
        Some(FileOutline {
            view: self.table.view(key).clone(),
            checksum: self.table.file(key).checksum.clone(),
            folder: self.table.job(key.job).options.folder.clone(),
        })
    }

    /// A group of which every file is complete; `None` for another one.
    #[must_use]
    pub fn complete_group(&self, id: GroupId) -> Option<GroupOutline> {
        let group = self.table.group(self.table.find_group(id).ok()?);
        let completed = group.completed?;
        let jobs = group.jobs.iter().map(|number| self.table.job(*number));
        let job = jobs.into_iter().find(|job| !job.files.is_empty())?;
        let first = job.view(0);
        let path = first.path.as_deref();
        let folder = path.and_then(|path| path.parent());
        let of_path = path.and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
        let name = Some(group.properties.name.clone()).filter(|name| !name.is_empty());
        let sums = group.sums.summary(0);
        Some(GroupOutline {
            name: name
                .or(of_path)
                .or_else(|| file_name::in_link(&first.source.link))
                .unwrap_or_default(),
            link: first.source.link.clone(),
            folder: folder.map_or_else(|| job.options.folder.clone(), PathBuf::from),
            bytes: sums.progress.bytes,
            files: u64::from(group.sums.count(State::Complete)),
            created: group.created,
            completed,
        })
    }
}
