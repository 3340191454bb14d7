//! Cancel: unfinished parts go, at whatever moment it comes, and nothing comes after it.

use std::time::Duration;

use super::net::{Entry, Net, Source};
use super::world::{SECOND, World, limits};
use crate::queue::{Command, Notice};

const ONE: &str = "http://host/one.bin";
const TWO: &str = "http://other/two.bin";
const MEGA: u64 = 1_000_000;

fn slow(seed: u64) -> Source {
    Source::new(seed, 8 * MEGA).rate(MEGA / 2)
}

#[tokio::test(start_paused = true)]
async fn cancel_removes_the_part_and_keeps_what_is_finished() {
    for delete_finished in [false, true] {
        let net = Net::new();
        net.serve(ONE, slow(1));
        net.serve(TWO, Source::new(2, 1_000));
        let mut world = World::new(&net);
        let group = world.fetch(&[ONE, TWO]).await;
        world.until_bytes(ONE, 2 * MEGA).await;
        assert_eq!(world.names(), ["one.bin.ebb-part", "two.bin"]);
        world
            .told(Command::Cancel {
                ids: vec![group],
                delete_finished,
            })
            .await;
        world.advance(SECOND).await;
        let left: &[&str] = if delete_finished { &[] } else { &["two.bin"] };
        assert_eq!(world.names(), left);
        assert_eq!(net.open(), 0);
        world.told(Command::Remove(vec![group])).await;
        // Nothing is remembered of it, either.
        world.again().await;
        world.fetch(&[ONE]).await;
        world.until_bytes(ONE, 1).await;
        let whole = |entry: &&Entry| entry.start == Some(0);
        assert_eq!(net.asked(ONE).iter().filter(whole).count(), 2);
        world.end().await;
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_written_after_a_cancel() {
    let net = Net::new();
    for millis in (0..2_000).step_by(37) {
        net.serve(ONE, Source::new(1, MEGA).rate(300_000));
        net.serve(TWO, Source::new(2, 60_000).rate(200_000));
        let mut world = World::new(&net);
        let group = world.fetch(&[ONE, TWO]).await;
        world.advance(Duration::from_millis(millis)).await;
        let cancel = Command::Cancel {
            ids: vec![group],
            delete_finished: true,
        };
        world.told(cancel).await;
        world.told(Command::Remove(vec![group])).await;
        world.advance(5 * SECOND).await;
        assert_eq!(world.names(), [""; 0], "after {millis} ms");
        assert_eq!(world.snapshot().groups.len(), 0);
        assert!(world.notices().contains(&Notice::GroupRemoved(group)));
        world.end().await;
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_left_where_a_part_was_about_to_begin() {
    let net = Net::new();
    net.serve(ONE, Source::new(1, MEGA).rate(300_000));
    for micros in (18_000..24_000).step_by(500) {
        let mut world = World::with_slow_store(&net, limits());
        let group = world.fetch(&[ONE]).await;
        world.advance(Duration::from_micros(micros)).await;
        world
            .told(Command::Cancel {
                ids: vec![group],
                delete_finished: true,
            })
            .await;
        world.advance(SECOND).await;
        world.again().await;
        assert_eq!(world.names(), [""; 0], "after {micros} µs");
        world.end().await;
    }
}
