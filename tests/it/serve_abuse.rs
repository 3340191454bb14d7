//! Whoever can open the socket may do what they like at it: the others are served, and memory stays bounded.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::MIB;
use crate::served::{Served, until};
use crate::server::{Behaviour, Payload, Server};

/// More than any client may cost.
const ROOM: u64 = 64 * MIB;

fn connect(served: &Served) -> UnixStream {
    let socket = served.socket().expect("a socket in run");
    let stream = UnixStream::connect(socket).expect("it takes connections");
    let longest = Some(Duration::from_secs(10));
    stream.set_read_timeout(longest).expect("a timeout");
    stream.set_write_timeout(longest).expect("a timeout");
    stream
}

/// Memory of the program, in bytes.
fn resident(served: &Served) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", served.id()));
    let status = status.expect("it runs");
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kib.expect("a number") * 1024
}

/// Others are served, at once, and it costs no more than it may.
#[track_caller]
fn assert_untouched(served: &Served, before: u64) {
    let began = Instant::now();
    let id = served.ok(&["new", "--name", "Another"]);
    served.ok(&["remove", "--all"]);
    assert_eq!(served.show(&id)["name"], "Another");
    served.ok(&["cancel", &id]);
    served.ok(&["remove", &id]);
    assert!(
        began.elapsed() < Duration::from_secs(3),
        "{:?}",
        began.elapsed()
    );
    let after = resident(served);
    assert!(
        after < before + ROOM,
        "{before} bytes before, {after} after"
    );
}

/// One answer, or nothing where the connection was ended.
fn answer(reader: &mut impl BufRead) -> Option<Value> {
    let mut line = String::new();
    match reader.read_line(&mut line) {
        Ok(0) => None,
        Ok(_) => Some(serde_json::from_str(&line).expect("one object a line")),
        Err(error) if error.kind() == ErrorKind::ConnectionReset => None,
        Err(error) => panic!("neither an answer nor an end: {error}"),
    }
}

#[test]
fn what_is_no_request_is_answered_with_an_error() {
    let rows: [(&[u8], &[i64]); 11] = [
        (b"hello", &[-32700]),
        (b"{", &[-32700]),
        (b"\xff\xfe\x00", &[-32700]),
        (b"[]", &[-32600, -32700]),
        (b"null", &[-32600, -32700]),
        (b"{}", &[-32600]),
        (br#"{"jsonrpc":"1.0","id":1,"method":"list"}"#, &[-32600]),
        (br#"{"jsonrpc":"2.0","id":1}"#, &[-32600]),
        (br#"{"jsonrpc":"2.0","id":1,"method":7}"#, &[-32600]),
        (
            br#"{"jsonrpc":"2.0","id":1,"method":"no such thing"}"#,
            &[-32601],
        ),
        (
            br#"{"jsonrpc":"2.0","id":1,"method":"suspend","params":{"nonsense":[1]}}"#,
            &[-32602],
        ),
    ];
    let served = Served::start();
    let before = resident(&served);
    for (line, codes) in rows {
        let shown = String::from_utf8_lossy(line);
        let mut stream = connect(&served);
        stream.write_all(&[line, b"\n"].concat()).expect("taken");
        let told = answer(&mut BufReader::new(stream));
        let told = told.unwrap_or_else(|| panic!("an error for {shown}"));
        assert_eq!(told["jsonrpc"], "2.0", "{shown}: {told}");
        let code = told["error"]["code"].as_i64().unwrap_or_default();
        assert!(codes.contains(&code), "{shown}: {told}");
        assert!(told["error"]["message"].is_string(), "{shown}: {told}");
    }
    assert_untouched(&served, before);
}

#[test]
fn deeply_nested_lines_do_not_end_it() {
    let served = Served::start();
    let before = resident(&served);
    for open in ["[", "{\"a\":"] {
        let mut stream = connect(&served);
        let line = open.repeat(100_000) + "\n";
        let _ = stream.write_all(line.as_bytes());
        if let Some(told) = answer(&mut BufReader::new(stream)) {
            assert!(told["error"]["code"].is_i64(), "{told}");
        }
    }
    assert_untouched(&served, before);
}

#[test]
fn random_bytes_do_not_end_it() {
    let served = Served::start();
    let before = resident(&served);
    for seed in 0..40 {
        let mut stream = connect(&served);
        let _ = stream.write_all(&Payload::new(seed, 50_000).all());
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let _ = stream.read_to_end(&mut Vec::new());
    }
    assert_untouched(&served, before);
}

#[test]
fn two_hundred_megabytes_without_an_end_of_line_cost_little_however_many_send_them() {
    let served = Served::start();
    let before = resident(&served);
    let over = AtomicUsize::new(0);
    let piece = vec![b'x'; MIB as usize];
    let streams = [(), (), ()].map(|()| connect(&served));
    let send = |mut stream: UnixStream| {
        let pieces = (0..200).take_while(|_| stream.write_all(&piece).is_ok());
        let sent = pieces.count();
        over.fetch_add(1, Ordering::SeqCst);
        sent
    };
    let mut most = before;
    std::thread::scope(|scope| {
        let senders = streams.map(|stream| scope.spawn(|| send(stream)));
        while over.load(Ordering::SeqCst) < senders.len() {
            most = most.max(resident(&served));
            assert_eq!(served.ebb(&["list"]).code, Some(0), "others are served");
        }
        for sender in senders {
            assert!(
                sender.join().expect("a count") < 200,
                "it is not listened to for ever"
            );
        }
    });
    // The longest request there may be, once; gathered in a buffer that doubles.
    assert!(
        most < before + 160 * MIB,
        "{before} bytes before, {most} meanwhile"
    );
    assert_untouched(&served, before);
}

/// It asks and asks, and never reads an answer.
#[test]
fn a_client_that_never_reads_costs_next_to_nothing() {
    let (served, server) = (Served::start(), Server::start());
    server.serve("/*", Behaviour::file(Payload::new(311, 64 * MIB)).rate(MIB));
    for _ in 0..20 {
        served.add(&["--suspended", &server.url("/[1-50].bin")]);
    }
    let busy = served.add(&[
        "--priority",
        "foreground",
        "-x",
        "1",
        &server.url("/moves.bin"),
    ]);
    served.until_state(&busy, "transferring");
    let before = resident(&served);
    let mut deaf: Vec<_> = (0..10).map(|_| connect(&served)).collect();
    for stream in &mut deaf {
        let longest = Some(Duration::from_millis(100));
        stream.set_write_timeout(longest).expect("a timeout");
        for method in ["subscribe", "list"].into_iter().cycle().take(5_000) {
            let request = json!({"jsonrpc": "2.0", "id": 1, "method": method});
            if stream.write_all(format!("{request}\n").as_bytes()).is_err() {
                break;
            }
        }
    }
    for _ in 0..10 {
        served.ok(&["suspend", "--all"]);
        served.ok(&["resume", "--all"]);
        served.ok(&["suspend", "--all"]);
    }
    assert_untouched(&served, before);
    drop(deaf);
}

#[test]
fn clients_that_say_nothing_keep_nobody_out_and_too_many_are_told_so() {
    let served = Served::start();
    let before = resident(&served);
    let mut silent: Vec<_> = (0..100).map(|_| connect(&served)).collect();
    assert_untouched(&served, before);
    silent.extend((0..400).map(|_| connect(&served)));
    if let Some(told) = answer(&mut BufReader::new(&silent[499])) {
        assert!(told["error"]["code"].is_i64(), "{told}");
    }
    let outcome = served.ebb(&["list"]);
    assert!(
        outcome.code == Some(0) || !outcome.ended(1).is_empty(),
        "{outcome:?}"
    );
    drop(silent);
    until("there is room again", || {
        served.ebb(&["list"]).code == Some(0)
    });
    assert_untouched(&served, before);
}

#[test]
fn half_a_request_is_none() {
    let served = Served::start();
    let id = served.ok(&["new"]);
    let mut stream = connect(&served);
    let request =
        format!(r#"{{"jsonrpc":"2.0","id":1,"method":"cancel","params":{{"ids":["{id}"]}}}}"#);
    stream.write_all(request.as_bytes()).expect("taken");
    drop(stream);
    assert_untouched(&served, resident(&served));
    assert_eq!(served.list().len(), 1);
    assert_eq!(served.show(&id)["state"], "suspended");
}
