//! Ctrl-C and the system's wish to end: the first stops politely, the second at once.
//!
//! On a thread of its own, so that it works while the rest waits for a slow pipe.

use std::io;
use std::sync::mpsc;
use std::thread;

use tokio::runtime::Builder;
use tokio::sync::watch;

/// Becomes `true` with the first interrupt. The sender is kept by the thread.
///
/// # Errors
/// The system gives no thread, or no signals.
pub fn listen() -> io::Result<watch::Receiver<bool>> {
    let (interrupted, receiver) = watch::channel(false);
    let (ready, is_ready) = mpsc::channel();
    thread::Builder::new()
        .name("interrupt".into())
        .spawn(move || {
            let runtime = match Builder::new_current_thread().enable_io().build() {
                Ok(runtime) => runtime,
                Err(error) => return drop(ready.send(Err(error))),
            };
            runtime.block_on(async {
                let mut signals = match Signals::new() {
                    Ok(signals) => signals,
                    Err(error) => return drop(ready.send(Err(error))),
                };
                let _ = ready.send(Ok(()));
                signals.next().await;
                interrupted.send_replace(true);
                signals.next().await;
                #[expect(clippy::disallowed_methods, reason = "asked twice: at once")]
                std::process::exit(130);
            });
        })?;
    is_ready
        .recv()
        .unwrap_or_else(|_| Err(io::Error::other("no signals")))?;
    Ok(receiver)
}

/// SIGINT and SIGTERM. Not SIGHUP: `nohup` must go on working.
#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// Ctrl-C.
#[cfg(windows)]
struct Signals(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Signals {
    fn new() -> io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    async fn next(&mut self) {
        self.0.recv().await;
    }
}
