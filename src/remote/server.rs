//! The running Ebb's side: accepts connections, answers requests, tells subscribers.
//!
//! On a thread of its own, beside the engine: whoever reads slowly, or leaves something undone,
//! holds up at most its own connection. (An answer about 100,000 files is made in one go; others
//! wait for theirs as long as that takes.)

mod answer;
mod connection;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use interprocess::local_socket::ListenerOptions;
use interprocess::local_socket::tokio::{Listener, Stream};
use interprocess::local_socket::traits::tokio::Listener as _;
use tokio::sync::{Semaphore, mpsc, oneshot};

use super::address;
use super::schema::Kind;
use crate::engine::{Handle, StartError};
use crate::platform::Folders;

/// Most connections at a time; more are told so.
const MOST_CONNECTIONS: usize = 128;

/// After an accept that failed (no descriptor is free): a while later again.
const REST: Duration = Duration::from_millis(200);

/// What has the engine.
#[derive(Debug, Clone)]
pub struct Host {
    /// What it is.
    pub kind: Kind,
    /// The settings' file.
    pub settings: PathBuf,
    /// Where words for the add dialog go, where there is a window.
    pub words: Option<mpsc::UnboundedSender<Vec<String>>>,
}

/// What every connection knows.
#[derive(Debug)]
struct Shared {
    engine: Handle,
    host: Host,
    places: Arc<Semaphore>,
    /// Only one large request is gathered at a time.
    large: Semaphore,
}

/// The listening socket. When it is dropped all connections end, and the socket is gone.
#[derive(Debug)]
pub struct Server {
    path: PathBuf,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Listens for whoever wants to steer this engine. Only for who holds the lock on the data
    /// folder: what an earlier process has left at the socket's place is replaced.
    ///
    /// # Errors
    /// `StartError::System`: nowhere can a socket be made.
    pub fn start(folders: &Folders, engine: Handle, host: Host) -> Result<Self, StartError> {
        let system = |error: io::Error| StartError::System(error.to_string());
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(system)?;
        let (listener, path) = {
            // (A listener belongs to the runtime it is made in.)
            let _in_it = runtime.enter();
            listen(folders).map_err(system)?
        };
        let shared = Shared {
            engine,
            host,
            places: Arc::new(Semaphore::new(MOST_CONNECTIONS)),
            large: Semaphore::new(1),
        };
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("ebb-remote".into())
            .spawn(move || {
                runtime.block_on(async {
                    tokio::select! {
                        _ = stopped => {}
                        () = accept(listener, Arc::new(shared)) => {}
                    }
                });
            })
            .map_err(system)?;
        Ok(Self {
            path,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn path(&self) -> &std::path::Path {
        &self.path
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// At the first place where it can be.
fn listen(folders: &Folders) -> io::Result<(Listener, PathBuf)> {
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    for path in address::candidates(folders) {
        match listen_at(&path) {
            Ok(listener) => {
                address::note(folders, &path);
                return Ok((listener, path));
            }
            Err(error) => {
                tracing::warn!(path = %path.display(), %error, "no socket can be made here");
                last = error;
            }
        }
    }
    Err(last)
}

#[cfg(unix)]
fn listen_at(path: &std::path::Path) -> io::Result<Listener> {
    use interprocess::os::unix::local_socket::ListenerOptionsExt;
    if let Some(folder) = path.parent() {
        crate::platform::folders::make_private(folder).map_err(io::Error::other)?;
    }
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let options = || Ok::<_, io::Error>(ListenerOptions::new().name(address::name(path)?));
    match options()?.mode(0o600).create_tokio() {
        // Some systems know no mode of a socket before it is there; its folder is ours alone.
        Err(error) if error.kind() == io::ErrorKind::Unsupported => {
            let listener = options()?.create_tokio()?;
            let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
            std::fs::set_permissions(path, mode)?;
            Ok(listener)
        }
        made => made,
    }
}

#[cfg(windows)]
fn listen_at(path: &std::path::Path) -> io::Result<Listener> {
    use interprocess::os::windows::local_socket::ListenerOptionsExt;
    use interprocess::os::windows::security_descriptor::SecurityDescriptor;
    // Everything for its owner, nothing for anybody else.
    let ours = SecurityDescriptor::deserialize(widestring::u16cstr!("D:P(A;;GA;;;OW)"))?;
    ListenerOptions::new()
        .name(address::name(path)?)
        .security_descriptor(ours)
        .create_tokio()
}

async fn accept(listener: Listener, shared: Arc<Shared>) {
    loop {
        match listener.accept().await {
            Ok(stream) => admit(stream, &shared),
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(REST).await;
            }
        }
    }
}

/// Serves it, where there is a place.
fn admit(stream: Stream, shared: &Arc<Shared>) {
    let place = Arc::clone(&shared.places).try_acquire_owned().ok();
    let shared = Arc::clone(shared);
    tokio::spawn(async move {
        let served = match &place {
            Some(_) => connection::serve(stream, &shared).await,
            None => connection::turn_away(stream).await,
        };
        if let Err(error) = served {
            tracing::debug!(%error, "a connection has ended");
        }
    });
}

#[cfg(all(test, unix))]
mod tests;
