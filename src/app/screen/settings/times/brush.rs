//! What hours are painted with; its choice says, too, how each looks in the week.

use iced::widget::{Row, container, row, space};
use iced::{Center, Color, Element};

use super::Message;
use crate::app::dialog::typed;
use crate::app::look::{BODY, Look, ROUND, border};
use crate::app::widget::button::{Kind, button};
use crate::app::widget::strong;
use crate::app::widget::week::Mark;
use crate::pace::schedule::Allowance;
use crate::words::{Key, key};

/// As high and as wide as a sample is.
const SAMPLE: f32 = 14.0;

/// What hours are painted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brush {
    /// All there is.
    Full,
    /// So much as is typed.
    Limited,
    /// Nothing.
    Off,
}

const ALL: [(Brush, Mark, Key); 3] = [
    (Brush::Full, Mark::Full, key!("schedule-full")),
    (Brush::Limited, Mark::Limited, key!("schedule-limited")),
    (Brush::Off, Mark::Off, key!("schedule-off")),
];

impl Brush {
    /// What an hour is given, with what is typed; none where that is no rate.
    pub(super) fn allowance(self, rate: &str) -> Option<Allowance> {
        match self {
            Self::Full => Some(Allowance::Full),
            Self::Limited => typed::rate(rate).ok().flatten().map(Allowance::Limited),
            Self::Off => Some(Allowance::Off),
        }
    }
}

/// One of the three, each with its sample.
pub(super) fn choice<'a>(chosen: Brush, tint: Color, look: Look) -> Element<'a, Message> {
    let brushes = ALL.map(|(brush, mark, word)| {
        let kind = if brush == chosen {
            Kind::Chosen
        } else {
            Kind::Quiet
        };
        let content = row![sample(mark, tint, look), strong(look.say(word), BODY)];
        button(look, kind, content.spacing(7).align_y(Center))
            .padding([5, 10])
            .on_press(Message::Brush(brush))
            .into()
    });
    container(Row::with_children(brushes).spacing(2))
        .padding(2)
        .style(move |_| ground(look.colors.track, ROUND + 2.0))
        .into()
}

/// An hour as it looks in the week, on a ground that is the week's own colour.
fn sample<'a>(mark: Mark, tint: Color, look: Look) -> Element<'a, Message> {
    let filled = container(space())
        .width(SAMPLE - 2.0)
        .height((SAMPLE - 2.0) * mark.share())
        .style(move |_| ground(tint.scale_alpha(0.55), 2.0));
    container(container(filled).align_bottom(SAMPLE - 2.0))
        .padding(1)
        .style(move |_| container::Style {
            border: border(look.colors.faint, 1.0, 3.0),
            ..Default::default()
        })
        .into()
}

fn ground(color: Color, radius: f32) -> container::Style {
    container::Style {
        background: Some(color.into()),
        border: border(Color::TRANSPARENT, 0.0, radius),
        ..Default::default()
    }
}
