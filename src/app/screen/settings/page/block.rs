//! What every section is made of: a name, what it means in smaller type, something to set,
//! and what is wrong with it.

use iced::widget::{Column, Row, column, container, row, text};
use iced::{Center, Element, Fill};

use super::super::entry::Wrong;
use super::super::{Field, Message, Number, State};
use crate::app::icon::Icon;
use crate::app::look::{BODY, Look, ROUND, SMALL, border};
use crate::app::widget::button::{Button, Kind, button, hinted};
use crate::app::widget::{field, glyph, line};
use crate::settings::Settings;
use crate::words::{Explained, Key, format, key};

/// How far everything is from the edge that the ground of a switch reaches to.
pub(in super::super) const EDGE: f32 = 12.0;

/// Something as far from it.
pub(in super::super) fn inset<'a, Said: 'a>(
    content: impl Into<Element<'a, Said>>,
) -> Element<'a, Said> {
    container(content).padding([0.0, EDGE]).into()
}

/// Settings below each other.
pub(super) fn fields<'a, const COUNT: usize>(
    fields: [Element<'a, Message>; COUNT],
) -> Element<'a, Message> {
    column(fields).spacing(26).into()
}

/// Its name and what it means.
fn words<'a, Said: 'a>(look: Look, key: Key) -> Column<'a, Said> {
    let name = line(look.say(key), BODY).color(look.colors.text);
    column![name, muted(look.language.hint_with(key, &[]), look)].spacing(3)
}

/// Words in smaller type, as many lines as they need.
pub(super) fn muted<'a, Said: 'a>(words: String, look: Look) -> Element<'a, Said> {
    text(words).size(SMALL).color(look.colors.muted).into()
}

/// Words above, what is set below.
pub(in super::super) fn stacked<'a, Said: 'a>(
    look: Look,
    key: Key,
    control: impl Into<Element<'a, Said>>,
) -> Element<'a, Said> {
    inset(column![words(look, key), control.into()].spacing(10))
}

/// Words at the left, what is set at the right, what is wrong below.
fn beside<'a>(
    look: Look,
    key: Key,
    control: Row<'a, Message>,
    wrong: Option<Wrong>,
) -> Element<'a, Message> {
    let control = control.spacing(4).align_y(Center);
    let both = row![words(look, key).width(Fill), control]
        .spacing(24)
        .align_y(Center);
    inset(column![both].push(error(wrong, look)).spacing(5))
}

/// What is wrong, where anything is.
pub(super) fn error<'a>(wrong: Option<Wrong>, look: Look) -> Option<Element<'a, Message>> {
    let told = wrong?.explain(look.language);
    Some(text(told).size(SMALL).color(look.colors.error).into())
}

/// What a field shows: what is being typed, or else what is set.
pub(super) fn shown(state: &State, settings: &Settings, field: Field) -> String {
    let draft = state.drafts.get(&field).cloned();
    draft.unwrap_or_else(|| field.text(settings))
}

/// Is it wrong? A proxy of which nothing is typed yet is not.
pub(super) fn wrong(state: &State, settings: &Settings, field: Field) -> Option<Wrong> {
    let draft = state.drafts.get(&field)?;
    if field == Field::Proxy && draft.is_empty() {
        return None;
    }
    field.read(draft, settings).err()
}

/// A number to type, between − and +.
pub(super) fn number<'a>(
    state: &State,
    settings: &Settings,
    look: Look,
    number: Number,
    key: Key,
) -> Element<'a, Message> {
    let field = Field::Number(number);
    let error = wrong(state, settings, field);
    let text = shown(state, settings, field);
    let input = field::input(look, "", &text, error.is_some())
        .id(key.name())
        .width(72)
        .align_x(Center)
        .on_input(move |text| Message::Typed(field, text));
    let control = row![
        step(settings, look, number, key, false),
        input,
        step(settings, look, number, key, true)
    ];
    beside(look, key, control, error)
}

/// The text's size: only steps of it, for it changes what is under the pointer.
pub(super) fn text_size<'a>(settings: &Settings, look: Look) -> Element<'a, Message> {
    let (number, key) = (Number::TextSize, key!("setting-text-size"));
    let percent = u8::try_from(number.of(settings)).unwrap_or(u8::MAX);
    let percent = line(format::percent(percent, look.language), BODY).color(look.colors.text);
    let control = row![
        step(settings, look, number, key, false),
        percent.width(72).center(),
        step(settings, look, number, key, true)
    ];
    beside(look, key, control, None)
}

/// − or +; not to be pressed at the end.
fn step<'a>(
    settings: &Settings,
    look: Look,
    number: Number,
    key: Key,
    up: bool,
) -> Element<'a, Message> {
    let (icon, hint, sign) = if up {
        (Icon::Plus, key!("setting-more"), '+')
    } else {
        (Icon::Minus, key!("setting-less"), '-')
    };
    let can = number.stepped(settings, up).is_some();
    let step: Button<'a, Message> = button(look, Kind::Plain, glyph(icon, 16.0))
        .id(format!("{}{sign}", key.name()))
        .padding(8)
        .on_press_maybe(can.then_some(Message::Stepped(number, up)));
    hinted(look, step, look.say(hint))
}

/// What happened to the settings' file.
pub(in super::super) fn banner<'a>(trouble: Explained, look: Look) -> Element<'a, Message> {
    let colors = look.colors;
    let words = column![
        text(trouble.message).size(BODY).color(colors.text),
        text(trouble.hint).size(SMALL).color(colors.muted),
    ];
    let sign = glyph(Icon::Alert, 16.0).color(colors.waiting);
    container(row![sign, words.spacing(3).width(Fill)].spacing(12))
        .padding([12, 14])
        .style(move |_| container::Style {
            background: Some(colors.waiting_soft.into()),
            border: border(colors.waiting_soft, 0.0, ROUND),
            ..Default::default()
        })
        .into()
}
