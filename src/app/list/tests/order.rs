//! Which groups are shown, and in which order.

use std::sync::Arc;

use jiff::Timestamp;

use super::super::{FILTERS, Filter, Sort, SortKey};
use super::world::{file, file_id, group, holding, id, list, shown, snapshot, with_path};
use crate::download::State::{self, *};
use crate::download::WaitReason;
use crate::queue::snapshot::Waiting;
use crate::queue::{Flags, GroupView};

fn standing(n: u128, state: State, status: Flags) -> GroupView {
    GroupView {
        state,
        status,
        ..group(n, "", &[1])
    }
}

#[test]
fn every_state_is_found_where_a_person_looks_for_it() {
    use Filter::*;
    let runs = Flags::INCOMPLETE;
    let pushed = runs.with(Flags::FOREGROUND);
    let held = runs.with(Flags::SUSPENDED);
    let half = runs.with(Flags::ERROR);
    let failed = half.with(Flags::SUSPENDED);
    let table: [(State, Flags, &[Filter]); 13] = [
        (Transferring, runs, &[All, Active]),
        (Transferring, pushed, &[All, Active]),
        (Connecting, runs, &[All, Active]),
        (Verifying, runs, &[All, Active]),
        (Queued, runs, &[All, Active]),
        (State::Waiting, runs, &[All, Filter::Waiting]),
        (State::Suspended, held, &[All, Filter::Suspended]),
        // Its files are still stopping.
        (Transferring, held, &[All, Filter::Suspended]),
        (Transferring, half, &[All, Active, Failed]),
        (State::Suspended, failed, &[All, Filter::Suspended, Failed]),
        (Error, failed, &[All, Failed]),
        (Complete, Flags::COMPLETE, &[All, Finished]),
        (Cancelled, Flags::NONE, &[All]),
    ];
    let groups = table
        .iter()
        .zip(1..)
        .map(|((state, status, _), n)| standing(n, *state, *status));
    let mut list = list(groups);
    for filter in FILTERS {
        list.set_filter(filter);
        let rows = table.iter().zip(1..);
        let wanted: Vec<u128> = rows
            .filter(|((.., filters), _)| filters.contains(&filter))
            .map(|(_, n)| n)
            .collect();
        assert_eq!(shown(&list), wanted, "{filter:?}");
        assert_eq!(list.count(filter), wanted.len(), "{filter:?}");
    }
}

#[test]
fn every_word_is_looked_for_everywhere() {
    let files = vec![
        with_path(
            file(file_id(1, 0, 0), "https://cdimage.debian.org/a.iso"),
            "/home/me/Linux/DVD-1.iso",
        ),
        file(
            file_id(1, 0, 1),
            "https://mirror.example.net:8080/pool/B%C3%BCcher.zip",
        ),
    ];
    let many = (0..300).map(|at| {
        file(
            file_id(3, 0, at),
            &format!("https://h.org/tile-{at:03}.png"),
        )
    });
    let mut list = list([
        holding(1, "Debian 13.2 Über", vec![files]),
        group(2, "", &[1]),
        holding(3, "Tiles", vec![many.collect()]),
    ]);
    for (text, found) in [
        ("", vec![1, 2, 3]),
        ("  ", vec![1, 2, 3]),
        ("DEBIAN", vec![1]),
        ("über dvd-1 cdimage", vec![1]),
        ("linux", vec![1]),
        ("BÜCHER 8080", vec![1]),
        ("debian tiles", vec![]),
        ("0.iso", vec![2]),
        ("example", vec![1, 2]),
        ("tile-255", vec![3]),
        ("tile-256", vec![]),
    ] {
        list.set_search(text);
        assert_eq!(shown(&list), found, "{text}");
        assert_eq!(list.count(Filter::All), 3);
    }
}

#[test]
fn a_name_that_changes_is_found_by_the_new_one_and_a_new_group_only_where_it_fits() {
    let mut list = list([group(1, "old", &[1]), group(2, "other", &[1])]);
    list.set_search("new");
    assert!(list.is_empty());
    list.update(&snapshot([
        group(1, "new", &[1]),
        group(2, "other", &[1]),
        group(3, "newer", &[1]),
    ]));
    assert_eq!(shown(&list), [1, 3]);
    let moved = with_path(
        file(file_id(2, 0, 0), "https://example.org/2/0.iso"),
        "/new/x.iso",
    );
    list.update(&snapshot([
        group(1, "old", &[1]),
        holding(2, "other", vec![vec![moved]]),
    ]));
    assert_eq!(shown(&list), [2]);
}

/// Name, size, bytes, speed, left, added.
type Figures = (&'static str, Option<u64>, u64, u64, Option<u64>, i64);

fn figures(n: u128, (name, size, bytes, speed, left, added): Figures) -> GroupView {
    let mut group = group(n, name, &[1]);
    group.summary.size = size;
    group.summary.progress.bytes = bytes;
    group.summary.bytes_per_second = speed;
    group.summary.progress.seconds_left = left;
    group.created = Timestamp::from_second(added).expect("a time");
    group
}

#[test]
fn every_key_orders_both_ways_ties_as_in_the_queue_and_the_unknown_last() {
    let groups = [
        figures(1, ("part 10", Some(100), 50, 9, Some(9), 40)),
        figures(2, ("Part 9", None, 70, 0, None, 20)),
        figures(3, ("apple", Some(300), 60, 9, Some(3), 30)),
        figures(4, ("part 009 b", Some(100), 100, 2, Some(5), 10)),
    ];
    let mut list = list(groups);
    for (key, up, down) in [
        (SortKey::Queue, [1, 2, 3, 4], [4, 3, 2, 1]),
        (SortKey::Name, [3, 2, 4, 1], [1, 4, 2, 3]),
        (SortKey::Size, [1, 4, 3, 2], [3, 1, 4, 2]),
        (SortKey::Progress, [3, 1, 4, 2], [4, 1, 3, 2]),
        (SortKey::Speed, [2, 4, 1, 3], [1, 3, 4, 2]),
        (SortKey::Left, [3, 4, 1, 2], [1, 4, 3, 2]),
        (SortKey::Added, [4, 2, 3, 1], [1, 3, 2, 4]),
    ] {
        for (is_descending, order) in [(false, up), (true, down)] {
            list.set_sort(Sort { key, is_descending });
            assert_eq!(shown(&list), order, "{key:?} {is_descending}");
        }
    }
}

#[test]
fn the_same_key_again_turns_round_another_begins_as_is_wanted_first() {
    let mut list = list([]);
    let mut seen = Vec::new();
    for key in [
        SortKey::Speed,
        SortKey::Speed,
        SortKey::Name,
        SortKey::Queue,
        SortKey::Queue,
    ] {
        list.toggle_sort(key);
        seen.push(list.sort().is_descending);
    }
    assert_eq!(seen, [true, false, false, false, true]);
}

#[test]
fn an_order_is_kept_up_while_figures_change_groups_come_and_go() {
    let at = |n, speed| figures(n, ("x", None, 0, speed, None, 0));
    let mut list = list([at(1, 5), at(2, 7)]);
    list.toggle_sort(SortKey::Speed);
    for (groups, order) in [
        (vec![at(1, 9), at(2, 7)], vec![1, 2]),
        (vec![at(1, 9), at(2, 7), at(3, 8)], vec![1, 3, 2]),
        (vec![at(3, 8), at(2, 10), at(1, 9)], vec![2, 1, 3]),
        (vec![at(2, 10)], vec![2]),
        (vec![at(4, 1), at(2, 0)], vec![4, 2]),
    ] {
        let speed = groups
            .iter()
            .map(|group| group.summary.bytes_per_second)
            .sum::<u64>();
        list.update(&snapshot(groups));
        assert_eq!(shown(&list), order);
        assert_eq!(list.total_speed(), speed);
    }
}

#[test]
fn what_did_not_change_is_not_read_again_and_what_did_is() {
    let first = snapshot([group(1, "a", &[1]), group(2, "b", &[1])]);
    let mut list = super::super::List::default();
    list.update(&first);
    let mut changed = (*first.groups[0]).clone();
    changed.state = State::Complete;
    changed.status = Flags::COMPLETE;
    let mut next = first.clone();
    next.groups = Arc::new(vec![Arc::new(changed), Arc::clone(&first.groups[1])]);
    list.update(&next);
    assert_eq!(list.count(Filter::Finished), 1);
    let kept = list.row(1).expect("a row").group;
    assert!(std::ptr::eq(kept, &*first.groups[1]));
}

#[test]
fn only_a_known_moment_counts_down() {
    let mut list = list([]);
    for (until, counts) in [(None, false), (Some(Timestamp::UNIX_EPOCH), true)] {
        let mut group = standing(1, State::Waiting, Flags::INCOMPLETE);
        group.waiting = Some(Waiting {
            reason: WaitReason::Retry,
            until,
        });
        list.update(&snapshot([group]));
        assert_eq!(list.counts_down(), counts);
    }
    list.update(&snapshot([]));
    assert!(!list.counts_down());
    list.toggle(id(7));
    assert!(list.is_empty());
}
