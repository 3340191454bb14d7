//! The toll in simulation: groups with connections that bring a step, wait, and bring the next.

use proptest::prelude::*;

use super::*;

const MS: Duration = Duration::from_millis(1);

/// A group of so many connections, each of which gets so many bytes a second from its server.
#[derive(Debug, Clone, Copy)]
struct Group {
    payer: Payer,
    connections: usize,
    rate: u64,
}

fn group(level: usize, limit: Option<u64>, connections: usize) -> Group {
    let payer = Payer {
        level,
        limit,
        has_share: false,
    };
    Group {
        payer,
        connections,
        rate: 100_000_000,
    }
}

/// One connection: it brings its next bytes then, or stands in line.
struct Connection {
    group: usize,
    brings_at: Duration,
    ticket: Option<Ticket>,
    bytes: u64,
}

struct Line {
    toll: Toll,
    ids: Vec<PayerId>,
    groups: Vec<Group>,
    connections: Vec<Connection>,
    now: Duration,
    got: Vec<u64>,
}

impl Line {
    fn new(limits: &[(Limit, u64)], groups: &[Group]) -> Self {
        let mut toll = Toll::default();
        for (limit, per_second) in limits {
            toll.set(*limit, Some(*per_second), Duration::ZERO);
        }
        let enter = |group: &Group| toll.enter(group.payer, Duration::ZERO);
        let ids = groups.iter().map(enter).collect();
        let each = groups.iter().enumerate();
        let connections = each.flat_map(|(at, group)| {
            (0..group.connections).map(move |_| Connection {
                group: at,
                brings_at: Duration::ZERO,
                ticket: None,
                bytes: 0,
            })
        });
        Self {
            toll,
            ids,
            groups: groups.to_vec(),
            connections: connections.collect(),
            now: Duration::ZERO,
            got: vec![0; groups.len()],
        }
    }

    /// Time goes on, by whole milliseconds as timers do; bytes of each group a second.
    fn run(&mut self, time: Duration) -> Vec<f64> {
        let (before, end) = (self.got.clone(), self.now + time);
        while self.now < end {
            self.tick();
            self.now += MS;
        }
        let seconds = time.as_secs_f64();
        let new = self.got.iter().zip(before);
        new.map(|(got, before)| (got - before) as f64 / seconds)
            .collect()
    }

    fn tick(&mut self) {
        loop {
            for one in &mut self.connections {
                if one.ticket.is_none() && one.brings_at <= self.now {
                    let id = self.ids[one.group];
                    one.bytes = self.toll.step(id).unwrap_or(1 << 16);
                    self.got[one.group] += one.bytes;
                    one.ticket = Some(self.toll.arrive(id, one.bytes));
                }
            }
            let mut passed = Vec::new();
            self.toll.serve(self.now, |ticket| passed.push(ticket));
            if passed.is_empty() {
                return;
            }
            for one in &mut self.connections {
                if one.ticket.is_some_and(|ticket| passed.contains(&ticket)) {
                    let rate = self.groups[one.group].rate;
                    let takes = Duration::from_secs_f64(one.bytes as f64 / rate as f64);
                    (one.ticket, one.brings_at) = (None, one.brings_at.max(self.now) + takes);
                }
            }
        }
    }
}

fn assert_near(found: f64, expected: f64, percent: f64, what: &str) {
    let off = (found / expected - 1.0).abs() * 100.0;
    assert!(off <= percent, "{what}: {found} of {expected}");
}

#[test]
fn a_limit_is_exact_and_has_no_bursts() {
    for limit in [3_000, 50_000, 700_000, 5_000_000, 20_000_000] {
        for connections in [1, 8] {
            let mut line = Line::new(&[(Limit::Program, limit)], &[group(2, None, connections)]);
            line.run(1000 * MS);
            let speed = line.run(5000 * MS)[0];
            assert_near(
                speed,
                limit as f64,
                3.0,
                &format!("{connections} at {limit}"),
            );
            // In no tenth of a second is there more than that of it and a step.
            let step = line.toll.step(line.ids[0]).unwrap() as f64;
            for _ in 0..20 {
                let burst = line.run(100 * MS)[0] / 10.0;
                assert!(
                    burst <= limit as f64 / 10.0 * 1.03 + step,
                    "{burst} at {limit}"
                );
            }
        }
    }
}

#[test]
fn a_change_holds_within_a_second() {
    let mut line = Line::new(&[], &[group(1, None, 8), group(1, None, 8)]);
    for limit in [20_000_000, 50_000, 5_000_000, 100_000, 3_000_000] {
        line.toll.set(Limit::Level(1), Some(limit), line.now);
        line.run(1000 * MS);
        let speed: f64 = line.run(5000 * MS).iter().sum();
        assert_near(speed, limit as f64, 3.0, "sum");
    }
    line.toll.set(Limit::Level(1), None, line.now);
    let free: f64 = line.run(1000 * MS).iter().sum();
    assert!(free > 1e9, "{free}");
}

#[test]
fn the_higher_priority_first_and_a_trickle_for_the_others() {
    let mut groups = [group(0, None, 2), group(1, None, 2), group(3, None, 2)];
    let mut line = Line::new(&[(Limit::Program, 1_000_000)], &groups);
    line.run(1000 * MS);
    let speeds = line.run(10_000 * MS);
    assert!(speeds[0] >= 985_000.0, "{speeds:?}");
    // Both together at most a part in a hundred, and a step that was under way; none gets nothing.
    assert!(speeds[1] + speeds[2] <= 13_000.0, "{speeds:?}");
    assert!(speeds[1] >= 2_000.0 && speeds[2] >= 2_000.0, "{speeds:?}");
    // What the first cannot use, the next one gets.
    groups[0].rate = 100_000;
    groups[1].payer.limit = Some(300_000);
    let mut line = Line::new(&[(Limit::Program, 1_000_000)], &groups);
    line.run(1000 * MS);
    let speeds = line.run(10_000 * MS);
    assert_near(speeds[0], 200_000.0, 8.0, "slow");
    assert_near(speeds[1], 300_000.0, 3.0, "its own");
    assert_near(speeds.iter().sum(), 1_000_000.0, 3.0, "all");
}

#[test]
fn the_trickle_goes_on_at_another_limit() {
    // (One of the lower ones may have next to nothing anyway: that is not held against the other.)
    let groups = [group(0, None, 8), group(2, Some(1), 1), group(3, None, 8)];
    let mut line = Line::new(&[(Limit::Program, 1)], &groups);
    for limit in [1, 20_000_000, 300_000, 50_000, 5_000_000, 100_000] {
        line.toll.set(Limit::Program, Some(limit), line.now);
        line.run(1000 * MS);
        let speeds = line.run(10_000 * MS);
        let part = speeds[2] / limit as f64;
        assert!(
            limit == 1 || (0.004..0.013).contains(&part),
            "{part} of {limit}"
        );
    }
}

#[test]
fn who_waits_takes_the_new_priority_along() {
    let groups = [group(1, None, 2), group(2, None, 2)];
    let mut line = Line::new(&[(Limit::Hours(Class::Background), 500_000)], &groups);
    line.run(2000 * MS);
    let payer = Payer {
        level: 0,
        ..groups[1].payer
    };
    assert!(line.toll.change(line.ids[1], payer, line.now));
    assert!(!line.toll.change(line.ids[1], payer, line.now));
    let speeds = line.run(1000 * MS);
    assert!(
        speeds[1] > 10e6,
        "the foreground has hours of its own: {speeds:?}"
    );
    assert_near(speeds[0], 500_000.0, 5.0, "now it is alone");
}

#[test]
fn what_is_left_is_paid_for() {
    let mut line = Line::new(&[(Limit::Share, 1_000)], &[group(1, None, 1)]);
    let payer = Payer {
        has_share: true,
        ..line.groups[0].payer
    };
    line.toll.change(line.ids[0], payer, Duration::ZERO);
    let first = line.toll.arrive(line.ids[0], 1_000);
    let second = line.toll.arrive(line.ids[0], 1_000);
    line.toll.leave(first, Duration::ZERO);
    line.toll.leave(first, Duration::ZERO);
    let next = line.toll.serve(Duration::ZERO, |_| panic!("too early"));
    assert_eq!(next, Some(Duration::from_secs(1)));
    assert!(!line.toll.waits(first) && line.toll.first() == Some(second));
    // Somebody of a group that is gone is not kept.
    line.toll.remove(line.ids[0]);
    line.toll
        .serve(Duration::ZERO, |ticket| assert_eq!(ticket, second));
    assert_eq!(line.toll.first(), None);
}

fn any_group() -> impl Strategy<Value = Group> {
    let limit = prop::option::of(20_000_u64..3_000_000);
    (0_usize..4, limit, 1_usize..5, 50_000_u64..20_000_000).prop_map(
        |(level, limit, connections, rate)| Group {
            rate,
            ..group(level, limit, connections)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// No limit is passed, nobody is starved, and what may be used is used.
    #[test]
    fn every_limit_holds_and_none_is_wasted(
        groups in prop::collection::vec(any_group(), 1..6),
        program in 50_000_u64..10_000_000,
        level in prop::option::of((0_usize..4, 20_000_u64..1_000_000)),
    ) {
        let mut limits = vec![(Limit::Program, program)];
        limits.extend(level.map(|(level, limit)| (Limit::Level(level), limit)));
        let mut line = Line::new(&limits, &groups);
        line.run(2000 * MS);
        let speeds = line.run(8000 * MS);
        let sum: f64 = speeds.iter().sum();
        prop_assert!(sum <= program as f64 * 1.03, "{sum} of {program}");
        for (group, speed) in groups.iter().zip(&speeds) {
            let own = group.payer.limit.map_or(f64::INFINITY, |limit| limit as f64);
            prop_assert!(*speed <= own * 1.03, "{speed} of {own}");
        }
        for group in &groups {
            let of_level = groups.iter().zip(&speeds).filter(|(one, _)| one.payer.level == group.payer.level);
            let sum: f64 = of_level.map(|(_, speed)| speed).sum();
            prop_assert!(sum > 0.0, "{group:?} is starved");
        }
        if let Some((level, limit)) = level {
            let of_level = groups.iter().zip(&speeds).filter(|(one, _)| one.payer.level == level);
            let sum: f64 = of_level.map(|(_, speed)| speed).sum();
            prop_assert!(sum <= limit as f64 * 1.05, "{sum} of {limit} of level {level}");
        } else {
            // (A connection cannot bring the next while it waits: a little less than its rate.)
            let could = groups.iter().map(|group| {
                let rates = (group.rate * group.connections as u64) as f64;
                rates.min(group.payer.limit.map_or(f64::INFINITY, |limit| limit as f64))
            });
            let could = could.sum::<f64>().min(program as f64);
            prop_assert!(sum >= could * 0.5, "{sum} of {could}");
        }
    }
}
