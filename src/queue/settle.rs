//! What a group comes to when its files have come to an end, or to rest.

use super::Queue;
use super::event::{Effect, Notice, Now};
use crate::download::State;

impl Queue {
    /// Looks at the groups in which a file changed its state.
    pub(super) fn settle(&mut self, now: Now, effects: &mut Vec<Effect>) {
        for number in std::mem::take(&mut self.table.unsettled) {
            if self.table.get_group(number).is_none() {
                continue;
            }
            self.table.group_mut(number).is_unsettled = false;
            if self.table.group(number).cancelled {
                self.forget_if_gone(number);
            } else {
                self.settle_group(number, now, effects);
            }
        }
    }

    fn settle_group(&mut self, number: u32, now: Now, effects: &mut Vec<Effect>) {
        let group = self.table.group_mut(number);
        if group.sums.active() > 0 || group.sums.total() == 0 {
            return;
        }
        if group.sums.is_complete() {
            if group.completed.is_none() {
                group.completed = Some(now.wall);
                group.suspended = false;
                group.anyway = false;
                effects.push(Effect::Notice(Notice::GroupCompleted(group.id)));
                self.ended(number);
            }
            return;
        }
        let was_running = !std::mem::replace(&mut group.suspended, true);
        let rests = was_running || group.sums.count(State::Suspended) == 0;
        if rests && group.sums.count(State::Error) > 0 && !group.told {
            group.told = true;
            effects.push(Effect::Notice(Notice::GroupFailed(group.id)));
        }
        if was_running {
            self.ended(number);
        }
    }

    fn ended(&mut self, number: u32) {
        self.table.save(number);
        self.table.touch_all(number);
    }

    /// A group off the list goes for good when nothing of it runs any more.
    fn forget_if_gone(&mut self, number: u32) {
        let group = self.table.group(number);
        if group.is_gone && group.workers == 0 {
            for host in self.table.drop_group(number) {
                self.hosts.leave(host);
            }
        }
    }
}
