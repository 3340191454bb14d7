//! Moments as people say them, in the computer's own time zone: a time of day, a date, or
//! both; today and yesterday by their names. Hours count to 24 in every language so far.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::i18n::{Key, Language, key, say};

const MONTHS: [Key; 12] = [
    key!("month-january"),
    key!("month-february"),
    key!("month-march"),
    key!("month-april"),
    key!("month-may"),
    key!("month-june"),
    key!("month-july"),
    key!("month-august"),
    key!("month-september"),
    key!("month-october"),
    key!("month-november"),
    key!("month-december"),
];

/// `10:31`.
#[must_use]
pub fn time_of_day(then: Timestamp) -> String {
    time_in(then, &zone())
}

/// `12 Nov`; with its year, where that is not this year.
#[must_use]
pub fn date(now: Timestamp, then: Timestamp, language: Language) -> String {
    let zone = zone();
    date_of(day_in(now, &zone), day_in(then, &zone), language)
}

/// `today, 10:31`, `yesterday, 10:31`, `12 Nov, 10:31`, `12 Nov 2024, 10:31`.
#[must_use]
pub fn moment(now: Timestamp, then: Timestamp, language: Language) -> String {
    moment_in(now, then, &zone(), language)
}

/// The computer's zone; in tests one and the same, so that pictures are the same everywhere.
#[must_use]
pub fn zone() -> TimeZone {
    if cfg!(test) {
        TimeZone::UTC
    } else {
        TimeZone::system()
    }
}

fn moment_in(now: Timestamp, then: Timestamp, zone: &TimeZone, language: Language) -> String {
    let (today, day) = (day_in(now, zone), day_in(then, zone));
    let time = time_in(then, zone);
    if day == today {
        return say!(language, "moment-today", time = time);
    }
    if today.yesterday().is_ok_and(|yesterday| day == yesterday) {
        return say!(language, "moment-yesterday", time = time);
    }
    say!(
        language,
        "moment-date",
        date = date_of(today, day, language),
        time = time
    )
}

fn date_of(today: Date, day: Date, language: Language) -> String {
    let month = MONTHS[usize::from(day.month().unsigned_abs()) - 1];
    let month = language.say(month);
    // As texts: nothing puts a separator into a year.
    let (number, year) = (day.day().to_string(), day.year().to_string());
    if day.year() == today.year() {
        return say!(language, "moment-day", day = number, month = month);
    }
    say!(
        language,
        "moment-day-year",
        day = number,
        month = month,
        year = year
    )
}

fn time_in(then: Timestamp, zone: &TimeZone) -> String {
    let time = zone.to_datetime(then).time();
    format!("{:02}:{:02}", time.hour(), time.minute())
}

fn day_in(then: Timestamp, zone: &TimeZone) -> Date {
    zone.to_datetime(then).date()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, German};

    /// Two hours east of Greenwich: the day begins at 22:00Z.
    #[test]
    fn days_are_those_of_the_place() {
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        let now: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        for (then, english, german) in [
            ("2026-11-20T08:31:00Z", "today, 10:31", "heute, 10:31"),
            ("2026-11-20T23:05:00Z", "21 Nov, 01:05", "21. Nov, 01:05"),
            ("2026-11-19T22:00:00Z", "today, 00:00", "heute, 00:00"),
            ("2026-11-19T21:59:59Z", "yesterday, 23:59", "gestern, 23:59"),
            ("2026-11-18T21:00:00Z", "18 Nov, 23:00", "18. Nov, 23:00"),
            ("2026-03-01T00:00:00Z", "1 Mar, 02:00", "1. März, 02:00"),
            (
                "2025-12-31T21:59:00Z",
                "31 Dec 2025, 23:59",
                "31. Dez 2025, 23:59",
            ),
            ("2025-12-31T22:00:00Z", "1 Jan, 00:00", "1. Jan, 00:00"),
        ] {
            let then = then.parse().unwrap();
            assert_eq!(moment_in(now, then, &zone, English), english);
            assert_eq!(moment_in(now, then, &zone, German), german);
        }
    }

    /// The ends of what a timestamp can be are moments, too.
    #[test]
    fn no_moment_is_too_far() {
        let now: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        assert!(moment(now, Timestamp::MAX, English).contains("9999"));
        assert!(moment(now, Timestamp::MIN, German).contains("-9999"));
        assert!(!moment(Timestamp::MIN, Timestamp::MIN, German).is_empty());
    }
}
