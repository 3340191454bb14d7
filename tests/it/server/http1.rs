//! HTTP/1.1 by hand, so that a reply may break any rule of it.

use std::io;
use std::sync::Arc;

use super::reply::{Ending, Framing, Reply};
use super::request::Request;
use super::wire::{Pacer, Socket, Wire};
use super::{Shared, Turn};

/// What an answer leaves behind.
enum Next {
    Request,
    Close,
    Cut,
    Reset,
}

/// Answers the requests of one connection, one after the other.
pub async fn serve(shared: Arc<Shared>, socket: Box<dyn Socket>) {
    let visit = shared.journal.connect();
    let mut wire = Wire::new(socket);
    let mut on_connection = 0;
    let end = loop {
        let Some(request) = wire
            .read_head()
            .await
            .and_then(|head| Request::parse(&head))
        else {
            break Next::Close;
        };
        let request = Request {
            connection: visit.number,
            on_connection,
            ..request
        };
        let turn = shared.begin(request);
        on_connection += 1;
        match send(&mut wire, &turn).await {
            Ok(Next::Request) => {}
            Ok(end) => break end,
            Err(_) => break Next::Cut,
        }
    };
    match end {
        Next::Reset => wire.reset(),
        Next::Close if shared.says_goodbye => wire.close().await,
        _ => wire.cut(),
    }
}

async fn send(wire: &mut Wire, turn: &Turn) -> io::Result<Next> {
    let Turn { request, reply, .. } = turn;
    wire.pause(reply.pace.before_head).await?;
    send_head(wire, reply).await?;
    if !request.is_head() && !has_no_body(reply.status) {
        wire.pause(reply.pace.before_body).await?;
        send_body(wire, turn).await?;
    }
    match reply.ending {
        Ending::StallAfter(_) => Err(wire.left().await),
        Ending::CutAfter(_) => Ok(Next::Cut),
        Ending::ResetAfter(_) => Ok(Next::Reset),
        Ending::Whole | Ending::GoAwayAfter(_) if is_last(request, reply) => Ok(Next::Close),
        Ending::Whole | Ending::GoAwayAfter(_) => Ok(Next::Request),
    }
}

async fn send_head(wire: &mut Wire, reply: &Reply) -> io::Result<()> {
    let head = head(reply);
    if reply.pace.head_byte.is_zero() {
        return wire.write(&head).await;
    }
    for byte in head {
        wire.pause(reply.pace.head_byte).await?;
        wire.write(&[byte]).await?;
    }
    Ok(())
}

async fn send_body(wire: &mut Wire, turn: &Turn) -> io::Result<()> {
    let reply = &turn.reply;
    let pacer = Pacer::new(reply.pace);
    let chunked = reply.framing == Framing::Chunked;
    let mut piece = vec![0; pacer.piece()];
    let mut sent = 0;
    loop {
        let room = (reply.ending.limit() - sent).min(piece.len() as u64) as usize;
        let n = reply.body.read_at(sent, &mut piece[..room]);
        if n == 0 {
            break;
        }
        tokio::select! {
            error = wire.left() => return Err(error),
            () = pacer.turn(sent) => {}
        }
        match chunked {
            true => wire.write(&chunk(&piece[..n])).await?,
            false => wire.write(&piece[..n]).await?,
        }
        sent += n as u64;
        turn.line.sent(n as u64);
    }
    if chunked && reply.ending == Ending::Whole {
        wire.write(b"0\r\n\r\n").await?;
    }
    Ok(())
}

fn chunk(bytes: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat()
}

fn head(reply: &Reply) -> Vec<u8> {
    if let Some(raw) = &reply.head.raw {
        return raw.clone();
    }
    let usual = http::StatusCode::from_u16(reply.status)
        .ok()
        .and_then(|status| status.canonical_reason());
    let reason = reply.head.reason.as_deref().or(usual).unwrap_or("Unusual");
    let space = if reason.is_empty() { "" } else { " " };
    let mut out = reply.head.interim.clone();
    out.extend(format!("{} {}{space}{reason}\r\n", reply.head.version, reply.status).bytes());
    for (name, value) in &reply.headers {
        let name = if reply.head.lower_case {
            name.to_ascii_lowercase()
        } else {
            name.clone()
        };
        out.extend([&name, &b": "[..], value, b"\r\n"].concat());
    }
    match reply.framing {
        Framing::Length if has_no_body(reply.status) => {}
        Framing::Length => out.extend(format!("Content-Length: {}\r\n", reply.body.len()).bytes()),
        Framing::Chunked => out.extend(b"Transfer-Encoding: chunked\r\n"),
        Framing::UntilClose => {}
    }
    out.extend(b"\r\n");
    out
}

fn has_no_body(status: u16) -> bool {
    status < 200 || status == 204 || status == 304
}

/// Whether the connection ends with this answer.
fn is_last(request: &Request, reply: &Reply) -> bool {
    let said = |value: &[u8]| value.eq_ignore_ascii_case(b"close");
    reply.framing == Framing::UntilClose
        || request.version == "HTTP/1.0"
        || request
            .header("connection")
            .is_some_and(|value| said(value.as_bytes()))
        || reply
            .headers
            .iter()
            .any(|(name, value)| name.eq_ignore_ascii_case(b"connection") && said(value))
}
