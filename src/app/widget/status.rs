//! How a group stands, drawn: its colour, its badges, its bar. The list and the details agree.

use iced::{Color, Element};

use super::badge;
use super::bar::Far;
use crate::app::icon::Icon;
use crate::app::look::Look;
use crate::download::State;
use crate::queue::snapshot::{Progress, Summary};
use crate::queue::{Flags, GroupView};
use crate::words::{say, status};

/// The colour of a group's bar.
#[must_use]
pub fn tint(group: &GroupView, look: Look) -> Color {
    let colors = look.colors;
    match group.state {
        State::Complete => colors.complete,
        State::Suspended | State::Cancelled => colors.faint,
        State::Error => colors.error,
        State::Waiting => colors.waiting,
        _ if group.status.contains(Flags::FOREGROUND) => colors.foreground,
        _ => colors.accent,
    }
}

/// The flags that matter to a person; always one, at most four.
#[must_use]
pub fn badges<'a, Message: 'a>(group: &GroupView, look: Look) -> Vec<Element<'a, Message>> {
    let mut badges = Vec::with_capacity(4);
    let colors = look.colors;
    let is_open = group.status.contains(Flags::INCOMPLETE);
    let stands = of_state(group, look);
    if is_open && group.status.contains(Flags::FOREGROUND) {
        let word = say!(look, "row-foreground");
        badges.push(badge(
            Icon::Zap,
            word,
            colors.foreground,
            colors.foreground_soft,
        ));
    } else if stands.is_none() {
        let word = say!(look, "row-background");
        badges.push(badge(Icon::Leaf, word, colors.accent, colors.accent_soft));
    }
    badges.extend(stands);
    if is_open && group.anyway {
        let word = say!(look, "badge-anyway");
        badges.push(badge(
            Icon::Clock,
            word,
            colors.suspended,
            colors.suspended_soft,
        ));
    }
    if group.status.contains(Flags::ERROR) && group.state != State::Error {
        let word = say!(look, "state-error");
        badges.push(badge(Icon::Alert, word, colors.error, colors.error_soft));
    }
    badges
}

/// What else it is than running.
fn of_state<'a, Message: 'a>(group: &GroupView, look: Look) -> Option<Element<'a, Message>> {
    let colors = look.colors;
    let word = || status::state(group.state, look.language);
    Some(match group.state {
        State::Complete => badge(Icon::Check, word(), colors.complete, colors.complete_soft),
        State::Error => badge(Icon::Alert, word(), colors.error, colors.error_soft),
        State::Suspended => badge(Icon::Pause, word(), colors.suspended, colors.suspended_soft),
        State::Cancelled => badge(Icon::X, word(), colors.suspended, colors.suspended_soft),
        State::Waiting => {
            let reason = group.waiting.map(|waiting| waiting.reason);
            let word = reason.map_or_else(word, |reason| status::waiting(reason, look.language));
            badge(Icon::Clock, word, colors.waiting, colors.waiting_soft)
        }
        State::Verifying => badge(Icon::ShieldCheck, word(), colors.accent, colors.accent_soft),
        State::Queued | State::Connecting | State::Transferring => return None,
    })
}

/// The bar of something with these sums; `phase` (0–1) moves the bar of an unknown size.
#[must_use]
pub fn far(summary: &Summary, state: State, phase: f32) -> Far {
    how_far(&summary.progress, summary.size, state, phase)
}

/// The same of a file.
#[must_use]
pub fn how_far(progress: &Progress, size: Option<u64>, state: State, phase: f32) -> Far {
    match size {
        _ if state == State::Complete => Far::Share(1.0),
        Some(0) => Far::Share(0.0),
        Some(size) => Far::Share((progress.bytes as f64 / size as f64) as f32),
        None if state == State::Transferring => Far::Running(phase),
        None => Far::Unknown,
    }
}
