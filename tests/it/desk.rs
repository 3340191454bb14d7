//! The built program, run as a person or a script would run it.
//!
//! A `Desk` is a person's place: a folder for downloads and an `EBB_HOME`, both of this test alone. Nothing of
//! the machine reaches the program from here: no proxy, no keyring, no settings, one language. Every run is bounded.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::outcome::Outcome;

/// No run takes longer.
const LONGEST_RUN: Duration = Duration::from_secs(60);

/// What `get` is given where a test does not say otherwise: short waits.
const QUICK: [(&str, &str); 2] = [("--retry-wait", "20ms"), ("--retries", "4")];

/// A test that cannot run here says so; where nothing may be left out, it fails.
pub fn skip(why: &str) {
    let strict = std::env::var_os("EBB_ALLOW_NO_SKIP").is_some_and(|value| value == "1");
    assert!(!strict, "skipped: {why}");
    eprintln!("skipped: {why}");
}

pub struct Desk {
    root: TempDir,
    home: PathBuf,
}

impl Desk {
    pub fn new() -> Self {
        Self::with_home("home")
    }

    /// Its `EBB_HOME` is this folder, which need not be there.
    pub fn with_home(home: &str) -> Self {
        let root = TempDir::new().expect("a folder for the test");
        let home = root.path().join(home);
        let desk = Self { root, home };
        std::fs::create_dir(desk.dir()).expect("a folder for downloads");
        desk
    }

    /// Where files go: the program's current folder.
    pub fn dir(&self) -> PathBuf {
        self.root.path().join("files")
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.dir().join(name)
    }

    pub fn part(&self, name: &str) -> PathBuf {
        self.dir().join(format!("{name}.ebb-part"))
    }

    pub fn home(&self) -> PathBuf {
        self.home.clone()
    }

    /// What lies in the folder, sorted.
    pub fn names(&self) -> Vec<String> {
        names_in(&self.dir())
    }

    /// `ebb` with these arguments, cut off from the machine's settings.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ebb"));
        for (name, _) in std::env::vars_os().filter(|(name, _)| is_setting(&name.to_string_lossy()))
        {
            command.env_remove(name);
        }
        command
            .args(args)
            .env("EBB_HOME", self.home())
            .env("HOME", self.root.path())
            .env("LC_ALL", "en_US.UTF-8")
            .current_dir(self.dir())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn start(&self, args: &[&str]) -> Running {
        Running::new(&mut self.command(args))
    }

    pub fn ebb(&self, args: &[&str]) -> Outcome {
        self.start(args).finish()
    }

    /// `ebb get --json` with short waits.
    pub fn get(&self, args: &[&str]) -> Outcome {
        self.start_get(args).finish()
    }

    pub fn start_get(&self, args: &[&str]) -> Running {
        self.start(&quick(args))
    }

    /// Starts `get -x 1`, and kills it (SIGKILL) when `bytes` are there and have been for as long as the
    /// program may take to write that down: one second.
    pub fn kill_at(&self, bytes: u64, args: &[&str]) {
        let mut running = self.start_get(&[&["-x", "1"], args].concat());
        running.wait_for(|event| event["file"]["bytes"].as_u64() >= Some(bytes));
        std::thread::sleep(Duration::from_millis(1100));
        running.kill();
    }
}

/// The arguments of a `get --json` with what was not said in `args`.
pub fn quick<'a>(args: &[&'a str]) -> Vec<&'a str> {
    let mut all = vec!["get", "--json"];
    for (option, value) in QUICK {
        if !args.contains(&option) {
            all.extend([option, value]);
        }
    }
    all.extend(args);
    all
}

pub fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let name = |entry: std::io::Result<std::fs::DirEntry>| entry.expect("an entry").file_name();
    let mut names: Vec<_> = entries
        .map(|entry| name(entry).to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// What a machine may have set that would change what the program does.
fn is_setting(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let begins = ["EBB", "XDG_", "LC_", "LANG", "DBUS_"]
        .iter()
        .any(|begin| name.starts_with(begin));
    begins || name.ends_with("_PROXY") || name == "REQUEST_METHOD"
}

/// A program that runs. Dropping it kills it.
pub struct Running {
    child: Child,
    lines: Receiver<String>,
    seen: Vec<String>,
    stderr: Option<JoinHandle<String>>,
    started: Instant,
}

impl Running {
    fn new(command: &mut Command) -> Self {
        let mut child = command.spawn().expect("the program");
        let (stdout, mut stderr) = (
            child.stdout.take().expect("a pipe"),
            child.stderr.take().expect("a pipe"),
        );
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            BufReader::new(stdout)
                .lines()
                .map_while(Result::ok)
                .try_for_each(|line| sender.send(line))
        });
        let stderr = std::thread::spawn(move || {
            let mut bytes = Vec::new();
            let _ = stderr.read_to_end(&mut bytes);
            String::from_utf8_lossy(&bytes).into_owned()
        });
        Self {
            child,
            lines,
            seen: vec![],
            stderr: Some(stderr),
            started: Instant::now(),
        }
    }

    /// Waits for a line of JSON such as this.
    #[track_caller]
    pub fn wait_for(&mut self, mut wanted: impl FnMut(&Value) -> bool) -> Value {
        loop {
            let left = LONGEST_RUN.saturating_sub(self.started.elapsed());
            let Ok(line) = self.lines.recv_timeout(left) else {
                let last = &self.seen[self.seen.len().saturating_sub(10)..];
                panic!("it never said so; the last it said: {last:#?}");
            };
            let event = serde_json::from_str(&line).unwrap_or_default();
            self.seen.push(line);
            if wanted(&event) {
                return event;
            }
        }
    }

    /// The next line of JSON; nothing where none comes for this long.
    #[cfg(unix)]
    pub fn next_within(&mut self, wait: Duration) -> Option<Value> {
        let line = self.lines.recv_timeout(wait).ok()?;
        let event = serde_json::from_str(&line).unwrap_or_default();
        self.seen.push(line);
        Some(event)
    }

    #[cfg(unix)]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// SIGKILL, and waits until it is gone.
    pub fn kill(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Ctrl-C.
    #[cfg(unix)]
    pub fn interrupt(&self) {
        self.signal(rustix::process::Signal::INT);
    }

    #[cfg(unix)]
    pub fn signal(&self, signal: rustix::process::Signal) {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, signal).expect("it runs");
    }

    /// Waits for its end.
    #[track_caller]
    pub fn finish(mut self) -> Outcome {
        let status = self.wait();
        let stderr = self
            .stderr
            .take()
            .map(JoinHandle::join)
            .and_then(Result::ok)
            .unwrap_or_default();
        self.seen.extend(self.lines.iter());
        let stdout = std::mem::take(&mut self.seen);
        let Some(status) = status else {
            let outcome = Outcome::new(None, stdout, stderr, LONGEST_RUN);
            panic!("it did not end within {LONGEST_RUN:?}: {outcome:?}");
        };
        Outcome::new(status.code(), stdout, stderr, self.started.elapsed())
    }

    /// Its status; nothing, and it is killed, when it takes too long.
    fn wait(&mut self) -> Option<ExitStatus> {
        let left = LONGEST_RUN.saturating_sub(self.started.elapsed());
        let status = self.ended_within(left);
        if status.is_none() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
        status
    }

    /// Its status, once it has ended; nothing, and it still runs, when that takes longer.
    pub fn ended_within(&mut self, longest: Duration) -> Option<ExitStatus> {
        let began = Instant::now();
        loop {
            let status = self.child.try_wait().expect("a child");
            if status.is_some() || began.elapsed() >= longest {
                return status;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
