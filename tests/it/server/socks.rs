//! A SOCKS5 proxy (RFC 1928, 1929), with or without a login. It leads everyone to this machine.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

use super::background::Background;
use super::proxy::{Asked, Record};

type Login = Option<(&'static str, &'static str)>;

pub struct Socks {
    record: Record,
    port: u16,
    _background: Background,
}

impl Socks {
    pub fn start() -> Self {
        Self::run(None)
    }

    pub fn start_with_login(user: &'static str, password: &'static str) -> Self {
        Self::run(Some((user, password)))
    }

    fn run(login: Login) -> Self {
        let record = Record::default();
        let (background, address) = Background::listen({
            let record = record.clone();
            move |listener| accept(listener, login, record)
        });
        Self {
            record,
            port: address.port(),
            _background: background,
        }
    }

    /// `scheme` is socks5 or socks5h; `login` is empty or `user:password@`.
    pub fn url(&self, scheme: &str, login: &str) -> String {
        format!("{scheme}://{login}127.0.0.1:{}", self.port)
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.record.all()
    }
}

async fn accept(listener: TcpListener, login: Login, record: Record) {
    while let Ok((socket, _)) = listener.accept().await {
        let record = record.clone();
        tokio::spawn(async move { serve(socket, login, &record).await });
    }
}

async fn serve(mut client: TcpStream, login: Login, record: &Record) -> io::Result<()> {
    let Some(said) = greet(&mut client, login).await? else {
        return Ok(());
    };
    let (host, port) = target(&mut client).await?;
    record.push(Asked {
        how: "SOCKS".to_owned(),
        host,
        port,
        said,
    });
    let server = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await;
    let status = if server.is_ok() { 0 } else { 5 };
    client
        .write_all(&[5, status, 0, 1, 127, 0, 0, 1, 0, 0])
        .await?;
    copy_bidirectional(&mut client, &mut server?)
        .await
        .map(drop)
}

/// Agrees on who is there: what was said, or nothing where the door stays shut.
async fn greet(client: &mut TcpStream, login: Login) -> io::Result<Option<String>> {
    let _version = client.read_u8().await?;
    let methods = short(client).await?;
    let wanted = if login.is_some() { 2 } else { 0 };
    if !methods.contains(&wanted) {
        client.write_all(&[5, 0xFF]).await?;
        return Ok(None);
    }
    client.write_all(&[5, wanted]).await?;
    let Some((user, password)) = login else {
        return Ok(Some(String::new()));
    };
    let _version = client.read_u8().await?;
    let (said_user, said_password) = (short(client).await?, short(client).await?);
    let right = said_user == user.as_bytes() && said_password == password.as_bytes();
    client.write_all(&[1, u8::from(!right)]).await?;
    Ok(right.then(|| format!("{user}:{password}")))
}

/// Where to: a name stays a name.
async fn target(client: &mut TcpStream) -> io::Result<(String, u16)> {
    let mut start = [0; 4];
    client.read_exact(&mut start).await?;
    let host = match start[3] {
        1 => Ipv4Addr::from(client.read_u32().await?).to_string(),
        4 => Ipv6Addr::from(client.read_u128().await?).to_string(),
        _ => String::from_utf8_lossy(&short(client).await?).into_owned(),
    };
    Ok((host, client.read_u16().await?))
}

/// Bytes behind their own count.
async fn short(client: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; usize::from(client.read_u8().await?)];
    client.read_exact(&mut bytes).await?;
    Ok(bytes)
}
