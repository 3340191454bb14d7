//! An `ebb serve` that runs, and the commands that steer it, as a shell would.
//!
//! It serves one desk's `EBB_HOME` and ends (SIGTERM; SIGKILL if it must) when it is dropped. Whoever waits here
//! waits for a fact, looks every few milliseconds, and fails loudly when it never comes true.

use std::io::Write;
use std::ops::Deref;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::Value;

use crate::desk::{Desk, Running};
use crate::outcome::Outcome;

/// Far longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Served {
    desk: Option<Desk>,
    running: Option<Running>,
}

impl Deref for Served {
    type Target = Desk;

    fn deref(&self) -> &Desk {
        self.desk.as_ref().expect("it serves")
    }
}

impl Served {
    pub fn start() -> Self {
        Self::at(Desk::new())
    }

    /// With these settings (TOML).
    pub fn with_settings(settings: &str) -> Self {
        let desk = Desk::new();
        let folder = desk.home().join("config");
        std::fs::create_dir_all(&folder).expect("a folder for the settings");
        std::fs::write(folder.join("settings.toml"), settings).expect("the settings");
        Self::at(desk)
    }

    /// Starts on what is there, and waits until it answers.
    #[track_caller]
    pub fn at(desk: Desk) -> Self {
        let mut running = desk.start(&["serve"]);
        let began = Instant::now();
        loop {
            let answer = desk.ebb(&["list"]);
            if answer.code == Some(0) {
                break;
            }
            if running.ended_within(Duration::from_millis(20)).is_some() {
                panic!("serve ended: {:?}", running.finish());
            }
            assert!(began.elapsed() < PATIENCE, "it never answers: {answer:?}");
        }
        Self {
            desk: Some(desk),
            running: Some(running),
        }
    }

    pub fn id(&self) -> u32 {
        self.running.as_ref().expect("it serves").id()
    }

    /// Ends it by a signal, and gives what it came to and the desk it was at.
    #[track_caller]
    pub fn end(mut self, signal: Signal) -> (Outcome, Desk) {
        let running = self.running.take().expect("it serves");
        let began = Instant::now();
        running.signal(signal);
        let mut outcome = running.finish();
        outcome.took = began.elapsed();
        (outcome, self.desk.take().expect("it serves"))
    }

    /// Ends it politely, and starts it again.
    #[track_caller]
    pub fn again(self) -> Self {
        let (outcome, desk) = self.end(Signal::TERM);
        assert_eq!(outcome.code, Some(0), "{outcome:?}");
        Self::at(desk)
    }

    /// A command that is taken: 0, and nothing on standard error. What it says.
    #[track_caller]
    pub fn ok(&self, args: &[&str]) -> String {
        let outcome = self.ebb(args);
        assert_eq!(outcome.code, Some(0), "{args:?}: {outcome:?}");
        assert_eq!(outcome.stderr, "", "{args:?}: {outcome:?}");
        outcome.stdout.join("\n")
    }

    /// A command that is understood and refused: 1, and one line.
    #[track_caller]
    pub fn refused(&self, args: &[&str]) -> String {
        let outcome = self.ebb(args);
        eprintln!("{args:?}");
        outcome.ended(1).to_owned()
    }

    /// `add` with these arguments; the group's id.
    #[track_caller]
    pub fn add(&self, args: &[&str]) -> String {
        let id = self.ok(&[&["add"], args].concat());
        assert!(id.parse::<uuid::Uuid>().is_ok(), "an id and no more: {id}");
        id
    }

    /// `show --json`.
    #[track_caller]
    pub fn show(&self, id: &str) -> Value {
        let text = self.ok(&["show", id, "--json"]);
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// The groups of `list --json`.
    #[track_caller]
    pub fn list(&self) -> Vec<Value> {
        let text = self.ok(&["list", "--json"]);
        let mut listed: Value =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        match listed["groups"].take() {
            Value::Array(groups) => groups,
            _ => panic!("groups: {text}"),
        }
    }

    /// The names of the groups, in the order of the list.
    #[track_caller]
    pub fn listed(&self) -> Vec<String> {
        let name = |group: &Value| group["name"].as_str().unwrap_or_default().to_owned();
        self.list().iter().map(name).collect()
    }

    /// Looks at a group, a job or a file until this is so.
    #[track_caller]
    pub fn until(&self, id: &str, mut so: impl FnMut(&Value) -> bool) -> Value {
        let began = Instant::now();
        loop {
            let shown = self.show(id);
            if so(&shown) {
                return shown;
            }
            assert!(
                began.elapsed() < PATIENCE,
                "it never came true of {shown:#}"
            );
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    #[track_caller]
    pub fn until_state(&self, id: &str, state: &str) -> Value {
        self.until(id, |shown| shown["state"] == state)
    }

    /// As it stands, once it has come to rest in this state: what was under way has been counted.
    #[track_caller]
    pub fn rest(&self, id: &str, state: &str) -> Value {
        let mut last = Value::Null;
        self.until(id, |shown| {
            std::thread::sleep(Duration::from_millis(100));
            let is_same = *shown == last;
            last = shown.clone();
            is_same && shown["state"] == state
        })
    }

    /// `ebb` with this on its standard input.
    pub fn ebb_with(&self, args: &[&str], input: &str) -> Outcome {
        let mut command = self.command(args);
        let began = Instant::now();
        let mut child = command.stdin(Stdio::piped()).spawn().expect("the program");
        let mut stdin = child.stdin.take().expect("a pipe");
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        let output = child.wait_with_output().expect("its end");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let stdout = text(&output.stdout).lines().map(str::to_owned).collect();
        Outcome::new(
            output.status.code(),
            stdout,
            text(&output.stderr),
            began.elapsed(),
        )
    }

    /// The socket it listens at, where it lies in `run`.
    pub fn socket(&self) -> Option<PathBuf> {
        use std::os::unix::fs::FileTypeExt;
        let entries = std::fs::read_dir(self.home().join("run")).ok()?;
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        paths
            .filter(|path| {
                path.metadata()
                    .is_ok_and(|data| data.file_type().is_socket())
            })
            .min()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Some(mut running) = self.running.take()
            && running.ended_within(Duration::ZERO).is_none()
        {
            running.signal(Signal::TERM);
            running.ended_within(Duration::from_secs(5));
        }
    }
}

/// Waits until this is so.
#[track_caller]
pub fn until(what: &str, mut so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !so() {
        assert!(began.elapsed() < PATIENCE, "never: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The words of `status`.
pub fn flags(shown: &Value) -> Vec<&str> {
    let words = shown["status"].as_array().into_iter().flatten();
    words.filter_map(Value::as_str).collect()
}

/// All files of a group, in order.
pub fn files(group: &Value) -> Vec<&Value> {
    let jobs = group["jobs"].as_array().into_iter().flatten();
    jobs.filter_map(|job| job["files"].as_array())
        .flatten()
        .collect()
}

/// An id as text.
#[track_caller]
pub fn id_of(shown: &Value) -> &str {
    shown["id"].as_str().expect("an id")
}
