//! A real server over a real engine, and clients that behave, or do not.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::time::Instant;

use serde_json::{Value, json};

use super::*;
use crate::download::State;
use crate::engine::{Config, Engine, Home, NetworkOptions};
use crate::queue::{Command, GroupId, Outcome, Properties, Snapshot};
use crate::remote::Mirror;
use crate::remote::line::LONGEST;
use crate::remote::schema::Changes;
use crate::remote::{ConnectError, Connection};
use crate::settings::Settings;

/// Longer than anything here takes, also on a machine that is busy.
const LONG: Duration = Duration::from_secs(20);

struct Scene {
    runtime: tokio::runtime::Runtime,
    engine: Handle,
    server: Server,
    place: tempfile::TempDir,
}

impl Scene {
    fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        let folders = Folders::under(place.path());
        let config = Config {
            home: Home::Memory,
            limits: Settings::default().limits(),
            network: NetworkOptions::default(),
            mode: None,
        };
        let engine = Engine::start(config).unwrap();
        let host = Host {
            kind: Kind::Serve,
            settings: folders.settings(),
            words: None,
        };
        let server = Server::start(&folders, engine.clone(), host).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread();
        Self {
            runtime: { runtime }.enable_all().build().unwrap(),
            engine,
            server,
            place,
        }
    }

    fn connect(&self) -> Client {
        let stream = UnixStream::connect(self.server.path()).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        stream.set_write_timeout(Some(LONG)).unwrap();
        Client(BufReader::new(stream))
    }

    fn command(&self, command: Command) -> Outcome {
        self.runtime.block_on(self.engine.command(command)).unwrap()
    }

    fn group(&self) -> GroupId {
        let properties = Properties::default();
        match self.command(Command::New {
            id: None,
            properties,
        }) {
            Outcome::Group(group) => group,
            Outcome::Done => panic!("a group"),
        }
    }

    /// Made and ended and gone, as fast as can be.
    fn passing_groups(&self, count: usize) -> Vec<GroupId> {
        let groups: Vec<_> = (0..count).map(|_| self.group()).collect();
        let ids = groups.clone();
        self.command(Command::Cancel {
            ids,
            delete_finished: false,
        });
        self.command(Command::Remove(groups.clone()));
        groups
    }
}

/// One that speaks text.
struct Client(BufReader<UnixStream>);

impl Client {
    fn send(&mut self, text: &[u8]) -> bool {
        self.0.get_mut().write_all(text).is_ok()
    }

    /// The next line; `None` at the end.
    fn line(&mut self) -> Option<Value> {
        let mut line = String::new();
        match self.0.read_line(&mut line) {
            Ok(0) => None,
            Ok(_) => Some(serde_json::from_str(&line).unwrap()),
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => None,
            Err(error) => panic!("neither a line nor an end: {error}"),
        }
    }

    fn call(&mut self, method: &str, params: Value) -> Value {
        let call = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        self.send(format!("{call}\n").as_bytes());
        self.line().expect("an answer")
    }

    /// It is answered, as if it were alone.
    #[track_caller]
    fn assert_served(&mut self) {
        let began = Instant::now();
        let answer = self.call("list", Value::Null);
        assert!(answer["result"].is_object(), "{answer}");
        assert!(
            began.elapsed() < Duration::from_secs(5),
            "{:?}",
            began.elapsed()
        );
    }
}

/// Follows what a subscriber is told.
struct Follower {
    client: Client,
    mirror: Mirror,
    seen: HashMap<GroupId, State>,
    moments: usize,
}

impl Follower {
    fn new(scene: &Scene) -> Self {
        let mut client = scene.connect();
        assert_eq!(client.call("subscribe", Value::Null)["result"], Value::Null);
        Self {
            client,
            mirror: Mirror::default(),
            seen: HashMap::new(),
            moments: 0,
        }
    }

    fn next(&mut self) -> Snapshot {
        loop {
            let told = self.client.line().expect("more is told");
            if told["method"] != "changed" {
                continue;
            }
            let changes: Changes = serde_json::from_value(told["params"].clone()).unwrap();
            if let Some(snapshot) = self.mirror.apply(changes).unwrap() {
                self.moments += 1;
                let states = snapshot.groups.iter().map(|group| (group.id, group.state));
                self.seen.extend(states);
                return snapshot;
            }
        }
    }

    fn until(&mut self, mut is_so: impl FnMut(&Snapshot) -> bool) -> Snapshot {
        loop {
            let snapshot = self.next();
            if is_so(&snapshot) {
                return snapshot;
            }
        }
    }
}

#[test]
fn too_long_a_request_is_told_so_and_others_go_on() {
    let scene = Scene::new();
    let (mut greedy, mut other) = (scene.connect(), scene.connect());
    let piece = vec![b'x'; 1 << 20];
    let pieces = LONGEST / piece.len() + 8;
    for at in 0..pieces {
        if !greedy.send(&piece) {
            break;
        }
        if at % 16 == 0 {
            other.assert_served();
        }
    }
    let told = greedy.line().expect("an error");
    assert_eq!(
        (&told["error"]["code"], &told["id"]),
        (&json!(-32600), &Value::Null)
    );
    assert_eq!(greedy.line(), None);
    other.assert_served();
}

/// What it does not read is not kept for it: when it reads, it is told where things stand.
#[test]
fn who_never_reads_costs_nobody_anything() {
    let scene = Scene::new();
    let groups: Vec<_> = (0..2_000).map(|_| scene.group()).collect();
    let (mut deaf, mut other) = (Follower::new(&scene), scene.connect());
    let mut snapshots = scene.engine.snapshots();
    for round in 0..20 {
        let ids = groups.clone();
        let all = if round % 2 == 0 {
            Command::Foreground
        } else {
            Command::Background
        };
        snapshots.borrow_and_update();
        scene.command(all(ids));
        scene.runtime.block_on(snapshots.changed()).unwrap();
        other.assert_served();
    }
    scene.command(Command::Limit(Some(4711)));
    let last = deaf.until(|snapshot| snapshot.limit == Some(4711));
    assert_eq!(last.groups.len(), 2_000);
    assert!(deaf.moments <= 4, "{} moments of 22", deaf.moments);
}

#[test]
fn two_hundred_at_once() {
    let scene = Scene::new();
    let mut all: Vec<_> = (0..200).map(|_| scene.connect()).collect();
    let told: Vec<_> = all
        .iter_mut()
        .map(|client| client.call("list", Value::Null))
        .collect();
    let served = told
        .iter()
        .filter(|told| told["result"].is_object())
        .count();
    let too_many = told
        .iter()
        .filter(|told| told["error"]["code"] == -32002)
        .count();
    assert_eq!(
        (served, too_many),
        (MOST_CONNECTIONS, 200 - MOST_CONNECTIONS)
    );
    drop(all);
    let began = Instant::now();
    while scene.connect().call("list", Value::Null)["result"].is_null() {
        assert!(began.elapsed() < LONG, "there is room again");
    }
    assert_eq!(scene.server.path().metadata().unwrap().permissions(), {
        use std::os::unix::fs::PermissionsExt;
        let mut socket = scene.server.path().metadata().unwrap().permissions();
        socket.set_mode(socket.mode() & !0o777 | 0o600);
        socket
    });
}

#[test]
fn who_stops_in_the_middle_holds_up_nobody() {
    let scene = Scene::new();
    let (mut small, mut large) = (scene.connect(), scene.connect());
    assert!(small.send(br#"{"jsonrpc":"2.0","id":1,"method":"mode","params":{"mode":"full"#));
    assert!(large.send(&vec![b' '; 2 << 20]));
    let mut other = scene.connect();
    (0..5).for_each(|_| other.assert_served());
    // Large ones take turns: this one's comes when the one before is over.
    drop(large);
    let words = json!({"words": ["https://h.example/".repeat(200_000)]});
    let told = other.call("open", words);
    assert_eq!(told["error"]["data"]["refusal"], "not_supported", "{told}");
    drop(small);
    let told = other.call("list", Value::Null);
    assert_eq!(told["result"]["mode"], "polite", "half a request is none");
}

#[test]
fn what_leaves_the_list_is_told_of_as_it_was_last() {
    let scene = Scene::new();
    let mut follower = Follower::new(&scene);
    follower.until(|snapshot| snapshot.groups.is_empty());
    let mut all = Vec::new();
    for _ in 0..20 {
        all.extend(scene.passing_groups(3));
    }
    scene.command(Command::Limit(Some(4711)));
    let last = follower.until(|snapshot| snapshot.limit == Some(4711));
    assert!(
        last.groups.is_empty(),
        "{} are still there",
        last.groups.len()
    );
    while all
        .iter()
        .any(|group| follower.seen.get(group) != Some(&State::Cancelled))
    {
        follower.next();
    }
}

/// Nobody waits for whoever does not read; but it is not forgotten for good.
#[test]
fn who_has_missed_thousands_that_left_is_told_of_the_next() {
    let scene = Scene::new();
    let mut follower = Follower::new(&scene);
    let groups: Vec<_> = (0..3_000).map(|_| scene.group()).collect();
    follower.until(|snapshot| snapshot.groups.len() == 3_000);
    scene.command(Command::Foreground(groups.clone()));
    // (It does not read, and the socket is full.)
    (0..2).for_each(|_| drop(scene.passing_groups(4_500)));
    scene.command(Command::Limit(Some(4711)));
    follower.until(|snapshot| snapshot.limit == Some(4711));
    // (Again full, so that no snapshot shows it.)
    scene.command(Command::Background(groups));
    let next = scene.passing_groups(1)[0];
    // (It comes before or after the snapshot that has it no more; if not at all, this has no end.)
    while follower.seen.get(&next) != Some(&State::Cancelled) {
        follower.next();
    }
    scene.command(Command::Limit(None));
    let last = follower.until(|snapshot| snapshot.limit.is_none());
    assert_eq!(last.groups.len(), 3_000);
}

/// When the server goes all end, and the socket with it.
#[test]
fn when_it_ends_all_connections_do() {
    let scene = Scene::new();
    let (mut quiet, mut follower) = (scene.connect(), Follower::new(&scene));
    quiet.assert_served();
    follower.next();
    let path = scene.server.path().to_owned();
    drop(scene.server);
    assert_eq!(quiet.line(), None);
    assert_eq!(follower.client.line(), None);
    assert!(!path.exists());
}

/// Whoever may enter the folder may have put another socket there: nothing is said to it.
#[test]
fn a_socket_where_others_may_enter_is_none() {
    use std::os::unix::fs::PermissionsExt;
    let scene = Scene::new();
    let folders = Folders::under(scene.place.path());
    let open = || scene.runtime.block_on(Connection::open(&folders));
    let let_in = |mode| {
        let mode = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(&folders.run, mode).unwrap();
    };
    assert_eq!(open().unwrap().hello().kind, Kind::Serve);
    for mode in [0o755, 0o770, 0o701] {
        let_in(mode);
        assert_eq!(open().unwrap_err(), ConnectError::NotRunning, "{mode:o}");
    }
    let_in(0o700);
    assert!(open().is_ok());
}
