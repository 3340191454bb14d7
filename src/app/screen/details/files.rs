//! The files of a group, of which there may be 100,000: only those in sight are built.

use std::ops::Range;

use iced::widget::scrollable::Viewport;
use iced::widget::{column, container, keyed_column, row, scrollable, space};
use iced::{Center, Color, Element, Fill, Padding};

use super::about::About;
use super::{EDGE, Message};
use crate::app::icon::Icon;
use crate::app::list;
use crate::app::look::{BODY, Look, SMALL};
use crate::app::widget::button::{Kind, button, hinted};
use crate::app::widget::style::scroll;
use crate::app::widget::{glyph, line};
use crate::download::State as FileState;
use crate::queue::GroupView;
use crate::queue::snapshot::FileView;
use crate::words::{format, key, status};

/// How high a row is.
const ROW: f32 = 44.0;
/// Rows that are built above and below what is in sight.
const MARGIN: usize = 4;

/// Which part of the rows is in sight, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sight {
    offset: f32,
    height: f32,
}

impl Default for Sight {
    /// The top of a window that is higher than most.
    fn default() -> Self {
        Self {
            offset: 0.0,
            height: 1_200.0,
        }
    }
}

impl Sight {
    pub(super) fn of(viewport: Viewport) -> Self {
        Self {
            offset: viewport.absolute_offset().y,
            height: viewport.bounds().height,
        }
    }

    /// Which of so many rows are to be built.
    fn rows(self, count: usize) -> Range<usize> {
        let sight = (self.height / ROW).ceil() as usize + 2 * MARGIN + 1;
        let first = ((self.offset / ROW) as usize).saturating_sub(MARGIN);
        let first = first.min(count.saturating_sub(sight));
        first..first.saturating_add(sight).min(count)
    }
}

/// The files of these places, as many of them as there are. Costs what is asked for, and one
/// step for each 256 files before.
pub(super) fn slice(group: &GroupView, range: Range<usize>) -> Vec<&FileView> {
    let chunks = group.jobs.iter().flat_map(|job| job.files.iter());
    let (mut found, mut before) = (Vec::new(), 0);
    for chunk in chunks {
        let begin = before;
        before += chunk.len();
        if begin >= range.end {
            break;
        }
        if before > range.start {
            let end = (range.end - begin).min(chunk.len());
            found.extend(&chunk[range.start.saturating_sub(begin)..end]);
        }
    }
    found
}

pub(super) fn view<'a>(about: &About, group: &GroupView, look: Look) -> Element<'a, Message> {
    let count = usize::try_from(group.summary.files_total).unwrap_or(usize::MAX);
    let rows = about.sight.rows(count);
    let looked_at = about.file(group).map(|file| file.id);
    let shown = slice(group, rows.clone()).into_iter();
    let shown = shown.map(|file| (file.id, file_row(file, looked_at == Some(file.id), look)));
    let list = column![
        space().height(rows.start as f32 * ROW),
        keyed_column(shown),
        space().height((count - rows.end) as f32 * ROW),
    ];
    scrollable(list.width(Fill))
        .id("details.files")
        .height(Fill)
        .on_scroll(Message::Scrolled)
        .style(move |_, status| scroll(look, status))
        .into()
}

fn file_row<'a>(file: &FileView, is_chosen: bool, look: Look) -> Element<'a, Message> {
    let colors = look.colors;
    let (sign, color) = sign(file, look);
    let percent = list::percent(file).map(|percent| format::percent(percent, look.language));
    let words = column![
        line(list::file_name(file), BODY)
            .color(colors.text)
            .width(Fill),
        line(amount(file, look), SMALL)
            .color(colors.muted)
            .width(Fill),
    ];
    let content = row![glyph(sign, 14.0).color(color), words.spacing(2).width(Fill),];
    let press = button(look, Kind::Quiet, content.spacing(10).align_y(Center))
        .padding([0.0, 8.0])
        .width(Fill)
        .height(ROW)
        .on_press(Message::Pin(file.id));
    let percent = line(percent.unwrap_or_default(), SMALL)
        .color(colors.muted)
        .width(40)
        .right();
    let content = row![press]
        .extend(doors(file, look))
        .push(percent)
        .align_y(Center);
    container(content)
        .padding(Padding::ZERO.left(EDGE - 8.0).right(EDGE))
        .height(ROW)
        .style(move |_| {
            let ground = if is_chosen {
                colors.selected
            } else {
                Color::TRANSPARENT
            };
            container::background(ground)
        })
        .into()
}

/// To what is finished: the file itself, and its folder.
fn doors<'a>(file: &FileView, look: Look) -> Vec<Element<'a, Message>> {
    let path = file
        .path
        .as_deref()
        .filter(|_| file.state == FileState::Complete);
    let Some(path) = path else {
        return Vec::new();
    };
    let door = |icon, key, message| {
        let press = button(look, Kind::Quiet, glyph(icon, 16.0))
            .padding(6)
            .on_press(message);
        hinted(look, press, look.language.say(key))
    };
    vec![
        door(
            Icon::ExternalLink,
            key!("deed-open"),
            Message::Open(path.clone()),
        ),
        door(
            Icon::FolderOpen,
            key!("deed-folder"),
            Message::Show(path.clone()),
        ),
    ]
}

/// How much, and what it does where that is not plain to see.
fn amount(file: &FileView, look: Look) -> String {
    let amount = status::amount(file.bytes, file.size, look.language);
    match (file.state, file.waiting) {
        (FileState::Complete | FileState::Transferring, _) => amount,
        (_, Some(waits)) => format!(
            "{amount} · {}",
            status::waiting(waits.reason, look.language)
        ),
        (state, None) => format!("{amount} · {}", status::state(state, look.language)),
    }
}

fn sign(file: &FileView, look: Look) -> (Icon, Color) {
    let colors = look.colors;
    match file.state {
        FileState::Suspended => (Icon::Pause, colors.suspended),
        FileState::Queued => (Icon::Circle, colors.muted),
        FileState::Connecting => (Icon::Plug, colors.accent),
        FileState::Transferring => (Icon::ArrowDown, colors.accent),
        FileState::Waiting => (Icon::Clock, colors.waiting),
        FileState::Verifying => (Icon::ShieldCheck, colors.accent),
        FileState::Complete => (Icon::Check, colors.complete),
        FileState::Error => (Icon::Alert, colors.error),
        FileState::Cancelled => (Icon::X, colors.suspended),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_in_sight_is_built() {
        for (offset, height, count, rows) in [
            (0.0, 440.0, 0, 0..0),
            (0.0, 440.0, 3, 0..3),
            (0.0, 440.0, 100_000, 0..19),
            (44.0 * 500.0, 440.0, 100_000, 496..515),
            (44.0 * 99_990.0, 440.0, 100_000, 99_981..100_000),
            // Moved down in a longer list, which has become shorter.
            (44.0 * 99_990.0, 440.0, 5, 0..5),
        ] {
            assert_eq!(
                Sight { offset, height }.rows(count),
                rows,
                "{offset} {count}"
            );
        }
    }
}
