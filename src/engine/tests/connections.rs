//! Several connections for one file: as many as help, none that holds the others up.

use std::time::Duration;

use super::net::{Fault, Net, Source};
use super::world::{SECOND, World, limits};
use crate::engine::transport::Channel;
use crate::queue::{Limits, Notice};

const ONE: &str = "http://host/one.bin";
const MEGA: u64 = 1_000_000;

/// Fetches the one file; how long that took.
async fn time_of(source: Source) -> (Net, Duration) {
    let net = Net::new();
    net.serve(ONE, source);
    let mut world = World::new(&net);
    world.fetch(&[ONE]).await;
    let time = world.done().await;
    world.is_right("one.bin", ONE);
    assert_eq!(world.names(), ["one.bin"]);
    world.end().await;
    (net, time)
}

#[tokio::test(start_paused = true)]
async fn a_server_that_holds_each_back_gets_all_eight() {
    let (net, time) = time_of(Source::new(1, 20 * MEGA).rate(MEGA)).await;
    assert_eq!(net.wire().peak, 8);
    // 20 s with one, 2.5 s with eight from the start.
    assert!(time < Duration::from_millis(3_400), "{time:?}");
    let segments: Vec<_> = net.asked(ONE).into_iter().skip(1).collect();
    assert!(
        segments
            .iter()
            .all(|entry| entry.channel == Channel::Own && entry.end.is_some())
    );
    assert_eq!(net.asked(ONE)[0].channel, Channel::Shared);
    let read = net.read(ONE);
    assert!(read < 21 * MEGA, "{read} bytes for 20 million");
}

#[tokio::test(start_paused = true)]
async fn a_full_line_is_left_alone() {
    let (net, time) = time_of(Source::new(1, 40 * MEGA)).await;
    let peak = net.wire().peak;
    assert!(peak <= 2, "{peak}");
    assert!(time < Duration::from_millis(4_300), "{time:?}");
}

#[tokio::test(start_paused = true)]
async fn one_crawling_connection_of_eight_costs_little() {
    let source = || Source::new(1, 32 * MEGA).rate(MEGA);
    let (_, well) = time_of(source()).await;
    for place in [0, 1, 3, 7] {
        let mut faults = vec![Fault::None; place];
        faults.push(Fault::Crawl(5_000));
        let (_, time) = time_of(source().faults(faults)).await;
        let ratio = time.as_secs_f64() / well.as_secs_f64();
        assert!(ratio <= 1.15, "the {place}th: {time:?} for {well:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_dead_connections_range_is_taken_over() {
    let source = || Source::new(1, 16 * MEGA).rate(MEGA);
    let (_, well) = time_of(source()).await;
    for fault in [
        Fault::Cut(100_000),
        Fault::Stall(100_000),
        Fault::Reset,
        Fault::Silent,
    ] {
        for place in [1, 3, 6] {
            let mut faults = vec![Fault::None; place];
            faults.push(fault);
            let (net, time) = time_of(source().faults(faults)).await;
            let ratio = time.as_secs_f64() / well.as_secs_f64();
            assert!(ratio <= 1.3, "{fault:?} at {place}: {time:?} for {well:?}");
            assert!(net.read(ONE) < 17 * MEGA);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_with_room_for_few() {
    for (most, status) in [(1, 429), (2, 503), (3, 429), (5, 403)] {
        let source = Source {
            most: Some((most, status)),
            ..Source::new(1, 12 * MEGA)
        };
        let (net, time) = time_of(source.rate(MEGA)).await;
        let ideal = Duration::from_secs(12) / u32::try_from(most).unwrap();
        assert!(time < ideal * 3 / 2 + SECOND / 2, "{time:?} with {most}");
        let refused = net
            .asked(ONE)
            .iter()
            .filter(|entry| entry.status == status)
            .count();
        assert!(
            (1..=24).contains(&refused),
            "refused {refused} times with {most}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_with_room_for_few_and_several_files() {
    let net = Net::new();
    let urls: Vec<String> = (0..4).map(|n| format!("http://host/{n}.bin")).collect();
    for (seed, url) in (0..).zip(&urls) {
        let most = Some((3, 503));
        net.serve(
            url,
            Source {
                most,
                ..Source::new(seed, 4 * MEGA).rate(MEGA)
            },
        );
    }
    let mut world = World::new(&net);
    world
        .fetch(&urls.iter().map(String::as_str).collect::<Vec<_>>())
        .await;
    world.done().await;
    let failed = |told: &Notice| matches!(told, Notice::FileFailed(..));
    assert!(!world.notices().iter().any(failed));
    for (n, url) in urls.iter().enumerate() {
        world.is_right(&format!("{n}.bin"), url);
    }
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn no_more_connections_to_a_host_than_may_be() {
    let net = Net::new();
    let urls: Vec<String> = (0..4).map(|n| format!("http://host/{n}.bin")).collect();
    for (seed, url) in (0..).zip(&urls) {
        net.serve(url, Source::new(seed, 6 * MEGA).rate(MEGA / 2));
    }
    let mut world = World::with(
        &net,
        Limits {
            connections_per_host: 6,
            ..limits()
        },
    );
    world
        .fetch(&urls.iter().map(String::as_str).collect::<Vec<_>>())
        .await;
    world.done().await;
    let peak = net.wire().peak;
    assert!(peak <= 6, "{peak}");
    world.end().await;
}

#[tokio::test(start_paused = true)]
async fn a_server_without_ranges_gets_one() {
    let (net, _) = time_of(Source::new(1, 3 * MEGA).rate(MEGA).whole_only()).await;
    assert_eq!(net.asked(ONE).len(), 1);
}
