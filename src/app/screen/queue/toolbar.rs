//! Above the list: add, what can be done to what is chosen, search, order, settings.

use iced::widget::{container, row, space, text_input};
use iced::{Center, Element, Fill};

use super::{Ask, Message, SEARCH, State};
use crate::app::Deed;
use crate::app::icon::{self, Icon};
use crate::app::look::Look;
use crate::app::widget::button::{self, Kind, hinted, labelled};
use crate::app::widget::field::input;
use crate::app::widget::{glyph, icon_button};
use crate::words::{Key, key, say};

/// In their order; of a pair that excludes each other both are shown, so that nothing moves.
const DEEDS: [Deed; 4] = [Deed::Resume, Deed::Suspend, Deed::Foreground, Deed::Cancel];

/// As wide as the list must be for words beside the icons, in the longest language.
const WORDS: f32 = 900.0;

/// The toolbar of a list so wide.
pub fn view<'a>(state: &'a State, width: f32, look: Look) -> Element<'a, Message> {
    let is_wide = width >= WORDS;
    let add = labelled(look, Kind::Primary, Icon::Plus, say!(look, "window-add"))
        .padding([8, 14])
        .id("add")
        .on_press(Message::Ask(Ask::Add));
    let chosen: Vec<_> = state.list.chosen().collect();
    let deeds = DEEDS.iter().map(|deed| {
        // Foreground and back share a place: what all of them have cannot be asked for.
        let deed = match deed {
            Deed::Foreground
                if !chosen.is_empty() && !chosen.iter().any(|group| deed.applies(group)) =>
            {
                Deed::Background
            }
            deed => *deed,
        };
        let applies = chosen.iter().any(|group| deed.applies(group));
        let message = applies.then_some(Message::DoChosen(deed));
        let word = look.say(short(deed));
        if is_wide {
            labelled(look, Kind::Quiet, deed.icon(), word)
                .on_press_maybe(message)
                .into()
        } else {
            icon_button(look, deed.icon(), word, message)
        }
    });
    let ask = |icon, key: Key, ask| icon_button(look, icon, look.say(key), Some(Message::Ask(ask)));
    let sort = button::button(look, Kind::Quiet, glyph(Icon::Sort, 16.0))
        .padding(8)
        .id("sort");
    let content = row![
        add,
        space().width(6),
        row(deeds).spacing(if is_wide { 2 } else { 0 }),
        space().width(Fill),
        search(state, look),
        hinted(
            look,
            sort.on_press(Message::Sorting),
            say!(look, "window-sort")
        ),
        ask(Icon::Keyboard, key!("window-shortcuts"), Ask::Shortcuts),
        ask(Icon::History, key!("window-history"), Ask::History),
        ask(Icon::Info, key!("window-details"), Ask::Details),
        ask(Icon::Settings, key!("window-settings"), Ask::Settings),
    ]
    .spacing(2)
    .align_y(Center);
    container(content).padding([10, 14]).height(55).into()
}

fn short(deed: Deed) -> Key {
    match deed {
        Deed::Foreground => key!("row-foreground"),
        Deed::Background => key!("row-background"),
        deed => deed.word(),
    }
}

fn search<'a>(state: &'a State, look: Look) -> Element<'a, Message> {
    let icon = text_input::Icon {
        font: icon::FONT,
        code_point: Icon::Search.glyph(),
        size: Some(15.into()),
        spacing: 6.0,
        side: text_input::Side::Left,
    };
    input(look, &say!(look, "window-search"), &state.search, false)
        .id(SEARCH)
        .icon(icon)
        .width(170)
        .on_input(Message::Search)
        .into()
}
