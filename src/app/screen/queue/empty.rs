//! What is said where no row is: what to do, or why there is none.

use iced::widget::{center, column, space};
use iced::{Center, Element};

use super::{Ask, Message, State};
use crate::app::icon::Icon;
use crate::app::list::Filter;
use crate::app::look::{BODY, HEADING, Look};
use crate::app::widget::button::{Kind, labelled};
use crate::app::widget::{glyph, line, strong};
use crate::words::{Key, key, say};

/// Instead of rows.
pub fn view<'a>(state: &State, look: Look) -> Element<'a, Message> {
    let colors = look.colors;
    let said = |icon, text: Key| {
        let icon = glyph(icon, 32.0).color(colors.faint);
        let text = line(look.say(text), BODY).color(colors.muted);
        column![icon, text].spacing(12).align_x(Center)
    };
    let content = if !state.search.trim().is_empty() {
        said(Icon::Search, key!("empty-search"))
    } else if state.list.filter() != Filter::All && state.list.count(Filter::All) > 0 {
        said(Icon::List, key!("empty-filter"))
    } else {
        let add = labelled(look, Kind::Primary, Icon::Plus, say!(look, "window-add"));
        column![
            glyph(Icon::Waves, 48.0).color(colors.accent),
            strong(say!(look, "empty-title"), HEADING).color(colors.text),
            line(say!(look, "empty-text"), BODY).color(colors.muted),
            space().height(4),
            add.on_press(Message::Ask(Ask::Add)),
        ]
        .spacing(10)
        .align_x(Center)
    };
    center(content).padding(24).into()
}
