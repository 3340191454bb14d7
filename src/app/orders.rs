//! Commands down, and facts up: what the window asks of the engine, and what it does with
//! what comes back.

use std::collections::HashSet;
use std::sync::Arc;

use iced::Task;
use iced::futures::future::join_all;
use jiff::{SignedDuration, Timestamp};

use super::dialog::cancel;
use super::dialogs::Dialog;
use super::notes::{self, Pending, UNDO, What};
use super::screen::{details, queue};
use super::{App, Deed, Message, NotTaken, Screen, list};
use crate::download::State;
use crate::engine::Inspection;
use crate::engine::journal::Entry;
use crate::queue::{Command, FileId, Flags, GroupId, GroupView, Mode, Notice, Outcome, Snapshot};
use crate::remote::Contact;
use crate::words::status;

/// How long the room on a disk is taken to be what it was.
const SPACE_HOLDS: SignedDuration = SignedDuration::from_secs(10);

impl App {
    /// A command goes down; its answer comes as a message.
    pub(super) fn command(&self, command: Command) -> Task<Message> {
        Task::perform(self.source.clone().command(command), Message::Answered)
    }

    /// Several, in this order; of their answers the first refusal counts.
    pub(super) fn commands(&self, commands: Vec<Command>) -> Task<Message> {
        let source = self.source.clone();
        // Asked for in order, and answered together: the engine saves once for all of them.
        let asked = commands
            .into_iter()
            .map(move |command| source.clone().command(command));
        Task::perform(join_all(asked), |answers| {
            let refused = answers.into_iter().find(Result::is_err);
            Message::Answered(refused.unwrap_or(Ok(Outcome::Done)))
        })
    }

    pub(super) fn seen(&mut self, snapshot: Snapshot) -> Task<Message> {
        self.now = Timestamp::now();
        let before = self.detailed();
        self.show(snapshot);
        let after = self.detailed();
        let is_same = before.as_ref().map(Arc::as_ptr) == after.as_ref().map(Arc::as_ptr);
        // What runs is looked into by the clock, what stands still when something is new.
        let look = if is_same || self.looks_inside() {
            Task::none()
        } else {
            self.look_inside()
        };
        // The disk fills while files come.
        if self.now.duration_since(self.space_asked) < SPACE_HOLDS {
            return look;
        }
        self.space_asked = self.now;
        Task::batch([look, self.look_for_space()])
    }

    /// The group that details are shown of.
    fn detailed(&self) -> Option<Arc<GroupView>> {
        self.queue
            .list
            .at_cursor()
            .filter(|_| self.shows_details())
            .cloned()
    }

    /// Takes a snapshot in, as it was at `self.now`.
    pub(super) fn show(&mut self, snapshot: Snapshot) {
        self.snapshot = snapshot;
        self.queue.seen(&self.snapshot, self.now);
        self.details.sample(&self.snapshot, self.now);
    }

    pub(super) fn answered(&mut self, answer: Result<Outcome, NotTaken>) -> Task<Message> {
        match answer {
            Ok(_) => Task::none(),
            Err(not_taken) => {
                // The hint is for whoever typed a command.
                let told = not_taken.explain(self.look.language);
                self.say(told.message, true)
            }
        }
    }

    /// What is seen stays as it was last, and is said to be so.
    pub(super) fn contact(&mut self, contact: Contact) -> Task<Message> {
        self.notes.is_lost = contact == Contact::Lost;
        match self.screen {
            Screen::History(_) if !self.notes.is_lost => self.read_history(),
            _ => self.look_inside(),
        }
    }

    pub(super) fn noticed(&mut self, notice: &Notice) -> Task<Message> {
        Task::batch([self.tell_desktop(notice), self.run_after(notice)])
    }

    /// A note below the list.
    pub(super) fn say(&mut self, text: String, is_error: bool) -> Task<Message> {
        self.notes
            .say(What::Said { text, is_error })
            .map(Message::Notes)
    }

    pub(super) fn group(&self, id: GroupId) -> Option<&GroupView> {
        let mut groups = self.snapshot.groups.iter();
        groups.find(|group| group.id == id).map(|group| &**group)
    }

    /// The group that the details are about.
    pub(super) fn chosen_group(&self) -> Option<&GroupView> {
        self.queue.list.at_cursor().map(|group| &**group)
    }

    /// These groups, as they are; in the queue's order.
    pub(super) fn groups(&self, ids: &[GroupId]) -> impl Iterator<Item = &GroupView> {
        let wanted: HashSet<GroupId> = ids.iter().copied().collect();
        let groups = self.snapshot.groups.iter().map(|group| &**group);
        groups.filter(move |group| wanted.contains(&group.id))
    }

    /// Those of these groups that a deed applies to.
    fn fitting(&self, deed: Deed, ids: &[GroupId]) -> Vec<GroupId> {
        let doomed = self.notes.doomed();
        self.groups(ids)
            .filter(|group| deed.applies(group) && !doomed.contains(&group.id))
            .map(|group| group.id)
            .collect()
    }

    pub(super) fn queue_said(&mut self, message: queue::Message) -> Task<Message> {
        match self.queue.update(message, self.modifiers) {
            queue::Action::None => Task::none(),
            // (The cursor moves to a neighbour where its group is not shown any more.)
            queue::Action::Run(task) => Task::batch([task.map(Message::Queue), self.look_inside()]),
            queue::Action::Chosen => self.chose(),
            queue::Action::Do(deed, ids) => self.carry_out(deed, &ids),
            queue::Action::DoFile(deed, file) => self.carry_out_file(deed, file),
            queue::Action::Menu(at) => Task::batch([self.chose(), self.open_menu(at)]),
            queue::Action::Mode(mode) => self.command(Command::Mode(mode)),
            queue::Action::Ask(ask) => self.asked(ask),
        }
    }

    /// The details follow the cursor: to its group, and to its file where it is at one.
    pub(super) fn chose(&mut self) -> Task<Message> {
        if let Some(list::Row::File(_, file)) = self.queue.list.cursor() {
            return self.details_said(details::Message::Pin(file));
        }
        self.look_inside()
    }

    fn asked(&mut self, ask: queue::Ask) -> Task<Message> {
        match ask {
            queue::Ask::Add => self.open_add(String::new()),
            queue::Ask::Settings => self.open_settings(),
            queue::Ask::History => self.open_history(),
            queue::Ask::Details => self.toggle_details(),
            queue::Ask::ClearFinished => self.clear_finished(),
            queue::Ask::Limit => self.open_limit(),
            queue::Ask::Shortcuts => self.open(Dialog::Shortcuts),
        }
    }

    /// Does something to these groups, or to those of them that it applies to.
    pub(super) fn carry_out(&mut self, deed: Deed, ids: &[GroupId]) -> Task<Message> {
        let ids = self.fitting(deed, ids);
        let Some(first) = ids.first().copied() else {
            return Task::none();
        };
        match deed {
            Deed::Cancel => self.ask_to_cancel(ids),
            Deed::Open => self.open_first_file(first),
            Deed::Folder => self.open_folder(first),
            Deed::Trash => self.trash(&ids),
            Deed::Copy => self.copy_links(&ids),
            Deed::Rename => self.open_rename(first),
            Deed::Limit => self.open_group_limit(first),
            _ => self.commands(deed.commands(ids)),
        }
    }

    fn clear_finished(&mut self) -> Task<Message> {
        let is_over = |group: &&Arc<GroupView>| group.state.is_final();
        let ids: Vec<_> = self
            .snapshot
            .groups
            .iter()
            .filter(is_over)
            .map(|group| group.id)
            .collect();
        self.carry_out(Deed::Remove, &ids)
    }

    /// Asks what happens to finished files, where there are any; once.
    fn ask_to_cancel(&mut self, ids: Vec<GroupId>) -> Task<Message> {
        let finished = self
            .groups(&ids)
            .map(|group| group.summary.files_done)
            .sum();
        if finished == 0 {
            return self.cancel(ids, false);
        }
        self.open(Dialog::Cancel(cancel::State { ids, finished }))
    }

    /// Suspends at once, and cancels when it has not been taken back in time.
    pub(super) fn cancel(&mut self, ids: Vec<GroupId>, delete_finished: bool) -> Task<Message> {
        let ran = self
            .groups(&ids)
            .filter(|group| !group.status.contains(Flags::SUSPENDED));
        let ran = ran.map(|group| group.id).collect();
        let name = ids.first().and_then(|id| self.group(*id));
        let pending = Pending {
            delete_finished,
            name: name.map_or_else(String::new, |group| self.name_of(group)),
            due: Timestamp::now() + UNDO,
            ids: ids.clone(),
            ran,
        };
        self.now = Timestamp::now();
        let suspend = self.command(Command::Suspend(ids));
        let note = self.notes.say(What::Cancel(pending));
        Task::batch([suspend, note.map(Message::Notes)])
    }

    /// A group's name as it is shown.
    pub(super) fn name_of(&self, group: &GroupView) -> String {
        let first = list::first_name(group);
        status::name(&group.properties.name, first.as_deref(), self.look.language)
    }

    pub(super) fn notes_said(&mut self, message: notes::Message) -> Task<Message> {
        match self.notes.update(&message) {
            notes::Action::None => Task::none(),
            notes::Action::Cancel(pending) => self.command(self.cancelling(&pending)),
            notes::Action::Undo(pending) => match self.standing(&pending.ran) {
                none if none.is_empty() => Task::none(),
                ran => self.command(Command::Resume(ran)),
            },
            notes::Action::Add(link) => self.open_add(link.expose().to_owned()),
        }
    }

    /// Those of these that are still there and not cancelled: for one that is not, all would be refused.
    fn standing(&self, ids: &[GroupId]) -> Vec<GroupId> {
        let groups = self
            .groups(ids)
            .filter(|group| group.state != State::Cancelled);
        groups.map(|group| group.id).collect()
    }

    /// The command that a pending cancel comes to.
    pub(super) fn cancelling(&self, pending: &Pending) -> Command {
        Command::Cancel {
            ids: self.standing(&pending.ids),
            delete_finished: pending.delete_finished,
        }
    }

    pub(super) fn undo(&mut self) -> Task<Message> {
        match self.notes.last_cancel() {
            Some(id) => self.notes_said(notes::Message::Undo(id)),
            None => Task::none(),
        }
    }

    /// All wait, or go on, politely.
    pub(super) fn toggle_all(&self) -> Task<Message> {
        let mode = match self.snapshot.mode {
            Mode::Suspended => Mode::Polite,
            Mode::Polite | Mode::Full => Mode::Suspended,
        };
        self.command(Command::Mode(mode))
    }

    pub(super) fn details_said(&mut self, message: details::Message) -> Task<Message> {
        let Some(group) = self.queue.list.at_cursor().cloned() else {
            return Task::none();
        };
        let looks_elsewhere =
            matches!(message, details::Message::Tab(_) | details::Message::Pin(_));
        match self.details.update(message, Some(&group)) {
            details::Action::None if looks_elsewhere => self.look_inside(),
            details::Action::None => Task::none(),
            details::Action::Command(command) => self.command(command),
            details::Action::Apply(of, field, property) => {
                let asked = self
                    .source
                    .clone()
                    .command(Command::Set(of, vec![property]));
                Task::perform(asked, move |answer| Message::Applied(of, field, answer))
            }
            details::Action::Open(path) => self.open_path(path),
            details::Action::ShowInFolder(path) => self.show_path(path),
            details::Action::Change(what) => self.open_change(what),
            details::Action::Copy(text) => iced::clipboard::write(text),
            details::Action::Close => self.toggle_details(),
        }
    }

    /// Asks the engine what the details want to know.
    pub(super) fn look_inside(&mut self) -> Task<Message> {
        let shows = self.shows_details() && !self.notes.is_lost;
        let (Some(source), true) = (self.source.live(), shows) else {
            return Task::none();
        };
        let Some(want) = self
            .chosen_group()
            .and_then(|group| self.details.wants(group))
        else {
            return Task::none();
        };
        let inspect = want.file.map(|file| {
            let asked = source.clone().inspect(file);
            Task::perform(asked, move |seen| Message::Inspected(file, seen))
        });
        let journal = want.journal.map(|group| {
            let asked = source.journal(group);
            Task::perform(asked, move |entries| Message::Journal(group, entries))
        });
        Task::batch(inspect.into_iter().chain(journal))
    }

    /// What is refused is refused at its field, or below where that is not shown any more.
    pub(super) fn applied(
        &mut self,
        of: GroupId,
        field: details::Field,
        answer: Result<Outcome, NotTaken>,
    ) -> Task<Message> {
        match answer {
            Err(NotTaken::Refused(refusal)) if self.queue.list.cursor_group() == Some(of) => {
                self.details_said(details::Message::Refused(of, field, refusal))
            }
            answer => self.answered(answer),
        }
    }

    pub(super) fn inspected(&mut self, file: FileId, seen: Option<Inspection>) -> Task<Message> {
        self.details_said(details::Message::Inspected(file, seen))
    }

    pub(super) fn journal(&mut self, group: GroupId, entries: Vec<Entry>) -> Task<Message> {
        self.details_said(details::Message::Journal(group, entries))
    }

    pub(super) fn shows_details(&self) -> bool {
        self.settings.window.details_open && matches!(self.screen, Screen::Queue)
    }
}
