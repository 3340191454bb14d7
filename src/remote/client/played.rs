//! Somebody who plays `ebb serve` for a window: keeps what is asked, answers as told to, and
//! shows what it is given. No socket, no thread, no clock.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use tokio::sync::{broadcast, mpsc, watch};

use super::{Ask, BEHIND, Client, Contact, Facts, Teller};
use crate::queue::Snapshot;

/// What is done with what is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// Done, and nothing to say.
    Answers,
    /// As where nobody is there.
    Drops,
    /// As where somebody is stopped.
    Holds,
}

/// The player's side.
pub struct Played {
    /// What a face holds of it.
    pub client: Client,
    teller: Teller,
    asked: Arc<Mutex<Vec<Value>>>,
    manner: Arc<Mutex<Manner>>,
}

impl Played {
    /// Shows this snapshot until it is given another one.
    pub fn new(snapshot: Snapshot) -> Self {
        let (asks, mut asked) = mpsc::unbounded_channel::<Ask>();
        let (tell_snapshot, snapshots) = watch::channel(snapshot);
        let (tell_contact, contact) = watch::channel(Contact::Connected);
        let (tell_notice, notices) = broadcast::channel(BEHIND);
        let facts = Facts {
            snapshots,
            contact,
            notices,
        };
        let journal: Arc<Mutex<Vec<Value>>> = Arc::default();
        let manner = Arc::new(Mutex::new(Manner::Answers));
        let (kept, now) = (journal.clone(), manner.clone());
        tokio::spawn(async move {
            let mut held = Vec::new();
            while let Some(Ask { request, answer }) = asked.recv().await {
                lock(&kept).push(json!(request));
                match *lock(&now) {
                    Manner::Answers => {
                        let null = serde_json::value::to_raw_value(&());
                        let _ = answer.send(Ok(null.expect("a null")));
                    }
                    Manner::Drops => drop(answer),
                    Manner::Holds => held.push(answer),
                }
            }
        });
        Self {
            client: Client {
                asks,
                facts: Arc::new(facts),
            },
            teller: Teller {
                snapshots: tell_snapshot,
                contact: tell_contact,
                notices: tell_notice,
            },
            asked: journal,
            manner,
        }
    }

    /// What was asked since the last time.
    pub fn asked(&self) -> Vec<Value> {
        std::mem::take(&mut lock(&self.asked))
    }

    /// The next snapshot.
    pub fn show(&self, snapshot: Snapshot) {
        self.teller.snapshots.send_replace(snapshot);
    }

    /// Nobody is there any more.
    pub fn go(&self) {
        *lock(&self.manner) = Manner::Drops;
        self.teller.contact.send_replace(Contact::Lost);
    }

    /// Somebody is there again.
    pub fn come_back(&self) {
        *lock(&self.manner) = Manner::Answers;
        self.teller.contact.send_replace(Contact::Connected);
    }

    /// From now on nothing is answered, though somebody is there.
    pub fn stop(&self) {
        *lock(&self.manner) = Manner::Holds;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
