//! A schedule as a file of lines, from the line of a command.

use std::io::Read;
use std::path::Path;

use super::wrong::Wrong;
use crate::pace::schedule::Schedule;

/// No schedule that means something is longer.
const LONGEST: u64 = 64 * 1024;

/// Reads a file, or standard input for `-`.
///
/// # Errors
/// It cannot be read, or the first line that is none of a schedule's.
pub fn read(path: &Path) -> Result<Schedule, Wrong> {
    let name = path.to_string_lossy().into_owned();
    let mut text = String::new();
    let read = if path.as_os_str() == "-" {
        std::io::stdin()
            .lock()
            .take(LONGEST)
            .read_to_string(&mut text)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(LONGEST).read_to_string(&mut text))
    };
    match read {
        Ok(_) => text
            .trim_start_matches('\u{feff}')
            .parse()
            .map_err(|error| Wrong::Schedule(name, error)),
        Err(error) => Err(Wrong::List(name, error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn a_file_is_read_or_its_line_is_named() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("week");
        let wrong = |text: &str| {
            std::fs::write(&path, text).unwrap();
            read(&path).map_err(|wrong| {
                let line = wrong.line(Language::English);
                line.replace(&*path.to_string_lossy(), "week")
            })
        };
        let text = "\u{feff}# Work\r\nmon-fri 8-18 background off\r\n";
        let found = wrong(text).unwrap();
        assert_eq!(found.to_string(), "mon-fri 08-18 background off\n");
        for (text, line) in [
            (
                "daily 00-24 all off\nmon 8-18 off",
                "ebb: week:2: mon 8-18 off: a line has days, hours, a class and what is allowed: \
                 as: mon-fri 08-18 background off",
            ),
            (
                "someday 8-18 all off",
                "ebb: week:1: someday 8-18 all off: these are no days: \
                 use mon to sun, as mon-fri or sat,sun, or daily",
            ),
        ] {
            assert_eq!(wrong(text).unwrap_err(), line);
        }
        assert!(matches!(read(place.path()), Err(Wrong::List(..))));
    }
}
