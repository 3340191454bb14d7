//! What happens outside of Ebb: files opened, shown, put into the trash; the queue written to
//! a file and read from one; the desktop told, and the command of a complete group run. All of
//! it beside the window's life.

use std::path::PathBuf;
use std::sync::Arc;

use iced::Task;

use super::list;
use super::screen::history;
use super::{App, Deed, Message, NotTaken, Screen, Source};
use crate::engine::{HistoryEntry, Totals};
use crate::platform;
use crate::platform::after::After;
use crate::queue::snapshot::FileView;
use crate::queue::{Command, FileId, GroupId, Notice, Notify};
use crate::words::{exchange, key, say};

/// What came of it.
#[derive(Debug, Clone)]
pub enum Done {
    /// Nothing to say.
    Well,
    /// Worth knowing, in words.
    Said(String),
    /// It could not be done, in words.
    Failed(String),
    /// The trash took the files of these groups.
    Trashed(Vec<GroupId>),
    /// These groups were in the file.
    Imported(Vec<Command>),
}

impl App {
    pub(super) fn outside(&mut self, done: Done) -> Task<Message> {
        match done {
            Done::Well => Task::none(),
            Done::Said(text) => self.say(text, false),
            Done::Failed(text) => self.say(text, true),
            Done::Trashed(ids) => self.command(Command::Remove(ids)),
            Done::Imported(commands) => {
                if !matches!(self.screen, Screen::Quit) {
                    self.screen = Screen::Queue;
                }
                self.commands(commands)
            }
        }
    }

    /// Something that may block, on a thread of its own.
    fn beside(&self, job: impl FnOnce() -> Done + Send + 'static) -> Task<Message> {
        let job = async { tokio::task::spawn_blocking(job).await.unwrap_or(Done::Well) };
        Task::perform(job, Message::Outside)
    }

    pub(super) fn open_path(&self, path: PathBuf) -> Task<Message> {
        let language = self.look.language;
        self.beside(move || match platform::open::open(&path) {
            Ok(()) => Done::Well,
            Err(error) => Done::Failed(error.explain(language).message),
        })
    }

    pub(super) fn show_path(&self, path: PathBuf) -> Task<Message> {
        let language = self.look.language;
        self.beside(move || match platform::open::show_in_folder(&path) {
            Ok(()) => Done::Well,
            Err(error) => Done::Failed(error.explain(language).message),
        })
    }

    pub(super) fn open_first_file(&self, id: GroupId) -> Task<Message> {
        match self.first_finished(id) {
            Some(path) => self.open_path(path),
            None => Task::none(),
        }
    }

    /// The first finished file in its folder; before there is one, the folder alone.
    pub(super) fn open_folder(&self, id: GroupId) -> Task<Message> {
        if let Some(path) = self.first_finished(id) {
            return self.show_path(path);
        }
        let mut files = self.group(id).into_iter().flat_map(list::files);
        let reserved = files.find_map(|file| Some(file.path.as_deref()?.parent()?.to_owned()));
        match reserved.or_else(|| self.settings.download_folder()) {
            Some(folder) => self.open_path(folder),
            None => Task::none(),
        }
    }

    fn first_finished(&self, id: GroupId) -> Option<PathBuf> {
        let finished = |file: &&FileView| file.state == crate::download::State::Complete;
        let mut files = self.group(id).into_iter().flat_map(list::files);
        files.find(finished)?.path.as_deref().cloned()
    }

    pub(super) fn carry_out_file(&self, deed: Deed, id: FileId) -> Task<Message> {
        let groups = self.snapshot.groups.iter();
        let mut files = groups.flat_map(|group| list::files(group));
        let Some(path) = files
            .find(|file| file.id == id)
            .and_then(|file| file.path.clone())
        else {
            return Task::none();
        };
        match deed {
            Deed::Open => self.open_path(path.to_path_buf()),
            _ => self.show_path(path.to_path_buf()),
        }
    }

    /// The finished files go into the trash, and then their groups off the list.
    pub(super) fn trash(&self, ids: &[GroupId]) -> Task<Message> {
        let groups = self.groups(ids);
        let paths: Vec<Arc<PathBuf>> = groups
            .flat_map(list::files)
            .filter(|file| file.state == crate::download::State::Complete)
            .filter_map(|file| file.path.clone())
            .collect();
        let (ids, language) = (ids.to_vec(), self.look.language);
        self.beside(move || {
            let failed = paths
                .iter()
                .filter(|path| path.exists())
                .find_map(|path| platform::trash::trash(path).err());
            match failed {
                None => Done::Trashed(ids),
                Some(error) => Done::Failed(error.explain(language).message),
            }
        })
    }

    /// The links of these groups, one a line, without passwords.
    pub(super) fn copy_links(&self, ids: &[GroupId]) -> Task<Message> {
        let groups = self.groups(ids);
        let links: Vec<_> = groups
            .flat_map(list::files)
            .map(|file| file.source.link.without_password())
            .collect();
        iced::clipboard::write(links.join("\n"))
    }

    pub(super) fn look_for_space(&self) -> Task<Message> {
        let Some(folder) = self.settings.download_folder() else {
            return Task::none();
        };
        let asked = async move {
            let asked = tokio::task::spawn_blocking(move || platform::space::free_space(&folder));
            asked.await.ok().flatten()
        };
        Task::perform(asked, Message::FreeSpace)
    }

    pub(super) fn free_space(&mut self, free: Option<u64>) -> Task<Message> {
        self.free_space = free;
        Task::none()
    }

    pub(super) fn open_history(&mut self) -> Task<Message> {
        self.dialog = None;
        self.screen = Screen::History(history::State::new());
        self.read_history()
    }

    pub(super) fn read_history(&self) -> Task<Message> {
        let Some(source) = self.source.live() else {
            return Task::none();
        };
        Task::perform(source.history(history::MOST), of_history)
    }

    pub(super) fn history_read(
        &mut self,
        entries: Vec<HistoryEntry>,
        totals: Totals,
    ) -> Task<Message> {
        self.history_said(history::Message::Loaded(entries, totals))
    }

    pub(super) fn history_said(&mut self, message: history::Message) -> Task<Message> {
        let Screen::History(state) = &mut self.screen else {
            return Task::none();
        };
        match state.update(message) {
            history::Action::None => Task::none(),
            history::Action::Run(task) => task.map(Message::History),
            history::Action::Back => self.close_topmost(),
            history::Action::Open(folder) => self.open_path(folder),
            history::Action::Clear => {
                let Some(source) = self.source.live() else {
                    return Task::none();
                };
                let clear = async move {
                    source.clone().clear_history().await?;
                    source.history(history::MOST).await
                };
                Task::perform(clear, of_history)
            }
        }
    }

    /// The queue into a file that the person names.
    pub(super) fn export(&self) -> Task<Message> {
        let Some(source) = self.source.live() else {
            return Task::none();
        };
        let language = self.look.language;
        let export = async move {
            let dialog = rfd::AsyncFileDialog::new()
                .set_file_name("ebb-queue.json")
                .add_filter("JSON", &["json"]);
            let Some(file) = dialog.save_file().await else {
                return Done::Well;
            };
            let groups = match source.export().await {
                Ok(groups) => groups,
                Err(not_taken) => return Done::Failed(not_taken.explain(language).message),
            };
            let text = exchange::write(&groups);
            match tokio::task::spawn_blocking(move || std::fs::write(file.path(), text)).await {
                Ok(Ok(())) => Done::Said(say!(language, "export-done")),
                _ => Done::Failed(say!(language, "export-failed")),
            }
        };
        Task::perform(export, Message::Outside)
    }

    /// A queue out of a file, beside what there is.
    pub(super) fn import(&self) -> Task<Message> {
        let language = self.look.language;
        let import = async move {
            let dialog = rfd::AsyncFileDialog::new().add_filter("JSON", &["json"]);
            let Some(file) = dialog.pick_file().await else {
                return Done::Well;
            };
            let read = tokio::task::spawn_blocking(move || exchange::read_file(file.path()));
            match read.await {
                Ok(Ok(commands)) => Done::Imported(commands),
                Ok(Err(error)) => Done::Failed(error.explain(language).message),
                Err(_) => Done::Well,
            }
        };
        Task::perform(import, Message::Outside)
    }

    /// Runs the command of a group that is complete, where the engine is the window's own;
    /// `ebb serve` does so itself.
    pub(super) fn run_after(&self, notice: &Notice) -> Task<Message> {
        let (&Notice::GroupCompleted(id), Source::Engine(engine)) = (notice, &self.source) else {
            return Task::none();
        };
        let (engine, language) = (engine.clone(), self.look.language);
        let run = async move {
            // (The last snapshot may be older than the notice.)
            let seen = engine.see(move |moment| moment.group(id)).await.flatten();
            let Some(after) = seen.as_deref().and_then(After::of) else {
                return Done::Well;
            };
            match tokio::task::spawn_blocking(move || after.start()).await {
                Ok(Err(error)) => Done::Failed(error.explain(language).message),
                _ => Done::Well,
            }
        };
        Task::perform(run, Message::Outside)
    }

    /// What a person wants to know while they look elsewhere.
    pub(super) fn tell_desktop(&self, notice: &Notice) -> Task<Message> {
        let wanted = self.settings.notifications;
        let (id, key, is_wanted, is_asked): (_, _, _, fn(Notify) -> bool) = match notice {
            Notice::GroupCompleted(id) => (*id, key!("notice-completed"), wanted.done, |notify| {
                notify.done
            }),
            Notice::GroupFailed(id) => (*id, key!("notice-failed"), wanted.error, |notify| {
                notify.error
            }),
            _ => return Task::none(),
        };
        // Who looks at the window sees it there.
        if !is_wanted || self.is_focused {
            return Task::none();
        }
        let group = self.group(id);
        let Some(group) = group.filter(|group| is_asked(group.properties.notify)) else {
            return Task::none();
        };
        let (title, name) = (self.look.say(key), self.name_of(group));
        Task::future(async move { platform::notify::notify(&title, &name).await }).discard()
    }
}

fn of_history(read: Result<(Vec<HistoryEntry>, Totals), NotTaken>) -> Message {
    match read {
        Ok((entries, totals)) => Message::HistoryRead(entries, totals),
        Err(not_taken) => Message::Answered(Err(not_taken)),
    }
}
