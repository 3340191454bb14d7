//! How the add dialog is arranged.

use iced::widget::{column, container, row, scrollable, space, text, text_editor};
use iced::{Center, Element, Fill, keyboard};

use super::lines::Trouble;
use super::{LINKS, Message, State};
use crate::app::dialog::typed::{self, Mistake};
use crate::app::icon::Icon;
use crate::app::look::{BODY, Look, SMALL, TITLE};
use crate::app::widget::button::{Kind, button, text_button};
use crate::app::widget::field::input;
use crate::app::widget::{choice, field, glyph, line, strong, style, toggle};
use crate::queue::ConflictRule;
use crate::settings::Begin;
use crate::words::{Key, format, key, say};

/// How high the buttons are, with the room above them.
const FOOT: f32 = 50.0;
/// So many lines that were not understood are shown unasked.
const FEW: usize = 3;

impl State {
    /// The dialog, at most so many pixels high.
    #[must_use]
    pub fn view(&self, most: f32, look: Look) -> Element<'_, Message> {
        let body = column![
            strong(say!(look, "add-title"), TITLE),
            self.links(look),
            row![self.name(look), self.folder(look)].spacing(12),
            self.notes(look),
            self.how(look),
            self.rest(look),
        ];
        let body = scrollable(body.spacing(14))
            .spacing(8)
            .style(move |_, status| style::scroll(look, status));
        let body = container(body).max_height((most - FOOT).max(FOOT));
        column![
            body,
            container(self.foot(look)).height(FOOT).align_bottom(FOOT)
        ]
        .into()
    }

    fn links(&self, look: Look) -> Element<'_, Message> {
        let editor = text_editor(&self.content)
            .id(LINKS)
            .placeholder(say!(look, "add-links-form"))
            .size(BODY)
            .padding([10, 12])
            .height(118)
            .key_binding(binding)
            .style(move |_, status| style::editor(look, status, false))
            .on_action(Message::Edited);
        let field = column![
            editor,
            self.aside(look),
            self.answer(look),
            self.troubles(look)
        ];
        field.spacing(8).into()
    }

    /// That there is more than the field shows.
    fn aside(&self, look: Look) -> Option<Element<'_, Message>> {
        if self.aside.is_empty() {
            return None;
        }
        let size = format::bytes(self.aside.len() as u64, look.language);
        let size = say!(look, "add-aside", bytes = size);
        let remove = button(
            look,
            Kind::Link,
            line(say!(look, "add-aside-remove"), SMALL),
        )
        .padding([2, 4])
        .on_press(Message::RemoveList);
        let size = line(size, SMALL).color(look.colors.muted);
        Some(row![size, remove].spacing(8).align_y(Center).into())
    }

    /// How many links there are, and how many lines that are none.
    fn answer(&self, look: Look) -> Element<'_, Message> {
        let lines = &self.reading.lines;
        let said = |key: Key, count: usize| look.say_with(key, &[("count", count.into())]);
        let mut answer = row![].spacing(14);
        if let Some((path, error)) = &self.drop_error {
            let error = error.explain(path, look.language);
            return text(error).size(SMALL).color(look.colors.error).into();
        }
        if !self.is_reading.is_quiet() {
            return line(say!(look, "add-reading"), SMALL)
                .color(look.colors.muted)
                .into();
        }
        if !lines.links.is_empty() {
            let links = said(key!("add-links", count), lines.links.len());
            answer = answer.push(strong(links, SMALL).color(look.colors.complete));
        }
        if lines.repeated > 0 {
            let twice = said(key!("add-repeated", count), lines.repeated);
            answer = answer.push(line(twice, SMALL).color(look.colors.muted));
        }
        if lines.not_understood > 0 {
            let wrong = match (lines.not_understood, lines.troubles.first()) {
                (1, Some(trouble)) => told(look, key!("add-one-trouble", line, why), trouble),
                (count, _) => said(key!("add-troubles", count), count),
            };
            answer = answer.push(line(wrong, SMALL).color(look.colors.error));
        }
        // As high without an answer as with one: nothing jumps.
        answer.height(16).into()
    }

    /// The lines that are none, the first few of them or more.
    fn troubles(&self, look: Look) -> Option<Element<'_, Message>> {
        let lines = &self.reading.lines;
        if lines.not_understood < 2 || !self.is_reading.is_quiet() {
            return None;
        }
        let count = if self.shows_troubles {
            lines.troubles.len()
        } else {
            FEW
        };
        let shown = lines.troubles.iter().take(count).map(|trouble| {
            let trouble = told(look, key!("add-trouble", line, why), trouble);
            line(trouble, SMALL).color(look.colors.error).into()
        });
        let mut shown = column(shown).spacing(4);
        let rest = lines.not_understood.saturating_sub(count);
        if rest > 0 && self.shows_troubles {
            let rest = say!(look, "progress-more", count = rest);
            shown = shown.push(line(rest, SMALL).color(look.colors.muted));
        }
        if lines.not_understood > FEW {
            let key = if self.shows_troubles {
                key!("add-troubles-fewer")
            } else {
                key!("add-troubles-more")
            };
            let more = button(look, Kind::Link, line(look.say(key), SMALL))
                .padding([2, 4])
                .on_press(Message::ShowTroubles(!self.shows_troubles));
            shown = shown.push(more);
        }
        Some(shown.into())
    }

    fn name(&self, look: Look) -> Element<'_, Message> {
        let wrong = typed::name(&self.name).err();
        let usual = self.reading.name.as_deref().unwrap_or_default();
        let input = input(look, usual, &self.name, wrong.is_some())
            .id("add-name")
            .on_input(Message::Name)
            .on_submit(Message::Submit);
        field(look, say!(look, "add-name"), input, explained(wrong, look))
    }

    fn folder(&self, look: Look) -> Element<'_, Message> {
        let failure = || self.surveyed()?.failure.clone().map(Mistake::Place);
        let wrong = self.path().err().or_else(failure);
        let input = input(look, "", &self.folder, wrong.is_some())
            .id("add-folder")
            .on_input(Message::Folder)
            .on_submit(Message::Submit);
        let choose = text_button(look, Kind::Link, say!(look, "add-choose"))
            .padding([8, 8])
            .on_press(Message::ChooseFolder);
        let input = row![input, choose].spacing(4).align_y(Center);
        field(
            look,
            say!(look, "add-folder"),
            input,
            explained(wrong, look),
        )
    }

    /// What is there already, in the queue and in the folder.
    fn notes(&self, look: Look) -> Option<Element<'_, Message>> {
        let (unfinished, finished) = (self.reading.unfinished.len(), self.reading.finished.len());
        let taken = self.surveyed().map_or(0, |survey| survey.taken);
        if unfinished + finished + taken == 0 {
            return None;
        }
        let said = |key: Key, count: usize| look.say_with(key, &[("count", count.into())]);
        let skip = |key: Key,
                    count: usize,
                    explained: Key,
                    is_on: bool,
                    on_toggle: fn(bool) -> Message| {
            let explained = look.say(explained);
            (count > 0).then(|| toggle(look, said(key, count), explained, is_on, on_toggle))
        };
        let taken = (taken > 0).then(|| {
            let key = taken_key(self.more.on_conflict());
            text(said(key, taken))
                .size(SMALL)
                .color(look.colors.waiting)
        });
        let notes = column![
            skip(
                key!("add-unfinished", count),
                unfinished,
                key!("add-unfinished-skip"),
                self.skips_unfinished,
                Message::SkipUnfinished
            ),
            skip(
                key!("add-finished", count),
                finished,
                key!("add-finished-skip"),
                self.skips_finished,
                Message::SkipFinished
            ),
            taken,
        ];
        Some(notes.spacing(4).into())
    }

    fn how(&self, look: Look) -> Element<'_, Message> {
        use Begin::{Background, Foreground, Suspended};
        let ways = [
            (Background, key!("add-how-background")),
            (Foreground, key!("add-how-foreground")),
            (Suspended, key!("add-how-suspended")),
        ];
        let explained = match self.begin {
            Background => key!("add-background-means"),
            Foreground => key!("add-foreground-means"),
            Suspended => key!("add-suspended-means"),
        };
        let ways = ways.map(|(way, key)| (way, look.say(key)));
        let ways = choice(look, ways, self.begin, Message::Begin);
        let explained = line(look.say(explained), SMALL).color(look.colors.muted);
        let how = column![ways, explained].spacing(8);
        field(look, say!(look, "add-how"), how, None)
    }

    /// The rest, which is open while something in it is wrong.
    fn rest(&self, look: Look) -> Element<'_, Message> {
        let links = self.count();
        let is_wrong = self.more.read(links).is_err();
        let is_open = self.is_more_open || is_wrong;
        let icon = if is_open {
            Icon::ChevronDown
        } else {
            Icon::ChevronRight
        };
        let label = row![
            glyph(icon, 16.0),
            line(say!(look, "add-more"), BODY).color(look.colors.text)
        ];
        let label = label.spacing(8).align_y(Center);
        let label = button(look, Kind::Quiet, label)
            .padding([4, 4])
            .id("add-more")
            .on_press_maybe((!is_wrong).then_some(Message::ShowMore(!is_open)));
        let has_priority = self.begin != Begin::Foreground;
        let rest = is_open.then(|| self.more.view(links, has_priority, look).map(Message::More));
        column![label, rest].spacing(12).into()
    }

    fn foot(&self, look: Look) -> Element<'_, Message> {
        let free = self.surveyed().and_then(|survey| survey.free);
        let free = free.map(|free| {
            let free = format::bytes(free, look.language);
            line(say!(look, "foot-free", bytes = free), SMALL).color(look.colors.muted)
        });
        let add = say!(look, "add-do", count = self.count());
        let add = text_button(look, Kind::Primary, add)
            .id("add-do")
            .on_press_maybe(self.is_ready().then_some(Message::Submit));
        let close =
            text_button(look, Kind::Plain, say!(look, "add-close")).on_press(Message::Close);
        let foot = row![free, space().width(Fill), close, add];
        foot.spacing(8).align_y(Center).into()
    }
}

/// Ctrl and Enter add; all else is the editor's own.
fn binding(press: text_editor::KeyPress) -> Option<text_editor::Binding<Message>> {
    let is_enter = press.key == keyboard::Key::Named(keyboard::key::Named::Enter);
    if is_enter && press.modifiers.command() {
        return Some(text_editor::Binding::Custom(Message::Submit));
    }
    text_editor::Binding::from_key_press(press)
}

fn told(look: Look, key: Key, trouble: &Trouble) -> String {
    let why = trouble.fault.explain(look.language);
    let arguments = [("line", trouble.line.into()), ("why", why.into())];
    look.say_with(key, &arguments)
}

fn explained(wrong: Option<Mistake>, look: Look) -> Option<String> {
    wrong.map(|wrong| wrong.explain(look.language))
}

fn taken_key(rule: ConflictRule) -> Key {
    match rule {
        ConflictRule::Rename => key!("add-taken-rename", count),
        ConflictRule::Overwrite => key!("add-taken-overwrite", count),
        ConflictRule::Skip => key!("add-taken-skip", count),
        ConflictRule::Fail => key!("add-taken-fail", count),
    }
}
