//! A connection for a face that stays: it is made again when it is lost.
//!
//! On a thread of its own: one connection on which is asked, in order, and one on which is
//! told. What was told last stays to be seen while there is none; what is asked meanwhile is
//! answered with [`CallError::Lost`]. So is what was asked and has no answer yet: whether it
//! was done is seen when the other side is there again.

mod order;
#[cfg(test)]
pub mod played;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use tokio::time::{sleep, timeout};

use super::connection::{CallError, ConnectError, Connection, Listener, Told};
use super::schema::{Entry, History, Inspected, Kind, Made, Request, Totals};
use crate::engine::{self, HistoryEntry, Inspection};
use crate::platform::Folders;
use crate::queue::restore::GroupRecord;
use crate::queue::{Command, FileId, GroupId, Notice, Outcome, Snapshot};

/// After a loss, and after each try in vain.
const AGAIN: Duration = Duration::from_secs(1);
/// How long the first snapshot may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How far a reader of notices may fall behind.
const BEHIND: usize = 256;

/// Is somebody there?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contact {
    /// What is asked is answered, and what is seen is so.
    Connected,
    /// What is seen was so; it is tried again.
    Lost,
}

/// A face's hold of `ebb serve`. Clones share it; when the last one is dropped the
/// connections end, and nothing else.
#[derive(Debug, Clone)]
pub struct Client {
    asks: mpsc::UnboundedSender<Ask>,
    facts: Arc<Facts>,
}

/// What comes up, at the readers' end.
#[derive(Debug)]
struct Facts {
    snapshots: watch::Receiver<Snapshot>,
    contact: watch::Receiver<Contact>,
    notices: broadcast::Receiver<Notice>,
}

/// And at the writer's.
struct Teller {
    snapshots: watch::Sender<Snapshot>,
    contact: watch::Sender<Contact>,
    notices: broadcast::Sender<Notice>,
}

/// A question, and where its answer goes.
struct Ask {
    request: Request,
    answer: oneshot::Sender<Result<Box<RawValue>, CallError>>,
}

impl Client {
    /// Connects to the `ebb serve` that has the data folder; returns once its first snapshot is
    /// there.
    ///
    /// # Errors
    /// [`ConnectError`]; `NotRunning`, too, where a window has it.
    pub fn start(folders: &Folders) -> Result<Self, ConnectError> {
        let system = |error: std::io::Error| ConnectError::Silent(error.to_string());
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()
            .map_err(system)?;
        let mut line = runtime.block_on(Line::open(folders))?;
        let silent = |error: &dyn std::error::Error| ConnectError::Silent(error.to_string());
        let first = async { timeout(PATIENCE, line.listener.next_snapshot()).await };
        let first = runtime.block_on(first).map_err(|late| silent(&late))?;
        let first = first.map_err(|error| silent(&error))?;

        let (asks, asked) = mpsc::unbounded_channel();
        let (snapshot, snapshots) = watch::channel(first);
        let (tell_contact, contact) = watch::channel(Contact::Connected);
        let (notice, notices) = broadcast::channel(BEHIND);
        let teller = Teller {
            snapshots: snapshot,
            contact: tell_contact,
            notices: notice,
        };
        let folders = folders.clone();
        std::thread::Builder::new()
            .name("ebb-remote-client".into())
            .spawn(move || runtime.block_on(stay(line, &folders, asked, &teller)))
            .map_err(system)?;
        let facts = Facts {
            snapshots,
            contact,
            notices,
        };
        Ok(Self {
            asks,
            facts: Arc::new(facts),
        })
    }

    /// What there is, at most ten times a second; the latest wins.
    #[must_use]
    pub fn snapshots(&self) -> watch::Receiver<Snapshot> {
        self.facts.snapshots.clone()
    }

    /// Whether somebody is there.
    #[must_use]
    pub fn contact(&self) -> watch::Receiver<Contact> {
        self.facts.contact.clone()
    }

    /// Facts that must not be missed, from now on; a reader that falls 256 behind misses the
    /// oldest.
    #[must_use]
    pub fn notices(&self) -> broadcast::Receiver<Notice> {
        self.facts.notices.resubscribe()
    }

    /// Asks for something; the answer says whether it was taken, not that it has happened.
    ///
    /// # Errors
    /// [`CallError`]; nothing has changed then, but perhaps where it is `Lost`.
    pub async fn command(&self, command: Command) -> Result<Outcome, CallError> {
        let Some(request) = order::request(command)? else {
            return Ok(Outcome::Done);
        };
        let makes = matches!(request, Request::New(_) | Request::Add(_));
        if makes {
            let made: Made = self.call(request).await?;
            return Ok(Outcome::Group(made.group));
        }
        self.call::<()>(request).await?;
        Ok(Outcome::Done)
    }

    /// A close look at a file; `None` for one that is not there.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn inspect(&self, file: FileId) -> Result<Option<Inspection>, CallError> {
        let seen: Option<Inspected> = self.call(Request::Inspect { file }).await?;
        Ok(seen.map(Inspected::inspection).transpose()?)
    }

    /// What has happened to a group, oldest first.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn journal(&self, group: GroupId) -> Result<Vec<engine::Entry>, CallError> {
        let entries: Vec<Entry> = self.call(Request::Journal { group }).await?;
        Ok(entries.into_iter().map(|Entry(entry)| entry).collect())
    }

    /// Groups that became complete, newest first, at most so many.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn history(&self, most: usize) -> Result<Vec<HistoryEntry>, CallError> {
        let entries: Vec<History> = self.call(Request::History { most }).await?;
        Ok(entries.into_iter().map(|History(entry)| entry).collect())
    }

    /// What the whole history comes to.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn totals(&self) -> Result<engine::Totals, CallError> {
        let Totals(totals) = self.call(Request::Totals).await?;
        Ok(totals)
    }

    /// Forgets the history; `false` where it could not be done.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn clear_history(&self) -> Result<bool, CallError> {
        self.call(Request::ClearHistory).await
    }

    /// Every group with all that must survive of it, without secrets, in the person's order.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn export(&self) -> Result<Vec<GroupRecord>, CallError> {
        self.call(Request::Export).await
    }

    /// The settings' file has changed: it is to be read again.
    ///
    /// # Errors
    /// [`CallError`]: `Refused` where it cannot hold.
    pub async fn reload(&self) -> Result<(), CallError> {
        self.call(Request::Reload).await
    }

    async fn call<T: DeserializeOwned>(&self, request: Request) -> Result<T, CallError> {
        let (answer, answered) = oneshot::channel();
        let lost = || CallError::Lost("no connection".to_owned());
        let ask = Ask { request, answer };
        self.asks.send(ask).map_err(|_| lost())?;
        let text = answered.await.map_err(|_| lost())??;
        serde_json::from_str(text.get())
            .map_err(|error| CallError::NotUnderstood(error.to_string()))
    }
}

/// The two connections.
struct Line {
    calls: Connection,
    listener: Listener,
}

impl Line {
    /// To an `ebb serve` alone: a window leaves, and its queue with it.
    async fn open(folders: &Folders) -> Result<Self, ConnectError> {
        let calls = Connection::open(folders).await?;
        if calls.hello().kind != Kind::Serve {
            return Err(ConnectError::NotRunning);
        }
        let listener = Connection::open(folders).await?.subscribe().await;
        Ok(Self {
            calls,
            listener: listener.map_err(|error| ConnectError::Silent(error.to_string()))?,
        })
    }

    /// Asks and listens, until the connection is lost; `false` where nobody asks any more.
    async fn serve(self, asked: &mut mpsc::UnboundedReceiver<Ask>, teller: &Teller) -> bool {
        let Self {
            mut calls,
            mut listener,
        } = self;
        let asking = async {
            while let Some(Ask { request, answer }) = asked.recv().await {
                let said = calls.call(&request).await;
                let is_lost = matches!(said, Err(CallError::Lost(_)));
                // (Who has asked may be gone.)
                let _ = answer.send(said);
                if is_lost {
                    return true;
                }
            }
            false
        };
        let listening = async {
            while let Ok(told) = listener.next().await {
                match told {
                    Told::Seen(snapshot) => {
                        teller.snapshots.send_replace(snapshot);
                        teller.contact.send_if_modified(|contact| {
                            std::mem::replace(contact, Contact::Connected) == Contact::Lost
                        });
                    }
                    Told::Noticed(notice) => {
                        let _ = teller.notices.send(notice);
                    }
                }
            }
        };
        tokio::select! {
            is_lost = asking => is_lost,
            () = listening => true,
        }
    }
}

/// As long as somebody may ask.
async fn stay(
    mut line: Line,
    folders: &Folders,
    mut asked: mpsc::UnboundedReceiver<Ask>,
    teller: &Teller,
) {
    while line.serve(&mut asked, teller).await {
        tracing::info!("the connection is lost");
        teller.contact.send_replace(Contact::Lost);
        line = tokio::select! {
            line = again(folders) => line,
            () = answer_nobody(&mut asked) => return,
        };
    }
}

/// Tries until it is there.
async fn again(folders: &Folders) -> Line {
    loop {
        sleep(AGAIN).await;
        match Line::open(folders).await {
            Ok(line) => return line,
            Err(error) => tracing::debug!(%error, "not there yet"),
        }
    }
}

/// What is asked while nobody is there has no answer; returns where nobody asks any more.
async fn answer_nobody(asked: &mut mpsc::UnboundedReceiver<Ask>) {
    while let Some(ask) = asked.recv().await {
        drop(ask);
    }
}
