//! What a person may ask: each command is checked whole, then done whole.

use std::sync::Arc;

use super::add::Target;
use super::command::{Command, Outcome, Refusal};
use super::event::{Effect, Now};
use super::id::GroupId;
use super::property::{Mode, Priority, Property};
use super::{Queue, State};
use crate::pace::schedule::Schedule;

impl Queue {
    /// Does what is asked, or refuses it and has changed nothing.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn command(
        &mut self,
        command: Command,
        now: Now,
        effects: &mut Vec<Effect>,
    ) -> Result<Outcome, Refusal> {
        let outcome = self.obey(command, now, effects)?;
        self.go_on(now, effects);
        Ok(outcome)
    }

    fn obey(
        &mut self,
        command: Command,
        now: Now,
        effects: &mut Vec<Effect>,
    ) -> Result<Outcome, Refusal> {
        match command {
            Command::New { id, properties } => return self.new_group(id, properties, now),
            Command::Add {
                into: Some(group),
                job,
                start,
                ..
            } => {
                return self.add(Target::Standing(group), job, start, now);
            }
            Command::Add {
                into: None,
                id,
                properties,
                job,
                start,
            } => {
                return self.add(Target::New(id, Box::new(properties)), job, start, now);
            }
            Command::Suspend(ids) => self.suspend(&ids, now, effects)?,
            Command::Resume(ids) => self.resume(&ids, now)?,
            Command::Cancel {
                ids,
                delete_finished,
            } => {
                self.cancel(&ids, delete_finished, effects)?;
            }
            Command::Anyway(ids, anyway) => self.set_anyway(&ids, anyway, now)?,
            Command::Foreground(ids) => self.set_priorities(&ids, Priority::Foreground, effects)?,
            Command::Background(ids) => self.send_back(&ids, effects)?,
            Command::SetPriority(ids, priority) => self.set_priorities(&ids, priority, effects)?,
            Command::Remove(ids) => self.remove(&ids, effects)?,
            Command::Set(id, properties) => self.set_all(id, properties, now, effects)?,
            Command::SetLink(file, link) => self.set_link(file, link, now, effects)?,
            Command::SetFolder(id, folder) => self.set_folder(id, &folder, now, effects)?,
            Command::Move(id, to) => self.move_group(id, to)?,
            Command::Limit(limit) => self.set_limit(limit, effects)?,
            Command::LimitPriority(priority, limit) => {
                self.limit_priority(priority, limit, effects)?;
            }
            Command::Schedule(schedule) => self.set_schedule(schedule, effects),
            Command::Mode(mode) => self.set_mode(mode, now, effects),
        }
        Ok(Outcome::Done)
    }

    /// The numbers of all these, each once; or `NotFound` for the first that is none.
    pub(super) fn numbers(&self, ids: &[GroupId]) -> Result<Vec<u32>, Refusal> {
        let found: Result<Vec<u32>, _> = ids.iter().map(|id| self.table.find_group(*id)).collect();
        let mut numbers = found?;
        let mut seen = std::collections::BTreeSet::new();
        numbers.retain(|number| seen.insert(*number));
        Ok(numbers)
    }

    pub(super) fn refuse_cancelled(&self, number: u32) -> Result<(), Refusal> {
        if self.table.group(number).cancelled {
            return Err(Refusal::WrongState(State::Cancelled));
        }
        Ok(())
    }

    /// The numbers of all these, none of which is cancelled.
    pub(super) fn standing(&self, ids: &[GroupId]) -> Result<Vec<u32>, Refusal> {
        let numbers = self.numbers(ids)?;
        for number in &numbers {
            self.refuse_cancelled(*number)?;
        }
        Ok(numbers)
    }

    fn set_priorities(
        &mut self,
        ids: &[GroupId],
        priority: Priority,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        for number in self.standing(ids)? {
            self.set_priority(number, priority, effects);
        }
        Ok(())
    }

    fn send_back(&mut self, ids: &[GroupId], effects: &mut Vec<Effect>) -> Result<(), Refusal> {
        for number in self.standing(ids)? {
            let group = self.table.group(number);
            if group.properties.priority == Priority::Foreground {
                let priority = group.earlier.unwrap_or_default();
                self.set_priority(number, priority, effects);
            }
        }
        Ok(())
    }

    fn set_priority(&mut self, number: u32, priority: Priority, effects: &mut Vec<Effect>) {
        let group = self.table.group_mut(number);
        let before = group.properties.priority;
        if before == priority {
            return;
        }
        group.earlier = (priority == Priority::Foreground).then_some(before);
        Arc::make_mut(&mut group.properties).priority = priority;
        self.relist(number);
        self.is_stirred = true;
        self.table.save(number);
        self.table.touch_all(number);
        self.are_holds_stale = true;
        self.repace(number, effects);
    }

    /// The pace of what runs of the group has changed.
    fn repace(&self, number: u32, effects: &mut Vec<Effect>) {
        let group = self.table.group(number);
        if group.running > 0 {
            effects.push(Effect::Repace(group.id));
        }
    }

    fn repace_all(&mut self, effects: &mut Vec<Effect>) {
        for number in self.table.order.clone() {
            self.repace(number, effects);
        }
    }

    fn set_all(
        &mut self,
        id: GroupId,
        properties: Vec<Property>,
        now: Now,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        let number = self.table.find_group(id)?;
        self.refuse_cancelled(number)?;
        properties.iter().try_for_each(Property::check)?;
        for property in properties {
            self.set(number, property, now, effects)?;
        }
        Ok(())
    }

    fn set(
        &mut self,
        number: u32,
        property: Property,
        now: Now,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        if let Property::Priority(priority) = property {
            self.set_priority(number, priority, effects);
            return Ok(());
        }
        let paced = matches!(property, Property::Limit(_));
        let secret = matches!(property, Property::User(_) | Property::Password(_));
        Arc::make_mut(&mut self.table.group_mut(number).properties).apply(property)?;
        self.is_stirred = true;
        self.table.save(number);
        self.table.touch(number);
        if paced {
            self.repace(number, effects);
        }
        if secret {
            self.secret_given(number, now);
        }
        Ok(())
    }

    fn set_limit(&mut self, limit: Option<u64>, effects: &mut Vec<Effect>) -> Result<(), Refusal> {
        Property::Limit(limit).check()?;
        if self.program.limit != limit {
            self.program.limit = limit;
            effects.extend([Effect::SaveProgram, Effect::Rates]);
        }
        Ok(())
    }

    fn limit_priority(
        &mut self,
        priority: Priority,
        limit: Option<u64>,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        Property::Limit(limit).check()?;
        if self.program.limits.of(priority) != limit {
            self.program.limits.set(priority, limit);
            effects.extend([Effect::SaveProgram, Effect::Rates]);
        }
        Ok(())
    }

    fn set_schedule(&mut self, schedule: Arc<Schedule>, effects: &mut Vec<Effect>) {
        if self.program.schedule != schedule {
            self.program.schedule = schedule;
            self.hours.look_again();
            effects.push(Effect::SaveProgram);
        }
    }

    fn set_mode(&mut self, mode: Mode, now: Now, effects: &mut Vec<Effect>) {
        if self.program.mode == mode {
            return;
        }
        let before = std::mem::replace(&mut self.program.mode, mode);
        effects.push(Effect::SaveProgram);
        if before == Mode::Suspended || mode == Mode::Suspended {
            self.hold_or_let_go(now, effects);
        }
        self.repace_all(effects);
    }
}
