//! Who has the queue when the window is opened: nobody, and the window takes it; `ebb serve`,
//! and the window steers that; or another window, which is handed what the command line asked
//! for, and this one is not needed.

use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use iced::futures::{Stream, stream};
use tokio::runtime::Builder;
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::run::Begin;
use super::source::Source;
use crate::engine::{Config, Engine, Handle, Home, StartError};
use crate::platform::Folders;
use crate::remote::schema::{Kind, Request};
use crate::remote::{Client, Connection, Host, Server};
use crate::words::explain::{Explained, explain_start};

/// Who has the queue may be just beginning, or ending: so long it is asked again.
const PATIENCE: Duration = Duration::from_secs(3);
const AGAIN: Duration = Duration::from_millis(100);

/// What the window is over.
#[derive(Debug)]
pub enum Met {
    /// Where its commands go and, where the engine is its own, who else may send some.
    Source(Source, Option<Door>),
    /// Another window, which has been told.
    Window,
}

/// Where commands, and words of further windows, come in. To be closed before the engine ends.
#[derive(Debug)]
pub struct Door {
    /// Listens until it is dropped.
    _server: Server,
    words: Option<mpsc::UnboundedReceiver<Vec<String>>>,
}

impl Door {
    /// What further windows were opened with, from now on; asked for once.
    pub fn take_words(&mut self) -> impl Stream<Item = Vec<String>> + use<> {
        let words = self.words.take();
        stream::unfold(words, async |words| {
            let mut words = words?;
            Some((words.recv().await?, Some(words)))
        })
    }
}

/// Looks who has the queue.
///
/// # Errors
/// In words: the engine cannot start, or somebody has the queue and does not answer.
pub fn meet(begin: &Begin) -> Result<Met, Explained> {
    let language = begin.language();
    let folders = &begin.folders;
    let explain = |error: StartError| explain_start(&error, language);
    let config = Config {
        home: Home::Queue(
            folders
                .database()
                .map_err(|error| error.explain(language))?,
        ),
        limits: begin.settings.limits(),
        network: begin.settings.network(),
        mode: begin.settings.mode_at_start(),
    };
    let until = Instant::now() + PATIENCE;
    loop {
        let in_use = match Engine::start(config.clone()) {
            Ok(handle) => {
                let door = open_door(folders, &handle);
                return Ok(Met::Source(Source::Engine(handle), door));
            }
            Err(error @ StartError::InUse { .. }) => error,
            Err(error) => return Err(explain(error)),
        };
        match turn_to(folders, &begin.words) {
            Some(met) => return Ok(met),
            None if Instant::now() < until => sleep(AGAIN),
            None => return Err(explain(in_use)),
        }
    }
}

/// Without a socket there is a window all the same.
pub(super) fn open_door(folders: &Folders, handle: &Handle) -> Option<Door> {
    let (sender, words) = mpsc::unbounded_channel();
    let host = Host {
        kind: Kind::Window,
        settings: folders.settings(),
        words: Some(sender),
    };
    match Server::start(folders, handle.clone(), host) {
        Ok(server) => Some(Door {
            _server: server,
            words: Some(words),
        }),
        Err(error) => {
            tracing::warn!(%error, "no commands of others are taken");
            None
        }
    }
}

/// To whoever has the queue, if they answer.
fn turn_to(folders: &Folders, words: &[String]) -> Option<Met> {
    let runtime = Builder::new_current_thread().enable_all().build().ok()?;
    let kind = runtime.block_on(async {
        let turned = turn_to_somebody(folders, words);
        timeout(PATIENCE, turned).await.ok().flatten()
    })?;
    match kind {
        Kind::Window => Some(Met::Window),
        Kind::Serve => {
            let client = Client::start(folders).ok()?;
            Some(Met::Source(Source::Remote(client), None))
        }
    }
}

/// What has answered: a window, by then with these words.
async fn turn_to_somebody(folders: &Folders, words: &[String]) -> Option<Kind> {
    let mut connection = Connection::open(folders).await.ok()?;
    let kind = connection.hello().kind;
    if kind == Kind::Window {
        let words = words.iter().map(|word| absolute(word)).collect();
        connection.call::<()>(&Request::Open { words }).await.ok()?;
    }
    Some(kind)
}

/// A link as it is; a file by its whole path, since the other window is in another folder.
fn absolute(word: &str) -> String {
    if word.contains("://") {
        return word.to_owned();
    }
    let path = std::path::absolute(Path::new(word));
    path.map_or_else(|_| word.to_owned(), |path| path.display().to_string())
}

#[cfg(test)]
mod tests;
