//! A row of the history.

use iced::widget::{column, container, row};
use iced::{Background, Center, Color, Element, Fill};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Message;
use crate::app::icon::Icon;
use crate::app::look::{BODY, Look, NAME, ROUND, SMALL, border};
use crate::app::widget::button::{Kind, button, hinted};
use crate::app::widget::{area, glyph, line, strong};
use crate::engine::HistoryEntry;
use crate::words::{format, moment, say};

/// Of every row.
pub const HEIGHT: f32 = 52.0;

/// A day, at the lower edge of its row: what it is about comes below.
pub fn day<'a>(now: Timestamp, then: Timestamp, look: Look) -> Element<'a, Message> {
    let word = strong(word(now, then, look), SMALL).color(look.colors.muted);
    container(word).padding([8, 24]).align_bottom(HEIGHT).into()
}

fn word(now: Timestamp, then: Timestamp, look: Look) -> String {
    let day = |moment| TimeZone::system().to_datetime(moment).date();
    let (today, day) = (day(now), day(then));
    if day == today {
        return say!(look, "history-today");
    }
    if today.yesterday().is_ok_and(|yesterday| day == yesterday) {
        return say!(look, "history-yesterday");
    }
    moment::date(now, then, look.language)
}

/// What completed, how large it is, and when.
pub fn entry<'a>(
    at: usize,
    entry: &'a HistoryEntry,
    is_chosen: bool,
    look: Look,
) -> Element<'a, Message> {
    let colors = look.colors;
    let amount = line(format::bytes(entry.bytes, look.language), BODY).color(colors.text);
    let time = line(moment::time_of_day(entry.completed), BODY).color(colors.muted);
    let content = row![
        names(entry, look),
        amount.width(76).right(),
        time.width(44).right(),
        folder(at, look),
    ];
    let content = container(content.spacing(12).align_y(Center))
        .padding([0, 24])
        .center_y(HEIGHT)
        .style(move |_| {
            ground(if is_chosen {
                colors.selected
            } else {
                Color::TRANSPARENT
            })
        });
    area(content, Message::Chosen(at), colors.hovered)
        .on_double(Some(Message::Folder(at)))
        .into()
}

fn names<'a>(entry: &'a HistoryEntry, look: Look) -> Element<'a, Message> {
    let mut from = vec![
        entry.host.clone(),
        entry.folder.to_string_lossy().into_owned(),
    ];
    if entry.files > 1 {
        from.insert(0, say!(look, "files-all", count = entry.files));
    }
    from.retain(|part| !part.is_empty());
    let name = line(entry.name.as_str(), NAME).color(look.colors.text);
    let from = line(from.join(" · "), SMALL).color(look.colors.muted);
    column![name, from].spacing(3).width(Fill).into()
}

fn folder<'a>(at: usize, look: Look) -> Element<'a, Message> {
    let open = button(look, Kind::Quiet, glyph(Icon::Folder, 16.0))
        .id(format!("history.folder.{at}"))
        .padding(8)
        .on_press(Message::Folder(at));
    hinted(look, open, say!(look, "history-folder"))
}

fn ground(color: Color) -> container::Style {
    container::Style {
        background: Some(Background::Color(color)),
        border: border(Color::TRANSPARENT, 0.0, ROUND),
        ..Default::default()
    }
}
