//! One message a line, bounded: what is longer is an error, not memory.

use std::io;

use tokio::io::{AsyncBufRead, AsyncBufReadExt};

/// Longest line, in bytes. (An add of 100,000 links has about ten million.)
pub const LONGEST: usize = 64 << 20;

/// Reads into `line` up to a line's end, which is not part of it; `false` at the end of all.
///
/// # Errors
/// Of the system; `FileTooLarge` for more than `most` bytes without an end; `UnexpectedEof`
/// for a line that does not end.
pub async fn read<R: AsyncBufRead + Unpin>(
    from: &mut R,
    line: &mut Vec<u8>,
    most: usize,
) -> io::Result<bool> {
    line.clear();
    read_on(from, line, most).await
}

/// The same behind what `line` has already: after an error for its length.
///
/// # Errors
/// As [`read`].
pub async fn read_on<R: AsyncBufRead + Unpin>(
    from: &mut R,
    line: &mut Vec<u8>,
    most: usize,
) -> io::Result<bool> {
    loop {
        let (taken, is_whole) = {
            let there = from.fill_buf().await?;
            if there.is_empty() {
                return at_end(line);
            }
            let end = there.iter().position(|byte| *byte == b'\n');
            let text = &there[..end.unwrap_or(there.len())];
            if line.len() + text.len() > most {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            line.extend_from_slice(text);
            (text.len() + usize::from(end.is_some()), end.is_some())
        };
        from.consume(taken);
        if is_whole {
            return Ok(true);
        }
    }
}

fn at_end(line: &[u8]) -> io::Result<bool> {
    if line.is_empty() {
        return Ok(false);
    }
    Err(io::ErrorKind::UnexpectedEof.into())
}

#[cfg(test)]
mod tests {
    use tokio::io::BufReader;

    use super::*;

    #[tokio::test]
    async fn lines_whatever_pieces_they_come_in() {
        for size in [1, 3, 4096] {
            let mut from = BufReader::with_capacity(size, &b"one\n\nthree\nfour"[..]);
            let mut line = Vec::new();
            for text in ["one", "", "three"] {
                assert!(read(&mut from, &mut line, 5).await.unwrap());
                assert_eq!(line, text.as_bytes());
            }
            let end = read(&mut from, &mut line, 5).await.unwrap_err();
            assert_eq!(end.kind(), io::ErrorKind::UnexpectedEof);
        }
    }

    #[tokio::test]
    async fn a_line_without_an_end_costs_no_more_than_the_bound() {
        let mut from = BufReader::with_capacity(64, tokio::io::repeat(b'x'));
        let mut line = Vec::new();
        let error = read(&mut from, &mut line, 1000).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
        assert!(line.len() <= 1000);
    }
}
