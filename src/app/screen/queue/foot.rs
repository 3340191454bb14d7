//! Below the list: how many, the limit, room on the disk.

use iced::widget::{container, row, space};
use iced::{Center, Element, Fill};

use super::{Around, Ask, Message, State};
use crate::app::Room;
use crate::app::list::Filter;
use crate::app::look::{Look, SMALL};
use crate::app::widget::button::{self, Kind, hinted};
use crate::app::widget::{line, strong};
use crate::words::{Key, format, key, say};

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
    .push(space().width(Fill))
    .push((finished > 0).then(|| press(say!(look, "window-clear"), Ask::ClearFinished)))
    .push(press(limit, Ask::Limit).id("limit"))
    .push(free);
    container(content.spacing(12).align_y(Center))
        .padding([0, 16])
        .center_y(27)
        .into()
}
