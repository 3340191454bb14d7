//! Who has the queue, with real engines and sockets in a folder of their own.

use std::time::Duration;

use iced::futures::StreamExt;
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

use super::{Met, absolute, meet};
use crate::app::{Begin, Source};
use crate::engine::{Config, Engine, Handle, Home};
use crate::platform::Folders;
use crate::remote::schema::Kind;
use crate::remote::{Connection, Host, Server};
use crate::settings::Settings;

fn begin(folders: &Folders, words: &[&str]) -> Begin {
    Begin {
        settings: Settings::default(),
        trouble: None,
        folders: folders.clone(),
        words: words.iter().map(|word| (*word).to_owned()).collect(),
    }
}

fn engine(folders: &Folders) -> Handle {
    let settings = Settings::default();
    let config = Config {
        home: Home::Queue(folders.database().unwrap()),
        limits: settings.limits(),
        network: settings.network(),
        mode: None,
    };
    Engine::start(config).unwrap()
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// The first has the engine and the socket, the second hands over what it was opened with.
#[test]
fn the_second_window_hands_over() {
    let place = tempfile::tempdir().unwrap();
    let folders = Folders::under(place.path());
    let first = meet(&begin(&folders, &["https://h/mine"])).unwrap();
    let Met::Source(Source::Engine(engine), Some(mut door)) = first else {
        panic!("{first:?}");
    };
    let words = ["https://h/1", "https://h/2", "links.txt"];
    for words in [&words[..], &[]] {
        let second = meet(&begin(&folders, words)).unwrap();
        assert!(matches!(second, Met::Window), "{second:?}");
    }
    let runtime = runtime();
    let mut handed = Box::pin(door.take_words());
    let mut next = || {
        let next = async { timeout(Duration::from_secs(20), handed.next()).await };
        runtime.block_on(next).expect("it comes in time")
    };
    let list = std::env::current_dir().unwrap().join("links.txt");
    let list = list.to_str().unwrap();
    assert_eq!(next().unwrap(), ["https://h/1", "https://h/2", list]);
    assert_eq!(next().unwrap(), [""; 0]);
    // Nobody comes through a door that is closed.
    drop(door);
    let closed = runtime.block_on(Connection::open(&folders));
    assert!(closed.is_err());
    assert_eq!(next(), None);
    runtime.block_on(engine.shutdown()).unwrap();
}

#[test]
fn where_serve_has_the_queue_it_is_steered() {
    let place = tempfile::tempdir().unwrap();
    let folders = Folders::under(place.path());
    let engine = engine(&folders);
    let host = Host {
        kind: Kind::Serve,
        settings: folders.settings(),
        words: None,
    };
    let server = Server::start(&folders, engine.clone(), host).unwrap();
    let met = meet(&begin(&folders, &["https://h/1"])).unwrap();
    assert!(
        matches!(&met, Met::Source(source, None) if source.is_remote()),
        "{met:?}"
    );
    drop(server);
    runtime().block_on(engine.shutdown()).unwrap();
}

/// Who is ending has no socket any more, and the queue still.
#[test]
fn who_is_ending_is_waited_for() {
    let place = tempfile::tempdir().unwrap();
    let folders = Folders::under(place.path());
    let first = engine(&folders);
    let ending = std::thread::spawn({
        let folders = folders.clone();
        move || meet(&begin(&folders, &[])).unwrap()
    });
    runtime().block_on(first.shutdown()).unwrap();
    let met = ending.join().unwrap();
    assert!(
        matches!(met, Met::Source(Source::Engine(_), Some(_))),
        "{met:?}"
    );
}

#[test]
fn links_stay_as_they_are() {
    for link in ["https://h/a b", "HTTP://h", "https://u:p@h/?q=./x"] {
        assert_eq!(absolute(link), link);
    }
    let here = std::env::current_dir().unwrap();
    assert_eq!(absolute("a/b.txt"), here.join("a/b.txt").to_str().unwrap());
}
