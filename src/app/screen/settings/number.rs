//! The numbers among the settings. What a number may be is known to its type in
//! [`Settings`] alone.

use crate::settings::{OutOfBounds, Settings};
use crate::words::format::parse_time;

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Number {
    /// Files at a time.
    Parallel,
    /// Connections a file.
    Connections,
    /// Connections to a host.
    PerHost,
    /// Seconds to wait for a connection.
    ConnectTimeout,
    /// Seconds to wait for a byte.
    StallTimeout,
    /// The text's size in percent.
    TextSize,
}

impl Number {
    /// What it is.
    #[must_use]
    pub fn of(self, settings: &Settings) -> u32 {
        match self {
            Self::Parallel => settings.downloads.parallel.get(),
            Self::Connections => settings.downloads.connections.get(),
            Self::PerHost => settings.downloads.connections_per_host.get(),
            Self::ConnectTimeout => settings.network.connect_timeout.get(),
            Self::StallTimeout => settings.network.stall_timeout.get(),
            Self::TextSize => settings.appearance.text_size.get(),
        }
    }

    /// The settings with another.
    ///
    /// # Errors
    /// [`OutOfBounds`], which says what it may be.
    pub fn set(self, settings: &Settings, number: u32) -> Result<Settings, OutOfBounds> {
        let mut new = settings.clone();
        match self {
            Self::Parallel => new.downloads.parallel = number.try_into()?,
            Self::Connections => new.downloads.connections = number.try_into()?,
            Self::PerHost => new.downloads.connections_per_host = number.try_into()?,
            Self::ConnectTimeout => new.network.connect_timeout = number.try_into()?,
            Self::StallTimeout => new.network.stall_timeout = number.try_into()?,
            Self::TextSize => new.appearance.text_size = number.try_into()?,
        }
        Ok(new)
    }

    /// The settings with the next larger or smaller one; `None` where there is none.
    #[must_use]
    pub fn stepped(self, settings: &Settings, up: bool) -> Option<Settings> {
        let (now, step) = (self.of(settings), self.step());
        let next = if up {
            (now / step + 1) * step
        } else {
            now.saturating_sub(1) / step * step
        };
        let new = match self.set(settings, next) {
            // Short of a whole step there may be a last one.
            Err(OutOfBounds { least, most }) => self.set(settings, next.clamp(least, most)),
            new => new,
        };
        new.ok().filter(|new| self.of(new) != now)
    }

    fn step(self) -> u32 {
        match self {
            Self::Parallel | Self::Connections | Self::PerHost => 1,
            Self::ConnectTimeout | Self::StallTimeout => 5,
            Self::TextSize => 10,
        }
    }

    /// It is typed as a time.
    pub(super) fn is_time(self) -> bool {
        matches!(self, Self::ConnectTimeout | Self::StallTimeout)
    }

    /// As it is typed: `8`, or `90s`, `2m`, `1h`.
    pub(super) fn text(self, settings: &Settings) -> String {
        let number = self.of(settings);
        match number {
            _ if !self.is_time() => number.to_string(),
            _ if number.is_multiple_of(3600) => format!("{}h", number / 3600),
            _ if number.is_multiple_of(60) => format!("{}m", number / 60),
            _ => format!("{number}s"),
        }
    }

    /// What was typed, as the settings would be with it.
    pub(super) fn read(self, text: &str, settings: &Settings) -> Result<Settings, OutOfBounds> {
        // What is no whole number at all is refused as 0 is, which none may be.
        let number = if self.is_time() {
            let whole = parse_time(text)
                .ok()
                .filter(|time| time.subsec_nanos() == 0);
            whole.and_then(|time| u32::try_from(time.as_secs()).ok())
        } else {
            text.trim().parse().ok()
        };
        self.set(settings, number.unwrap_or(0))
    }
}
