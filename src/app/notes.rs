//! What is said below the list: what can still be taken back, what did not work, a link on the
//! clipboard. At most three at a time; nothing here takes the keyboard away from anybody.

use std::collections::{HashSet, VecDeque};
use std::time::Duration;

use iced::widget::{Column, Row, container, row, space};
use iced::{Center, Color, Element, Fill, Task};
use jiff::Timestamp;

use super::icon::Icon;
use super::look::{BODY, Look, ROUNDER};
use super::widget::button::{Kind, text_button};
use super::widget::{button, floating, glyph, line};
use crate::download::Link;
use crate::queue::GroupId;
use crate::words::{Key, format, key, say};

/// A cancel can be taken back for this long.
pub const UNDO: Duration = Duration::from_secs(6);
/// What is only said goes away after this long.
const READ: Duration = Duration::from_secs(12);
const MOST: usize = 3;

/// What is said at the moment.
#[derive(Debug, Default)]
pub struct Notes {
    /// Nobody is at the other side: said as long as it is so.
    pub is_lost: bool,
    notes: VecDeque<Note>,
    count: u64,
}

/// Which.
pub type NoteId = u64;

#[derive(Debug)]
struct Note {
    id: NoteId,
    what: What,
}

/// What a note is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// These will be cancelled.
    Cancel(Pending),
    /// Something did not work, or is worth knowing.
    Said {
        /// In words.
        text: String,
        /// It did not work.
        is_error: bool,
    },
    /// A link is on the clipboard.
    Offer(Link),
}

/// A cancel that has not happened yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Which groups.
    pub ids: Vec<GroupId>,
    /// Their finished files go, too.
    pub delete_finished: bool,
    /// Those that ran before, and run again if it is taken back.
    pub ran: Vec<GroupId>,
    /// The name of the first.
    pub name: String,
    /// When it happens.
    pub due: Timestamp,
}

/// What can be said here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Its time has come.
    Due(NoteId),
    /// Take it back.
    Undo(NoteId),
    /// Yes to the offer.
    Accept(NoteId),
    /// Enough of it.
    Dismiss(NoteId),
}

/// What comes of it.
#[derive(Debug, PartialEq, Eq)]
pub enum Action {
    /// Nothing but what is seen.
    None,
    /// Cancel them now.
    Cancel(Pending),
    /// Do not cancel them.
    Undo(Pending),
    /// Add this.
    Add(Link),
}

impl Notes {
    /// Says something; its time is up by itself.
    pub fn say(&mut self, what: What) -> Task<Message> {
        self.count += 1;
        let id = self.count;
        let time = match what {
            What::Cancel(_) => UNDO,
            What::Said { .. } | What::Offer(_) => READ,
        };
        // An offer is made once, and what is said again is not said twice; of what is only said
        // the oldest goes.
        self.notes
            .retain(|note| !matches!(note.what, What::Offer(_)) && note.what != what);
        if self.notes.len() >= MOST {
            let spoken = |note: &Note| !matches!(note.what, What::Cancel(_));
            if let Some(at) = self.notes.iter().position(spoken) {
                self.notes.remove(at);
            }
        }
        self.notes.push_back(Note { id, what });
        let time_up = async move { tokio::time::sleep(time).await };
        Task::perform(time_up, move |()| Message::Due(id))
    }

    /// The latest cancel that can be taken back.
    #[must_use]
    pub fn last_cancel(&self) -> Option<NoteId> {
        let is_cancel = |note: &&Note| matches!(note.what, What::Cancel(_));
        self.notes.iter().rev().find(is_cancel).map(|note| note.id)
    }

    /// The groups that are about to be cancelled.
    #[must_use]
    pub fn doomed(&self) -> HashSet<GroupId> {
        let ids = |note: &Note| match &note.what {
            What::Cancel(pending) => pending.ids.clone(),
            _ => Vec::new(),
        };
        self.notes.iter().flat_map(ids).collect()
    }

    /// All cancels that have not happened yet, for the end of the program.
    pub fn take_cancels(&mut self) -> Vec<Pending> {
        let notes = std::mem::take(&mut self.notes);
        let pending = |note: Note| match note.what {
            What::Cancel(pending) => Some(pending),
            _ => None,
        };
        notes.into_iter().filter_map(pending).collect()
    }

    /// Something is counted down.
    #[must_use]
    pub fn counts_time(&self) -> bool {
        self.last_cancel().is_some()
    }

    /// What a message comes to. A note that has gone says nothing any more.
    pub fn update(&mut self, message: &Message) -> Action {
        let (Message::Due(id) | Message::Undo(id) | Message::Accept(id) | Message::Dismiss(id)) =
            message;
        let Some(at) = self.notes.iter().position(|note| note.id == *id) else {
            return Action::None;
        };
        let Some(note) = self.notes.remove(at) else {
            return Action::None;
        };
        match (note.what, message) {
            (What::Cancel(pending), Message::Undo(_)) => Action::Undo(pending),
            (What::Cancel(pending), _) => Action::Cancel(pending),
            (What::Offer(link), Message::Accept(_)) => Action::Add(link),
            _ => Action::None,
        }
    }

    /// The notes, above the lower edge of the window.
    #[must_use]
    pub fn view(&self, now: Timestamp, look: Look) -> Element<'_, Message> {
        if self.notes.is_empty() && !self.is_lost {
            return space().into();
        }
        let lost = self.is_lost.then(|| {
            let text = said(say!(look, "remote-lost-again"), look);
            shown(Icon::Alert, look.colors.error, row![text], look)
        });
        let notes = self.notes.iter().map(|note| note.view(now, look));
        let notes = lost.into_iter().chain(notes);
        let notes = Column::with_children(notes).spacing(8).max_width(560);
        container(notes)
            .padding([44, 24])
            .center_x(Fill)
            .align_bottom(Fill)
            .into()
    }
}

impl Note {
    fn view(&self, now: Timestamp, look: Look) -> Element<'_, Message> {
        let colors = look.colors;
        let (icon, color) = match &self.what {
            What::Cancel(_) => (Icon::X, colors.muted),
            What::Said { is_error: true, .. } => (Icon::Alert, colors.error),
            What::Said { .. } => (Icon::Info, colors.muted),
            What::Offer(_) => (Icon::Clipboard, colors.accent),
        };
        let button = |key: Key, message| {
            text_button(look, Kind::Link, look.say(key))
                .padding([4, 8])
                .on_press(message)
        };
        let action = match &self.what {
            What::Cancel(_) => Some(button(key!("undo"), Message::Undo(self.id)).id("undo")),
            What::Offer(_) => Some(button(key!("clipboard-add"), Message::Accept(self.id))),
            What::Said { .. } => None,
        };
        let dismiss = (!matches!(self.what, What::Cancel(_))).then(|| {
            button::button(look, Kind::Quiet, glyph(Icon::X, 14.0))
                .padding(4)
                .on_press(Message::Dismiss(self.id))
        });
        let text = said(self.text(now, look), look);
        let content = row![text].push(action).push(dismiss).spacing(10);
        shown(icon, color, content.align_y(Center), look)
    }

    fn text(&self, now: Timestamp, look: Look) -> String {
        match &self.what {
            What::Said { text, .. } => text.clone(),
            // Without its secrets: nobody has asked to see them.
            What::Offer(link) => say!(look, "clipboard-offer", link = link.to_string()),
            What::Cancel(pending) => {
                let left = pending
                    .due
                    .duration_since(now)
                    .as_secs_f64()
                    .ceil()
                    .max(0.0);
                say!(
                    look,
                    "undo-cancelled",
                    count = pending.ids.len(),
                    name = shortened(&pending.name),
                    time = format::time(left as u64, look.language),
                )
            }
        }
    }
}

fn said<'a>(text: String, look: Look) -> Element<'a, Message> {
    let text = line(text, BODY).color(look.colors.text);
    text.width(Fill).into()
}

fn shown<'a>(
    icon: Icon,
    color: Color,
    content: Row<'a, Message>,
    look: Look,
) -> Element<'a, Message> {
    let content = row![glyph(icon, 16.0).color(color), content];
    let content = content.spacing(10).align_y(Center);
    floating(container(content).padding([8, 14]), ROUNDER, look).into()
}

/// The sentence around a name must stay readable, however long that is.
fn shortened(name: &str) -> String {
    const LONGEST: usize = 40;
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pending(name: &str) -> Pending {
        Pending {
            ids: vec![GroupId(uuid::Uuid::from_u128(7))],
            delete_finished: false,
            ran: Vec::new(),
            name: name.to_owned(),
            due: Timestamp::UNIX_EPOCH,
        }
    }

    fn said(text: &str) -> What {
        What::Said {
            text: text.to_owned(),
            is_error: true,
        }
    }

    /// What counts is what came first: the time, or the undo.
    #[test]
    fn a_cancel_happens_once_or_not_at_all() {
        let mut notes = Notes::default();
        let _ = notes.say(What::Cancel(pending("a")));
        let first = notes.last_cancel().expect("it is there");
        assert!(notes.doomed().contains(&GroupId(uuid::Uuid::from_u128(7))));
        assert_eq!(
            notes.update(&Message::Undo(first)),
            Action::Undo(pending("a"))
        );
        assert_eq!(notes.update(&Message::Due(first)), Action::None);
        let _ = notes.say(What::Cancel(pending("b")));
        let second = notes.last_cancel().expect("it is there");
        assert_eq!(
            notes.update(&Message::Due(second)),
            Action::Cancel(pending("b"))
        );
        assert_eq!(notes.update(&Message::Undo(second)), Action::None);
    }

    /// Whoever tries ten times is told once.
    #[test]
    fn what_is_said_again_is_not_said_twice() {
        let mut notes = Notes::default();
        for text in ["a", "b", "a", "a"] {
            let _ = notes.say(said(text));
        }
        assert_eq!(notes.notes.len(), 2);
    }

    /// However much is said, what can be taken back stays.
    #[test]
    fn chatter_does_not_push_out_a_cancel() {
        let mut notes = Notes::default();
        let _ = notes.say(What::Cancel(pending("a")));
        for at in 0..10 {
            let _ = notes.say(said(&at.to_string()));
        }
        assert_eq!(notes.notes.len(), MOST);
        assert_eq!(notes.take_cancels(), [pending("a")]);
        assert!(notes.take_cancels().is_empty());
    }
}
