//! What has happened to a group, in words, the newest first.

use iced::widget::{Column, column, container, row, text};
use iced::{Color, Element, Fill};
use jiff::Timestamp;

use super::Message;
use crate::app::icon::Icon;
use crate::app::list;
use crate::app::look::{BODY, Look, SMALL};
use crate::app::widget::{glyph, line};
use crate::engine::{Entry, JournalEvent};
use crate::queue::{FileId, GroupView, Priority};
use crate::words::explain::explain;
use crate::words::i18n::Language;
use crate::words::{format, moment, say, status};

pub(super) fn view<'a>(
    entries: &[Entry],
    group: &GroupView,
    now: Timestamp,
    look: Look,
) -> Column<'a, Message> {
    if entries.is_empty() {
        let nothing = line(say!(look, "log-nothing"), BODY).color(look.colors.muted);
        return column![nothing];
    }
    let names = names(entries, group);
    let entries = entries.iter().rev().map(|entry| {
        let name = entry
            .file
            .and_then(|file| Some(names.iter().find(|(id, _)| *id == file)?.1.clone()));
        one(entry, name, now, look)
    });
    Column::with_children(entries).spacing(12)
}

/// The names of the files that are spoken of, where there are several.
fn names(entries: &[Entry], group: &GroupView) -> Vec<(FileId, String)> {
    if group.summary.files_total < 2 {
        return Vec::new();
    }
    let mut spoken: Vec<_> = entries.iter().filter_map(|entry| entry.file).collect();
    spoken.sort_unstable();
    spoken.dedup();
    let files = list::files(group);
    files
        .filter(|file| spoken.binary_search(&file.id).is_ok())
        .map(|file| (file.id, list::file_name(file)))
        .take(spoken.len())
        .collect()
}

fn one<'a>(
    entry: &Entry,
    name: Option<String>,
    now: Timestamp,
    look: Look,
) -> Element<'a, Message> {
    let colors = look.colors;
    let (icon, color) = sign(&entry.event, look);
    let said = text(say(&entry.event, now, look.language))
        .size(BODY)
        .color(colors.text);
    let when = moment::moment(now, entry.at, look.language);
    let under = name.map_or_else(|| when.clone(), |name| format!("{when} · {name}"));
    let under = line(under, SMALL).color(colors.muted).width(Fill);
    let sign = container(glyph(icon, 14.0).color(color)).padding([2, 0]);
    row![sign, column![said, under].spacing(2)]
        .spacing(10)
        .into()
}

fn sign(event: &JournalEvent, look: Look) -> (Icon, Color) {
    let colors = look.colors;
    match event {
        JournalEvent::Created | JournalEvent::Added { .. } => (Icon::Plus, colors.muted),
        JournalEvent::Suspended => (Icon::Pause, colors.suspended),
        JournalEvent::Resumed | JournalEvent::Anyway(true) => (Icon::Play, colors.muted),
        JournalEvent::Anyway(false) => (Icon::Clock, colors.muted),
        JournalEvent::Cancelled => (Icon::X, colors.muted),
        JournalEvent::Foreground => (Icon::Zap, colors.foreground),
        JournalEvent::Background => (Icon::Leaf, colors.accent),
        JournalEvent::Prioritised(_) => (Icon::Layers, colors.muted),
        JournalEvent::LinkChanged => (Icon::Link, colors.muted),
        JournalEvent::FolderChanged => (Icon::Folder, colors.muted),
        JournalEvent::Begun { .. } => (Icon::ArrowDown, colors.accent),
        JournalEvent::StartedOver => (Icon::Retry, colors.waiting),
        JournalEvent::Waits { .. } => (Icon::Clock, colors.waiting),
        JournalEvent::Failed(_) | JournalEvent::GaveUp => (Icon::Alert, colors.error),
        JournalEvent::FileCompleted | JournalEvent::Completed => (Icon::Check, colors.complete),
    }
}

fn say(event: &JournalEvent, now: Timestamp, language: Language) -> String {
    match event {
        JournalEvent::Created => say!(language, "log-created"),
        JournalEvent::Added { files } => {
            say!(language, "log-added", count = *files)
        }
        JournalEvent::Suspended => say!(language, "log-suspended"),
        JournalEvent::Resumed => say!(language, "log-resumed"),
        JournalEvent::Anyway(true) => say!(language, "log-anyway"),
        JournalEvent::Anyway(false) => say!(language, "log-waits-again"),
        JournalEvent::Cancelled => say!(language, "log-cancelled"),
        JournalEvent::Foreground | JournalEvent::Prioritised(Priority::Foreground) => {
            say!(language, "log-foreground")
        }
        JournalEvent::Background => say!(language, "log-background"),
        JournalEvent::Prioritised(Priority::High) => say!(language, "log-priority-high"),
        JournalEvent::Prioritised(Priority::Normal) => say!(language, "log-priority-normal"),
        JournalEvent::Prioritised(Priority::Low) => say!(language, "log-priority-low"),
        JournalEvent::LinkChanged => say!(language, "log-link"),
        JournalEvent::FolderChanged => say!(language, "log-folder-changed"),
        JournalEvent::Begun { size, bytes, .. } => begun(*size, *bytes, language),
        JournalEvent::StartedOver => say!(language, "log-started-over"),
        JournalEvent::Waits {
            reason,
            failure,
            until,
        } => {
            let mut said = status::waiting(*reason, language);
            if let Some(failure) = failure {
                said = format!("{said}: {}", explain(failure, language).message);
            }
            if let Some(until) = until {
                let until = moment::moment(now, *until, language);
                said = format!("{said}; {}", say!(language, "log-until", moment = until));
            }
            said
        }
        JournalEvent::Failed(failure) => {
            let message = explain(failure, language).message;
            say!(language, "log-failed", message = message)
        }
        JournalEvent::FileCompleted => say!(language, "log-file-completed"),
        JournalEvent::Completed => say!(language, "log-completed"),
        JournalEvent::GaveUp => say!(language, "log-gave-up"),
    }
}

fn begun(size: Option<u64>, bytes: u64, language: Language) -> String {
    if bytes > 0 {
        let amount = status::amount(bytes, size, language);
        return say!(language, "log-goes-on", amount = amount);
    }
    match size {
        Some(size) => {
            say!(language, "log-begun", size = format::bytes(size, language))
        }
        None => say!(language, "log-begun-unknown"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::download::{Failure, WaitReason};

    #[test]
    fn each_event_has_its_words() {
        let now: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let waits = |failure, until| JournalEvent::Waits {
            reason: WaitReason::ServerBusy,
            failure,
            until,
        };
        for (event, english) in [
            (JournalEvent::Added { files: 1 }, "1 file added"),
            (JournalEvent::Added { files: 3 }, "3 files added"),
            (
                JournalEvent::Prioritised(Priority::Foreground),
                "Moved to the foreground",
            ),
            (JournalEvent::FolderChanged, "The folder was changed"),
            (begins(Some(2_000_000), 0), "Begun: 2.0 MB"),
            (begins(None, 0), "Begun; its size is unknown"),
            (
                begins(Some(2_000_000), 1_000_000),
                "Goes on from 1.0 MB of 2.0 MB",
            ),
            (waits(None, None), "Waiting: server busy"),
            (
                waits(Some(Failure::Stalled), None),
                "Waiting: server busy: no byte came for too long",
            ),
            (
                JournalEvent::Failed(Failure::Stalled),
                "Failed: no byte came for too long",
            ),
        ] {
            assert_eq!(say(&event, now, Language::English), english);
            assert_ne!(say(&event, now, Language::German), english);
        }
        let later = say(&waits(None, Some(now)), now, Language::English);
        assert!(
            later.starts_with("Waiting: server busy; not before today, "),
            "{later}"
        );
    }

    fn begins(size: Option<u64>, bytes: u64) -> JournalEvent {
        JournalEvent::Begun {
            size,
            bytes,
            resumable: true,
        }
    }
}
