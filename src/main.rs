//! The program: logging, then the commands, or the window.

use std::process::ExitCode;

use ebb::cli::{self, Line};

fn main() -> ExitCode {
    let _log = cli::log::as_asked();
    match cli::run(std::env::args_os()) {
        Line::Done(exit) => exit,
        Line::Window(words) => window(words),
    }
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
        // SAFETY: the only other thread there may be so far writes the log, and reads no environment.
        unsafe { std::env::set_var("ICED_BACKEND", backend) };
    }
}
