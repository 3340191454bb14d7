//! Where commands go and facts come from: the two arrows, as the window sees them.
//!
//! The window knows nothing else of the engine, be it in this process or in `ebb serve`; a
//! fixed snapshot stands in for it in pictures and tests.

use std::hash::{Hash, Hasher};

use iced::futures::{SinkExt, Stream};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

use crate::engine::{Entry, Handle, HistoryEntry, Inspection, StartError, Totals};
use crate::queue::restore::GroupRecord;
use crate::queue::{Command, FileId, GroupId, Notice, Outcome, Refusal, Snapshot};
use crate::remote::{CallError, Client, Contact};
use crate::settings::Settings;
use crate::words::explain::{Explained, explain_refusal, explain_start, tell};
use crate::words::{Language, key};

/// The engine's side.
#[derive(Debug, Clone)]
pub enum Source {
    /// An engine in this process.
    Engine(Handle),
    /// That of `ebb serve`, which goes on without the window.
    Remote(Client),
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
    /// Somebody is there, or not any more.
    Contact(Contact),
}

/// Why a command was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotTaken {
    /// It was refused; nothing has changed.
    Refused(Refusal),
    /// Nobody is there; where it was on its way, the next snapshot says whether it was done.
    Lost,
}

impl NotTaken {
    /// In words.
    #[must_use]
    pub fn explain(&self, language: Language) -> Explained {
        match self {
            Self::Refused(refusal) => explain_refusal(refusal, language),
            Self::Lost => tell(language, key!("remote-lost"), &[], ""),
        }
    }
}

impl From<Refusal> for NotTaken {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<CallError> for NotTaken {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Refused(refusal, _) => Self::Refused(refusal),
            CallError::Lost(_) => Self::Lost,
            CallError::NotUnderstood(why) => Self::Refused(Refusal::Invalid(why)),
        }
    }
}

impl Source {
    /// Itself, where somebody answers.
    #[must_use]
    pub fn live(&self) -> Option<Self> {
        (!matches!(self, Self::Still)).then(|| self.clone())
    }

    /// The engine is that of `ebb serve`.
    #[must_use]
    pub fn is_remote(&self) -> bool {
        matches!(self, Self::Remote(_))
    }

    /// What there is now; nothing where it was given.
    #[must_use]
    pub fn now(&self) -> Option<Snapshot> {
        Some(self.all()?.borrow().clone())
    }

    /// Asks for something.
    ///
    /// # Errors
    /// [`NotTaken`].
    pub async fn command(self, command: Command) -> Result<Outcome, NotTaken> {
        match self {
            Self::Engine(handle) => Ok(handle.command(command).await?),
            Self::Remote(client) => Ok(client.command(command).await?),
            Self::Still => Ok(Outcome::Done),
        }
    }

    /// Takes other settings, which are in their file by now.
    ///
    /// # Errors
    /// In words; nothing has changed then.
    pub async fn configure(self, settings: Settings, language: Language) -> Result<(), Explained> {
        let explain = |error: StartError| explain_start(&error, language);
        match self {
            Self::Engine(handle) => {
                let (limits, network) = (settings.limits(), settings.network());
                handle.configure(limits, network).await.map_err(explain)
            }
            Self::Remote(client) => client.reload().await.map_err(|error| match error {
                // What the engine there has said of the network.
                CallError::Refused(Refusal::Invalid(why), _) => explain(StartError::Network(why)),
                error => NotTaken::from(error).explain(language),
            }),
            Self::Still => Ok(()),
        }
    }

    /// A close look at a file; none where it is gone, or nobody answers.
    pub async fn inspect(self, file: FileId) -> Option<Inspection> {
        match self {
            Self::Engine(handle) => handle.inspect(file).await,
            Self::Remote(client) => client.inspect(file).await.ok().flatten(),
            Self::Still => None,
        }
    }

    /// What has happened to a group, oldest first; nothing where nobody answers.
    pub async fn journal(self, group: GroupId) -> Vec<Entry> {
        match self {
            Self::Engine(handle) => handle.journal(group).await,
            Self::Remote(client) => client.journal(group).await.unwrap_or_default(),
            Self::Still => Vec::new(),
        }
    }

    /// What was completed, newest first, at most so many; and what all of it comes to.
    ///
    /// # Errors
    /// [`NotTaken`].
    pub async fn history(self, most: usize) -> Result<(Vec<HistoryEntry>, Totals), NotTaken> {
        match self {
            Self::Engine(handle) => Ok((handle.history(most).await, handle.totals().await)),
            Self::Remote(client) => Ok((client.history(most).await?, client.totals().await?)),
            Self::Still => Ok(Default::default()),
        }
    }

    /// Forgets the history.
    ///
    /// # Errors
    /// [`NotTaken`].
    pub async fn clear_history(self) -> Result<(), NotTaken> {
        match self {
            Self::Engine(handle) => handle.clear_history().await,
            Self::Remote(client) => client.clear_history().await?,
            Self::Still => true,
        };
        Ok(())
    }

    /// The whole queue, without secrets.
    ///
    /// # Errors
    /// [`NotTaken`].
    pub async fn export(self) -> Result<Vec<GroupRecord>, NotTaken> {
        match self {
            Self::Engine(handle) => Ok(handle.export().await),
            Self::Remote(client) => Ok(client.export().await?),
            Self::Still => Ok(Vec::new()),
        }
    }

    /// Stops every transfer, and returns when all is saved. (`ebb serve` goes on.)
    pub async fn shutdown(self) {
        if let Self::Engine(handle) = self {
            // (The engine has logged what could not be saved; the window goes all the same.)
            let _ = handle.shutdown().await;
        }
    }

    fn all(&self) -> Option<watch::Receiver<Snapshot>> {
        match self {
            Self::Engine(handle) => Some(handle.snapshots()),
            Self::Remote(client) => Some(client.snapshots()),
            Self::Still => None,
        }
    }

    /// Snapshots, for as long as somebody looks.
    pub fn snapshots(&self) -> impl Stream<Item = Fact> + use<> {
        let snapshots = self.all();
        latest(snapshots, Fact::Seen)
    }

    /// Whether somebody is there; of an engine in this process nothing is said.
    pub fn contact(&self) -> impl Stream<Item = Fact> + use<> {
        let contact = match self {
            Self::Remote(client) => Some(client.contact()),
            Self::Engine(_) | Self::Still => None,
        };
        latest(contact, Fact::Contact)
    }

    /// What a person wants to be told of, whether somebody looks or not. (A notice of each of
    /// 10,000 files would wake a window that is minimised.)
    pub fn notices(&self) -> impl Stream<Item = Fact> + use<> {
        let source = self.clone();
        iced::stream::channel(64, async move |mut out| match source {
            Self::Engine(handle) => {
                // A reader that fell too far behind is let go, and begins anew.
                while !handle.has_ended() {
                    let mut notices = handle.notices();
                    while let Some(notice) = notices.recv().await {
                        let is_wanted =
                            matches!(notice, Notice::GroupCompleted(_) | Notice::GroupFailed(_));
                        if is_wanted && out.send(Fact::Noticed(notice)).await.is_err() {
                            return;
                        }
                    }
                }
            }
            Self::Remote(client) => {
                let mut notices = client.notices();
                // (One that fell behind goes on with the oldest there is.)
                loop {
                    match notices.recv().await {
                        Ok(notice) => {
                            if out.send(Fact::Noticed(notice)).await.is_err() {
                                return;
                            }
                        }
                        Err(RecvError::Lagged(_)) => {}
                        Err(RecvError::Closed) => return,
                    }
                }
            }
            Self::Still => {}
        })
    }
}

/// The first, then what has changed; what nobody has taken is left out.
fn latest<T: Clone + Send + Sync + 'static>(
    all: Option<watch::Receiver<T>>,
    fact: fn(T) -> Fact,
) -> impl Stream<Item = Fact> {
    iced::stream::channel(1, async move |mut out| {
        let Some(mut all) = all else {
            return;
        };
        all.mark_changed();
        while all.changed().await.is_ok() {
            let latest = all.borrow_and_update().clone();
            if out.send(fact(latest)).await.is_err() {
                return;
            }
        }
    })
}

/// One engine a window: subscriptions to it are the same from frame to frame.
impl Hash for Source {
    fn hash<H: Hasher>(&self, state: &mut H) {
        matches!(self, Self::Still).hash(state);
    }
}
