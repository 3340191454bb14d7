//! Jobs that use the network in a way of their own, among others that do not.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::net::{Fault, Net, Source};
use super::whole::{config, server};
use super::world::{SECOND, World, file_in, priority};
use crate::download::{Failure, Link, State};
use crate::engine::{Engine, Handle};
use crate::queue::{
    Command, ConflictRule, FileView, JobNetwork, JobOptions, NewFile, NewJob, Outcome, Priority,
    Properties, Proxy,
};

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Length: 4000000\r\n\r\n";

/// A new group of one file, started.
async fn add(engine: &Handle, folder: &Path, url: &str, network: Option<JobNetwork>) {
    let options = JobOptions {
        folder: folder.to_owned(),
        network: network.map(Arc::new),
        ..JobOptions::default()
    };
    let file = NewFile {
        link: Link::parse(url).unwrap(),
        name: None,
        checksum: None,
    };
    let job = NewJob {
        id: None,
        files: vec![file],
        options: Arc::new(options),
    };
    let add = Command::Add {
        into: None,
        id: None,
        properties: Properties::default(),
        job,
        start: true,
    };
    let added = engine.command(add).await;
    assert!(matches!(added, Ok(Outcome::Group(_))), "{added:?}");
}

async fn at_its_end(engine: &Handle, url: &str) -> FileView {
    let mut snapshots = engine.snapshots();
    let ended = snapshots.wait_for(|seen| {
        file_in(seen, url).is_some_and(|file| matches!(file.state, State::Complete | State::Error))
    });
    let snapshot = tokio::time::timeout(Duration::from_secs(20), ended).await;
    file_in(&snapshot.unwrap().unwrap(), url).unwrap()
}

#[tokio::test]
async fn a_job_has_a_proxy_of_its_own() {
    let place = tempfile::tempdir().unwrap();
    let (host, direct) = server(HEAD);
    let (proxy, passed) = server(HEAD);
    let engine = Engine::start(config(place.path())).unwrap();
    let own = JobNetwork {
        proxy: Some(Proxy::Url(format!("http://ann:hush@{proxy}"))),
        ..JobNetwork::default()
    };
    let (plain, through) = (format!("http://{host}/plain"), "http://far.invalid/through");
    add(&engine, place.path(), &plain, None).await;
    add(&engine, place.path(), through, Some(own)).await;
    for url in [&plain, through] {
        let file = at_its_end(&engine, url).await;
        assert_eq!(file.state, State::Complete, "{:?}", file.error);
    }
    let head = |heads: &std::sync::mpsc::Receiver<String>| heads.try_iter().collect::<Vec<_>>();
    let (direct, passed) = (head(&direct), head(&passed));
    assert!(direct[0].starts_with("GET /plain "), "{direct:?}");
    assert!(
        passed[0].starts_with("GET http://far.invalid/through "),
        "{passed:?}"
    );
    // (ann:hush)
    assert!(passed[0].contains("Basic YW5uOmh1c2g="), "{passed:?}");
    assert_eq!((direct.len(), passed.len()), (1, 1));
    engine.shutdown().await.unwrap();
}

/// No PEM, no base64, base64 of no certificate: an error at once, of these files alone.
#[tokio::test]
async fn an_authority_that_is_none_is_its_jobs_failure() {
    let place = tempfile::tempdir().unwrap();
    let (host, _heads) = server(HEAD);
    let engine = Engine::start(config(place.path())).unwrap();
    let block = |inside: &str| {
        format!("-----BEGIN CERTIFICATE-----\n{inside}\n-----END CERTIFICATE-----\n")
    };
    let bad = ["nothing".to_owned(), block("!"), block("AAECAwQF")];
    for (number, pem) in bad.into_iter().enumerate() {
        let own = JobNetwork {
            more_authorities: vec![pem.clone().into_bytes()],
            ..JobNetwork::default()
        };
        let url = format!("http://{host}/bad/{number}");
        add(&engine, place.path(), &url, Some(own)).await;
        let file = at_its_end(&engine, &url).await;
        let failure = &file.error.as_ref().unwrap().failure;
        assert!(
            matches!(failure, Failure::Certificate(_)),
            "{pem}: {failure:?}"
        );
    }
    let fine = format!("http://{host}/fine");
    add(&engine, place.path(), &fine, None).await;
    assert_eq!(at_its_end(&engine, &fine).await.state, State::Complete);
    engine.shutdown().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_job_waits_for_a_byte_as_long_as_it_was_told() {
    let net = Net::new();
    let (short, long) = ("http://host/short.bin", "http://other/long.bin");
    // The first gives no head, the second stops in its body.
    net.serve(short, Source::new(1, 2_000_000).faults([Fault::Silent]));
    net.serve(
        long,
        Source::new(2, 2_000_000)
            .whole_only()
            .faults([Fault::Stall(70_000)]),
    );
    let mut world = World::new(&net);
    for (url, stall) in [(short, Some(5 * SECOND)), (long, Some(90 * SECOND))] {
        let mut job = world.job(&[url], ConflictRule::Rename);
        let network = JobNetwork {
            stall_timeout: stall,
            ..JobNetwork::default()
        };
        Arc::make_mut(&mut job.options).network = Some(Arc::new(network));
        let add = Command::Add {
            into: None,
            id: None,
            properties: priority(Priority::Foreground),
            job,
            start: true,
        };
        world.told(add).await;
    }
    world.done().await;
    for (url, seconds) in [(short, 5.0), (long, 90.0)] {
        let first = &net.asked(url)[0];
        let lasted = (first.closed.unwrap() - first.at).as_secs_f64();
        assert!((lasted - seconds).abs() < 2.0, "{url}: {lasted}");
    }
    world.end().await;
}
