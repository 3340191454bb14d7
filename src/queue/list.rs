//! The person's list: its order, and leaving it.

use std::collections::HashSet;

use super::Queue;
use super::command::{Move, Refusal};
use super::event::{Effect, Notice};
use super::id::GroupId;

/// What is left between the numbers of one group and the next, for those that are moved there.
pub(super) const ORDER_GAP: u64 = 1 << 20;

impl Queue {
    /// Off the list, where all of them are at an end.
    pub(super) fn remove(
        &mut self,
        ids: &[GroupId],
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        let numbers = self.numbers(ids)?;
        for number in &numbers {
            let group = self.table.group(*number);
            if !group.has_ended() {
                return Err(Refusal::WrongState(group.state()));
            }
        }
        let mut removed = Vec::new();
        for number in &numbers {
            let group = self.table.group_mut(*number);
            removed.push(group.id);
            // Workers that are about to stop still report; then it goes for good.
            group.is_gone = true;
            group.cancelled = true;
            self.table.unsettle(*number);
        }
        if !removed.is_empty() {
            let gone: HashSet<u32> = numbers.into_iter().collect();
            self.table.order.retain(|number| !gone.contains(number));
            self.is_list_dirty = true;
            effects.push(Effect::Forget(removed.clone()));
            effects.extend(
                removed
                    .into_iter()
                    .map(|id| Effect::Notice(Notice::GroupRemoved(id))),
            );
        }
        Ok(())
    }

    /// A place in the order, among those of the same priority.
    pub(super) fn move_group(&mut self, id: GroupId, to: Move) -> Result<(), Refusal> {
        let number = self.table.find_group(id)?;
        let level = self.table.group(number).level();
        let order = &self.table.order;
        let same = |at: &usize| self.table.group(order[*at]).level() == level;
        let peers: Vec<usize> = (0..order.len()).filter(same).collect();
        let Some(at) = peers.iter().position(|at| order[*at] == number) else {
            return Ok(());
        };
        let target = match to {
            Move::Top => 0,
            Move::Up => at.saturating_sub(1),
            Move::Down => (at + 1).min(peers.len() - 1),
            Move::Bottom => peers.len() - 1,
        };
        let (from, to) = (peers[at], peers[target]);
        let number = self.table.order.remove(from);
        self.table.order.insert(to, number);
        self.is_list_dirty = true;
        match self.between(to) {
            Some(order) => self.give_order(number, order),
            None => self.renumber(),
        }
        self.begin_turns_anew(level);
        Ok(())
    }

    /// A number for the group at this place, greater than those before and less than those
    /// behind it; none where there is no room.
    fn between(&self, at: usize) -> Option<u64> {
        let order_at = |at: usize| {
            let number = self.table.order.get(at)?;
            Some(self.table.group(*number).order)
        };
        let before = at.checked_sub(1).and_then(order_at).unwrap_or(0);
        let Some(behind) = order_at(at + 1) else {
            return before.checked_add(ORDER_GAP);
        };
        let gap = behind.checked_sub(before)?;
        (gap > 1).then(|| before + gap / 2)
    }

    fn give_order(&mut self, number: u32, order: u64) {
        self.orders = self.orders.max(order);
        let group = self.table.group_mut(number);
        if group.order != order {
            group.order = order;
            self.table.save(number);
        }
    }

    /// New numbers for all, with room between them.
    fn renumber(&mut self) {
        let orders = (1..).map(|at| at * ORDER_GAP);
        for (order, number) in orders.zip(self.table.order.clone()) {
            self.give_order(number, order);
            self.relist(number);
        }
    }

    /// After a move the turns of this priority begin anew, in the person's order.
    fn begin_turns_anew(&mut self, level: usize) {
        for number in self.table.order.clone() {
            if self.table.group(number).level() == level {
                self.table.group_mut(number).served = 0;
                self.relist(number);
            }
        }
    }
}
