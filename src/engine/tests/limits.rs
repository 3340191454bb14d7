//! Limits hold: exactly, with one connection and with eight, and as soon as they are set.

use std::time::Duration;

use super::net::{Net, Source};
use super::world::{SECOND, World, priority};
use crate::queue::{Command, GroupId, Mode, Priority, Properties, Property};

const ONE: &str = "http://host/one.bin";
const TWO: &str = "http://other/two.bin";
const MEGA: u64 = 1_000_000;

/// Bytes that come in so many seconds, per second.
async fn speed(world: &World, url: &str, seconds: u32) -> f64 {
    let before = world.net.read(url);
    world.advance(seconds * SECOND).await;
    (world.net.read(url) - before) as f64 / f64::from(seconds)
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
            // (With 64 KiB at a time a slow one comes in large steps.)
            let percent = if bytes_a_second < MEGA { 15.0 } else { 3.0 };
            assert!(
                is_near(speed, bytes_a_second, percent),
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
    let before = net.read(TWO);
    let one = speed(&world, ONE, 5).await;
    let two = (net.read(TWO) - before) as f64 / 5.0;
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
