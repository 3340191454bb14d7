//! Under which name a file stands, and what is given along with its URL.

use super::net::{Fault, Net, Source};
use super::world::World;
use crate::download::{Failure, State};
use crate::queue::{Command, ConflictRule, Properties};

const ONE: &str = "http://host/one.bin";

#[tokio::test(start_paused = true)]
async fn a_persons_headers_stay_with_their_server() {
    let net = Net::new();
    let far = "http://far/one.bin";
    net.serve(ONE, Source::new(1, 1).always(Fault::Redirect(far)));
    net.serve(far, Source::new(2, 3_000_000).rate(500_000));
    let mut world = World::new(&net);
    let mut job = world.job(&[ONE], ConflictRule::Rename);
    let header = ("x-api-key".to_owned(), "secret".to_owned());
    std::sync::Arc::make_mut(&mut job.options)
        .headers
        .push(header);
    let properties = Properties::default();
    world
        .told(Command::Add {
            into: None,
            id: None,
            properties,
            job,
            start: true,
        })
        .await;
    world.done().await;
    assert!(
        net.asked(ONE)
            .iter()
            .all(|entry| entry.headers["x-api-key"] == "secret")
    );
    assert!(net.asked(far).iter().all(|entry| entry.headers.is_empty()));
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn two_namesakes_get_two_names() {
    let net = Net::new();
    for length in [900_000, 900] {
        let urls = ["http://a/same.zip", "http://b/same.zip"];
        net.serve(urls[0], Source::new(1, length));
        net.serve(urls[1], Source::new(2, length));
        let mut world = World::new(&net);
        world.fetch(&urls).await;
        world.done().await;
        assert_eq!(world.names(), ["same (1).zip", "same.zip"]);
        for url in urls {
            let path = world.file(url).path.unwrap();
            world.is_right(path.file_name().unwrap().to_str().unwrap(), url);
        }
        world.end().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_name_that_is_taken() {
    let net = Net::new();
    net.serve(ONE, Source::new(1, 500_000));
    for (rule, state, names) in [
        (
            ConflictRule::Rename,
            State::Complete,
            vec!["one (1).bin", "one.bin"],
        ),
        (ConflictRule::Overwrite, State::Complete, vec!["one.bin"]),
        (ConflictRule::Skip, State::Complete, vec!["one.bin"]),
        (ConflictRule::Fail, State::Error, vec!["one.bin"]),
    ] {
        let mut world = World::new(&net);
        std::fs::create_dir_all(world.folder()).unwrap();
        let there = world.folder().join("one.bin");
        std::fs::write(&there, "mine").unwrap();
        let job = world.job(&[ONE], rule);
        let properties = Properties::default();
        let add = Command::Add {
            into: None,
            id: None,
            properties,
            job,
            start: true,
        };
        world.told(add).await;
        world.until_state(ONE, state).await;
        assert_eq!(world.names(), names, "{rule:?}");
        let mine = std::fs::read(&there).unwrap() == b"mine";
        assert_eq!(mine, rule != ConflictRule::Overwrite, "{rule:?}");
        world.end().await;
    }
}

#[tokio::test(start_paused = true)]
async fn what_its_checksum_does_not_fit_is_not_kept() {
    for length in [1_000, 900_000] {
        let net = Net::new();
        net.serve(ONE, Source::new(1, length));
        let mut world = World::new(&net);
        let mut job = world.job(&[ONE], ConflictRule::Rename);
        let wrong = format!("sha-256={}", "0".repeat(64));
        job.files[0].checksum = Some(wrong.parse().unwrap());
        let properties = Properties::default();
        world
            .told(Command::Add {
                into: None,
                id: None,
                properties,
                job,
                start: true,
            })
            .await;
        world.until_state(ONE, State::Error).await;
        let failure = world.file(ONE).error.unwrap().failure.clone();
        assert!(
            matches!(failure, Failure::ChecksumMismatch { .. }),
            "{failure:?}"
        );
        assert_eq!(world.names(), [""; 0]);
        world.end().await;
    }
}
