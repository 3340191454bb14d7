//! Sources that change: one version in the end, never two mixed.

use super::net::{Fault, Net, Source};
use super::world::{World, limits};
use crate::download::State;
use crate::queue::{Command, Limits, Notice};

const ONE: &str = "http://host/one.bin";
const MEGA: u64 = 1_000_000;

fn slow(seed: u64) -> Source {
    Source::new(seed, 6 * MEGA).rate(MEGA / 2)
}

fn started_over(world: &mut World) -> usize {
    let told = world.notices();
    told.iter()
        .filter(|told| matches!(told, Notice::FileStartedOver(_)))
        .count()
}

#[tokio::test(start_paused = true)]
async fn another_version_in_the_middle() {
    for (length, etag) in [
        (6 * MEGA, "\"two\""),
        (5 * MEGA, "\"two\""),
        (7 * MEGA, "\"one\""),
    ] {
        for connections in [1, 8] {
            let net = Net::new();
            net.serve(ONE, slow(1));
            let mut world = World::with(
                &net,
                Limits {
                    connections,
                    ..limits()
                },
            );
            world.fetch(&[ONE]).await;
            world.until_bytes(ONE, 2 * MEGA).await;
            let changed = Source {
                etag: Some(etag),
                ..slow(2)
            };
            net.serve(ONE, Source { length, ..changed });
            // What still comes is of the first version: one connection would bring all of it.
            net.change(ONE, |source| source.faults.clear());
            let time = world.done().await;
            let bytes = std::fs::read(world.folder().join("one.bin")).unwrap();
            let first = super::net::bytes_of(1, 0..6 * MEGA);
            let second = net.bytes(ONE);
            assert!(
                bytes == first || bytes == second,
                "mixed, {connections} {time:?}"
            );
            assert_eq!(started_over(&mut world) > 0, bytes == second);
            assert_eq!(world.names(), ["one.bin"]);
            world.end().await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn another_version_while_suspended() {
    for (length, etag, modified, keeps) in [
        (6 * MEGA, Some("\"one\""), None, true),
        (6 * MEGA, Some("\"two\""), None, false),
        (5 * MEGA, Some("\"one\""), None, false),
        (1_000, Some("\"two\""), None, false),
        (
            6 * MEGA,
            Some("\"two\""),
            Some("Sun, 06 Nov 1994 08:49:37 GMT"),
            false,
        ),
    ] {
        let net = Net::new();
        let first = Source {
            modified,
            ..slow(1)
        };
        net.serve(ONE, first.clone());
        let mut world = World::new(&net);
        let group = world.fetch(&[ONE]).await;
        world.until_bytes(ONE, 2 * MEGA).await;
        world.told(Command::Suspend(vec![group])).await;
        world.until_state(ONE, State::Suspended).await;
        let seed = if keeps { 1 } else { 2 };
        net.serve(
            ONE,
            Source {
                seed,
                length,
                etag,
                ..first
            },
        );
        let read = net.read(ONE);
        world.told(Command::Resume(vec![group])).await;
        world.done().await;
        world.is_right("one.bin", ONE);
        assert_eq!(started_over(&mut world) == 0, keeps, "{length} {etag:?}");
        assert_eq!(net.read(ONE) - read < length, keeps, "{length} {etag:?}");
        world.end().await;
    }
}

#[tokio::test(start_paused = true)]
async fn only_the_etag_differs() {
    let net = Net::new();
    let modified = Some("Sun, 06 Nov 1994 08:49:37 GMT");
    net.serve(
        ONE,
        Source {
            modified,
            ..slow(1)
        },
    );
    let mut world = World::new(&net);
    let group = world.fetch(&[ONE]).await;
    world.until_bytes(ONE, 3 * MEGA).await;
    world.told(Command::Suspend(vec![group])).await;
    world.until_state(ONE, State::Suspended).await;
    let (read, asked) = (net.read(ONE), net.asked(ONE).len());
    net.change(ONE, |source| source.etag = Some("\"other\""));
    world.told(Command::Resume(vec![group])).await;
    world.done().await;
    world.is_right("one.bin", ONE);
    assert_eq!(started_over(&mut world), 0);
    assert!(net.read(ONE) - read < 4 * MEGA);
    assert!(
        net.asked(ONE)[asked..]
            .iter()
            .any(|entry| entry.read == 65_536),
        "the overlap"
    );
    world.end().await;
}

/// The first one's part is empty when the second comes: it is not free for that.
#[tokio::test(start_paused = true)]
async fn namesakes_never_share_a_part() {
    let (one, two) = ("http://one/same.zip", "http://two/same.zip");
    for again in [false, true] {
        let net = Net::new();
        net.serve(one, slow(1).faults([Fault::Stall(0)]));
        net.serve(two, slow(2));
        let mut world = World::with(
            &net,
            Limits {
                connections: 1,
                ..limits()
            },
        );
        let mut first = world.fetch(&[one]).await;
        world.until_state(one, State::Transferring).await;
        world.told(Command::Suspend(vec![first])).await;
        world.until_state(one, State::Suspended).await;
        if again {
            world.again().await;
        }
        let second = world.fetch(&[two]).await;
        world.until_bytes(two, MEGA).await;
        world.told(Command::Suspend(vec![second])).await;
        if again {
            first = world.fetch(&[one]).await;
        }
        world.told(Command::Resume(vec![first])).await;
        world.until_bytes(one, MEGA / 2).await;
        world.told(Command::Suspend(vec![first])).await;
        world.until_state(one, State::Suspended).await;
        world.told(Command::Resume(vec![second])).await;
        world.until_state(two, State::Complete).await;
        world.told(Command::Resume(vec![first])).await;
        world.done().await;
        assert_eq!(world.names(), ["same (1).zip", "same.zip"]);
        for url in [one, two] {
            let path = world.file(url).path.unwrap();
            world.is_right(path.file_name().unwrap().to_str().unwrap(), url);
        }
        world.end().await;
    }
}

#[tokio::test(start_paused = true)]
async fn ranges_are_served_no_more() {
    let net = Net::new();
    net.serve(ONE, slow(1));
    let mut world = World::new(&net);
    let group = world.fetch(&[ONE]).await;
    world.until_bytes(ONE, 2 * MEGA).await;
    world.told(Command::Suspend(vec![group])).await;
    net.change(ONE, |source| source.ranges = false);
    world.told(Command::Resume(vec![group])).await;
    world.done().await;
    world.is_right("one.bin", ONE);
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn a_redirect_to_a_link_that_expires() {
    let net = Net::new();
    let (old, new) = ("http://cdn/one.bin?old", "http://cdn/one.bin?new");
    net.serve(
        ONE,
        Source::new(1, 1)
            .faults([Fault::Redirect(old)])
            .always(Fault::Redirect(new)),
    );
    net.serve(
        old,
        slow(1)
            .faults([Fault::None; 2])
            .always(Fault::Status(403, None)),
    );
    net.serve(new, slow(1));
    let mut world = World::new(&net);
    world.fetch(&[ONE]).await;
    world.done().await;
    world.is_right("one.bin", new);
    assert!(net.asked(new).len() >= 2 && started_over(&mut world) == 0);
    world.end().await;
}
