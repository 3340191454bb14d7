//! What is searched: every word must be in a group's name, servers, folders or files' names.

use std::path::Path;

use super::facts::{LOOKED_AT, file_name, files, host};
use crate::queue::GroupView;

/// The words that are looked for, in lower case. None: everything is found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Search(Vec<String>);

impl Search {
    pub(super) fn new(text: &str) -> Self {
        Self(
            text.to_lowercase()
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
        )
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn finds(&self, text: &str) -> bool {
        self.0.iter().all(|word| text.contains(word))
    }
}

/// All that a group can be found by, in lower case, one a line: no word is found across two.
/// A server or folder that comes again in the next file is not said again.
pub(super) fn text(group: &GroupView) -> Box<str> {
    let mut text = group.properties.name.clone();
    let mut add = |line: &str| {
        text.push('\n');
        text.push_str(line);
    };
    let (mut last_host, mut last_folder) = (String::new(), None);
    for file in files(group).take(LOOKED_AT) {
        add(&file_name(file));
        let host = host(file);
        if host != last_host {
            add(&host);
            last_host = host;
        }
        let folder = file.path.as_ref().and_then(|path| path.parent());
        if folder.is_some() && folder != last_folder {
            add(&folder.map(Path::to_string_lossy).unwrap_or_default());
            last_folder = folder;
        }
    }
    text.to_lowercase().into()
}
