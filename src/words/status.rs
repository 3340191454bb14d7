//! How a group or a file stands, in a few words: what a row of the window says.

use jiff::Timestamp;

use super::i18n::{Language, key, say};
use super::{explain, format};
use crate::download::{State, WaitReason};
use crate::pace::line::{Courtesy, Doing};
use crate::queue::snapshot::{Problem, Summary, Waiting};

/// `12.4 MB of 58.1 MB`, `12.4 MB, size unknown`, or what is whole alone.
#[must_use]
pub fn amount(bytes: u64, size: Option<u64>, language: Language) -> String {
    let here = format::bytes(bytes, language);
    match size {
        Some(size) if size == bytes => here,
        Some(size) => say!(
            language,
            "progress-amount",
            bytes = here,
            size = format::bytes(size, language)
        ),
        None => say!(language, "amount-unknown", bytes = here),
    }
}

/// `3 of 4 files`, or `1 file`.
#[must_use]
pub fn files(summary: &Summary, language: Language) -> String {
    if summary.files_total == 1 || summary.files_done == summary.files_total {
        return say!(language, "files-all", count = summary.files_total);
    }
    say!(
        language,
        "progress-files",
        done = summary.files_done,
        total = summary.files_total
    )
}

/// `41.8 MB/s · 2 min 14 s`: how fast and, where that is known, how long; nothing where
/// nothing comes.
#[must_use]
pub fn pace(
    bytes_per_second: u64,
    seconds_left: Option<u64>,
    language: Language,
) -> Option<String> {
    let speed = speed(bytes_per_second, language)?;
    let Some(left) = seconds_left else {
        return Some(speed);
    };
    let time = format::time(left, language);
    Some(say!(language, "row-left", speed = speed, time = time))
}

/// `41.8 MB/s`; nothing where nothing comes.
#[must_use]
pub fn speed(bytes_per_second: u64, language: Language) -> Option<String> {
    (bytes_per_second > 0).then(|| format::rate(bytes_per_second, language))
}

/// `using what is free: 41.8 MB/s · 2 min 14 s`, or what else one does that takes only what is
/// free; nothing where that cannot be seen.
#[must_use]
pub fn courtesy(
    courtesy: Courtesy,
    bytes_per_second: u64,
    seconds_left: Option<u64>,
    language: Language,
) -> Option<String> {
    let Courtesy::Sees { doing, .. } = courtesy else {
        return None;
    };
    let takes = match doing {
        Doing::Opening => return Some(say!(language, "courtesy-opening")),
        Doing::Yielding => return Some(say!(language, "courtesy-yielding")),
        Doing::Taking => {
            let rate = format::rate(bytes_per_second, language);
            say!(language, "courtesy-taking", rate = rate)
        }
    };
    let time = seconds_left.map(|left| format::time(left, language));
    Some(time.map_or(takes.clone(), |time| {
        say!(language, "row-left", speed = takes, time = time)
    }))
}

/// The same where there is little room: who takes what is free is not told from others.
#[must_use]
pub fn courtesy_in_short(
    courtesy: Courtesy,
    bytes_per_second: u64,
    seconds_left: Option<u64>,
    language: Language,
) -> Option<String> {
    match courtesy {
        Courtesy::Sees {
            doing: Doing::Opening,
            ..
        } => Some(say!(language, "courtesy-opening-short")),
        Courtesy::Sees {
            doing: Doing::Yielding,
            ..
        } => Some(say!(language, "courtesy-yielding-short")),
        _ => pace(bytes_per_second, seconds_left, language),
    }
}

/// `round trip 21 ms, of which 2 ms in queues`; nothing where it cannot be seen.
#[must_use]
pub fn delay(courtesy: Courtesy, language: Language) -> Option<String> {
    let Courtesy::Sees {
        queue_micros,
        trip_micros,
        ..
    } = courtesy
    else {
        return None;
    };
    let time = |micros| format::milliseconds(micros, language);
    let (trip, queue) = (
        time(trip_micros.saturating_add(queue_micros)),
        time(queue_micros),
    );
    Some(say!(language, "details-delays", trip = trip, queue = queue))
}

/// `Waiting: server busy`.
#[must_use]
pub fn waiting(reason: WaitReason, language: Language) -> String {
    language.say(match reason {
        WaitReason::Retry => key!("waiting-retry"),
        WaitReason::Network => key!("waiting-network"),
        WaitReason::Metered => key!("waiting-metered"),
        WaitReason::Schedule => key!("waiting-schedule"),
        WaitReason::Paused => key!("waiting-paused"),
        WaitReason::DiskFull => key!("waiting-disk-full"),
        WaitReason::Destination => key!("waiting-destination"),
        WaitReason::Power => key!("waiting-power"),
        WaitReason::ServerBusy => key!("waiting-server-busy"),
        WaitReason::Credentials => key!("waiting-credentials"),
    })
}

/// `next try in 12 s`, or `goes on in 3 h` of one that waits for an hour; where it is known when.
#[must_use]
pub fn countdown(waiting: Waiting, now: Timestamp, language: Language) -> Option<String> {
    let left = waiting
        .until?
        .duration_since(now)
        .as_secs_f64()
        .ceil()
        .max(0.0) as u64;
    let time = format::time(left, language);
    Some(match waiting.reason {
        WaitReason::Schedule => say!(language, "waiting-goes-on", time = time),
        _ => say!(language, "waiting-until", time = time),
    })
}

/// What went wrong, in one line.
#[must_use]
pub fn problem(problem: &Problem, language: Language) -> String {
    explain::explain(&problem.failure, language).message
}

/// The word of a state.
#[must_use]
pub fn state(state: State, language: Language) -> String {
    language.say(match state {
        State::Suspended => key!("state-suspended"),
        State::Queued => key!("state-queued"),
        State::Connecting => key!("state-connecting"),
        State::Transferring => key!("state-transferring"),
        State::Waiting => key!("state-waiting"),
        State::Verifying => key!("state-verifying"),
        State::Complete => key!("state-complete"),
        State::Error => key!("state-error"),
        State::Cancelled => key!("state-cancelled"),
    })
}

/// A group's name; without one, what it holds says it.
#[must_use]
pub fn name(given: &str, first_file: Option<&str>, language: Language) -> String {
    if !given.is_empty() {
        return given.to_owned();
    }
    first_file.map_or_else(|| say!(language, "group-empty"), str::to_owned)
}
