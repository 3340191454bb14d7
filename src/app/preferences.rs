//! Settings, as they take effect: at once, all of them; and kept without anybody asking.

use std::sync::Arc;

use iced::{Size, Task, theme};

use super::files::Done;
use super::look::Look;
use super::{App, Message, Screen};
use crate::app::screen::settings;
use crate::settings::{Settings, Theme};
use crate::words::Language;
use crate::words::explain::Explained;

impl App {
    pub(super) fn open_settings(&mut self) -> Task<Message> {
        self.dialog = None;
        self.screen = Screen::Settings(settings::State::new(&self.settings));
        Task::none()
    }

    pub(super) fn settings_said(&mut self, message: settings::Message) -> Task<Message> {
        let Screen::Settings(state) = &mut self.screen else {
            return Task::none();
        };
        match state.update(message, &self.settings, &self.snapshot) {
            settings::Action::None => Task::none(),
            settings::Action::Run(task) => task.map(Message::Settings),
            settings::Action::Changed(settings) => self.change_settings(*settings),
            settings::Action::Command(command) => self.command(command),
            settings::Action::Export => self.export(),
            settings::Action::Import => self.import(),
            settings::Action::Back => self.close_topmost(),
        }
    }

    /// What the settings' screen is shown with.
    pub(super) fn around(&self) -> settings::Around<'_> {
        settings::Around {
            settings: &self.settings,
            trouble: self.settings_trouble.as_ref(),
            snapshot: &self.snapshot,
            now: self.now,
        }
    }

    /// Other settings, from now on.
    pub(super) fn change_settings(&mut self, settings: Settings) -> Task<Message> {
        let is_engine_told = settings.limits() != self.settings.limits()
            || settings.network != self.settings.network;
        let before = self.scale();
        self.settings = settings;
        self.size = self.size * (before / self.scale());
        self.look = look_of(&self.settings, self.system_theme);
        self.queue.list.set_heights(self.look.heights());
        let configure = match self.source.live() {
            Some(source) if is_engine_told => {
                let language = self.look.language;
                let told = source.configure(self.settings.clone(), language);
                Task::perform(told, |told| {
                    let failed = |told: Explained| Done::Failed(told.message);
                    Message::Outside(told.map_or_else(failed, |()| Done::Well))
                })
            }
            _ => Task::none(),
        };
        // (An engine elsewhere reads them where they are kept.)
        let kept = self.save_settings().chain(configure);
        Task::batch([kept, self.look_for_space()])
    }

    /// Writes the settings beside the window's life.
    pub(super) fn save_settings(&self) -> Task<Message> {
        let Some(file) = self.settings_file.clone() else {
            return Task::none();
        };
        let (settings, language) = (self.settings.clone(), self.look.language);
        let turn = Arc::clone(&self.saving);
        let save = async move {
            // One at a time, so that the latest is what stands.
            let _turn = turn.lock().await;
            let saved = tokio::task::spawn_blocking(move || settings.save(&file)).await;
            match saved {
                Ok(Err(error)) => Some(error.explain(language).message),
                _ => None,
            }
        };
        Task::perform(save, Message::SettingsSaved)
    }

    pub(super) fn settings_saved(&mut self, trouble: Option<String>) -> Task<Message> {
        match trouble {
            Some(text) if !matches!(self.screen, Screen::Quit) => self.say(text, true),
            _ => Task::none(),
        }
    }

    /// The window's size in our own pixels, which are larger where the text is.
    pub(super) fn resized(&mut self, size: Size) -> Task<Message> {
        self.size = size;
        match self.window {
            Some(window) => iced::window::is_maximized(window).map(Message::Maximised),
            None => Task::none(),
        }
    }

    /// How large it is to be the next time: as it was before it filled the screen.
    pub(super) fn maximised(&mut self, is_maximised: bool) -> Task<Message> {
        let scale = self.scale();
        let window = &mut self.settings.window;
        window.maximized = is_maximised;
        if !is_maximised {
            let whole = |length: f32| (length * scale).round() as u32;
            window.width = whole(self.size.width).try_into().unwrap_or(window.width);
            window.height = whole(self.size.height).try_into().unwrap_or(window.height);
        }
        Task::none()
    }

    pub(super) fn toggle_details(&mut self) -> Task<Message> {
        let mut settings = self.settings.clone();
        settings.window.details_open ^= true;
        Task::batch([self.change_settings(settings), self.look_inside()])
    }

    pub(super) fn system_theme(&mut self, mode: theme::Mode) -> Task<Message> {
        // On X11 each window that opens says that nothing is known: what was known stays.
        if mode != theme::Mode::None {
            self.system_theme = mode;
            self.look = look_of(&self.settings, mode);
        }
        Task::none()
    }
}

/// How everything looks with these settings, on a system that prefers this.
pub(super) fn look_of(settings: &Settings, system: theme::Mode) -> Look {
    let appearance = &settings.appearance;
    let is_dark = match appearance.theme {
        Theme::System => system == theme::Mode::Dark,
        Theme::Light => false,
        Theme::Dark => true,
    };
    let language = settings.language.as_ref().and_then(Language::of_tag);
    Look::new(
        is_dark,
        appearance.accent,
        appearance.density,
        language.unwrap_or_else(Language::system),
    )
}
