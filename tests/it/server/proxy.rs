//! An HTTP proxy: absolute-form requests and CONNECT, and its ways to refuse.
//!
//! Every name leads to this machine, so a test may ask for `http://files.example:PORT/` and see who resolved it.

use std::io;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

use super::auth::basic;
use super::background::Background;
use super::request::Request;

/// One thing a proxy was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// `CONNECT`, the method of an absolute-form request, or `SOCKS`.
    pub how: String,
    pub host: String,
    pub port: u16,
    /// All header lines, or the user and password of SOCKS.
    pub said: String,
}

/// What was asked of a proxy, in order.
#[derive(Clone, Debug, Default)]
pub struct Record(Arc<Mutex<Vec<Asked>>>);

impl Record {
    pub fn push(&self, asked: Asked) {
        self.0.lock().expect("pushing does not panic").push(asked);
    }

    pub fn all(&self) -> Vec<Asked> {
        self.0.lock().expect("pushing does not panic").clone()
    }
}

/// What an HTTP proxy does with those who come.
#[derive(Clone, Debug)]
pub enum Manner {
    Serves,
    /// Answers everything with this status.
    Refuses(u16),
    /// 407 without this user and password.
    Wants(&'static str, &'static str),
    /// Half an answer to CONNECT, then FIN.
    Breaks,
}

pub struct Proxy {
    record: Record,
    port: u16,
    _background: Background,
}

impl Proxy {
    pub fn start(manner: Manner) -> Self {
        let record = Record::default();
        let (background, address) = Background::listen({
            let record = record.clone();
            move |listener| accept(listener, manner, record)
        });
        Self {
            record,
            port: address.port(),
            _background: background,
        }
    }

    pub fn url(&self) -> String {
        self.url_with("")
    }

    /// With `user:password@` in it.
    pub fn url_with(&self, login: &str) -> String {
        format!("http://{login}127.0.0.1:{}", self.port)
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.record.all()
    }
}

async fn accept(listener: TcpListener, manner: Manner, record: Record) {
    while let Ok((socket, _)) = listener.accept().await {
        let (manner, record) = (manner.clone(), record.clone());
        tokio::spawn(async move { serve(socket, &manner, &record).await });
    }
}

/// Answers until one request is let through; that one has the connection to itself.
async fn serve(mut client: TcpStream, manner: &Manner, record: &Record) -> io::Result<()> {
    loop {
        let head = read_head(&mut client).await?;
        let target = head.split(' ').nth(1).unwrap_or_default();
        let how = head.split(' ').next().unwrap_or_default().to_owned();
        let authority = target
            .split_once("://")
            .map_or(target, |(_, rest)| rest.split('/').next().unwrap_or(rest));
        let (host, port) = authority.rsplit_once(':').unwrap_or((authority, "80"));
        let port = port.parse().unwrap_or(80);
        record.push(Asked {
            how: how.clone(),
            host: host.to_owned(),
            port,
            said: head.clone(),
        });
        let Some(request) = Request::parse(&head) else {
            return Ok(());
        };
        match refusal(&request, manner) {
            Some(answer) => client.write_all(answer.as_bytes()).await?,
            None if matches!(manner, Manner::Breaks) => {
                return client.write_all(b"HTTP/1.1 200 Conn").await;
            }
            None => return pass(client, &how, &request, port).await,
        }
    }
}

fn refusal(request: &Request, manner: &Manner) -> Option<String> {
    match manner {
        Manner::Serves | Manner::Breaks => None,
        Manner::Refuses(status) => {
            Some(format!("HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n"))
        }
        Manner::Wants(user, password) => {
            let wanted = basic(user, password);
            (request.header("proxy-authorization") != Some(&wanted)).then(|| {
                let challenge = "Proxy-Authenticate: Basic realm=\"the way out\"";
                format!("HTTP/1.1 407 Who are you\r\n{challenge}\r\nContent-Length: 0\r\n\r\n")
            })
        }
    }
}

/// Connects the two, after telling the one that asked, or the other what it asked for.
async fn pass(mut client: TcpStream, how: &str, request: &Request, port: u16) -> io::Result<()> {
    let Ok(mut server) = TcpStream::connect(("127.0.0.1", port)).await else {
        return client
            .write_all(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
            .await;
    };
    match how {
        "CONNECT" => {
            client
                .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
                .await?
        }
        _ => server.write_all(forwarded(request).as_bytes()).await?,
    }
    copy_bidirectional(&mut client, &mut server).await.map(drop)
}

/// The request as a proxy sends it on: origin form, its own headers gone, one request a connection.
fn forwarded(request: &Request) -> String {
    let own = |name: &str| {
        name.to_ascii_lowercase().starts_with("proxy-") || name.eq_ignore_ascii_case("connection")
    };
    let lines = request.headers.0.iter().filter(|(name, _)| !own(name));
    let lines: String = lines
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    format!(
        "{} {} HTTP/1.1\r\n{lines}Via: 1.1 test\r\nConnection: close\r\n\r\n",
        request.method, request.target
    )
}

/// One byte at a time: what follows the head belongs to the other side.
async fn read_head(client: &mut TcpStream) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && head.len() < 64 << 10 {
        head.push(client.read_u8().await?);
    }
    Ok(String::from_utf8_lossy(&head).trim_end().to_owned())
}
