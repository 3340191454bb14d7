//! The person's list: its order, and leaving it.

use super::Queue;
use super::command::{Move, Refusal};
use super::event::{Effect, Notice};
use super::id::GroupId;

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
            self.table.order.retain(|number| !numbers.contains(number));
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
        self.renumber(level);
        Ok(())
    }

    /// After a move the turns of this priority begin anew, in the person's order.
    fn renumber(&mut self, level: usize) {
        self.is_list_dirty = true;
        for (order, number) in (1..).zip(self.table.order.clone()) {
            self.orders = self.orders.max(order);
            let group = self.table.group_mut(number);
            if group.order != order {
                group.order = order;
                self.table.save(number);
            }
            if self.table.group(number).level() == level {
                self.table.group_mut(number).served = 0;
            }
            self.relist(number);
        }
    }
}
