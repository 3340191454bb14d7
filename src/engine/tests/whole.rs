//! The engine as a face starts it: threads of its own, and real sockets on this machine.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use super::world::limits;
use crate::download::Link;
use crate::engine::store::beside;
use crate::engine::{Config, Engine, Handle, Home, NetworkOptions, Proxy, StartError};
use crate::queue::{
    Command, FileId, GroupId, JobOptions, Limits, NewFile, NewJob, Outcome, Properties,
};

pub(super) fn config(folder: &Path) -> Config {
    Config {
        home: Home::Queue(folder.join("data").join("ebb.sqlite")),
        limits: limits(),
        network: NetworkOptions {
            proxy: Proxy::Direct,
            ..NetworkOptions::default()
        },
        mode: None,
    }
}

/// Answers every request with the head given and 4 MB of a longer file; tells the heads of
/// the requests.
pub(super) fn server(head: &'static str) -> (SocketAddr, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, heads) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut asked = [0; 4_096];
            let read = stream.read(&mut asked).unwrap_or(0);
            if sender
                .send(String::from_utf8_lossy(&asked[..read]).into_owned())
                .is_err()
            {
                return;
            }
            let _ = stream.write_all(head.as_bytes());
            let _ = stream.write_all(&[7; 4_000_000]);
            // (It is left open: more is never sent.)
            std::mem::forget(stream);
        }
    });
    (address, heads)
}

async fn add(engine: &Handle, folder: &Path, url: &str) -> (GroupId, FileId) {
    let options = JobOptions {
        folder: folder.to_owned(),
        ..JobOptions::default()
    };
    let job = NewJob {
        id: None,
        files: vec![NewFile {
            link: Link::parse(url).unwrap(),
            name: None,
            checksum: None,
        }],
        options: Arc::new(options),
    };
    let add = Command::Add {
        into: None,
        id: None,
        properties: Properties::default(),
        job,
        start: true,
    };
    let Ok(Outcome::Group(group)) = engine.command(add).await else {
        panic!("not added")
    };
    let snapshots = engine.snapshots();
    let mut seen = snapshots.clone();
    let there = seen.wait_for(|seen| seen.groups.iter().any(|one| one.id == group));
    let snapshot = there.await.unwrap().clone();
    let found = snapshot.groups.iter().find(|one| one.id == group).unwrap();
    (group, found.jobs[0].files[0][0].id)
}

#[tokio::test]
async fn one_process_a_queue() {
    let place = tempfile::tempdir().unwrap();
    let first = Engine::start(config(place.path())).unwrap();
    let second = Engine::start(config(place.path()));
    let pid = Some(std::process::id());
    assert!(matches!(second, Err(StartError::InUse { pid: other }) if other == pid));
    // Resume records alone may be shared.
    let home = Home::Records(place.path().join("data").join("ebb.sqlite"));
    let beside = Engine::start(Config {
        home,
        ..config(place.path())
    });
    beside.unwrap().shutdown().await.unwrap();
    first.shutdown().await.unwrap();
    let again = Engine::start(config(place.path())).unwrap();
    again.shutdown().await.unwrap();
}

#[tokio::test]
async fn what_was_kept_is_there_from_the_first_look() {
    let place = tempfile::tempdir().unwrap();
    let engine = Engine::start(config(place.path())).unwrap();
    let new = Command::New {
        id: None,
        properties: Properties::default(),
    };
    engine.command(new).await.unwrap();
    let exported = engine.export().await;
    engine.shutdown().await.unwrap();
    let engine = Engine::start(config(place.path())).unwrap();
    assert_eq!(engine.snapshots().borrow().groups.len(), 1);
    assert_eq!(engine.export().await, exported);
    engine.shutdown().await.unwrap();
    // An engine that has ended says so with nothing.
    assert!(engine.export().await.is_empty() && engine.history(1).await.is_empty());
}

#[tokio::test]
async fn other_settings_without_a_start_anew() {
    let place = tempfile::tempdir().unwrap();
    let head = "HTTP/1.1 200 OK\r\nServer: made up\r\nContent-Type: video/mp4\r\n\
                ETag: \"a\"\r\nContent-Length: 90000000\r\n\r\n";
    let (server, heads) = server(head);
    let engine = Engine::start(config(place.path())).unwrap();
    let url = format!("http://{server}/one.mp4");
    let (group, file) = add(&engine, place.path(), &url).await;
    let next = || heads.recv_timeout(Duration::from_secs(20)).unwrap();
    assert!(next().contains("GET /one.mp4"));
    let inspection = loop {
        let seen = engine.inspect(file).await.unwrap();
        if seen.written.len() == 4_000_000 {
            break seen;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    assert_eq!(inspection.total, Some(90_000_000));
    assert_eq!(inspection.in_flight.len(), 1);
    assert_eq!(inspection.in_flight[0], 4_000_000..90_000_000);
    assert_eq!(inspection.folder, place.path());
    let answer = inspection.answer.unwrap();
    assert_eq!((answer.version, answer.address), ("HTTP/1.1", Some(server)));
    assert_eq!(answer.server.as_deref(), Some("made up"));
    assert_eq!(answer.content_type.as_deref(), Some("video/mp4"));
    assert_eq!(
        (answer.etag.as_deref(), answer.modified.as_deref()),
        (Some("\"a\""), None)
    );

    let network = |agent: &str, proxy| NetworkOptions {
        user_agent: agent.into(),
        proxy,
        ..NetworkOptions::default()
    };
    let wrong = network("wrong", Proxy::Url("no proxy".into()));
    let one = Limits {
        parallel: 1,
        ..limits()
    };
    let refused = engine.configure(one, wrong).await;
    assert!(
        matches!(refused, Err(StartError::Network(_))),
        "{refused:?}"
    );
    // Were there room for one file only, the second would not be asked for.
    add(&engine, place.path(), &format!("http://{server}/two.mp4")).await;
    let asked = next();
    assert!(
        asked.contains("GET /two.mp4") && asked.contains("Ebb/"),
        "{asked}"
    );
    let proxy = Proxy::Url(format!("http://{server}"));
    engine
        .configure(limits(), network("other/1", proxy))
        .await
        .unwrap();
    add(&engine, place.path(), "http://elsewhere.invalid/three").await;
    let asked = next();
    assert!(
        asked.contains("GET http://elsewhere.invalid/three"),
        "{asked}"
    );
    assert!(asked.contains("other/1"), "{asked}");
    // What runs was left alone.
    assert_eq!(
        engine.inspect(file).await.unwrap().answer.unwrap().address,
        Some(server)
    );
    assert!(!engine.journal(group).await.is_empty());
    engine.shutdown().await.unwrap();
}

#[tokio::test]
async fn an_answer_waits_for_the_store_and_nothing_else_does() {
    let place = tempfile::tempdir().unwrap();
    let config = config(place.path());
    let Home::Queue(path) = config.home.clone() else {
        unreachable!()
    };
    let engine = Engine::start(config).unwrap();
    let other = beside(&path);
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let id = GroupId::random();
    let new = Command::New {
        id: Some(id),
        properties: Properties::default(),
    };
    let mut snapshots = engine.snapshots();
    let mut answer = std::pin::pin!(engine.command(new));
    let shown = snapshots.wait_for(|seen| seen.groups.len() == 1);
    tokio::select! {
        biased;
        answer = &mut answer => panic!("{answer:?} before it was written"),
        shown = shown => drop(shown.unwrap()),
    }
    assert_eq!(engine.journal(id).await.len(), 1);
    let asked = tokio::time::timeout(Duration::from_millis(50), &mut answer);
    assert!(asked.await.is_err(), "answered before it was written");
    other.execute_batch("COMMIT").unwrap();
    assert_eq!(answer.await, Ok(Outcome::Group(id)));
    let rows = "SELECT count(*) FROM queue_groups";
    let rows: u32 = other.query_row(rows, [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 1);
    engine.shutdown().await.unwrap();
}
