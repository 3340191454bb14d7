//! The rows in sight, and room for those that are not: what is outside costs nothing.

use std::collections::HashSet;

use iced::widget::{Column, container, keyed, scrollable, space};
use iced::{Element, Fill};
use jiff::Timestamp;

use super::group::{self, Around};
use super::{LIST, Message, State, file};
use crate::app::list::RowKind;
use crate::app::look::Look;
use crate::app::widget::style;
use crate::queue::GroupId;

/// Rows built beyond both edges, so that a quick turn of the wheel shows no gap.
const BEYOND: f32 = 160.0;

/// A list that is less wide has room for few words in its rows.
const WORDS: f32 = 700.0;

/// The list, so wide.
pub fn view<'a>(
    state: &'a State,
    width: f32,
    now: Timestamp,
    doomed: &HashSet<GroupId>,
    look: Look,
) -> Element<'a, Message> {
    let list = &state.list;
    let from = (state.seen.start - BEYOND).max(0.0);
    let to = state.seen.end + BEYOND;
    let phase = (now.as_millisecond().rem_euclid(4_000)) as f32 / 4_000.0;
    // By what they are of: a press that began on one row does not end on another.
    let mut built = keyed::Column::new();
    let (mut above, mut below) = (None, 0.0);
    for row in list.rows_in(from, to) {
        above.get_or_insert(row.y);
        below = row.y + row.height;
        let around = Around {
            is_chosen: row.is_selected,
            // Where nothing is chosen, nothing looks as if it were.
            has_cursor: row.is_cursor && list.selected() > 0,
            is_open: row.is_expanded,
            is_narrow: width < WORDS,
            is_doomed: doomed.contains(&row.group.id),
            phase,
            now,
        };
        let key = match row.kind {
            RowKind::Group => row.group.id.0,
            RowKind::Job(job) => job.id.0,
            RowKind::File(file) => file.id.0,
        };
        let drawn = match row.kind {
            RowKind::Group => group::view(row.group, row.facts, around, row.height, look),
            RowKind::Job(job) => group::job(job, row.height, look),
            RowKind::File(view) => file::view(row.group, view, around, row.height, look),
        };
        built = built.push(key, drawn);
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
