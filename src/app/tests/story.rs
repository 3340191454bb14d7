//! The whole loop on made-up time: a click, the real engine over a made-up network and a real
//! folder, its snapshots, and what is seen.

use std::time::Duration;

use super::given::settings;
use super::sandbox::Sandbox;
use crate::app::Source;
use crate::app::icon::Icon;
use crate::engine::tests::net::{Fault, Net, Source as Served};
use crate::engine::tests::world::{SECOND, World};
use crate::queue::{Command, Property};
use crate::settings::Begin;

const ONE: &str = "http://host/one.bin";
const MEGA: u64 = 1_000_000;

/// A window on a world, which adds what is typed and leaves it suspended.
async fn window_on(world: &World) -> Sandbox {
    std::fs::create_dir_all(world.folder()).unwrap();
    let mut settings = settings();
    settings.downloads.folder = Some(world.folder().try_into().unwrap());
    settings.downloads.begin = Begin::Suspended;
    Sandbox::over(Source::Engine(world.handle()), settings).await
}

async fn added(window: &mut Sandbox, links: &str) {
    window.click_id("add").await;
    window.type_text(links).await;
    window.pass(SECOND).await;
    window.click_id("add-do").await;
    window.pass(SECOND).await;
}

#[tokio::test(start_paused = true)]
async fn from_a_link_to_complete() {
    let net = Net::new();
    net.serve(ONE, Served::new(1, 8 * MEGA).rate(MEGA / 2));
    let world = World::new(&net);
    let mut window = window_on(&world).await;
    assert!(window.sees("Nothing here yet"));
    added(&mut window, ONE).await;
    assert!(window.sees("one.bin") && window.sees("Suspended") && !window.sees("Complete"));
    assert!(
        net.asked(ONE).is_empty(),
        "nothing is asked for before somebody says so"
    );
    window.click_in_row("one.bin", Icon::Play).await;
    window.pass(2 * SECOND).await;
    assert!(
        window.sees("Background") && window.sees_part("of 8.0 MB"),
        "{}",
        window.all()
    );
    window.pass(60 * SECOND).await;
    assert!(
        window.sees("Complete") && window.sees("100%"),
        "{}",
        window.all()
    );
    world.is_right("one.bin", ONE);
    window.keys("Ctrl Q").await;
    window.pass(SECOND).await;
    assert!(window.has_ended);
    assert_eq!(net.open(), 0);
}

#[tokio::test(start_paused = true)]
async fn suspended_and_resumed_and_to_the_foreground() {
    let net = Net::new();
    net.serve(ONE, Served::new(1, 8 * MEGA).rate(MEGA / 8));
    let world = World::new(&net);
    let mut window = window_on(&world).await;
    added(&mut window, ONE).await;
    window.click_in_row("one.bin", Icon::Play).await;
    window.pass(2 * SECOND).await;
    window.click_in_row("one.bin", Icon::Pause).await;
    window.pass(2 * SECOND).await;
    assert!(window.sees("Suspended"));
    assert_eq!(net.open(), 0);
    let read = net.read(ONE);
    window.pass(60 * SECOND).await;
    assert_eq!(net.read(ONE), read);
    window.click_in_row("one.bin", Icon::Play).await;
    window.click_in_row("one.bin", Icon::Zap).await;
    window.pass(SECOND).await;
    assert!(window.sees("Foreground"));
    window.pass(60 * SECOND).await;
    assert!(window.sees("Complete"));
    world.is_right("one.bin", ONE);
    world.end().await;
}

/// After six seconds a cancelled group is cancelled, and no part of it is left.
#[tokio::test(start_paused = true)]
async fn cancelled_for_good() {
    let net = Net::new();
    net.serve(ONE, Served::new(1, 8 * MEGA).rate(MEGA / 8));
    let world = World::new(&net);
    let mut window = window_on(&world).await;
    added(&mut window, ONE).await;
    window.click_in_row("one.bin", Icon::Play).await;
    window.pass(2 * SECOND).await;
    assert_eq!(world.names(), ["one.bin.ebb-part"]);
    window.click_in_row("one.bin", Icon::X).await;
    window.pass(5 * SECOND).await;
    assert_eq!(world.names(), ["one.bin.ebb-part"], "it can be undone");
    window.pass(3 * SECOND).await;
    assert!(window.sees("Cancelled"));
    assert_eq!(world.names(), Vec::<String>::new());
    world.end().await;
}

/// The command of a complete group is run by who has the engine; that it could not be is said.
#[tokio::test(start_paused = true)]
async fn a_command_that_cannot_run_is_said() {
    let net = Net::new();
    net.serve(ONE, Served::new(1, MEGA));
    let world = World::new(&net);
    let mut window = window_on(&world).await;
    added(&mut window, ONE).await;
    let words = ["no-such-program-anywhere".to_owned(), "x".to_owned()];
    let set = vec![Property::OnComplete(words.into())];
    world
        .told(Command::Set(world.snapshot().groups[0].id, set))
        .await;
    window.click_in_row("one.bin", Icon::Play).await;
    let told = "was not started: no-such-program-anywhere";
    for _ in 0..60 {
        window.pass(SECOND / 2).await;
        if window.sees_part(told) {
            break;
        }
    }
    assert!(window.sees_part(told), "{}", window.all());
    assert!(window.sees("Complete"), "it is no error of the download");
    world.end().await;
}

/// A file that is not there any more says so, and what came before it is kept.
#[tokio::test(start_paused = true)]
async fn an_error_is_seen_and_tried_again() {
    let net = Net::new();
    net.serve(ONE, Served::new(1, MEGA));
    net.change(ONE, |served| served.always = Fault::Status(404, None));
    let world = World::new(&net);
    let mut window = window_on(&world).await;
    added(&mut window, ONE).await;
    window.click_in_row("one.bin", Icon::Play).await;
    window.pass(60 * SECOND).await;
    assert!(
        window.sees("Error") && window.sees_part("404"),
        "{}",
        window.all()
    );
    net.change(ONE, |served| served.always = Fault::None);
    window.click_in_row("one.bin", Icon::Retry).await;
    window.pass(Duration::from_secs(10)).await;
    assert!(window.sees("Complete"));
    world.is_right("one.bin", ONE);
    world.end().await;
}
