//! How many files have ended, and how: for whoever waits for the end of them all.

use crate::download::{State, WaitReason};
use crate::queue::FileView;
use crate::queue::difference::FileChange;

/// Where a file stands, for whoever waits for its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Something is still to come.
    Open,
    /// Whole, under its name.
    Complete,
    /// Given up, or in need of a person, which one command cannot wait for.
    Failed,
}

impl Standing {
    /// A file's.
    pub fn of(file: &FileView) -> Self {
        let needs_person = |file: &FileView| {
            file.waiting
                .is_some_and(|waiting| waiting.reason == WaitReason::Credentials)
        };
        match file.state {
            State::Complete => Self::Complete,
            State::Error | State::Cancelled => Self::Failed,
            State::Waiting if needs_person(file) => Self::Failed,
            _ => Self::Open,
        }
    }

    /// Where a file has just come to stand; `None` where it stood before.
    pub fn reached(change: &FileChange<'_>) -> Option<Self> {
        let now = Self::of(change.after);
        let is_new = change.before.is_none_or(|before| Self::of(before) != now);
        is_new.then_some(now)
    }
}

/// How many files stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Not at their end.
    pub open: u64,
    /// Complete.
    pub complete: u64,
    /// Failed.
    pub failed: u64,
}

impl Tally {
    fn of(&mut self, standing: Standing) -> &mut u64 {
        match standing {
            Standing::Open => &mut self.open,
            Standing::Complete => &mut self.complete,
            Standing::Failed => &mut self.failed,
        }
    }

    /// Takes a change in; each once, in their order.
    pub fn count(&mut self, change: &FileChange<'_>) {
        if let Some(before) = change.before {
            *self.of(Standing::of(before)) -= 1;
        }
        *self.of(Standing::of(change.after)) += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::follow::{Follow, Seen};
    use crate::cli::scene::Scene;

    fn count(tally: &mut Tally, follow: &mut Follow, scene: &Scene) {
        follow.advance(&scene.snapshot(), |seen| {
            if let Seen::File(_, change) = seen {
                tally.count(&change);
            }
        });
    }

    #[test]
    fn each_file_is_counted_where_it_stands() {
        let mut scene = Scene::new(4);
        let (mut tally, mut follow) = (Tally::default(), Follow::default());
        count(&mut tally, &mut follow, &scene);
        assert_eq!(tally.open, 4);
        scene.set(0, |file| file.state = State::Complete);
        scene.set(1, |file| file.state = State::Error);
        scene.set(2, |file| {
            file.state = State::Waiting;
            file.waiting = Some(crate::queue::snapshot::Waiting {
                reason: WaitReason::Credentials,
                until: None,
            });
        });
        count(&mut tally, &mut follow, &scene);
        let expected = Tally {
            open: 1,
            complete: 1,
            failed: 2,
        };
        assert_eq!(tally, expected);
        scene.set(0, |file| file.bytes = 7);
        scene.set(1, |file| file.state = State::Queued);
        count(&mut tally, &mut follow, &scene);
        assert_eq!((tally.open, tally.complete, tally.failed), (2, 1, 1));
    }
}
