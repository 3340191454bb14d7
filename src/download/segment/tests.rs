//! Stories of connections, and random ones.

use std::time::Duration;

use proptest::prelude::*;

use super::*;

const MIB: u64 = 1024 * 1024;
const SOON: Duration = Duration::from_millis(1);

fn fresh(total: u64) -> Segments {
    Segments::new(Some(total), RangeSet::new())
}

fn write(segments: &mut Segments, worker: Worker, bytes: usize) -> usize {
    let (_, wanted) = segments.claim(worker, bytes);
    segments.wrote(worker);
    wanted
}

#[test]
fn one_stream_of_unknown_length() {
    let mut segments = Segments::new(None, RangeSet::new());
    assert_eq!(segments.begin(0, 0), 0..u64::MAX);
    assert_eq!(segments.take(1, SOON), None);
    assert_eq!(write(&mut segments, 0, 1000), 1000);
    assert!(!segments.is_complete());
    segments.ends_here(0);
    assert_eq!(segments.total(), Some(1000));
    assert!(segments.is_complete());
}

#[test]
fn the_second_takes_half_and_the_first_stops_there() {
    let mut segments = fresh(64 * MIB);
    segments.begin(0, 0);
    let taken = segments.take(1, Duration::ZERO).unwrap();
    assert_eq!(
        taken,
        Taken {
            range: 32 * MIB..64 * MIB,
            displaced: None
        }
    );
    let mut got = 0;
    while write(&mut segments, 0, 100_000) > 0 {
        got += 1;
    }
    assert_eq!(got, (32 * MIB).div_ceil(100_000));
    assert!(!segments.run_on(0, u64::MAX), "the other half is in work");
    segments.release(1);
    assert!(
        segments.run_on(0, u64::MAX),
        "nobody has it: the open answer runs on"
    );
    while write(&mut segments, 0, 100_000) > 0 {}
    assert!(segments.is_complete());
}

#[test]
fn surplus_is_cut_and_a_released_range_is_missing_again() {
    let mut segments = fresh(1000);
    segments.begin(0, 0);
    assert_eq!(segments.claim(0, 5000), (0, 1000));
    segments.release(0);
    assert_eq!(segments.remaining(), Some(1000));
    assert_eq!(segments.take(1, SOON).unwrap().range, 0..1000);
}

#[test]
fn resuming_fills_the_gaps_only() {
    let written = [0..10 * MIB, 20 * MIB..30 * MIB].into_iter().collect();
    let mut segments = Segments::new(Some(40 * MIB), written);
    assert_eq!(segments.begin(0, 10 * MIB), 10 * MIB..20 * MIB);
    assert_eq!(segments.take(1, SOON).unwrap().range, 30 * MIB..40 * MIB);
}

/// Two equal connections, then one falls to a hundredth: the other takes nearly all of it.
#[test]
fn a_slow_connection_keeps_what_it_can_do() {
    let mut segments = fresh(64 * MIB);
    segments.begin(0, 0);
    segments.take(1, Duration::ZERO);
    for tenth in 0..20u64 {
        segments.look(Duration::from_millis(tenth * 100));
        write(&mut segments, 0, 1_000_000);
        write(&mut segments, 1, 10_000);
    }
    while write(&mut segments, 0, 1_000_000) > 0 {}
    let (next, end) = segments.position_of(1).unwrap();
    let left = end - next;
    let taken = segments.take(2, SOON).unwrap();
    assert!(
        taken.range.end - taken.range.start > left * 8 / 10,
        "{taken:?}"
    );
}

#[test]
fn a_dead_connection_is_displaced() {
    let mut segments = fresh(8 * MIB);
    segments.begin(0, 0);
    segments.take(1, Duration::ZERO);
    for tenth in 0..40u64 {
        segments.look(Duration::from_millis(tenth * 100));
        write(&mut segments, 0, 100_000);
    }
    while write(&mut segments, 0, 100_000) > 0 {}
    let taken = segments.take(2, SOON).unwrap();
    assert_eq!(taken.displaced, Some(1));
    assert_eq!(taken.range, 4 * MIB..8 * MIB);
    assert_eq!(segments.claim(1, 100), (0, 0), "it has nothing any more");
}

#[test]
fn one_that_crawls_among_many_is_a_laggard_after_a_while() {
    let mut segments = fresh(64 * MIB);
    segments.begin(0, 0);
    for worker in 1..4 {
        segments.take(worker, Duration::ZERO);
    }
    for tenth in 0..30u64 {
        segments.look(Duration::from_millis(tenth * 100));
        let expected = (tenth >= u64::from(PATIENT_LOOKS)).then_some(2);
        assert_eq!(segments.laggard(), expected, "tenth {tenth}");
        for worker in 0..4 {
            write(
                &mut segments,
                worker,
                if worker == 2 { 1_000 } else { 100_000 },
            );
        }
    }
}

/// A simulated line: `speeds` in bytes a tenth of a second. Returns the tenths it took.
fn simulate(total: u64, speeds: &[u64]) -> u64 {
    let mut segments = fresh(total);
    segments.begin(0, 0);
    let mut idle: Vec<u32> = (1..speeds.len() as u32).collect();
    let mut dead = Vec::new();
    let mut tenth = 0;
    while !segments.is_complete() {
        segments.look(Duration::from_millis(tenth * 100));
        idle.retain(|worker| match segments.take(*worker, SOON) {
            None => true,
            Some(taken) => {
                dead.extend(taken.displaced);
                false
            }
        });
        for (worker, speed) in speeds.iter().enumerate() {
            let worker = worker as u32;
            let mut budget = *speed as usize;
            while budget > 0 && !idle.contains(&worker) && !dead.contains(&worker) {
                let wrote = write(&mut segments, worker, budget);
                budget -= wrote;
                if wrote == 0 && !segments.run_on(worker, u64::MAX) {
                    segments.release(worker);
                    match segments.take(worker, SOON) {
                        Some(taken) => dead.extend(taken.displaced),
                        None => idle.push(worker),
                    }
                }
            }
        }
        tenth += 1;
        assert!(tenth < 100_000, "no end");
    }
    tenth
}

#[test]
fn one_of_eight_at_a_hundredth_costs_little() {
    let speeds = [800_000; 8];
    let mut slow = speeds;
    slow[3] = 8_000;
    let all = simulate(256 * MIB, &speeds);
    let one_slow = simulate(256 * MIB, &slow);
    // Seven eighths of the speed at best.
    assert!(
        one_slow * 7 <= all * 8 * 105 / 100,
        "{one_slow} tenths, {all} with none slow"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    /// Whatever workers do, ranges in work never overlap, and the end has every byte once.
    #[test]
    fn no_byte_lost_none_twice(total in 0u64..3_000_000,
                               steps in prop::collection::vec((0u8..7, 0u32..6, 0usize..400_000), 0..400)) {
        let mut segments = fresh(total);
        let mut clock = Duration::ZERO;
        for (what, worker, bytes) in steps {
            match what {
                0 => { segments.take(worker, SOON); }
                1 | 2 => { segments.claim(worker, bytes); },
                3 => segments.wrote(worker),
                4 => segments.release(worker),
                5 => { segments.run_on(worker, u64::MAX); }
                _ => { clock += Duration::from_millis(bytes as u64 % 300); segments.look(clock); }
            }
            let mut seen = segments.written.clone();
            for active in &segments.active {
                let before = seen.len();
                prop_assert!(active.next <= active.claimed && active.claimed <= active.end);
                prop_assert!(active.end <= total);
                seen.insert(active.next..active.end);
                prop_assert_eq!(seen.len(), before + active.end - active.next, "overlap");
            }
        }
        for worker in 0..6 {
            segments.release(worker);
        }
        while segments.take(9, SOON).is_some() {
            while write(&mut segments, 9, 300_000) > 0 {}
            segments.release(9);
        }
        prop_assert!(segments.is_complete());
        prop_assert_eq!(segments.written.len(), total);
    }
}
