//! An answer as a value: what the head says, what the body is, and how badly it is delivered.
//!
//! HTTP/1.1 writes it byte for byte, so it may contradict itself; HTTP/2 takes from it what can be said there.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use super::payload::Payload;

#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub head: Head,
    pub headers: Vec<(Vec<u8>, Vec<u8>)>,
    pub body: Body,
    pub framing: Framing,
    pub pace: Pace,
    pub ending: Ending,
}

/// How the head is spelled.
#[derive(Clone, Debug)]
pub struct Head {
    pub version: &'static str,
    /// The reason phrase; the usual one if nothing is said.
    pub reason: Option<String>,
    pub lower_case: bool,
    /// Written before it: 1xx answers.
    pub interim: Vec<u8>,
    /// Written instead of it: garbage, half a head, or not a byte.
    pub raw: Option<Vec<u8>>,
}

/// How the end of the body is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// By a Content-Length, added and true.
    Length,
    Chunked,
    /// By closing. Nothing is added: a Content-Length among the headers may say anything.
    UntilClose,
}

/// Where the body ends. All but the first count body bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Whole,
    /// Then silence, until the client leaves.
    StallAfter(u64),
    /// Then FIN: no last chunk, no close_notify.
    CutAfter(u64),
    /// Then RST; in HTTP/2 RST_STREAM.
    ResetAfter(u64),
    /// Then GOAWAY, and the rest: HTTP/2 only.
    GoAwayAfter(u64),
}

impl Ending {
    /// The most body bytes it lets through.
    pub fn limit(self) -> u64 {
        match self {
            Self::Whole | Self::GoAwayAfter(_) => u64::MAX,
            Self::StallAfter(n) | Self::CutAfter(n) | Self::ResetAfter(n) => n,
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Pace {
    pub before_head: Duration,
    /// Before each byte of the head.
    pub head_byte: Duration,
    pub before_body: Duration,
    /// The body goes out in pieces of this size, this far apart.
    pub piece: usize,
    pub between: Duration,
    /// Bytes a second.
    pub rate: Option<u64>,
}

/// A body is pieces in a row; any of them can be read at any place.
#[derive(Clone, Debug, Default)]
pub struct Body(Vec<Piece>);

#[derive(Clone, Debug)]
enum Piece {
    Bytes(Arc<[u8]>),
    Payload(Payload, Range<u64>),
}

impl Piece {
    fn len(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Payload(_, range) => range.end - range.start,
        }
    }

    fn read(&self, offset: u64, out: &mut [u8]) {
        match self {
            Self::Bytes(bytes) => out.copy_from_slice(&bytes[offset as usize..][..out.len()]),
            Self::Payload(payload, range) => payload.fill(range.start + offset, out),
        }
    }
}

impl Body {
    pub fn bytes(bytes: impl AsRef<[u8]>) -> Self {
        Self(vec![Piece::Bytes(bytes.as_ref().into())])
    }

    pub fn payload(payload: Payload, range: Range<u64>) -> Self {
        Self(vec![Piece::Payload(payload, range)])
    }

    pub fn endless(seed: u64) -> Self {
        Self::payload(Payload::new(seed, u64::MAX), 0..u64::MAX)
    }

    pub fn then(mut self, next: Self) -> Self {
        self.0.extend(next.0);
        self
    }

    pub fn len(&self) -> u64 {
        self.0.iter().map(Piece::len).sum()
    }

    /// Reads at `offset` into `out`, and says how much: 0 at the end.
    pub fn read_at(&self, mut offset: u64, out: &mut [u8]) -> usize {
        for piece in &self.0 {
            if offset < piece.len() {
                let n = (piece.len() - offset).min(out.len() as u64) as usize;
                piece.read(offset, &mut out[..n]);
                return n;
            }
            offset -= piece.len();
        }
        0
    }
}

impl Reply {
    pub fn status(status: u16) -> Self {
        Self {
            status,
            head: Head {
                version: "HTTP/1.1",
                reason: None,
                lower_case: false,
                interim: vec![],
                raw: None,
            },
            headers: vec![],
            body: Body::default(),
            framing: Framing::Length,
            pace: Pace {
                before_head: Duration::ZERO,
                head_byte: Duration::ZERO,
                before_body: Duration::ZERO,
                piece: 64 << 10,
                between: Duration::ZERO,
                rate: None,
            },
            ending: Ending::Whole,
        }
    }

    /// 200 with these bytes.
    pub fn bytes(bytes: impl AsRef<[u8]>) -> Self {
        Self::status(200).body(Body::bytes(bytes))
    }

    /// These bytes and nothing else, head included; then FIN.
    pub fn raw(bytes: impl AsRef<[u8]>) -> Self {
        let mut reply = Self::status(200).framing(Framing::UntilClose);
        reply.head.raw = Some(bytes.as_ref().to_vec());
        reply
    }

    /// FIN before the first byte.
    pub fn nothing() -> Self {
        Self::raw(b"").cut_after(0)
    }

    /// RST before the first byte.
    pub fn refused() -> Self {
        Self::raw(b"").reset_after(0)
    }

    /// Not a byte, ever.
    pub fn hang() -> Self {
        Self::raw(b"").stall_after(0)
    }

    /// 302 and its kin.
    pub fn redirect(status: u16, location: impl AsRef<[u8]>) -> Self {
        Self::status(status).header("Location", location)
    }

    pub fn header(mut self, name: impl AsRef<[u8]>, value: impl AsRef<[u8]>) -> Self {
        self.headers
            .push((name.as_ref().to_vec(), value.as_ref().to_vec()));
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.headers
            .retain(|(key, _)| !key.eq_ignore_ascii_case(name.as_bytes()));
        self
    }

    /// The header in place of all of that name.
    pub fn set(self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.without(name).header(name, value)
    }

    pub fn body(mut self, body: Body) -> Self {
        self.body = body;
        self
    }

    pub fn framing(mut self, framing: Framing) -> Self {
        self.framing = framing;
        self
    }

    pub fn reason(mut self, reason: &str) -> Self {
        self.head.reason = Some(reason.to_owned());
        self
    }

    pub fn lower_case(mut self) -> Self {
        self.head.lower_case = true;
        self
    }

    /// Bytes in front of the head, for 1xx answers; several calls add up.
    pub fn interim(mut self, bytes: impl AsRef<[u8]>) -> Self {
        self.head.interim.extend(bytes.as_ref());
        self
    }

    /// HTTP/1.0: the version in the head, and the end by closing.
    pub fn http10(mut self) -> Self {
        self.head.version = "HTTP/1.0";
        self.header("Connection", "close")
    }

    pub fn delay(mut self, before_head: Duration) -> Self {
        self.pace.before_head = before_head;
        self
    }

    pub fn drip_head(mut self, each_byte: Duration) -> Self {
        self.pace.head_byte = each_byte;
        self
    }

    pub fn delay_body(mut self, before_body: Duration) -> Self {
        self.pace.before_body = before_body;
        self
    }

    pub fn stutter(mut self, piece: usize, between: Duration) -> Self {
        (self.pace.piece, self.pace.between) = (piece, between);
        self
    }

    pub fn rate(mut self, bytes_per_second: u64) -> Self {
        self.pace.rate = Some(bytes_per_second);
        self
    }

    pub fn stall_after(self, n: u64) -> Self {
        self.ending(Ending::StallAfter(n))
    }

    pub fn cut_after(self, n: u64) -> Self {
        self.ending(Ending::CutAfter(n))
    }

    pub fn reset_after(self, n: u64) -> Self {
        self.ending(Ending::ResetAfter(n))
    }

    pub fn go_away_after(self, n: u64) -> Self {
        self.ending(Ending::GoAwayAfter(n))
    }

    fn ending(mut self, ending: Ending) -> Self {
        self.ending = ending;
        self
    }
}
