//! How the history is arranged.

use iced::widget::{Column, center, column, container, keyed_column, scrollable, space, text};
use iced::{Center, Element, Fill};
use jiff::Timestamp;

use super::rows::{self, Row};
use super::{LIST, Message, SEARCH, State, row};
use crate::app::icon::Icon;
use crate::app::look::{BODY, HEADING, Look, SMALL, TITLE};
use crate::app::widget::button::{Kind, labelled, text_button};
use crate::app::widget::{field, glyph, line, rule, strong, style};
use crate::engine::Totals;
use crate::words::{Key, format, key, say};

/// As wide as the settings.
const WIDTH: f32 = 640.0;

/// As much is made before the first frame has told how high the list is.
const SCREENFUL: f32 = 1_200.0;

impl State {
    /// The screen at this time, which tells what is today.
    pub fn view(&self, now: Timestamp, look: Look) -> Element<'_, Message> {
        let head = container(self.head(look)).padding([14, 20]);
        let content = column![head, rule(look), self.body(now, look)];
        container(content)
            .width(Fill)
            .height(Fill)
            .style(move |_| look.colors.surface.into())
            .into()
    }

    fn head<'a>(&'a self, look: Look) -> Element<'a, Message> {
        let back = labelled(
            look,
            Kind::Quiet,
            Icon::ChevronLeft,
            say!(look, "history-back"),
        )
        .on_press(Message::Back);
        let title = strong(say!(look, "history-title"), HEADING).color(look.colors.text);
        let search = field::input(look, &say!(look, "history-search"), &self.search, false)
            .id(SEARCH)
            .width(220)
            .on_input(Message::Searched);
        let (kind, word) = if self.is_clearing {
            (Kind::Danger, key!("history-clear-really"))
        } else {
            (Kind::Plain, key!("history-clear"))
        };
        let clear = (!self.entries.is_empty()).then_some(Message::Clear);
        let clear = text_button(look, kind, look.say(word)).on_press_maybe(clear);
        iced::widget::row![back, title, space().width(Fill), search, clear]
            .spacing(12)
            .align_y(Center)
            .into()
    }

    fn body<'a>(&'a self, now: Timestamp, look: Look) -> Element<'a, Message> {
        if !self.is_loaded {
            return space().into();
        }
        if self.entries.is_empty() {
            return nothing(key!("history-empty"), Icon::History, look);
        }
        let figures = container(self.figures(look))
            .max_width(WIDTH)
            .padding([20, 24]);
        let list = if self.rows.is_empty() {
            nothing(key!("history-no-match"), Icon::Search, look)
        } else {
            self.list(now, look)
        };
        column![figures, list].align_x(Center).width(Fill).into()
    }

    fn figures<'a>(&'a self, look: Look) -> Element<'a, Message> {
        let figure = |figure: String, key: Key| -> Element<'a, Message> {
            let figure = strong(figure, TITLE).color(look.colors.text);
            let what = line(look.say(key), SMALL).color(look.colors.muted);
            column![figure, what].spacing(2).width(Fill).into()
        };
        let Totals {
            bytes,
            files,
            groups,
        } = self.totals;
        iced::widget::row![
            figure(format::bytes(bytes, look.language), key!("history-bytes")),
            figure(format::count(files, look.language), key!("history-files")),
            figure(format::count(groups, look.language), key!("history-groups")),
        ]
        .into()
    }

    fn list<'a>(&'a self, now: Timestamp, look: Look) -> Element<'a, Message> {
        let count = self.rows.len();
        let height = if self.height > 0.0 {
            self.height
        } else {
            SCREENFUL
        };
        let seen = rows::in_sight(self.offset, height, count);
        let above = space().height(seen.start as f32 * row::HEIGHT);
        let below = space().height((count - seen.end) as f32 * row::HEIGHT);
        let made = keyed_column(seen.map(|at| (at, self.row(at, now, look))));
        let list = container(column![above, made, below]).max_width(WIDTH);
        scrollable(container(list).center_x(Fill))
            .id(LIST)
            .on_scroll(Message::Scrolled)
            .direction(style::bar())
            .style(move |_, status| style::scroll(look, status))
            .width(Fill)
            .height(Fill)
            .into()
    }

    fn row<'a>(&'a self, at: usize, now: Timestamp, look: Look) -> Element<'a, Message> {
        match self.rows.get(at) {
            Some(Row::Day(first)) => row::day(now, self.entries[first].completed, look),
            Some(Row::Entry(entry)) => {
                let is_chosen = self.chosen == Some(at);
                row::entry(at, &self.entries[entry], is_chosen, look)
            }
            None => space().into(),
        }
    }
}

/// Why there is nothing, and what would be.
fn nothing<'a>(key: Key, icon: Icon, look: Look) -> Element<'a, Message> {
    let colors = look.colors;
    let content: Column<'a, Message> = column![
        glyph(icon, 32.0).color(colors.faint),
        strong(look.say(key), BODY).color(colors.text),
        text(look.language.hint_with(key, &[]))
            .size(SMALL)
            .color(colors.muted),
    ];
    center(content.spacing(8).align_x(Center))
        .padding(24)
        .into()
}
