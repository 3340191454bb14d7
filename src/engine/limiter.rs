//! Waiting as the toll says: the limits of everything, shared by all workers on all threads.
//!
//! Whoever waits has a place in line and a clock. The clock of who came first rings when the
//! next one may pass; the others' ring a little later, should that one's thread be held up.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::pace::toll::{Limit, Payer, PayerId, Ticket, Toll};

/// So long a pause at most before whoever waits looks again.
const LOOK: Duration = Duration::from_millis(50);

/// All limits, and who waits at them.
#[derive(Debug)]
pub struct Gate {
    state: Mutex<State>,
    epoch: Instant,
}

#[derive(Debug, Default)]
struct State {
    toll: Toll,
    /// What is told to each payer: how much to bring at a time.
    steps: BTreeMap<PayerId, Arc<AtomicUsize>>,
    wakers: BTreeMap<Ticket, Waker>,
    /// When the next one may pass,
    next: Option<Duration>,
    /// but somebody has come since.
    is_stale: bool,
    /// Whose clock rings then.
    warden: Option<Ticket>,
}

impl Gate {
    /// Without limits.
    #[must_use]
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::default(),
            epoch: Instant::now(),
        })
    }

    /// Sets limits, bytes a second; they hold from now on, for those who wait already, too.
    pub fn set(&self, limits: impl IntoIterator<Item = (Limit, Option<u64>)>) {
        let (mut state, now) = self.lock();
        let mut is_other = false;
        for (limit, per_second) in limits {
            is_other |= state.toll.set(limit, per_second, now);
        }
        if is_other {
            let ids: Vec<_> = state.steps.keys().copied().collect();
            ids.into_iter().for_each(|id| state.tell_step(id));
            state.serve(now, None);
        }
    }

    /// The pace of a new group.
    #[must_use]
    pub fn enter(self: &Arc<Self>, payer: Payer) -> Arc<Pace> {
        let (mut state, now) = self.lock();
        let id = state.toll.enter(payer, now);
        let step = Arc::new(AtomicUsize::default());
        state.steps.insert(id, step.clone());
        state.tell_step(id);
        Arc::new(Pace {
            gate: self.clone(),
            id,
            step,
        })
    }

    fn lock(&self) -> (MutexGuard<'_, State>, Duration) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        (state, self.epoch.elapsed())
    }

    /// Has this one passed? Otherwise, when to ask again.
    fn ask(&self, ticket: Ticket, waker: &Waker) -> Option<Instant> {
        let (mut state, now) = self.lock();
        if state.is_stale || state.next.is_none_or(|next| next <= now) {
            state.serve(now, Some(ticket));
        }
        if !state.toll.waits(ticket) {
            return None;
        }
        state.wakers.insert(ticket, waker.clone());
        let look = now + LOOK;
        let ring = match state.next {
            Some(next) if state.warden == Some(ticket) => next.min(look),
            _ => look,
        };
        Some(self.epoch + ring)
    }
}

impl State {
    fn tell_step(&self, id: PayerId) {
        if let Some(told) = self.steps.get(&id) {
            let step = self
                .toll
                .step(id)
                .and_then(|step| usize::try_from(step).ok());
            told.store(step.unwrap_or(usize::MAX), Ordering::Relaxed);
        }
    }

    /// Lets through who may pass, and sees to it that a clock rings for the next; `asking` is
    /// awake anyway.
    fn serve(&mut self, now: Duration, asking: Option<Ticket>) {
        let wakers = &mut self.wakers;
        let mut wake = |ticket: Ticket| {
            if let Some(waker) = wakers.remove(&ticket) {
                waker.wake();
            }
        };
        let next = self.toll.serve(now, &mut wake);
        let warden = self.toll.first();
        if (next, warden) != (self.next, self.warden)
            && let Some(warden) = warden.filter(|warden| asking != Some(*warden))
        {
            wake(warden);
        }
        (self.next, self.warden, self.is_stale) = (next, warden, false);
    }
}

/// A group's way through the gate.
#[derive(Debug)]
pub struct Pace {
    gate: Arc<Gate>,
    id: PayerId,
    step: Arc<AtomicUsize>,
}

impl Pace {
    /// Another priority, another limit: from now on, for those who wait already, too.
    pub fn change(&self, payer: Payer) {
        let (mut state, now) = self.gate.lock();
        if state.toll.change(self.id, payer, now) {
            state.tell_step(self.id);
            state.serve(now, None);
        }
    }

    /// How many bytes to read, write and pay for at a time: about 20 ms of the lowest limit that
    /// holds; `usize::MAX` where none does.
    #[must_use]
    pub fn step(&self) -> usize {
        self.step.load(Ordering::Relaxed)
    }

    /// Waits until so many bytes may pass, a step after the other, at the limits as they change.
    /// `paced` is set while there is a wait: then it is this program that is slow.
    pub async fn pay(&self, bytes: usize, paced: &AtomicBool) {
        let mut left = bytes;
        while left > 0 && self.step() < usize::MAX {
            let step = left.min(self.step());
            self.pay_step(step as u64, paced).await;
            left -= step;
        }
    }

    async fn pay_step(&self, bytes: u64, paced: &AtomicBool) {
        let place = Place::take(self, bytes);
        let mut clock = pin!(sleep_until(self.gate.epoch));
        poll_fn(|context| {
            while let Some(ring) = self.gate.ask(place.ticket, context.waker()) {
                paced.store(true, Ordering::Relaxed);
                clock.as_mut().reset(ring);
                if clock.as_mut().poll(context).is_pending() {
                    return Poll::Pending;
                }
            }
            Poll::Ready(())
        })
        .await;
    }
}

impl Drop for Pace {
    fn drop(&mut self) {
        let (mut state, _) = self.gate.lock();
        state.toll.remove(self.id);
        state.steps.remove(&self.id);
    }
}

/// A place in line, given up when its owner is dismissed.
struct Place<'a> {
    gate: &'a Gate,
    ticket: Ticket,
}

impl<'a> Place<'a> {
    fn take(pace: &'a Pace, bytes: u64) -> Self {
        let (mut state, _) = pace.gate.lock();
        let ticket = state.toll.arrive(pace.id, bytes);
        state.is_stale = true;
        Self {
            gate: &pace.gate,
            ticket,
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let (mut state, now) = self.gate.lock();
        state.wakers.remove(&self.ticket);
        if state.toll.waits(self.ticket) {
            state.toll.leave(self.ticket, now);
            state.serve(now, Some(self.ticket));
        }
    }
}
