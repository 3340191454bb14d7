//! A connection that HTTP can be spoken on: TCP, or TLS over one (twice, for https through
//! an https proxy). At its bottom there is always a TCP connection that we opened ourselves.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use hyper_util::client::legacy::connect::{Connected, Connection};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_rustls::client::TlsStream;

use super::tapped::Tapped;
use crate::engine::wire::Wire;

/// The connection.
#[derive(Debug)]
pub struct Stream {
    layer: Layer,
    forwards: bool,
}

#[derive(Debug)]
enum Layer {
    Tcp(Tapped),
    Tls(Box<TlsStream<Stream>>),
}

impl Stream {
    /// Nothing but TCP.
    pub fn tcp(tapped: Tapped) -> Self {
        Self {
            layer: Layer::Tcp(tapped),
            forwards: false,
        }
    }

    /// After a handshake.
    pub fn tls(tls: TlsStream<Self>) -> Self {
        Self {
            layer: Layer::Tls(Box::new(tls)),
            forwards: false,
        }
    }

    /// It ends at a proxy that wants whole URLs and asks for them itself.
    pub fn forwarding(self) -> Self {
        Self {
            forwards: true,
            ..self
        }
    }

    /// The handle of the TCP connection.
    pub fn wire(&self) -> &Arc<Wire> {
        match &self.layer {
            Layer::Tcp(tapped) => tapped.wire(),
            Layer::Tls(tls) => tls.get_ref().0.wire(),
        }
    }

    fn speaks_h2(&self) -> bool {
        match &self.layer {
            Layer::Tcp(_) => false,
            Layer::Tls(tls) => tls.get_ref().1.alpn_protocol() == Some(b"h2"),
        }
    }
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        let connected = Connected::new()
            .proxy(self.forwards)
            .extra(self.wire().clone());
        if self.speaks_h2() {
            connected.negotiated_h2()
        } else {
            connected
        }
    }
}

/// Calls the same method of whichever layer it is.
macro_rules! on_layer {
    ($stream:expr, $method:ident($($argument:expr),*)) => {
        match &mut $stream.layer {
            Layer::Tcp(tapped) => Pin::new(tapped).$method($($argument),*),
            Layer::Tls(tls) => Pin::new(&mut **tls).$method($($argument),*),
        }
    };
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        on_layer!(self, poll_read(context, buffer))
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        on_layer!(self, poll_write(context, bytes))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        on_layer!(self, poll_write_vectored(context, slices))
    }

    fn is_write_vectored(&self) -> bool {
        match &self.layer {
            Layer::Tcp(tapped) => tapped.is_write_vectored(),
            Layer::Tls(tls) => tls.is_write_vectored(),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        on_layer!(self, poll_flush(context))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        on_layer!(self, poll_shutdown(context))
    }
}
