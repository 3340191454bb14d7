//! A schedule's hours, by the clock on the wall.

use proptest::prelude::*;

use super::*;

fn schedule(text: &str) -> Schedule {
    text.parse().unwrap()
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn text_is_read_and_written() {
    for (typed, written) in [
        ("", ""),
        ("# nothing\n\n", ""),
        ("daily 00-24 all full", ""),
        (
            "mon-fri 8-18 Background OFF # work",
            "mon-fri 08-18 background off\n",
        ),
        (
            "sat-mon 00-24 foreground 2M",
            "mon,sat-sun 00-24 foreground 2M\n",
        ),
        (
            "daily 00-24 all 500k\nsun 10-12 background full",
            "daily 00-24 foreground 500k\nmon-sat 00-24 background 500k\n\
             sun 00-10 background 500k\nsun 12-24 background 500k\n",
        ),
        (
            "mon,wed,thu 00-01 background 1000",
            "mon,wed-thu 00-01 background 1000\n",
        ),
    ] {
        let read = schedule(typed);
        assert_eq!(read.to_string(), written, "{typed}");
        assert_eq!(schedule(written), read);
        assert_eq!(read.is_empty(), written.is_empty());
        let stored = serde_json::to_string(&read).unwrap();
        assert_eq!(serde_json::from_str::<Schedule>(&stored).unwrap(), read);
    }
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    use ScheduleProblem::{Allowance, Class, Days, Hours, Words};
    for (line, problem) in [
        ("mon 08-18 off", Words),
        ("mon 08-18 all off please", Words),
        ("someday 08-18 all off", Days),
        ("mon- 08-18 all off", Days),
        ("mon 18-08 all off", Hours),
        ("mon 08-08 all off", Hours),
        ("mon 08-25 all off", Hours),
        ("mon 8 all off", Hours),
        ("mon +8-9 all off", Hours),
        ("mon 08-18 everything off", Class),
        ("mon 08-18 all 0", Allowance),
        ("mon 08-18 all slow", Allowance),
    ] {
        let error = format!("daily 00-24 all full\n{line}").parse::<Schedule>();
        let error = error.unwrap_err();
        assert_eq!((error.line, error.problem), (2, problem), "{line}");
        assert_eq!(error.text, line);
    }
}

#[test]
fn hours_are_those_on_the_wall() {
    let of_work = schedule("mon-fri 08-18 background off\ndaily 00-24 foreground 1M");
    let fast = Allowance::Limited(1 << 20);
    for (now, place, background) in [
        // A Tuesday; summer time in Berlin, none in Kolkata (half an hour off the others).
        ("2026-07-07T05:59:59Z", "Europe/Berlin", Allowance::Full),
        ("2026-07-07T06:00:00Z", "Europe/Berlin", Allowance::Off),
        ("2026-07-07T15:59:59Z", "Europe/Berlin", Allowance::Off),
        ("2026-07-07T16:00:00Z", "Europe/Berlin", Allowance::Full),
        ("2026-01-06T06:30:00Z", "Europe/Berlin", Allowance::Full),
        ("2026-07-07T02:29:59Z", "Asia/Kolkata", Allowance::Full),
        ("2026-07-07T02:30:00Z", "Asia/Kolkata", Allowance::Off),
        // Still Friday there, and already Saturday here.
        ("2026-07-11T00:30:00Z", "America/New_York", Allowance::Full),
        ("2026-07-10T20:30:00Z", "America/New_York", Allowance::Off),
        ("2026-07-10T23:30:00Z", "Asia/Tokyo", Allowance::Full),
    ] {
        let hours = of_work.at(moment(now), &zone(place));
        let expected = Hours {
            foreground: fast,
            background,
        };
        assert_eq!(hours, expected, "{now} {place}");
        assert_eq!(hours.of(Class::Background), background);
    }
}

#[test]
fn until_when_it_holds() {
    for (text, place, now, until) in [
        ("", "Europe/Berlin", "2026-07-07T05:00:00Z", None),
        (
            "daily 00-24 all off",
            "Europe/Berlin",
            "2026-07-07T05:00:00Z",
            None,
        ),
        (
            "mon-fri 08-18 all off",
            "Europe/Berlin",
            "2026-07-07T05:10:11Z",
            Some("2026-07-07T06:00:00Z"),
        ),
        (
            "mon-fri 08-18 all off",
            "Europe/Berlin",
            "2026-07-07T06:00:00Z",
            Some("2026-07-07T16:00:00Z"),
        ),
        // From Friday's evening to Monday's morning, over the end of summer time.
        (
            "mon-fri 08-18 all off",
            "Europe/Berlin",
            "2026-10-23T16:00:00Z",
            Some("2026-10-26T07:00:00Z"),
        ),
        // 02 to 03 comes twice on 25 October 2026, and is off for two hours;
        (
            "daily 02-03 all off",
            "Europe/Berlin",
            "2026-10-25T00:00:00Z",
            Some("2026-10-25T02:00:00Z"),
        ),
        // on 29 March it never comes: from 01:59:59 to 03:00:00, and to the next day's.
        (
            "sun 02-03 all off",
            "Europe/Berlin",
            "2026-03-28T12:00:00Z",
            Some("2026-04-05T00:00:00Z"),
        ),
        (
            "daily 02-24 all off",
            "Europe/Berlin",
            "2026-03-29T00:30:00Z",
            Some("2026-03-29T01:00:00Z"),
        ),
        // Half an hour: on 5 April 2026 at 02:00 it is 01:30 again, on 4 October 02:30 at once.
        (
            "daily 01-02 all off",
            "Australia/Lord_Howe",
            "2026-04-04T14:00:00Z",
            Some("2026-04-04T15:30:00Z"),
        ),
        (
            "daily 02-03 all off",
            "Australia/Lord_Howe",
            "2026-10-03T15:00:00Z",
            Some("2026-10-03T15:30:00Z"),
        ),
        (
            "daily 02-03 all off",
            "Australia/Lord_Howe",
            "2026-10-03T15:30:00Z",
            Some("2026-10-03T16:00:00Z"),
        ),
        // At midnight of 4 November 2018 it was 1 o'clock: that Sunday had no first hour.
        (
            "sun 00-01 all off",
            "America/Sao_Paulo",
            "2018-11-03T12:00:00Z",
            Some("2018-11-11T02:00:00Z"),
        ),
        (
            "sat 23-24 all off",
            "America/Sao_Paulo",
            "2018-02-18T01:30:00Z",
            Some("2018-02-18T03:00:00Z"),
        ),
    ] {
        let found = schedule(text).next_change(moment(now), &zone(place));
        assert_eq!(found, until.map(moment), "{text} {place} {now}");
    }
}

#[test]
fn each_class_has_its_own_end() {
    let both = schedule("daily 08-12 background off\ndaily 10-11 foreground 1M");
    let (utc, now) = (TimeZone::UTC, moment("2026-07-07T09:00:00Z"));
    let ends = |class| both.next_change_of(class, now, &utc);
    assert_eq!(
        ends(Class::Background),
        Some(moment("2026-07-07T12:00:00Z"))
    );
    assert_eq!(
        ends(Class::Foreground),
        Some(moment("2026-07-07T10:00:00Z"))
    );
    assert_eq!(both.next_change(now, &utc), ends(Class::Foreground));
}

fn any_schedule() -> impl Strategy<Value = Schedule> {
    let allowance = prop_oneof![
        4 => Just(Allowance::Full),
        2 => Just(Allowance::Off),
        1 => (1_u64..1 << 40).prop_map(Allowance::Limited),
    ];
    // (Stretches, not noise alone.)
    let change = (0_usize..336, 1_usize..40, allowance);
    prop::collection::vec(change, 0..20).prop_map(|changes| {
        let mut made = Schedule::default();
        for (from, count, allowance) in changes {
            for at in (from..from + count).map(|at| at % 336) {
                made.week[at / 2 / 24][at / 2 % 24][at % 2] = allowance;
            }
        }
        made
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(made in any_schedule()) {
        prop_assert_eq!(schedule(&made.to_string()), made);
    }

    /// Up to the change all is as it was, at the change something is not: minute by minute.
    #[test]
    fn the_change_is_the_first(
        made in any_schedule(),
        place in prop::sample::select(vec![
            "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu", "UTC",
        ]),
        second in prop_oneof![
            1_500_000_000_i64..1_800_000_000,
            // Around the ends of summer time of 2018 and 2026.
            1_541_000_000_i64..1_541_400_000,
            1_774_600_000_i64..1_774_900_000,
            1_775_200_000_i64..1_775_400_000,
        ],
    ) {
        let (zone, now) = (zone(place), Timestamp::from_second(second).unwrap());
        let before = made.at(now, &zone);
        let change = made.next_change(now, &zone);
        let end = change.map_or(second + 86_400, Timestamp::as_second);
        for at in (second..end.min(second + 3 * 86_400)).step_by(60) {
            let at = Timestamp::from_second(at).unwrap();
            prop_assert_eq!(made.at(at, &zone), before, "{} {:?}", at, change);
        }
        if let Some(change) = change {
            prop_assert_ne!(made.at(change, &zone), before);
        }
    }
}
