//! Waiting is not an error: retries, the network, the mode, sizes ahead.

use std::time::Duration;

use super::story::{Story, files, tell};
use crate::download::{Failure, State};

#[test]
fn tries_and_patience() {
    tell(
        "add g 1@a start foreground => start g1
         failed g1 lost         => g1 waits retry
         wait 2                 => start g1
         failed g1 lost         => g1 waits retry
         wait 3                 => start g1
         failed g1 lost         => g1 connection_lost, g failed",
    );
    tell(
        "add g 1@a start foreground => start g1
         failed g1 lost         => g1 waits retry
         wait 2                 => start g1
         failed g1 lost         => g1 waits retry
         wait 3                 => start g1
         begun g1 100
         got g1 10
         failed g1 lost         => g1 waits retry
         wait 2                 => start g1
         failed g1 lost progressed => g1 waits retry",
    );
}

#[test]
fn the_same_bytes_again_are_no_progress() {
    tell(
        "add g 1@a start foreground => start g1
         begun g1 100 fixed
         got g1 60
         failed g1 lost progressed => g1 waits retry
         wait 2                 => start g1
         over g1                => g1 starts over
         begun g1 100 fixed
         got g1 50
         failed g1 lost progressed => g1 waits retry
         wait 3                 => start g1
         begun g1 100 fixed
         got g1 60
         failed g1 lost progressed => g1 connection_lost, g failed",
    );
}

#[test]
fn time_counts_only_while_something_is_tried() {
    tell(
        "add g 1@a start        => start g1
         failed g1 lost         => g1 waits retry
         suspend g
         wait 9000
         resume g               => start g1
         network down           => stop g1
         stopped g1
         wait 9000
         network up             => start g1
         mode suspended         => program, stop g1, repace g
         stopped g1
         wait 9000
         mode polite            => program, start g1
         failed g1 lost         => g1 waits retry
         wait 2                 => start g1
         wait 3600
         failed g1 lost         => g1 no_progress, g failed",
    );
}

#[test]
fn without_a_network() {
    tell(
        "add g 4@a start        => start g1
         add h 1@a
         failed g1 lost         => g1 waits retry, start g2, start g3
         network down           => stop g2, stop g3
         is g waiting:network incomplete
         is h suspended
         is g1 waiting:network
         is g2 waiting:network
         is g4 waiting:network
         wait 100               =>
         stopped g2             =>
         add i 1@b start        =>
         is i waiting:network
         network up             => start i1
         is g3 queued
         failed g3 lost         => start g3
         done i1                => i1 is complete, i is complete, start g1",
    );
}

#[test]
fn a_file_may_find_out_by_itself() {
    tell(
        "add g 1@a start        => start g1
         failed g1 unreachable  => g1 waits network
         is g1 waiting:network
         network up             => start g1",
    );
}

#[test]
fn paused_by_the_mode() {
    tell(
        "add g 3@a start        => start g1
         begun g1 100           => start g2
         mode suspended         => program, stop g1, stop g2, repace g
         is g waiting:paused incomplete
         is g3 waiting:paused
         stopped g1             =>
         mode polite            => program, repace g, start g1
         is g2 queued
         stopped g2             => start g2
         mode suspended         => program, stop g1, stop g2, repace g
         network down           =>
         is g waiting:paused
         mode polite            => program, repace g
         is g waiting:network
         mode suspended         => program, repace g
         suspend g
         is g suspended incomplete+suspended",
    );
}

#[test]
fn for_the_disk_or_for_a_person() {
    tell(
        "add g 2@a start        => start g1
         failed g1 full         => g1 waits disk_full, start g2
         is g1 waiting:disk_full
         wait 6                 => start g1
         failed g1 full         =>
         wait 6                 => start g1
         failed g1 secret       => g1 waits credentials
         done g2                => g2 is complete
         is g waiting:credentials incomplete
         wait 9000              =>
         set g password=pw      => start g1",
    );
}

#[test]
fn a_problem_is_shown_with_its_tries() {
    let mut story = Story::new(super::limits());
    for step in [
        "add g 1@a start",
        "failed g1 lost",
        "wait 2",
        "failed g1 lost",
    ] {
        story.line(step);
    }
    let group = story.group("g");
    let file = files(&group).next().unwrap();
    let problem = file.error.as_ref().unwrap();
    assert_eq!(
        (problem.attempts, problem.failure.kind()),
        (2, "connection_lost")
    );
    assert!(file.waiting.unwrap().until.is_some() && group.error.is_none());
    story.line("wait 5");
    story.line("failed g1 410");
    let group = story.group("g");
    let problem = group.error.as_ref().unwrap();
    assert_eq!(
        (problem.attempts, &problem.failure),
        (3, &Failure::status(410))
    );
    assert_eq!(group.state, State::Error);
    story.line("resume g");
    assert!(story.group("g").error.is_none());
}

#[test]
fn sizes_ahead() {
    tell(
        "limits parallel=1 measure
         add g 6@a start        => start g1
         wait 3                 =>
         begun g1 100 fixed     => measure g2, measure g3
         wait 10                =>
         measured g2 50         => measure g4
         is g2 queued 0/50
         measured g3 -          => measure g5
         is g3 queued 0/?
         suspend g              => stop g1
         measured g4 70         =>
         is g4 suspended 0/70
         measured g5 -          =>
         stopped g1
         resume g               => start g1
         wait 3                 => measure g6
         wait 30                =>",
    );
}

#[test]
fn nobody_waits_unwoken() {
    let mut story = Story::new(super::limits());
    assert_eq!(story.queue.next_due(), None);
    story.line("add g 1@a start");
    story.line("failed g1 lost");
    let due = story.queue.next_due().unwrap();
    assert!(
        due > Duration::from_millis(700) && due < Duration::from_millis(1300),
        "{due:?}"
    );
    story.line("suspend g");
    assert_eq!(story.queue.next_due(), None);
    story.line("resume g");
    story.line("begun g1 100");
    assert_eq!(story.queue.next_due(), Some(super::limits().rotation));
}
