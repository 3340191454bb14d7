//! The program as it runs, without a window: messages, tasks, subscriptions, focus, clipboard.
//!
//! Made-up time moves only in [`Sandbox::pass`] (and a millisecond in whatever is done), so
//! what happens six seconds later can be looked at before and after.

mod eyes;
mod hands;

use std::time::Duration;

use iced::advanced::clipboard::{self, Kind};
use iced::advanced::renderer::Headless;
use iced::advanced::widget::operation::{Operation, Outcome};
use iced::event::Status;
use iced::futures::StreamExt;
use iced::futures::channel::mpsc;
use iced::futures::stream::{BoxStream, SelectAll};

use iced::{Event, Renderer, Task, mouse, theme, window};
use iced_test::futures::subscription::{self, Tracker};
use iced_test::runtime::user_interface::Cache;
use iced_test::runtime::{self, Action, UserInterface, task};

use tokio::time::{Instant, sleep_until};

use super::given::{settings, still};
use crate::app::look::{BODY, REGULAR};
use crate::app::{App, Message, Source, fonts};
use crate::engine::tests::played::Played;
use crate::queue::Snapshot;
use crate::settings::Settings;

/// The program, running.
pub struct Sandbox {
    pub app: App,
    /// What is on it.
    pub clipboard: Clipboard,
    /// What the system prefers.
    pub theme: theme::Mode,
    pub is_minimised: bool,
    /// It has asked for the focus.
    pub has_come_forward: bool,
    /// The program has ended itself.
    pub has_ended: bool,
    cache: Cache,
    renderer: Renderer,
    cursor: mouse::Cursor,
    window: window::Id,
    tasks: SelectAll<BoxStream<'static, Action<Message>>>,
    tracker: Tracker,
    sender: mpsc::UnboundedSender<Message>,
    facts: mpsc::UnboundedReceiver<Message>,
}

/// A clipboard that nobody shares.
#[derive(Debug, Default)]
pub struct Clipboard(pub Option<String>);

impl clipboard::Clipboard for Clipboard {
    fn read(&self, _: Kind) -> Option<String> {
        self.0.clone()
    }

    fn write(&mut self, _: Kind, contents: String) {
        self.0 = Some(contents);
    }
}

impl Sandbox {
    /// Over an engine that is played.
    pub async fn played(snapshot: Snapshot) -> (Self, Played) {
        let played = Played::new(snapshot);
        let sandbox = Self::over(Source::Engine(played.handle.clone()), settings()).await;
        (sandbox, played)
    }

    /// Over an engine, from its first moment.
    pub async fn over(source: Source, settings: Settings) -> Self {
        let mut app = still(settings, Snapshot::default());
        app.source = source;
        let mut sandbox = Self::of(app).await;
        let begin = sandbox.app.begin();
        sandbox.run(begin);
        sandbox.pass(Duration::from_millis(1)).await;
        sandbox
    }

    /// Of a state, as it is.
    pub async fn of(app: App) -> Self {
        for font in fonts() {
            let mut system = iced_test::renderer::graphics::text::font_system()
                .write()
                .unwrap();
            system.load_font(font);
        }
        let renderer = Renderer::new(REGULAR, BODY.into(), Some("tiny-skia")).await;
        let (sender, facts) = mpsc::unbounded();
        let mut sandbox = Self {
            app,
            clipboard: Clipboard::default(),
            theme: theme::Mode::None,
            is_minimised: false,
            has_come_forward: false,
            has_ended: false,
            cache: Cache::new(),
            renderer: renderer.expect("the software's renderer"),
            cursor: mouse::Cursor::Unavailable,
            window: window::Id::unique(),
            tasks: SelectAll::new(),
            tracker: Tracker::new(),
            sender,
            facts,
        };
        // What it listens to is there before anything happens.
        sandbox.run(Task::none());
        sandbox
    }

    /// A message, and all that follows from it at once.
    pub async fn tell(&mut self, message: Message) {
        self.update(message);
        self.pass(Duration::from_millis(1)).await;
    }

    /// A task, and all that follows from it at once.
    pub async fn follow(&mut self, task: Task<Message>) {
        self.run(task);
        self.pass(Duration::from_millis(1)).await;
    }

    /// So much time, and all that happens in it.
    pub async fn pass(&mut self, time: Duration) {
        let end = Instant::now() + time;
        loop {
            tokio::select! {
                biased;
                Some(action) = self.tasks.next(), if !self.tasks.is_empty() => self.perform(action),
                Some(fact) = self.facts.next() => self.update(fact),
                () = sleep_until(end) => return,
            }
        }
    }

    /// Events, one after the other, with all that follows from each of them.
    async fn happen(&mut self, events: Vec<Event>) {
        for event in events {
            let mut messages = Vec::new();
            let mut ui = UserInterface::build(
                self.app.view(self.window),
                self.app.size,
                std::mem::take(&mut self.cache),
                &mut self.renderer,
            );
            let (_, statuses) = ui.update(
                std::slice::from_ref(&event),
                self.cursor,
                &mut self.renderer,
                &mut self.clipboard,
                &mut messages,
            );
            self.cache = ui.into_cache();
            let (window, status) = (
                self.window,
                statuses.first().copied().unwrap_or(Status::Ignored),
            );
            self.tracker.broadcast(subscription::Event::Interaction {
                window,
                event,
                status,
            });
            for message in messages {
                self.update(message);
            }
            self.pass(Duration::from_millis(1)).await;
        }
    }

    fn update(&mut self, message: Message) {
        let task = self.app.update(message);
        self.run(task);
    }

    /// The task begins, and the subscriptions are what they are now.
    fn run(&mut self, task: Task<Message>) {
        self.tasks.extend(task::into_stream(task));
        let wanted = crate::app::subscription::subscription(&self.app);
        let recipes = subscription::into_recipes(wanted).into_iter();
        for future in self.tracker.update(recipes, self.sender.clone()) {
            tokio::spawn(future);
        }
    }

    fn operate(&mut self, operation: &mut dyn Operation) {
        let mut ui = UserInterface::build(
            self.app.view(self.window),
            self.app.size,
            std::mem::take(&mut self.cache),
            &mut self.renderer,
        );
        ui.operate(&self.renderer, operation);
        self.cache = ui.into_cache();
    }

    fn perform(&mut self, action: Action<Message>) {
        match action {
            Action::Output(message) => self.update(message),
            Action::Widget(mut operation) => loop {
                self.operate(&mut *operation);
                match operation.finish() {
                    Outcome::Chain(next) => operation = next,
                    Outcome::None | Outcome::Some(()) => break,
                }
            },
            Action::Clipboard(runtime::clipboard::Action::Read { channel, .. }) => {
                let _ = channel.send(self.clipboard.0.clone());
            }
            Action::Clipboard(runtime::clipboard::Action::Write { contents, .. }) => {
                self.clipboard.0 = Some(contents);
            }
            Action::System(runtime::system::Action::GetTheme(channel)) => {
                let _ = channel.send(self.theme);
            }
            Action::Window(action) => self.perform_window(action),
            Action::Exit => self.has_ended = true,
            _ => {}
        }
    }

    fn perform_window(&mut self, action: runtime::window::Action) {
        use runtime::window::Action;
        match action {
            Action::Open(id, _, channel) => {
                self.window = id;
                let _ = channel.send(id);
            }
            Action::GetMinimized(_, channel) => {
                let _ = channel.send(Some(self.is_minimised));
            }
            Action::Minimize(_, is_minimised) => self.is_minimised = is_minimised,
            Action::GainFocus(_) => self.has_come_forward = true,
            Action::GetMaximized(_, channel) => {
                let _ = channel.send(false);
            }
            _ => {}
        }
    }
}
