//! The program ends and begins again: every byte that came is there, and is not asked for twice.

use std::time::Duration;

use super::net::{Fault, Net, Source};
use super::world::{SECOND, World};
use crate::download::State;
use crate::queue::Command;

const ONE: &str = "http://host/one.bin";
const TWO: &str = "http://other/two.bin";
const MEGA: u64 = 1_000_000;

#[tokio::test(start_paused = true)]
async fn ended_in_the_middle_and_begun_again() {
    let net = Net::new();
    net.serve(ONE, Source::new(1, 12 * MEGA).rate(MEGA / 2));
    let mut world = World::new(&net);
    for step in 1..=4 {
        world.fetch(&[ONE]).await;
        world.until_bytes(ONE, step * 2 * MEGA).await;
        world.again().await;
        assert_eq!(world.names(), ["one.bin.ebb-part"]);
    }
    world.fetch(&[ONE]).await;
    world.done().await;
    world.is_right("one.bin", ONE);
    let read = net.read(ONE);
    // What was on its way each time, and no more: eight connections, a chunk each.
    assert!(read < 12 * MEGA + 5 * 8 * 65_536, "{read} for 12 million");
    assert_eq!(world.names(), ["one.bin"]);
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn ended_at_any_moment() {
    for millis in (1..3_000).step_by(53) {
        let net = Net::new();
        net.serve(ONE, Source::new(1, 900_000).rate(150_000));
        net.serve(TWO, Source::new(2, 50_000).rate(100_000));
        let mut world = World::new(&net);
        world.fetch(&[ONE, TWO]).await;
        world.advance(Duration::from_millis(millis)).await;
        world.again().await;
        world.fetch(&[ONE, TWO]).await;
        world.done().await;
        world.is_right("one.bin", ONE);
        assert!(
            !world.names().iter().any(|name| name.ends_with("ebb-part")),
            "after {millis} ms"
        );
        world.end().await;
    }
}

#[tokio::test(start_paused = true)]
async fn an_end_does_not_wait_for_anyone() {
    let net = Net::new();
    net.serve(ONE, Source::new(1, 2 * MEGA).always(Fault::Silent));
    net.serve(TWO, Source::new(2, 2 * MEGA).always(Fault::Stall(500_000)));
    let mut world = World::new(&net);
    world.fetch(&[ONE, TWO]).await;
    world.until_bytes(TWO, 400_000).await;
    let begun = tokio::time::Instant::now();
    world.end().await;
    assert!(begun.elapsed() < SECOND);
    assert!(!world.lives());
}

#[tokio::test(start_paused = true)]
async fn the_part_was_tampered_with() {
    let net = Net::new();
    net.serve(ONE, Source::new(1, 3 * MEGA).rate(MEGA / 4));
    for kind in ["gone", "short", "other"] {
        let mut world = World::new(&net);
        let group = world.fetch(&[ONE]).await;
        world.until_bytes(ONE, MEGA).await;
        world.told(Command::Suspend(vec![group])).await;
        world.until_state(ONE, State::Suspended).await;
        world.advance(SECOND).await;
        let part = world.folder().join("one.bin.ebb-part");
        match kind {
            "gone" => std::fs::remove_file(&part).unwrap(),
            "short" => {
                let file = std::fs::OpenOptions::new().write(true).open(&part).unwrap();
                file.set_len(10_000).unwrap();
            }
            _ => {
                std::fs::remove_file(&part).unwrap();
                std::fs::write(&part, vec![7; 3 * MEGA as usize]).unwrap();
            }
        }
        world.told(Command::Resume(vec![group])).await;
        world.done().await;
        let path = world.file(ONE).path.unwrap();
        world.is_right(path.file_name().unwrap().to_str().unwrap(), ONE);
        world.end().await;
    }
}
