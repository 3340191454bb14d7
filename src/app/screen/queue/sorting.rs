//! The orders that the list can have.

use iced::widget::{Column, container, row};
use iced::{Center, Element, Fill};

use super::{Message, State};
use crate::app::icon::Icon;
use crate::app::list::SortKey;
use crate::app::look::{BODY, Look, ROUND};
use crate::app::widget::button::{self, Kind};
use crate::app::widget::{floating, glyph, line};
use crate::words::{Key, key};

const KEYS: [(SortKey, Key); 7] = [
    (SortKey::Queue, key!("sort-queue")),
    (SortKey::Name, key!("sort-name")),
    (SortKey::Size, key!("sort-size")),
    (SortKey::Progress, key!("sort-progress")),
    (SortKey::Speed, key!("sort-speed")),
    (SortKey::Left, key!("sort-left")),
    (SortKey::Added, key!("sort-added")),
];

/// The list of orders; the one that holds has an arrow, and pressing it again turns it round.
pub fn view<'a>(state: &State, look: Look) -> Element<'a, Message> {
    let sort = state.list.sort();
    let keys = KEYS.iter().map(|(key, word)| {
        let arrow = (sort.key == *key).then(|| {
            let icon = if sort.is_descending {
                Icon::ArrowDown
            } else {
                Icon::ArrowUp
            };
            glyph(icon, 14.0).color(look.colors.accent)
        });
        let content = row![line(look.say(*word), BODY).width(Fill)].push(arrow);
        button::button(look, Kind::Item, content.spacing(8).align_y(Center))
            .padding([7, 10])
            .width(Fill)
            .on_press(Message::Sort(*key))
            .into()
    });
    let card = container(Column::with_children(keys)).width(200).padding(6);
    floating(card, ROUND, look).into()
}
