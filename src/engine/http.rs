//! The transport over reqwest. Nothing outside this file and its folder knows it.
//!
//! reqwest is kept from what it likes to do on its own: it follows no redirect,
//! sends no referer, retries nothing, decompresses nothing, and its timeouts for
//! reading are not used (they run while we pause; the worker has its own).

mod error;

use std::collections::HashSet;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::Body as _;
use reqwest::cookie::Jar;

use super::config::StartError;
use super::config::{NetworkOptions, Proxy};
use super::transport::{Body, Channel, Query, Reply, Transport, Via};
use crate::download::Failure;
use crate::download::failure::CertificateProblem;
use crate::queue::JobNetwork;

/// What all clients of one engine share: options and cookies.
#[derive(Clone)]
pub struct Clients {
    options: Arc<NetworkOptions>,
    cookies: Arc<Jar>,
}

impl Clients {
    /// Checks the options by making one client of them.
    ///
    /// # Errors
    /// `StartError::Network`: a proxy's URL or a certificate that is none.
    pub fn new(options: NetworkOptions) -> Result<Self, StartError> {
        if let Proxy::Url(url) = &options.proxy {
            proxy(url)?;
        }
        authorities(&options)?;
        Ok(Self {
            options: Arc::new(options),
            cookies: Arc::default(),
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
        Self {
            options: Arc::new(self.options.with(own)),
            cookies: self.cookies.clone(),
        }
    }

    /// A transport for one payload thread: its connections live and are polled there.
    #[must_use]
    pub fn transport(&self) -> Arc<dyn Transport> {
        Arc::new(Http {
            clients: self.clone(),
            answered: Arc::default(),
            shared: OnceLock::new(),
            own: OnceLock::new(),
        })
    }

    fn build(&self, channel: Channel) -> Result<reqwest::Client, Failure> {
        let options = &self.options;
        let mut builder = reqwest::Client::builder()
            .user_agent(&options.user_agent)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            .connect_timeout(options.connect_timeout)
            .cookie_provider(self.cookies.clone())
            .http1_ignore_invalid_headers_in_responses(true)
            .http2_max_header_list_size(256 * 1024)
            // One stream that is not read must not stop its neighbours.
            .http2_initial_stream_window_size(1024 * 1024)
            .http2_initial_connection_window_size(64 * 1024 * 1024)
            .tcp_nodelay(true)
            .pool_max_idle_per_host(64);
        if channel == Channel::Own {
            builder = builder.http1_only();
        }
        builder = match &options.proxy {
            Proxy::System => builder,
            Proxy::Direct => builder.no_proxy(),
            Proxy::Url(url) => builder.proxy(proxy(url).map_err(|_| Failure::ProxyInvalid)?),
        };
        let authorities = authorities(options).map_err(|error| untrusted(error.to_string()))?;
        if !authorities.is_empty() {
            builder = builder.tls_certs_merge(authorities);
        }
        builder
            .build()
            .map_err(|error| error::failure(error, &self.options))
    }
}

/// An authority that is none.
fn untrusted(reason: String) -> Failure {
    Failure::Certificate(CertificateProblem::Other(reason))
}

fn proxy(url: &str) -> Result<reqwest::Proxy, StartError> {
    let wrong = |_| StartError::Network("the proxy is not a URL this program can use".to_owned());
    reqwest::Proxy::all(url).map_err(wrong)
}

fn authorities(options: &NetworkOptions) -> Result<Vec<reqwest::Certificate>, StartError> {
    let mut all = Vec::new();
    for pem in &options.more_authorities {
        let some = reqwest::Certificate::from_pem_bundle(pem).map_err(|_| {
            StartError::Network("the certificate authority's file is not PEM".to_owned())
        })?;
        if some.is_empty() {
            return Err(StartError::Network(
                "there is no certificate in the file".to_owned(),
            ));
        }
        all.extend(some);
    }
    Ok(all)
}

/// Two clients, each made when it is first needed (the TLS roots take time to read).
struct Http {
    clients: Clients,
    /// Origins that have answered: a connection to them may be an old one.
    answered: Arc<Mutex<HashSet<String>>>,
    shared: OnceLock<reqwest::Client>,
    own: OnceLock<reqwest::Client>,
}

impl Http {
    fn client(&self, channel: Channel) -> Result<reqwest::Client, Failure> {
        let cell = match channel {
            Channel::Shared => &self.shared,
            Channel::Own => &self.own,
        };
        if let Some(client) = cell.get() {
            return Ok(client.clone());
        }
        let client = self.clients.build(channel)?;
        Ok(cell.get_or_init(|| client).clone())
    }

    fn request(&self, query: &Query) -> Result<reqwest::RequestBuilder, Failure> {
        let client = self.client(query.channel)?;
        let method = if query.head_only {
            reqwest::Method::HEAD
        } else {
            reqwest::Method::GET
        };
        let mut url = query.link.url();
        let _ = url.set_username("");
        let _ = url.set_password(None);
        // User and password travel as a header, where they may: engine/fetch sees to that.
        let mut request = client
            .request(method, url)
            .header(http::header::ACCEPT_ENCODING, "identity")
            .headers(query.headers.clone());
        if let Some(asked) = query.range {
            let end = asked.end.map(|end| end.to_string()).unwrap_or_default();
            request = request.header(http::header::RANGE, format!("bytes={}-{end}", asked.start));
        }
        Ok(request)
    }
}

impl Transport for Http {
    fn send(&self, query: Query) -> Pin<Box<dyn Future<Output = Result<Reply, Failure>> + Send>> {
        let request = self.request(&query);
        let options = self.clients.options.clone();
        let (answered, origin) = (self.answered.clone(), query.link.origin());
        Box::pin(async move {
            let request = request?;
            let again = request.try_clone();
            let mut sent = request
                .send()
                .await
                .map_err(|problem| error::failure(problem, &options));
            // A kept connection may have died while nobody looked: that is no failed try.
            if let (Err(Failure::ConnectionLost(_)), Some(again)) = (&sent, again)
                && lock(&answered).contains(&origin)
            {
                sent = again
                    .send()
                    .await
                    .map_err(|problem| error::failure(problem, &options));
            }
            let answer = sent?;
            if !lock(&answered).contains(&origin) {
                lock(&answered).insert(origin);
            }
            let status = answer.status().as_u16();
            let via = Via {
                version: answer.version(),
                address: answer.remote_addr(),
            };
            let (head, body) = http::Response::<reqwest::Body>::from(answer).into_parts();
            Ok(Reply {
                status,
                headers: head.headers,
                via,
                body: Box::new(HttpBody(body)),
            })
        })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

struct HttpBody(reqwest::Body);

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
                Poll::Ready(Some(Err(problem))) => Poll::Ready(Some(Err(error::in_body(problem)))),
            };
        }
    }
}
