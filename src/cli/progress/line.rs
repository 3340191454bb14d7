//! The lines of the progress, as texts: nothing here touches a terminal.
//!
//! Every line takes at most the room there is, in columns.

use std::time::Duration;

use jiff::Timestamp;

use super::Row;
use crate::cli::report::seconds_until;
use crate::cli::tally::Tally;
use crate::cli::terminal::{CYAN, DIM, GREEN, RED, Style, filled_up, fit, width};
use crate::download::State;
use crate::queue::FileView;
use crate::queue::snapshot::Summary;
use crate::words::clean::clean;
use crate::words::explain::explain;
use crate::words::{Language, format, say};

/// How lines are written.
#[derive(Debug, Clone, Copy)]
pub struct Pen {
    /// Colours, characters.
    pub style: Style,
    /// The person's.
    pub language: Language,
    /// Columns.
    pub room: usize,
}

/// When it is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// Which drawing, for what moves.
    pub frame: usize,
    /// By the clock that rates are measured with.
    pub steady: Duration,
    /// The time of day.
    pub wall: Timestamp,
}

const LONGEST_NAME: usize = 40;
const SHORTEST_NAME: usize = 12;
const LONGEST_BAR: usize = 30;
const SHORTEST_BAR: usize = 6;

impl Pen {
    /// Files that run, a line each, one below the other: name, bar, percent, speed, bytes,
    /// time left, connections.
    pub fn running(&self, rows: &[&Row], at: Moment) -> Vec<String> {
        let widths = rows.iter().map(|row| width(&name(&row.view)));
        let wanted = widths.max().unwrap_or(0).clamp(SHORTEST_NAME, LONGEST_NAME);
        rows.iter().map(|row| self.row(row, wanted, at)).collect()
    }

    fn row(&self, row: &Row, wanted: usize, at: Moment) -> String {
        let mut columns = self.columns(row, at);
        let least = SHORTEST_NAME + 2 + SHORTEST_BAR;
        // What matters least goes first where the room is small.
        while !columns.is_empty() && least + taken(&columns) > self.room {
            columns.pop();
        }
        let free = self.room.saturating_sub(taken(&columns));
        let most = free
            .saturating_sub(2 + SHORTEST_BAR)
            .max(SHORTEST_NAME)
            .min(self.room);
        let name_room = wanted.min(most);
        let bar_room = free.saturating_sub(name_room + 2).min(LONGEST_BAR);
        let mut line = self.padded(&name(&row.view), name_room);
        if bar_room >= SHORTEST_BAR {
            line = format!("{line}  {}", self.bar(&row.view, bar_room, at.frame));
        }
        for column in columns {
            line = format!("{line}  {column}");
        }
        line.trim_end().to_owned()
    }

    /// What stands behind the bar, the most important first, each of its fixed width.
    fn columns(&self, row: &Row, at: Moment) -> Vec<String> {
        let (file, language) = (&row.view, self.language);
        let transfers = file.state == State::Transferring;
        let percent = file.size.map(|size| percent(file.bytes, size));
        let rate = row.rate.per_second(at.steady);
        let mut columns = vec![
            format!(
                "{:>5}",
                percent.map_or_else(String::new, |p| format::percent(p, language))
            ),
            format!(
                "{:>11}",
                if transfers {
                    format::rate(rate, language)
                } else {
                    String::new()
                }
            ),
            filled_up(self.amount(file.bytes, file.size), 20),
        ];
        let left = file.size.filter(|_| transfers && rate > 0).map(|size| {
            let seconds = size.saturating_sub(file.bytes).div_ceil(rate);
            say!(
                language,
                "progress-left",
                time = format::time(seconds, language)
            )
        });
        let doing = left.unwrap_or_else(|| self.doing(file, at.wall));
        columns.push(filled_up(doing, 17));
        let times = if self.style.unicode { '×' } else { 'x' };
        columns.push(match file.connections {
            0 | 1 => "   ".to_owned(),
            several => format!("{times}{several:<2}"),
        });
        columns
    }

    fn amount(&self, bytes: u64, size: Option<u64>) -> String {
        let shown = format::bytes(bytes, self.language);
        let Some(size) = size else { return shown };
        let size = format::bytes(size, self.language);
        say!(self.language, "progress-amount", bytes = shown, size = size)
    }

    /// What it does, where no time left is known.
    fn doing(&self, file: &FileView, wall: Timestamp) -> String {
        let until = file.waiting.and_then(|waiting| waiting.until);
        match (file.state, until.map(|until| seconds_until(until, wall))) {
            (State::Connecting, _) => say!(self.language, "progress-connecting"),
            (State::Verifying, _) => say!(self.language, "progress-verifying"),
            (State::Waiting, Some(seconds)) if seconds > 0 => {
                let time = format::time(seconds, self.language);
                say!(self.language, "progress-retrying", time = time)
            }
            (State::Waiting, _) => say!(self.language, "progress-waiting"),
            _ => String::new(),
        }
    }

    /// Filled as far as the file is; without a size, something that moves while bytes come.
    fn bar(&self, file: &FileView, room: usize, frame: usize) -> String {
        let (full, empty) = if self.style.unicode {
            ("━", "─")
        } else {
            ("#", "-")
        };
        let (before, filled) = match file.size {
            Some(size) => (0, filled(file.bytes, size, room)),
            None if file.state == State::Transferring => (bounce(frame, room - 3), 3),
            None => (0, 0),
        };
        let after = room - before - filled;
        format!(
            "{}{}{}",
            self.coloured(DIM, &empty.repeat(before)),
            self.coloured(CYAN, &full.repeat(filled)),
            self.coloured(DIM, &empty.repeat(after))
        )
    }

    /// Those that have no line.
    pub fn more(&self, count: usize) -> String {
        let text = say!(self.language, "progress-more", count = count);
        self.coloured(DIM, &fit(&text, self.room, self.style))
    }

    /// All files together, while they run.
    pub fn total(&self, summary: &Summary, tally: Tally) -> String {
        let language = self.language;
        let mut parts = self.sums(summary, tally);
        if summary.bytes_per_second > 0 {
            parts.push(format::rate(summary.bytes_per_second, language));
        }
        if let Some(seconds) = summary.progress.seconds_left {
            let time = format::time(seconds, language);
            parts.push(say!(language, "progress-left", time = time));
        }
        fit(&parts.join("  "), self.room, self.style)
    }

    /// All files together, at the end.
    pub fn end(&self, summary: &Summary, tally: Tally) -> String {
        fit(&self.sums(summary, tally).join("  "), self.room, self.style)
    }

    fn sums(&self, summary: &Summary, tally: Tally) -> Vec<String> {
        let (done, total) = (tally.complete, summary.files_total);
        let mut parts = vec![say!(
            self.language,
            "progress-files",
            done = done,
            total = total
        )];
        if tally.failed > 0 {
            parts.push(say!(self.language, "progress-failed", count = tally.failed));
        }
        parts.push(self.amount(summary.progress.bytes, summary.size));
        parts
    }

    /// `✓ name  12.4 MB  3.1 MB/s`
    pub fn complete(&self, file: &FileView, average: Option<u64>) -> String {
        let mark = self.coloured(GREEN, if self.style.unicode { "✓" } else { "+" });
        let mut end = format!("  {}", format::bytes(file.bytes, self.language));
        if let Some(average) = average {
            end = format!("{end}  {}", format::rate(average, self.language));
        }
        let room = self.room.saturating_sub(2 + width(&end)).max(1);
        format!("{mark} {}{end}", fit(&name(file), room, self.style))
    }

    /// `✗ name: why`
    pub fn failed(&self, file: &FileView) -> String {
        let mark = self.coloured(RED, if self.style.unicode { "✗" } else { "x" });
        let name = fit(&name(file), LONGEST_NAME.min(self.room), self.style);
        match &file.error {
            Some(problem) => {
                format!(
                    "{mark} {name}: {}",
                    explain(&problem.failure, self.language).message
                )
            }
            None => format!("{mark} {name}"),
        }
    }

    fn coloured(&self, colour: &str, text: &str) -> String {
        self.style.coloured(colour, text)
    }

    fn padded(&self, text: &str, room: usize) -> String {
        filled_up(fit(text, room, self.style), room)
    }
}

fn taken(columns: &[String]) -> usize {
    columns.iter().map(|column| 2 + width(column)).sum()
}

/// 100 only when every byte is there.
pub fn percent(bytes: u64, size: u64) -> u8 {
    if size == 0 {
        return 100;
    }
    let percent = u128::from(bytes.min(size)) * 100 / u128::from(size);
    u8::try_from(percent).unwrap_or(100)
}

fn filled(bytes: u64, size: u64, room: usize) -> usize {
    room * usize::from(percent(bytes, size)) / 100
}

/// To and fro between 0 and `most`.
fn bounce(frame: usize, most: usize) -> usize {
    let most = most.max(1);
    let step = frame % (2 * most);
    step.min(2 * most - step)
}

/// What a person knows the file by: its name, the one asked for, or the end of its URL.
pub fn name(file: &FileView) -> String {
    let reserved = file.path.as_ref().and_then(|path| path.file_name());
    let name = match (reserved, &file.source.name) {
        (Some(name), _) => name.to_string_lossy().into_owned(),
        (None, Some(name)) => name.to_string(),
        (None, None) => {
            let url = file.source.link.url();
            let last = url.path().rsplit('/').find(|segment| !segment.is_empty());
            last.or_else(|| url.host_str())
                .map_or_else(String::new, |segment| {
                    percent_encoding::percent_decode_str(segment)
                        .decode_utf8_lossy()
                        .into_owned()
                })
        }
    };
    clean(&name)
}
