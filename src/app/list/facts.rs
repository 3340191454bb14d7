//! What a row says of a group besides its sums: of what kind, from where, its name.
//!
//! Values, never words. Only the first 256 files of a group are looked at, so that a row
//! costs the same for one file and for 100,000.

use std::sync::Arc;

use crate::app::icon::Icon;
use crate::download::{State, file_name};
use crate::queue::{FileView, GroupView};

/// Most files of a group that are looked at for its row, and for the search.
pub const LOOKED_AT: usize = 256;

/// What a row says of a group besides its sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The name of its first file, for a group without one.
    pub first_name: Option<String>,
    /// The kind of its files; `Layers` where there is more than one kind.
    pub icon: Icon,
    /// The first server, with its port where that is not the usual one; empty without files.
    pub host: String,
    /// How many servers its files come from.
    pub hosts: usize,
}

impl Facts {
    /// Of a group.
    #[must_use]
    pub fn of(group: &GroupView) -> Self {
        let mut icons = files(group)
            .take(LOOKED_AT)
            .map(|file| Icon::of_file(&file_name(file)));
        let first = icons.next().unwrap_or(Icon::Layers);
        let mut hosts: Vec<String> = files(group).take(LOOKED_AT).map(host).collect();
        let host = hosts.first().cloned().unwrap_or_default();
        hosts.sort_unstable();
        hosts.dedup();
        Self {
            first_name: first_name(group),
            icon: if icons.all(|icon| icon == first) {
                first
            } else {
                Icon::Layers
            },
            host,
            hosts: hosts.len(),
        }
    }
}

/// All files of a group, in their order.
pub fn files(group: &GroupView) -> impl Iterator<Item = &FileView> {
    let chunks = group.jobs.iter().flat_map(|job| job.files.iter());
    chunks.flat_map(|chunk| chunk.iter())
}

/// The name of a group's first file; `None` without files.
#[must_use]
pub fn first_name(group: &GroupView) -> Option<String> {
    files(group).next().map(file_name)
}

/// A file's name: that on the disk, else the one a person chose, else the link's last part,
/// else the server. Not yet made fit to be shown.
#[must_use]
pub fn file_name(file: &FileView) -> String {
    let on_disk = file.path.as_ref().and_then(|path| path.file_name());
    if let Some(name) = on_disk {
        return name.to_string_lossy().into_owned();
    }
    if let Some(name) = &file.source.name {
        return name.to_string();
    }
    file_name::in_link(&file.source.link).unwrap_or_else(|| host(file))
}

/// How much of a file is there: rounded down, 100 only when it is complete; `None` where its
/// size is not known.
#[must_use]
pub fn percent(file: &FileView) -> Option<u8> {
    if file.state == State::Complete {
        return Some(100);
    }
    let size = file.size.filter(|size| *size > 0)?;
    let percent = u128::from(file.bytes) * 100 / u128::from(size);
    Some(percent.min(99) as u8)
}

/// Where a file comes from: the host, and the port where it is not the scheme's.
pub(super) fn host(file: &FileView) -> String {
    let origin = file.source.link.origin();
    match origin.split_once("://") {
        Some((_, host)) => host.to_owned(),
        None => origin,
    }
}

/// `true` where two views of a group differ in no name, link or folder that was looked at.
pub(super) fn reads_the_same(a: &GroupView, b: &GroupView) -> bool {
    let mut pairs = files(a).zip(files(b)).take(LOOKED_AT);
    a.summary.files_total == b.summary.files_total
        && (Arc::ptr_eq(&a.properties, &b.properties) || a.properties.name == b.properties.name)
        && pairs.all(|(a, b)| Arc::ptr_eq(&a.source, &b.source) && a.path == b.path)
}
