//! The client against a real server, over an engine that keeps nothing.

use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::time::timeout;

use super::{Client, Contact};
use crate::download::Link;
use crate::engine::{Config, Engine, Handle, Home, NetworkOptions};
use crate::platform::Folders;
use crate::queue::{
    Command, Credentials, GroupId, JobOptions, Mode, Move, NewFile, NewJob, Outcome, Priority,
    Properties, Property, Refusal, Snapshot,
};
use crate::remote::schema::Kind;
use crate::remote::{CallError, ConnectError, Host, Server};
use crate::settings::Settings;

/// Longer than anything here takes, also on a machine that is busy.
const LONG: Duration = Duration::from_secs(20);

/// An engine, its socket, and a client.
struct Scene {
    runtime: Runtime,
    engine: Handle,
    server: Option<Server>,
    folders: Folders,
    _place: tempfile::TempDir,
}

impl Scene {
    fn new(kind: Kind) -> Self {
        let place = tempfile::tempdir().unwrap();
        let folders = Folders::under(place.path());
        let engine = Engine::start(Config {
            home: Home::Memory,
            limits: Settings::default().limits(),
            network: NetworkOptions::default(),
            mode: None,
        });
        let mut scene = Self {
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap(),
            engine: engine.unwrap(),
            server: None,
            folders,
            _place: place,
        };
        scene.serve(kind);
        scene
    }

    fn serve(&mut self, kind: Kind) {
        let host = Host {
            kind,
            settings: self.folders.settings(),
            words: None,
        };
        self.server = Some(Server::start(&self.folders, self.engine.clone(), host).unwrap());
    }

    fn ask(&self, client: &Client, command: Command) -> Result<Outcome, CallError> {
        let answer = async { timeout(LONG, client.command(command)).await };
        let answer = self.runtime.block_on(answer);
        answer.expect("there is an answer in time")
    }

    fn seen(&self, client: &Client, is_so: impl FnMut(&Snapshot) -> bool) -> Snapshot {
        let mut snapshots = client.snapshots();
        let seen = async { snapshots.wait_for(is_so).await.map(|it| it.clone()) };
        let seen = self.runtime.block_on(async { timeout(LONG, seen).await });
        seen.expect("it is seen in time")
            .expect("the client is there")
    }

    fn comes_to(&self, client: &Client, contact: Contact) {
        let mut contacts = client.contact();
        let comes = async { contacts.wait_for(|now| *now == contact).await.map(|_| ()) };
        let came = self.runtime.block_on(async { timeout(LONG, comes).await });
        came.expect("it comes to this in time")
            .expect("the client is there");
    }
}

fn job(link: &str) -> NewJob {
    NewJob {
        id: None,
        files: vec![NewFile {
            link: Link::parse(link).unwrap(),
            name: None,
            checksum: None,
        }],
        options: Arc::new(JobOptions {
            folder: std::env::temp_dir(),
            ..JobOptions::default()
        }),
    }
}

fn add(id: GroupId, properties: Properties) -> Command {
    Command::Add {
        into: None,
        id: Some(id),
        properties,
        job: job("http://localhost/a/b.bin"),
        start: false,
    }
}

fn named(name: &str) -> Properties {
    Properties {
        name: name.to_owned(),
        ..Properties::default()
    }
}

/// Each command does there what it does in an engine of one's own.
#[test]
fn what_is_asked_is_done() {
    let scene = Scene::new(Kind::Serve);
    let client = Client::start(&scene.folders).unwrap();
    let ids = [GroupId::random(), GroupId::random()];
    for (id, name) in ids.iter().zip(["first", "second"]) {
        let made = scene.ask(&client, add(*id, named(name)));
        assert_eq!(made, Ok(Outcome::Group(*id)));
    }
    let set = vec![
        Property::Description("two\nlines".to_owned()),
        Property::Limit(Some(1000)),
        Property::OnComplete(vec!["say".to_owned(), "it's done".to_owned()]),
    ];
    for command in [
        Command::SetPriority(ids.to_vec(), Priority::Low),
        Command::Move(ids[1], Move::Top),
        Command::Set(ids[0], set),
        Command::Limit(Some(5)),
        Command::Mode(Mode::Suspended),
        Command::SetFolder(ids[0], std::env::temp_dir().join("elsewhere")),
        Command::Resume(vec![ids[1]]),
        Command::Foreground(vec![ids[1]]),
        // About nothing there is nothing to do.
        Command::Suspend(Vec::new()),
    ] {
        assert_eq!(scene.ask(&client, command), Ok(Outcome::Done));
    }
    let is_last_done = |now: &Snapshot| {
        let first = now.groups.first().filter(|it| it.id == ids[1]);
        first.is_some_and(|it| it.properties.priority == Priority::Foreground)
    };
    let seen = scene.seen(&client, is_last_done);
    assert_eq!(seen.mode, Mode::Suspended);
    assert_eq!((seen.limit, seen.groups.len()), (Some(5), 2));
    let first = &seen.groups[1];
    assert_eq!(first.properties.priority, Priority::Low);
    assert_eq!(first.properties.description, "two\nlines");
    assert_eq!(first.properties.limit, Some(1000));
    assert_eq!(first.properties.on_complete, ["say", "it's done"]);

    let cancel = Command::Cancel {
        ids: vec![ids[0]],
        delete_finished: false,
    };
    assert_eq!(scene.ask(&client, cancel), Ok(Outcome::Done));
    let remove = Command::Remove(vec![ids[0]]);
    assert_eq!(scene.ask(&client, remove), Ok(Outcome::Done));
    scene.seen(&client, |now| now.groups.len() == 1);
}

#[test]
fn what_is_refused_there_is_refused_here() {
    let scene = Scene::new(Kind::Serve);
    let client = Client::start(&scene.folders).unwrap();
    let id = GroupId::random();
    scene.ask(&client, add(id, named("a"))).unwrap();
    let granularity = Property::Granularity(crate::queue::property::Granularity::default());
    for (command, refusal) in [
        (add(id, named("b")), Refusal::AlreadyExists),
        (Command::Suspend(vec![GroupId::random()]), Refusal::NotFound),
        (Command::Set(id, vec![granularity]), Refusal::NotSupported),
    ] {
        let answer = scene.ask(&client, command);
        assert!(
            matches!(&answer, Err(CallError::Refused(why, _)) if *why == refusal),
            "{answer:?}"
        );
    }
}

/// What can be looked at in an engine can be looked at there; a password cannot.
#[test]
fn it_is_looked_at_closely() {
    let scene = Scene::new(Kind::Serve);
    let client = Client::start(&scene.folders).unwrap();
    let properties = Properties {
        credentials: Some(Credentials {
            user: "ann".to_owned(),
            password: "s3cret".to_owned(),
        }),
        ..Properties::default()
    };
    let id = GroupId::random();
    scene.ask(&client, add(id, properties)).unwrap();
    let seen = scene.seen(&client, |now| !now.groups.is_empty());
    let told = seen.groups[0].properties.credentials.clone().unwrap();
    assert_eq!((told.user.as_str(), told.password.as_str()), ("ann", "…"));
    let file = seen.groups[0].jobs[0].files[0][0].id;
    scene.runtime.block_on(async {
        let inspection = client.inspect(file).await.unwrap().unwrap();
        assert_eq!(inspection.link.to_string(), "http://localhost/a/b.bin");
        let (told, own) = (client.journal(id).await, scene.engine.journal(id).await);
        assert_eq!(format!("{:?}", told.unwrap()), format!("{own:?}"));
        assert!(!own.is_empty());
        let exported = client.export().await.unwrap();
        let own = scene.engine.export().await;
        let text = |groups| crate::words::exchange::write(groups);
        assert_eq!(text(&exported), text(&own));
        assert!(client.history(10).await.unwrap().is_empty());
        assert_eq!(client.totals().await.unwrap().groups, 0);
        client.clear_history().await.unwrap();
        client.reload().await.unwrap();
    });
}

/// What was seen stays to be seen; what is asked is answered; and then it goes on.
#[test]
fn a_lost_connection_is_made_again() {
    let mut scene = Scene::new(Kind::Serve);
    let client = Client::start(&scene.folders).unwrap();
    scene
        .ask(&client, add(GroupId::random(), named("a")))
        .unwrap();
    scene.seen(&client, |now| now.groups.len() == 1);
    assert_eq!(*client.contact().borrow(), Contact::Connected);

    drop(scene.server.take());
    scene.comes_to(&client, Contact::Lost);
    let answer = scene.ask(&client, Command::Mode(Mode::Full));
    assert!(matches!(answer, Err(CallError::Lost(_))), "{answer:?}");
    assert_eq!(client.snapshots().borrow().groups.len(), 1);

    // Meanwhile there is more.
    let engine = scene.engine.clone();
    let more = engine.command(add(GroupId::random(), named("b")));
    scene.runtime.block_on(more).unwrap();
    scene.serve(Kind::Serve);
    scene.comes_to(&client, Contact::Connected);
    assert_eq!(client.snapshots().borrow().groups.len(), 2);
    let answer = scene.ask(&client, Command::Mode(Mode::Full));
    assert_eq!(answer, Ok(Outcome::Done));
    assert_eq!(
        *scene.seen(&client, |now| now.mode == Mode::Full).groups[1]
            .properties
            .name,
        *"b"
    );
}

/// A window leaves, and its queue with it: it is not steered by another one.
#[test]
fn a_window_is_not_steered() {
    let mut scene = Scene::new(Kind::Window);
    let started = Client::start(&scene.folders);
    assert!(
        matches!(started, Err(ConnectError::NotRunning)),
        "{started:?}"
    );
    drop(scene.server.take());
    let started = Client::start(&scene.folders);
    assert!(
        matches!(started, Err(ConnectError::NotRunning)),
        "{started:?}"
    );
}

/// With the last face the thread and its connections end.
#[test]
fn who_is_not_held_ends() {
    let scene = Scene::new(Kind::Serve);
    let client = Client::start(&scene.folders).unwrap();
    let mut contact = client.contact();
    let mut notices = client.notices();
    drop(client.clone());
    assert!(contact.has_changed().is_ok(), "one is left");
    drop(client);
    scene.runtime.block_on(async {
        let ended = timeout(LONG, contact.changed()).await;
        assert!(ended.expect("it ends in time").is_err());
        assert!(notices.recv().await.is_err());
    });
}
