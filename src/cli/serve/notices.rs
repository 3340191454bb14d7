//! What `ebb serve` does about what happens: a line in the log for each thing that somebody
//! may want to know a day later, and the command of a group that is complete.

use std::sync::Arc;

use tokio::sync::mpsc::Receiver;
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use crate::download::Failure;
use crate::engine::{Handle, Moment};
use crate::platform::after::After;
use crate::queue::{FileId, GroupId, GroupView, Notice};
use crate::words::Language;

/// Follows what happens until it is told to end (`true`), or the engine has ended by itself;
/// `notices` are those from its start.
pub async fn follow(
    engine: &Handle,
    mut notices: Receiver<Notice>,
    mut interrupted: watch::Receiver<bool>,
) -> bool {
    loop {
        tokio::select! {
            // However much happens, it ends when it is told to.
            biased;
            _ = interrupted.wait_for(|interrupted| *interrupted) => {
                see_to_complete(engine, &mut notices).await;
                return true;
            }
            notice = notices.recv() => match notice {
                Some(notice) => take(engine, notice).await,
                None if engine.has_ended() => return false,
                // Whoever fell too far behind is let go, and begins anew.
                None => notices = engine.notices(),
            },
        }
    }
}

/// Groups that were complete before the end are seen to before the end.
async fn see_to_complete(engine: &Handle, notices: &mut Receiver<Notice>) {
    for _ in 0..notices.len() {
        if let Ok(notice @ Notice::GroupCompleted(_)) = notices.try_recv() {
            take(engine, notice).await;
        }
    }
}

async fn take(engine: &Handle, notice: Notice) {
    match notice {
        Notice::GroupCompleted(id) => {
            if let Some(group) = log_group(engine, id, "complete").await {
                run_after(&group);
            }
        }
        Notice::GroupFailed(id) => drop(log_group(engine, id, "failed").await),
        Notice::GroupRemoved(id) => tracing::info!(group = %id, "removed"),
        Notice::FileFailed(id, failure) => log_file(engine, id, &failure).await,
        _ => {}
    }
}

/// The group, where it is still on the list.
async fn log_group(engine: &Handle, id: GroupId, what: &'static str) -> Option<Arc<GroupView>> {
    let look = move |moment: &mut Moment<'_>| moment.group(id);
    let group = engine.see(look).await.flatten()?;
    let (name, summary) = (&group.properties.name, &group.summary);
    let (files, bytes) = (summary.files_done, summary.progress.bytes);
    tracing::info!(group = %id, name, files, bytes, "{what}");
    Some(group)
}

async fn log_file(engine: &Handle, id: FileId, failure: &Failure) {
    let link = engine.inspect(id).await.map(|seen| seen.link.to_string());
    let link = link.unwrap_or_default();
    tracing::warn!(file = %id, link, "given up: {failure}");
}

/// Runs the command of a group that is complete, where it has one.
fn run_after(group: &GroupView) {
    let (id, Some(after)) = (group.id, After::of(group)) else {
        return;
    };
    // (A folder far away may take its time.)
    spawn_blocking(move || {
        if let Err(error) = after.start() {
            let told = error.explain(Language::English);
            tracing::warn!(group = %id, "{}: {}", told.message, told.hint);
        }
    });
}
