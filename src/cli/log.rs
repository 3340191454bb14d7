//! The log, on standard error. Whoever reads it slowly, or no longer, holds up nobody: lines
//! wait in memory, and are left out where there are too many.

use std::io::{IsTerminal, stderr};

use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;

/// Most lines that wait.
const MOST: usize = 16 * 1024;

/// The log for as long as this is kept; what waits is written when it is dropped.
#[derive(Debug)]
#[must_use]
pub struct Log(#[expect(dead_code, reason = "held")] Option<WorkerGuard>);

/// Logs what EBB_LOG asks for (`debug`, `ebb::engine=trace`, …); without it, nothing.
pub fn as_asked() -> Log {
    match std::env::var("EBB_LOG") {
        Ok(filter) => begin(EnvFilter::builder().parse_lossy(filter)),
        Err(_) => Log(None),
    }
}

/// Logs what a service has to say, unless EBB_LOG has asked for something of its own.
pub fn of_service() -> Log {
    if std::env::var_os("EBB_LOG").is_some() {
        return Log(None);
    }
    begin(EnvFilter::new("ebb=info"))
}

fn begin(filter: EnvFilter) -> Log {
    let lines = NonBlockingBuilder::default()
        .buffered_lines_limit(MOST)
        .lossy(true);
    let (writer, guard) = lines.finish(stderr());
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_target(false)
        .with_ansi(stderr().is_terminal())
        .log_internal_errors(false)
        .with_writer(writer);
    // The system's journal has its own clock.
    let is_begun = if std::env::var_os("JOURNAL_STREAM").is_some() {
        log.without_time().try_init()
    } else {
        log.try_init()
    };
    Log(is_begun.is_ok().then_some(guard))
}
