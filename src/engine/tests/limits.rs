//! Limits hold: exactly, with one connection and with eight, and as soon as they are set.

use std::sync::Arc;
use std::time::Duration;

use super::net::{Net, Source};
use super::world::{SECOND, World, priority};
use crate::download::{State, WaitReason};
use crate::queue::{Command, Conditions, GroupId, Mode, Priority, Properties, Property};

const ONE: &str = "http://host/one.bin";
const TWO: &str = "http://other/two.bin";
const MEGA: u64 = 1_000_000;

/// How far a file gets in so many seconds, per second. (What its server has sent is ahead of
/// that by what is on its way.)
async fn speed(world: &World, url: &str, seconds: u32) -> f64 {
    let before = world.file(url).bytes;
    world.advance(seconds * SECOND).await;
    (world.file(url).bytes - before) as f64 / f64::from(seconds)
}

fn is_near(speed: f64, limit: u64, percent: f64) -> bool {
    (speed / limit as f64 - 1.0).abs() <= percent / 100.0
}

async fn limit(world: &World, group: GroupId, limit: u64) {
    world
        .told(Command::Set(group, vec![Property::Limit(Some(limit))]))
        .await;
}

#[tokio::test(start_paused = true)]
async fn with_one_connection_and_with_eight() {
    for (connections, bytes_a_second) in [(1, 700_000), (8, 700_000), (8, 2_000_000), (1, 40_000)] {
        let net = Net::new();
        net.serve(ONE, Source::new(1, 40 * MEGA).rate(MEGA));
        let mut world = World::new(&net);
        let properties = Properties {
            connections: Some(connections),
            ..priority(Priority::Foreground)
        };
        let group = world.add(&[ONE], properties).await;
        world
            .until("all connected", |_| net.open() == connections)
            .await;
        limit(&world, group, bytes_a_second).await;
        world.advance(SECOND).await;
        let speed = speed(&world, ONE, 5).await;
        assert!(
            is_near(speed, bytes_a_second, 3.0),
            "{connections}: {speed} of {bytes_a_second}"
        );
        assert_eq!(net.open(), connections);
        world.end().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_limit_from_the_start_holds_too() {
    for length in [200_000, 3 * MEGA] {
        let net = Net::new();
        net.serve(ONE, Source::new(1, length));
        let mut world = World::new(&net);
        let properties = Properties {
            limit: Some(300_000),
            ..priority(Priority::Foreground)
        };
        world.add(&[ONE], properties).await;
        let time = world.done().await.as_secs_f64();
        let right = length as f64 / 300_000.0;
        // (The last chunk is not waited for.)
        assert!(
            time > right - 0.35 && time < right + 0.5,
            "{time} s for {right}"
        );
        world.end().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_changed_limit_holds_within_a_second() {
    for connections in [1, 8] {
        let net = Net::new();
        net.serve(
            ONE,
            Source::new(1, 60 * MEGA).rate(8 * MEGA / connections as u64),
        );
        let mut world = World::new(&net);
        let properties = Properties {
            connections: Some(connections),
            ..priority(Priority::Foreground)
        };
        let group = world.add(&[ONE], properties).await;
        world
            .until("all connected", |_| net.open() == connections)
            .await;
        for bytes_a_second in [100_000, 3_000_000, 500_000, 50_000, 1_000_000] {
            limit(&world, group, bytes_a_second).await;
            world.advance(SECOND).await;
            let speed = speed(&world, ONE, 5).await;
            assert!(
                is_near(speed, bytes_a_second, 3.0),
                "{speed} of {bytes_a_second}"
            );
        }
        world
            .told(Command::Set(group, vec![Property::Limit(None)]))
            .await;
        world.advance(SECOND).await;
        let speed = speed(&world, ONE, 1).await;
        assert!(is_near(speed, 8 * MEGA, 5.0), "{speed} without a limit");
        world.end().await;
    }
}

#[tokio::test(start_paused = true)]
async fn the_programs_limit_is_shared() {
    let net = Net::new();
    net.serve(ONE, Source::new(1, 30 * MEGA));
    net.serve(TWO, Source::new(2, 30 * MEGA));
    let mut world = World::new(&net);
    world.fetch(&[ONE]).await;
    world.fetch(&[TWO]).await;
    world.until_bytes(TWO, MEGA).await;
    world.told(Command::Limit(Some(MEGA))).await;
    world.advance(SECOND).await;
    let before = world.file(TWO).bytes;
    let one = speed(&world, ONE, 5).await;
    let two = (world.file(TWO).bytes - before) as f64 / 5.0;
    assert!(is_near(one + two, MEGA, 3.0), "{one} and {two}");
    assert!(one / two < 1.5 && two / one < 1.5, "{one} and {two}");
    world.told(Command::Limit(None)).await;
    world.advance(Duration::from_millis(200)).await;
    assert!(speed(&world, ONE, 1).await > 3e6);
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn the_background_leaves_room_unless_all_is_full_speed() {
    let net = Net::new();
    net.serve(ONE, Source::new(1, 60 * MEGA));
    let mut world = World::new(&net);
    let group = world.add(&[ONE], priority(Priority::Normal)).await;
    world.until_bytes(ONE, 5 * MEGA).await;
    let polite = speed(&world, ONE, 2).await;
    assert!(polite < 7e6, "{polite}");
    world.told(Command::Mode(Mode::Full)).await;
    world.advance(SECOND).await;
    let full = speed(&world, ONE, 1).await;
    assert!(is_near(full, 10 * MEGA, 3.0), "{full}");
    world.told(Command::Mode(Mode::Polite)).await;
    world.told(Command::Foreground(vec![group])).await;
    world.advance(SECOND / 2).await;
    assert!(is_near(speed(&world, ONE, 1).await, 10 * MEGA, 3.0));
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn under_one_limit_the_higher_priority_goes_first() {
    let net = Net::new();
    net.serve(ONE, Source::new(1, 60 * MEGA));
    net.serve(TWO, Source::new(2, 60 * MEGA));
    let mut world = World::new(&net);
    world.add(&[TWO], priority(Priority::Low)).await;
    let high = world.add(&[ONE], priority(Priority::High)).await;
    world.until_bytes(ONE, MEGA).await;
    world.told(Command::Limit(Some(MEGA))).await;
    world.advance(SECOND).await;
    let before = world.file(TWO).bytes;
    let one = speed(&world, ONE, 10).await;
    let two = (world.file(TWO).bytes - before) as f64 / 10.0;
    assert!(
        one > 0.98e6 && two > 1e3 && two < 0.015e6,
        "{one} and {two}"
    );
    // What the first may not have is the other's.
    limit(&world, high, 300_000).await;
    world.advance(SECOND).await;
    let before = world.file(TWO).bytes;
    let one = speed(&world, ONE, 5).await;
    let two = (world.file(TWO).bytes - before) as f64 / 5.0;
    assert!(
        is_near(one, 300_000, 3.0) && is_near(one + two, MEGA, 3.0),
        "{one} and {two}"
    );
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn a_priority_and_the_hour_have_limits_of_their_own() {
    let net = Net::new();
    net.wire().rate = 2 * MEGA;
    net.serve(ONE, Source::new(1, 60 * MEGA));
    net.serve(TWO, Source::new(2, 60 * MEGA));
    let mut world = World::new(&net);
    let one = world.fetch(&[ONE]).await;
    world.add(&[TWO], priority(Priority::Low)).await;
    world.until_bytes(TWO, MEGA / 4).await;
    let schedule = |text: &str| Command::Schedule(Arc::new(text.parse().unwrap()));
    for (command, foreground, low) in [
        (
            Command::LimitPriority(Priority::Low, Some(200_000)),
            None,
            Some(200_000),
        ),
        (
            Command::LimitPriority(Priority::Foreground, Some(500_000)),
            Some(500_000),
            Some(200_000),
        ),
        (
            Command::LimitPriority(Priority::Low, None),
            Some(500_000),
            None,
        ),
        (
            schedule("daily 00-24 background 100000"),
            Some(500_000),
            Some(100_000),
        ),
        (
            Command::LimitPriority(Priority::Foreground, None),
            None,
            Some(100_000),
        ),
        (
            schedule("daily 00-24 all 300000"),
            Some(300_000),
            Some(300_000),
        ),
    ] {
        world.told(command).await;
        world.advance(SECOND).await;
        let before = world.file(TWO).bytes;
        let seen = (
            speed(&world, ONE, 5).await,
            (world.file(TWO).bytes - before) as f64 / 5.0,
        );
        for (seen, limit) in [(seen.0, foreground), (seen.1, low)] {
            let is_so = limit.map_or(seen > 0.5e6, |limit| is_near(seen, limit, 3.0));
            assert!(is_so, "{seen} of {limit:?}");
        }
    }
    // Back, and the limit goes along; nothing is connected anew.
    let asked = net.asked(ONE).len();
    world.told(Command::Background(vec![one])).await;
    world.advance(SECOND).await;
    let seen = speed(&world, ONE, 5).await;
    assert!(is_near(seen, 300_000, 3.0), "{seen}: the higher of the two");
    assert_eq!(net.asked(ONE).len(), asked);
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn small_files_are_paid_for_too() {
    let net = Net::new();
    let urls: Vec<_> = (0..40).map(|n| format!("http://host/{n}.bin")).collect();
    for (seed, url) in (0..).zip(&urls) {
        net.serve(url, Source::new(seed, 20_000));
    }
    let mut world = World::new(&net);
    world.told(Command::Limit(Some(100_000))).await;
    let urls: Vec<_> = urls.iter().map(String::as_str).collect();
    world.fetch(&urls).await;
    let time = world.done().await.as_secs_f64();
    assert!(time > 7.4 && time < 8.5, "{time} s for 8");
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn in_hours_that_are_off_nothing_is_connected() {
    let net = Net::new();
    net.serve(ONE, Source::new(1, 60 * MEGA));
    net.serve(TWO, Source::new(2, 60 * MEGA));
    let mut world = World::new(&net);
    world.fetch(&[ONE]).await;
    world.add(&[TWO], priority(Priority::Normal)).await;
    world.until_bytes(TWO, MEGA).await;
    let schedule = |text: &str| Command::Schedule(Arc::new(text.parse().unwrap()));
    world.told(schedule("daily 00-24 background off")).await;
    world.until_state(TWO, State::Waiting).await;
    world.advance(SECOND).await;
    assert!(net.asked(TWO).iter().all(|entry| entry.closed.is_some()));
    assert!(net.asked(ONE).iter().any(|entry| entry.closed.is_none()));
    let (waiting, had) = (world.file(TWO).waiting.unwrap(), world.file(TWO).bytes);
    assert_eq!(waiting.reason, WaitReason::Schedule);
    world.told(schedule("")).await;
    world.until_bytes(TWO, had + MEGA).await;
    world.handle().conditions(Conditions {
        metered: true,
        on_battery: true,
    });
    world.advance(SECOND).await;
    // (Nothing is said of them in this world's limits.)
    assert_eq!(world.file(TWO).state, State::Transferring);
    world.end().await;
}
