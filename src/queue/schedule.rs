//! Who may run: places, rooms, turns.
//!
//! A place is one of [`Limits::parallel`](super::Limits). Strictly by priority; inside
//! one, the group that was served longest ago comes first, and its files in the order
//! of the list. Nothing here looks at all files: a group in line stands in
//! [`Turns`](super::turns::Turns), its files in [`Line`](super::line::Line)s.

use std::time::Duration;

use super::Queue;
use super::event::{Effect, Now};
use super::file::{FileKey, Worker};
use super::line::Number;
use super::turns::{Bucket, Turn};

/// Most files that may be written and not yet complete before no more are started.
const MOST_FINISHING: usize = 4096;

/// The last of the four priorities, as a number.
pub(super) const LOWEST: usize = 3;

/// Where a file goes in its group's line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    /// It had a place, and gave it to another: where it stood before.
    Front,
    /// It is new, or makes way for smaller ones.
    Back,
    /// It failed, and is tried again.
    Again,
}

/// A file taken from its line, and what is needed to undo it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    pub(super) key: FileKey,
    pub(super) group: u32,
    pub(super) host: u32,
    pub(super) number: Number,
    pub(super) from_again: bool,
    again_next: bool,
    served: u64,
}

impl Queue {
    /// Starts files and stops others, where something has changed that matters to that.
    pub(super) fn schedule(&mut self, now: Now, effects: &mut Vec<Effect>) {
        self.is_stirred |= self.slice_has_ended(now.steady);
        if !std::mem::take(&mut self.is_stirred) {
            return;
        }
        while self.has_place() {
            let Some((group, host)) = self.pick(LOWEST) else {
                break;
            };
            let Some(taken) = self.take(group, host) else {
                break;
            };
            self.start(taken, now, effects);
        }
        self.make_way(now, effects);
    }

    pub(super) fn has_place(&self) -> bool {
        self.places < self.limits.parallel.max(1) && self.finishing < MOST_FINISHING
    }

    /// The group and the host to serve next, among priorities up to this one.
    pub(super) fn pick(&self, up_to: usize) -> Option<(u32, u32)> {
        let most = self.limits.connections_per_host;
        let is_open = |host| self.hosts.get(host).is_open(most);
        let place = |group| self.table.group(group).host(is_open);
        self.turns[..=up_to]
            .iter()
            .find_map(|turns| turns.first(is_open, place))
    }

    /// Takes the group's next file of this host from its line; the group is served.
    pub(super) fn take(&mut self, number: u32, host: u32) -> Option<Taken> {
        let group = self.table.group_mut(number);
        let (again_next, served) = (group.again_next, group.served);
        let preferred = if again_next {
            &group.again
        } else {
            &group.fresh
        };
        let from_again = again_next == preferred.has(host);
        let line = if from_again {
            &mut group.again
        } else {
            &mut group.fresh
        };
        let (place, key) = line.pop(host)?;
        self.served += 1;
        group.served = self.served;
        group.again_next = !from_again;
        self.hosts.get_mut(host).queued -= 1;
        self.relist(number);
        Some(Taken {
            key,
            group: number,
            host,
            number: place,
            from_again,
            again_next,
            served,
        })
    }

    /// As if it had not been taken.
    pub(super) fn untake(&mut self, taken: Taken) {
        let group = self.table.group_mut(taken.group);
        let line = if taken.from_again {
            &mut group.again
        } else {
            &mut group.fresh
        };
        line.put_back(taken.host, (taken.number, taken.key));
        group.again_next = taken.again_next;
        group.served = taken.served;
        self.hosts.get_mut(taken.host).queued += 1;
        self.relist(taken.group);
    }

    /// The only way to change what runs of a file: it keeps places, rooms and counts.
    pub(super) fn set_worker(&mut self, key: FileKey, next: Worker) {
        let number = self.table.group_of(key);
        let file = self.table.file_mut(key);
        let before = std::mem::replace(&mut file.worker, next);
        let (host, connections) = file
            .effort
            .as_ref()
            .map_or((file.host, 1), |e| (e.held, e.connections));
        if before.holds_place() && !next.holds_place() {
            self.running.retain(|running| *running != key);
            self.vacate(number, host, connections);
            self.hosts.forget_unused(host);
        } else if next.holds_place() && !before.holds_place() {
            self.running.push(key);
            self.occupy(number, host, connections);
        }
        let group = self.table.group_mut(number);
        group.workers += usize::from(next != Worker::None);
        group.workers -= usize::from(before != Worker::None);
        self.finishing += usize::from(next.is_finishing());
        self.finishing -= usize::from(before.is_finishing());
        if next == Worker::None {
            self.table.unsettle(number);
        }
        self.is_stirred |= before != next;
    }

    /// One more place held.
    pub(super) fn occupy(&mut self, group: u32, host: u32, connections: usize) {
        self.places += 1;
        self.table.group_mut(group).running += 1;
        let host = self.hosts.get_mut(host);
        host.running += 1;
        host.used += connections;
    }

    /// One place free.
    pub(super) fn vacate(&mut self, group: u32, host: u32, connections: usize) {
        self.places -= 1;
        self.table.group_mut(group).running -= 1;
        let host = self.hosts.get_mut(host);
        host.running -= 1;
        host.used -= connections;
    }

    /// Puts a queued file in line.
    pub(super) fn enlist(&mut self, key: FileKey, spot: Spot, now: Now) {
        let number = self.table.group_of(key);
        let file = self.table.file(key);
        let host = file.host;
        let number_before = file.effort.as_ref().and_then(|effort| effort.number);
        let group = self.table.group_mut(number);
        match spot {
            Spot::Front => match number_before {
                Some(before) => group.fresh.put_back(host, (before, key)),
                None => group.fresh.push_front(host, key),
            },
            Spot::Back => group.fresh.push_back(host, key),
            Spot::Again => group.again.push_back(host, key),
        }
        self.hosts.get_mut(host).queued += 1;
        self.is_stirred = true;
        self.relist(number);
        self.want_size(key, host, now);
    }

    /// Takes all files of a group out of line (they are about to change their state).
    pub(super) fn clear_lines(&mut self, number: u32) {
        let group = self.table.group_mut(number);
        for (host, waiting) in group.fresh.clear().chain(group.again.clear()) {
            self.hosts.get_mut(host).queued -= waiting;
        }
        self.relist(number);
    }

    /// Puts a group where it belongs among those with files in line.
    pub(super) fn relist(&mut self, number: u32) {
        let group = self.table.group_mut(number);
        let turn = Turn {
            served: group.served,
            order: group.order,
            group: number,
        };
        let listed = group
            .bucket()
            .map(|bucket: Bucket| (group.level(), bucket, turn));
        let before = std::mem::replace(&mut group.listed, listed);
        if before == listed {
            return;
        }
        if let Some((level, bucket, turn)) = before {
            self.turns[level].remove(bucket, turn);
        }
        if let Some((level, bucket, turn)) = listed {
            self.turns[level].insert(bucket, turn);
        }
    }

    /// When the slice of a running file ends, the next one to come.
    pub(super) fn next_slice_end(&self) -> Option<Duration> {
        let ends = self.running.iter().filter_map(|key| self.slice_end(*key));
        ends.filter(|end| *end > self.seen).min()
    }

    /// Did a slice end since the last event?
    fn slice_has_ended(&self, steady: Duration) -> bool {
        let mut ends = self.running.iter().filter_map(|key| self.slice_end(*key));
        ends.any(|end| end > self.seen && end <= steady)
    }

    /// When this file has had its turn; never, where a stop would lose bytes.
    pub(super) fn slice_end(&self, key: FileKey) -> Option<Duration> {
        let file = self.table.file(key);
        let may = file.worker == Worker::Fetching && self.table.view(key).resumable == Some(true);
        let effort = file.effort.as_ref().filter(|_| may)?;
        Some(effort.started.saturating_add(self.limits.rotation))
    }
}
