//! The transport over hyper. Nothing outside this file and its folder knows it.
//!
//! The client does what it is asked and no more: it follows no redirect, sends no referer,
//! decompresses nothing, and has no timeouts for reading (they would run while we pause; the
//! worker has its own). Connections are opened by ourselves (`http/connect`), so that each has
//! a [`Wire`].

mod client;
mod connect;
mod cookies;
mod error;
mod socket;
mod steering;
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
use http::header::RANGE;
use http::{HeaderValue, Method, Uri};
use http_body::Body as _;
use hyper::body::Incoming;
use url::Url;

use super::config::{NetworkOptions, StartError};
use super::lines::Lines;
use super::transport::{Body, Channel, Query, Reply, Transport, Via};
use super::wire::Wire;
use crate::download::Failure;
use crate::pace::line::Rank;
use crate::queue::JobNetwork;
use client::{Client, Request};
use connect::Connector;
use cookies::Cookies;
use tls::Tls;

/// What all clients of one engine share: options, cookies, and whom they trust.
#[derive(Clone)]
pub struct Clients {
    options: Arc<NetworkOptions>,
    cookies: Arc<Cookies>,
    tls: Arc<Tls>,
    lines: Arc<Lines>,
}

impl Clients {
    /// Checks the options.
    ///
    /// # Errors
    /// `StartError::Network`: a proxy's URL or a certificate that is none.
    pub fn new(options: NetworkOptions) -> Result<Self, StartError> {
        let wrong = "the proxy is not a URL this program can use";
        connect::proxies(&options.proxy).map_err(|_| StartError::Network(wrong.to_owned()))?;
        let tls = Tls::new(options.more_authorities.clone());
        tls.check()?;
        Ok(Self {
            options: Arc::new(options),
            cookies: Arc::default(),
            tls: Arc::new(tls),
            lines: Arc::default(),
        })
    }

    /// The lines that all connections lead over.
    #[must_use]
    pub fn lines(&self) -> Arc<Lines> {
        self.lines.clone()
    }

    /// The same, with other options; cookies stay, and what is known of lines.
    ///
    /// # Errors
    /// As for [`Clients::new`].
    pub fn with(&self, options: NetworkOptions) -> Result<Self, StartError> {
        Ok(Self {
            cookies: self.cookies.clone(),
            lines: self.lines.clone(),
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
            lines: self.lines.clone(),
        }
    }

    /// A transport for one payload thread: its connections live and are polled there.
    #[must_use]
    pub fn transport(&self) -> Arc<dyn Transport> {
        Arc::new(Http {
            clients: self.clone(),
            clients_of: Default::default(),
        })
    }

    fn build(&self, channel: Channel, rank: Option<Rank>) -> Result<Client, Failure> {
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
        Ok(Client::new(Connector::new(
            options.connect_timeout,
            self.tls.clone(),
            protocols,
            Arc::new(connect::proxies(&options.proxy)?),
            user_agent,
            rank,
            self.lines.clone(),
        )))
    }
}

/// A client for each kind of connection, and two for who takes only what is free: on one
/// connection all behave alike. Each is made when it is first needed.
struct Http {
    clients: Clients,
    clients_of: [OnceLock<Arc<Client>>; 4],
}

impl Http {
    fn client(&self, channel: Channel, rank: Option<Rank>) -> Result<Arc<Client>, Failure> {
        let cell = match (channel, rank) {
            (Channel::Shared, None) => &self.clients_of[0],
            (Channel::Own, None) => &self.clients_of[1],
            (Channel::Shared, Some(_)) => &self.clients_of[2],
            (Channel::Own, Some(_)) => &self.clients_of[3],
        };
        if let Some(client) = cell.get() {
            return Ok(client.clone());
        }
        let client = Arc::new(self.clients.build(channel, rank)?);
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
        let ready = self.client(query.channel, query.rank).and_then(|client| {
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
