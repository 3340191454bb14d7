//! Connections over loopback: each answer tells of the TCP connection that it came by,
//! whatever lies between, and a kept connection that has died is no failed try.

use std::net::SocketAddr;
use std::sync::atomic::Ordering;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{
    AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader, copy_bidirectional,
};

use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::connect::proxies;
use super::*;
use crate::download::Link;
use crate::engine::config::Proxy;

const PAYLOAD: usize = 300_000;

/// Listens and serves each connection with this, in the background.
async fn listen<F>(at: &str, mut serve: impl FnMut(TcpStream) -> F + Send + 'static) -> SocketAddr
where
    F: Future<Output: Send> + Send + 'static,
{
    let listener = TcpListener::bind(at).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });
    address
}

/// The lines of one head; `None` at the end of the connection.
async fn head(stream: &mut (impl AsyncBufReadExt + Unpin)) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        match stream.read_line(&mut line).await {
            Ok(0) | Err(_) => return None,
            Ok(_) if line == "\r\n" => return Some(lines),
            Ok(_) => lines.push(line.trim_end().to_owned()),
        }
    }
}

/// Answers this many requests by HTTP/1.1; the one after it finds the connection closed.
/// Gives the heads of what was asked.
async fn answer(stream: impl AsyncRead + AsyncWrite + Unpin, times: usize) -> Vec<String> {
    let mut stream = BufReader::new(stream);
    let mut asked = Vec::new();
    loop {
        match head(&mut stream).await {
            Some(lines) if asked.len() < times => asked.push(lines.join("\n")),
            _ => return asked,
        }
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {PAYLOAD}\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&[7; PAYLOAD]).await.unwrap();
        stream.flush().await.unwrap();
    }
}

/// A proxy that leads every CONNECT to one server.
async fn tunnel(client: impl AsyncRead + AsyncWrite + Unpin, server: SocketAddr) {
    let mut client = BufReader::new(client);
    head(&mut client).await.unwrap();
    client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
    let mut server = TcpStream::connect(server).await.unwrap();
    let _ = copy_bidirectional(client.get_mut(), &mut server).await;
}

fn transport(proxy: Option<String>, pem: Option<String>) -> Arc<dyn Transport> {
    let options = NetworkOptions {
        proxy: proxy.map_or(Proxy::Direct, Proxy::Url),
        more_authorities: pem.into_iter().map(String::into_bytes).collect(),
        ..NetworkOptions::default()
    };
    Clients::new(options).unwrap().transport()
}

fn query(url: &str) -> Query {
    Query {
        link: Link::parse(url).unwrap(),
        headers: http::HeaderMap::new(),
        range: None,
        channel: Channel::Own,
        head_only: false,
        rank: None,
    }
}

/// Asks and reads to the end: over which connection.
async fn fetch(transport: &Arc<dyn Transport>, url: &str) -> Via {
    let mut reply = transport.send(query(url)).await.unwrap();
    let mut length = 0;
    while let Some(chunk) = reply.chunk().await {
        length += chunk.unwrap().len();
    }
    assert_eq!(length, PAYLOAD);
    reply.via
}

/// A TLS server for `localhost` and `::1`, and its certificate.
fn acceptor() -> (TlsAcceptor, String) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned(), "::1".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), cert.pem())
}

/// A TLS listener that serves each connection with this.
async fn listen_tls<F>(
    at: &str,
    acceptor: TlsAcceptor,
    serve: impl Fn(TlsStream<TcpStream>) -> F + Clone + Send + Sync + 'static,
) -> SocketAddr
where
    F: Future<Output: Send> + Send + 'static,
{
    listen(at, move |stream| {
        let (acceptor, serve) = (acceptor.clone(), serve.clone());
        async move {
            if let Ok(stream) = acceptor.accept(stream).await {
                serve(stream).await;
            }
        }
    })
    .await
}

#[tokio::test]
async fn an_answer_tells_of_its_connection() {
    let server = listen("127.0.0.1:0", |stream| answer(stream, 9)).await;
    let transport = transport(None, None);
    let first = fetch(&transport, &format!("http://{server}/a")).await;
    let second = fetch(&transport, &format!("http://{server}/b")).await;
    let (first, second) = (first.wire.unwrap(), second.wire.unwrap());
    assert!(
        Arc::ptr_eq(&first, &second),
        "a kept connection is the same"
    );
    assert_eq!(first.peer(), Some(server));
    let received = first.received.load(Ordering::Relaxed) as usize;
    assert!((2 * PAYLOAD..2 * PAYLOAD + 200).contains(&received));
}

#[tokio::test]
async fn the_connection_is_the_one_at_the_bottom() {
    let (acceptor, pem) = acceptor();
    let server = listen_tls("127.0.0.1:0", acceptor.clone(), |stream| answer(stream, 9)).await;
    let open = listen("127.0.0.1:0", move |client| tunnel(client, server)).await;
    let secure = listen_tls("127.0.0.1:0", acceptor, move |client| {
        tunnel(client, server)
    })
    .await;
    let url = format!("https://localhost:{}/a", server.port());
    for (through, peer) in [
        (None, server),
        (Some(format!("http://{open}")), open),
        (Some(format!("https://localhost:{}", secure.port())), secure),
    ] {
        let via = fetch(&transport(through, Some(pem.clone())), &url).await;
        assert_eq!(via.address, Some(peer));
        let received = via.wire.unwrap().received.load(Ordering::Relaxed) as usize;
        assert!(received > PAYLOAD && received < PAYLOAD + 20_000);
    }
}

#[tokio::test]
async fn an_address_in_brackets_has_a_certificate_too() {
    let (acceptor, pem) = acceptor();
    let server = listen_tls("[::1]:0", acceptor, |stream| answer(stream, 9)).await;
    let proxy = listen("127.0.0.1:0", move |client| tunnel(client, server)).await;
    for through in [None, Some(format!("http://{proxy}"))] {
        let transport = transport(through, Some(pem.clone()));
        fetch(&transport, &format!("https://{server}/a")).await;
    }
}

/// Over TLS to the proxy, with whole URLs and the login, and the server is not connected to.
#[tokio::test]
async fn a_secure_proxy_fetches_what_is_not_secret() {
    let (acceptor, pem) = acceptor();
    let (sender, mut asked) = tokio::sync::mpsc::unbounded_channel();
    let proxy = listen_tls("127.0.0.1:0", acceptor, move |stream| {
        let sender = sender.clone();
        async move { sender.send(answer(stream, 1).await.remove(0)) }
    })
    .await;
    let through = format!("https://ann:hush@localhost:{}", proxy.port());
    let transport = transport(Some(through), Some(pem));
    fetch(&transport, "http://far.invalid/a?b").await;
    drop(transport);
    let asked = asked.recv().await.unwrap();
    for line in [
        "GET http://far.invalid/a?b HTTP/1.1",
        "host: far.invalid",
        "proxy-authorization: Basic YW5uOmh1c2g=",
        "accept: */*",
        "accept-encoding: identity",
    ] {
        assert!(asked.lines().any(|there| there == line), "{line}: {asked}");
    }
}

/// Reads are no larger than the step, and all of the file comes.
#[tokio::test]
async fn a_connection_is_read_in_steps() {
    let server = listen("127.0.0.1:0", |stream| answer(stream, 9)).await;
    let transport = transport(None, None);
    let mut reply = transport
        .send(query(&format!("http://{server}/a")))
        .await
        .unwrap();
    let wire = reply.via.wire.clone().unwrap();
    wire.read_at_most(1_000);
    let mut sizes = Vec::new();
    while let Some(chunk) = reply.chunk().await {
        sizes.push(chunk.unwrap().len());
    }
    assert_eq!(sizes.iter().sum::<usize>(), PAYLOAD);
    // (What was read before the step was set is the first of them.)
    assert!(sizes[2..].iter().all(|&size| size <= 1_000), "{sizes:?}");
}

#[tokio::test]
async fn a_kept_connection_that_died_is_no_failed_try() {
    let server = listen("127.0.0.1:0", |stream| answer(stream, 1)).await;
    let transport = transport(None, None);
    let url = format!("http://{server}/a");
    let first = fetch(&transport, &url).await.wire.unwrap();
    let second = fetch(&transport, &url).await.wire.unwrap();
    assert!(!Arc::ptr_eq(&first, &second));
    // A fresh one that dies is one.
    let silent = listen("127.0.0.1:0", |stream| answer(stream, 0)).await;
    let lost = transport.send(query(&format!("http://{silent}/a"))).await;
    assert!(matches!(lost, Err(Failure::ConnectionLost(_))), "{lost:?}");
}

#[test]
fn which_proxies_there_are() {
    let uri = |proxy: &str| {
        let matcher = proxies(&Proxy::Url(proxy.to_owned())).ok()?;
        let found = matcher.intercept(&Uri::from_static("https://far.example/"))?;
        Some(found.uri().to_string())
    };
    for (proxy, expected) in [
        ("http://proxy:3128", Some("http://proxy:3128/")),
        ("http://ann:h%40sh@proxy:3128", Some("http://proxy:3128/")),
        ("https://proxy", Some("https://proxy/")),
        ("socks5://proxy", Some("socks5://proxy:1080/")),
        ("socks5h://[::1]:9", Some("socks5h://[::1]:9/")),
        ("socks4a://proxy", Some("socks4a://proxy:1080/")),
        ("ftp://proxy", None),
        ("no proxy", None),
        ("http://", None),
        ("", None),
    ] {
        assert_eq!(uri(proxy).as_deref(), expected, "{proxy}");
    }
}
