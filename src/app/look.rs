//! How everything looks: colours, sizes of type, density, language; one small value that
//! every `view` is given.
//!
//! Two voices: what is in the background has the accent's colour, the sea's unless the
//! person chose another; what is in the foreground is warm. Text on its ground keeps 4.5 : 1
//! in both themes and with every accent (tested).

mod colors;

use iced::font::Weight;
use iced::{Border, Color, Font, Theme};

pub use colors::Colors;

use super::list::Heights;
use crate::settings::{Accent, Density};
use crate::words::i18n::Argument;
use crate::words::{Key, Language};

/// The title of a screen or a dialog.
pub const TITLE: f32 = 20.0;
/// What a panel is about.
pub const HEADING: f32 = 16.0;
/// Names.
pub const NAME: f32 = 14.0;
/// Most of what is read.
pub const BODY: f32 = 13.0;
/// What accompanies.
pub const SMALL: f32 = 12.0;
/// Badges and captions.
pub const TINY: f32 = 11.0;

/// Corners of what is pressed.
pub const ROUND: f32 = 7.0;
/// Corners of what floats.
pub const ROUNDER: f32 = 12.0;

/// The bundled font: its digits are of one width, so that numbers stand in columns.
pub const REGULAR: Font = Font::with_name("Roboto");
/// The same, a little stronger.
pub const MEDIUM: Font = Font {
    weight: Weight::Medium,
    ..REGULAR
};

/// How everything looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// The colours.
    pub colors: Colors,
    /// Dark, not light.
    pub is_dark: bool,
    /// How much room a row has.
    pub density: Density,
    /// What is spoken.
    pub language: Language,
}

impl Look {
    /// The look that these choices make.
    #[must_use]
    pub fn new(is_dark: bool, accent: Accent, density: Density, language: Language) -> Self {
        Self {
            colors: Colors::new(is_dark, accent),
            is_dark,
            density,
            language,
        }
    }

    /// A text of the window.
    #[must_use]
    pub fn say(&self, key: Key) -> String {
        self.language.say(key)
    }

    /// A text of the window with its arguments.
    #[must_use]
    pub fn say_with(&self, key: Key, arguments: &[Argument<'_>]) -> String {
        self.language.say_with(key, arguments)
    }

    /// iced's own theme of these colours, for the widgets that are iced's.
    #[must_use]
    pub fn theme(&self) -> Theme {
        let colors = self.colors;
        Theme::custom(
            if self.is_dark {
                "Ebb dark"
            } else {
                "Ebb light"
            },
            iced::theme::Palette {
                background: colors.background,
                text: colors.text,
                primary: colors.accent,
                success: colors.complete,
                warning: colors.waiting,
                danger: colors.error,
            },
        )
    }

    /// How high the rows of the list are.
    #[must_use]
    pub fn heights(&self) -> Heights {
        match self.density {
            Density::Comfortable => Heights::COMFORTABLE,
            Density::Compact => Heights::COMPACT,
        }
    }

    /// A line of one pixel around something of this roundness.
    #[must_use]
    pub fn outline(&self, radius: f32) -> Border {
        border(self.colors.line, 1.0, radius)
    }
}

/// A border.
#[must_use]
pub fn border(color: Color, width: f32, radius: f32) -> Border {
    Border {
        color,
        width,
        radius: radius.into(),
    }
}
