//! The program: logging, then the commands.

use std::io::stderr;
use std::process::ExitCode;

use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    log();
    ebb::cli::run(std::env::args_os())
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
