//! How long a round trip is without a queue, and how long it is now.
//!
//! Always true: what is standing in the queue is never negative; a longer way is believed only
//! when it has been as long, and as steady, for a while.

use std::collections::VecDeque;
use std::time::Duration;

/// What was seen in so long a time is now: a single late packet says nothing.
const NOW: Duration = Duration::from_millis(25);
/// The shortest of this time is the way without a queue,
const MEMORY: Duration = Duration::from_secs(30);
/// kept in spans of this length.
const SPAN: Duration = Duration::from_secs(4);
/// A way that was longer all the time for so many spans, and steady, has become longer.
const BELIEVED: usize = 2;
/// Steady: the shortest of each span differ by at most this,
const STEADY: Duration = Duration::from_millis(2);
/// and the longest of a span from the shortest by this.
const WAVERING: Duration = Duration::from_millis(6);

/// The round trips of one way.
#[derive(Debug, Default)]
pub struct RoundTrips {
    recent: VecDeque<(Duration, Duration)>,
    spans: VecDeque<Span>,
}

#[derive(Debug, Clone, Copy)]
struct Span {
    since: Duration,
    shortest: Duration,
    longest: Duration,
    many: u32,
}

impl RoundTrips {
    /// One was seen.
    pub fn add(&mut self, trip: Duration, steady: Duration) {
        self.recent.push_back((steady, trip));
        let since = steady.saturating_sub(NOW.max(self.base()));
        while self.recent.len() > 3 && self.recent.front().is_some_and(|(at, _)| *at < since) {
            self.recent.pop_front();
        }
        match self.spans.back_mut() {
            Some(span) if steady < span.since + SPAN => {
                span.shortest = span.shortest.min(trip);
                span.longest = span.longest.max(trip);
                span.many += 1;
            }
            _ => self.spans.push_back(Span {
                since: steady,
                shortest: trip,
                longest: trip,
                many: 1,
            }),
        }
    }

    /// What is remembered of old is let go of: the way may be another one by now. Only while
    /// this program keeps no queue itself, and waits for nobody.
    pub fn forget(&mut self, steady: Duration) {
        while self.spans.len() > 1
            && self
                .spans
                .front()
                .is_some_and(|span| span.since + MEMORY < steady)
        {
            self.spans.pop_front();
        }
    }

    /// While others seem to fill the line: perhaps it is the way that has become longer. Traffic
    /// of others wavers; a way does not.
    pub fn reconsider(&mut self) -> bool {
        let spans = self.spans.len();
        if spans < BELIEVED + 2 {
            return false;
        }
        // (The last span is not over, and the one in which it changed is mixed.)
        let last = self.spans.range(spans - 1 - BELIEVED..spans - 1);
        let (mut low, mut high, mut wavering) = (Duration::MAX, Duration::ZERO, Duration::ZERO);
        for span in last {
            if span.many < 4 {
                return false;
            }
            low = low.min(span.shortest);
            high = high.max(span.shortest);
            wavering = wavering.max(span.longest.saturating_sub(span.shortest));
        }
        let steady = high - low <= STEADY.max(low / 50) && wavering <= WAVERING.max(low / 10);
        if steady && low > self.base() + STEADY {
            self.spans.drain(..spans - 1 - BELIEVED);
            return true;
        }
        false
    }

    /// The shortest there is.
    #[must_use]
    pub fn base(&self) -> Duration {
        let shortest = self.spans.iter().map(|span| span.shortest).min();
        shortest.unwrap_or_default()
    }

    /// What it is now.
    #[must_use]
    pub fn now(&self) -> Duration {
        let last = self.recent.back().map_or(Duration::ZERO, |(at, _)| *at);
        let recent = self.recent.iter().rev().enumerate();
        let recent = recent.take_while(|(many, (at, _))| *many < 3 || *at + NOW >= last);
        let mut recent: Vec<Duration> = recent.map(|(_, (_, trip))| *trip).collect();
        // (The shortest would be the shorter, the more there are: who has little would see more
        // of a queue than who has much, and get less.)
        recent.sort_unstable();
        recent.get(recent.len() / 4).copied().unwrap_or_default()
    }

    /// How far the last ones are apart: what comes late for other reasons than queues.
    #[must_use]
    pub fn spread(&self) -> Duration {
        let trips = || self.recent.iter().map(|(_, trip)| *trip);
        trips().max().unwrap_or_default() - trips().min().unwrap_or_default()
    }

    /// Whether the last was shorter than the one before: what is told is smoothed, so that it
    /// is shorter still.
    #[must_use]
    pub fn falls(&self) -> bool {
        let mut last = self.recent.iter().rev().map(|(_, trip)| *trip);
        last.next() < last.next()
    }

    /// How long everything had to wait during the last trip.
    #[must_use]
    pub fn standing(&self) -> Duration {
        let shortest = self.recent.iter().map(|(_, trip)| *trip).min();
        shortest.unwrap_or_default().saturating_sub(self.base())
    }

    /// How long a packet waits in queues now.
    #[must_use]
    pub fn queue(&self) -> Duration {
        self.now().saturating_sub(self.base())
    }

    /// Nothing that was seen before a pause says what is now.
    pub fn pause(&mut self) {
        self.recent.clear();
    }
}
