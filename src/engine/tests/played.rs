//! Somebody who plays an engine for a face: keeps what is asked, answers as told to, and shows
//! what it is given. Nothing is decided here.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{mpsc, watch};

use crate::engine::handle::Handle;
use crate::engine::run::Ask;
use crate::queue::{Command, Outcome, Refusal, Snapshot};

/// What was asked, in order.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "few are ever asked")]
pub enum Asked {
    Command(Command),
    Shutdown,
}

/// The player's side.
pub struct Played {
    pub handle: Handle,
    asked: Arc<Mutex<Vec<Asked>>>,
    refusals: Arc<Mutex<VecDeque<Refusal>>>,
    snapshots: watch::Sender<Snapshot>,
    /// Whoever has it keeps the end back.
    end: Arc<tokio::sync::Mutex<()>>,
}

impl Played {
    /// Shows this snapshot until it is given another one.
    pub fn new(snapshot: Snapshot) -> Self {
        let (asks, mut asked) = mpsc::unbounded_channel();
        let (snapshots, seen) = watch::channel(snapshot);
        let played = Self {
            handle: Handle::over(asks, seen),
            asked: Arc::default(),
            refusals: Arc::default(),
            snapshots,
            end: Arc::default(),
        };
        let end = played.end.clone();
        let (journal, refusals) = (played.asked.clone(), played.refusals.clone());
        tokio::spawn(async move {
            // Nobody is told of anything, and nobody is let go.
            let mut listeners = Vec::new();
            while let Some(ask) = asked.recv().await {
                match ask {
                    Ask::Command(command, answer) => {
                        lock(&journal).push(Asked::Command(command));
                        let refusal = lock(&refusals).pop_front();
                        let _ = answer.send(refusal.map_or(Ok(Outcome::Done), Err));
                    }
                    Ask::Shutdown(told) => {
                        lock(&journal).push(Asked::Shutdown);
                        let _held = end.lock().await;
                        let _ = told.send(Ok(()));
                    }
                    Ask::Notices(listener) => listeners.push(listener),
                    // There is no loop to look at: whoever asked is told that it has ended.
                    Ask::Look(_) | Ask::Removals(_) => {}
                }
            }
        });
        played
    }

    /// What was asked since the last time.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut lock(&self.asked))
    }

    /// The next command is refused.
    pub fn refuse(&self, refusal: Refusal) {
        lock(&self.refusals).push_back(refusal);
    }

    /// The end is not told of before this is dropped.
    pub fn hold(&self) -> tokio::sync::OwnedMutexGuard<()> {
        self.end
            .clone()
            .try_lock_owned()
            .expect("nothing has ended yet")
    }

    /// The next snapshot.
    pub fn show(&self, snapshot: Snapshot) {
        self.snapshots.send_replace(snapshot);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
