//! `ebb get`: an engine of its own for one group, followed to its end.
//!
//! Whatever happens, the engine is shut down before this returns, so that every
//! byte that came is on record and the same command goes on from there.

mod watch;

use std::time::Duration;

use jiff::Timestamp;
use tokio::runtime::Builder;
use tokio::sync::{mpsc, watch as channel};
use tokio::time::{MissedTickBehavior, interval};

use super::arguments::Get;
use super::order::{Order, Shown};
use super::{Exit, interrupt, report};
use crate::engine::{Config, Engine, Handle, Home, StartError};
use crate::platform::{Folders, conditions};
use crate::queue::{Command, Notice, Priority, Snapshot};
use crate::settings;
use crate::words::explain::{explain_refusal, explain_start, tell};
use crate::words::{Explained, Language, key};
use watch::Watch;

/// How often what is drawn moves, and what waits to be written is written.
const TICK: Duration = Duration::from_millis(100);

/// Runs the command.
pub fn run(arguments: Get, language: Language) -> Exit {
    let order = match Order::read(arguments, language) {
        Ok(order) => order,
        Err(wrong) => {
            wrong
                .iter()
                .for_each(|wrong| report::line(&wrong.line(language)));
            return Exit::WrongLine;
        }
    };
    let done = match Builder::new_current_thread().enable_time().build() {
        Ok(runtime) => runtime.block_on(fetch(order, language)),
        Err(error) => Err(no_system(&error, language)),
    };
    done.unwrap_or_else(|told| {
        report::line(&report::trouble(&told));
        Exit::Failed
    })
}

fn no_system(error: &std::io::Error, language: Language) -> Explained {
    explain_start(&StartError::System(error.to_string()), language)
}

async fn fetch(order: Order, language: Language) -> Result<Exit, Explained> {
    let interrupted = interrupt::listen().map_err(|error| no_system(&error, language))?;
    let folders = Folders::find().map_err(|error| error.explain(language))?;
    let database = folders.database();
    let home = Home::Records(database.map_err(|error| error.explain(language))?);
    let Order {
        job,
        properties,
        mut limits,
        network,
        shown,
    } = order;
    let is_background = properties.priority != Priority::Foreground;
    if is_background {
        let settings = settings::load(&folders.settings(), Timestamp::now()).settings;
        limits.waits_on = settings.limits().waits_on;
    }
    let engine = Engine::start(Config {
        home,
        limits,
        network,
        mode: None,
    })
    .map_err(|error| explain_start(&error, language))?;
    // From before the first thing that can happen.
    let notices = (shown == Shown::All).then(|| engine.notices());
    let add = Command::Add {
        into: None,
        id: None,
        properties,
        job,
        start: true,
    };
    let added = engine.command(add).await;
    if let Err(refusal) = added {
        let _ = engine.shutdown().await;
        return Err(explain_refusal(&refusal, language));
    }
    let watch = Watch::new(shown, language);
    let followed = follow(&engine, watch, notices, interrupted);
    if !is_background {
        return followed.await;
    }
    tokio::select! {
        followed = followed => followed,
        never = conditions::follow(|now| engine.conditions(now)) => match never {},
    }
}

/// Why it is no longer followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Nothing more will come.
    Over,
    /// A person wants it so.
    Interrupted,
    /// Nobody reads the lines of JSON any more.
    Unread,
    /// The engine has gone.
    Lost,
}

async fn follow(
    engine: &Handle,
    mut watch: Watch,
    notices: Option<mpsc::Receiver<Notice>>,
    interrupted: channel::Receiver<bool>,
) -> Result<Exit, Explained> {
    let mut snapshots = engine.snapshots();
    let end = until_end(&mut watch, &mut snapshots, notices, interrupted).await;
    if end == End::Interrupted {
        watch.interrupted();
    }
    // (It keeps no queue, of which something could be lost.)
    let _ = engine.shutdown().await;
    // What was written while it stopped belongs to the summary.
    let last = snapshots.borrow().clone();
    let is_read = end != End::Unread && watch.advance(&last).is_ok() && watch.finish().is_ok();
    match end {
        End::Interrupted => Ok(Exit::Interrupted),
        End::Over if !watch.has_failed() => Ok(Exit::Complete),
        End::Lost if is_read => Err(tell(watch.language(), key!("engine-ended"), &[], "")),
        End::Over | End::Lost | End::Unread => Ok(Exit::Failed),
    }
}

async fn until_end(
    watch: &mut Watch,
    snapshots: &mut channel::Receiver<Snapshot>,
    mut notices: Option<mpsc::Receiver<Notice>>,
    mut interrupted: channel::Receiver<bool>,
) -> End {
    let mut tick = interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    snapshots.mark_changed();
    loop {
        let written = tokio::select! {
            biased;
            _ = interrupted.wait_for(|interrupted| *interrupted) => return End::Interrupted,
            notice = next(&mut notices) => {
                match notice {
                    Some(notice) => watch.notice(notice),
                    // It fell behind: the snapshots tell all that matters.
                    None => notices = None,
                }
                Ok(())
            }
            changed = snapshots.changed() => {
                if changed.is_err() {
                    return End::Lost;
                }
                let snapshot = snapshots.borrow_and_update().clone();
                watch.advance(&snapshot)
            }
            _ = tick.tick() => watch.tick(),
        };
        if written.is_err() {
            return End::Unread;
        }
        if watch.is_over() {
            return End::Over;
        }
    }
}

/// The next notice; never, where none are wanted.
async fn next(notices: &mut Option<mpsc::Receiver<Notice>>) -> Option<Notice> {
    match notices {
        Some(notices) => notices.recv().await,
        None => std::future::pending().await,
    }
}
