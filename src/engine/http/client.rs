//! hyper's client, told what it may do: keep connections, and nothing on its own.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{ACCEPT, ACCEPT_ENCODING, PROXY_AUTHORIZATION, USER_AGENT};
use http::{Extensions, HeaderMap, HeaderValue, Uri};
use http_body_util::Empty;
use hyper::body::Incoming;
use hyper_util::client::legacy;
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::connect::{Connector, forwards};
use super::error;
use crate::download::Failure;
use crate::engine::wire::Wire;

/// A GET has no body.
pub type Request = http::Request<Empty<Bytes>>;

/// A client for one kind of connection.
pub struct Client {
    hyper: legacy::Client<Connector, Empty<Bytes>>,
    proxies: Arc<Matcher>,
    user_agent: HeaderValue,
}

impl Client {
    /// Over connections that this one opens.
    pub fn new(connector: Connector) -> Self {
        Self {
            proxies: connector.proxies.clone(),
            user_agent: connector.user_agent.clone(),
            hyper: client(connector),
        }
    }

    /// Puts in what is sent with every request, unless the person has said something else.
    pub fn complete(&self, uri: &Uri, headers: &mut HeaderMap) {
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
    pub async fn send(&self, request: Request) -> Result<http::Response<Incoming>, Failure> {
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
