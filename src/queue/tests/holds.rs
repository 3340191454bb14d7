//! Who waits for the hour, for a network that costs nothing, for the mains; and who does not.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::story::{Story, tell};
use super::{at, limits};
use crate::queue::{Event, Limits};

#[test]
fn the_background_waits_for_better_conditions() {
    tell(
        "
        limits waits=metered,battery parallel=3
        add bg 1@a start      => start bg1
        add fg 1@b foreground start => start fg1
        begun bg1 100
        begun fg1 100
        # Not for that which nothing is said of, nor the foreground.
        conditions metered    => stop bg1
        is bg waiting:metered
        is fg transferring
        stopped bg1           =>
        conditions battery    =>
        is bg waiting:power
        # Of two reasons the one that costs is said.
        conditions metered,battery =>
        is bg waiting:metered
        add new 1@c start     =>
        is new waiting:metered
        conditions none       => start new1, start bg1
        ",
    );
}

#[test]
fn what_nothing_is_said_of_holds_nobody_back() {
    tell(
        "
        limits waits=metered
        add bg 1@a start      => start bg1
        conditions battery    =>
        conditions metered,battery => stop bg1
        stopped bg1
        limits waits=none     => start bg1
        limits waits=battery  => stop bg1
        stopped bg1
        is bg waiting:power
        ",
    );
}

#[test]
fn foreground_and_back_while_it_is_metered() {
    tell(
        "
        limits waits=metered
        conditions metered
        add g 1@a start       =>
        is g waiting:metered
        foreground g          => start g1
        begun g1 100
        background g          => repace g, stop g1
        is g waiting:metered
        stopped g1
        mode full             => program
        is g waiting:metered
        mode suspended        => program
        is g waiting:paused
        network down
        is g waiting:paused
        mode polite           => program
        is g waiting:network
        network up
        is g waiting:metered
        ",
    );
}

#[test]
fn anyway_lifts_it_until_the_end_or_until_it_is_taken_back() {
    tell(
        "
        limits waits=metered
        conditions metered
        schedule daily 00-24 background off => program, rates
        add g 2@a start       =>
        is g waiting:schedule
        anyway g              => start g1
        is g connecting
        # Its limit and the program's mode are other things.
        mode suspended        => program, stop g1, repace g
        is g waiting:paused
        stopped g1            =>
        mode polite           => program, start g1
        anyway g not          => stop g1
        is g waiting:schedule
        stopped g1            =>
        anyway g              => start g1
        begun g1 100          => start g2
        suspend g             => stop g1, stop g2
        stopped g1
        stopped g2
        # A plain suspend takes it back.
        resume g              =>
        is g waiting:schedule
        # It resumes what is suspended.
        suspend g
        anyway g              => start g1, start g2
        ",
    );
}

#[test]
fn anyway_ends_with_the_group() {
    let mut story = Story::new(limits());
    for line in [
        "limits waits=metered",
        "conditions metered",
        "add g 1@a start =>",
        "anyway g        => start g1",
        "begun g1 100",
    ] {
        story.line(line);
    }
    assert!(story.group("g").anyway);
    story.line("done g1         => g1 is complete, g is complete");
    assert!(!story.group("g").anyway);
    story.line("add g 1@a start =>");
    story.line("is g waiting:metered");
    story.line("new empty");
    story.line("anyway empty    => ! empty");
}

/// (It begins on a Wednesday at noon, and the zone is that of Greenwich.)
#[test]
fn the_hour_stops_and_starts() {
    tell(
        "
        limits parallel=4
        schedule mon-fri 13-14 background off => program
        add bg 1@a start      => start bg1
        add fg 1@b foreground start => start fg1
        begun bg1 100
        wait 3599             =>
        wait 1                => rates, stop bg1
        is bg waiting:schedule
        is fg connecting
        stopped bg1           =>
        wait 3599             =>
        wait 1                => rates, start bg1
        schedule wed 14-15 all off => program, rates, stop bg1, stop fg1
        is fg waiting:schedule
        stopped bg1
        stopped fg1
        schedule              => program, rates, start fg1, start bg1
        ",
    );
}

#[test]
fn until_when_is_said_and_kept_up() {
    let mut story = Story::new(limits());
    story.line("schedule wed 12-14 background off");
    story.line("add g 1@a start =>");
    let until = |text: &str| Some(text.parse::<Timestamp>().unwrap());
    let seen = |story: &mut Story| story.group("g").waiting.unwrap().until;
    assert_eq!(seen(&mut story), until("2024-05-01T14:00:00Z"));
    story.line("schedule wed 12-16 background off");
    assert_eq!(seen(&mut story), until("2024-05-01T16:00:00Z"));
    // Elsewhere it is later already: two hours east the hours are over sooner.
    let mut effects = Vec::new();
    let zone = TimeZone::get("Europe/Helsinki").unwrap();
    story
        .queue
        .update(Event::Zone(zone), at(Duration::ZERO), &mut effects);
    assert_eq!(seen(&mut story), until("2024-05-01T13:00:00Z"));
    story.line("wait 3600 => rates, start g1");
}

#[test]
fn the_clock_is_looked_at_while_there_is_a_schedule() {
    let mut story = Story::new(limits());
    assert_eq!(story.queue.next_due(), None);
    story.line("schedule sun 13-14 background off");
    // It may be set meanwhile: days are not slept through in one piece.
    assert_eq!(story.queue.next_due(), Some(Duration::from_secs(20)));
    story.line("wait 20");
    assert_eq!(story.queue.next_due(), Some(Duration::from_secs(40)));
    story.line("schedule daily 00-24 all off");
    assert_eq!(story.queue.next_due(), None);
}

#[test]
fn other_limits_are_obeyed_at_once() {
    let mut story = Story::new(limits());
    let other = Limits {
        waits_on: crate::queue::Conditions {
            metered: true,
            on_battery: false,
        },
        ..limits()
    };
    story.line("conditions metered");
    story.line("add g 1@a start => start g1");
    story.queue.set_limits(other);
    assert_eq!(story.queue.next_due(), Some(Duration::ZERO));
    story.line("wait 0 => stop g1");
}
