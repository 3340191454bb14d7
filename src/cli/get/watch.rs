//! What is seen of the group: drawn, written as JSON, or only remembered for its errors.

use std::collections::HashMap;
use std::io::{self, Stdout};
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;

use crate::cli::follow::{Follow, Seen};
use crate::cli::json_lines::JsonLines;
use crate::cli::order::Shown;
use crate::cli::progress::Progress;
use crate::cli::tally::{Standing, Tally};
use crate::cli::{report, terminal};
use crate::download::{Link, State, WaitReason};
use crate::queue::difference::FileChange;
use crate::queue::snapshot::{FileSource, Problem};
use crate::queue::{FileId, FileView, Notice, Snapshot};
use crate::words::{Language, say};

/// Where the progress goes.
enum Face {
    /// Nowhere.
    None,
    /// To the terminal behind standard error.
    Terminal(Box<Progress>),
    /// To standard output.
    Json(Box<JsonLines<Stdout>>),
}

/// Follows the one group of this process's queue, and shows it.
pub struct Watch {
    follow: Follow,
    tally: Tally,
    is_gone: bool,
    view: View,
}

/// What is shown; apart from [`Follow`], which hands it the changes.
struct View {
    face: Face,
    language: Language,
    begun: Instant,
    /// Errors of files, told at the end where there is a terminal to be kept in order.
    problems: Vec<String>,
    /// For notices, which name files by their ids.
    sources: HashMap<FileId, Arc<FileSource>>,
    wants_notes: bool,
    /// Notices from before the first snapshot that names their files.
    early: Vec<Notice>,
    /// "No network" was said, and nothing has come since.
    said_offline: bool,
    /// For what it waits, of what was said of the network and the mains.
    said_hold: Option<WaitReason>,
    /// What the last change came to.
    written: io::Result<()>,
}

impl Watch {
    /// Nothing seen yet.
    pub fn new(shown: Shown, language: Language) -> Self {
        let face = match shown {
            Shown::Json => Face::Json(Box::new(JsonLines::new(io::stdout()))),
            Shown::Errors => Face::None,
            Shown::All => match terminal::style() {
                Some(style) => Face::Terminal(Box::new(Progress::new(style, language))),
                None => Face::None,
            },
        };
        let view = View {
            face,
            language,
            begun: Instant::now(),
            problems: Vec::new(),
            sources: HashMap::new(),
            wants_notes: shown == Shown::All,
            early: Vec::new(),
            said_offline: false,
            said_hold: None,
            written: Ok(()),
        };
        Self {
            follow: Follow::default(),
            tally: Tally::default(),
            is_gone: false,
            view,
        }
    }

    /// Looks at a later snapshot.
    ///
    /// # Errors
    /// Standard output cannot be written to.
    pub fn advance(&mut self, snapshot: &Snapshot) -> io::Result<()> {
        self.follow.advance(snapshot, |seen| {
            match seen {
                Seen::Removed(_) => self.is_gone = true,
                Seen::Group(_) => {}
                Seen::File(_, change) => self.tally.count(&change),
            }
            self.view.see(seen);
        });
        for notice in std::mem::take(&mut self.view.early) {
            self.view.notice(&notice);
        }
        std::mem::replace(&mut self.view.written, Ok(()))?;
        self.tick()
    }

    /// Draws, or writes, what is due.
    ///
    /// # Errors
    /// Standard output cannot be written to.
    pub fn tick(&mut self) -> io::Result<()> {
        let now = self.view.begun.elapsed();
        match &mut self.view.face {
            Face::None => {}
            Face::Terminal(progress) => {
                progress.draw(self.tally, now, Timestamp::now());
            }
            Face::Json(lines) => lines.tick(now)?,
        }
        Ok(())
    }

    /// Tells what happened to a file that goes on all the same.
    pub fn notice(&mut self, notice: Notice) {
        if self.has_begun() {
            self.view.notice(&notice);
        } else {
            self.view.early.push(notice);
        }
    }

    /// A person has asked for its end, and may wonder what becomes of the bytes.
    pub fn interrupted(&mut self) {
        if let Face::Terminal(progress) = &mut self.view.face {
            progress.stop(&format!(
                "ebb: {}",
                say!(self.view.language, "note-interrupted")
            ));
        }
    }

    /// Nothing more will come.
    pub fn is_over(&self) -> bool {
        self.is_gone || self.has_begun() && self.tally.open == 0
    }

    fn has_begun(&self) -> bool {
        !self.follow.last().groups.is_empty()
    }

    /// Not every file is complete.
    pub fn has_failed(&self) -> bool {
        self.tally.failed > 0 || self.tally.open > 0
    }

    /// The person's.
    pub fn language(&self) -> Language {
        self.view.language
    }

    /// The last lines: of progress, of JSON, of errors.
    ///
    /// # Errors
    /// Standard output cannot be written to.
    pub fn finish(&mut self) -> io::Result<()> {
        let (tally, took) = (self.tally, self.view.begun.elapsed());
        let groups = &self.follow.last().groups;
        let bytes = groups
            .iter()
            .map(|group| group.summary.progress.bytes)
            .sum();
        let written = match &mut self.view.face {
            Face::None => Ok(()),
            Face::Terminal(progress) => {
                progress.finish(tally);
                Ok(())
            }
            Face::Json(lines) => lines.finish(tally, bytes, took),
        };
        self.view
            .problems
            .drain(..)
            .for_each(|problem| report::line(&problem));
        written
    }
}

impl View {
    fn see(&mut self, seen: Seen<'_>) {
        match &mut self.face {
            Face::None => {}
            Face::Terminal(progress) => match &seen {
                Seen::Removed(_) => {}
                Seen::Group(group) => progress.group(group.after),
                Seen::File(_, change) => progress.file(change, self.begun.elapsed()),
            },
            Face::Json(lines) if self.written.is_ok() => self.written = lines.see(seen),
            Face::Json(_) => {}
        }
        if let Seen::File(_, change) = seen {
            self.file(&change);
        }
    }

    fn file(&mut self, change: &FileChange<'_>) {
        let file = change.after;
        if self.wants_notes && change.before.is_none() {
            self.sources.insert(file.id, Arc::clone(&file.source));
        }
        if file.state == State::Transferring {
            self.said_offline = false;
            self.said_hold = None;
        }
        self.held(file.waiting.map(|waiting| waiting.reason));
        if Standing::reached(change) == Some(Standing::Failed) {
            self.failed(file);
        }
    }

    fn failed(&mut self, file: &FileView) {
        let Some(problem) = file
            .error
            .as_deref()
            .cloned()
            .or_else(|| needs_person(file))
        else {
            return;
        };
        let line = report::problem(&problem, self.language);
        match self.face {
            Face::Terminal(_) => self.problems.push(line),
            Face::None | Face::Json(_) => report::line(&line),
        }
    }

    fn notice(&mut self, notice: &Notice) {
        let line = match notice {
            Notice::FileWaits {
                reason: WaitReason::Network,
                ..
            } => self.offline(),
            Notice::FileWaits { file, .. } | Notice::FileStartedOver(file) => self
                .link(*file)
                .and_then(|link| report::note(notice, &link, Timestamp::now(), self.language)),
            _ => None,
        };
        if let Some(line) = line {
            self.note(line);
        }
    }

    /// What may last for hours is said, even to who wants to hear of nothing but errors; once,
    /// not for every file.
    fn held(&mut self, reason: Option<WaitReason>) {
        let text = match reason {
            Some(WaitReason::Metered) => say!(self.language, "note-metered"),
            Some(WaitReason::Power) => say!(self.language, "note-on-battery"),
            _ => return,
        };
        if self.said_hold == reason {
            return;
        }
        self.said_hold = reason;
        self.note(format!("ebb: {text}"));
    }

    fn note(&mut self, line: String) {
        match &mut self.face {
            Face::Terminal(progress) => progress.note(line),
            Face::None | Face::Json(_) => report::line(&line),
        }
    }

    /// Said once, not for every file.
    fn offline(&mut self) -> Option<String> {
        let is_new = !std::mem::replace(&mut self.said_offline, true);
        is_new.then(|| format!("ebb: {}", say!(self.language, "note-no-network")))
    }

    fn link(&self, file: FileId) -> Option<Link> {
        self.sources.get(&file).map(|source| source.link.clone())
    }
}

/// A file that waits for what this command cannot give.
fn needs_person(file: &FileView) -> Option<Problem> {
    file.waiting.map(|_| Problem {
        failure: crate::download::Failure::CredentialsNeeded,
        link: file.source.link.clone(),
        attempts: 0,
    })
}
