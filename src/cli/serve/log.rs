//! The log of `ebb serve`: a line for each thing that somebody may want to know a day later.

use std::io::{IsTerminal, stderr};

use tracing_subscriber::EnvFilter;

use crate::download::Failure;
use crate::engine::{Handle, Moment};
use crate::queue::{FileId, GroupId, Notice};

/// Logs to standard error, unless EBB_LOG has asked for something of its own.
pub fn begin() {
    let log = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new("ebb=info"))
        .with_target(false)
        .with_ansi(stderr().is_terminal())
        .with_writer(stderr);
    // The system's journal has its own clock. (Whoever has begun one already keeps that.)
    let _ = if std::env::var_os("JOURNAL_STREAM").is_some() {
        log.without_time().try_init()
    } else {
        log.try_init()
    };
}

/// Writes down what happens, for as long as the engine runs.
pub async fn follow(engine: &Handle) {
    while !engine.has_ended() {
        let mut notices = engine.notices();
        while let Some(notice) = notices.recv().await {
            match notice {
                Notice::GroupCompleted(id) => group(engine, id, "complete").await,
                Notice::GroupFailed(id) => group(engine, id, "failed").await,
                Notice::GroupRemoved(id) => tracing::info!(group = %id, "removed"),
                Notice::FileFailed(id, failure) => file(engine, id, &failure).await,
                _ => {}
            }
        }
    }
}

async fn group(engine: &Handle, id: GroupId, what: &'static str) {
    let look = move |moment: &mut Moment<'_>| moment.group(id);
    let Some(Some(group)) = engine.see(look).await else {
        return;
    };
    let (name, summary) = (&group.properties.name, &group.summary);
    let (files, bytes) = (summary.files_done, summary.progress.bytes);
    tracing::info!(group = %id, name, files, bytes, "{what}");
}

async fn file(engine: &Handle, id: FileId, failure: &Failure) {
    let link = engine.inspect(id).await.map(|seen| seen.link.to_string());
    let link = link.unwrap_or_default();
    tracing::warn!(file = %id, link, "given up: {failure}");
}
