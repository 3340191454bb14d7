//! One accepted connection, plain or TLS: reading heads, writing while watching whether the client left.

use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, sleep_until};
use tokio_rustls::server::TlsStream;

use super::reply::Pace;

/// A head longer than this is no head.
const LONGEST_HEAD: usize = 256 << 10;

pub trait Socket: AsyncRead + AsyncWrite + Unpin + Send {
    fn tcp(&self) -> &TcpStream;
}

impl Socket for TcpStream {
    fn tcp(&self) -> &TcpStream {
        self
    }
}

impl Socket for TlsStream<TcpStream> {
    fn tcp(&self) -> &TcpStream {
        self.get_ref().0
    }
}

pub struct Wire {
    socket: Box<dyn Socket>,
    /// Bytes that came and were not used yet.
    pending: Vec<u8>,
}

impl Wire {
    pub fn new(socket: Box<dyn Socket>) -> Self {
        Self {
            socket,
            pending: Vec::new(),
        }
    }

    /// The next request's head, without its empty line; nothing when the client left or talks nonsense.
    pub async fn read_head(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.pending.windows(4).position(|four| four == b"\r\n\r\n") {
                let head = String::from_utf8_lossy(&self.pending[..end]).into_owned();
                self.pending.drain(..end + 4);
                return Some(head);
            }
            let full = self.pending.len() > LONGEST_HEAD;
            if full || self.socket.read_buf(&mut self.pending).await.ok()? == 0 {
                return None;
            }
        }
    }

    /// Writes all of `bytes`; an error as soon as the client has left.
    pub async fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let n = poll_fn(|cx| {
                self.poll_left(cx)?;
                Pin::new(&mut self.socket).poll_write(cx, bytes)
            })
            .await?;
            bytes = &bytes[n..];
        }
        self.socket.flush().await
    }

    /// Waits; an error as soon as the client has left.
    pub async fn pause(&mut self, time: Duration) -> io::Result<()> {
        if time.is_zero() {
            return Ok(());
        }
        tokio::select! {
            error = self.left() => Err(error),
            () = sleep(time) => Ok(()),
        }
    }

    /// Waits for as long as the client stays.
    pub async fn left(&mut self) -> io::Error {
        poll_fn(|cx| match self.poll_left(cx) {
            Ok(()) => Poll::Pending,
            Err(error) => Poll::Ready(error),
        })
        .await
    }

    /// Says goodbye as the protocol wants it: close_notify, FIN.
    pub async fn close(mut self) {
        let _ = self.socket.shutdown().await;
    }

    /// FIN alone.
    pub fn cut(self) {}

    /// RST.
    pub fn reset(self) {
        let _ = self.socket.tcp().set_zero_linger();
    }

    /// Looks for the end of what the client sends, keeping what it sends meanwhile.
    fn poll_left(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        let mut space = [0; 4096];
        while self.pending.len() <= LONGEST_HEAD {
            let mut buffer = ReadBuf::new(&mut space);
            match Pin::new(&mut self.socket).poll_read(cx, &mut buffer) {
                Poll::Pending => break,
                Poll::Ready(Err(error)) => return Err(error),
                Poll::Ready(Ok(())) if buffer.filled().is_empty() => {
                    return Err(ErrorKind::BrokenPipe.into());
                }
                Poll::Ready(Ok(())) => self.pending.extend(buffer.filled()),
            }
        }
        Ok(())
    }
}

/// When the next piece may go, and how large it may be.
pub struct Pacer {
    pace: Pace,
    started: Instant,
}

impl Pacer {
    pub fn new(pace: Pace) -> Self {
        Self {
            pace,
            started: Instant::now(),
        }
    }

    /// At a rate, what belongs to 5 ms: smooth, and no more often than a timer can fire.
    pub fn piece(&self) -> usize {
        match self.pace.rate {
            Some(rate) => self.pace.piece.min((rate as usize / 200).max(1)),
            None => self.pace.piece,
        }
    }

    /// Waits until the byte after `sent` may go.
    pub async fn turn(&self, sent: u64) {
        if sent > 0 && !self.pace.between.is_zero() {
            sleep(self.pace.between).await;
        }
        if let Some(rate) = self.pace.rate {
            sleep_until(self.started + Duration::from_secs_f64(sent as f64 / rate as f64)).await;
        }
    }
}
