//! The TCP stream under everything else, with its [`Wire`].
//!
//! All bytes that come from the network come through [`Tapped::read`], straight into the
//! buffer of whoever reads; what is sent passes by untouched.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::steering::Steering;
use crate::engine::wire::Wire;

/// A connection of ours.
#[derive(Debug)]
pub struct Tapped {
    stream: TcpStream,
    wire: Arc<Wire>,
    steering: Steering,
}

impl Tapped {
    /// With its handle.
    pub fn new(stream: TcpStream, wire: Arc<Wire>) -> Self {
        if let Ok(peer) = stream.peer_addr() {
            wire.leads_to(peer);
        }
        let mut steering = Steering::default();
        steering.begin(&stream, &wire);
        Self {
            stream,
            wire,
            steering,
        }
    }

    /// The handle.
    pub fn wire(&self) -> &Arc<Wire> {
        &self.wire
    }

    fn read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        let before = buffer.filled().len();
        let step = this.wire.step();
        if step >= buffer.remaining() {
            ready!(
                this.steering
                    .poll_read(&mut this.stream, &this.wire, context, buffer)
            )?;
        } else {
            let mut part = ReadBuf::new(buffer.initialize_unfilled_to(step));
            ready!(
                this.steering
                    .poll_read(&mut this.stream, &this.wire, context, &mut part)
            )?;
            let read = part.filled().len();
            buffer.advance(read);
        }
        let read = buffer.filled().len() - before;
        this.wire.received.fetch_add(read as u64, Ordering::Relaxed);
        Poll::Ready(Ok(()))
    }
}

impl AsyncRead for Tapped {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.read(context, buffer)
    }
}

impl AsyncWrite for Tapped {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.wire.note_asked();
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.wire.note_asked();
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    async fn pair() -> (Tapped, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let near = TcpStream::connect(listener.local_addr().unwrap())
            .await
            .unwrap();
        (
            Tapped::new(near, Wire::new(None, Arc::default())),
            listener.accept().await.unwrap().0,
        )
    }

    #[tokio::test]
    async fn a_step_bounds_each_read_and_every_byte_is_counted() {
        let (mut near, mut far) = pair().await;
        assert_eq!(near.wire().peer(), far.local_addr().ok());
        let sent: Vec<u8> = (0..2000_u32).map(|n| (n % 251) as u8).collect();
        far.write_all(&sent).await.unwrap();
        drop(far);
        let wire = near.wire().clone();
        let (mut come, mut buffer) = (Vec::new(), [0; 700]);
        for (step, most) in [(64, 64), (0, 1), (700, 700), (usize::MAX, 700)] {
            wire.read_at_most(step);
            let read = near.read(&mut buffer).await.unwrap();
            assert!((1..=most).contains(&read), "{step}: {read}");
            come.extend_from_slice(&buffer[..read]);
            assert_eq!(wire.received.load(Ordering::Relaxed), come.len() as u64);
        }
        wire.read_at_most(100);
        near.read_to_end(&mut come).await.unwrap();
        assert_eq!(come, sent);
        assert_eq!(wire.received.load(Ordering::Relaxed), 2000);
    }
}
