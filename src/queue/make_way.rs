//! Who must stop so that another can run.
//!
//! A file makes way when, with it gone, a file of a higher priority could start; or
//! one of its own priority, where its turn is over and it can go on later without a
//! loss; or when there are more running than may. Among the files of one group a turn
//! ends only for a smaller one: files of one size are fetched one after the other, and
//! not 100,000 of them by halves. A level that can only wait makes nobody stop.
//!
//! It is found out by trying: places are vacated and taken for the sake of the
//! question, and all is put back.

use super::Queue;
use super::event::{Effect, Now};
use super::file::{FileKey, Worker};
use super::schedule::Taken;
use crate::download::State;

/// One thing done for the sake of the question.
#[derive(Debug, Clone, Copy)]
enum Step {
    Vacated {
        group: u32,
        host: u32,
        connections: usize,
    },
    Took {
        taken: Taken,
        connections: usize,
    },
}

/// Why a file makes way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    /// There are more than may be.
    Surplus,
    /// A higher priority wants its place.
    Outranked,
    /// Its turn is over, and another group's has come: later it goes on.
    AnothersTurn,
    /// Its turn is over, and smaller files of its group have waited for it: it comes last.
    SmallerOnes,
}

impl Queue {
    /// Stops those who must make way.
    pub(super) fn make_way(&mut self, now: Now, effects: &mut Vec<Effect>) {
        let victims = self.possible_victims(now);
        if victims.is_empty() {
            return;
        }
        let mut steps = Vec::new();
        self.suppose_stops_done(&mut steps);
        let mut leaving = Vec::new();
        for key in victims {
            if let Some(reason) = self.suppose_gone(key, now, &mut steps) {
                leaving.push((key, reason));
            }
        }
        self.undo(steps);
        for (key, reason) in leaving {
            self.table.file_mut(key).comes_last = reason == Reason::SmallerOnes;
            self.stop(key, effects);
            self.table.become_state(key, State::Queued);
            self.rest(key, now);
        }
    }

    /// Those for whom the question is worth asking, the first to go first: the lowest
    /// priority, then who can go on without a loss, then who came last.
    fn possible_victims(&self, now: Now) -> Vec<FileKey> {
        let surplus = self.places > self.limits.parallel.max(1);
        let is_possible = |key: &&FileKey| {
            let group = self.table.group(self.table.group_of(**key));
            let crowded = group
                .properties
                .parallel
                .is_some_and(|most| group.running > most);
            let up_to = if self.turn_is_over(**key, now) {
                group.level() + 1
            } else {
                group.level()
            };
            let wanted = self.turns[..up_to].iter().any(|turns| !turns.is_empty());
            self.table.file(**key).worker == Worker::Fetching && (surplus || crowded || wanted)
        };
        let mut victims: Vec<_> = self.running.iter().filter(is_possible).copied().collect();
        victims.sort_by_key(|key| {
            let level = self.table.group(self.table.group_of(*key)).level();
            let loses = self.table.view(*key).resumable == Some(false);
            let started = self
                .table
                .file(*key)
                .effort
                .as_ref()
                .map(|effort| effort.started);
            (level, !loses, started)
        });
        // Of those that are alike, the one that started last.
        victims.reverse();
        victims
    }

    /// Supposes that all who have been told to stop are gone, and their places taken.
    fn suppose_stops_done(&mut self, steps: &mut Vec<Step>) {
        let running = self.running.clone();
        for key in running {
            if self.table.file(key).worker.is_stopping() {
                self.suppose_vacated(key, steps);
            }
        }
        while self.has_place() && self.suppose_taken(super::schedule::LOWEST, steps).is_some() {}
    }

    /// Would another run, if this one were gone? Then it stays gone, and that one runs.
    fn suppose_gone(&mut self, key: FileKey, now: Now, steps: &mut Vec<Step>) -> Option<Reason> {
        let group = self.table.group(self.table.group_of(key));
        let crowded = group
            .properties
            .parallel
            .is_some_and(|most| group.running > most);
        let level = group.level();
        let turn_is_over = self.turn_is_over(key, now);
        let is_surplus = crowded || self.places > self.limits.parallel.max(1);
        self.suppose_vacated(key, steps);
        if is_surplus {
            return Some(Reason::Surplus);
        }
        if !self.has_place() {
            self.undo(steps.pop());
            return None;
        }
        if level > 0 && self.suppose_taken(level - 1, steps).is_some() {
            return Some(Reason::Outranked);
        }
        if turn_is_over && let Some(next) = self.suppose_taken(level, steps) {
            if next.group != self.table.group_of(key) {
                return Some(Reason::AnothersTurn);
            }
            if self.is_shorter(next.key, key) {
                return Some(Reason::SmallerOnes);
            }
            self.undo(steps.pop());
        }
        self.undo(steps.pop());
        None
    }

    /// Is there less left to fetch of the one than of the other, as far as is known?
    fn is_shorter(&self, one: FileKey, other: FileKey) -> bool {
        let left = |key| {
            let view = self.table.view(key);
            view.size.map(|size| size.saturating_sub(view.bytes))
        };
        left(one)
            .zip(left(other))
            .is_none_or(|(one, other)| one < other)
    }

    fn suppose_vacated(&mut self, key: FileKey, steps: &mut Vec<Step>) {
        let group = self.table.group_of(key);
        let file = self.table.file(key);
        let held = file
            .effort
            .as_ref()
            .map_or((file.host, 1), |e| (e.held, e.connections));
        self.vacate(group, held.0, held.1);
        steps.push(Step::Vacated {
            group,
            host: held.0,
            connections: held.1,
        });
    }

    fn suppose_taken(&mut self, up_to: usize, steps: &mut Vec<Step>) -> Option<Taken> {
        let (group, host) = self.pick(up_to)?;
        let taken = self.take(group, host)?;
        let connections = self.allowance(group, host);
        self.occupy(group, host, connections);
        steps.push(Step::Took { taken, connections });
        Some(taken)
    }

    /// Puts back what was done, the last thing first.
    fn undo(&mut self, steps: impl IntoIterator<Item = Step, IntoIter: DoubleEndedIterator>) {
        for step in steps.into_iter().rev() {
            match step {
                Step::Vacated {
                    group,
                    host,
                    connections,
                } => self.occupy(group, host, connections),
                Step::Took { taken, connections } => {
                    self.vacate(taken.group, taken.host, connections);
                    self.untake(taken);
                }
            }
        }
    }

    fn turn_is_over(&self, key: FileKey, now: Now) -> bool {
        self.slice_end(key).is_some_and(|end| end <= now.steady)
    }
}
