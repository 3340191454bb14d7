//! What holds a group up: why it waits and until when, or what went wrong and what to try.

use std::path::Path;

use iced::widget::{Column, Row, column, container, row, text};
use iced::{Color, Element, Fill};
use jiff::Timestamp;

use super::about::About;
use super::remedy::{Remedy, remedies};
use super::{Action, Message};
use crate::app::Deed;
use crate::app::dialog::change;
use crate::app::icon::Icon;
use crate::app::list;
use crate::app::look::{BODY, Look, MEDIUM, ROUND, SMALL, border};
use crate::app::widget::button::{Kind, button};
use crate::app::widget::{glyph, line, strong};
use crate::download::{State as FileState, WaitReason};
use crate::engine::Inspection;
use crate::queue::snapshot::{FileView, Problem, Waiting};
use crate::queue::{Command, Flags, GroupView};
use crate::words::clean::clean_link;
use crate::words::explain::explain;
use crate::words::{say, status};

/// All of it that there is, of the file that is looked at before that of the others.
pub(super) fn view<'a>(
    file: Option<&FileView>,
    group: &GroupView,
    now: Timestamp,
    look: Look,
) -> Vec<Element<'a, Message>> {
    let of_file = file.filter(|file| file.state == FileState::Error);
    let failed = of_file.and_then(|file| file.error.as_deref());
    let failed = failed.or(group.error.as_ref());
    let waits = file.and_then(|file| file.waiting).or(group.waiting);
    let waits = waits.filter(|_| group.state == FileState::Waiting || file.is_some_and(waiting));
    let last = file
        .filter(|file| waiting(file))
        .and_then(|file| file.error.as_deref());
    let failed = failed.map(|problem| error(problem, group, look));
    failed
        .into_iter()
        .chain(waits.map(|waits| wait(waits, last, now, look)))
        .chain(Deed::WaitAgain.applies(group).then(|| anyway(look)))
        .collect()
}

/// That it waits for nothing better, and the way back.
fn anyway<'a>(look: Look) -> Element<'a, Message> {
    let colors = look.colors;
    let title = say!(look, "details-anyway");
    let content = column![
        headed(Icon::Clock, title, colors.suspended),
        remedy_button(Remedy::WaitAgain, look),
    ];
    block(content, colors.suspended_soft)
}

fn waiting(file: &FileView) -> bool {
    file.state == FileState::Waiting
}

fn error<'a>(problem: &Problem, group: &GroupView, look: Look) -> Element<'a, Message> {
    let colors = look.colors;
    let told = explain(&problem.failure, look.language);
    let mut content = column![
        headed(Icon::Alert, told.message.clone(), colors.error),
        text(told.hint_without_options())
            .size(SMALL)
            .color(colors.text),
    ];
    if group.summary.files_total > 1 {
        let link = clean_link(&problem.link.to_string());
        content = content.push(line(link, SMALL).color(colors.muted));
    }
    if problem.attempts > 1 {
        let tries = say!(look, "details-tries", count = problem.attempts);
        content = content.push(line(tries, SMALL).color(colors.muted));
    }
    let tried = remedies(&problem.failure);
    let tried = tried.into_iter().filter(|remedy| is_open(*remedy, group));
    let buttons = tried.map(|remedy| remedy_button(remedy, look));
    let buttons = Row::with_children(buttons)
        .spacing(6)
        .wrap()
        .vertical_spacing(6);
    block(content.push(buttons), colors.error_soft)
}

/// Whoever was cancelled is only looked at.
fn is_open(remedy: Remedy, group: &GroupView) -> bool {
    let only_looks = matches!(remedy, Remedy::OpenFolder | Remedy::CopyAddress);
    only_looks || group.status.contains(Flags::INCOMPLETE)
}

fn wait<'a>(
    waits: Waiting,
    last: Option<&Problem>,
    now: Timestamp,
    look: Look,
) -> Element<'a, Message> {
    let colors = look.colors;
    let title = status::waiting(waits.reason, look.language);
    let mut content = column![headed(Icon::Clock, title, colors.waiting)];
    if let Some(problem) = last {
        let why = status::problem(problem, look.language);
        content = content.push(text(why).size(SMALL).color(colors.text));
    }
    if let Some(count) = status::countdown(waits, now, look.language) {
        content = content.push(line(count, SMALL).color(colors.text));
    }
    let remedy = match waits.reason {
        WaitReason::Credentials => Some(Remedy::SignIn),
        WaitReason::DiskFull | WaitReason::Destination => Some(Remedy::ChooseFolder),
        WaitReason::Schedule | WaitReason::Metered | WaitReason::Power => Some(Remedy::Anyway),
        _ => None,
    };
    content = content.push(remedy.map(|remedy| remedy_button(remedy, look)));
    block(content, colors.waiting_soft)
}

fn headed<'a>(icon: Icon, words: String, color: Color) -> Element<'a, Message> {
    // Wrapped, not cut: what is wrong must be readable.
    let words = text(words).size(BODY).font(MEDIUM).color(color).width(Fill);
    row![glyph(icon, 16.0).color(color), words]
        .spacing(8)
        .into()
}

fn remedy_button<'a>(remedy: Remedy, look: Look) -> Element<'a, Message> {
    let content = row![
        glyph(remedy.icon(), 14.0),
        strong(look.language.say(remedy.word()), SMALL),
    ];
    button(look, Kind::Plain, content.spacing(6).align_y(iced::Center))
        .padding([5, 10])
        .on_press(Message::Try(remedy))
        .into()
}

fn block<'a>(content: Column<'a, Message>, ground: Color) -> Element<'a, Message> {
    container(content.spacing(8))
        .padding(12)
        .width(Fill)
        .style(move |_| container::Style {
            background: Some(ground.into()),
            border: border(Color::TRANSPARENT, 0.0, ROUND),
            ..Default::default()
        })
        .into()
}

/// What a remedy comes to, for the file that is looked at where it failed, else for the
/// first that did.
pub(super) fn act(remedy: Remedy, about: &About, group: &GroupView) -> Action {
    let failed = |file: &&FileView| matches!(file.state, FileState::Error | FileState::Waiting);
    let looked_at = about.file(group);
    let found = looked_at.filter(failed).or_else(|| {
        let mut files = list::files(group);
        files.find(|file| file.state == FileState::Error)
    });
    let Some(file) = found.or(looked_at) else {
        return Action::None;
    };
    let link = file.source.link.without_password();
    match remedy {
        Remedy::Retry => Action::Command(Command::Resume(vec![group.id])),
        Remedy::Anyway => Action::Command(Command::Anyway(vec![group.id], true)),
        Remedy::WaitAgain => Action::Command(Command::Anyway(vec![group.id], false)),
        Remedy::ChangeLink => Action::Change(change::What::Link(group.id, file.id, link)),
        Remedy::SignIn => {
            let credentials = group.properties.credentials.as_ref();
            let user = credentials.map(|it| it.user.clone()).unwrap_or_default();
            Action::Change(change::What::SignIn(group.id, user))
        }
        Remedy::CopyAddress => Action::Copy(link),
        Remedy::ChooseFolder => {
            let folder = folder_of(file, about.inspection(file.id));
            let folder = folder.map(|folder| folder.display().to_string());
            Action::Change(change::What::Folder(group.id, folder.unwrap_or_default()))
        }
        Remedy::OpenFolder => {
            let folder = folder_of(file, about.inspection(file.id));
            folder.map_or(Action::None, |folder| Action::Open(folder.to_owned()))
        }
    }
}

/// Where a file is to stand; a finished one, where it does (the folder may have been changed
/// since, and a part is brought along with the next try).
pub(super) fn folder_of<'a>(file: &'a FileView, seen: Option<&'a Inspection>) -> Option<&'a Path> {
    let reserved = file.path.as_deref().and_then(|path| path.parent());
    let wanted = seen.map(|seen| seen.folder.as_path());
    match file.state {
        FileState::Complete => reserved.or(wanted),
        _ => wanted.or(reserved),
    }
}
