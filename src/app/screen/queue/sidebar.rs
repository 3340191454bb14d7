//! The filters with their counts; below them the speed of everything, and the switch between
//! full speed, polite and suspended.

use iced::widget::{Column, column, container, row, space};
use iced::{Center, Element, Fill};

use super::{Message, NARROW_SIDEBAR, SAMPLES, SIDEBAR, State};
use crate::app::Room;
use crate::app::icon::Icon;
use crate::app::list::Filter;
use crate::app::look::{BODY, HEADING, Look, SMALL, TINY, TITLE, border};
use crate::app::widget::button::{self, Kind, hinted};
use crate::app::widget::graph::graph;
use crate::app::widget::{glyph, line, rule, strong};
use crate::queue::Mode;
use crate::words::{Key, format, key, say};

const FILTERS: [(Filter, Icon, Key); 6] = [
    (Filter::All, Icon::List, key!("filter-all")),
    (Filter::Active, Icon::ArrowDown, key!("filter-active")),
    (Filter::Waiting, Icon::Clock, key!("filter-waiting")),
    (Filter::Suspended, Icon::Pause, key!("filter-suspended")),
    (Filter::Finished, Icon::Check, key!("filter-finished")),
    (Filter::Failed, Icon::Alert, key!("filter-failed")),
];

const MODES: [(Mode, Icon, Key, Key); 3] = [
    (
        Mode::Full,
        Icon::Zap,
        key!("mode-full"),
        key!("mode-full-hint"),
    ),
    (
        Mode::Polite,
        Icon::Leaf,
        key!("mode-polite"),
        key!("mode-polite-hint"),
    ),
    (
        Mode::Suspended,
        Icon::Pause,
        key!("mode-suspended"),
        key!("mode-suspended-hint"),
    ),
];

/// The sidebar: with words where there is room.
pub fn view<'a>(state: &'a State, mode: Mode, room: Room, look: Look) -> Element<'a, Message> {
    let is_wide = room == Room::Wide;
    let filters = FILTERS.iter().map(|(filter, icon, key)| {
        let count = state.list.count(*filter);
        let is_chosen = state.list.filter() == *filter;
        one(
            *filter,
            *icon,
            look.say(*key),
            count,
            is_chosen,
            is_wide,
            look,
        )
    });
    let below: Element<'a, Message> = if is_wide {
        column![speed(state, look), switch(mode, look)]
            .spacing(10)
            .padding([12, 8])
            .into()
    } else {
        stacked(mode, look)
    };
    let content = column![
        logo(is_wide, look),
        Column::with_children(filters).spacing(2),
        space().height(Fill),
        rule(look),
        below,
    ];
    container(content)
        .width(if is_wide { SIDEBAR } else { NARROW_SIDEBAR })
        .height(Fill)
        .padding([0, 10])
        .style(move |_| container::background(look.colors.sidebar))
        .into()
}

fn logo<'a>(is_wide: bool, look: Look) -> Element<'a, Message> {
    let colors = look.colors;
    let tile = container(glyph(Icon::Waves, 16.0).color(colors.on_accent))
        .center(24)
        .style(move |_| container::Style {
            background: Some(colors.accent.into()),
            border: border(colors.accent, 0.0, 6.0),
            ..Default::default()
        });
    let name = is_wide.then(|| strong("Ebb", HEADING).color(colors.text));
    let logo = row![tile].push(name).spacing(8).align_y(Center);
    container(logo).padding([15, 8]).height(52).into()
}

fn one<'a>(
    filter: Filter,
    icon: Icon,
    word: String,
    count: usize,
    is_chosen: bool,
    is_wide: bool,
    look: Look,
) -> Element<'a, Message> {
    let colors = look.colors;
    let kind = if is_chosen { Kind::Chosen } else { Kind::Quiet };
    let count = format::count(count as u64, look.language);
    let number = || line(count.clone(), SMALL).color(colors.muted);
    if !is_wide {
        let content = column![glyph(icon, 16.0), number()]
            .align_x(Center)
            .width(Fill);
        let button = button::button(look, kind, content)
            .padding([6, 0])
            .width(Fill);
        return hinted(look, button.on_press(Message::Filter(filter)), word);
    }
    let name = if is_chosen {
        strong(word, BODY)
    } else {
        line(word, BODY)
    };
    let content = row![glyph(icon, 16.0), name.width(Fill), number()];
    button::button(look, kind, content.spacing(12).align_y(Center))
        .padding([7, 10])
        .width(Fill)
        .on_press(Message::Filter(filter))
        .into()
}

fn speed<'a>(state: &State, look: Look) -> Element<'a, Message> {
    let colors = look.colors;
    let rate = format::rate(state.list.total_speed(), look.language);
    column![
        line(say!(look, "speed-all"), SMALL).color(colors.muted),
        strong(rate, TITLE).color(colors.text),
        graph(state.speeds.clone(), SAMPLES, 0, colors.accent, 40.0),
    ]
    .spacing(2)
    .into()
}

/// The promise of the product: three words, one of them chosen.
fn switch<'a>(mode: Mode, look: Look) -> Element<'a, Message> {
    let buttons = MODES.iter().map(|(each, _, word, hint)| {
        let is_chosen = *each == mode;
        let kind = if is_chosen { Kind::Chosen } else { Kind::Quiet };
        let color = if is_chosen {
            look.colors.accent
        } else {
            look.colors.muted
        };
        let word = strong(look.say(*word), TINY).color(color).center();
        let button = button::button(look, kind, word).padding([7, 5]);
        hinted(look, button.on_press(Message::Mode(*each)), look.say(*hint))
    });
    track(row(buttons).into(), look)
}

fn stacked<'a>(mode: Mode, look: Look) -> Element<'a, Message> {
    let buttons = MODES.iter().map(|(each, icon, word, _)| {
        let is_chosen = *each == mode;
        let kind = if is_chosen { Kind::Chosen } else { Kind::Quiet };
        let button = button::button(look, kind, glyph(*icon, 16.0)).padding([7, 10]);
        hinted(look, button.on_press(Message::Mode(*each)), look.say(*word))
    });
    container(track(Column::with_children(buttons).into(), look))
        .padding([10, 0])
        .into()
}

fn track<'a>(content: Element<'a, Message>, look: Look) -> Element<'a, Message> {
    container(content)
        .padding(2)
        .style(move |_| container::Style {
            background: Some(look.colors.track.into()),
            border: border(look.colors.track, 0.0, 9.0),
            ..Default::default()
        })
        .into()
}
