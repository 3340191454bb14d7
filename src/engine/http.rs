//! The transport over hyper. Nothing outside this file and its folder knows it.
//!
//! The client does what it is asked and no more: it follows no redirect, sends no referer,
//! decompresses nothing, and has no timeouts for reading (they would run while we pause; the
//! worker has its own). Connections are opened by ourselves (`http/connect`), so that each has
//! a [`Wire`].

mod connect;
mod cookies;
mod error;
mod stream;
mod tapped;
#[cfg(test)]
mod tests;
mod tls;

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{ACCEPT, ACCEPT_ENCODING, PROXY_AUTHORIZATION, RANGE, USER_AGENT};
use http::{Extensions, HeaderMap, HeaderValue, Method, Uri};
use http_body::Body as _;
use http_body_util::Empty;
use hyper::body::Incoming;
use hyper_util::client::legacy;
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use url::Url;

use super::config::{NetworkOptions, Proxy, StartError};
use super::transport::{Body, Channel, Query, Reply, Transport, Via};
use super::wire::Wire;
use crate::download::Failure;
use crate::queue::JobNetwork;
use connect::{Connector, forwards};
use cookies::Cookies;
use tls::Tls;

/// A GET has no body.
type Request = http::Request<Empty<Bytes>>;

/// What all clients of one engine share: options, cookies, and whom they trust.
#[derive(Clone)]
pub struct Clients {
    options: Arc<NetworkOptions>,
    cookies: Arc<Cookies>,
    tls: Arc<Tls>,
}

impl Clients {
    /// Checks the options.
    ///
    /// # Errors
    /// `StartError::Network`: a proxy's URL or a certificate that is none.
    pub fn new(options: NetworkOptions) -> Result<Self, StartError> {
        let wrong = "the proxy is not a URL this program can use";
        proxies(&options.proxy).map_err(|_| StartError::Network(wrong.to_owned()))?;
        let tls = Tls::new(options.more_authorities.clone());
        tls.check()?;
        Ok(Self {
            options: Arc::new(options),
            cookies: Arc::default(),
            tls: Arc::new(tls),
        })
    }

    /// The same, with other options; cookies stay.
    ///
    /// # Errors
    /// As for [`Clients::new`].
    pub fn with(&self, options: NetworkOptions) -> Result<Self, StartError> {
        let cookies = self.cookies.clone();
        Ok(Self {
            cookies,
            ..Self::new(options)?
        })
    }

    /// The same for a job that has something of its own; cookies are shared. What is wrong with
    /// it is the failure of each request.
    #[must_use]
    pub fn over(&self, own: &JobNetwork) -> Self {
        let options = self.options.with(own);
        let tls = if own.more_authorities.is_empty() {
            self.tls.clone()
        } else {
            Arc::new(Tls::new(options.more_authorities.clone()))
        };
        Self {
            options: Arc::new(options),
            cookies: self.cookies.clone(),
            tls,
        }
    }

    /// A transport for one payload thread: its connections live and are polled there.
    #[must_use]
    pub fn transport(&self) -> Arc<dyn Transport> {
        Arc::new(Http {
            clients: self.clone(),
            shared: OnceLock::new(),
            own: OnceLock::new(),
        })
    }

    fn build(&self, channel: Channel) -> Result<Client, Failure> {
        let options = &self.options;
        if !options.more_authorities.is_empty() {
            self.tls.config()?; // a certificate that is none fails requests without TLS too
        }
        let user_agent = HeaderValue::from_str(&options.user_agent)
            .map_err(|problem| Failure::ConnectFailed(problem.to_string()))?;
        let protocols: &[&str] = match channel {
            Channel::Shared => &["h2", "http/1.1"],
            Channel::Own => &["http/1.1"],
        };
        let connector = Connector::new(
            options.connect_timeout,
            self.tls.clone(),
            protocols,
            Arc::new(proxies(&options.proxy)?),
            user_agent,
        );
        Ok(Client {
            proxies: connector.proxies.clone(),
            user_agent: connector.user_agent.clone(),
            hyper: client(connector),
        })
    }
}

fn client(connector: Connector) -> legacy::Client<Connector, Empty<Bytes>> {
    legacy::Client::builder(TokioExecutor::new())
        .timer(TokioTimer::new())
        .pool_timer(TokioTimer::new())
        .pool_max_idle_per_host(64)
        .http1_ignore_invalid_headers_in_responses(true)
        .http2_max_header_list_size(256 * 1024)
        // One stream that is not read must not stop its neighbours.
        .http2_initial_stream_window_size(1024 * 1024)
        .http2_initial_connection_window_size(64 * 1024 * 1024)
        .build(connector)
}

/// Which URLs go through which proxy.
fn proxies(proxy: &Proxy) -> Result<Matcher, Failure> {
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

/// A client for one kind of connection.
struct Client {
    hyper: legacy::Client<Connector, Empty<Bytes>>,
    proxies: Arc<Matcher>,
    user_agent: HeaderValue,
}

impl Client {
    /// Puts in what is sent with every request, unless the person has said something else.
    fn complete(&self, uri: &Uri, headers: &mut HeaderMap) {
        let login = self
            .proxies
            .intercept(uri)
            .filter(|proxy| forwards(proxy) && uri.scheme_str() == Some("http"))
            .and_then(|proxy| proxy.basic_auth().cloned());
        for (name, value) in [
            (ACCEPT, Some(HeaderValue::from_static("*/*"))),
            (ACCEPT_ENCODING, Some(HeaderValue::from_static("identity"))),
            (USER_AGENT, Some(self.user_agent.clone())),
            (PROXY_AUTHORIZATION, login),
        ] {
            if let Some(value) = value {
                headers.entry(name).or_insert(value);
            }
        }
    }

    /// Sends it. A kept connection may have died while nobody looked: that is no failed try.
    /// (hyper itself repeats what was never sent.)
    async fn send(&self, request: Request) -> Result<http::Response<Incoming>, Failure> {
        // Whoever has just read a body to its end asks before hyper has put the connection back:
        // a turn later it is there, and no other one is opened in vain.
        tokio::task::yield_now().await;
        let first = self.hyper.request(request.clone()).await;
        let sent = match first {
            Err(problem) if was_kept(&problem) => self.hyper.request(request).await,
            sent => sent,
        };
        sent.map_err(|problem| error::failure(&problem))
    }
}

/// Whether a request was lost with a connection that had brought answers before.
fn was_kept(problem: &legacy::Error) -> bool {
    let mut extras = Extensions::new();
    if let Some(connected) = problem.connect_info() {
        connected.get_extras(&mut extras);
    }
    let wire = extras.get::<Arc<Wire>>();
    wire.is_some_and(|wire| wire.has_answered())
        && matches!(error::failure(problem), Failure::ConnectionLost(_))
}

/// Two clients, each made when it is first needed.
struct Http {
    clients: Clients,
    shared: OnceLock<Arc<Client>>,
    own: OnceLock<Arc<Client>>,
}

impl Http {
    fn client(&self, channel: Channel) -> Result<Arc<Client>, Failure> {
        let cell = match channel {
            Channel::Shared => &self.shared,
            Channel::Own => &self.own,
        };
        if let Some(client) = cell.get() {
            return Ok(client.clone());
        }
        let client = Arc::new(self.clients.build(channel)?);
        Ok(cell.get_or_init(|| client).clone())
    }

    fn request(&self, client: &Client, query: &Query, url: &Url) -> Result<Request, Failure> {
        let mut request = Request::default();
        if query.head_only {
            *request.method_mut() = Method::HEAD;
        }
        *request.uri_mut() = Uri::try_from(url.as_str())
            .map_err(|problem| Failure::ConnectFailed(problem.to_string()))?;
        let mut headers = query.headers.clone();
        if let Some(asked) = query.range {
            let end = asked.end.map(|end| end.to_string()).unwrap_or_default();
            let range = HeaderValue::try_from(format!("bytes={}-{end}", asked.start));
            headers.insert(RANGE, range.expect("digits and a dash are a value"));
        }
        client.complete(request.uri(), &mut headers);
        self.clients.cookies.add(&mut headers, url);
        *request.headers_mut() = headers;
        Ok(request)
    }
}

impl Transport for Http {
    fn send(&self, query: Query) -> Pin<Box<dyn Future<Output = Result<Reply, Failure>> + Send>> {
        let mut url = query.link.url();
        // User and password travel as a header, where they may: engine/fetch sees to that.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        let ready = self.client(query.channel).and_then(|client| {
            let request = self.request(&client, &query, &url)?;
            Ok((client, request))
        });
        let cookies = self.clients.cookies.clone();
        Box::pin(async move {
            let (client, request) = ready?;
            let (head, body) = client.send(request).await?.into_parts();
            cookies.keep(&head.headers, &url);
            let wire = head.extensions.get::<Arc<Wire>>().cloned();
            if let Some(wire) = &wire {
                wire.note_answer();
            }
            Ok(Reply {
                status: head.status.as_u16(),
                headers: head.headers,
                via: Via {
                    version: head.version,
                    address: wire.as_ref().and_then(|wire| wire.peer()),
                    wire,
                },
                body: Box::new(HttpBody(body)),
            })
        })
    }
}

struct HttpBody(Incoming);

impl Body for HttpBody {
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Failure>>> {
        loop {
            return match Pin::new(&mut self.0).poll_frame(context) {
                Poll::Pending => Poll::Pending,
                Poll::Ready(None) => Poll::Ready(None),
                Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                    Ok(chunk) => Poll::Ready(Some(Ok(chunk))),
                    Err(_trailers) => continue,
                },
                Poll::Ready(Some(Err(problem))) => Poll::Ready(Some(Err(error::in_body(&problem)))),
            };
        }
    }
}
