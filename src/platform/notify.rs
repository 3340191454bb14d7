//! Notices on the desktop.
//!
//! A notice never fails and never holds up whoever gives it: where there is no desktop to
//! show it, or one that does not answer, that is logged and forgotten. Servers and file
//! names speak in it, so nothing in it is markup.

use std::fmt::Display;
use std::future::Future;
use std::time::Duration;

use notify_rust::Notification;

use crate::words::clean::clean;

/// How long a desktop may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Shows a notice with a title of one line and a text below it; needs a runtime of tokio's.
/// Ends when the desktop has taken it, and after five seconds in any case.
pub async fn notify(title: &str, text: &str) {
    let mut notice = Notification::new();
    notice
        .appname("Ebb")
        .icon("ebb")
        .summary(&clean(title))
        .body(&plain(text));
    patiently(show(notice)).await;
}

#[cfg(all(unix, not(target_os = "macos")))]
async fn show(notice: Notification) -> Result<(), notify_rust::error::Error> {
    notice.show_async().await.map(drop)
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
async fn show(notice: Notification) -> Result<(), String> {
    let shown = tokio::task::spawn_blocking(move || notice.show().map(drop));
    match shown.await {
        Ok(shown) => shown.map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    }
}

async fn patiently<E: Display>(showing: impl Future<Output = Result<(), E>>) {
    match tokio::time::timeout(PATIENCE, showing).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::debug!("no notice was shown: {error}"),
        Err(_) => tracing::debug!("no notice was shown: the desktop does not answer"),
    }
}

/// Where the desktop reads markup, a text that has none.
fn plain(text: &str) -> String {
    let text = clean(text);
    if cfg!(all(unix, not(target_os = "macos"))) {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    } else {
        text
    }
}

#[cfg(test)]
mod tests;
