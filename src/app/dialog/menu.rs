//! The menu of what is chosen, where the mouse asked for it.

use iced::widget::{Column, container, mouse_area, opaque, scrollable, space};
use iced::{Element, Fill, Padding, Point, Size};

use crate::app::Deed;
use crate::app::look::{Look, ROUND};
use crate::app::widget::button::{Kind, labelled};
use crate::app::widget::{floating, rule, style};
use crate::queue::{GroupView, Move};

/// The deeds in their order; an empty place is a line between them.
const DEEDS: [Option<Deed>; 21] = [
    Some(Deed::Resume),
    Some(Deed::Suspend),
    Some(Deed::Anyway),
    Some(Deed::WaitAgain),
    Some(Deed::Foreground),
    Some(Deed::Background),
    None,
    Some(Deed::Open),
    Some(Deed::Folder),
    Some(Deed::Copy),
    None,
    Some(Deed::Rename),
    Some(Deed::Limit),
    Some(Deed::Move(Move::Top)),
    Some(Deed::Move(Move::Up)),
    Some(Deed::Move(Move::Down)),
    Some(Deed::Move(Move::Bottom)),
    None,
    Some(Deed::Cancel),
    Some(Deed::Remove),
    Some(Deed::Trash),
];

const WIDTH: f32 = 220.0;
const ROW: f32 = 31.0;

/// What can be done, and where it is listed.
#[derive(Debug, Clone)]
pub struct State {
    at: Point,
    deeds: Vec<Option<Deed>>,
}

/// What can be said here.
#[derive(Debug, Clone)]
pub enum Message {
    /// This.
    Do(Deed),
    /// Nothing.
    Close,
}

impl State {
    /// What can be done to at least one of these groups, listed at this place.
    #[must_use]
    pub fn new<'a>(at: Point, groups: impl Iterator<Item = &'a GroupView>) -> Self {
        let groups: Vec<_> = groups.collect();
        let applies = |deed: Deed| groups.iter().any(|group| deed.applies(group));
        let mut deeds: Vec<Option<Deed>> = Vec::new();
        for deed in DEEDS {
            match deed {
                Some(deed) if applies(deed) => deeds.push(Some(deed)),
                // A line only between two deeds.
                None if deeds.last().is_some_and(Option::is_some) => deeds.push(None),
                _ => {}
            }
        }
        if deeds.last() == Some(&None) {
            deeds.pop();
        }
        Self { at, deeds }
    }

    /// The menu, inside the window whatever its size.
    #[must_use]
    pub fn view(&self, look: Look, window: Size) -> Element<'_, Message> {
        let height = self.deeds.len() as f32 * ROW + 12.0;
        let place = Padding::ZERO
            .left(self.at.x.min(window.width - WIDTH - 8.0).max(0.0))
            .top(self.at.y.min(window.height - height - 8.0).max(0.0));
        let deeds = self.deeds.iter().map(|deed| match deed {
            None => container(rule(look)).padding([4, 8]).into(),
            Some(deed) => labelled(look, Kind::Item, deed.icon(), look.say(deed.word()))
                .padding([7, 10])
                .width(Fill)
                .on_press(Message::Do(*deed))
                .into(),
        });
        let deeds = scrollable(Column::with_children(deeds));
        let deeds = deeds.style(move |_, status| style::scroll(look, status));
        let card = container(deeds)
            .width(WIDTH)
            .max_height((window.height - 40.0).max(ROW))
            .padding(6);
        let card = floating(card, ROUND, look);
        let beside = mouse_area(space().width(Fill).height(Fill))
            .on_press(Message::Close)
            .on_right_press(Message::Close);
        let card = container(opaque(card)).padding(place);
        iced::widget::stack![beside, card].into()
    }
}
