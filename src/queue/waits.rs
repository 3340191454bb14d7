//! Holding back and letting go: waits, their timers, the network, the mode.

use std::cmp::Reverse;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::event::{Effect, Now};
use super::file::{FileKey, Worker};
use super::property::Mode;
use super::schedule::Spot;
use super::snapshot::Waiting;
use super::{MOST_AT_ONCE, Queue};
use crate::download::{State, WaitReason};

impl Queue {
    /// Why nothing at all may run, if so.
    pub(super) fn blocked(&self) -> Option<WaitReason> {
        if self.mode == Mode::Suspended {
            return Some(WaitReason::Paused);
        }
        (!self.network).then_some(WaitReason::Network)
    }

    /// A file that should run is queued; or waits, where it cannot.
    pub(super) fn admit(&mut self, key: FileKey, spot: Spot, now: Now) {
        let lacks = self.lacks_secret(key).then_some(WaitReason::Credentials);
        if self.table.view(key).state != State::Queued {
            self.table.become_state(key, State::Queued);
        }
        self.rest(key, now);
        if let Some(reason) = lacks.or_else(|| self.blocked()) {
            self.wait(key, reason, None, now);
        } else if self.table.file(key).worker == Worker::None {
            self.enlist(key, spot, now);
        }
    }

    /// A secret that this file needs was not kept over a restart.
    pub(super) fn lacks_secret(&self, key: FileKey) -> bool {
        let job = self.table.job(key.job);
        let group = self.table.group(job.group);
        let of_group = group.lacks_password && job.options.credentials.is_none();
        of_group || !job.lacks.nothing() || self.table.file(key).lacks_password
    }

    /// Makes a file wait, for so long where it is known.
    pub(super) fn wait(
        &mut self,
        key: FileKey,
        reason: WaitReason,
        delay: Option<Duration>,
        now: Now,
    ) {
        let file = self.table.file_mut(key);
        file.stamp = file.stamp.wrapping_add(1);
        if let Some(effort) = &mut file.effort {
            match reason {
                WaitReason::Retry | WaitReason::ServerBusy => effort.count(now.steady),
                _ => effort.rest(now.steady),
            }
        }
        if let Some(delay) = delay {
            let due = now.steady.saturating_add(delay);
            self.timers.push(Reverse((due, file.stamp, key)));
        }
        let until = delay.and_then(|delay| later(now.wall, delay));
        self.table.edit(key, |file| {
            file.state = State::Waiting;
            file.waiting = Some(Waiting { reason, until });
            file.connections = 0;
        });
    }

    /// The time that passes now is not held against the file.
    pub(super) fn rest(&mut self, key: FileKey, now: Now) {
        if let Some(effort) = &mut self.table.file_mut(key).effort {
            effort.rest(now.steady);
        }
    }

    /// Lets those go on whose wait is over, and hosts grow that were busy.
    pub(super) fn end_waits(&mut self, now: Now) {
        for _ in 0..MOST_AT_ONCE {
            match self.timers.peek() {
                Some(Reverse((due, ..))) if *due <= now.steady => {}
                _ => break,
            }
            let Some(Reverse((_, stamp, key))) = self.timers.pop() else {
                break;
            };
            if self.is_waiting_since(key, stamp) {
                self.table.edit(key, |file| file.error = None);
                self.admit(key, Spot::Again, now);
            }
        }
        self.is_stirred |= self.hosts.grow(now.steady, self.limits.parallel);
        self.drop_stale_timers();
    }

    fn is_waiting_since(&self, key: FileKey, stamp: u32) -> bool {
        self.table.get_job(key.job).is_some()
            && self.table.view(key).state == State::Waiting
            && self.table.file(key).stamp == stamp
    }

    /// So that `next_due` does not wake for nobody.
    fn drop_stale_timers(&mut self) {
        for _ in 0..MOST_AT_ONCE {
            let Some(Reverse((_, stamp, key))) = self.timers.peek().copied() else {
                return;
            };
            if self.is_waiting_since(key, stamp) {
                return;
            }
            self.timers.pop();
        }
    }

    /// The network has come or gone.
    pub(super) fn network(&mut self, up: bool, now: Now, effects: &mut Vec<Effect>) {
        // It may be told of twice: a file can have found out by itself that it was gone.
        if up || self.network {
            self.network = up;
            self.hold_or_let_go(now, effects);
        }
    }

    /// All that are neither suspended nor at an end, held back or let go, as `blocked` says.
    pub(super) fn hold_or_let_go(&mut self, now: Now, effects: &mut Vec<Effect>) {
        for number in self.table.order.clone() {
            let group = self.table.group(number);
            if group.cancelled || group.sums.active() == 0 {
                continue;
            }
            match self.blocked() {
                Some(reason) => self.hold(number, reason, now, effects),
                None => self.let_go(number, now),
            }
        }
    }

    fn hold(&mut self, number: u32, reason: WaitReason, now: Now, effects: &mut Vec<Effect>) {
        self.clear_lines(number);
        let held = self.keys_where(number, |file| match file.state {
            State::Queued | State::Connecting | State::Transferring => true,
            State::Waiting => file
                .waiting
                .is_some_and(|waiting| gives_way(waiting.reason, reason)),
            _ => false,
        });
        for key in held {
            self.stop(key, effects);
            self.wait(key, reason, None, now);
        }
    }

    fn let_go(&mut self, number: u32, now: Now) {
        let waiting = self.keys_where(number, |file| {
            let reason = file.waiting.map(|waiting| waiting.reason);
            matches!(reason, Some(WaitReason::Paused | WaitReason::Network))
        });
        for key in waiting {
            self.table.edit(key, |file| file.error = None);
            self.admit(key, Spot::Back, now);
        }
    }

    /// The files of a group that are so, in the order of the list.
    pub(super) fn keys_where(
        &self,
        number: u32,
        is_so: impl Fn(&super::FileView) -> bool,
    ) -> Vec<FileKey> {
        let mut keys = Vec::new();
        for job in &self.table.group(number).jobs {
            let files = self
                .table
                .job(*job)
                .chunks
                .iter()
                .flat_map(|chunk| chunk.iter());
            let found = (0..).zip(files).filter(|(_, file)| is_so(file));
            keys.extend(found.map(|(at, _)| FileKey { job: *job, at }));
        }
        keys
    }
}

/// Does a wait for `old` turn into one for `new`, which concerns all files?
fn gives_way(old: WaitReason, new: WaitReason) -> bool {
    match old {
        WaitReason::Paused | WaitReason::Network => old != new,
        // Without a network no time is counted, and with it all go on at once.
        WaitReason::Retry | WaitReason::ServerBusy => new == WaitReason::Network,
        _ => false,
    }
}

/// `delay` from now by the time of day, where such a date exists.
fn later(wall: Timestamp, delay: Duration) -> Option<Timestamp> {
    wall.checked_add(SignedDuration::try_from(delay).ok()?).ok()
}
