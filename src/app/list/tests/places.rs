//! Rows and heights: what is where, and what stays there.

use super::super::{Heights, Row, RowKind, SortKey};
use super::world::{file_id, group, id, list, numbered, shown};

/// A line for each row between two heights.
fn drawn(list: &super::super::List, from: f32, to: f32) -> Vec<String> {
    list.rows_in(from, to)
        .map(|row| {
            let what = match row.kind {
                RowKind::Group => "group".to_owned(),
                RowKind::Job(job) => format!("job {}", job.id.0.as_u128() & 0xffff),
                RowKind::File(file) => format!("file {}", file.id.0.as_u128() & 0xffff),
            };
            format!("{} {} +{} {what}", row.number, row.y, row.height)
        })
        .collect()
}

#[test]
fn an_open_group_shows_its_files_and_the_head_of_a_job_only_among_several() {
    let mut list = list([
        group(1, "a", &[2]),
        group(2, "b", &[1, 2]),
        group(3, "c", &[0]),
        group(4, "d", &[]),
    ]);
    for n in 1..=4 {
        list.toggle(id(n));
    }
    assert_eq!(
        drawn(&list, 0.0, f32::MAX),
        [
            "0 0 +76 group",
            "1 76 +52 file 0",
            "2 128 +52 file 1",
            "3 180 +76 group",
            "4 256 +32 job 0",
            "5 288 +52 file 0",
            "6 340 +32 job 1",
            "7 372 +52 file 0",
            "8 424 +52 file 1",
            "9 476 +76 group",
            "10 552 +76 group",
        ]
    );
    assert_eq!(list.total_height(), 628.0);
    list.set_heights(Heights::COMPACT);
    assert_eq!(
        drawn(&list, 130.0, 190.0),
        ["2 92 +40 file 1", "3 132 +52 group", "4 184 +28 job 0"]
    );
    list.toggle(id(2));
    list.toggle(id(1));
    assert_eq!(list.rows(), 4);
}

#[test]
fn only_rows_in_sight_are_made() {
    let mut list = list([
        group(1, "a", &[1]),
        group(2, "b", &[100_000]),
        group(3, "c", &[1]),
    ]);
    list.toggle(id(2));
    assert_eq!(list.rows(), 100_003);
    assert_eq!(list.total_height(), 3.0 * 76.0 + 100_000.0 * 52.0);
    let middle = 152.0 + 70_000.0 * 52.0;
    let rows: Vec<_> = list.rows_in(middle, middle + 104.0).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].row(), Some(Row::File(id(2), file_id(2, 0, 70_000))));
    assert_eq!(list.row_at(list.total_height() - 1.0), Some(100_002));
    for nowhere in [-1.0, list.total_height(), f32::MAX, f32::NAN] {
        assert_eq!(list.row_at(nowhere), None, "{nowhere}");
    }
}

#[test]
fn what_is_at_the_top_stays_there() {
    let all = [1, 2, 3, 4, 5];
    // From where, to which groups, where it is then.
    for (y, then, expected) in [
        (160.0, vec![1, 2, 3, 4, 5], 160.0),
        (160.0, vec![9, 8, 1, 2, 3, 4, 5], 312.0),
        (160.0, vec![2, 3, 4, 5], 84.0),
        (160.0, vec![1, 2, 4, 5], 84.0),
        (160.0, vec![3], 8.0),
        (0.0, vec![9, 1, 2, 3, 4, 5], 0.0),
        (10.0, vec![], 10.0),
    ] {
        let mut list = super::super::List::default();
        list.update(&numbered(&all));
        let anchor = list.anchor(y);
        list.update(&numbered(&then));
        let found = list.anchored(anchor);
        assert_eq!(found, expected, "{y} {then:?}");
    }
}

#[test]
fn opening_above_moves_what_is_seen_with_it_and_closing_brings_it_back() {
    let mut list = list([
        group(1, "a", &[10]),
        group(2, "b", &[10]),
        group(3, "c", &[1]),
    ]);
    let anchor = list.anchor(80.0);
    list.toggle(id(1));
    let y = list.anchored(anchor);
    assert_eq!(y, 80.0 + 520.0);
    let anchor = list.anchor(400.0);
    list.toggle(id(1));
    // In the middle of the files that went: the end of their group is at the top.
    assert_eq!(list.anchored(anchor), 75.0);
}

#[test]
fn in_a_lively_order_the_place_stays() {
    let mut list = super::super::List::default();
    list.update(&numbered(&[1, 2, 3]));
    list.toggle_sort(SortKey::Speed);
    let anchor = list.anchor(80.0);
    list.update(&numbered(&[9, 1, 2, 3]));
    assert_eq!(list.anchored(anchor), 80.0);
    assert_eq!(shown(&list), [9, 1, 2, 3]);
}
