//! A server that misbehaves on request, for tests of the whole program.
//!
//! Each test starts its own: it listens on a free loopback port, answers every path by a `Behaviour`
//! (data) or a closure from `Request` to `Reply`, and keeps a journal of what it saw. It runs on a thread
//! of its own, and everything of it ends when it is dropped. Nothing in here waits for a fixed time.

mod auth;
mod background;
mod behaviour;
mod honest;
mod http1;
mod http2;
mod journal;
mod payload;
mod proxy;
mod reply;
mod request;
mod silent;
mod socks;
mod tls;
mod wire;

pub use auth::{Algorithm, basic};
pub use behaviour::Behaviour;
pub use honest::{IfRange, Ranges};
pub use journal::Entry;
pub use payload::{Payload, gzip};
pub use proxy::{Manner, Proxy};
pub use reply::{Body, Framing, Reply};
pub use request::Request;
pub use silent::Silent;
pub use socks::Socks;
pub use tls::TlsKind;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

use background::Background;
use journal::{Facts, Journal, Line};

type Answer = Arc<dyn Fn(&Request) -> Reply + Send + Sync>;

/// How long `wait_until` waits: far longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// The folder of the authority's PEM, and the settings made with it.
type Tls = (TempDir, Arc<ServerConfig>);

pub struct Server {
    shared: Arc<Shared>,
    address: SocketAddr,
    tls: Option<TempDir>,
    _background: Background,
}

impl Server {
    pub fn start() -> Self {
        Self::run(Shared::default(), None)
    }

    pub fn start_tls(kind: TlsKind) -> Self {
        let shared = Shared {
            says_goodbye: kind != TlsKind::NoCloseNotify,
            ..Shared::default()
        };
        Self::run(shared, Some(tls(kind, &["http/1.1"])))
    }

    /// TLS, with HTTP/2 for those who want it and HTTP/1.1 for the others.
    pub fn start_h2() -> Self {
        Self::start_h2_with_streams(100)
    }

    /// HTTP/2 with at most this many streams at once.
    pub fn start_h2_with_streams(streams: u32) -> Self {
        let shared = Shared {
            streams,
            ..Shared::default()
        };
        Self::run(shared, Some(tls(TlsKind::Good, &["h2", "http/1.1"])))
    }

    fn run(shared: Shared, tls: Option<Tls>) -> Self {
        let shared = Arc::new(shared);
        let (folder, config) = tls.unzip();
        let (background, address) = Background::listen({
            let shared = shared.clone();
            move |listener| accept(listener, shared, config.map(TlsAcceptor::from))
        });
        Self {
            shared,
            address,
            tls: folder,
            _background: background,
        }
    }

    /// From now on the path behaves like this. A path that ends in `*` stands for all that begin so.
    pub fn serve(&self, path: &str, behaviour: Behaviour) {
        self.answer(path, move |request| behaviour.answer(request));
    }

    /// From now on this closure answers the path. Requests go on being counted.
    pub fn answer(&self, path: &str, answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) {
        let mut routes = self.shared.routes.lock().expect("no answer panicked");
        routes.insert(path.to_owned(), Arc::new(answer));
    }

    pub fn url(&self, path: &str) -> String {
        self.url_at("127.0.0.1", path)
    }

    /// The URL under another name or with user and password: `url_at("user:secret@localhost", "/x")`.
    pub fn url_at(&self, host: &str, path: &str) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{host}:{}{path}", self.port())
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The certificate of the authority behind a TLS server.
    pub fn ca_pem_path(&self) -> PathBuf {
        self.tls
            .as_ref()
            .expect("a TLS server")
            .path()
            .join("ca.pem")
    }

    pub fn facts(&self) -> Facts {
        self.shared.journal.facts()
    }

    /// All requests, in the order they came.
    pub fn journal(&self) -> Vec<Entry> {
        self.facts().entries
    }

    /// The requests for one path.
    pub fn journal_of(&self, path: &str) -> Vec<Entry> {
        self.journal()
            .into_iter()
            .filter(|entry| entry.path() == path)
            .collect()
    }

    /// Waits for a fact; fails if it does not come true.
    #[track_caller]
    pub fn wait_until(&self, fact: impl FnMut(&Facts) -> bool) {
        self.shared.journal.wait_until(PATIENCE, fact);
    }
}

fn tls(kind: TlsKind, protocols: &[&str]) -> Tls {
    let folder = TempDir::new().expect("a folder for the authority");
    let config = tls::config(kind, protocols, &folder.path().join("ca.pem"));
    (folder, config)
}

async fn accept(listener: TcpListener, shared: Arc<Shared>, tls: Option<TlsAcceptor>) {
    while let Ok((socket, _)) = listener.accept().await {
        let _ = socket.set_nodelay(true);
        tokio::spawn(converse(socket, shared.clone(), tls.clone()));
    }
}

async fn converse(socket: TcpStream, shared: Arc<Shared>, tls: Option<TlsAcceptor>) {
    let Some(tls) = tls else {
        return http1::serve(shared, Box::new(socket)).await;
    };
    let Ok(socket) = tls.accept(socket).await else {
        return;
    };
    match socket.get_ref().1.alpn_protocol() {
        Some(b"h2") => drop(http2::serve(shared, Box::new(socket)).await),
        _ => http1::serve(shared, Box::new(socket)).await,
    }
}

/// What all connections share.
pub struct Shared {
    routes: Mutex<HashMap<String, Answer>>,
    counts: Mutex<HashMap<String, Count>>,
    journal: Arc<Journal>,
    /// Whether connections are closed as the protocol wants it.
    says_goodbye: bool,
    /// HTTP/2 streams at once.
    streams: u32,
}

impl Default for Shared {
    fn default() -> Self {
        Self {
            routes: Mutex::default(),
            counts: Mutex::default(),
            journal: Arc::new(Journal::new()),
            says_goodbye: true,
            streams: 100,
        }
    }
}

/// Requests for one path, so far and now.
#[derive(Default)]
struct Count {
    seen: usize,
    active: Arc<AtomicUsize>,
}

impl Shared {
    /// Counts a request, finds its answer and writes both down.
    fn begin(&self, mut request: Request) -> Turn {
        let active = self.count(&mut request);
        let reply = self
            .route(request.path())
            .map_or_else(|| Reply::status(404), |answer| answer(&request));
        let line = self.journal.enter(&request, reply.status);
        Turn {
            request,
            reply,
            line,
            active,
        }
    }

    fn count(&self, request: &mut Request) -> Active {
        let mut counts = self.counts.lock().expect("counting does not panic");
        let count = counts.entry(request.path().to_owned()).or_default();
        request.earlier = count.seen;
        count.seen += 1;
        request.active = count.active.fetch_add(1, Ordering::SeqCst) + 1;
        Active(count.active.clone())
    }

    fn route(&self, path: &str) -> Option<Answer> {
        let routes = self.routes.lock().expect("no answer panicked");
        let begins = |route: &&String| {
            route
                .strip_suffix('*')
                .is_some_and(|begin| path.starts_with(begin))
        };
        let route = routes.get_key_value(path).map(|(route, _)| route);
        route
            .or_else(|| routes.keys().find(begins))
            .map(|route| routes[route].clone())
    }
}

/// A request and its reply, under way until it is dropped.
pub struct Turn {
    request: Request,
    reply: Reply,
    line: Line,
    #[expect(dead_code, reason = "counts by being dropped")]
    active: Active,
}

struct Active(Arc<AtomicUsize>);

impl Drop for Active {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
