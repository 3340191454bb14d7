//! A server of files that are made up as they are sent: `/good/SIZE/RATE/NAME` can be resumed,
//! `/endless/RATE/NAME` never says how long it is, `/busy/NAME` asks to come back, and
//! anything else is not there.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::ops::Range;
use std::thread;
use std::time::{Duration, Instant};

/// Starts it on a free port of this computer alone; it ends with the process.
pub fn start() -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || serve(&stream));
        }
    });
    Ok(address)
}

/// Answers until the other end has had enough.
fn serve(stream: &TcpStream) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    while let Some(request) = Request::read(&mut reader)? {
        answer(stream, &request)?;
    }
    Ok(())
}

struct Request {
    path: String,
    is_head: bool,
    from: Option<u64>,
    to: Option<u64>,
}

impl Request {
    fn read(reader: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let mut words = line.split(' ');
        let is_head = words.next() == Some("HEAD");
        let mut request = Self {
            path: words.next().unwrap_or("/").to_owned(),
            is_head,
            from: None,
            to: None,
        };
        loop {
            line.clear();
            if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
                return Ok(Some(request));
            }
            let header = line.to_ascii_lowercase();
            if let Some((from, to)) = header
                .strip_prefix("range: bytes=")
                .and_then(|range| range.trim().split_once('-'))
            {
                (request.from, request.to) = (from.parse().ok(), to.parse().ok());
            }
        }
    }
}

fn answer(stream: &TcpStream, request: &Request) -> io::Result<()> {
    let parts: Vec<&str> = request.path.trim_start_matches('/').split('/').collect();
    match parts.as_slice() {
        ["good", size, rate, _] => good(stream, request, number(size), number(rate)),
        ["endless", rate, _] => {
            head(stream, "200 OK", "Connection: close\r\n")?;
            body(stream, 0..u64::MAX, number(rate))
        }
        ["busy", _] => head(
            stream,
            "503 Service Unavailable",
            "Retry-After: 45\r\nContent-Length: 0\r\n",
        ),
        _ => head(stream, "404 Not Found", "Content-Length: 0\r\n"),
    }
}

fn good(stream: &TcpStream, request: &Request, size: u64, rate: u64) -> io::Result<()> {
    let from = request.from.unwrap_or(0).min(size);
    let to = request
        .to
        .map_or(size, |last| last.saturating_add(1))
        .clamp(from, size);
    let mut headers = format!(
        "Accept-Ranges: bytes\r\nETag: \"demo-{size}\"\r\nServer: demo\r\n\
         Last-Modified: Fri, 20 Nov 2026 08:00:00 GMT\r\nContent-Length: {}\r\n",
        to - from
    );
    let status = if request.from.is_some() {
        headers += &format!(
            "Content-Range: bytes {from}-{}/{size}\r\n",
            to.saturating_sub(1)
        );
        "206 Partial Content"
    } else {
        "200 OK"
    };
    head(stream, status, &headers)?;
    if request.is_head {
        return Ok(());
    }
    body(stream, from..to, rate)
}

fn head(mut stream: &TcpStream, status: &str, headers: &str) -> io::Result<()> {
    let kind = "Content-Type: application/octet-stream\r\n";
    stream.write_all(format!("HTTP/1.1 {status}\r\n{kind}{headers}\r\n").as_bytes())
}

/// The bytes of a range, so many a second.
fn body(mut stream: &TcpStream, range: Range<u64>, rate: u64) -> io::Result<()> {
    let chunk = vec![0x5a; (rate / 20).clamp(1, 1 << 20) as usize];
    let began = Instant::now();
    let mut at = range.start;
    while at < range.end {
        let length = chunk.len().min((range.end - at) as usize);
        stream.write_all(&chunk[..length])?;
        at += length as u64;
        let due = Duration::from_secs_f64((at - range.start) as f64 / rate.max(1) as f64);
        thread::sleep(due.saturating_sub(began.elapsed()));
    }
    Ok(())
}

/// `300k`, `8M`, `4G`, decimal.
fn number(text: &str) -> u64 {
    let Some((at, unit)) = text.char_indices().next_back() else {
        return 0;
    };
    let digits = &text[..at];
    let unit = match unit {
        'k' => 1_000,
        'M' => 1_000_000,
        'G' => 1_000_000_000,
        _ => return text.parse().unwrap_or(0),
    };
    digits.parse().unwrap_or(0) * unit
}
