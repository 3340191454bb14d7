//! What a person may set, and where it is kept.
//!
//! Settings always load: without a file they are the defaults and nothing is written, a file
//! that cannot be read is set aside and told of, a value that cannot be is the default for
//! that one setting and told of, and what is not known is passed over. They are saved so that
//! the file is the old one or the new one at every moment. A value out of its bounds cannot
//! be made: the types have them. No password is ever written.
//!
//! The limits, the mode and the schedule of the whole program are not here: the queue keeps them.

mod bounded;
mod explain;
mod folder;
mod load;
mod proxy;
mod save;
mod tag;
mod translate;

use serde::{Deserialize, Serialize};

pub use bounded::{Bounded, OutOfBounds};
pub use folder::{Folder, FolderError};
pub use load::{Loaded, Trouble, load};
pub use proxy::{Proxy, ProxyError};
pub use save::SaveError;
pub use tag::{Tag, TagError};

/// The shape of the file; it grows when a setting changes its meaning.
const VERSION: u32 = 1;

/// All of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The language of the texts; `None` is the system's.
    pub language: Option<Tag>,
    /// What new downloads are given.
    pub downloads: Downloads,
    /// How the network is used.
    pub network: Network,
    /// When the background waits.
    pub background: Background,
    /// What is told on the desktop.
    pub notifications: Notifications,
    /// How the window looks.
    pub appearance: Appearance,
    /// What happens when Ebb starts.
    pub startup: Startup,
    /// How the window was left.
    pub window: Window,
}

/// What new downloads are given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Downloads {
    /// Where files go; `None` is the system's folder for downloads.
    pub folder: Option<Folder>,
    /// Most files at a time.
    pub parallel: Bounded<1, 256, 8>,
    /// Most connections a file.
    pub connections: Bounded<1, 64, 8>,
    /// Most connections to one host, of all files.
    pub connections_per_host: Bounded<1, 256, 16>,
    /// How they begin.
    pub begin: Begin,
    /// What to do when the name is taken.
    pub on_conflict: OnConflict,
}

/// How new downloads begin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Begin {
    /// At once, with what nobody else is using.
    #[default]
    Background,
    /// At once, at full speed.
    Foreground,
    /// When they are told to.
    Suspended,
}

/// What to do when the final name is taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnConflict {
    /// `name (1).ext`.
    #[default]
    Rename,
    /// Replace the file once the new one is whole.
    Overwrite,
    /// Leave it, and call the download complete.
    Skip,
    /// An error.
    Fail,
}

/// How the network is used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Network {
    /// Longest wait for a connection, in seconds.
    pub connect_timeout: Bounded<1, 600, 15>,
    /// Longest wait for a byte, in seconds.
    pub stall_timeout: Bounded<1, 3600, 30>,
    /// Which proxy.
    pub proxy: Proxy,
}

/// For what groups in the background wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Background {
    /// For a network that costs nothing by the byte.
    pub wait_on_metered: bool,
    /// For the mains.
    pub wait_on_battery: bool,
}

impl Default for Background {
    fn default() -> Self {
        Self {
            wait_on_metered: true,
            wait_on_battery: false,
        }
    }
}

/// What is told on the desktop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Notifications {
    /// That a group is complete.
    pub done: bool,
    /// That a file failed.
    pub error: bool,
}

impl Default for Notifications {
    fn default() -> Self {
        Self {
            done: true,
            error: true,
        }
    }
}

/// How the window looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Appearance {
    /// Light or dark.
    pub theme: Theme,
    /// The one colour.
    pub accent: Accent,
    /// The text's size, in percent.
    pub text_size: Bounded<80, 200, 100>,
    /// How close the rows are.
    pub density: Density,
    /// What draws the window, from its next start on.
    pub renderer: Renderer,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system is.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The one colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Accent {
    /// Blue-green.
    #[default]
    Ocean,
    /// Deep blue.
    Indigo,
    /// Purple.
    Violet,
    /// Pink.
    Rose,
    /// Orange.
    Amber,
    /// Green.
    Moss,
}

/// All of them, in the order they are shown in.
pub const ACCENTS: [Accent; 6] = [
    Accent::Ocean,
    Accent::Indigo,
    Accent::Violet,
    Accent::Rose,
    Accent::Amber,
    Accent::Moss,
];

/// How close the rows are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    /// With room around them.
    #[default]
    Comfortable,
    /// As many as fit.
    Compact,
}

/// What draws the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Renderer {
    /// The processor: small, and the same everywhere.
    #[default]
    Software,
    /// The graphics card.
    Graphics,
}

/// What happens when Ebb starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Startup {
    /// What becomes of the downloads that are not finished.
    pub on_start: OnStart,
    /// Offer links that are on the clipboard; none is ever taken unasked.
    pub watch_clipboard: bool,
}

impl Default for Startup {
    fn default() -> Self {
        Self {
            on_start: OnStart::default(),
            watch_clipboard: true,
        }
    }
}

/// What becomes of unfinished downloads when Ebb starts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnStart {
    /// They go on as they were.
    #[default]
    Continue,
    /// They wait until they are told to.
    Suspended,
}

/// How the window was left. Lengths are logical pixels, before any scale.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Window {
    /// Of its inside.
    pub width: Bounded<400, 16384, 1100>,
    /// Of its inside.
    pub height: Bounded<300, 16384, 720>,
    /// It filled the screen; width and height are those from before.
    pub maximized: bool,
    /// The details of the chosen group were shown.
    pub details_open: bool,
}

#[cfg(test)]
mod tests;
