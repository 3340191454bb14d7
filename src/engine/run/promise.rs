//! A command is answered with its outcome when it is safe, and not before.
//!
//! Always true: where it cannot be written it is answered so ([`Refusal::NotKept`]). What it
//! made is taken off the list again, and nothing new is taken in until the store can be written;
//! what it changed holds, and is written then.

use std::sync::Arc;

use super::keep::Keeping;
use super::{Answer, Loop};
use crate::queue::{Command, GroupId, Now, Outcome, Refusal};

/// A command that was taken, and is not safe yet.
pub(super) struct Taken {
    outcome: Outcome,
    /// The group of its outcome is new.
    makes: bool,
    answer: Answer,
}

/// Does it take something in?
fn takes_in(command: &Command) -> bool {
    matches!(command, Command::New { .. } | Command::Add { .. })
}

/// Does it make a group?
pub(super) fn makes(command: &Command) -> bool {
    takes_in(command) && !matches!(command, Command::Add { into: Some(_), .. })
}

impl Keeping {
    /// Why nothing new can be taken in now.
    pub(super) fn refusal(&self, command: &Command) -> Option<Refusal> {
        let (_, reason) = self.failed.as_ref().filter(|_| takes_in(command))?;
        Some(not_kept(reason, false))
    }
}

/// What is answered where a command is not safe.
fn not_kept(reason: &str, holds: bool) -> Refusal {
    let reason = reason.to_owned();
    Refusal::NotKept { reason, holds }
}

impl Taken {
    /// It is safe now, and that is told.
    pub(super) fn tell(self) {
        let _ = self.answer.send(Ok(self.outcome));
    }

    fn group(&self) -> Option<GroupId> {
        match self.outcome {
            Outcome::Group(group) => Some(group),
            Outcome::Done => None,
        }
    }
}

impl Loop {
    /// Tells what became of a command, when that is safe.
    pub(super) fn answer(
        &mut self,
        answer: Answer,
        outcome: Result<Outcome, Refusal>,
        makes: bool,
    ) {
        let keeping = &mut self.keeping;
        let outcome = match (outcome, &keeping.failed) {
            (Ok(_), Some((_, reason))) => Err(not_kept(reason, true)),
            (Ok(outcome), None) if keeping.is_on => {
                keeping.taken.push(Taken {
                    outcome,
                    makes,
                    answer,
                });
                return;
            }
            (outcome, _) => outcome,
        };
        let _ = answer.send(outcome);
    }

    /// Tells all who wait that it could not be written, and undoes what can be.
    pub(super) fn not_kept(&mut self, mut taken: Vec<Taken>, now: Now) {
        taken.append(&mut self.keeping.taken);
        let made = taken.iter().filter(|taken| taken.makes);
        let made: Vec<_> = made.filter_map(Taken::group).collect();
        for group in &made {
            self.take_off(*group, now);
        }
        let Some((batch, reason)) = &mut self.keeping.failed else {
            return;
        };
        // A large group that has no room is not to keep small changes from being written; but
        // something has to be written, to see whether the store can be.
        let batch = Arc::make_mut(batch);
        batch.leave_out(&made);
        batch.program = Some(self.queue.program().clone());
        self.keeping.next.leave_out(&made);
        for taken in taken {
            let group = taken.group();
            let holds = group.is_none_or(|group| self.queue.pace_of(group).is_some());
            let _ = taken.answer.send(Err(not_kept(reason, holds)));
        }
    }

    /// As if it had never been there. (Where somebody was quicker with it, that is so already.)
    fn take_off(&mut self, group: GroupId, now: Now) {
        let ids = vec![group];
        let delete_finished = true;
        let cancel = Command::Cancel {
            ids: ids.clone(),
            delete_finished,
        };
        for command in [cancel, Command::Remove(ids)] {
            let _ = self.obey(command, now);
        }
    }
}
