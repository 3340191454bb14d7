//! Files that come whole: their bytes, their names, many of them at once.

use super::net::{Fault, Net, Source};
use super::world::{SECOND, World, files, limits, priority};
use crate::download::{Failure, State};
use crate::queue::{Command, ConflictRule, Limits, Notice, Priority, Properties};

const ONE: &str = "http://host/one.bin";
const TWO: &str = "http://host/two.bin";

#[tokio::test(start_paused = true)]
async fn one_file_whole_and_right() {
    let net = Net::new();
    net.serve(ONE, Source::new(1, 3_000_001));
    let mut world = World::new(&net);
    let group = world.fetch(&[ONE]).await;
    let time = world.done().await;
    world.is_right("one.bin", ONE);
    assert_eq!(world.names(), ["one.bin"]);
    assert!(time < SECOND, "{time:?} for a third of a second's bytes");
    let told = world.notices();
    assert!(matches!(told[0], Notice::FileCompleted(..)), "{told:?}");
    assert_eq!(told[1..], [Notice::GroupCompleted(group)]);
    assert_eq!(net.read(ONE), 3_000_001, "no byte was fetched twice");
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn empty_small_and_of_unknown_length() {
    let net = Net::new();
    net.serve("http://host/empty", Source::new(1, 0));
    net.serve("http://host/small", Source::new(2, 1_000));
    net.serve("http://host/slow", Source::new(3, 100_000).rate(20_000));
    let unknown = Source {
        says_length: false,
        ..Source::new(4, 700_000).whole_only()
    };
    net.serve("http://host/unknown", unknown);
    net.serve(
        "http://host/moved",
        Source::new(5, 1).always(Fault::Redirect(TWO)),
    );
    net.serve(TWO, Source::new(6, 400_000));
    let urls = ["empty", "small", "slow", "unknown"].map(|name| format!("http://host/{name}"));
    let urls: Vec<&str> = urls
        .iter()
        .map(String::as_str)
        .chain(["http://host/moved"])
        .collect();
    let mut world = World::new(&net);
    world.fetch(&urls).await;
    world.done().await;
    assert_eq!(
        world.names(),
        ["empty", "slow", "small", "two.bin", "unknown"]
    );
    for url in &urls[..4] {
        world.is_right(url.rsplit('/').next().unwrap(), url);
    }
    world.is_right("two.bin", TWO);
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn a_bad_file_does_not_hold_up_the_others() {
    let net = Net::new();
    let urls = ["a", "b", "c", "d", "e", "f"].map(|name| format!("http://host/{name}.bin"));
    let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
    for (seed, url) in (0..).zip(&urls) {
        net.serve(url, Source::new(seed, 400_000));
    }
    net.change(urls[0], |source| source.always = Fault::Status(404, None));
    net.change(urls[2], |source| source.always = Fault::Stall(0));
    net.change(urls[3], |source| source.always = Fault::Silent);
    let mut world = World::with(
        &net,
        Limits {
            parallel: 2,
            ..limits()
        },
    );
    let group = world.fetch(&urls).await;
    world
        .until("the good ones complete", |snapshot| {
            files(snapshot)
                .iter()
                .filter(|file| file.state == State::Complete)
                .count()
                == 3
        })
        .await;
    assert_eq!(world.file(urls[0]).state, State::Error);
    for (url, name) in [(urls[1], "b.bin"), (urls[4], "e.bin"), (urls[5], "f.bin")] {
        world.is_right(name, url);
    }
    for url in [urls[0], urls[2], urls[3]] {
        net.change(url, |source| source.always = Fault::None);
    }
    world.told(Command::Resume(vec![group])).await;
    world.done().await;
    assert_eq!(world.names().len(), 6);
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn two_thousand_small_files_sixteen_at_a_time() {
    let net = Net::new();
    let urls: Vec<String> = (0..2_000).map(|n| format!("http://host/{n}.bin")).collect();
    for (seed, url) in (0..).zip(&urls) {
        net.serve(url, Source::new(seed, 1_000 + seed % 9_000));
    }
    let mut world = World::with(
        &net,
        Limits {
            parallel: 16,
            ..limits()
        },
    );
    let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
    world.add(&urls, priority(Priority::Normal)).await;
    let time = world.done().await;
    let peak = net.wire().peak;
    assert_eq!(peak, 16);
    assert_eq!(world.names().len(), 2_000);
    for url in &urls {
        world.is_right(url.rsplit('/').next().unwrap(), url);
    }
    // 2,000 answers, 16 at a time, each 20 ms away (and the bytes, at 10 MB/s).
    let line = std::time::Duration::from_millis(2_000 / 16 * 20 + 1_100);
    assert!(time < line * 3 / 2, "{time:?} for {line:?}");
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn sizes_are_learned_ahead_politely() {
    let net = Net::new();
    let urls: Vec<String> = (0..9).map(|n| format!("http://host/{n}.bin")).collect();
    for (seed, url) in (0..).zip(&urls) {
        net.serve(url, Source::new(seed, 5_000_000 + seed).rate(100_000));
    }
    let numbers = Limits {
        parallel: 1,
        connections: 1,
        measure_ahead: true,
        ..limits()
    };
    let mut world = World::with(&net, numbers);
    let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
    let group = world.fetch(&urls).await;
    world
        .until("all sizes", |snapshot| {
            snapshot
                .groups
                .first()
                .is_some_and(|group| group.summary.size.is_some())
        })
        .await;
    assert_eq!(
        world.snapshot().groups[0].summary.size,
        Some(9 * 5_000_000 + 36)
    );
    let journal = net.wire().journal.clone();
    let heads = journal
        .iter()
        .filter(|entry| entry.head_only && entry.read == 0)
        .count();
    assert!(
        heads == 8 && net.wire().peak <= 3,
        "{heads}, {}",
        net.wire().peak
    );
    world.told(Command::Suspend(vec![group])).await;
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn what_is_suspended_touches_no_server() {
    let net = Net::new();
    net.serve(ONE, Source::new(1, 5_000));
    let world = World::with(
        &net,
        Limits {
            measure_ahead: true,
            ..limits()
        },
    );
    let job = world.job(&[ONE, TWO], ConflictRule::Rename);
    let properties = Properties::default();
    world
        .told(Command::Add {
            into: None,
            id: None,
            properties,
            job,
            start: false,
        })
        .await;
    world.advance(60 * SECOND).await;
    assert!(net.wire().journal.is_empty() && world.names().is_empty());
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn a_page_where_a_file_was_wanted_is_an_error() {
    let net = Net::new();
    net.serve(ONE, Source::new(1, 0).always(Fault::Status(410, None)));
    let mut world = World::new(&net);
    world.fetch(&[ONE]).await;
    world.until_state(ONE, State::Error).await;
    let failure = world.file(ONE).error.unwrap().failure.clone();
    assert_eq!(
        failure,
        Failure::Status {
            status: 410,
            retry_after: None
        }
    );
    assert_eq!(world.names(), [""; 0]);
    world.end().await;
}
