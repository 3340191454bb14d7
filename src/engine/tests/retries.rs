//! Trying again: how long it waits, when it gives up, what a person's word changes.

use std::time::Duration;

use super::net::{Fault, Net, Source};
use super::world::{HOUR, SECOND, World, limits, priority};
use crate::download::{Failure, State, WaitReason};
use crate::queue::{Command, Limits, Notice, Priority};

const ONE: &str = "http://host/one.bin";

/// From one request to the next, without the time it takes to fail.
fn waits(net: &Net) -> Vec<f64> {
    let asked = net.asked(ONE);
    let pairs = asked.windows(2);
    pairs
        .map(|pair| (pair[1].at - pair[0].closed.unwrap()).as_secs_f64())
        .collect()
}

#[tokio::test(start_paused = true)]
async fn waits_double_up_to_a_minute() {
    let net = Net::new();
    let faults = [Fault::Status(502, None); 9];
    net.serve(ONE, Source::new(1, 2_000_000).faults(faults));
    let mut world = World::new(&net);
    world.fetch(&[ONE]).await;
    world.until_state(ONE, State::Waiting).await;
    assert_eq!(world.file(ONE).waiting.unwrap().reason, WaitReason::Retry);
    world.done().await;
    world.is_right("one.bin", ONE);
    let waits = waits(&net);
    for (wait, right) in waits
        .iter()
        .zip([1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0])
    {
        let around = (right * 0.8 - 0.01)..(right * 1.2 + 0.01);
        assert!(around.contains(wait), "{waits:?}");
    }
    assert!(waits.len() >= 9);
    let told = |told: &Notice| matches!(told, Notice::FileWaits { .. });
    assert!(world.notices().iter().any(told));
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn every_passing_failure_is_tried_again() {
    for fault in [
        Fault::Refused,
        Fault::Reset,
        Fault::Silent,
        Fault::Status(500, None),
        Fault::Status(503, None),
        Fault::Stall(70_000),
        Fault::Cut(70_000),
    ] {
        let net = Net::new();
        net.serve(
            ONE,
            Source::new(1, 600_000).rate(100_000).faults([fault; 2]),
        );
        let mut world = World::with(
            &net,
            Limits {
                connections: 1,
                ..limits()
            },
        );
        world.fetch(&[ONE]).await;
        let time = world.done().await;
        world.is_right("one.bin", ONE);
        assert!(time < Duration::from_secs(75), "{fault:?}: {time:?}");
        assert!(net.read(ONE) < 660_000, "{fault:?}: {}", net.read(ONE));
        world.end().await;
    }
}

/// What is there is not given up because the server could not be asked.
#[tokio::test(start_paused = true)]
async fn a_try_without_an_answer_loses_nothing() {
    for fault in [
        Fault::Refused,
        Fault::Silent,
        Fault::Status(503, None),
        Fault::Status(404, None),
    ] {
        let net = Net::new();
        net.serve(ONE, Source::new(1, 4_000_000).rate(250_000));
        let mut world = World::new(&net);
        let group = world.fetch(&[ONE]).await;
        world.until_bytes(ONE, 2_000_000).await;
        world.told(Command::Suspend(vec![group])).await;
        world.until_state(ONE, State::Suspended).await;
        let read = net.read(ONE);
        net.change(ONE, |source| source.always = fault);
        for _ in 0..3 {
            world.told(Command::Resume(vec![group])).await;
            world.advance(Duration::from_millis(10)).await;
            world.told(Command::Suspend(vec![group])).await;
            world.told(Command::Resume(vec![group])).await;
            world.advance(50 * SECOND).await;
        }
        net.change(ONE, |source| source.always = Fault::None);
        world.told(Command::Resume(vec![group])).await;
        world.done().await;
        world.is_right("one.bin", ONE);
        assert_eq!(world.names(), ["one.bin"]);
        let rest = net.read(ONE) - read;
        assert!(
            rest < 2_300_000,
            "{fault:?}: {rest} where 2,000,000 were missing"
        );
        world.end().await;
    }
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_obeyed() {
    let net = Net::new();
    let faults = [
        Fault::Status(503, Some("120")),
        Fault::Status(429, Some("7")),
    ];
    net.serve(ONE, Source::new(1, 2_000_000).faults(faults));
    let mut world = World::new(&net);
    world.fetch(&[ONE]).await;
    world.until_state(ONE, State::Waiting).await;
    assert_eq!(
        world.file(ONE).waiting.unwrap().reason,
        WaitReason::ServerBusy
    );
    world.done().await;
    let waits = waits(&net);
    assert!(
        (120.0..121.0).contains(&waits[0]) && (7.0..8.0).contains(&waits[1]),
        "{waits:?}"
    );
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn given_up_after_an_hour_in_the_foreground() {
    for fault in [
        Fault::Refused,
        Fault::Silent,
        Fault::Status(503, None),
        Fault::Stall(0),
    ] {
        let net = Net::new();
        net.serve(ONE, Source::new(1, 2_000_000).always(fault));
        let mut world = World::new(&net);
        let group = world.fetch(&[ONE]).await;
        let time = world.until_state(ONE, State::Error).await;
        assert!(
            time > HOUR - 60 * SECOND && time < HOUR + 120 * SECOND,
            "{fault:?}: {time:?}"
        );
        let failure = world.file(ONE).error.unwrap().failure.clone();
        assert!(matches!(failure, Failure::NoProgress { .. }), "{failure:?}");
        assert_eq!(world.notices().last(), Some(&Notice::GroupFailed(group)));
        net.change(ONE, |source| source.always = Fault::None);
        world.told(Command::Resume(vec![group])).await;
        assert!(world.done().await < 2 * SECOND, "at once");
        world.is_right("one.bin", ONE);
        assert_eq!(world.names(), ["one.bin"]);
        world.end().await;
    }
}

#[tokio::test(start_paused = true)]
async fn given_up_after_seven_days_in_the_background() {
    let net = Net::new();
    net.serve(
        ONE,
        Source::new(1, 2_000_000).always(Fault::Status(503, None)),
    );
    let mut world = World::new(&net);
    world.add(&[ONE], priority(Priority::Normal)).await;
    for _ in 0..6 {
        world.advance(24 * HOUR).await;
        assert_eq!(world.file(ONE).state, State::Waiting);
    }
    let time = 6 * 24 * HOUR + world.until_state(ONE, State::Error).await;
    assert!(
        time > 7 * 24 * HOUR - HOUR / 2 && time < 7 * 24 * HOUR + HOUR,
        "{time:?}"
    );
    let tries = net.asked(ONE).len();
    assert!((900..1_400).contains(&tries), "{tries}");
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn whoever_makes_progress_is_not_given_up() {
    let net = Net::new();
    let source = Source::new(1, 400_000)
        .rate(50_000)
        .always(Fault::Cut(1_500));
    net.serve(ONE, source);
    let mut world = World::with(
        &net,
        Limits {
            connections: 1,
            ..limits()
        },
    );
    world.fetch(&[ONE]).await;
    let time = world.done().await;
    world.is_right("one.bin", ONE);
    assert!(net.read(ONE) == 400_000 && time < HOUR, "{time:?}");
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn a_disk_that_is_too_small_is_an_error_at_once() {
    let net = Net::new();
    net.serve(ONE, Source::new(1, u64::MAX / 4));
    let mut world = World::new(&net);
    world.fetch(&[ONE]).await;
    let time = world.until_state(ONE, State::Error).await;
    let failure = world.file(ONE).error.unwrap().failure.clone();
    assert!(
        matches!(
            failure,
            Failure::DiskFull {
                needed: Some(_),
                ..
            }
        ),
        "{failure:?}"
    );
    assert!(time < SECOND && world.names().is_empty());
    world.end().await;
}
