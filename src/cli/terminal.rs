//! The terminal behind standard error, if it is one: how wide, with colours or not.

use std::io::IsTerminal;

/// How things are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Colours are wanted.
    pub colours: bool,
    /// More than ASCII can be shown.
    pub unicode: bool,
}

/// How to draw, where standard error is a terminal that can move its cursor.
pub fn style() -> Option<Style> {
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if is_dumb || !std::io::stderr().is_terminal() {
        return None;
    }
    let colours = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    Some(Style {
        colours,
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

/// Columns and rows; 80 and 24 where the system does not tell.
pub fn size() -> (usize, usize) {
    #[cfg(unix)]
    if let Ok(size) = rustix::termios::tcgetwinsize(std::io::stderr())
        && size.ws_col > 0
        && size.ws_row > 0
    {
        return (usize::from(size.ws_col), usize::from(size.ws_row));
    }
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

/// Cut in its middle to fit so many columns: a name's end tells as much as its beginning.
pub fn fit(text: &str, room: usize, style: Style) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mark = if style.unicode { "…" } else { "~" };
    let room = room.saturating_sub(1);
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
            ("e\u{301}e\u{301}", 2, "e\u{301}e\u{301}"),
        ] {
            let fitted = fit(text, room, STYLE);
            assert_eq!(fitted, shown);
            assert!(width(&fitted) <= room);
        }
    }
}
