//! Opens connections for the client: to the server itself, or through a proxy.
//!
//! Name, connection, proxy and handshake together have one time limit. Whatever lies between,
//! the TCP connection at the bottom is one of ours. What fails is a [`Failure`] at once; a
//! proxy's is named as the proxy's.

use std::future::{Future, Ready, ready};
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::header::USER_AGENT;
use http::uri::Scheme;
use http::{HeaderMap, HeaderValue, Uri};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::{SocksV4, SocksV5, Tunnel};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use hyper_util::rt::TokioIo;
use tower_service::Service;
use url::Url;

use super::error;
use super::stream::Stream;
use super::tapped::Tapped;
use super::tls::{Tls, bare};
use crate::download::Failure;
use crate::engine::config::Proxy;
use crate::engine::lines::Lines;
use crate::engine::wire::Wire;
use crate::pace::line::Rank;

/// How long nothing may be heard on an idle connection before the system asks whether the
/// other end is still there, and between the times it asks.
const KEEPALIVE: Duration = Duration::from_secs(15);

/// What opens a connection, for one client.
#[derive(Clone)]
pub struct Connector {
    tcp: HttpConnector,
    /// Trust and sessions.
    tls: Arc<Tls>,
    /// What is offered to a server in a handshake.
    protocols: &'static [&'static str],
    /// Which URL goes through which proxy.
    pub proxies: Arc<Matcher>,
    /// Told to proxies that make tunnels.
    pub user_agent: HeaderValue,
    patience: Duration,
    /// Whom its connections are opened for.
    rank: Option<Rank>,
    lines: Arc<Lines>,
}

impl Connector {
    /// Gives up after `patience`.
    pub fn new(
        patience: Duration,
        tls: Arc<Tls>,
        protocols: &'static [&'static str],
        proxies: Arc<Matcher>,
        user_agent: HeaderValue,
        rank: Option<Rank>,
        lines: Arc<Lines>,
    ) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(patience));
        tcp.set_keepalive(Some(KEEPALIVE));
        tcp.set_keepalive_interval(Some(KEEPALIVE));
        tcp.set_keepalive_retries(Some(3));
        Self {
            tcp,
            tls,
            protocols,
            proxies,
            user_agent,
            patience,
            rank,
            lines,
        }
    }

    async fn open(&mut self, to: &Uri, proxy: Option<&Intercept>) -> Result<Stream, Failure> {
        let secure = to.scheme() == Some(&Scheme::HTTPS);
        let stream = match proxy {
            None => self.reach(to).await?,
            Some(proxy) => {
                let stream = self.reach_proxy(proxy).await?;
                if !secure && forwards(proxy) {
                    return Ok(stream.forwarding());
                }
                self.pass(stream, proxy, to).await?
            }
        };
        if secure {
            self.tls.secure(stream, to, self.protocols).await
        } else {
            Ok(stream)
        }
    }

    async fn reach(&mut self, to: &Uri) -> Result<Stream, Failure> {
        let opened = self.tcp.call(to.clone()).await;
        let opened = opened.map_err(|problem| error::connecting(&problem))?;
        let wire = Wire::new(self.rank, self.lines.clone());
        Ok(Stream::tcp(Tapped::new(opened.into_inner(), wire)))
    }

    async fn reach_proxy(&mut self, proxy: &Intercept) -> Result<Stream, Failure> {
        let stream = self.reach(proxy.uri()).await.map_err(error::of_proxy)?;
        if proxy.uri().scheme() == Some(&Scheme::HTTPS) {
            self.tls.secure(stream, proxy.uri(), &[]).await
        } else {
            Ok(stream)
        }
    }

    /// Has a proxy pass the connection on.
    async fn pass(&self, stream: Stream, proxy: &Intercept, to: &Uri) -> Result<Stream, Failure> {
        let opened = Opened(Some(TokioIo::new(stream)));
        let uri = proxy.uri().clone();
        let passed = match uri.scheme_str() {
            Some(scheme @ ("socks4" | "socks4a")) => {
                let to = target(to, scheme == "socks4", IpAddr::is_ipv4).await?;
                let passed = SocksV4::new(uri, opened).call(to).await;
                passed.map_err(|problem| error::passing(&problem))
            }
            Some(scheme @ ("socks5" | "socks5h")) => {
                let to = target(to, scheme == "socks5", |_| true).await?;
                let mut socks = SocksV5::new(uri, opened);
                if let Some((user, password)) = proxy.raw_auth() {
                    socks = socks.with_auth(user.to_owned(), password.to_owned());
                }
                let passed = socks.call(to).await;
                passed.map_err(|problem| error::passing(&problem))
            }
            _ => {
                let agent = HeaderMap::from_iter([(USER_AGENT, self.user_agent.clone())]);
                let mut tunnel = Tunnel::new(uri, opened).with_headers(agent);
                if let Some(login) = proxy.basic_auth() {
                    tunnel = tunnel.with_auth(login.clone());
                }
                let passed = tunnel.call(to.clone()).await;
                passed.map_err(|problem| error::passing(&problem))
            }
        };
        Ok(passed?.into_inner())
    }
}

impl Service<Uri> for Connector {
    type Response = TokioIo<Stream>;
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Failure>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let mut connector = self.clone();
        Box::pin(async move {
            let proxy = connector.proxies.intercept(&to);
            let patience = connector.patience;
            let opening = connector.open(&to, proxy.as_ref());
            match tokio::time::timeout(patience, opening).await {
                Ok(opened) => opened.map(TokioIo::new),
                Err(_) if proxy.is_some() => Err(error::of_proxy(Failure::ConnectTimeout)),
                Err(_) => Err(Failure::ConnectTimeout),
            }
        })
    }
}

/// Which URLs go through which proxy.
///
/// # Errors
/// `Failure::ProxyInvalid`.
pub fn proxies(proxy: &Proxy) -> Result<Matcher, Failure> {
    match proxy {
        Proxy::System => Ok(Matcher::from_system()),
        Proxy::Direct => Ok(Matcher::builder().build()),
        Proxy::Url(text) => {
            let mut url = Url::parse(text).map_err(|_| Failure::ProxyInvalid)?;
            if url.scheme().starts_with("socks") && url.port().is_none() {
                let _ = url.set_port(Some(1080));
            }
            let matcher = Matcher::builder().all(String::from(url)).build();
            let anywhere = Uri::from_static("http://any.invalid");
            let used = matcher.intercept(&anywhere).is_some();
            used.then_some(matcher).ok_or(Failure::ProxyInvalid)
        }
    }
}

/// Whether a proxy takes whole URLs, for what is not secret.
pub fn forwards(proxy: &Intercept) -> bool {
    matches!(proxy.uri().scheme_str(), Some("http" | "https"))
}

/// Where a SOCKS proxy is to connect to: always with a port; with an address that suits for a
/// name if it is looked up `here`.
async fn target(to: &Uri, here: bool, suits: impl Fn(&IpAddr) -> bool) -> Result<Uri, Failure> {
    let nowhere = || Failure::ConnectFailed("no host".to_owned());
    let host = to.host().ok_or_else(nowhere)?;
    let secure = to.scheme() == Some(&Scheme::HTTPS);
    let port = to.port_u16().unwrap_or(if secure { 443 } else { 80 });
    let authority = if here {
        let found = tokio::net::lookup_host((bare(host), port)).await;
        let mut found = found.map_err(|problem| error::connecting(&problem))?;
        let suitable = found.find(|address| suits(&address.ip()));
        suitable.ok_or(Failure::HostNotFound)?.to_string()
    } else {
        format!("{host}:{port}")
    };
    Uri::builder()
        .scheme(if secure { "https" } else { "http" })
        .authority(authority)
        .path_and_query("/")
        .build()
        .map_err(|problem| Failure::ConnectFailed(problem.to_string()))
}

/// A connection to a proxy that is there already, for what would like to open it itself.
struct Opened(Option<TokioIo<Stream>>);

impl Service<Uri> for Opened {
    type Response = TokioIo<Stream>;
    type Error = io::Error;
    type Future = Ready<io::Result<TokioIo<Stream>>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        ready(self.0.take().ok_or(io::ErrorKind::NotConnected.into()))
    }
}
