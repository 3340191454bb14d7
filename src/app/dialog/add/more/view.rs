//! How the rest is arranged.

use iced::widget::{column, row, text_editor};
use iced::{Element, Fill};

use super::{Field, Message, State};
use crate::app::dialog::typed::{self, Mistake};
use crate::app::look::{BODY, Look};
use crate::app::widget::field::{field, input};
use crate::app::widget::{choice, style};
use crate::queue::{ConflictRule, Priority};
use crate::words::{Key, key, say};

/// A checksum as it is written, but for its digits.
const CHECKSUM: &str = "sha-256=…";

impl State {
    /// The fields; a priority only where there is a choice of it.
    #[must_use]
    pub fn view(&self, links: usize, has_priority: bool, look: Look) -> Element<'_, Message> {
        let fields = column![
            self.numbers(look),
            self.sign_in(look),
            self.checksum(links, look),
            self.header_field(look),
            self.conflict(look),
        ];
        let fields = if has_priority {
            fields.push(self.priority(look))
        } else {
            fields
        };
        fields.spacing(14).into()
    }

    fn numbers(&self, look: Look) -> Element<'_, Message> {
        let (connections, parallel) = (self.usual.0.to_string(), self.usual.1.to_string());
        let wrong = self.connections().err();
        let first = line(
            look,
            key!("add-connections"),
            &connections,
            &self.connections,
            wrong,
            Field::Connections,
        );
        let wrong = self.parallel().err();
        let second = line(
            look,
            key!("add-parallel"),
            &parallel,
            &self.parallel,
            wrong,
            Field::Parallel,
        );
        let wrong = typed::rate(&self.limit).err();
        let none = say!(look, "add-limit-none");
        let third = line(
            look,
            key!("add-limit"),
            &none,
            &self.limit,
            wrong,
            Field::Limit,
        );
        row![first, second, third].spacing(12).into()
    }

    fn sign_in(&self, look: Look) -> Element<'_, Message> {
        let wrong = typed::credentials(&self.user, &self.password).err();
        let user = line(look, key!("add-user"), "", &self.user, wrong, Field::User);
        let password = input(look, "", &self.password, false)
            .id("add-password")
            .secure(true)
            .on_input(|text| Message::Typed(Field::Password, text));
        let password = field(look, say!(look, "add-password"), password, None);
        row![user, password].spacing(12).into()
    }

    fn checksum(&self, links: usize, look: Look) -> Element<'_, Message> {
        let wrong = typed::checksum(&self.checksum, links).err();
        line(
            look,
            key!("add-checksum"),
            CHECKSUM,
            &self.checksum,
            wrong,
            Field::Checksum,
        )
    }

    fn header_field(&self, look: Look) -> Element<'_, Message> {
        let wrong = self.headers().err();
        let is_wrong = wrong.is_some();
        let editor = text_editor(&self.headers)
            .id("add-headers")
            .placeholder(say!(look, "add-headers-form"))
            .size(BODY)
            .padding([8, 11])
            .height(64)
            .style(move |_, status| style::editor(look, status, is_wrong))
            .on_action(Message::Headers);
        let wrong = wrong.map(|wrong| wrong.explain(look.language));
        field(look, say!(look, "add-headers"), editor, wrong)
    }

    fn conflict(&self, look: Look) -> Element<'_, Message> {
        use ConflictRule::{Fail, Overwrite, Rename, Skip};
        let rules = [
            (Rename, key!("add-conflict-rename")),
            (Overwrite, key!("add-conflict-overwrite")),
            (Skip, key!("add-conflict-skip")),
            (Fail, key!("add-conflict-fail")),
        ];
        let rules = rules.map(|(rule, key)| (rule, look.say(key)));
        let rules = choice(look, rules, self.on_conflict, Message::OnConflict);
        field(look, say!(look, "add-conflict"), rules, None)
    }

    fn priority(&self, look: Look) -> Element<'_, Message> {
        use Priority::{High, Low, Normal};
        let levels = [
            (High, key!("add-priority-high")),
            (Normal, key!("add-priority-normal")),
            (Low, key!("add-priority-low")),
        ];
        let levels = levels.map(|(level, key)| (level, look.say(key)));
        let levels = choice(look, levels, self.priority, Message::Priority);
        field(look, say!(look, "add-priority"), levels, None)
    }
}

/// A field of one line, as wide as its place; its key is its id, too.
fn line<'a>(
    look: Look,
    key: Key,
    placeholder: &str,
    typed: &str,
    wrong: Option<Mistake>,
    which: Field,
) -> Element<'a, Message> {
    let input = input(look, placeholder, typed, wrong.is_some())
        .id(key.name())
        .on_input(move |text| Message::Typed(which, text))
        .width(Fill);
    let wrong = wrong.map(|wrong| wrong.explain(look.language));
    field(look, look.say(key), input, wrong)
}
