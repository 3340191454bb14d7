//! The add dialog: any number of links, where they go, and how.
//!
//! What is wrong is said at its field while it is typed, and nothing can be added as long as
//! something is; lines that are no links are told of and left out. What takes long (many
//! links, the disk) is asked elsewhere, one question at a time, and the answer to a question
//! that has been overtaken is only an answer on the way.

mod asking;
mod dropped;
mod editor;
mod lines;
mod more;
mod order;
mod reading;
pub(in crate::app) mod survey;
mod view;

#[cfg(test)]
mod scene;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use iced::Task;
use iced::widget::text_editor::{self, Content, Edit};

use super::pick;
use super::typed::{self, Mistake};
use crate::queue::{Command, Notify, Snapshot};
use crate::settings::{Begin, Settings};
use asking::Asking;
use dropped::DropError;
use reading::Reading;
use survey::Survey;

/// The field of links, for the focus.
pub const LINKS: &str = "add-links";

/// What was typed and chosen, and what is known of it.
pub struct State {
    content: Content,
    /// Lists that are too long for the field, one below the other.
    aside: String,
    /// Of the text as it is, unless it is being read.
    reading: Arc<Reading>,
    is_reading: Asking,
    shows_troubles: bool,
    drop_error: Option<(PathBuf, DropError)>,
    skips_unfinished: bool,
    skips_finished: bool,
    name: String,
    folder: String,
    home: Option<PathBuf>,
    /// Of the folder as it is, or as it was.
    survey: Option<Survey>,
    is_surveying: Asking,
    begin: Begin,
    is_more_open: bool,
    more: more::State,
    notify: Notify,
}

/// What can happen here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Something was typed in the field of links.
    Edited(text_editor::Action),
    /// A text with links in it came from elsewhere.
    Pasted(String),
    /// The lists that are not shown are not wanted any more.
    RemoveList,
    /// A file was dropped.
    FileDropped(PathBuf),
    /// What is in it.
    FileRead(PathBuf, Result<Arc<String>, DropError>),
    /// What the links are.
    Read(Arc<Reading>),
    /// Show more of the lines that were not understood, or fewer.
    ShowTroubles(bool),
    /// Leave out what the queue has and has not finished.
    SkipUnfinished(bool),
    /// Leave out what it has finished.
    SkipFinished(bool),
    /// Another name.
    Name(String),
    /// Another folder, typed.
    Folder(String),
    /// Ask for one.
    ChooseFolder,
    /// The answer; none for a dialog that was closed, or could not be opened.
    FolderChosen(Option<PathBuf>),
    /// What the disk says.
    Surveyed(Survey),
    /// Another way to begin.
    Begin(Begin),
    /// Show the rest, or do not.
    ShowMore(bool),
    /// Something in the rest.
    More(more::Message),
    /// Add.
    Submit,
    /// Do not.
    Close,
}

/// What it says to its parent.
pub enum Action {
    /// Nothing.
    None,
    /// To be waited for; its answers come back.
    Run(Task<Message>),
    /// It is done without.
    Close,
    /// Add this; it is done.
    Add(Vec<Command>),
}

impl State {
    /// The dialog with a text in it: links that were given, or nothing; and the first look at
    /// them and at the folder.
    pub fn new(settings: &Settings, text: String, queue: &Snapshot) -> (Self, Task<Message>) {
        let home = std::env::home_dir();
        let folder = settings.download_folder().unwrap_or_default();
        let mut state = Self {
            content: Content::new(),
            aside: String::new(),
            reading: Arc::default(),
            is_reading: Asking::default(),
            shows_troubles: false,
            drop_error: None,
            skips_unfinished: true,
            skips_finished: false,
            name: String::new(),
            folder: typed::shown(&folder, home.as_deref()),
            home,
            survey: None,
            is_surveying: Asking::default(),
            begin: settings.downloads.begin,
            is_more_open: false,
            more: more::State::new(settings),
            notify: Notify {
                done: settings.notifications.done,
                error: settings.notifications.error,
            },
        };
        state.put(&text);
        let task = state.read(queue);
        (state, task)
    }

    /// Takes what happened; the queue is as it is now.
    pub fn update(&mut self, message: Message, queue: &Snapshot) -> Action {
        match message {
            Message::Edited(action) => self.edited(action, queue),
            Message::Pasted(text) => self.pasted(&text, queue),
            Message::RemoveList => self.list_removed(queue),
            Message::FileDropped(path) => Action::Run(open(path)),
            Message::FileRead(path, read) => self.file_read(path, read, queue),
            Message::Read(reading) => Action::Run(self.was_read(reading, queue)),
            Message::ShowTroubles(shows) => set(&mut self.shows_troubles, shows),
            Message::SkipUnfinished(skips) => set(&mut self.skips_unfinished, skips),
            Message::SkipFinished(skips) => set(&mut self.skips_finished, skips),
            Message::Name(name) => set(&mut self.name, name),
            Message::Folder(folder) => self.another_folder(folder),
            Message::ChooseFolder => Action::Run(self.choose_folder()),
            Message::FolderChosen(None) => Action::None,
            Message::FolderChosen(Some(folder)) => {
                self.another_folder(typed::shown(&folder, self.home.as_deref()))
            }
            Message::Surveyed(survey) => self.was_surveyed(survey),
            Message::Begin(begin) => set(&mut self.begin, begin),
            Message::ShowMore(shows) => set(&mut self.is_more_open, shows),
            Message::More(message) => {
                self.more.update(message);
                Action::None
            }
            Message::Submit => self.submit(),
            Message::Close => Action::Close,
        }
    }

    /// Adds, where nothing is wrong.
    pub fn submit(&mut self) -> Action {
        self.order()
            .map_or(Action::None, |command| Action::Add(vec![command]))
    }

    fn edited(&mut self, action: text_editor::Action, queue: &Snapshot) -> Action {
        match action {
            text_editor::Action::Edit(Edit::Paste(text)) if editor::is_large(&text) => {
                self.pasted(&text, queue)
            }
            action => {
                let is_edit = action.is_edit();
                self.content.perform(action);
                if is_edit {
                    self.changed(queue)
                } else {
                    Action::None
                }
            }
        }
    }

    fn pasted(&mut self, text: &str, queue: &Snapshot) -> Action {
        self.put(text);
        self.changed(queue)
    }

    fn list_removed(&mut self, queue: &Snapshot) -> Action {
        self.aside.clear();
        self.changed(queue)
    }

    fn changed(&mut self, queue: &Snapshot) -> Action {
        self.drop_error = None;
        Action::Run(self.read(queue))
    }

    /// Puts a text below what is there: into the field, or aside where it is too long for it.
    fn put(&mut self, text: &str) {
        if editor::is_large(text) {
            self.aside.push_str(text.trim_end());
            self.aside.push('\n');
        } else if !text.trim().is_empty() {
            editor::append(&mut self.content, text);
        }
    }

    fn file_read(
        &mut self,
        path: PathBuf,
        read: Result<Arc<String>, DropError>,
        queue: &Snapshot,
    ) -> Action {
        match read {
            Ok(text) => self.pasted(&text, queue),
            Err(error) => set(&mut self.drop_error, Some((path, error))),
        }
    }

    /// Reads the text, at once where it is short.
    fn read(&mut self, queue: &Snapshot) -> Task<Message> {
        if !self.is_reading.ask() {
            return Task::none();
        }
        let text = format!("{}\n{}", editor::text(&self.content), self.aside);
        if Reading::is_quick(&text, queue) {
            return self.was_read(Arc::new(Reading::new(&text, queue)), queue);
        }
        let queue = queue.clone();
        elsewhere(move || Message::Read(Arc::new(Reading::new(&text, &queue))))
    }

    fn was_read(&mut self, reading: Arc<Reading>, queue: &Snapshot) -> Task<Message> {
        self.reading = reading;
        let again = if self.is_reading.answered() {
            self.read(queue)
        } else {
            Task::none()
        };
        Task::batch([again, self.survey()])
    }

    fn another_folder(&mut self, folder: String) -> Action {
        self.folder = folder;
        Action::Run(self.survey())
    }

    /// Looks at the folder, if it can be one.
    fn survey(&mut self) -> Task<Message> {
        let Ok(folder) = self.path() else {
            return Task::none();
        };
        if !self.is_surveying.ask() {
            return Task::none();
        }
        let reading = Arc::clone(&self.reading);
        elsewhere(move || Message::Surveyed(Survey::of(folder, &reading)))
    }

    fn was_surveyed(&mut self, survey: Survey) -> Action {
        self.survey = Some(survey);
        if self.is_surveying.answered() {
            return Action::Run(self.survey());
        }
        Action::None
    }

    fn choose_folder(&self) -> Task<Message> {
        pick::folder(self.path().ok()).map(Message::FolderChosen)
    }

    /// The folder as it was typed.
    fn path(&self) -> Result<PathBuf, Mistake> {
        typed::folder(&self.folder, self.home.as_deref())
    }

    /// What the disk said of this folder, where it has.
    fn surveyed(&self) -> Option<&Survey> {
        let folder = self.path().ok()?;
        self.survey
            .as_ref()
            .filter(|survey| survey.folder == folder)
    }

    /// How many links are to be added.
    fn count(&self) -> usize {
        self.reading
            .count(self.skips_unfinished, self.skips_finished)
    }
}

/// Without what was typed: there may be secrets in it.
impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("add::State").finish_non_exhaustive()
    }
}

fn set<T>(place: &mut T, value: T) -> Action {
    *place = value;
    Action::None
}

fn open(path: PathBuf) -> Task<Message> {
    elsewhere(move || {
        let read = dropped::read(&path).map(Arc::new);
        Message::FileRead(path, read)
    })
}

/// Has something done by a thread that may block.
fn elsewhere(work: impl FnOnce() -> Message + Send + 'static) -> Task<Message> {
    let done = Task::future(async move { tokio::task::spawn_blocking(work).await.ok() });
    done.and_then(Task::done)
}
