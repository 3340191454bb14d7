//! A schedule as lines of text, there and back.
//!
//! ```text
//! mon-fri 08-18 background off     # days, hours (the last one is not in it), class, what
//! sat,sun 00-24 all 500k           # later lines win; what is not named is full
//! ```

use std::fmt;
use std::str::FromStr;

use jiff::civil::Weekday;

use super::{Allowance, CLASSES, Class, Schedule};
use crate::pace::speed;

/// From Monday on.
const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

/// A line that is none of a schedule's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}: {text}")]
pub struct ScheduleError {
    /// Which one, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: ScheduleProblem,
    /// What stands there.
    pub text: String,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleProblem {
    /// It has not four words.
    #[error("not days, hours, a class and what is allowed")]
    Words,
    /// The first word.
    #[error("no days: mon-fri, sat,sun or daily")]
    Days,
    /// The second word.
    #[error("no hours from 00-01 to 00-24")]
    Hours,
    /// The third word.
    #[error("neither foreground nor background nor all")]
    Class,
    /// The fourth word.
    #[error("neither full nor off nor bytes a second")]
    Allowance,
}

impl FromStr for Schedule {
    type Err = ScheduleError;

    fn from_str(text: &str) -> Result<Self, ScheduleError> {
        let mut schedule = Self::default();
        for (number, line) in (1..).zip(text.lines()) {
            let told = line
                .split('#')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase();
            let words: Vec<_> = told.split_whitespace().collect();
            if words.is_empty() {
                continue;
            }
            schedule.take(&words).map_err(|problem| ScheduleError {
                line: number,
                problem,
                text: line.trim().chars().take(80).collect(),
            })?;
        }
        Ok(schedule)
    }
}

impl Schedule {
    fn take(&mut self, words: &[&str]) -> Result<(), ScheduleProblem> {
        let [days, hours, class, allowance] = words else {
            return Err(ScheduleProblem::Words);
        };
        let days = read_days(days).ok_or(ScheduleProblem::Days)?;
        let hours = read_hours(hours).ok_or(ScheduleProblem::Hours)?;
        let classes = read_classes(class).ok_or(ScheduleProblem::Class)?;
        let allowance = read_allowance(allowance).ok_or(ScheduleProblem::Allowance)?;
        for day in days {
            for hour in hours.clone() {
                for class in classes {
                    self.set(DAYS[day].1, hour, *class, allowance);
                }
            }
        }
        Ok(())
    }

    /// The stretches of a day that are other than full: from, to, what.
    fn stretches(&self, day: Weekday, class: Class) -> Vec<(usize, usize, Allowance)> {
        let mut found: Vec<(usize, usize, Allowance)> = Vec::new();
        for hour in 0..24 {
            let allowance = self.get(day, hour, class);
            match found.last_mut() {
                Some((_, to, same)) if *to == hour && *same == allowance => *to += 1,
                _ => found.push((hour, hour + 1, allowance)),
            }
        }
        found.retain(|(_, _, allowance)| *allowance != Allowance::Full);
        found
    }
}

/// Places in [`DAYS`].
fn read_days(text: &str) -> Option<Vec<usize>> {
    if text == "daily" {
        return Some((0..7).collect());
    }
    let place = |name: &str| DAYS.iter().position(|(day, _)| *day == name);
    let mut days = Vec::new();
    for part in text.split(',') {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (from, to) = (place(from)?, place(to)?);
        // (From Saturday to Monday goes over the end of the week.)
        let count = (to + 7 - from) % 7 + 1;
        days.extend((from..from + count).map(|day| day % 7));
    }
    Some(days)
}

fn read_hours(text: &str) -> Option<std::ops::Range<usize>> {
    let hour = |text: &str| {
        let is_plain = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<usize>()
            .ok()
            .filter(|hour| is_plain && *hour <= 24)
    };
    let (from, to) = text.split_once('-')?;
    let hours = hour(from)?..hour(to)?;
    (!hours.is_empty()).then_some(hours)
}

fn read_classes(text: &str) -> Option<&'static [Class]> {
    match text {
        "foreground" => Some(&CLASSES[..1]),
        "background" => Some(&CLASSES[1..]),
        "all" => Some(&CLASSES),
        _ => None,
    }
}

fn read_allowance(text: &str) -> Option<Allowance> {
    match text {
        "full" => Some(Allowance::Full),
        "off" => Some(Allowance::Off),
        speed => speed::parse(speed).map(Allowance::Limited),
    }
}

/// The lines that say it, a class after the other; none for what is full.
impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (class, name) in CLASSES.into_iter().zip(["foreground", "background"]) {
            let mut told = [false; 7];
            for first in 0..7 {
                let stretches = self.stretches(DAYS[first].1, class);
                if told[first] {
                    continue;
                }
                let same = |day: &usize| self.stretches(DAYS[*day].1, class) == stretches;
                let days: Vec<_> = (first..7).filter(same).collect();
                days.iter().for_each(|day| told[*day] = true);
                for (from, to, allowance) in stretches {
                    let what = match allowance {
                        Allowance::Full => "full".to_owned(),
                        Allowance::Off => "off".to_owned(),
                        Allowance::Limited(limit) => speed::text(limit),
                    };
                    writeln!(f, "{} {from:02}-{to:02} {name} {what}", name_days(&days))?;
                }
            }
        }
        Ok(())
    }
}

/// `mon-fri`, `mon,wed`, `daily`: days in their order.
fn name_days(days: &[usize]) -> String {
    if days.len() == 7 {
        return "daily".to_owned();
    }
    let runs = days.chunk_by(|one, next| one + 1 == *next);
    let names = runs.map(|run| match run {
        [first, .., last] => format!("{}-{}", DAYS[*first].0, DAYS[*last].0),
        _ => run.iter().map(|day| DAYS[*day].0).collect(),
    });
    names.collect::<Vec<_>>().join(",")
}

impl TryFrom<String> for Schedule {
    type Error = ScheduleError;

    fn try_from(text: String) -> Result<Self, ScheduleError> {
        text.parse()
    }
}

impl From<Schedule> for String {
    fn from(schedule: Schedule) -> Self {
        schedule.to_string()
    }
}
