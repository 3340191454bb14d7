//! Learning the sizes of files that wait, ahead and politely.
//!
//! A file of a running group that has stood in line for three seconds is looked up,
//! once; at most two at a time a host; not where the host has not answered yet, nor
//! where it has said that it is busy. No answer means nothing.

use std::sync::Arc;
use std::time::Duration;

use super::event::{Effect, Now};
use super::file::FileKey;
use super::id::FileId;
use super::{MOST_AT_ONCE, Queue};
use crate::download::State;

/// So long a file has waited before its size is looked up.
const PATIENCE: Duration = Duration::from_secs(3);
/// Most sizes looked up at a time of one host.
const AT_A_TIME: u8 = 2;

impl Queue {
    /// A file came into line: its size may be wanted.
    pub(super) fn want_size(&mut self, key: FileKey, number: u32, now: Now) {
        let (file, view) = (self.table.file(key), self.table.view(key));
        if !self.limits.measure_ahead || file.measured || view.size.is_some() {
            return;
        }
        let host = self.hosts.get_mut(number);
        if host.busy.is_some() {
            return;
        }
        let due = now.steady.saturating_add(PATIENCE);
        if host.to_measure.is_empty() {
            self.to_measure.insert((due, number));
        }
        host.want_size(key, due);
    }

    /// Asks for the sizes that are due.
    pub(super) fn measure_ahead(&mut self, now: Now, effects: &mut Vec<Effect>) {
        for _ in 0..MOST_AT_ONCE {
            let Some((due, number)) = self.to_measure.first().copied() else {
                return;
            };
            if due > now.steady {
                return;
            }
            self.to_measure.pop_first();
            self.measure_host(number, now, effects);
        }
    }

    fn measure_host(&mut self, number: u32, now: Now, effects: &mut Vec<Effect>) {
        let mut looked_at = 0;
        loop {
            let host = self.hosts.get_mut(number);
            let Some(stretch) = host.to_measure.front_mut() else {
                return;
            };
            let is_late = host.measuring >= AT_A_TIME || !host.known;
            if stretch.due > now.steady || looked_at > MOST_AT_ONCE {
                self.to_measure.insert((stretch.due, number));
                return;
            }
            if is_late {
                // An answer brings it back: see `measure_again`.
                return;
            }
            looked_at += 1;
            let key = FileKey {
                job: stretch.job,
                at: stretch.from,
            };
            stretch.from += 1;
            if stretch.from >= stretch.to {
                host.to_measure.pop_front();
            }
            if self.is_size_wanted(key, number) {
                self.measure(key, number, effects);
            }
        }
    }

    fn is_size_wanted(&self, key: FileKey, host: u32) -> bool {
        if !self.limits.measure_ahead || self.table.get_job(key.job).is_none() {
            return false;
        }
        let (file, view) = (self.table.file(key), self.table.view(key));
        let waits = view.state == State::Queued && view.size.is_none();
        waits && file.host == host && !file.measured
    }

    fn measure(&mut self, key: FileKey, number: u32, effects: &mut Vec<Effect>) {
        self.table.file_mut(key).measured = true;
        self.hosts.get_mut(number).measuring += 1;
        let view = self.table.view(key);
        self.measuring
            .insert(view.id, (number, Arc::clone(&view.source)));
        let task = self.task(key, 1);
        effects.push(Effect::Measure(task));
    }

    /// A size has come, or has not.
    pub(super) fn measured(&mut self, id: FileId, size: Option<u64>) {
        let Some((number, source)) = self.measuring.remove(&id) else {
            return;
        };
        self.measure_again(number);
        self.hosts.measured(number);
        let (Some(key), Some(size)) = (self.table.find_file(id), size) else {
            return;
        };
        let view = self.table.view(key);
        let is_same = Arc::ptr_eq(&view.source, &source);
        if is_same && view.size.is_none() && !view.state.is_final() {
            self.table.edit(key, |file| file.size = Some(size));
            self.table.save_file(key);
        }
    }

    /// The host can be asked for another size.
    pub(super) fn measure_again(&mut self, number: u32) {
        if let Some(stretch) = self.hosts.get(number).to_measure.front() {
            self.to_measure.insert((stretch.due, number));
        }
    }
}
