//! One thing chosen among several.

use crate::settings::{
    Accent, Begin, Density, OnConflict, OnStart, Proxy, Renderer, Settings, Tag, Theme,
};
use crate::words::Language;

/// What is to be different.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// How downloads begin.
    Begin(Begin),
    /// What to do when a name is taken.
    OnConflict(OnConflict),
    /// The system's proxy, or none.
    Proxy(Proxy),
    /// The background waits where the network is metered.
    WaitOnMetered(bool),
    /// The background waits without the mains.
    WaitOnBattery(bool),
    /// Tell that a group is complete.
    Done(bool),
    /// Tell that a file failed.
    Error(bool),
    /// Light or dark.
    Theme(Theme),
    /// The one colour.
    Accent(Accent),
    /// How close the rows are.
    Density(Density),
    /// What draws the window.
    Renderer(Renderer),
    /// What is spoken; `None` is the system's.
    Language(Option<Language>),
    /// What becomes of unfinished downloads at the start.
    OnStart(OnStart),
    /// Offer links that are on the clipboard.
    WatchClipboard(bool),
}

impl Change {
    /// The settings with it made.
    #[must_use]
    pub fn made(self, settings: &Settings) -> Settings {
        let mut new = settings.clone();
        match self {
            Self::Begin(begin) => new.downloads.begin = begin,
            Self::OnConflict(rule) => new.downloads.on_conflict = rule,
            Self::Proxy(proxy) => new.network.proxy = proxy,
            Self::WaitOnMetered(waits) => new.background.wait_on_metered = waits,
            Self::WaitOnBattery(waits) => new.background.wait_on_battery = waits,
            Self::Done(is_told) => new.notifications.done = is_told,
            Self::Error(is_told) => new.notifications.error = is_told,
            Self::Theme(theme) => new.appearance.theme = theme,
            Self::Accent(accent) => new.appearance.accent = accent,
            Self::Density(density) => new.appearance.density = density,
            Self::Renderer(renderer) => new.appearance.renderer = renderer,
            Self::Language(language) => new.language = language.and_then(tag),
            Self::OnStart(on_start) => new.startup.on_start = on_start,
            Self::WatchClipboard(is_watched) => new.startup.watch_clipboard = is_watched,
        }
        new
    }
}

fn tag(language: Language) -> Option<Tag> {
    Tag::try_from(language.tag().to_owned()).ok()
}
