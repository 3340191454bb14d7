//! The keyboard, and what happens to the window itself.

use std::time::Duration;

use iced::{Task, keyboard, window};
use jiff::Timestamp;

use super::dialogs::Dialog;
use super::keys::{Shortcut, shortcut};
use super::screen::{history, queue};
use super::{App, Deed, Message, Screen};
use crate::queue::{Flags, GroupId, GroupView, Move};

/// So long a window that leaves waits for the answers to what it has asked last.
const LEAVE: Duration = Duration::from_secs(2);

impl App {
    pub(super) fn opened(&mut self, window: window::Id) -> Task<Message> {
        self.window = Some(window);
        Task::batch([
            iced::system::theme().map(Message::SystemTheme),
            self.look_for_space(),
        ])
    }

    pub(super) fn modified(&mut self, modifiers: keyboard::Modifiers) -> Task<Message> {
        self.modifiers = modifiers;
        Task::none()
    }

    pub(super) fn pressed(
        &mut self,
        key: &keyboard::Key,
        modified: &keyboard::Key,
        modifiers: keyboard::Modifiers,
    ) -> Task<Message> {
        self.modifiers = modifiers;
        match shortcut(key, modified, modifiers) {
            None => Task::none(),
            // Whatever is saving is not held up, and no screen hides it.
            Some(_) if matches!(self.screen, Screen::Quit) => Task::none(),
            Some(_) if matches!(self.screen, Screen::Quit) => Task::none(),
            Some(Shortcut::Next) => iced::widget::operation::focus_next(),
            Some(Shortcut::Previous) => iced::widget::operation::focus_previous(),
            Some(Shortcut::Close) => self.close_topmost(),
            Some(Shortcut::Quit) => self.quit(),
            Some(Shortcut::Open | Shortcut::Folder) if self.dialog.is_some() => self.submit(),
            Some(_) if self.dialog.is_some() => Task::none(),
            Some(Shortcut::Help) => self.open(Dialog::Shortcuts),
            Some(Shortcut::Add) => self.open_add(String::new()),
            Some(Shortcut::Paste) => iced::clipboard::read().map(Message::Paste),
            Some(Shortcut::Settings) => self.open_settings(),
            Some(Shortcut::History) => self.open_history(),
            Some(Shortcut::SuspendAll) => self.toggle_all(),
            Some(Shortcut::Undo) => self.undo(),
            Some(shortcut) => match self.screen {
                Screen::Queue => self.in_list(shortcut),
                Screen::History(_) => self.history_said(history::Message::Key(shortcut)),
                Screen::Settings(_) | Screen::Quit => Task::none(),
            },
        }
    }

    /// Those that move in the list, and what is done to what is chosen there.
    fn in_list(&mut self, shortcut: Shortcut) -> Task<Message> {
        match shortcut {
            Shortcut::Search => iced::widget::operation::focus(queue::SEARCH),
            Shortcut::Details => self.toggle_details(),
            Shortcut::All => self.queue_moved(queue::State::choose_all),
            Shortcut::Move(step) => {
                let extends = self.modifiers.shift();
                self.queue_moved(|queue| queue.step(step, extends))
            }
            Shortcut::Expand => self.queue_moved(|queue| queue.expand(true)),
            Shortcut::Collapse => self.queue_moved(|queue| queue.expand(false)),
            Shortcut::Toggle => self.toggle_chosen(Flags::SUSPENDED, Deed::Resume, Deed::Suspend),
            Shortcut::Foreground => {
                self.toggle_chosen(Flags::FOREGROUND, Deed::Background, Deed::Foreground)
            }
            Shortcut::Cancel => {
                let all_ended = self.chosen().iter().all(|group| group.state.is_final());
                self.carry_out_chosen(if all_ended {
                    Deed::Remove
                } else {
                    Deed::Cancel
                })
            }
            Shortcut::Open => self.carry_out_chosen(Deed::Open),
            Shortcut::Copy => self.carry_out_chosen(Deed::Copy),
            Shortcut::Menu => self.menu_at_cursor(),
            Shortcut::Rename => self.carry_out_chosen(Deed::Rename),
            Shortcut::Folder => self.carry_out_chosen(Deed::Folder),
            Shortcut::Earlier => self.carry_out_chosen(Deed::Move(Move::Up)),
            Shortcut::Later => self.carry_out_chosen(Deed::Move(Move::Down)),
            _ => Task::none(),
        }
    }

    fn queue_moved(
        &mut self,
        change: impl FnOnce(&mut queue::State) -> Task<queue::Message>,
    ) -> Task<Message> {
        let scroll = change(&mut self.queue).map(Message::Queue);
        Task::batch([scroll, self.chose()])
    }

    fn chosen(&self) -> Vec<&GroupView> {
        self.queue.list.chosen().map(|group| &**group).collect()
    }

    pub(super) fn chosen_ids(&self) -> Vec<GroupId> {
        self.queue.list.selection()
    }

    pub(super) fn carry_out_chosen(&mut self, deed: Deed) -> Task<Message> {
        self.carry_out(deed, &self.chosen_ids())
    }

    /// One deed where all that are open have a flag, the other where one has not.
    fn toggle_chosen(&mut self, flag: Flags, if_all: Deed, otherwise: Deed) -> Task<Message> {
        let chosen = self.chosen();
        let mut open = chosen.iter().filter(|group| !group.state.is_final());
        let all = open.all(|group| group.status.contains(flag));
        self.carry_out_chosen(if all { if_all } else { otherwise })
    }

    pub(super) fn window_event(&mut self, event: window::Event) -> Task<Message> {
        match event {
            window::Event::CloseRequested => self.quit(),
            window::Event::Opened { size, .. } | window::Event::Resized(size) => self.resized(size),
            window::Event::Focused => self.focused(),
            window::Event::Unfocused => {
                (self.is_focused, self.modifiers) = (false, keyboard::Modifiers::empty());
                self.ask_hidden()
            }
            window::Event::FileHovered(_) => self.dropping(true),
            window::Event::FilesHoveredLeft => self.dropping(false),
            window::Event::FileDropped(path) => {
                self.is_dropping = false;
                self.dropped(path)
            }
            _ => Task::none(),
        }
    }

    /// Where it is seen and typed into, as far as the desktop lets it.
    pub(super) fn come_to_front(&mut self) -> Task<Message> {
        let Some(window) = self.window else {
            return Task::none();
        };
        self.is_hidden = false;
        Task::batch([
            window::minimize(window, false),
            window::gain_focus(window),
            window::request_user_attention(window, Some(window::UserAttention::Informational)),
        ])
    }

    fn dropping(&mut self, is_dropping: bool) -> Task<Message> {
        self.is_dropping = is_dropping;
        Task::none()
    }

    fn focused(&mut self) -> Task<Message> {
        (self.is_focused, self.is_hidden) = (true, false);
        self.now = Timestamp::now();
        let clipboard = if self.settings.startup.watch_clipboard && self.dialog.is_none() {
            iced::clipboard::read().map(Message::Clipboard)
        } else {
            Task::none()
        };
        Task::batch([clipboard, self.look_for_space()])
    }

    pub(super) fn ask_hidden(&self) -> Task<Message> {
        let Some(window) = self.window else {
            return Task::none();
        };
        window::is_minimized(window).map(|minimised| Message::Hidden(minimised.unwrap_or(false)))
    }

    pub(super) fn hidden(&mut self, is_hidden: bool) -> Task<Message> {
        // A window that has the focus is seen, whatever was asked a moment ago.
        self.is_hidden = is_hidden && !self.is_focused;
        Task::none()
    }

    /// Without the focus, and something moves: it may have been minimised.
    pub(super) fn may_be_hidden(&self) -> bool {
        !self.is_focused && (self.queue.list.total_speed() > 0 || self.counts_time())
    }

    /// Something on the screen counts with the time.
    pub(super) fn counts_time(&self) -> bool {
        let screen = match &self.screen {
            Screen::Queue => self.queue.list.counts_down(),
            Screen::Settings(state) => state.shows_time(),
            Screen::History(_) | Screen::Quit => false,
        };
        screen || self.notes.counts_time()
    }

    /// The details show something that moves.
    pub(super) fn looks_inside(&self) -> bool {
        let lives = |group: &GroupView| {
            let moves = group.summary.bytes_per_second > 0 || self.details.shows_log();
            moves && !group.state.is_final() && !group.status.contains(Flags::SUSPENDED)
        };
        let sees = self.shows_details() && !self.notes.is_lost;
        sees && self.chosen_group().is_some_and(lives)
    }

    pub(super) fn ticked(&mut self, now: Timestamp) -> Task<Message> {
        self.now = now;
        Task::none()
    }

    /// The end: what was to be cancelled is, everything is saved, and only then it is over.
    /// Nobody comes in any more, so that nobody is promised what does not happen.
    pub(super) fn quit(&mut self) -> Task<Message> {
        if matches!(self.screen, Screen::Quit) {
            return Task::none();
        }
        self.screen = Screen::Quit;
        self.dialog = None;
        let (source, door) = (self.source.clone(), self.door.take());
        let last: Vec<_> = self
            .notes
            .take_cancels()
            .iter()
            .map(|pending| self.cancelling(pending))
            .collect();
        let save = self.save_settings();
        let is_remote = source.is_remote();
        let close_door = Task::future(async move { drop(door) }).discard();
        let end = async move {
            for command in last {
                let _ = source.clone().command(command).await;
            }
            source.shutdown().await;
        };
        let end = async move {
            if is_remote {
                // A window that steers somebody who does not answer can be closed.
                let _ = tokio::time::timeout(LEAVE, end).await;
            } else {
                end.await;
            }
        };
        close_door
            .chain(save)
            .chain(Task::perform(end, |()| Message::Saved))
    }
}
