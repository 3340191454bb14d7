//! What a run came to, and what the contract says of it.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde_json::Value;

use crate::desk::Desk;
use crate::server::Payload;

pub struct Outcome {
    pub code: Option<i32>,
    pub stdout: Vec<String>,
    pub stderr: String,
    pub took: Duration,
    /// The lines of standard output that are JSON.
    pub events: Vec<Value>,
}

/// What a person would have seen; without what lies between the first lines and the last.
impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "exit code {:?} after {:?}", self.code, self.took)?;
        let (shown, last) = (6, self.stdout.len().saturating_sub(6));
        for (number, line) in self.stdout.iter().enumerate() {
            if number < shown || number >= last {
                writeln!(f, "{line}")?;
            }
        }
        write!(f, "on standard error:\n{}", self.stderr)
    }
}

impl Outcome {
    pub fn new(code: Option<i32>, stdout: Vec<String>, stderr: String, took: Duration) -> Self {
        let events = stdout
            .iter()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect();
        Self {
            code,
            stdout,
            stderr,
            took,
            events,
        }
    }

    /// Everything came.
    #[track_caller]
    pub fn complete(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        let summary = self.summary();
        assert_eq!(summary["failed"], 0, "{self:?}");
        assert!(
            self.files()
                .values()
                .all(|file| file["state"] == "complete" && file["complete"] == true),
            "{self:?}"
        );
        self
    }

    /// All came, and this is the one file, whole, with nothing beside it.
    #[track_caller]
    pub fn complete_as(self, desk: &Desk, name: &str, payload: Payload) -> Self {
        let outcome = self.complete();
        assert_eq!(desk.names(), [name], "{outcome:?}");
        payload.assert_at(desk.file(name));
        outcome
    }

    /// The one file failed, for a reason of this kind; its ERROR. The same stands in one line on standard error.
    #[track_caller]
    pub fn failed(&self, kind: &str) -> Value {
        let error = self.error();
        assert_eq!(error["kind"], kind, "{self:?}");
        error
    }

    /// The ERROR of the one file that failed, whatever its kind.
    #[track_caller]
    pub fn error(&self) -> Value {
        assert_eq!(self.code, Some(1), "{self:?}");
        assert_eq!(self.summary()["failed"], 1, "{self:?}");
        let files = self.files();
        let failed: Vec<_> = files
            .values()
            .filter(|file| file["state"] == "error")
            .collect();
        let [file] = failed[..] else {
            panic!("one file in state error: {self:?}")
        };
        let error = file["error"].clone();
        for text in ["kind", "stage", "message", "hint", "url"] {
            assert!(
                error[text].as_str().is_some_and(|text| !text.is_empty()),
                "{text} of {self:?}"
            );
        }
        let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
        let line = format!(
            "ebb: {}: {}: {}",
            text("url"),
            text("message"),
            text("hint")
        );
        assert_eq!(self.lines_like(&line), 1, "{line:?} once among {self:?}");
        error
    }

    fn lines_like(&self, wanted: &str) -> usize {
        self.stderr.lines().filter(|line| *line == wanted).count()
    }

    /// The only line on standard error, which says what went wrong.
    #[track_caller]
    pub fn only_line(&self) -> &str {
        let lines: Vec<_> = self.stderr.lines().collect();
        let [line] = lines[..] else {
            panic!("one line: {self:?}")
        };
        line
    }

    /// The line itself was wrong: 2, one line on standard error, nothing asked of anybody.
    #[track_caller]
    pub fn refused(&self) {
        assert_eq!(self.code, Some(2), "{self:?}");
        assert!(!self.stderr.trim().is_empty(), "{self:?}");
        assert!(!self.stderr.contains("panicked"), "{self:?}");
    }

    /// Ended with this code, for a reason told in one line, and with nothing on standard output; that line.
    #[cfg(unix)]
    #[track_caller]
    pub fn ended(&self, code: i32) -> &str {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert!(self.stdout.is_empty(), "{self:?}");
        let line = self.only_line();
        assert!(line.starts_with("ebb: "), "{self:?}");
        line
    }

    /// Either the right file and nothing else, or an error and no file under its name.
    #[track_caller]
    pub fn right_or_nothing(&self, desk: &Desk, name: &str, payload: Payload) {
        if self.code == Some(0) {
            assert_eq!(desk.names(), [name], "{self:?}");
            payload.assert_at(desk.file(name));
        } else {
            self.error();
            assert!(!desk.file(name).exists(), "{self:?}");
        }
    }

    #[track_caller]
    pub fn summary(&self) -> &Value {
        let last = self
            .events
            .last()
            .unwrap_or_else(|| panic!("a summary: {self:?}"));
        assert_eq!(last["event"], "summary", "{self:?}");
        last
    }

    /// Each file as it was last, by its id.
    pub fn files(&self) -> BTreeMap<String, &Value> {
        let files = self
            .events
            .iter()
            .filter(|event| event["event"] == "file")
            .map(|event| &event["file"]);
        files
            .map(|file| (file["id"].as_str().unwrap_or_default().to_owned(), file))
            .collect()
    }

    /// The one file.
    #[track_caller]
    pub fn file(&self) -> &Value {
        let files = self.files();
        assert_eq!(files.len(), 1, "{self:?}");
        files.into_values().next().expect("one")
    }

    /// Everything it said, to look for what it must not say.
    pub fn said(&self) -> String {
        self.stdout.join("\n") + &self.stderr
    }
}
