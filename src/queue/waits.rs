//! Holding back and letting go: waits, their timers, the network, the mode.

use std::cmp::Reverse;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::event::{Effect, Now};
use super::file::{FileKey, Worker};
use super::program::Conditions;
use super::property::{Mode, Priority};
use super::schedule::Spot;
use super::snapshot::Waiting;
use super::{MOST_AT_ONCE, Queue};
use crate::download::{State, WaitReason};

impl Queue {
    /// Why nothing of a group may run, if so. (What a person lifts for one group is neither the
    /// mode nor the network; the mode `full` lifts nothing: bytes cost as much then.)
    pub(super) fn blocked(&self, number: u32) -> Option<Waiting> {
        let of = |reason| {
            Some(Waiting {
                reason,
                until: None,
            })
        };
        let group = self.table.group(number);
        let is_background = group.properties.priority != Priority::Foreground;
        let (there, not) = (self.conditions, self.limits.waits_on);
        if self.program.mode == Mode::Suspended {
            of(WaitReason::Paused)
        } else if !self.network {
            of(WaitReason::Network)
        } else if group.anyway {
            None
        } else if let Some(until) = self.hours.off(is_background) {
            Some(Waiting {
                reason: WaitReason::Schedule,
                until,
            })
        } else if is_background && there.metered && not.metered {
            of(WaitReason::Metered)
        } else if is_background && there.on_battery && not.on_battery {
            of(WaitReason::Power)
        } else {
            None
        }
    }

    /// A file that should run is queued; or waits, where it cannot.
    pub(super) fn admit(&mut self, key: FileKey, spot: Spot, now: Now) {
        let lacks = self.lacks_secret(key).then_some(WaitReason::Credentials);
        if self.table.view(key).state != State::Queued {
            self.table.become_state(key, State::Queued);
        }
        self.rest(key, now);
        let key_group = self.table.group_of(key);
        if let Some(reason) = lacks {
            self.wait(key, reason, None, now);
        } else if let Some(waiting) = self.blocked(key_group) {
            self.hold_back(key, waiting, now);
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
        let until = delay.and_then(|delay| later(now.wall, delay));
        self.hold_back(key, Waiting { reason, until }, now);
        if let Some(delay) = delay {
            let due = now.steady.saturating_add(delay);
            let stamp = self.table.file(key).stamp;
            self.timers.push(Reverse((due, stamp, key)));
        }
    }

    /// Makes a file wait until it is let go, whatever is said of when that is.
    fn hold_back(&mut self, key: FileKey, waiting: Waiting, now: Now) {
        let file = self.table.file_mut(key);
        file.stamp = file.stamp.wrapping_add(1);
        if let Some(effort) = &mut file.effort {
            match waiting.reason {
                WaitReason::Retry | WaitReason::ServerBusy => effort.count(now.steady),
                _ => effort.rest(now.steady),
            }
        }
        self.table.edit(key, |file| {
            file.state = State::Waiting;
            file.waiting = Some(waiting);
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

    /// The computer's surroundings have changed.
    pub(super) fn set_conditions(&mut self, conditions: Conditions) {
        self.are_holds_stale |= self.conditions != conditions;
        self.conditions = conditions;
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
            match self.blocked(number) {
                Some(waiting) => self.hold(number, waiting, now, effects),
                None => self.let_go(number, now),
            }
        }
    }

    fn hold(&mut self, number: u32, next: Waiting, now: Now, effects: &mut Vec<Effect>) {
        self.clear_lines(number);
        let held = self.keys_where(number, |file| match file.state {
            State::Queued | State::Connecting | State::Transferring => true,
            State::Waiting => file.waiting.is_some_and(|waiting| gives_way(waiting, next)),
            _ => false,
        });
        for key in held {
            self.stop(key, effects);
            self.hold_back(key, next, now);
        }
    }

    fn let_go(&mut self, number: u32, now: Now) {
        let waiting = self.keys_where(number, |file| {
            file.waiting.is_some_and(|waiting| is_hold(waiting.reason))
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

/// Does a wait turn into another one, which concerns all files of the group?
fn gives_way(old: Waiting, new: Waiting) -> bool {
    match old.reason {
        reason if is_hold(reason) => old != new,
        // Without a network no time is counted, and with it all go on at once.
        WaitReason::Retry | WaitReason::ServerBusy => new.reason == WaitReason::Network,
        _ => false,
    }
}

/// Is it a wait for what holds back whole groups?
pub(super) fn is_hold(reason: WaitReason) -> bool {
    matches!(
        reason,
        WaitReason::Paused
            | WaitReason::Network
            | WaitReason::Schedule
            | WaitReason::Metered
            | WaitReason::Power
    )
}

/// `delay` from now by the time of day, where such a date exists.
fn later(wall: Timestamp, delay: Duration) -> Option<Timestamp> {
    wall.checked_add(SignedDuration::try_from(delay).ok()?).ok()
}
