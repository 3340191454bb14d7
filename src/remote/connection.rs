//! A client's side: one connection, a question and its answer at a time; or, once it has
//! subscribed, all that is told.

use std::io;
use std::time::Duration;

use interprocess::local_socket::tokio::Stream;
use interprocess::local_socket::traits::tokio::Stream as _;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::io::{AsyncWriteExt, BufReader};
use tokio::time::timeout;

use super::mirror::Mirror;
use super::schema::{
    CODE_REFUSED, Changes, Hello, Malformed, Notice, Refused, Request, Shown, VERSION, error,
};
use super::{address, line};
use crate::platform::Folders;
use crate::platform::folders::is_private;
use crate::queue::{self, Refusal, Snapshot};

/// A running Ebb says at once who it is.
const PATIENCE: Duration = Duration::from_secs(10);
/// What a command waits for is the disk.
const PATIENCE_ANSWER: Duration = Duration::from_secs(120);
/// Answers may be long: a queue of a million groups.
const LONGEST_ANSWER: usize = 1 << 30;

/// Why nobody is reached.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    /// Nobody listens.
    #[error("no running Ebb")]
    NotRunning,
    /// Somebody listens, and does not say who.
    #[error("the running Ebb does not answer: {0}")]
    Silent(String),
    /// It is another version.
    #[error("the running Ebb is version {0}")]
    OtherVersion(String),
}

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// It was refused; the id that is to blame, where one is.
    #[error("refused: {0}")]
    Refused(Refusal, Option<String>),
    /// The connection has ended, and with it, most likely, the other side.
    #[error("the connection has ended: {0}")]
    Lost(String),
    /// The other side could not make sense of it, or this one of the answer.
    #[error("not understood: {0}")]
    NotUnderstood(String),
}

impl From<Malformed> for CallError {
    fn from(malformed: Malformed) -> Self {
        Self::NotUnderstood(malformed.0)
    }
}

fn lost(error: &io::Error) -> CallError {
    CallError::Lost(error.to_string())
}

/// A connection to the running Ebb.
#[derive(Debug)]
pub struct Connection {
    stream: BufReader<Stream>,
    text: Vec<u8>,
    calls: u64,
    hello: Hello,
}

#[derive(Serialize)]
struct Call<'a> {
    jsonrpc: &'static str,
    id: u64,
    #[serde(flatten)]
    request: &'a Request,
}

#[derive(Deserialize)]
struct Reply<T> {
    id: Value,
    result: Option<T>,
    error: Option<Fault>,
}

#[derive(Deserialize)]
struct Fault {
    code: i32,
    message: String,
    data: Option<Value>,
}

impl Connection {
    /// Connects to the Ebb that has the data folder, if one runs.
    ///
    /// # Errors
    /// [`ConnectError`].
    pub async fn open(folders: &Folders) -> Result<Self, ConnectError> {
        let stream = connect(folders).await?;
        let mut connection = Self {
            stream: BufReader::new(stream),
            text: Vec::new(),
            calls: 0,
            hello: Hello {
                version: VERSION,
                ebb: String::new(),
                pid: 0,
                kind: super::schema::Kind::Serve,
            },
        };
        let hello = Request::Hello { version: VERSION };
        let hello = timeout(PATIENCE, connection.ask::<Hello>(&hello)).await;
        connection.hello = match hello {
            Ok(Ok(Ok(hello))) => hello,
            Ok(Ok(Err(fault))) => return Err(fault.at_connect()),
            // It was about to end.
            Ok(Err(CallError::Lost(_))) => return Err(ConnectError::NotRunning),
            Ok(Err(error)) => return Err(ConnectError::Silent(error.to_string())),
            Err(late) => return Err(ConnectError::Silent(late.to_string())),
        };
        Ok(connection)
    }

    /// Who answers.
    #[must_use]
    pub fn hello(&self) -> &Hello {
        &self.hello
    }

    /// Asks, and waits for the answer, whose shape the request says.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn call<T: DeserializeOwned>(&mut self, request: &Request) -> Result<T, CallError> {
        let answer = timeout(PATIENCE_ANSWER, self.ask(request)).await;
        let answer = answer.map_err(|late| CallError::Lost(late.to_string()))??;
        answer.map_err(Fault::at_call)
    }

    async fn ask<T: DeserializeOwned>(
        &mut self,
        request: &Request,
    ) -> Result<Result<T, Fault>, CallError> {
        self.calls += 1;
        let call = Call {
            jsonrpc: "2.0",
            id: self.calls,
            request,
        };
        self.text.clear();
        serde_json::to_writer(&mut self.text, &call)
            .map_err(|error| CallError::NotUnderstood(error.to_string()))?;
        if self.text.len() > line::LONGEST {
            return Err(CallError::Refused(
                Refusal::Invalid(format!("at most {} MiB", line::LONGEST >> 20)),
                None,
            ));
        }
        self.text.push(b'\n');
        let written = self.stream.get_mut().write_all(&self.text).await;
        self.answer(written).await
    }

    /// The answer, also where not all could be written: it may say why.
    async fn answer<T: DeserializeOwned>(
        &mut self,
        written: io::Result<()>,
    ) -> Result<Result<T, Fault>, CallError> {
        let read = line::read(&mut self.stream, &mut self.text, LONGEST_ANSWER).await;
        if !read.map_err(|error| lost(&error))? {
            written.map_err(|error| lost(&error))?;
            return Err(CallError::Lost("closed".to_owned()));
        }
        let reply: Reply<T> = read_json(&self.text)?;
        match (reply.error, reply.result) {
            (Some(fault), _) => Ok(Err(fault)),
            (None, _) if reply.id != self.calls => {
                Err(CallError::NotUnderstood("another answer".to_owned()))
            }
            (None, Some(result)) => Ok(Ok(result)),
            // `null` reads as none, and as whatever else it may be.
            (None, None) => Ok(Ok(read_json(b"null")?)),
        }
    }

    /// Every group without its jobs, as it is at this moment; one without a name has its first
    /// file.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn list(&mut self) -> Result<Snapshot, CallError> {
        let changes: Changes = self.call(&Request::List).await?;
        let snapshot = Mirror::default().apply(changes)?;
        Ok(snapshot.unwrap_or_default())
    }

    /// Whatever has an id that begins so.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn show(&mut self, id: &str) -> Result<Shown, CallError> {
        self.call(&Request::Show { id: id.to_owned() }).await
    }

    /// From now on only listens.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn subscribe(mut self) -> Result<Listener, CallError> {
        self.call::<()>(&Request::Subscribe).await?;
        Ok(Listener {
            stream: self.stream,
            text: self.text,
            mirror: Mirror::default(),
        })
    }
}

/// What comes up from the other side.
#[derive(Debug)]
pub enum Told {
    /// All that can be seen now.
    Seen(Snapshot),
    /// What must not be missed.
    Noticed(queue::Notice),
}

/// Listens to all that happens.
#[derive(Debug)]
pub struct Listener {
    stream: BufReader<Stream>,
    text: Vec<u8>,
    mirror: Mirror,
}

#[derive(Deserialize)]
#[serde(tag = "method", content = "params", rename_all = "snake_case")]
enum Message {
    Changed(Changes),
    Noticed(Notice),
}

impl Listener {
    /// The next; first a snapshot of all there is.
    ///
    /// # Errors
    /// [`CallError`]: nothing more will come.
    pub async fn next(&mut self) -> Result<Told, CallError> {
        loop {
            let read = line::read(&mut self.stream, &mut self.text, line::LONGEST).await;
            if !read.map_err(|error| lost(&error))? {
                return Err(CallError::Lost("closed".to_owned()));
            }
            match read_json(&self.text)? {
                Message::Noticed(notice) => return Ok(Told::Noticed(notice.into())),
                Message::Changed(changes) => {
                    if let Some(snapshot) = self.mirror.apply(changes)? {
                        return Ok(Told::Seen(snapshot));
                    }
                }
            }
        }
    }

    /// The next snapshot; notices are passed over. Not cancel safe: a future that is dropped
    /// before it is ready may take a part of a message with it, and all after it is of no use.
    ///
    /// # Errors
    /// [`CallError`]: nothing more will come.
    pub async fn next_snapshot(&mut self) -> Result<Snapshot, CallError> {
        loop {
            if let Told::Seen(snapshot) = self.next().await? {
                return Ok(snapshot);
            }
        }
    }
}

fn read_json<'a, T: Deserialize<'a>>(text: &'a [u8]) -> Result<T, CallError> {
    serde_json::from_slice(text).map_err(|error| CallError::NotUnderstood(error.to_string()))
}

impl Fault {
    fn at_call(self) -> CallError {
        let refused = self.data.filter(|_| self.code == CODE_REFUSED);
        match refused.map(serde_json::from_value::<Refused>) {
            Some(Ok(Refused { why, id })) => CallError::Refused(why.into(), id),
            _ if self.code == error::CODE_ENDED => CallError::Lost(self.message),
            _ => CallError::NotUnderstood(self.message),
        }
    }

    fn at_connect(self) -> ConnectError {
        let other = self.data.filter(|_| self.code == error::CODE_VERSION);
        match other.map(serde_json::from_value::<Hello>) {
            Some(Ok(hello)) => ConnectError::OtherVersion(hello.ebb),
            _ => ConnectError::Silent(self.message),
        }
    }
}

/// To whoever listens at one of the places; but not where somebody else may have put a socket.
async fn connect(folders: &Folders) -> Result<Stream, ConnectError> {
    for path in address::to_try(folders) {
        if !path.parent().is_some_and(is_private) {
            continue;
        }
        let name = address::name(&path);
        let name = name.map_err(|error| ConnectError::Silent(error.to_string()))?;
        match Stream::connect(name).await {
            Ok(stream) => return Ok(stream),
            Err(error) if is_nobody(&error) => {}
            Err(error) => return Err(ConnectError::Silent(error.to_string())),
        }
    }
    Err(ConnectError::NotRunning)
}

/// There is no socket, or one that a process has left behind.
fn is_nobody(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused | io::ErrorKind::NotADirectory
    )
}
