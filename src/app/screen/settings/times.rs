//! The hours of the week: which class of transfers may take how much in each of them.
//!
//! Hours are painted over with what is chosen; where that stands already, with all there is
//! again. The schedule is the queue's: the screen only asks for another one.

mod brush;

use std::sync::Arc;

use iced::widget::{Row, column, row, text};
use iced::{Center, Element, Fill};
use jiff::Timestamp;
use jiff::civil::Weekday;

use super::page::stacked;
use crate::app::dialog::typed;
use crate::app::look::{Look, SMALL};
use crate::app::widget::button::{Kind, text_button};
use crate::app::widget::choice;
use crate::app::widget::field::input;
use crate::app::widget::week::{Block, DAYS, HOURS, Mark, Week, week};
use crate::pace::schedule::{Allowance, Class, Schedule};
use crate::queue::{Command, Snapshot};
use crate::words::{Key, format, key, moment, say};
pub use brush::Brush;

const NAMES: [Key; DAYS] = [
    key!("day-monday"),
    key!("day-tuesday"),
    key!("day-wednesday"),
    key!("day-thursday"),
    key!("day-friday"),
    key!("day-saturday"),
    key!("day-sunday"),
];

/// From Monday to Friday, from 8 to 18: what is painted most.
const WORK: Block = Block {
    from: (0, 8),
    to: (4, 17),
};

/// What is looked at, and what it is painted with.
#[derive(Debug, Clone)]
pub struct State {
    class: Class,
    brush: Brush,
    /// What is typed for the brush that limits.
    rate: String,
}

impl Default for State {
    fn default() -> Self {
        Self {
            class: Class::Background,
            brush: Brush::Off,
            rate: "500k".to_owned(),
        }
    }
}

/// What a person does here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Looks at the hours of these.
    Class(Class),
    /// Will paint with this.
    Brush(Brush),
    /// Types how much.
    Rate(String),
    /// Has painted over these.
    Painted(Block),
    /// Wants all of a class to be allowed at any time.
    Clear,
}

impl State {
    /// What comes of a message: something to ask of the queue.
    pub fn update(&mut self, message: Message, snapshot: &Snapshot) -> Option<Command> {
        match message {
            Message::Class(class) => self.class = class,
            Message::Brush(brush) => self.brush = brush,
            Message::Rate(rate) => self.rate = rate,
            Message::Painted(block) => {
                let first = allowed(&snapshot.schedule, block.from, self.class);
                let brush = self.brush.allowance(&self.rate)?;
                let paint = if first == brush {
                    Allowance::Full
                } else {
                    brush
                };
                return self.painted(block, paint, &snapshot.schedule);
            }
            Message::Clear => {
                let all = Block::between((0, 0), (DAYS - 1, HOURS - 1));
                return self.painted(all, Allowance::Full, &snapshot.schedule);
            }
        }
        None
    }

    fn painted(&self, block: Block, paint: Allowance, old: &Schedule) -> Option<Command> {
        let mut new = old.clone();
        for (day, hour) in block.hours() {
            new.set(weekday(day), hour, self.class, paint);
        }
        (new != *old).then(|| Command::Schedule(Arc::new(new)))
    }

    /// The week of a class, and what it is painted with.
    pub fn view<'a>(
        &self,
        snapshot: &'a Snapshot,
        now: Timestamp,
        look: Look,
    ) -> Element<'a, Message> {
        let controls = row![self.classes(look)].push(self.brushes(look));
        let controls = controls.spacing(12).align_y(Center).wrap();
        let controls = column![controls.vertical_spacing(8)].push(self.wrong(look));
        let content = column![
            controls.spacing(5),
            self.grid(&snapshot.schedule, now, look),
            self.presets(&snapshot.schedule, look),
        ];
        stacked(look, key!("setting-schedule"), content.spacing(14))
    }

    fn classes<'a>(&self, look: Look) -> Element<'a, Message> {
        let classes = [
            (Class::Background, say!(look, "row-background")),
            (Class::Foreground, say!(look, "row-foreground")),
        ];
        choice(look, classes, self.class, Message::Class)
    }

    fn brushes<'a>(&self, look: Look) -> Element<'a, Message> {
        let rate = (self.brush == Brush::Limited).then(|| {
            let is_wrong = self.brush.allowance(&self.rate).is_none();
            input(look, "500k", &self.rate, is_wrong)
                .id("settings.schedule.rate")
                .width(84)
                .on_input(Message::Rate)
        });
        let brushes = brush::choice(self.brush, self.tint(look), look);
        row![brushes].push(rate).spacing(8).align_y(Center).into()
    }

    fn wrong<'a>(&self, look: Look) -> Option<Element<'a, Message>> {
        if self.brush.allowance(&self.rate).is_some() {
            return None;
        }
        let told = typed::Mistake::Rate.explain(look.language);
        Some(text(told).size(SMALL).color(look.colors.error).into())
    }

    fn tint(&self, look: Look) -> iced::Color {
        match self.class {
            Class::Foreground => look.colors.foreground,
            Class::Background => look.colors.accent,
        }
    }

    fn grid<'a>(&self, schedule: &'a Schedule, now: Timestamp, look: Look) -> Element<'a, Message> {
        let class = self.class;
        let marks = std::array::from_fn(|day| {
            std::array::from_fn(|hour| mark(allowed(schedule, (day, hour), class)))
        });
        let local = moment::zone().to_datetime(now);
        let present = local.weekday().to_monday_zero_offset() as usize;
        let shown = Week {
            marks,
            present: (present, local.hour() as usize),
            days: NAMES.map(|name| look.say(name)),
            hint: say!(look, "schedule-paint"),
            told: Box::new(move |block| told(schedule, block, class, look)),
            tint: self.tint(look),
        };
        week(look, "settings.schedule", shown, Message::Painted)
    }

    fn presets<'a>(&self, schedule: &Schedule, look: Look) -> Element<'a, Message> {
        let (can_paint, all) = (
            self.brush.allowance(&self.rate).is_some(),
            Block::between((0, 0), (DAYS - 1, HOURS - 1)),
        );
        let clears = self.painted(all, Allowance::Full, schedule).is_some();
        let button = |label, message: Message, can: bool| {
            text_button(look, Kind::Plain, label).on_press_maybe(can.then_some(message))
        };
        let buttons: Row<'a, Message> = row![
            button(span(WORK, look), Message::Painted(WORK), can_paint),
            button(say!(look, "schedule-clear"), Message::Clear, clears),
        ];
        buttons.spacing(8).width(Fill).into()
    }
}

fn weekday(day: usize) -> Weekday {
    Weekday::Monday.wrapping_add(day as i64)
}

fn allowed(schedule: &Schedule, (day, hour): (usize, usize), class: Class) -> Allowance {
    schedule.get(weekday(day), hour, class)
}

fn mark(allowance: Allowance) -> Mark {
    match allowance {
        Allowance::Full => Mark::Full,
        Allowance::Limited(_) => Mark::Limited,
        Allowance::Off => Mark::Off,
    }
}

/// `Mon–Fri, 08–18`: days and hours; the last hour's end.
fn span(block: Block, look: Look) -> String {
    let (first, last) = block.corners();
    let name = |day: usize| look.say(NAMES[day]);
    let days = if first.0 == last.0 {
        name(first.0)
    } else {
        format!("{}–{}", name(first.0), name(last.0))
    };
    format!("{days}, {:02}–{:02}", first.1, last.1 + 1)
}

/// The same, and what is allowed there, where that is the same everywhere.
fn told(schedule: &Schedule, block: Block, class: Class, look: Look) -> String {
    let span = span(block, look);
    let first = allowed(schedule, block.from, class);
    let mut hours = block.hours();
    if hours.any(|hour| allowed(schedule, hour, class) != first) {
        return span;
    }
    let allowed = match first {
        Allowance::Full => say!(look, "schedule-full"),
        Allowance::Limited(rate) => format::rate(rate, look.language),
        Allowance::Off => say!(look, "schedule-off"),
    };
    format!("{span}  ·  {allowed}")
}
