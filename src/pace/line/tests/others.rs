//! Stories with a name, of lines that are not plain: loss, routes, uplinks, jitter, other kinds
//! of traffic, ranks.

use super::super::Line;
use super::control::Control;
use super::link::{PACKET, Road};
use super::story::{Part, Story};
use super::world::Upload;

fn cable() -> Road {
    Road::new(50.0, 10.0, 400.0)
}

fn ours() -> Part {
    Part::polite(0, 0, Control::cubic())
}

#[test]
fn random_loss_costs_us_what_it_costs_anybody() {
    for control in [Control::cubic(), Control::bbr()] {
        let mut road = cable();
        road.loss = 0.005;
        road.group = 1.0;
        let share = |part: Part| Story::new(road, 20.0).with(part).tell().share(0, 2.0, 20.0);
        let greedy = share(Part::greedy(control.clone()));
        let polite = share(Part::polite(0, 0, control));
        assert!(polite >= 0.8 * greedy, "{polite:.3} of {greedy:.3}");
    }
}

#[test]
fn a_longer_way_is_believed_and_a_shorter_one_seen() {
    for seed in [1, 2] {
        let mut story = Story::new(cable(), 80.0).with(ours());
        story.delays = vec![(0.030, 10.0), (0.010, 60.0)];
        story.seed = seed;
        let told = story.tell();
        let longer = told.share(0, 40.0, 60.0);
        assert!(longer >= 0.8, "{longer:.3}");
        let shorter = told.share(0, 62.0, 80.0);
        assert!(shorter >= 0.8, "{shorter:.3}");
    }
}

#[test]
fn a_full_uplink_leaves_us_the_floor_and_the_line_afterwards() {
    for queue in [0.03, 0.3] {
        let mut story = Story::new(cable(), 30.0).with(ours());
        story.upload = Upload {
            from: 5.0,
            to: 15.0,
            queue,
        };
        let told = story.tell();
        let least = (5..14).map(|at| told.share(0, f64::from(at), f64::from(at) + 1.0));
        let least = least.fold(1.0, f64::min);
        let back = told.until(0, 15.0, |share| share > 0.9);
        // (A turn takes a trip at least: with 0.3 s to wait less than the floor's rate comes.)
        assert!(least >= 0.001, "{least:.4}");
        assert!(back <= 2.0, "{back:.2}");
    }
}

#[test]
fn jitter_of_a_few_milliseconds_is_no_traffic() {
    // Beyond the longest queue that is ours, a smoothed trip is never short again: half.
    for (jitter, least) in [(2.0, 0.95), (4.0, 0.95), (8.0, 0.45)] {
        for seed in [1, 2] {
            let mut story = Story::new(cable(), 30.0).with(ours());
            story.road.jitter = jitter / 1e3;
            story.seed = seed;
            let told = story.tell();
            let share = told.share(0, 2.0, 30.0);
            assert!(share >= least, "{jitter} ms: {share:.3}");
            let median = told.queue(50.0, 2.0, 30.0);
            assert!(median <= 0.005, "{jitter} ms: {median:.4}");
        }
    }
}

#[test]
fn what_a_call_leaves_is_taken() {
    for part in [0.2, 0.5, 0.8] {
        let road = cable();
        let call = Part::greedy(Control::Constant(part * road.rate)).during(5.0, 20.0);
        let told = Story::new(road, 20.0).with(ours()).with(call).tell();
        let (theirs, ours) = (told.share(1, 5.0, 20.0), told.share(0, 7.0, 20.0));
        assert!(theirs >= 0.99 * part, "{theirs:.3} of {part}");
        assert!(ours >= 0.95 * (1.0 - part), "{ours:.3} beside {part}");
        let most = told.queue(95.0, 7.0, 20.0);
        assert!(most <= 0.015, "{most:.4}");
    }
}

#[test]
fn a_page_comes_as_fast_as_alone() {
    let mut story = Story::new(cable(), 12.0).with(ours());
    // Forty files over six connections; the next when the one before may have come.
    for file in 0..40 {
        let start = 5.0 + f64::from(file / 6) * 0.07;
        let mut part = Part::greedy(Control::cubic()).during(start, 100.0);
        part.length = 20_000 + 5_000 * (file as u64 % 7);
        story.parts.push(part);
    }
    let took = |story: Story| -> f64 {
        let told = story.tell();
        let pairs = told.world.flows.iter().zip(&story.parts).skip(1);
        pairs
            .map(|(flow, part)| flow.ended.unwrap_or(f64::INFINITY) - part.from)
            .sum()
    };
    let (alone, beside) = (took(story.without_us()), took(story));
    assert!(beside <= 1.1 * alone, "{:.3}", beside / alone);
}

#[test]
fn a_lower_rank_has_what_a_higher_one_leaves() {
    let road = cable();
    let mut high = ours();
    let low = Part::polite(0, 1, Control::cubic());
    let told = Story::new(road, 15.0)
        .with(high.clone())
        .with(low.clone())
        .tell();
    let (first, second) = (told.share(0, 3.0, 15.0), told.share(1, 3.0, 15.0));
    assert!(first >= 0.95, "{first:.3}");
    // (The floor, and what is tried whenever the higher one is seen not to need its share.)
    assert!(second <= 0.03, "{second:.3}");
    high.limit = 0.3 * road.rate;
    let told = Story::new(road, 15.0).with(high).with(low).tell();
    let (first, second) = (told.share(0, 3.0, 15.0), told.share(1, 3.0, 15.0));
    assert!(first >= 0.29, "{first:.3}");
    assert!(second >= 0.6, "{second:.3}");
}

#[test]
fn riders_share_and_leave_what_they_cannot_use() {
    let road = cable();
    let mut story = Story::new(road, 15.0);
    for _ in 0..4 {
        story.parts.push(ours());
    }
    let told = story.tell();
    for rider in 0..4 {
        let share = told.share(rider, 3.0, 15.0);
        assert!((0.2..0.3).contains(&share), "{rider}: {share:.3}");
    }
    story.parts[0].limit = 0.05 * road.rate;
    story.parts[1].limit = 0.1 * road.rate;
    let told = story.tell();
    for (rider, least) in [(0, 0.048), (1, 0.095), (2, 0.35), (3, 0.35)] {
        let share = told.share(rider, 3.0, 15.0);
        assert!(share >= least, "{rider}: {share:.3}");
    }
}

fn defer(lines: &mut [Line], _now: f64) {
    let wants = lines[0].wants().is_some();
    lines[1].defer(wants);
}

#[test]
fn a_line_defers_to_a_better_rank_on_another() {
    let mut story = Story::new(cable(), 30.0)
        .with(Part::polite(1, 1, Control::cubic()))
        .with(ours().during(8.0, 20.0));
    story.each = defer;
    let told = story.tell();
    let (low, high) = (told.share(0, 10.0, 20.0), told.share(1, 10.0, 20.0));
    assert!(high >= 0.9 && low <= 0.05, "{high:.3} {low:.3}");
    let back = told.until(0, 20.0, |share| share > 0.9);
    assert!(back <= 2.0, "{back:.2}");
}

/// A buffer that is shorter than any queue that can be seen: only losses tell, and they reach
/// the server. It gives way to others as it would for any other program, not less.
#[test]
fn beside_a_short_buffer_the_servers_share_as_they_do_for_anybody() {
    for (rate, packets) in [(1000.0, 4.0), (100.0, 8.0), (50.0, 16.0), (20.0, 6.0)] {
        for us in [Control::cubic(), Control::bbr()] {
            for them in [Control::cubic(), Control::bbr()] {
                let mut road = Road::new(rate, 10.0, 0.0);
                road.buffer = packets * PACKET;
                let mut story = Story::new(road.grouped(), 12.0)
                    .with(Part::polite(0, 0, us.clone()))
                    .with(Part::greedy(them).during(4.0, 12.0));
                let keeps = story.tell().share(1, 4.0, 12.0);
                story.parts[0].line = None;
                let usual = story.tell().share(1, 4.0, 12.0);
                assert!(keeps >= 0.8 * usual, "{rate}: {keeps:.3} of {usual:.3}");
            }
        }
    }
}

/// A download that keeps no queue itself, as BBR on a short way, looks like one of ours when we
/// knock: it is not waited for for good. What it keeps at least:
#[test]
fn one_that_keeps_no_queue_keeps_most() {
    for (line, least) in [((50.0, 10.0, 400.0), 0.88), ((100.0, 2.5, 400.0), 0.7)] {
        let (rate, delay, buffer) = line;
        let story = Story::new(Road::new(rate, delay, buffer), 40.0)
            .with(ours())
            .with(Part::greedy(Control::bbr()).during(5.0, 40.0));
        let alone = story.without_us().tell().share(1, 5.0, 40.0);
        let keeps = story.tell().share(1, 5.0, 40.0) / alone;
        assert!(keeps >= least, "{rate}: {keeps:.3}");
    }
}
