//! Amounts, speeds and times as people read them, and as people type them.
//!
//! Shown amounts are decimal (1 MB is 1,000,000 bytes), as disks are sold and as
//! desktops count. Typed rates are those of curl and aria2: `500k` is 500 × 1,024.

use std::time::Duration;

use super::i18n::{Language, say};
use crate::queue::property;

/// How numbers are written in a language.
struct Numbers {
    /// Between whole and tenths.
    point: char,
    /// Between thousands.
    group: char,
    /// The least number that is parted into thousands.
    least: u64,
    /// What follows the number of a percentage.
    percent: &'static str,
    /// B, kB, MB …
    units: [&'static str; 7],
    /// What follows the unit of a speed.
    a_second: &'static str,
}

const ENGLISH: Numbers = Numbers {
    point: '.',
    group: ',',
    least: 1000,
    percent: "%",
    units: ["B", "kB", "MB", "GB", "TB", "PB", "EB"],
    a_second: "/s",
};
const GERMAN: Numbers = Numbers {
    point: ',',
    group: '.',
    percent: "\u{202f}%",
    ..ENGLISH
};

const SPANISH: Numbers = Numbers {
    point: ',',
    group: '.',
    least: 10_000,
    percent: "\u{a0}%",
    ..ENGLISH
};
const FRENCH: Numbers = Numbers {
    point: ',',
    group: '\u{202f}',
    percent: "\u{202f}%",
    units: ["o", "ko", "Mo", "Go", "To", "Po", "Eo"],
    ..ENGLISH
};
const PORTUGUESE: Numbers = Numbers {
    point: ',',
    group: '.',
    ..ENGLISH
};
const RUSSIAN: Numbers = Numbers {
    point: ',',
    group: '\u{a0}',
    percent: "\u{202f}%",
    units: ["Б", "кБ", "МБ", "ГБ", "ТБ", "ПБ", "ЭБ"],
    a_second: "/с",
    ..ENGLISH
};

fn numbers(language: Language) -> &'static Numbers {
    match language {
        Language::English | Language::Chinese | Language::Japanese => &ENGLISH,
        Language::German => &GERMAN,
        Language::Spanish => &SPANISH,
        Language::French => &FRENCH,
        Language::PortugueseBrazil => &PORTUGUESE,
        Language::Russian => &RUSSIAN,
    }
}

/// `12.4 MB`; three digits, exact below 1,000.
#[must_use]
pub fn bytes(count: u64, language: Language) -> String {
    let Numbers { point, units, .. } = numbers(language);
    if count < 1000 {
        return format!("{count} {}", units[0]);
    }
    let mut unit = 1;
    let mut scaled = count as f64 / 1000.0;
    // What would be rounded to 1,000 is 1.0 of the next unit.
    while scaled >= 999.5 && unit + 1 < units.len() {
        scaled /= 1000.0;
        unit += 1;
    }
    let digits = if scaled < 99.95 {
        format!("{scaled:.1}").replace('.', &point.to_string())
    } else {
        format!("{scaled:.0}")
    };
    format!("{digits} {}", units[unit])
}

/// `3.1 MB/s`.
#[must_use]
pub fn rate(bytes_per_second: u64, language: Language) -> String {
    let amount = bytes(bytes_per_second, language);
    format!("{amount}{}", numbers(language).a_second)
}

/// `42%`, in German `42 %`, with a narrow space that is never at the end of a line.
#[must_use]
pub fn percent(percent: u8, language: Language) -> String {
    format!("{percent}{}", numbers(language).percent)
}

/// `1,234,567`: how many there are of something.
#[must_use]
pub fn count(count: u64, language: Language) -> String {
    let Numbers { group, least, .. } = numbers(language);
    let digits = count.to_string();
    if count < *least {
        return digits;
    }
    let mut parted = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            parted.push(*group);
        }
        parted.push(digit);
    }
    parted
}

/// `21 ms`; tenths below 10.
#[must_use]
pub fn milliseconds(micros: u32, language: Language) -> String {
    let milliseconds = f64::from(micros) / 1000.0;
    let digits = if milliseconds < 9.95 {
        let point = numbers(language).point.to_string();
        format!("{milliseconds:.1}").replace('.', &point)
    } else {
        format!("{milliseconds:.0}")
    };
    say!(language, "time-milliseconds", milliseconds = digits)
}

/// `2 min 5 s`: the two largest units that are not nought.
#[must_use]
pub fn time(seconds: u64, language: Language) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    match (days, hours % 24, minutes % 60, seconds % 60) {
        (0, 0, 0, seconds) => say!(language, "time-seconds", seconds = seconds),
        (0, 0, minutes, 0) => say!(language, "time-minutes-only", minutes = minutes),
        (0, 0, minutes, seconds) => say!(
            language,
            "time-minutes",
            minutes = minutes,
            seconds = seconds
        ),
        (0, hours, 0, _) => say!(language, "time-hours-only", hours = hours),
        (0, hours, minutes, _) => say!(language, "time-hours", hours = hours, minutes = minutes),
        (days, 0, ..) => say!(language, "time-days-only", days = days),
        (days, hours, ..) => say!(language, "time-days", days = days, hours = hours),
    }
}

/// The same for a duration, rounded up: a wait is never said to be shorter than it is.
#[must_use]
pub fn duration(duration: Duration, language: Language) -> String {
    time(
        duration.as_secs() + u64::from(duration.subsec_nanos() > 0),
        language,
    )
}

/// What was typed is no rate or no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// Not `500k`, `1.5M`, `20000`; or less than 1.
    #[error("a rate is a number of bytes a second, 1 or more, like 500k, 1.5M or 20000")]
    Rate,
    /// Not `500ms`, `15s`, `10m`, `1h`, `2d`, `90`.
    #[error("a time is like 500ms, 15s, 10m, 1h or 2d; a number alone is seconds")]
    Time,
    /// More than a hundred years.
    #[error("that is too much")]
    TooMuch,
}

/// Reads bytes a second, as `ebb limit` and `ebb set` do, but for `off`.
///
/// # Errors
/// [`FormatError::Rate`].
pub fn parse_rate(text: &str) -> Result<u64, FormatError> {
    property::parse_rate(text)
        .ok()
        .flatten()
        .ok_or(FormatError::Rate)
}

/// Reads a time: a number, decimals allowed, and `ms`, `s`, `m`, `h` or `d`; alone, seconds.
///
/// # Errors
/// [`FormatError`].
pub fn parse_time(text: &str) -> Result<Duration, FormatError> {
    const LONGEST: f64 = 100.0 * 365.0 * 86_400.0;
    let (number, unit) = split_number(text.trim()).ok_or(FormatError::Time)?;
    let seconds = number
        * match unit {
            "ms" => 0.001,
            "" | "s" => 1.0,
            "m" | "min" => 60.0,
            "h" => 3600.0,
            "d" => 86_400.0,
            _ => return Err(FormatError::Time),
        };
    if seconds > LONGEST {
        return Err(FormatError::TooMuch);
    }
    Ok(Duration::from_secs_f64(seconds))
}

/// Digits with at most one point between or before them, and what follows.
fn split_number(text: &str) -> Option<(f64, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    // No `inf`, no sign, no exponent, no lone point.
    if !number.bytes().any(|b| b.is_ascii_digit()) || number.ends_with('.') {
        return None;
    }
    Some((number.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, German};

    #[test]
    fn amounts_are_read_at_a_glance() {
        for (count, english, german) in [
            (0, "0 B", "0 B"),
            (999, "999 B", "999 B"),
            (1000, "1.0 kB", "1,0 kB"),
            (12_400_000, "12.4 MB", "12,4 MB"),
            (99_949_999, "99.9 MB", "99,9 MB"),
            (99_960_000, "100 MB", "100 MB"),
            (123_456_789, "123 MB", "123 MB"),
            (999_499_999, "999 MB", "999 MB"),
            (999_500_000, "1.0 GB", "1,0 GB"),
            (4_700_000_000_000, "4.7 TB", "4,7 TB"),
            (u64::MAX, "18.4 EB", "18,4 EB"),
        ] {
            assert_eq!(bytes(count, English), english);
            assert_eq!(bytes(count, German), german);
        }
    }

    #[test]
    fn short_times_have_two_digits() {
        for (micros, english, german) in [
            (0, "0.0 ms", "0,0 ms"),
            (2_149, "2.1 ms", "2,1 ms"),
            (9_949, "9.9 ms", "9,9 ms"),
            (9_950, "10 ms", "10 ms"),
            (412_000, "412 ms", "412 ms"),
        ] {
            assert_eq!(milliseconds(micros, English), english);
            assert_eq!(milliseconds(micros, Language::German), german);
        }
    }

    #[test]
    fn numbers_are_written_as_at_home() {
        use Language::{Chinese, French, Japanese, PortugueseBrazil, Russian, Spanish};
        for (language, speed, part, few, many) in [
            (English, "12.4 MB/s", "42%", "1,000", "1,234,567"),
            (German, "12,4 MB/s", "42\u{202f}%", "1.000", "1.234.567"),
            (Spanish, "12,4 MB/s", "42\u{a0}%", "1000", "1.234.567"),
            (
                French,
                "12,4 Mo/s",
                "42\u{202f}%",
                "1\u{202f}000",
                "1\u{202f}234\u{202f}567",
            ),
            (PortugueseBrazil, "12,4 MB/s", "42%", "1.000", "1.234.567"),
            (
                Russian,
                "12,4 МБ/с",
                "42\u{202f}%",
                "1\u{a0}000",
                "1\u{a0}234\u{a0}567",
            ),
            (Chinese, "12.4 MB/s", "42%", "1,000", "1,234,567"),
            (Japanese, "12.4 MB/s", "42%", "1,000", "1,234,567"),
        ] {
            assert_eq!(rate(12_400_000, language), speed);
            assert_eq!(percent(42, language), part);
            assert_eq!(count(999, language), "999");
            assert_eq!(count(1_000, language), few);
            assert_eq!(count(1_234_567, language), many);
        }
        assert_eq!(count(65_536, Spanish), "65.536");
    }

    #[test]
    fn times_have_two_units() {
        for (seconds, english) in [
            (0, "0 s"),
            (59, "59 s"),
            (60, "1 min"),
            (125, "2 min 5 s"),
            (3600, "1 h"),
            (3_840, "1 h 4 min"),
            (86_400, "1 d"),
            (277_200, "3 d 5 h"),
        ] {
            assert_eq!(time(seconds, English), english);
        }
        assert_eq!(time(277_200, German), "3 Tg. 5 h");
        assert_eq!(duration(Duration::from_millis(3_001), English), "4 s");
    }

    #[test]
    fn rates_as_they_are_typed() {
        for (text, read) in [
            ("500k", Some(512_000)),
            ("2M", Some(2 << 20)),
            ("1.5M", Some(3 << 19)),
            ("1G", Some(1 << 30)),
            ("20000", Some(20_000)),
            ("1", Some(1)),
        ] {
            assert_eq!(parse_rate(text).ok(), read, "{text:?}");
        }
        for text in [
            "",
            "0",
            "off",
            "k",
            "-1",
            "1e9",
            "1.2.3",
            "inf",
            "5x",
            "99999999999999999999G",
        ] {
            assert_eq!(parse_rate(text), Err(FormatError::Rate), "{text:?}");
        }
    }

    #[test]
    fn times_as_they_are_typed() {
        use FormatError::{Time, TooMuch};
        for (text, read) in [
            ("500ms", Ok(Duration::from_millis(500))),
            ("15s", Ok(Duration::from_secs(15))),
            ("10m", Ok(Duration::from_secs(600))),
            ("1h", Ok(Duration::from_secs(3600))),
            ("2d", Ok(Duration::from_secs(172_800))),
            ("1.5", Ok(Duration::from_millis(1500))),
            ("0", Ok(Duration::ZERO)),
            ("", Err(Time)),
            ("s", Err(Time)),
            ("10 minutes", Err(Time)),
            ("-1s", Err(Time)),
            ("nan", Err(Time)),
            ("99999999999999999999d", Err(TooMuch)),
        ] {
            assert_eq!(parse_time(text), read, "{text:?}");
        }
    }
}
