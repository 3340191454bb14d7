//! How fast at most: all transfers together, and all of each priority.
//!
//! What is typed takes effect with Enter or its button, for the beginning of a rate is a rate,
//! too. The limits are the queue's: the screen only asks for them.

use std::collections::BTreeMap;

use iced::widget::{column, row, text};
use iced::{Center, Element, Fill};

use super::page::stacked;
use crate::app::dialog::typed;
use crate::app::look::{BODY, Look, SMALL};
use crate::app::widget::button::{Kind, text_button};
use crate::app::widget::field::input;
use crate::app::widget::line;
use crate::queue::{Command, Priority, Snapshot};
use crate::words::{key, say};

/// Whose limit: that of all, or of a priority.
type Whose = Option<Priority>;

const ALL: [Whose; 5] = [
    None,
    Some(Priority::Foreground),
    Some(Priority::High),
    Some(Priority::Normal),
    Some(Priority::Low),
];

/// What is typed.
#[derive(Debug, Clone, Default)]
pub struct State {
    drafts: BTreeMap<usize, String>,
}

/// What a person does here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Types into the field of this place.
    Typed(usize, String),
    /// What was typed there holds.
    Entered(usize),
}

impl State {
    /// What comes of a message: something to ask of the queue.
    pub fn update(&mut self, message: Message, snapshot: &Snapshot) -> Option<Command> {
        match message {
            Message::Typed(at, text) => {
                self.drafts.insert(at, text);
                None
            }
            Message::Entered(at) => {
                let (whose, limit) = (*ALL.get(at)?, typed::rate(self.drafts.get(&at)?).ok()?);
                (limit != set(whose, snapshot)).then_some(match whose {
                    None => Command::Limit(limit),
                    Some(priority) => Command::LimitPriority(priority, limit),
                })
            }
        }
    }

    /// A field for each.
    pub fn view<'a>(&self, snapshot: &Snapshot, look: Look) -> Element<'a, Message> {
        let fields = (0..ALL.len()).map(|at| self.field(at, snapshot, look));
        let fields = column(fields).spacing(8);
        stacked(look, key!("setting-limits"), fields)
    }

    fn field<'a>(&self, at: usize, snapshot: &Snapshot, look: Look) -> Element<'a, Message> {
        let set = set(ALL[at], snapshot);
        let draft = self.drafts.get(&at).cloned();
        let shown = draft.unwrap_or_else(|| set.map(typed::shown_rate).unwrap_or_default());
        let read = typed::rate(&shown);
        let is_open = read.as_ref().is_ok_and(|limit| *limit != set);
        let typing = input(
            look,
            &say!(look, "property-no-limit"),
            &shown,
            read.is_err(),
        )
        .id(format!("settings.limit{at}"))
        .width(120)
        .on_input(move |text| Message::Typed(at, text))
        .on_submit(Message::Entered(at));
        let apply = is_open.then(|| {
            text_button(look, Kind::Plain, say!(look, "details-apply"))
                .on_press(Message::Entered(at))
        });
        let name = line(name(ALL[at], look), BODY).color(look.colors.text);
        let control = row![name.width(Fill)].push(apply).push(typing);
        let wrong = read.err().map(|wrong| {
            let told = wrong.explain(look.language);
            text(told).size(SMALL).color(look.colors.error)
        });
        column![control.spacing(8).align_y(Center)]
            .push(wrong)
            .spacing(5)
            .into()
    }
}

/// The limit as it is.
fn set(whose: Whose, snapshot: &Snapshot) -> Option<u64> {
    whose.map_or(snapshot.limit, |priority| snapshot.limits.of(priority))
}

fn name(whose: Whose, look: Look) -> String {
    let of_background = |word: String| format!("{} · {word}", say!(look, "row-background"));
    match whose {
        None => say!(look, "speed-all"),
        Some(Priority::Foreground) => say!(look, "row-foreground"),
        Some(Priority::High) => of_background(say!(look, "priority-high")),
        Some(Priority::Normal) => of_background(say!(look, "priority-normal")),
        Some(Priority::Low) => of_background(say!(look, "priority-low")),
    }
}
