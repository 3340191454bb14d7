//! The head of the panel: what it is about, how that stands, and the tabs.

use iced::widget::{Row, column, container, row, space, stack, text};
use iced::{Color, Element, Fill};

use super::{Message, Tab};
use crate::app::icon::Icon;
use crate::app::list;
use crate::app::look::{BODY, HEADING, Look, MEDIUM};
use crate::app::widget::button::{Kind, button, hinted};
use crate::app::widget::status::badges;
use crate::app::widget::{glyph, strong};
use crate::queue::GroupView;
use crate::words::clean::clean;
use crate::words::{Key, key, say, status};

const TABS: [(Tab, Key); 4] = [
    (Tab::Overview, key!("details-overview")),
    (Tab::Files, key!("details-files")),
    (Tab::Properties, key!("details-properties")),
    (Tab::Log, key!("details-log")),
];

/// Two lines of name at most, and how it stands.
pub(super) fn head<'a>(group: &GroupView, look: Look) -> Element<'a, Message> {
    let first = list::first_name(group);
    let name = status::name(&group.properties.name, first.as_deref(), look.language);
    let name = text(clean(&name))
        .size(HEADING)
        .font(MEDIUM)
        .line_height(1.3)
        .color(look.colors.text)
        .wrapping(text::Wrapping::WordOrGlyph);
    let name = container(name)
        .width(Fill)
        .max_height((2.0 * HEADING * 1.3).ceil())
        .clip(true);
    // No larger than the line beside it.
    let close = button(look, Kind::Quiet, glyph(Icon::X, 16.0))
        .padding(3)
        .on_press(Message::Close);
    let close = hinted(look, close, say!(look, "close-details"));
    column![
        row![name, close].spacing(8),
        Row::with_children(badges(group, look)).spacing(6).wrap(),
    ]
    .spacing(8)
    .into()
}

/// One of the parts is chosen.
pub(super) fn tabs<'a>(chosen: Tab, look: Look) -> Element<'a, Message> {
    let tabs = TABS.map(|(tab, key)| {
        let is_chosen = tab == chosen;
        let color = if is_chosen {
            look.colors.text
        } else {
            look.colors.muted
        };
        let under = if is_chosen {
            look.colors.accent
        } else {
            Color::TRANSPARENT
        };
        let press = button(
            look,
            Kind::Quiet,
            strong(look.language.say(key), BODY).color(color),
        )
        .padding([6, 0])
        .on_press(Message::Tab(tab));
        let under = container(space())
            .width(Fill)
            .height(2)
            .style(move |_| container::background(under));
        // As wide as the word: what lies below does not count.
        stack![press, container(under).align_bottom(Fill)].into()
    });
    Row::with_children(tabs).spacing(16).into()
}
