//! What comes to the window by itself: the engine's facts, keys, the window's own events, the
//! system's theme, and the time, where something on the screen counts with it.

use std::time::Duration;

use iced::event::{self, Event, Status};
use iced::futures::Stream;
use iced::keyboard::key::Named;
use iced::keyboard::{self, Key};
use iced::{Subscription, window};
use jiff::Timestamp;

use super::source::Fact;
use super::{App, Message};

const SECOND: Duration = Duration::from_secs(1);

/// All of it.
pub fn subscription(app: &App) -> Subscription<Message> {
    let source = app.source.clone();
    let mut all = vec![
        event::listen_with(outside),
        iced::system::theme_changes().map(Message::SystemTheme),
        Subscription::run(told_to_end).map(|()| Message::End),
        Subscription::run_with(("notices", source.clone()), |(_, source)| source.notices())
            .map(of_fact),
        Subscription::run_with(("contact", source.clone()), |(_, source)| source.contact())
            .map(of_fact),
    ];
    if !app.is_hidden {
        all.push(
            Subscription::run_with(("snapshots", source), |(_, source)| source.snapshots())
                .map(of_fact),
        );
        if app.counts_time() {
            all.push(iced::time::every(SECOND).map(|_| Message::Ticked(Timestamp::now())));
        }
        if app.looks_inside() {
            all.push(iced::time::every(SECOND / 2).map(|_| Message::LookInside));
        }
        if app.may_be_hidden() {
            all.push(iced::time::every(SECOND).map(|_| Message::AskHidden));
        }
    }
    Subscription::batch(all)
}

fn of_fact(fact: Fact) -> Message {
    match fact {
        Fact::Seen(snapshot) => Message::Seen(snapshot),
        Fact::Noticed(notice) => Message::Noticed(notice),
        Fact::Contact(contact) => Message::Contact(contact),
    }
}

/// The system tells the program to end: when the session does, or a person does by a command.
#[cfg(unix)]
fn told_to_end() -> impl Stream<Item = ()> {
    use iced::futures::SinkExt as _;
    use tokio::signal::unix::{SignalKind, signal};
    iced::stream::channel(1, async |mut out| {
        if let Ok(mut told) = signal(SignalKind::terminate()) {
            told.recv().await;
            let _ = out.send(()).await;
        }
    })
}

/// Elsewhere it closes the window.
#[cfg(not(unix))]
fn told_to_end() -> impl Stream<Item = ()> {
    iced::futures::stream::pending()
}

/// Keys that no field has taken, and what happens to the window.
fn outside(event: Event, status: Status, window: window::Id) -> Option<Message> {
    match event {
        Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers)) => {
            Some(Message::Modifiers(modifiers))
        }
        Event::Keyboard(keyboard::Event::KeyPressed {
            key,
            modified_key,
            modifiers,
            ..
            // Esc leaves a field and closes what it is in, at once.
        }) if status == Status::Ignored || key == Key::Named(Named::Escape) => Some(Message::Pressed {
            key,
            modified_key,
            modifiers,
        }),
        Event::Window(
            event @ (window::Event::Opened { .. }
            | window::Event::CloseRequested
            | window::Event::Resized(_)
            | window::Event::Focused
            | window::Event::Unfocused
            | window::Event::FileHovered(_)
            | window::Event::FilesHoveredLeft
            | window::Event::FileDropped(_)),
        ) => Some(Message::Window(window, event)),
        _ => None,
    }
}
