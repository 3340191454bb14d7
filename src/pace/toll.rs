//! Where bytes are paid for: the limits, and the line of those who wait at them.
//!
//! Who wants to pass pays at every limit that holds for them: the program's, the hour's, their
//! priority's, their group's own. What must always be true:
//! * a limit lets through what it says and no more, whoever comes;
//! * where one limit holds for several, the higher priority passes first, and inside a priority
//!   who came first; but the others pass a little, at most a hundredth of the time together, so
//!   that their connections stay alive;
//! * nobody waits while every limit that holds for them is free (a group that is held up by its
//!   own limit holds up nobody else).

use std::collections::BTreeMap;
use std::time::Duration;

use super::bucket::Bucket;
use super::schedule::Class;

/// Bytes pass in steps that take so long at the lowest limit,
const STEP: Duration = Duration::from_millis(20);
/// of at least and at most so many bytes.
const STEPS: (u64, u64) = (1024, 64 * 1024);
/// One part in so many is for those of lower priorities, while one of a higher is there.
const TRICKLE: u32 = 100;

/// A limit that several groups may share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Of all.
    Program,
    /// Of the hour.
    Hours(Class),
    /// Of a priority, 0 the first.
    Level(usize),
    /// A share of the highest speed there was, of those who take what is free and cannot see
    /// how much that is.
    Share,
}

impl Limit {
    fn place(self) -> usize {
        match self {
            Self::Program => 0,
            Self::Hours(class) => 1 + class as usize,
            Self::Level(level) => 3 + level,
            Self::Share => 7,
        }
    }
}

/// Those who pay as one: a group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Payer {
    /// Its priority, 0 the first, which is the foreground.
    pub level: usize,
    /// Its own limit, bytes a second.
    pub limit: Option<u64>,
    /// The limit of the share holds for it.
    pub has_share: bool,
}

/// A payer's number.
pub type PayerId = u64;
/// A place in the line; the smaller came first.
pub type Ticket = u64;

/// All limits and all who wait.
#[derive(Debug, Default)]
pub struct Toll {
    shared: [Bucket; 8],
    payers: BTreeMap<PayerId, (Payer, Bucket)>,
    line: BTreeMap<Ticket, Waiting>,
    /// When a priority passed last, and when the next of a lower one may pass a higher.
    served: [Duration; 4],
    trickle_due: Duration,
    numbers: u64,
}

#[derive(Debug, Clone, Copy)]
struct Waiting {
    payer: PayerId,
    bytes: u64,
}

impl Toll {
    /// Sets a limit, bytes a second; whether it is another.
    pub fn set(&mut self, limit: Limit, per_second: Option<u64>, now: Duration) -> bool {
        let is_other = self.shared[limit.place()].set(per_second, now);
        if is_other {
            // At another limit a step takes another time.
            self.trickle_due = self.trickle_due.min(now);
        }
        is_other
    }

    /// A new payer.
    pub fn enter(&mut self, payer: Payer, now: Duration) -> PayerId {
        self.numbers += 1;
        self.payers.insert(self.numbers, Default::default());
        self.change(self.numbers, payer, now);
        self.numbers
    }

    /// A payer is another one now: that holds for who of it is in line, too.
    pub fn change(&mut self, id: PayerId, payer: Payer, now: Duration) -> bool {
        let Some((known, own)) = self.payers.get_mut(&id) else {
            return false;
        };
        own.set(payer.limit, now);
        std::mem::replace(known, payer) != payer
    }

    /// A payer is gone, and nobody of it in line.
    pub fn remove(&mut self, id: PayerId) {
        self.payers.remove(&id);
    }

    /// How many bytes a payer's people are to bring at a time; `None`: no limit holds.
    #[must_use]
    pub fn step(&self, id: PayerId) -> Option<u64> {
        let limits = self.limits(id).filter_map(Bucket::per_second);
        let step = (limits.min()? as f64 * STEP.as_secs_f64()) as u64;
        Some(step.clamp(STEPS.0, STEPS.1))
    }

    /// Somebody comes with so many bytes, and stands in line.
    pub fn arrive(&mut self, payer: PayerId, bytes: u64) -> Ticket {
        self.numbers += 1;
        self.line.insert(self.numbers, Waiting { payer, bytes });
        self.numbers
    }

    /// Somebody no longer waits: what they brought is paid for all the same.
    pub fn leave(&mut self, ticket: Ticket, now: Duration) {
        if let Some(waiting) = self.line.get(&ticket).copied() {
            self.pass(ticket, waiting, now);
        }
    }

    /// Lets through who may pass now, and says when the next one may.
    pub fn serve(&mut self, now: Duration, mut passed: impl FnMut(Ticket)) -> Option<Duration> {
        while let Some((ticket, waiting)) = self.next(now) {
            self.pass(ticket, waiting, now);
            passed(ticket);
        }
        self.line.values().map(|one| self.free_at(one.payer)).min()
    }

    /// Who came first of those that still wait.
    #[must_use]
    pub fn first(&self) -> Option<Ticket> {
        self.line.keys().next().copied()
    }

    /// Is this one still in line?
    #[must_use]
    pub fn waits(&self, ticket: Ticket) -> bool {
        self.line.contains_key(&ticket)
    }

    fn next(&mut self, now: Duration) -> Option<(Ticket, Waiting)> {
        let free = |waiting: &Waiting| self.free_at(waiting.payer) <= now;
        let free = self.line.iter().filter(|(_, waiting)| free(waiting));
        let level = |waiting: &Waiting| self.level(waiting.payer);
        let best = free.clone().min_by_key(|(_, waiting)| level(waiting))?;
        let lower = |(_, waiting): &(&Ticket, &Waiting)| level(waiting) > level(best.1);
        let starved = free
            .filter(|_| now >= self.trickle_due)
            .filter(lower)
            .min_by_key(|(_, waiting)| self.served[level(waiting)]);
        let (ticket, waiting) = starved.unwrap_or(best);
        let found = (*ticket, *waiting);
        if starved.is_some() {
            let bytes = self.charged(found.1);
            self.trickle_due = now + self.price(found.1.payer, bytes) * TRICKLE;
        }
        Some(found)
    }

    fn pass(&mut self, ticket: Ticket, waiting: Waiting, now: Duration) {
        let bytes = self.charged(waiting);
        self.served[self.level(waiting.payer)] = now;
        self.line.remove(&ticket);
        let Some((payer, own)) = self.payers.get_mut(&waiting.payer) else {
            return;
        };
        own.take(bytes, now);
        for place in shared(*payer) {
            self.shared[place].take(bytes, now);
        }
    }

    /// Of more than a step, because the limit was higher when it was brought, the rest is
    /// forgiven: many with large steps would be held up for long.
    fn charged(&self, waiting: Waiting) -> u64 {
        let step = self.step(waiting.payer);
        waiting.bytes.min(step.unwrap_or(u64::MAX))
    }

    fn level(&self, id: PayerId) -> usize {
        self.payers.get(&id).map_or(0, |(payer, _)| payer.level)
    }

    /// All that hold for a payer.
    fn limits(&self, id: PayerId) -> impl Iterator<Item = &Bucket> {
        let payer = self.payers.get(&id).into_iter();
        payer.flat_map(|(payer, own)| {
            let shared = shared(*payer).map(|place| &self.shared[place]);
            shared.chain(std::iter::once(own))
        })
    }

    fn free_at(&self, id: PayerId) -> Duration {
        let free = self.limits(id).map(Bucket::free_at);
        free.max().unwrap_or_default()
    }

    /// For how long others are held up at the limits that a payer shares with them.
    fn price(&self, id: PayerId, bytes: u64) -> Duration {
        let payer = self.payers.get(&id).into_iter();
        let shared = payer.flat_map(|(payer, _)| shared(*payer));
        let prices = shared.map(|place| self.shared[place].price(bytes));
        prices.max().unwrap_or_default()
    }
}

/// The places of the shared limits that hold for a payer.
fn shared(payer: Payer) -> impl Iterator<Item = usize> {
    let class = if payer.level == 0 {
        Class::Foreground
    } else {
        Class::Background
    };
    let polite = payer.has_share.then_some(Limit::Share);
    let held = [
        Limit::Program,
        Limit::Hours(class),
        Limit::Level(payer.level),
    ];
    held.into_iter().chain(polite).map(Limit::place)
}

#[cfg(test)]
mod tests;
