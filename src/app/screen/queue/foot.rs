//! Below the list: how many, what the background waits for, the limit, room on the disk.

use iced::widget::{container, row, space};
use iced::{Center, Element, Fill};

use super::{Around, Ask, Message, State};
use crate::app::Room;
use crate::app::icon::Icon;
use crate::app::list::Filter;
use crate::app::look::{Look, SMALL};
use crate::app::widget::button::{self, Kind, hinted};
use crate::app::widget::{glyph, line, strong};
use crate::pace::schedule::Allowance;
use crate::queue::Mode;
use crate::words::{Key, format, key, moment, say};

/// The foot.
pub fn view<'a>(state: &State, around: &Around<'_>, look: Look) -> Element<'a, Message> {
    let language = look.language;
    let muted = |text: String| line(text, SMALL).color(look.colors.muted);
    let counted = |key: Key, count: usize| look.say_with(key, &[("count", count.into())]);
    let limit = match around.snapshot.limit {
        Some(rate) => {
            let rate = format::rate(rate, language);
            say!(language, "foot-limit", rate = rate)
        }
        None => say!(look, "foot-no-limit"),
    };
    let press = |text: String, ask| {
        button::button(look, Kind::Quiet, line(text, SMALL))
            .padding([3, 6])
            .on_press(Message::Ask(ask))
    };
    let chosen = state.list.selected();
    let finished = state.list.count(Filter::Finished);
    let free = around.free_space.map(|free| {
        let bytes = format::bytes(free, language);
        muted(say!(language, "foot-free", bytes = bytes))
    });
    // In a wide window the sidebar says it.
    let speed = (around.room == Room::Narrow)
        .then(|| strong(format::rate(state.list.total_speed(), language), SMALL));
    // Whose queue it is, where it is not the window's own.
    let serve = around.is_remote.then(|| {
        hinted(
            look,
            muted("ebb serve".to_owned()),
            say!(look, "foot-remote"),
        )
    });
    let content = row![
        muted(counted(
            key!("foot-groups", count),
            state.list.count(Filter::All)
        )),
        muted(counted(
            key!("foot-active", count),
            state.list.count(Filter::Active)
        )),
    ]
    .push((chosen > 1).then(|| muted(counted(key!("foot-chosen", count), chosen))))
    .push(speed)
    .push(serve)
    .push(waits(around, look).unwrap_or_else(|| space().width(Fill).into()))
    .push((finished > 0).then(|| press(say!(look, "window-clear"), Ask::ClearFinished)))
    .push(press(limit, Ask::Limit).id("limit"))
    .push(free);
    container(content.spacing(12).align_y(Center))
        .padding([0, 16])
        .center_y(27)
        .into()
}

/// For what the whole background waits, if it does; as wide as there is room.
fn waits<'a>(around: &Around<'_>, look: Look) -> Option<Element<'a, Message>> {
    let color = look.colors.waiting;
    let words = look.say(background_waits(around)?);
    let words = row![
        glyph(Icon::Clock, 12.0).color(color),
        line(words, SMALL).color(color).width(Fill),
    ];
    Some(words.spacing(5).align_y(Center).width(Fill).into())
}

/// The first that applies of what the queue itself goes by. (Of all suspended the switch says it.)
fn background_waits(around: &Around<'_>) -> Option<Key> {
    let (snapshot, waits_on) = (around.snapshot, around.waits_on);
    let there = snapshot.conditions;
    let hours = snapshot.schedule.at(around.now, &moment::zone());
    if snapshot.mode == Mode::Suspended {
        None
    } else if hours.background == Allowance::Off {
        Some(key!("foot-schedule"))
    } else if there.metered && waits_on.wait_on_metered {
        Some(key!("foot-metered"))
    } else if there.on_battery && waits_on.wait_on_battery {
        Some(key!("foot-battery"))
    } else {
        None
    }
}
