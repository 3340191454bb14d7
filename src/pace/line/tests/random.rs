//! Links that nobody thought of: as many as `EBB_LINKS` says (a few, if it says nothing), from
//! the seed `EBB_SEED` on.
//!
//! Always true: a link is all in its seed.

use super::control::Control;
use super::link::{Dice, PACKET, Road};
use super::story::{Part, Story};

/// A link, who sends, and how long things take on it.
struct Case {
    seed: u64,
    name: String,
    road: Road,
    us: Control,
    them: Control,
    buffer: f64,
    /// Until the line must be full, seconds.
    ramp: f64,
}

impl Case {
    fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let rate = dice.between(1.0, 1000.0);
        let trip = dice.between(1.0, 300.0);
        let packet = PACKET * 8e-3 / rate;
        let buffer = dice.between((4.0 * packet).min(900.0), 1000.0);
        let mut road = Road::new(rate, trip / 2.0, buffer);
        if dice.roll() < 0.25 {
            road.jitter = 0.004 * dice.roll();
        }
        let mut sender = || {
            if dice.roll() < 0.5 {
                Control::cubic()
            } else {
                Control::bbr()
            }
        };
        let (us, them) = (sender(), sender());
        let ramp = 2.0 + 4.0 * road.trip() * (road.product() / 10.0).max(1.0).log2();
        let name = format!("EBB_SEED={seed} {road:?}");
        Self {
            seed,
            name,
            road,
            us,
            them,
            buffer: road.buffer / road.rate,
            ramp,
        }
    }
}

impl Case {
    /// A queue has room to be seen, and the way is not so long that bursts of our own hide it.
    fn is_plain(&self) -> bool {
        self.buffer >= 0.025 && self.road.trip() < 0.05
    }
}

fn links() -> impl Iterator<Item = Case> {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let first = number("EBB_SEED").unwrap_or(1);
    (first..first + number("EBB_LINKS").unwrap_or(6)).map(Case::new)
}

#[test]
fn alone_on_any_link() {
    for case in links() {
        let end = case.ramp + 8.0;
        let part = Part::polite(0, 0, case.us.clone());
        let mut story = Story::new(case.road, end).with(part);
        story.seed = case.seed;
        let polite = story.tell();
        story.parts[0].line = None;
        // (More than its server sends nobody gets: losses, tiny buffers.)
        let greedy = story.tell().share(0, case.ramp, end);
        let share = polite.share(0, case.ramp, end);
        let name = &case.name;
        let least = if case.is_plain() { 0.8 } else { 0.002 };
        assert!(share >= least * greedy, "{name}: {share:.3} of {greedy:.3}");
        if case.is_plain() {
            let median = polite.queue(50.0, case.ramp, end);
            let bar = (2.0 * case.road.packet()).max(0.005);
            assert!(median <= 1.6 * bar, "{name}: {median:.4}");
            let most = polite.queue(95.0, case.ramp, end);
            let bar = (5.0 * case.road.packet()).max(0.015);
            assert!(most <= bar, "{name}: {most:.4}");
        }
    }
}

#[test]
fn beside_a_greedy_one_on_any_link() {
    for case in links() {
        let (from, to) = (case.ramp, case.ramp + 8.0 + 10.0 * case.road.trip());
        let mut story = Story::new(case.road, to)
            .with(Part::polite(0, 0, case.us.clone()))
            .with(Part::greedy(case.them.clone()).during(from, to));
        story.seed = case.seed;
        let told = story.tell();
        let name = &case.name;
        assert!(told.share(0, from, to) > 0.0, "{name}: nothing comes");
        if case.is_plain() {
            let keeps = told.share(1, from, to) / story.without_us().tell().share(1, from, to);
            // (What keeps no queue, as BBR on a short way, is not seen; on a slow line the
            // floor and what was on its way are a part.)
            let is_seen = matches!(case.them, Control::Cubic(_)) && case.road.packet() < 0.0045;
            let least = if is_seen { 0.9 } else { 0.45 };
            assert!(keeps >= least, "{name}: keeps {keeps:.3}");
        }
    }
}
