//! From the program's start to its window: settings, engine, fonts, and the loop.

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::Arc;

use iced::{Program, Settings as Iced, Size, Task, Theme, theme, window};
use jiff::Timestamp;

use super::look::REGULAR;
use super::meet::{Door, Met, meet};
use super::notes::Notes;
use super::preferences::look_of;
use super::screen::{details, queue};
use super::{App, Message, Screen, Source, icon, subscription};
use crate::engine::Handle;
use crate::platform::{Folders, conditions, desktop};
use crate::queue::Snapshot;
use crate::settings::{self, Renderer, Settings, Trouble};
use crate::words::explain::{Explained, tell};
use crate::words::{Key, Language, key};

/// The window cannot be made smaller than this.
const LEAST: Size = Size::new(720.0, 480.0);

/// All that is known before there is a window.
#[derive(Debug)]
pub struct Begin {
    /// What a person has set.
    pub settings: Settings,
    /// What was wrong with the file of it.
    pub trouble: Option<Trouble>,
    /// Where they, the queue and the socket are kept.
    pub folders: Folders,
    /// Links, or files of links, to begin with.
    pub words: Vec<String>,
}

impl Begin {
    /// What iced calls the renderer that is wanted: the software's, or the graphics card's
    /// with the other as its fallback.
    #[must_use]
    pub fn backend(&self) -> &'static str {
        match self.settings.appearance.renderer {
            Renderer::Software => "tiny-skia",
            Renderer::Graphics => "wgpu,tiny-skia",
        }
    }

    /// The person's.
    pub(super) fn language(&self) -> Language {
        look_of(&self.settings, theme::Mode::None).language
    }
}

/// Reads the settings; `words` are the links of the command line.
///
/// # Errors
/// There is no place for Ebb's data, in words.
pub fn prepare(words: Vec<String>) -> Result<Begin, Explained> {
    let language = Language::system();
    let folders = Folders::find().map_err(|error| error.explain(language))?;
    let loaded = settings::load(&folders.settings(), Timestamp::now());
    Ok(Begin {
        settings: loaded.settings,
        trouble: loaded.trouble,
        folders,
        words,
    })
}

/// Opens the window, and returns when it is over and all is saved; or at once, where another
/// window has taken what was asked for.
///
/// # Errors
/// No desktop, no database, no window: in words.
pub fn run(begin: Begin) -> Result<(), Explained> {
    let language = begin.language();
    if !desktop::is_there() {
        return Err(told(language, key!("no-desktop"), ""));
    }
    match meet(&begin)? {
        Met::Source(source, door) => open(begin, source, door),
        Met::Window => Ok(()),
    }
}

/// The same over an engine that runs already.
///
/// # Errors
/// No window, in words.
pub fn show(begin: Begin, handle: Handle) -> Result<(), Explained> {
    open(begin, Source::Engine(handle), None)
}

fn open(begin: Begin, source: Source, door: Option<Door>) -> Result<(), Explained> {
    let language = begin.language();
    let watch = watch_conditions(&source);
    let mut app = App::new(begin, source);
    app.door = door;
    // iced asks for the state once, by a function that could be asked more often.
    let first = RefCell::new(Some((app, watch)));
    let boot = move || {
        let still = || App::still(Settings::default(), Snapshot::default());
        let (mut app, watch) = first.take().unwrap_or_else(|| (still(), Task::none()));
        let begin = app.begin();
        (app, Task::batch([begin, watch]))
    };
    program(boot)
        .run()
        .map_err(|error| told(language, key!("no-window-system"), &error.to_string()))
}

/// Tells an engine of our own what the network costs, and what the computer runs on.
fn watch_conditions(source: &Source) -> Task<Message> {
    let Source::Engine(engine) = source.clone() else {
        return Task::none();
    };
    Task::future(conditions::follow(move |now| engine.conditions(now))).discard()
}

fn told(language: Language, key: Key, detail: &str) -> Explained {
    tell(language, key, &[], detail)
}

/// The name by which desktops know the window.
#[cfg(target_os = "linux")]
fn platform_specific() -> window::settings::PlatformSpecific {
    window::settings::PlatformSpecific {
        application_id: "ebb".to_owned(),
        ..Default::default()
    }
}

#[cfg(not(target_os = "linux"))]
fn platform_specific() -> window::settings::PlatformSpecific {
    Default::default()
}

/// The program over a state, for the window, for tests and for pictures.
pub fn program(
    boot: impl Fn() -> (App, Task<Message>) + 'static,
) -> iced::Daemon<impl Program<State = App, Message = Message, Theme = Theme>> {
    iced::daemon(boot, App::update, App::view)
        .settings(iced_settings())
        .title(|app: &App, _| app.title())
        .theme(|app: &App, _| Some(app.theme()))
        .scale_factor(|app: &App, _| app.scale())
        .subscription(subscription::subscription)
}

/// The bundled fonts, and the name by which desktops know the window.
#[must_use]
pub fn iced_settings() -> Iced {
    Iced {
        id: Some("ebb".to_owned()),
        fonts: fonts(),
        default_font: REGULAR,
        default_text_size: super::look::BODY.into(),
        ..Iced::default()
    }
}

/// Text in two weights, and the icons.
#[must_use]
pub fn fonts() -> Vec<Cow<'static, [u8]>> {
    vec![
        Cow::Borrowed(include_bytes!("../../assets/fonts/Roboto-Regular.ttf")),
        Cow::Borrowed(include_bytes!("../../assets/fonts/Roboto-Medium.ttf")),
        Cow::Borrowed(icon::BYTES),
    ]
}

impl App {
    /// The state at the beginning.
    #[must_use]
    pub fn new(begin: Begin, source: Source) -> Self {
        let mut app = Self::still(begin.settings, Snapshot::default());
        app.source = source;
        app.settings_file = Some(begin.folders.settings());
        app.settings_trouble = begin.trouble;
        app.words = begin.words;
        app
    }

    /// A state without an engine, with a snapshot that stays as it is.
    #[must_use]
    pub fn still(settings: Settings, snapshot: Snapshot) -> Self {
        let size = Size::new(
            settings.window.width.get() as f32,
            settings.window.height.get() as f32,
        );
        let scale = settings.appearance.text_size.get() as f32 / 100.0;
        let mut app = Self {
            source: Source::Still,
            door: None,
            look: look_of(&settings, theme::Mode::None),
            settings,
            settings_file: None,
            settings_trouble: None,
            saving: Arc::default(),
            words: Vec::new(),
            system_theme: theme::Mode::None,
            snapshot: Snapshot::default(),
            now: Timestamp::now(),
            queue: queue::State::new(),
            details: details::State::new(),
            screen: Screen::Queue,
            dialog: None,
            dialogs: 0,
            notes: Notes::default(),
            window: None,
            size: size * (1.0 / scale),
            modifiers: iced::keyboard::Modifiers::empty(),
            offered: None,
            free_space: None,
            space_asked: Timestamp::UNIX_EPOCH,
            is_dropping: false,
            is_focused: true,
            is_hidden: false,
        };
        app.queue.list.set_heights(app.look.heights());
        app.show(snapshot);
        app
    }

    /// What is done first: the window, and what the command line asked for.
    pub(super) fn begin(&mut self) -> Task<Message> {
        if let Some(snapshot) = self.source.now() {
            self.show(snapshot);
        }
        let (_, open) = window::open(window::Settings {
            size: self.size * self.scale(),
            min_size: Some(LEAST),
            maximized: self.settings.window.maximized,
            exit_on_close_request: false,
            platform_specific: platform_specific(),
            icon: window::icon::from_rgba(
                include_bytes!("../../assets/icon/ebb-64.rgba").to_vec(),
                64,
                64,
            )
            .ok(),
            ..window::Settings::default()
        });
        let trouble = self.settings_trouble.as_ref();
        let told = trouble.map(|trouble| trouble.explain(self.look.language).message);
        let told = told.map(|text| self.say(text, true));
        let words = std::mem::take(&mut self.words);
        let add = self.add_words(words);
        let handed = self.door.as_mut().map(Door::take_words);
        let handed = handed.map(|words| Task::run(words, Message::Handed));
        let begin = [Some(open.map(Message::Opened)), told, handed];
        Task::batch(begin.into_iter().flatten().chain(add))
    }

    /// What a further window was opened with is added here, and this one comes to the front.
    pub(super) fn handed(&mut self, words: Vec<String>) -> Task<Message> {
        let add = self.add_words(words);
        Task::batch(add.into_iter().chain([self.come_to_front()]))
    }

    /// The add dialog, open or not, with these links and with what these files say.
    fn add_words(&mut self, words: Vec<String>) -> Vec<Task<Message>> {
        let (links, files): (Vec<_>, Vec<_>) =
            words.into_iter().partition(|word| word.contains("://"));
        let links = (!links.is_empty()).then(|| self.add_text(links.join("\n")));
        let mut tasks = Vec::from_iter(links);
        tasks.extend(files.into_iter().map(|file| self.dropped(file.into())));
        tasks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Dialog;

    /// Links are put into the dialog, files of links are read into the same one.
    #[test]
    fn what_the_command_line_names_is_to_be_added() {
        for (words, tasks) in [
            (&[][..], 0),
            (&["https://h/1", "https://h/2"], 1),
            (&["list.txt"], 1),
            (&["https://h/1", "one.txt", "two.txt"], 3),
        ] {
            let mut app = App::still(Settings::default(), Snapshot::default());
            let given = words.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(app.add_words(given).len(), tasks, "{words:?}");
            let is_adding = matches!(app.dialog, Some(Dialog::Add(_)));
            assert_eq!(
                (is_adding, app.dialogs),
                (tasks > 0, u64::from(tasks > 0)),
                "{words:?}"
            );
        }
    }
}
