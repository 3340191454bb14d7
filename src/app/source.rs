//! Where commands go and facts come from: the two arrows, as the window sees them.
//!
//! The window knows nothing else of the engine; a fixed snapshot stands in for it in pictures
//! and tests.

use std::hash::{Hash, Hasher};

use iced::futures::{SinkExt, Stream};

use crate::engine::Handle;
use crate::queue::{Command, Notice, Outcome, Refusal, Snapshot};

/// The engine's side.
#[derive(Debug, Clone)]
pub enum Source {
    /// An engine in this process.
    Engine(Handle),
    /// None: what is shown was given, and every command is taken and forgotten.
    Still,
}

/// What comes up.
#[derive(Debug, Clone)]
pub enum Fact {
    /// The latest.
    Seen(Snapshot),
    /// What must not be missed.
    Noticed(Notice),
}

impl Source {
    /// Asks for something.
    ///
    /// # Errors
    /// [`Refusal`]; nothing has changed then.
    pub async fn command(self, command: Command) -> Result<Outcome, Refusal> {
        match self {
            Self::Engine(handle) => handle.command(command).await,
            Self::Still => Ok(Outcome::Done),
        }
    }

    /// Stops every transfer, and returns when all is saved.
    pub async fn shutdown(self) {
        if let Self::Engine(handle) = self {
            handle.shutdown().await;
        }
    }

    /// The engine, where there is one.
    #[must_use]
    pub fn handle(&self) -> Option<&Handle> {
        match self {
            Self::Engine(handle) => Some(handle),
            Self::Still => None,
        }
    }

    /// Snapshots, for as long as somebody looks.
    pub fn snapshots(&self) -> impl Stream<Item = Fact> + use<> {
        let source = self.clone();
        iced::stream::channel(1, async move |mut out| {
            let Self::Engine(handle) = source else {
                return;
            };
            let mut snapshots = handle.snapshots();
            snapshots.mark_changed();
            while snapshots.changed().await.is_ok() {
                let latest = snapshots.borrow_and_update().clone();
                if out.send(Fact::Seen(latest)).await.is_err() {
                    return;
                }
            }
        })
    }

    /// What a person wants to be told of, whether somebody looks or not. (A notice of each of
    /// 10,000 files would wake a window that is minimised.)
    pub fn notices(&self) -> impl Stream<Item = Fact> + use<> {
        let source = self.clone();
        iced::stream::channel(64, async move |mut out| {
            let Self::Engine(handle) = source else {
                return;
            };
            // A reader that fell too far behind is let go, and begins anew.
            loop {
                let mut notices = handle.notices();
                while let Some(notice) = notices.recv().await {
                    if !matches!(notice, Notice::GroupCompleted(_) | Notice::GroupFailed(_)) {
                        continue;
                    }
                    if out.send(Fact::Noticed(notice)).await.is_err() {
                        return;
                    }
                }
                if handle.has_ended() {
                    return;
                }
            }
        })
    }
}

/// One engine a window: subscriptions to it are the same from frame to frame.
impl Hash for Source {
    fn hash<H: Hasher>(&self, state: &mut H) {
        matches!(self, Self::Still).hash(state);
    }
}
