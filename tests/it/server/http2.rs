//! HTTP/2 for the plain cases, and what only it can do: GOAWAY, RST_STREAM, one stream at a time.

use std::future::poll_fn;
use std::io;
use std::sync::Arc;

use bytes::Bytes;
use h2::server::SendResponse;
use h2::{Reason, RecvStream, SendStream};
use tokio::sync::mpsc::{self, UnboundedSender};
use tokio::time::sleep;

use super::reply::{Ending, Framing, Reply};
use super::request::{Headers, Request};
use super::wire::{Pacer, Socket};
use super::{Shared, Turn};

/// What a stream wants of its connection.
enum Order {
    GoAway,
    Drop,
}

/// Answers the streams of one connection beside each other.
pub async fn serve(shared: Arc<Shared>, socket: Box<dyn Socket>) -> Result<(), h2::Error> {
    let visit = shared.journal.connect();
    let mut connection = h2::server::Builder::new()
        .max_concurrent_streams(shared.streams)
        .initial_window_size(1)
        .handshake::<_, Bytes>(socket)
        .await?;
    let (orders, mut ordered) = mpsc::unbounded_channel();
    let mut on_connection = 0;
    loop {
        tokio::select! {
            stream = connection.accept() => {
                let Some(stream) = stream else { return Ok(()) };
                let (request, respond) = stream?;
                let turn = shared.begin(translate(&request, visit.number, on_connection));
                on_connection += 1;
                let orders = orders.clone();
                tokio::spawn(async move { answer(turn, respond, orders).await });
            }
            Some(order) = ordered.recv() => match order {
                Order::GoAway => connection.graceful_shutdown(),
                Order::Drop => return Ok(()),
            }
        }
    }
}

fn translate(
    request: &http::Request<RecvStream>,
    connection: u64,
    on_connection: usize,
) -> Request {
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = request
        .headers()
        .iter()
        .map(|(name, value)| (name.to_string(), text(value)))
        .collect();
    Request {
        version: "HTTP/2",
        method: request.method().to_string(),
        target: request
            .uri()
            .path_and_query()
            .map_or("/".to_owned(), ToString::to_string),
        headers: Headers(headers),
        earlier: 0,
        active: 1,
        connection,
        on_connection,
    }
}

/// Nothing says that the client left, or that the connection ended: nothing to do about it.
async fn answer(
    turn: Turn,
    mut respond: SendResponse<Bytes>,
    orders: UnboundedSender<Order>,
) -> Option<()> {
    let reply = &turn.reply;
    sleep(reply.pace.before_head).await;
    if reply.head.raw.is_some() {
        return match reply.ending {
            Ending::ResetAfter(_) => {
                respond.send_reset(Reason::INTERNAL_ERROR);
                Some(())
            }
            Ending::StallAfter(_) => poll_fn(|cx| respond.poll_reset(cx)).await.ok().map(drop),
            _ => orders.send(Order::Drop).ok(),
        };
    }
    let bodiless =
        turn.request.is_head() || (reply.body.len() == 0 && reply.ending == Ending::Whole);
    let mut stream = respond.send_response(head(reply), bodiless).ok()?;
    if bodiless {
        return Some(());
    }
    sleep(reply.pace.before_body).await;
    send_body(&turn, &mut stream, &orders).await.ok()?;
    match reply.ending {
        Ending::Whole | Ending::GoAwayAfter(_) => stream.send_data(Bytes::new(), true).ok(),
        Ending::ResetAfter(_) => {
            stream.send_reset(Reason::INTERNAL_ERROR);
            Some(())
        }
        Ending::StallAfter(_) => poll_fn(|cx| stream.poll_reset(cx)).await.ok().map(drop),
        Ending::CutAfter(_) => orders.send(Order::Drop).ok(),
    }
}

fn head(reply: &Reply) -> http::Response<()> {
    let mut head = http::Response::builder().status(reply.status);
    for (name, value) in &reply.headers {
        if !name.eq_ignore_ascii_case(b"connection") {
            head = head.header(name.as_slice(), value.as_slice());
        }
    }
    if reply.framing == Framing::Length {
        head = head.header("content-length", reply.body.len());
    }
    head.body(()).expect("a head that HTTP/2 can say")
}

async fn send_body(
    turn: &Turn,
    stream: &mut SendStream<Bytes>,
    orders: &UnboundedSender<Order>,
) -> io::Result<()> {
    let reply = &turn.reply;
    let pacer = Pacer::new(reply.pace);
    let mut piece = vec![0; pacer.piece()];
    let mut sent = 0;
    let mut go_away = if let Ending::GoAwayAfter(n) = reply.ending {
        Some(n)
    } else {
        None
    };
    loop {
        if go_away.take_if(|n| sent >= *n).is_some() {
            let _ = orders.send(Order::GoAway);
        }
        let room = (reply.ending.limit() - sent).min(piece.len() as u64) as usize;
        let n = reply.body.read_at(sent, &mut piece[..room]);
        if n == 0 {
            return Ok(());
        }
        tokio::select! {
            _ = poll_fn(|cx| stream.poll_reset(cx)) => return Err(io::ErrorKind::BrokenPipe.into()),
            () = pacer.turn(sent) => {}
        }
        let n = capacity(stream, n).await?;
        stream
            .send_data(Bytes::copy_from_slice(&piece[..n]), false)
            .map_err(io::Error::other)?;
        sent += n as u64;
        turn.line.sent(n as u64);
    }
}

/// How much of `n` the client's window lets through.
async fn capacity(stream: &mut SendStream<Bytes>, n: usize) -> io::Result<usize> {
    stream.reserve_capacity(n);
    match poll_fn(|cx| stream.poll_capacity(cx)).await {
        Some(Ok(room)) => Ok(room.min(n)),
        _ => Err(io::ErrorKind::BrokenPipe.into()),
    }
}
