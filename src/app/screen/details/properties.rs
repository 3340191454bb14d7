//! What a group was told, and may be told anew: each field for itself, checked where it is
//! typed, sent down when Enter or its button is pressed. What the engine refuses all the
//! same is said at the field it was about.

mod field;

use std::collections::BTreeMap;
use std::fmt;

use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill};
use jiff::Timestamp;

use super::Message;
use super::about::About;
use super::facts::{fact, laid_out};
use crate::app::icon::Icon;
use crate::app::look::{BODY, Look, SMALL};
use crate::app::widget::button::{Kind, text_button};
use crate::app::widget::choice::choice;
use crate::app::widget::field::{field, input};
use crate::app::widget::{icon_button, line, rule, toggle};
use crate::download::State as FileState;
use crate::queue::property::PRIORITIES;
use crate::queue::{GroupView, Notify, Priority, Properties, Property, Refusal};
use crate::words::explain::explain_refusal;
use crate::words::i18n::Language;
use crate::words::moment::moment;
use crate::words::{Key, key, say};

pub use field::Field;

/// What was typed and does not hold yet, or not visibly.
#[derive(Debug, Default)]
pub(super) struct Form {
    drafts: BTreeMap<Field, Draft>,
}

#[derive(Default)]
struct Draft {
    text: String,
    /// Why it was not taken.
    refusal: Option<Refusal>,
    /// It was sent when this stood in its place: it is shown until something else does.
    over: Option<String>,
}

/// Without what was typed: there may be a secret in it.
impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Draft").finish_non_exhaustive()
    }
}

impl Form {
    /// A field has this in it now.
    pub(super) fn typed(&mut self, field: Field, text: String) {
        let refusal = field.parse(&text).err();
        let over = None;
        self.drafts.insert(
            field,
            Draft {
                text,
                refusal,
                over,
            },
        );
    }

    /// What is to be set, where what was typed is right and is something else.
    pub(super) fn apply(&mut self, field: Field, properties: &Properties) -> Option<Property> {
        let before = field.shown(properties);
        let draft = self.drafts.get_mut(&field)?;
        if draft.over.is_some() || (draft.text == before && !field.is_secret()) {
            return None;
        }
        let property = field.parse(&draft.text).ok()?;
        if field.is_secret() {
            // Nothing of it is kept here.
            self.drafts.remove(&field);
        } else {
            draft.over = Some(before);
        }
        Some(property)
    }

    /// What was sent was not taken.
    pub(super) fn refused(&mut self, field: Field, refusal: Refusal) {
        let draft = self.drafts.entry(field).or_default();
        (draft.over, draft.refusal) = (None, Some(refusal));
    }

    /// What stands in a field, whether it is still to be applied, and what is wrong with it.
    fn stands(&self, field: Field, properties: &Properties) -> (String, bool, Option<&Refusal>) {
        let held = field.shown(properties);
        match self.drafts.get(&field) {
            Some(draft) if draft.over.as_ref().is_none_or(|before| *before == held) => {
                let is_open = draft.over.is_none() && (draft.text != held || field.is_secret());
                (draft.text.clone(), is_open, draft.refusal.as_ref())
            }
            _ => (held, false, None),
        }
    }
}

pub(super) fn view<'a>(
    about: &About,
    group: &GroupView,
    now: Timestamp,
    look: Look,
) -> Column<'a, Message> {
    let fields = |fields: &[Field]| -> Vec<Element<'a, Message>> {
        let made = fields
            .iter()
            .map(|field| one(*field, &about.form, group, look));
        made.collect()
    };
    column![]
        .extend(fields(&[Field::Name, Field::Description]))
        .push(priority(group, look))
        .extend(fields(&[Field::Limit, Field::Connections, Field::Parallel]))
        .extend(fields(&[Field::User, Field::Password, Field::OnComplete]))
        .push(notify(group, look))
        .push(rule(look))
        .extend(fixed(about, group, now, look))
        .spacing(14)
}

fn one<'a>(which: Field, form: &Form, group: &GroupView, look: Look) -> Element<'a, Message> {
    let properties = &group.properties;
    let (text, is_open, refusal) = form.stands(which, properties);
    let words = (which == Field::OnComplete && refusal.is_none()).then(|| words(&text, look));
    let error = refusal.map(|refusal| said(which, refusal, look.language));
    let placeholder = which.placeholder(properties, look.language);
    let mut typing = input(look, &placeholder, &text, error.is_some())
        .id(which.id())
        .secure(which.is_secret());
    if group.state != FileState::Cancelled {
        typing = typing
            .on_input(move |text| Message::Typed(which, text))
            .on_submit(Message::Apply(which));
    }
    let mut content = row![typing].spacing(8).align_y(Center);
    if is_open && error.is_none() {
        let apply = say!(look, "details-apply");
        content =
            content.push(text_button(look, Kind::Primary, apply).on_press(Message::Apply(which)));
    }
    let content = column![content].extend(words.flatten()).spacing(5);
    field(look, look.language.say(which.key()), content, error)
}

/// A value's bounds are said in the person's language; other refusals are about the group.
fn said(field: Field, refusal: &Refusal, language: Language) -> String {
    match refusal {
        Refusal::Invalid(_) => language.say(field.bound()),
        other => explain_refusal(other, language).message,
    }
}

/// The words of a command as they will be handed over; one that has none is not shown.
fn words<'a>(command: &str, look: Look) -> Option<Element<'a, Message>> {
    let words = shell_words::split(command)
        .ok()
        .filter(|words| words.len() > 1)?;
    let shown = line(words.join("  ·  "), SMALL)
        .color(look.colors.muted)
        .width(Fill);
    Some(shown.into())
}

fn priority<'a>(group: &GroupView, look: Look) -> Element<'a, Message> {
    let word = |priority: Priority| {
        look.language.say(match priority {
            Priority::Foreground => key!("row-foreground"),
            Priority::High => key!("priority-high"),
            Priority::Normal => key!("priority-normal"),
            Priority::Low => key!("priority-low"),
        })
    };
    let options = PRIORITIES.map(|priority| (priority, word(priority)));
    let chosen = group.properties.priority;
    let choice = if group.state == FileState::Cancelled {
        text(word(chosen)).size(BODY).color(look.colors.text).into()
    } else {
        choice(look, options, chosen, Message::Priority)
    };
    field(look, say!(look, "property-priority"), choice, None)
}

fn notify<'a>(group: &GroupView, look: Look) -> Element<'a, Message> {
    let notify = group.properties.notify;
    let switch = |name: Key, why: Key, is_on, change: fn(Notify, bool) -> Notify| {
        let told = move |is_on| Message::Notify(change(notify, is_on));
        toggle(
            look,
            look.language.say(name),
            look.language.say(why),
            is_on,
            told,
        )
    };
    column![
        switch(
            key!("property-notify-done"),
            key!("property-notify-done-why"),
            notify.done,
            |notify, done| { Notify { done, ..notify } }
        ),
        switch(
            key!("property-notify-error"),
            key!("property-notify-error-why"),
            notify.error,
            |notify, error| { Notify { error, ..notify } }
        ),
    ]
    .into()
}

/// What nobody changes.
fn fixed<'a>(
    about: &About,
    group: &GroupView,
    now: Timestamp,
    look: Look,
) -> Vec<Element<'a, Message>> {
    let id = group.id.to_string();
    let copy = icon_button(
        look,
        Icon::Copy,
        say!(look, "property-copy-id"),
        Some(Message::Copy(id.clone())),
    );
    let shown = line(id, SMALL).color(look.colors.text).width(Fill);
    let id = container(row![shown, copy].align_y(Center)).width(Fill);
    let mut facts = vec![
        laid_out(look, key!("property-id"), id),
        fact(
            look,
            key!("property-created"),
            moment(now, group.created, look.language),
        ),
        fact(look, key!("property-jobs"), group.jobs.len().to_string()),
    ];
    let file = about.file(group);
    let reserved = file
        .and_then(|file| file.path.as_deref())
        .and_then(|path| path.parent());
    let seen = file
        .and_then(|file| about.inspection(file.id))
        .map(|seen| seen.folder.as_path());
    if let Some(folder) = reserved.or(seen) {
        facts.push(fact(
            look,
            key!("property-folder"),
            folder.display().to_string(),
        ));
    }
    facts
}
