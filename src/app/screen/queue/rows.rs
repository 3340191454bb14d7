//! The rows in sight, and room for those that are not: what is outside costs nothing.

use iced::widget::{Column, container, scrollable, space};
use iced::{Element, Fill};

use super::group::{self, Around};
use super::{LIST, Message, State, file};
use crate::app::list::RowKind;
use crate::app::look::Look;
use crate::app::widget::style;
use jiff::Timestamp;

/// Rows built beyond both edges, so that a quick turn of the wheel shows no gap.
const BEYOND: f32 = 160.0;

/// The list.
pub fn view<'a>(state: &'a State, now: Timestamp, look: Look) -> Element<'a, Message> {
    let list = &state.list;
    let from = (state.seen.start - BEYOND).max(0.0);
    let to = state.seen.end + BEYOND;
    let phase = (now.as_millisecond().rem_euclid(4_000)) as f32 / 4_000.0;
    let mut built = Column::new();
    let (mut above, mut below) = (None, 0.0);
    for row in list.rows_in(from, to) {
        above.get_or_insert(row.y);
        below = row.y + row.height;
        let around = Around {
            is_chosen: row.is_selected,
            has_cursor: row.is_cursor,
            is_open: row.is_expanded,
            phase,
            now,
        };
        built = built.push(match row.kind {
            RowKind::Group => group::view(row.group, row.facts, around, row.height, look),
            RowKind::Job(job) => group::job(job, row.height, look),
            RowKind::File(view) => file::view(row.group, view, around, row.height, look),
        });
    }
    let rows = Column::new()
        .push(space().height(above.unwrap_or(0.0)))
        .push(built)
        .push(space().height((list.total_height() - below).max(0.0)));
    let scrolled = scrollable(container(rows).width(Fill))
        .id(LIST)
        .width(Fill)
        .height(Fill)
        .on_scroll(Message::Scrolled)
        .style(move |_, status| style::scroll(look, status));
    scrolled.into()
}
