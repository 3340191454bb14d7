//! What is seen: sums, percentages, and what two snapshots share.

use std::sync::Arc;

use super::story::{Story, files};

#[test]
fn unknown_is_not_nothing() {
    let mut story = Story::new(super::limits());
    story.line("new e");
    let summary = story.group("e").summary.clone();
    assert_eq!(
        (summary.size, summary.progress.percent, summary.files_total),
        (None, None, 0)
    );
    story.line("add g 2@a start");
    story.line("begun g1 1000");
    story.line("got g1 999");
    let summary = story.group("g").summary.clone();
    assert_eq!((summary.size, summary.size_known), (None, 1000));
    assert_eq!(
        (summary.progress.bytes, summary.progress.percent),
        (999, None)
    );
    story.line("begun g2 1");
    let summary = story.group("g").summary.clone();
    assert_eq!(
        (summary.size, summary.progress.percent),
        (Some(1001), Some(99))
    );
    story.line("done g1 1000");
    story.line("written g2 1");
    let summary = story.group("g").summary.clone();
    assert_eq!(
        (summary.progress.percent, summary.files_done),
        (Some(99), 1)
    );
    story.line("done g2 1");
    let group = story.group("g");
    assert_eq!(
        (group.summary.progress.percent, group.summary.files_done),
        (Some(100), 2)
    );
    assert!(group.completed.is_some());
}

#[test]
fn an_empty_file_is_100_percent() {
    let mut story = Story::new(super::limits());
    story.line("add g 1@a start");
    story.line("begun g1 0");
    assert_eq!(story.group("g").summary.progress.percent, Some(0));
    story.line("done g1 0");
    assert_eq!(story.group("g").summary.progress.percent, Some(100));
}

#[test]
fn no_servers_lie_overflows() {
    let mut story = Story::new(super::limits());
    story.line("add g 2@a start");
    story.line(&format!("begun g1 {}", u64::MAX));
    story.line(&format!("begun g2 {}", u64::MAX));
    story.line(&format!("got g2 {}", u64::MAX));
    let summary = story.group("g").summary.clone();
    assert_eq!(
        (summary.size, summary.size_known),
        (Some(u64::MAX), u64::MAX)
    );
    assert_eq!(summary.progress.percent, Some(99));
}

#[test]
fn time_left_from_the_rate() {
    let mut story = Story::new(super::limits());
    story.line("add g 1@a start");
    story.line("begun g1 100000");
    for second in 1..=10 {
        story.line("wait 1");
        story.line(&format!("got g1 {}", second * 1000));
    }
    let summary = story.group("g").summary.clone();
    assert!(
        (950..=1050).contains(&summary.bytes_per_second),
        "{}",
        summary.bytes_per_second
    );
    assert!((85..=95).contains(&summary.progress.seconds_left.unwrap()));
    story.line("wait 20");
    let summary = story.group("g").summary.clone();
    assert_eq!(
        (summary.bytes_per_second, summary.progress.seconds_left),
        (0, None)
    );
    story.line("suspend g");
    assert_eq!(story.group("g").summary.bytes_per_second, 0);
}

#[test]
fn what_did_not_change_is_the_same() {
    let mut story = Story::new(super::limits());
    story.line("add g 600@a start");
    story.line("add h 2@b");
    story.line("begun g1 100");
    let (before, again) = (story.look(), story.look());
    assert!(Arc::ptr_eq(&before.groups, &again.groups));
    story.line("got g1 50");
    let after = story.look();
    assert!(!Arc::ptr_eq(&before.groups[0], &after.groups[0]));
    assert!(Arc::ptr_eq(&before.groups[1], &after.groups[1]));
    let (old, new) = (&before.groups[0].jobs[0], &after.groups[0].jobs[0]);
    let same: Vec<_> = old
        .files
        .iter()
        .zip(&new.files)
        .map(|(a, b)| Arc::ptr_eq(a, b))
        .collect();
    assert_eq!(same, [false, true, true]);
    assert_eq!(old.files[0][0].bytes, 0);
    assert_eq!(files(&after.groups[0]).next().unwrap().bytes, 50);
    assert!(Arc::ptr_eq(
        &old.files[0][1].source,
        &new.files[0][1].source
    ));
}
