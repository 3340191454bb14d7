//! Choosing by mouse and by keys, told as stories.

use super::super::{Filter, List, Row, SortKey};
use super::world::{chosen, file_id, group, id, list, numbered};
use crate::app::keys::Step;

fn five() -> List {
    let mut list = List::default();
    list.update(&numbered(&[1, 2, 3, 4, 5]));
    list
}

fn cursor(list: &List) -> u128 {
    list.cursor_group().map_or(0, |id| id.0.as_u128())
}

#[test]
fn the_mouse_chooses_one_toggles_and_draws_stretches() {
    let mut list = five();
    // Which, with Ctrl, with Shift; what is chosen then.
    for (n, ctrl, shift, expected) in [
        (2, false, false, vec![2]),
        (4, true, false, vec![2, 4]),
        (2, true, false, vec![4]),
        (5, false, true, vec![2, 3, 4, 5]),
        (1, false, true, vec![1, 2]),
        (9, false, false, vec![1, 2]),
        (3, false, false, vec![3]),
        (1, false, true, vec![1, 2, 3]),
        (1, true, false, vec![2, 3]),
    ] {
        list.click(Row::Group(id(n)), ctrl, shift);
        assert_eq!(chosen(&list), expected, "{n} {ctrl} {shift}");
        assert_eq!(list.selected(), expected.len());
    }
    list.choose_all();
    assert_eq!(chosen(&list), [1, 2, 3, 4, 5]);
    list.clear_selection();
    assert_eq!((chosen(&list), cursor(&list)), (vec![], 1));
}

#[test]
fn keys_step_by_row_and_by_page_and_draw_stretches() {
    use Step::*;
    let mut list = five();
    for (step, extends, at, expected) in [
        (Down, false, 1, vec![1]),
        (Up, false, 1, vec![1]),
        (Down, true, 2, vec![1, 2]),
        (PageDown, true, 5, vec![1, 2, 3, 4, 5]),
        (Up, true, 4, vec![1, 2, 3, 4]),
        (Up, false, 3, vec![3]),
        (First, true, 1, vec![1, 2, 3]),
        (Last, true, 5, vec![3, 4, 5]),
        (Last, false, 5, vec![5]),
        (Down, false, 5, vec![5]),
        (PageUp, false, 2, vec![2]),
        (First, false, 1, vec![1]),
    ] {
        list.step(step, 3, extends);
        assert_eq!(
            (cursor(&list), chosen(&list)),
            (at, expected),
            "{step:?} {extends}"
        );
    }
    let mut list = five();
    list.step(Up, 3, false);
    assert_eq!(cursor(&list), 5);
    let mut list = List::default();
    list.step(Down, 3, false);
    assert_eq!(list.cursor(), None);
}

#[test]
fn the_cursor_goes_through_files_but_not_through_heads_of_jobs() {
    let mut list = list([group(1, "a", &[1, 1]), group(2, "b", &[0, 0])]);
    list.step(Step::Down, 9, false);
    list.expand_at_cursor(true);
    assert_eq!((list.rows(), list.cursor()), (6, Some(Row::Group(id(1)))));
    list.expand_at_cursor(true);
    let [first, second] = [0, 1].map(|job| Row::File(id(1), file_id(1, job, 0)));
    let mut seen = vec![list.cursor()];
    for step in [
        Step::Down,
        Step::Up,
        Step::Up,
        Step::Down,
        Step::Down,
        Step::Down,
    ] {
        list.step(step, 9, false);
        seen.push(list.cursor());
    }
    let expected = [
        first,
        second,
        first,
        Row::Group(id(1)),
        first,
        second,
        Row::Group(id(2)),
    ];
    assert_eq!(seen, expected.map(Some));
    // Nothing but heads below: it stays.
    list.expand_at_cursor(true);
    list.step(Step::Last, 9, false);
    assert_eq!(list.cursor(), Some(Row::Group(id(2))));
    list.step(Step::Down, 9, false);
    assert_eq!(list.cursor(), Some(Row::Group(id(2))));
}

#[test]
fn a_group_that_closes_takes_the_cursor_from_its_file() {
    let mut list = list([group(1, "a", &[2])]);
    let second = Row::File(id(1), file_id(1, 0, 1));
    list.toggle(id(1));
    list.click(second, false, false);
    assert_eq!(list.cursor_place(), Some((128.0, 52.0)));
    let is_marked = |list: &List| {
        list.rows_in(0.0, 999.0)
            .map(|row| row.is_cursor)
            .collect::<Vec<_>>()
    };
    assert_eq!(is_marked(&list), [false, false, true]);
    list.expand_at_cursor(false);
    assert_eq!((list.cursor(), list.rows()), (Some(Row::Group(id(1))), 1));
    assert_eq!(list.cursor_place(), Some((0.0, 76.0)));
    assert_eq!(chosen(&list), [1]);
}

#[test]
fn what_goes_is_not_chosen_any_more_and_the_cursor_moves_to_its_neighbour() {
    // Who is chosen (the last has the cursor), who is left; where the cursor is then, and
    // what is chosen.
    for (pressed, left, at, expected) in [
        (vec![3], vec![1, 2, 4, 5], 4, vec![]),
        (vec![5], vec![1, 2, 3, 4], 4, vec![]),
        (vec![3], vec![1], 1, vec![]),
        (vec![3], vec![5, 1], 5, vec![]),
        (vec![1, 3], vec![5, 4, 1], 4, vec![1]),
        (vec![1, 3], vec![5, 4, 3, 2, 1], 3, vec![3, 1]),
        (vec![2], vec![], 0, vec![]),
    ] {
        let mut list = five();
        for n in &pressed {
            list.click(Row::Group(id(*n)), true, false);
        }
        list.update(&numbered(&left));
        assert_eq!(
            (cursor(&list), chosen(&list)),
            (at, expected),
            "{pressed:?} {left:?}"
        );
    }
}

#[test]
fn what_is_filtered_out_is_not_chosen_and_comes_back_unchosen() {
    let mut list = five();
    list.choose_all();
    list.set_search("g3");
    assert_eq!((cursor(&list), chosen(&list)), (3, vec![3]));
    list.set_search("");
    assert_eq!(chosen(&list), [3]);
    list.set_filter(Filter::Failed);
    assert_eq!((cursor(&list), list.selected()), (0, 0));
}

#[test]
fn another_order_changes_nothing_of_the_choice() {
    let mut list = five();
    list.click(Row::Group(id(2)), false, false);
    list.click(Row::Group(id(3)), false, true);
    list.toggle_sort(SortKey::Queue);
    assert_eq!((cursor(&list), chosen(&list)), (3, vec![3, 2]));
    list.step(Step::Down, 1, true);
    assert_eq!(chosen(&list), [2]);
}
