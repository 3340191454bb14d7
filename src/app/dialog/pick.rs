//! The system's dialog for a folder.

use std::path::PathBuf;

use iced::Task;

/// Asks for a folder, beginning at this one; none, where nothing is chosen or the system has
/// no such dialog.
pub fn folder(begin: Option<PathBuf>) -> Task<Option<PathBuf>> {
    let ask = async move {
        let dialog = rfd::AsyncFileDialog::new();
        let dialog = match begin {
            Some(folder) => dialog.set_directory(folder),
            None => dialog,
        };
        dialog.pick_folder().await
    };
    Task::perform(ask, |folder| folder.map(|folder| folder.path().to_owned()))
}
