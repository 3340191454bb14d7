//! A body that was compressed though the plain bytes were asked for, made plain again.

use std::io::Write;
use std::task::{Context, Poll};

use bytes::Bytes;
use flate2::write::MultiGzDecoder;

use super::transport::Body;
use crate::download::Failure;

/// The plain bytes of a gzip body. A cut one ends in an error.
pub struct Gunzip {
    body: Box<dyn Body>,
    decoder: MultiGzDecoder<Vec<u8>>,
    rest: Bytes,
    ended: bool,
}

/// So much of the compressed body is unpacked at once.
const STEP: usize = 16 * 1024;

impl Gunzip {
    /// Around a body.
    #[must_use]
    pub fn new(body: Box<dyn Body>) -> Self {
        Self {
            body,
            decoder: MultiGzDecoder::new(Vec::new()),
            rest: Bytes::new(),
            ended: false,
        }
    }
}

impl Body for Gunzip {
    fn is_held(&self) -> bool {
        self.body.is_held()
    }

    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Failure>>> {
        loop {
            let plain = std::mem::take(self.decoder.get_mut());
            if !plain.is_empty() {
                return Poll::Ready(Some(Ok(plain.into())));
            }
            if self.ended {
                return Poll::Ready(None);
            }
            let broken = |_| Failure::ConnectionLost("the compressed body is broken".into());
            if !self.rest.is_empty() {
                // A step at a time: what a bomb unpacks to at once stays bounded.
                let piece = self.rest.split_to(self.rest.len().min(STEP));
                if let Err(failure) = self.decoder.write_all(&piece).map_err(broken) {
                    return Poll::Ready(Some(Err(failure)));
                }
                continue;
            }
            match std::task::ready!(self.body.poll_chunk(context)) {
                Some(Ok(chunk)) => self.rest = chunk,
                Some(Err(failure)) => return Poll::Ready(Some(Err(failure))),
                None => {
                    self.ended = true;
                    if let Err(failure) = self.decoder.try_finish().map_err(broken) {
                        return Poll::Ready(Some(Err(failure)));
                    }
                }
            }
        }
    }
}
