//! Stories with a name: the properties that the controller is for, each on a link of its own.
//!
//! Where a bound is wider than the plain one, it says why.

use super::control::Control;
use super::link::{PACKET, Road};
use super::story::{Part, Story, Told};

/// A line (megabits a second, milliseconds each way, milliseconds of buffer).
type Line = (f64, f64, f64);
/// The lines of the bars, and others that are common.
const LINES: [Line; 7] = [
    (50.0, 10.0, 400.0),
    (5.0, 20.0, 400.0),
    (100.0, 2.5, 400.0),
    (20.0, 15.0, 100.0),
    (250.0, 8.0, 60.0),
    (1000.0, 5.0, 50.0),
    (1.0, 15.0, 1000.0),
];

fn senders() -> [Control; 2] {
    [Control::cubic(), Control::bbr()]
}

/// Each line with each kind of server, with each kind of kernel.
fn each(mut check: impl FnMut(&str, Road, Control, u64)) {
    for (rate, delay, buffer) in LINES {
        for us in senders() {
            for seed in [1, 2] {
                let kind = if matches!(us, Control::Bbr(_)) {
                    "bbr"
                } else {
                    "cubic"
                };
                let name = format!("{rate} Mbit/s, {delay} ms, {kind}, kernel {seed}");
                check(&name, Road::new(rate, delay, buffer), us.clone(), seed);
            }
        }
    }
}

fn told(mut story: Story, seed: u64) -> Told {
    story.seed = seed;
    story.tell()
}

/// How long a floor's turn is, seconds: nothing is learnt faster than that.
fn turn(road: &Road) -> f64 {
    2.0 * PACKET / (0.008 * road.rate).max(PACKET)
}

/// How long a server takes that paces at the highest rate it knows of the last ten trips, from
/// two packets a trip on: it tries a quarter more every eight trips. Nothing for others.
fn wakes(server: &Control, road: &Road) -> f64 {
    let cycles = (road.product() / 2.0).max(1.0).ln() / 1.25f64.ln() + 1.0;
    match server {
        Control::Bbr(_) => cycles * 8.0 * (road.trip() + road.packet()),
        _ => 0.0,
    }
}

#[test]
fn alone_the_line_is_full_and_no_queue_is_felt() {
    each(|name, road, us, seed| {
        let told = told(Story::new(road, 12.0).with(Part::polite(0, 0, us)), seed);
        let share = told.share(0, 2.0, 12.0);
        assert!(share >= 0.95, "{name}: {share:.3}");
        // (On a line of a megabit a packet more or less is the whole difference: three.)
        let few = if road.packet() > 0.01 { 3.0 } else { 2.0 };
        let median = told.queue(50.0, 2.0, 12.0);
        let bar = (few * road.packet()).max(0.005);
        assert!(median <= bar, "{name}: {median:.4}");
        let most = told.queue(95.0, 2.0, 12.0);
        let bar = (5.0 * road.packet()).max(0.015);
        assert!(most <= bar, "{name}: {most:.4}");
    });
}

#[test]
fn a_greedy_one_keeps_what_it_gets_alone_and_the_line_is_taken_back() {
    each(|name, road, us, seed| {
        for them in senders() {
            let mut story = Story::new(road, 26.0)
                .with(Part::polite(0, 0, us.clone()))
                .with(Part::greedy(them).during(5.0, 14.0));
            story.seed = seed;
            let alone = story.without_us().tell().share(1, 5.0, 14.0);
            let told = story.tell();
            let keeps = told.share(1, 5.0, 14.0) / alone;
            // (A packet a second, and those on their way at the start, are 2 % of a megabit.)
            let least = if road.packet() > 0.01 { 0.95 } else { 0.97 };
            assert!(keeps >= least, "{name}: keeps {keeps:.3}");
            // (On slow lines what is on its way, theirs and ours, takes its time.)
            let way = told.until(0, 5.0, |share| share < 0.1);
            assert!(way <= 0.3 + 50.0 * road.packet(), "{name}: {way:.2}");
            let back = told.until(0, 14.0, |share| share > 0.9);
            let most = 2.0 + 2.0 * turn(&road) + wakes(&us, &road);
            assert!(back <= most, "{name}: {back:.2} of {most:.2}");
            let floor = told.share(0, 7.0, 14.0);
            assert!(floor > 0.0002, "{name}: {floor:.5}");
        }
    });
}

#[test]
fn two_of_ours_share() {
    each(|name, road, us, seed| {
        let story = Story::new(road, 45.0)
            .with(Part::polite(0, 0, us.clone()))
            .with(Part::polite(1, 0, us).during(5.0, f64::INFINITY));
        let told = told(story, seed);
        let (first, second) = (told.share(0, 20.0, 45.0), told.share(1, 20.0, 45.0));
        // Smoothed milliseconds do not tell two short ways apart: the later one believes in
        // a longer way, and gains for minutes.
        let is_coarse = seed % 2 == 1 && road.trip() < 0.017;
        let least = if is_coarse { 0.07 } else { 0.25 };
        assert!(
            first >= least && second >= least,
            "{name}: {first:.3} {second:.3}"
        );
        assert!(first + second >= 0.8, "{name}: {first:.3} {second:.3}");
    });
}
