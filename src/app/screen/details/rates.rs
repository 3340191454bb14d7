//! How fast groups were during the last minute, and how long the queue was that they saw, for
//! the graphs: a ring of samples for each group that was seen running. Bounded: 64 rings beside the one of the group that is shown.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::pace::line::Courtesy;
use crate::queue::{GroupId, GroupView};

/// A minute, at two samples a second.
pub const SAMPLES: usize = 120;
/// Groups that have a ring without being shown.
const MOST: usize = 64;
/// Between two samples.
const STEP: Duration = Duration::from_millis(500);

/// The rings.
#[derive(Debug, Default)]
pub struct Rates {
    rings: BTreeMap<GroupId, Ring>,
    sampled: Option<Timestamp>,
}

/// How a group was at a moment.
#[derive(Debug, Clone, Copy, Default)]
struct Sample {
    /// Bytes a second.
    rate: u64,
    /// How long a packet waited in queues, microseconds; 0 where that was not seen.
    queue: u64,
}

impl Sample {
    fn of(group: &GroupView) -> Self {
        let queue = match group.courtesy {
            Some(Courtesy::Sees { queue_micros, .. }) => u64::from(queue_micros),
            Some(Courtesy::Blind) | None => 0,
        };
        Self {
            rate: group.summary.bytes_per_second,
            queue,
        }
    }
}

/// The samples of one group.
#[derive(Debug, Default)]
pub struct Ring {
    samples: VecDeque<Sample>,
    /// The highest since the ring began, bytes a second.
    pub highest: u64,
}

impl Ring {
    /// Bytes a second, the newest last.
    #[must_use]
    pub fn values(&self) -> Vec<u64> {
        self.samples.iter().map(|sample| sample.rate).collect()
    }

    /// How long the queue was, microseconds, the newest last.
    #[must_use]
    pub fn queues(&self) -> Vec<u64> {
        self.samples.iter().map(|sample| sample.queue).collect()
    }

    fn push(&mut self, sample: Sample) {
        if self.samples.len() == SAMPLES {
            self.samples.pop_front();
        }
        self.samples.push_back(sample);
        self.highest = self.highest.max(sample.rate);
    }

    /// Nothing has come for as long as it remembers.
    fn is_quiet(&self) -> bool {
        self.samples.len() == SAMPLES && self.samples.iter().all(|sample| sample.rate == 0)
    }
}

impl Rates {
    /// A sample of each group, unless the last one was half a second ago or less.
    pub fn sample(&mut self, groups: &[Arc<GroupView>], shown: Option<GroupId>, now: Timestamp) {
        let since = self.sampled.map(|at| now.duration_since(at));
        // (A clock that was put back does not hold the graph up.)
        if since.is_some_and(|since| Duration::try_from(since).is_ok_and(|since| since < STEP)) {
            return;
        }
        self.sampled = Some(now);
        let mut samples: BTreeMap<_, _> = groups
            .iter()
            .map(|group| (group.id, Sample::of(group)))
            .filter(|(id, sample)| sample.rate > 0 || self.rings.contains_key(id))
            .collect();
        self.rings.retain(|id, ring| {
            let sample = samples.remove(id);
            ring.push(sample.unwrap_or_default());
            sample.is_some() && !ring.is_quiet()
        });
        for (id, sample) in samples {
            if self.rings.len() < MOST || shown == Some(id) {
                self.rings.entry(id).or_default().push(sample);
            }
        }
    }

    /// A group's, where it was seen running.
    #[must_use]
    pub fn of(&self, group: GroupId) -> Option<&Ring> {
        self.rings.get(&group)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{group, moment};
    use super::*;
    use crate::download::State;
    use crate::pace::line::Doing;

    fn running(rate: u64) -> Arc<GroupView> {
        let mut view = group(State::Transferring, Vec::new());
        view.summary.bytes_per_second = rate;
        Arc::new(view)
    }

    /// The same group at another speed.
    fn at(group: &Arc<GroupView>, rate: u64) -> Arc<GroupView> {
        let mut view = GroupView::clone(group);
        view.summary.bytes_per_second = rate;
        Arc::new(view)
    }

    #[test]
    fn two_samples_a_second() {
        let (mut rates, one) = (Rates::default(), running(5));
        for (milliseconds, rate) in [(0, 5), (100, 90), (499, 90), (500, 7), (900, 90), (1001, 6)] {
            rates.sample(&[at(&one, rate)], None, moment(milliseconds));
        }
        let ring = rates.of(one.id).unwrap();
        assert_eq!((ring.values(), ring.highest), (vec![5, 7, 6], 7));
        // The clock was put back by an hour.
        rates.sample(&[at(&one, 8)], None, moment(-3_600_000));
        assert_eq!(rates.of(one.id).unwrap().values(), [5, 7, 6, 8]);
    }

    /// Who sees nothing, or not any more, sees no queue.
    #[test]
    fn queues_are_kept_beside() {
        let (mut rates, one) = (Rates::default(), running(5));
        let sees = |queue_micros| Courtesy::Sees {
            doing: Doing::Taking,
            queue_micros,
            trip_micros: 20_000,
        };
        let seen = [
            Some(sees(2_000)),
            Some(sees(900)),
            Some(Courtesy::Blind),
            None,
        ];
        for (step, courtesy) in (0..).zip(seen) {
            let mut view = GroupView::clone(&one);
            view.courtesy = courtesy;
            rates.sample(&[Arc::new(view)], None, moment(step * 500));
        }
        assert_eq!(rates.of(one.id).unwrap().queues(), [2_000, 900, 0, 0]);
    }

    #[test]
    fn a_minute_is_kept_and_no_more() {
        let (mut rates, one) = (Rates::default(), running(1));
        for step in 0..500 {
            rates.sample(&[at(&one, 1000 - step)], None, moment(step as i64 * 500));
        }
        let ring = rates.of(one.id).unwrap();
        assert_eq!(
            (ring.values().len(), ring.values().last()),
            (SAMPLES, Some(&501))
        );
        assert_eq!(ring.highest, 1000);
    }

    /// Whoever stood still for a minute, or is off the list, has none any more.
    #[test]
    fn rings_end() {
        let (mut rates, one, other) = (Rates::default(), running(1), running(1));
        rates.sample(&[one.clone(), other.clone()], None, moment(0));
        rates.sample(std::slice::from_ref(&one), None, moment(500));
        assert!(rates.of(one.id).is_some() && rates.of(other.id).is_none());
        for step in 0..SAMPLES {
            assert!(rates.of(one.id).is_some(), "{step}");
            rates.sample(&[at(&one, 0)], None, moment(1000 + step as i64 * 500));
        }
        assert!(rates.of(one.id).is_none());
    }

    #[test]
    fn rings_are_bounded() {
        let mut rates = Rates::default();
        let groups: Vec<_> = (0..1000).map(|_| running(1)).collect();
        let shown = groups[500].id;
        rates.sample(&groups, Some(shown), moment(0));
        rates.sample(&groups, Some(shown), moment(500));
        assert!(
            (MOST..=MOST + 1).contains(&rates.rings.len()),
            "{}",
            rates.rings.len()
        );
        assert_eq!(rates.of(shown).unwrap().values().len(), 2);
    }
}
