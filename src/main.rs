//! The program: logging, then the commands, or the window.

use std::io::stderr;
use std::process::ExitCode;

use ebb::cli::{self, Line};
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    log();
    match cli::run(std::env::args_os()) {
        Line::Done(exit) => exit,
        Line::Window(words) => window(words),
    }
}

/// Logs to standard error what EBB_LOG asks for (`debug`, `ebb::engine=trace`, …); nothing without it.
fn log() {
    let Ok(filter) = std::env::var("EBB_LOG") else {
        return;
    };
    let filter = EnvFilter::builder().parse_lossy(filter);
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(stderr)
        .init();
}

#[cfg(feature = "gui")]
fn window(words: Vec<String>) -> ExitCode {
    let run = || {
        let begin = ebb::app::prepare(words)?;
        choose_renderer(begin.backend());
        ebb::app::run(begin)
    };
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(told) => cli::no_window(&told),
    }
}

/// The commands say so themselves.
#[cfg(not(feature = "gui"))]
fn window(_: Vec<String>) -> ExitCode {
    ExitCode::from(2)
}

/// iced can be told the renderer by its variable alone; what a person has set there holds.
#[cfg(feature = "gui")]
#[expect(
    unsafe_code,
    clippy::disallowed_methods,
    reason = "the only way to tell iced"
)]
fn choose_renderer(backend: &str) {
    if std::env::var_os("ICED_BACKEND").is_none() {
        // SAFETY: the only thread so far is this one, so nobody reads the environment meanwhile.
        unsafe { std::env::set_var("ICED_BACKEND", backend) };
    }
}
