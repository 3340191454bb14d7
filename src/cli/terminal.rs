//! The terminals behind standard error and standard output, where they are: how wide, with
//! colours or not.

use std::io::{IsTerminal, stderr, stdout};

/// How things are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Colours are wanted.
    pub colours: bool,
    /// More than ASCII can be shown.
    pub unicode: bool,
}

/// A mark of success.
pub const GREEN: &str = "32";
/// A mark of failure.
pub const RED: &str = "31";
/// Something moves.
pub const CYAN: &str = "36";
/// Something waits for a person.
pub const YELLOW: &str = "33";
/// What matters less.
pub const DIM: &str = "2";

impl Style {
    /// In this colour, where it is one and colours are wanted.
    pub fn coloured(self, colour: &str, text: &str) -> String {
        if self.colours && !text.is_empty() && !colour.is_empty() {
            format!("\u{1b}[{colour}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// What a text on standard output is laid out for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// How it is drawn.
    pub style: Style,
    /// Columns and rows of the terminal; without one nothing is cut.
    pub size: Option<(usize, usize)>,
}

impl Page {
    /// Of standard output as it is now.
    pub fn of_stdout() -> Self {
        let is_terminal = stdout().is_terminal();
        Self {
            style: Style {
                colours: is_terminal && !is_dumb() && wants_colours(),
                unicode: !is_terminal || has_unicode(),
            },
            size: is_terminal.then(|| size_of(stdout())),
        }
    }

    /// Columns that may be written to; without a terminal any number.
    pub fn room(&self) -> usize {
        // The last column stays free: some terminals go on to the next line there.
        self.size
            .map_or(usize::MAX, |(columns, _)| columns.saturating_sub(1))
    }
}

/// Standard output is a terminal that can move its cursor.
pub fn can_redraw() -> bool {
    stdout().is_terminal() && !is_dumb()
}

fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

fn wants_colours() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// How to draw, where standard error is a terminal that can move its cursor.
pub fn style() -> Option<Style> {
    if is_dumb() || !stderr().is_terminal() {
        return None;
    }
    Some(Style {
        colours: wants_colours(),
        unicode: has_unicode(),
    })
}

/// Every system says so but those with locales, where the locale says.
fn has_unicode() -> bool {
    if cfg!(not(unix)) || cfg!(target_os = "macos") {
        return true;
    }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .unwrap_or_default()
        .to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

/// Columns and rows of standard error; 80 and 24 where the system does not tell.
pub fn size() -> (usize, usize) {
    size_of(stderr())
}

#[cfg(unix)]
fn size_of(terminal: impl std::os::fd::AsFd) -> (usize, usize) {
    match rustix::termios::tcgetwinsize(terminal) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => {
            (usize::from(size.ws_col), usize::from(size.ws_row))
        }
        _ => (80, 24),
    }
}

#[cfg(not(unix))]
fn size_of<T>(_: T) -> (usize, usize) {
    (80, 24)
}

/// How many columns a text takes: wide characters two, those that only mark others none.
pub fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

fn columns(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036f | 0x20d0..=0x20f0 | 0xfe00..=0xfe0f | 0xfe20..=0xfe2f => 0,
        0x1100..=0x115f
        | 0x2e80..=0x303e
        | 0x3041..=0x33ff
        | 0x3400..=0x4dbf
        | 0x4e00..=0x9fff
        | 0xa000..=0xa4cf
        | 0xa960..=0xa97f
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// With blanks behind it; a Chinese character is two columns wide.
pub fn filled_up(text: String, room: usize) -> String {
    let blanks = " ".repeat(room.saturating_sub(width(&text)));
    text + &blanks
}

/// Cut in its middle to fit so many columns: a name's end tells as much as its beginning.
pub fn fit(text: &str, room: usize, style: Style) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let Some(room) = room.checked_sub(1) else {
        return String::new();
    };
    let mark = if style.unicode { "…" } else { "~" };
    let tail: String = {
        let mut left = room / 3;
        let kept = text
            .chars()
            .rev()
            .take_while(|c| take(&mut left, *c))
            .count();
        text.chars().skip(text.chars().count() - kept).collect()
    };
    let mut left = room - width(&tail);
    let head: String = text.chars().take_while(|c| take(&mut left, *c)).collect();
    format!("{head}{mark}{tail}")
}

fn take(left: &mut usize, c: char) -> bool {
    let fits = columns(c) <= *left;
    *left -= if fits { columns(c) } else { 0 };
    fits
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style {
        colours: false,
        unicode: true,
    };

    #[test]
    fn names_are_cut_in_the_middle() {
        for (text, room, shown) in [
            ("short.zip", 9, "short.zip"),
            ("a-very-long-name.tar.gz", 13, "a-very-l…r.gz"),
            ("漢字漢字漢字.zip", 10, "漢字漢…zip"),
            ("abc", 1, "…"),
            ("abc", 0, ""),
            ("e\u{301}e\u{301}", 2, "e\u{301}e\u{301}"),
        ] {
            let fitted = fit(text, room, STYLE);
            assert_eq!(fitted, shown);
            assert!(width(&fitted) <= room);
        }
    }
}
