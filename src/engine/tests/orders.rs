//! What a person asks for while files run: suspend, resume, cancel, priorities, another URL.

use std::time::Duration;

use super::net::{Entry, Fault, Net, Source};
use super::world::{SECOND, World, file_in, files, limits, priority};
use crate::download::{Link, State};
use crate::queue::{Command, Limits, Mode, Priority};

const ONE: &str = "http://host/one.bin";
const TWO: &str = "http://other/two.bin";
const MEGA: u64 = 1_000_000;

fn slow(seed: u64) -> Source {
    Source::new(seed, 8 * MEGA).rate(MEGA / 2)
}

#[tokio::test(start_paused = true)]
async fn suspend_closes_every_body_and_keeps_every_byte() {
    let net = Net::new();
    net.serve(ONE, slow(1));
    let mut world = World::new(&net);
    let group = world.fetch(&[ONE]).await;
    world.until_bytes(ONE, 4 * MEGA).await;
    assert_eq!(net.open(), 8);
    world.told(Command::Suspend(vec![group])).await;
    world.advance(SECOND).await;
    assert_eq!(net.open(), 0);
    let file = world.file(ONE);
    assert_eq!((file.state, file.connections), (State::Suspended, 0));
    let (kept, read) = (file.bytes, net.read(ONE));
    assert!(
        kept >= 4 * MEGA && read - kept < 8 * 65_536,
        "{kept} of {read}"
    );
    world.advance(60 * SECOND).await;
    assert_eq!(net.read(ONE), read, "a suspended file asked for more");
    let asked = net.asked(ONE).len();
    world.told(Command::Resume(vec![group])).await;
    world.done().await;
    world.is_right("one.bin", ONE);
    let again = net.read(ONE) - read;
    assert!(
        again < 8 * MEGA - kept + 300_000,
        "{again} where {} were missing",
        8 * MEGA - kept
    );
    assert!(
        net.asked(ONE)[asked].start > Some(0),
        "resumed from the start"
    );
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn suspend_and_resume_at_once_and_often() {
    let net = Net::new();
    net.serve(ONE, slow(1));
    let mut world = World::new(&net);
    let group = world.fetch(&[ONE]).await;
    for step in 0..40 {
        world.told(Command::Suspend(vec![group])).await;
        if step % 3 == 0 {
            world.advance(Duration::from_millis(step)).await;
        }
        world.told(Command::Resume(vec![group])).await;
        world.advance(Duration::from_millis(step * 7)).await;
    }
    world.done().await;
    world.is_right("one.bin", ONE);
    assert!(net.read(ONE) < 10 * MEGA, "{}", net.read(ONE));
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn to_the_foreground_and_back_without_reconnecting() {
    let net = Net::new();
    net.serve(ONE, slow(1));
    let mut world = World::new(&net);
    let group = world.add(&[ONE], priority(Priority::Low)).await;
    world.until_bytes(ONE, 2 * MEGA).await;
    let (asked, open) = (net.asked(ONE).len(), net.open());
    for _ in 0..3 {
        world.told(Command::Foreground(vec![group])).await;
        world.advance(Duration::from_millis(150)).await;
        world.told(Command::Background(vec![group])).await;
        world.advance(Duration::from_millis(150)).await;
    }
    assert_eq!(
        world.snapshot().groups[0].properties.priority,
        Priority::Low
    );
    let closed = |entry: &&Entry| entry.closed.is_some();
    let journal = net.asked(ONE);
    assert_eq!(
        journal.iter().take(asked).filter(closed).count(),
        asked - open
    );
    world.done().await;
    world.is_right("one.bin", ONE);
    world.end().await;
}

/// The part is open, and its record on the way to the store.
#[tokio::test(start_paused = true)]
async fn priorities_are_strict() {
    let net = Net::new();
    let urls = [
        Priority::Low,
        Priority::Normal,
        Priority::High,
        Priority::Foreground,
    ]
    .map(|level| (level, format!("http://host/{}.bin", level.word())));
    let mut world = World::with(
        &net,
        Limits {
            parallel: 1,
            ..limits()
        },
    );
    for (level, url) in &urls {
        net.serve(url, Source::new(1, 3 * MEGA).rate(MEGA));
        world.add(&[url], priority(*level)).await;
        world.advance(SECOND / 2).await;
    }
    world
        .until("the first ends", |snapshot| {
            files(snapshot)[3].state == State::Complete
        })
        .await;
    for (behind, (_, url)) in urls.iter().rev().enumerate() {
        world.until_state(url, State::Complete).await;
        let left = files(&world.snapshot())
            .iter()
            .filter(|f| f.state != State::Complete)
            .count();
        assert_eq!(left, 3 - behind, "{url}");
    }
    for (_, url) in &urls {
        assert!(
            net.read(url) < 3 * MEGA + 500_000,
            "{url}: {}",
            net.read(url)
        );
    }
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn equals_take_turns_and_nothing_is_fetched_twice() {
    let net = Net::new();
    let numbers = Limits {
        parallel: 1,
        connections: 2,
        rotation: 3 * SECOND,
        ..limits()
    };
    let mut world = World::with(&net, numbers);
    for (seed, url) in [(1, ONE), (2, TWO)] {
        net.serve(url, Source::new(seed, 6 * MEGA).rate(MEGA / 4));
        world.fetch(&[url]).await;
    }
    world.advance(10 * SECOND).await;
    assert!(world.file(ONE).bytes > MEGA && world.file(TWO).bytes > MEGA);
    world.done().await;
    for (name, url) in [("one.bin", ONE), ("two.bin", TWO)] {
        world.is_right(name, url);
        assert!(net.read(url) < 6 * MEGA + 400_000, "{}", net.read(url));
        assert!(net.asked(url).len() > 4);
    }
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn all_is_paused_and_goes_on() {
    let net = Net::new();
    net.serve(ONE, slow(1));
    net.serve(TWO, slow(2));
    let mut world = World::new(&net);
    world.fetch(&[ONE]).await;
    world.add(&[TWO], priority(Priority::Low)).await;
    world.until_bytes(TWO, MEGA).await;
    world.told(Command::Mode(Mode::Suspended)).await;
    world.advance(SECOND).await;
    assert_eq!(net.open(), 0);
    assert_eq!(world.file(ONE).state, State::Waiting);
    let read = net.read(ONE) + net.read(TWO);
    world.advance(60 * SECOND).await;
    assert_eq!(net.read(ONE) + net.read(TWO), read);
    world.told(Command::Mode(Mode::Full)).await;
    world.done().await;
    world.is_right("one.bin", ONE);
    world.is_right("two.bin", TWO);
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn another_url_keeps_the_bytes() {
    let net = Net::new();
    net.serve(ONE, slow(1));
    net.serve(TWO, slow(1));
    let mut world = World::new(&net);
    world.fetch(&[ONE]).await;
    world.until_bytes(ONE, 4 * MEGA).await;
    net.change(ONE, |source| source.always = Fault::Silent);
    let file = world.file(ONE);
    world
        .told(Command::SetLink(file.id, Link::parse(TWO).unwrap()))
        .await;
    world.done().await;
    world.is_right("one.bin", TWO);
    let read = net.read(TWO);
    assert!(
        read < 8 * MEGA - file.bytes + 400_000,
        "{read} where {} were there",
        file.bytes
    );
    assert_eq!(world.names(), ["one.bin"]);
    world
        .until("known by its new URL", |snapshot| {
            file_in(snapshot, TWO).is_some()
        })
        .await;
    world.end().await;
}
