//! What the settings are divided into.

use crate::app::icon::Icon;
use crate::words::{Key, key};

/// One of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Section {
    /// Folder, numbers, how they begin.
    #[default]
    Downloads,
    /// Proxy, timeouts.
    Network,
    /// How fast at most.
    Limits,
    /// When.
    Times,
    /// What is told on the desktop.
    Notifications,
    /// How the window looks.
    Appearance,
    /// What it speaks.
    Language,
    /// What happens when Ebb starts.
    Startup,
    /// The queue as a file.
    Queue,
}

impl Section {
    /// All, in their order.
    pub const ALL: [Self; 9] = [
        Self::Downloads,
        Self::Network,
        Self::Limits,
        Self::Times,
        Self::Notifications,
        Self::Appearance,
        Self::Language,
        Self::Startup,
        Self::Queue,
    ];

    pub(super) fn icon(self) -> Icon {
        match self {
            Self::Downloads => Icon::Download,
            Self::Network => Icon::Globe,
            Self::Limits => Icon::Gauge,
            Self::Times => Icon::Clock,
            Self::Notifications => Icon::Bell,
            Self::Appearance => Icon::Palette,
            Self::Language => Icon::Languages,
            Self::Startup => Icon::Power,
            Self::Queue => Icon::List,
        }
    }

    /// The key of its name.
    pub(super) fn word(self) -> Key {
        match self {
            Self::Downloads => key!("section-downloads"),
            Self::Network => key!("section-network"),
            Self::Limits => key!("section-limits"),
            Self::Times => key!("section-times"),
            Self::Notifications => key!("section-notifications"),
            Self::Appearance => key!("section-appearance"),
            Self::Language => key!("section-language"),
            Self::Startup => key!("section-startup"),
            Self::Queue => key!("section-queue"),
        }
    }
}
