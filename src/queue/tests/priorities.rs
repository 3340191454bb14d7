//! Who runs before whom.

use super::story::{Story, tell};
use crate::queue::Effect;

#[test]
fn strictly_by_priority() {
    tell(
        "limits parallel=1
         add l 1@a start low    => start l1
         add n 1@b start        => stop l1
         is l1 queued
         add h 1@c start high   =>
         add f 1@d start foreground =>
         stopped l1             => start f1
         done f1                => f1 is complete, f is complete, start h1
         done h1                => h1 is complete, h is complete, start n1
         done n1                => n1 is complete, n is complete, start l1",
    );
}

#[test]
fn as_many_make_way_as_are_needed() {
    tell(
        "limits parallel=4
         add l 1@a,1@b,1@c,1@d start low => start l1, start l2, start l3, start l4
         add f 1@e,1@f start foreground => stop l4, stop l3
         stopped l4             => start f1
         stopped l3             => start f2
         priority f low         => repace f
         is l3 queued",
    );
}

#[test]
fn a_level_that_can_only_wait_lets_the_next_one_run() {
    tell(
        "limits parallel=1
         add f 1@a start foreground => start f1
         add l 2@b start low    =>
         failed f1 lost         => f1 waits retry, start l1
         wait 2                 => stop l1
         stopped l1             => start f1
         network down           => stop f1
         stopped f1             =>
         network up             => start f1",
    );
}

#[test]
fn a_host_without_room_makes_nobody_stop_elsewhere() {
    tell(
        "limits parallel=2 host=1
         add l 1@a start low    => start l1
         begun l1 100
         add f 3@b start foreground => start f1
         begun f1 100           =>
         is l1 transferring",
    );
}

#[test]
fn at_a_full_host_the_lower_priority_makes_way() {
    tell(
        "limits parallel=8 host=2 connections=2
         add l 2@a start low    => start l1
         begun l1 100           => start l2
         add f 1@a start foreground => stop l2
         stopped l2             => start f1
         done f1                => f1 is complete, f is complete, start l2",
    );
}

#[test]
fn a_groups_own_parallel_makes_nobody_stop() {
    tell(
        "limits parallel=2
         add l 2@a start low    => start l1
         begun l1 100           => start l2
         new f
         set f priority=foreground
         set f parallel=1
         add f 2@b start        => stop l2
         stopped l2             => start f1
         begun f1 100           =>
         is l1 transferring
         set f parallel=2       => stop l1
         set f parallel=1       =>",
    );
}

#[test]
fn groups_of_one_level_take_turns() {
    tell(
        "limits parallel=1
         add g 3@a start        => start g1
         add h 3@a start        =>
         done g1                => g1 is complete, start h1
         done h1                => h1 is complete, start g2
         done g2                => g2 is complete, start h2
         done h2                => h2 is complete, start g3
         done g3                => g3 is complete, g is complete, start h3",
    );
}

#[test]
fn the_persons_order() {
    tell(
        "limits parallel=1
         mode suspended         => program
         add g 2@a start
         add h 2@b start
         add i 2@c start
         add f 1@d start foreground
         move i top             =>
         move g bottom          =>
         mode polite            => program, start f1
         done f1                => f1 is complete, f is complete, start i1
         done i1                => i1 is complete, start h1
         done h1                => h1 is complete, start g1
         move h up              =>
         done g1                => g1 is complete, start h2",
    );
    let mut story = Story::new(super::limits());
    for step in [
        "add g 1@a",
        "add h 1@a",
        "add f 1@a foreground",
        "add i 1@a",
        "move i up",
    ] {
        story.line(step);
    }
    let mut names = Vec::new();
    for name in ["g", "h", "f", "i"] {
        let id = story.group(name).id;
        let at = story.look().groups.iter().position(|group| group.id == id);
        names.push(at.unwrap());
    }
    assert_eq!(names, [0, 2, 3, 1]);
}

#[test]
fn a_turn_ends_where_a_stop_loses_nothing() {
    tell(
        "limits parallel=1
         add g 1@a start        => start g1
         begun g1 100
         add h 1@b start        =>
         wait 29                =>
         wait 1                 => stop g1
         stopped g1             => start h1
         begun h1 100 fixed
         wait 30                =>
         wait 300               =>
         is h1 transferring",
    );
}

#[test]
fn a_large_file_lets_the_small_ones_of_its_group_run() {
    tell(
        "limits parallel=1
         add g 3@a start        => start g1
         begun g1 100
         wait 30                => stop g1
         stopped g1             => start g2
         done g2                => g2 is complete, start g3
         done g3                => g3 is complete, start g1",
    );
}

#[test]
fn files_of_one_size_are_not_fetched_by_halves() {
    tell(
        "limits parallel=2 measure
         add g 4@a start        => start g1
         begun g1 100           => start g2
         begun g2 100
         got g1 10
         wait 5                 => measure g3, measure g4
         measured g3 100        =>
         measured g4 20         =>
         wait 30                =>
         add h 1@b start        => stop g2
         stopped g2             => start h1
         done h1                => h1 is complete, h is complete, start g2
         done g1                => g1 is complete, start g3
         begun g3 100
         begun g2 100
         wait 30                => stop g3
         stopped g3             => start g4
         done g4                => g4 is complete, start g3",
    );
}

#[test]
fn a_turn_goes_on_while_nobody_waits() {
    tell(
        "limits parallel=1
         add g 1@a start        => start g1
         begun g1 100
         wait 100               =>
         add h 1@b start        => stop g1
         stopped g1             => start h1",
    );
}

#[test]
fn one_request_before_sixteen_handshakes() {
    tell(
        "limits parallel=4
         add g 4@a,1@b start    => start g1, start g5
         begun g1 100           => start g2, start g3
         done g1                => g1 is complete, start g4",
    );
}

#[test]
fn a_busy_host_gets_fewer_and_grows_again() {
    tell(
        "limits parallel=4
         add g 6@a start        => start g1
         begun g1 100 fixed     => start g2, start g3, start g4
         failed g4 503          => g4 waits server_busy
         failed g3 503          => g3 waits server_busy
         done g2                => g2 is complete, start g5
         done g5                => g5 is complete, start g6
         wait 5                 =>
         is g3 queued
         wait 25                => start g3
         done g1                => g1 is complete, start g4",
    );
}

#[test]
fn connections_are_shared_at_a_host() {
    for (files, host, expected) in [
        (1, 16, vec![8]),
        (2, 16, vec![8, 8]),
        (3, 16, vec![6, 5, 5]),
        (9, 16, vec![4, 4, 4, 4]),
        (9, 3, vec![1, 1, 1]),
    ] {
        let mut story = Story::new(super::limits());
        story.line(&format!("limits parallel=4 host={host}"));
        let mut seen = Vec::new();
        for step in [format!("add g {files}@a start"), "begun g1 100".to_owned()] {
            story.line(&step);
            seen.extend(story.effects.iter().filter_map(|effect| match effect {
                Effect::Start(task) => Some(task.connections),
                _ => None,
            }));
        }
        assert_eq!(seen, expected, "{files} files, {host} connections");
    }
}

#[test]
fn fewer_places_and_other_limits_are_met_at_once() {
    tell(
        "limits parallel=3
         add g 1@a,1@b,1@c start => start g1, start g2, start g3
         limits parallel=1      => stop g3, stop g2
         stopped g2             =>
         stopped g3             =>
         limits parallel=2      => start g2",
    );
    tell(
        "limits parallel=8
         add g 1@a,1@b,1@c start => start g1, start g2, start g3
         set g parallel=1       => stop g3, stop g2
         stopped g3             =>
         stopped g2             =>
         set g parallel=default => start g2, start g3",
    );
}
