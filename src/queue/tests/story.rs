//! Stories as data: one step a line, what comes of it after `=>`.
//!
//! ```text
//! add g 2@a start      => start g1        two files of host a in group g, started
//! begun g1 100         => start g2        its head is there: 100 bytes
//! is g transferring incomplete            the group's state and flags
//! is g1 transferring 0/100                a file's state, bytes and size
//! ```
//! Savings are left out of what is compared, but after `=+`. `!` begins a refusal.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::recount::recount;
use super::{add, add_to, at, limits, new_file};
use crate::download::{Failure, Link, State};
use crate::queue::property::{Mode, Priority, Properties, Property};
use crate::queue::{
    Command, Conditions, Effect, Event, FileId, FileView, GroupId, GroupView, Limits, Move, Notice,
    Outcome, Queue, Report, Snapshot,
};

/// Tells a story; panics at the line that goes otherwise.
pub(super) fn tell(text: &str) {
    let mut story = Story::new(limits());
    for line in text.lines() {
        story.line(line.trim());
    }
}

pub(super) struct Story {
    pub(super) queue: Queue,
    groups: BTreeMap<String, GroupId>,
    names: BTreeMap<FileId, String>,
    attempts: BTreeMap<FileId, u32>,
    steady: Duration,
    pub(super) effects: Vec<Effect>,
}

impl Story {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            queue: Queue::new(limits, 7),
            groups: BTreeMap::new(),
            names: BTreeMap::new(),
            attempts: BTreeMap::new(),
            steady: Duration::ZERO,
            effects: Vec::new(),
        }
    }

    pub(super) fn line(&mut self, line: &str) {
        if line.is_empty() || line.starts_with('#') {
            return;
        }
        let with_saves = line.contains("=+");
        let (step, expected) = match line.split_once("=>").or_else(|| line.split_once("=+")) {
            Some((step, expected)) => (step.trim(), Some(expected.trim())),
            None => (line, None),
        };
        let words: Vec<&str> = step.split_whitespace().collect();
        if words[0] == "is" {
            return self.is(&words[1..], line);
        }
        self.effects.clear();
        let refusal = self.step(&words).err();
        recount(&self.queue);
        self.name_new_files();
        let seen = match refusal {
            Some(refusal) => format!("! {refusal}"),
            None => self.told(with_saves).join(", "),
        };
        if let Some(expected) = expected {
            assert_eq!(seen, expected, "\n  at: {line}");
        } else {
            assert!(!seen.starts_with('!'), "{seen}\n  at: {line}");
        }
    }

    fn step(&mut self, words: &[&str]) -> Result<(), crate::queue::Refusal> {
        if let Some(command) = self.command(words) {
            let new = words.get(1).map(|name| (*name).to_owned());
            let now = at(self.steady);
            let outcome = self.queue.command(command, now, &mut self.effects)?;
            if let (Outcome::Group(id), Some(name)) = (outcome, new) {
                self.groups.insert(name, id);
            }
            return Ok(());
        }
        let event = match words[0] {
            "limits" => {
                self.set_limits(&words[1..]);
                Event::Tick
            }
            "wait" => {
                self.steady += Duration::from_millis((number(words[1]) * 1000.0) as u64);
                Event::Tick
            }
            "network" => Event::Network(words[1] == "up"),
            "conditions" => Event::Conditions(conditions(words[1])),
            "measured" => Event::Measured(self.file(words[1]).id, words[2].parse().ok()),
            _ => {
                let file = self.file(words[1]).id;
                let attempt = self.attempts.get(&file).copied().unwrap_or(0);
                let late = words.last() == Some(&"late");
                Event::Report(file, attempt - u32::from(late), report(words))
            }
        };
        self.queue.update(event, at(self.steady), &mut self.effects);
        Ok(())
    }

    fn set_limits(&mut self, words: &[&str]) {
        let mut limits = self.queue.limits().clone();
        for word in words {
            match word.split_once('=').unwrap_or((word, "")) {
                ("parallel", n) => limits.parallel = n.parse().unwrap(),
                ("host", n) => limits.connections_per_host = n.parse().unwrap(),
                ("connections", n) => limits.connections = n.parse().unwrap(),
                ("waits", on) => limits.waits_on = conditions(on),
                ("measure", _) => limits.measure_ahead = true,
                other => panic!("{other:?}"),
            }
        }
        self.queue.set_limits(limits);
    }

    fn command(&self, words: &[&str]) -> Option<Command> {
        let ids = || {
            words[1..]
                .iter()
                .filter_map(|name| self.groups.get(*name))
                .copied()
                .collect()
        };
        let one = || self.groups[words[1]];
        Some(match words[0] {
            "new" => Command::New {
                id: None,
                properties: Properties::default(),
            },
            "add" => self.add(words),
            "suspend" => Command::Suspend(ids()),
            "resume" => Command::Resume(ids()),
            "anyway" => Command::Anyway(ids(), !words.contains(&"not")),
            "schedule" => Command::Schedule(Arc::new(words[1..].join(" ").parse().unwrap())),
            "cancel" => Command::Cancel {
                ids: ids(),
                delete_finished: words.contains(&"delete"),
            },
            "foreground" => Command::Foreground(ids()),
            "background" => Command::Background(ids()),
            "remove" => Command::Remove(ids()),
            "priority" => Command::SetPriority(vec![one()], Priority::parse(words[2]).unwrap()),
            "set" => {
                let (name, value) = words[2].split_once('=').unwrap();
                Command::Set(one(), vec![Property::parse(name, value).unwrap()])
            }
            "move" => Command::Move(one(), place(words[2])),
            "link" => {
                let link = format!("https://{}.example/other", words[2]);
                Command::SetLink(self.file(words[1]).id, Link::parse(&link).unwrap())
            }
            "folder" => Command::SetFolder(one(), PathBuf::from(words[2])),
            "mode" => Command::Mode(match words[1] {
                "polite" => Mode::Polite,
                "full" => Mode::Full,
                _ => Mode::Suspended,
            }),
            _ => return None,
        })
    }

    fn add(&self, words: &[&str]) -> Command {
        let mut files = Vec::new();
        for part in words[2].split(',') {
            let (count, host) = part.split_once('@').unwrap();
            for n in 0..count.parse().unwrap() {
                files.push(new_file(host, &n.to_string()));
            }
        }
        let start = words.contains(&"start");
        let named = words.iter().find_map(|word| Priority::parse(word).ok());
        let properties = Properties {
            priority: named.unwrap_or_default(),
            ..Default::default()
        };
        match self.groups.get(words[1]) {
            Some(group) => add_to(*group, files, start),
            None => add(files, properties, start),
        }
    }

    fn name_new_files(&mut self) {
        let snapshot = self.look();
        for (name, id) in &self.groups {
            let Some(group) = snapshot.groups.iter().find(|group| group.id == *id) else {
                continue;
            };
            for (n, file) in (1..).zip(files(group)) {
                self.names
                    .entry(file.id)
                    .or_insert_with(|| format!("{name}{n}"));
            }
        }
    }

    pub(super) fn look(&mut self) -> Snapshot {
        let now = at(self.steady);
        self.queue.snapshot(now)
    }

    pub(super) fn group(&mut self, name: &str) -> Arc<GroupView> {
        let id = self.groups[name];
        let snapshot = self.look();
        snapshot
            .groups
            .iter()
            .find(|group| group.id == id)
            .cloned()
            .expect("a group on the list")
    }

    /// The file of this name, as it was when the last step was over.
    fn file(&self, name: &str) -> FileView {
        let id = self
            .names
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(id, _)| *id);
        let key = self.queue.table.find_file(id.expect(name)).expect("a file");
        self.queue.table.view(key).clone()
    }

    fn is(&mut self, words: &[&str], line: &str) {
        let seen = if self.groups.contains_key(words[0]) {
            let group = self.group(words[0]);
            let waiting = group
                .waiting
                .map_or(String::new(), |w| format!(":{}", w.reason.word()));
            let flags: Vec<_> = group.status.words().collect();
            format!("{}{waiting} {}", group.state.word(), flags.join("+"))
        } else {
            let file = self.file(words[0]);
            let waiting = file
                .waiting
                .map_or(String::new(), |w| format!(":{}", w.reason.word()));
            let size = file.size.map_or("?".to_owned(), |size| size.to_string());
            format!("{}{waiting} {}/{size}", file.state.word(), file.bytes)
        };
        let expected = words[1..].join(" ");
        // Bytes, and flags, may be left out.
        let seen = if expected.contains(' ') {
            seen
        } else {
            seen.split(' ').next().unwrap().into()
        };
        assert_eq!(seen, expected, "\n  at: {line}");
    }

    fn told(&mut self, with_saves: bool) -> Vec<String> {
        let effects = std::mem::take(&mut self.effects);
        let group = |id: &GroupId| {
            let named = self.groups.iter().find(|(_, known)| *known == id);
            named.map_or("?".to_owned(), |(name, _)| name.clone())
        };
        let mut told = Vec::new();
        for effect in &effects {
            let file = |id: &FileId| self.names[id].clone();
            let text = match effect {
                Effect::Start(task) => {
                    self.attempts.insert(task.file, task.attempt);
                    let elsewhere = task.options.folder.strip_prefix("/d").err();
                    let to = elsewhere.map_or(String::new(), |_| {
                        format!(" to {}", task.options.folder.display())
                    });
                    format!("start {}{to}", file(&task.file))
                }
                Effect::Stop(id, attempt) => {
                    assert_eq!(self.attempts.get(id), Some(attempt));
                    format!("stop {}", file(id))
                }
                Effect::Discard { file: id, .. } => format!("discard {}", file(id)),
                Effect::DeleteFinished(id, ..) => format!("delete {}", file(id)),
                Effect::Measure(task) => format!("measure {}", file(&task.file)),
                Effect::Save(ids) if with_saves => {
                    format!(
                        "save {}",
                        ids.iter().map(group).collect::<Vec<_>>().join(" ")
                    )
                }
                Effect::Save(_) => continue,
                Effect::Forget(ids) => {
                    format!(
                        "forget {}",
                        ids.iter().map(group).collect::<Vec<_>>().join(" ")
                    )
                }
                Effect::SaveProgram => "program".to_owned(),
                Effect::Rates => "rates".to_owned(),
                Effect::Repace(id) => format!("repace {}", group(id)),
                Effect::Notice(notice) => match notice {
                    Notice::FileCompleted(id, _) => format!("{} is complete", file(id)),
                    Notice::FileFailed(id, failure) => format!("{} {}", file(id), failure.kind()),
                    Notice::FileStartedOver(id) => format!("{} starts over", file(id)),
                    Notice::FileWaits {
                        file: id, reason, ..
                    } => {
                        format!("{} waits {}", file(id), reason.word())
                    }
                    Notice::GroupCompleted(id) => format!("{} is complete", group(id)),
                    Notice::GroupFailed(id) => format!("{} failed", group(id)),
                    Notice::GroupRemoved(id) => format!("{} removed", group(id)),
                },
            };
            told.push(text);
        }
        self.effects = effects;
        told
    }
}

/// The files of a group, in the order of the list.
pub(super) fn files(group: &GroupView) -> impl Iterator<Item = &FileView> {
    group
        .jobs
        .iter()
        .flat_map(|job| job.files.iter())
        .flat_map(|chunk| chunk.iter())
}

fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

fn conditions(words: &str) -> Conditions {
    Conditions {
        metered: words.contains("metered"),
        on_battery: words.contains("battery"),
    }
}

fn place(word: &str) -> Move {
    match word {
        "top" => Move::Top,
        "up" => Move::Up,
        "down" => Move::Down,
        _ => Move::Bottom,
    }
}

fn report(words: &[&str]) -> Report {
    let path = Arc::new(PathBuf::from(format!("/d/{}", words[1])));
    let bytes = words.get(2).and_then(|word| word.parse().ok());
    match words[0] {
        "begun" => Report::Begun {
            path,
            size: bytes,
            bytes: 0,
            resumable: !words.contains(&"fixed"),
        },
        "got" => Report::Advanced {
            bytes: bytes.unwrap(),
            connections: 1,
        },
        "over" => Report::StartedOver,
        "moved" => Report::Moved {
            path: words.get(2).map(|path| Arc::new(PathBuf::from(path))),
        },
        "written" => Report::Written {
            bytes: bytes.unwrap(),
        },
        "done" => Report::Completed {
            path,
            bytes: bytes.unwrap_or(100),
            existed: words.contains(&"existed"),
            fingerprint: None,
        },
        "failed" => Report::Failed {
            failure: failure(words[2]),
            progressed: words.contains(&"progressed"),
        },
        "stopped" => Report::Stopped,
        other => panic!("no such step: {other}"),
    }
}

fn failure(word: &str) -> Failure {
    match word {
        "lost" => Failure::ConnectionLost(String::new()),
        "stalled" => Failure::Stalled,
        "unreachable" => Failure::Unreachable,
        "denied" => Failure::PermissionDenied,
        "gone" => Failure::DestinationGone,
        "full" => Failure::DiskFull {
            needed: None,
            free: None,
        },
        "secret" => Failure::CredentialsNeeded,
        status => Failure::status(status.parse().unwrap()),
    }
}

/// States of the files of a group, as words.
pub(super) fn states(group: &GroupView) -> Vec<State> {
    files(group).map(|file| file.state).collect()
}
