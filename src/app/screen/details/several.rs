//! Where there is not one group to show: the sum of several, or what to do.

use iced::widget::{column, container, text};
use iced::{Center, Element, Fill};

use super::{EDGE, Message, facts};
use crate::app::icon::Icon;
use crate::app::look::{BODY, HEADING, Look};
use crate::app::widget::{glyph, strong};
use crate::queue::GroupView;
use crate::words::{format, key, say, status};

/// The sum of what is chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Several {
    /// How many groups.
    pub groups: usize,
    /// Bytes that are there.
    pub bytes: u64,
    /// Bytes of all; absent while one group's are unknown.
    pub size: Option<u64>,
    /// Bytes a second.
    pub speed: u64,
    /// How many files.
    pub files: u64,
}

impl Several {
    /// Of these.
    #[must_use]
    pub fn of<'a>(groups: impl IntoIterator<Item = &'a GroupView>) -> Self {
        let none = Self {
            size: Some(0),
            ..Self::default()
        };
        groups.into_iter().fold(none, |sum, group| {
            let summary = &group.summary;
            Self {
                groups: sum.groups + 1,
                bytes: sum.bytes.saturating_add(summary.progress.bytes),
                size: sum.size.zip(summary.size).map(|(a, b)| a.saturating_add(b)),
                speed: sum.speed.saturating_add(summary.bytes_per_second),
                files: sum.files.saturating_add(summary.files_total),
            }
        })
    }

    /// How much all of them are.
    pub(super) fn view<'a>(self, look: Look) -> Element<'a, Message> {
        let language = look.language;
        let chosen = say!(language, "foot-chosen", count = self.groups);
        let files = say!(language, "files-all", count = self.files);
        column![
            strong(chosen, HEADING).color(look.colors.text),
            facts::fact(
                look,
                key!("details-size"),
                status::amount(self.bytes, self.size, language)
            ),
            facts::fact(look, key!("details-files"), files),
            facts::fact(
                look,
                key!("details-speed"),
                format::rate(self.speed, language)
            ),
        ]
        .spacing(12)
        .padding(EDGE)
        .into()
    }
}

/// Nothing is chosen.
pub(super) fn none<'a>(look: Look) -> Element<'a, Message> {
    let hint = text(say!(look, "details-none"))
        .size(BODY)
        .color(look.colors.muted)
        .align_x(Center);
    let content = column![glyph(Icon::Info, 24.0).color(look.colors.faint), hint];
    container(content.spacing(12).align_x(Center))
        .padding(EDGE)
        .center(Fill)
        .into()
}
