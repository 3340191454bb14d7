//! Snapshots: what did not change is the same allocation as in the one before.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Queue;
use super::event::Now;
use super::id::{FileId, GroupId};
use super::snapshot::{GroupView, JobView, Problem, Snapshot, Waiting};
use super::status::Flags;
use crate::download::State;
use crate::pace::line::Courtesy;

/// Files that run and their bytes a second, by the number of their job.
type Rates = BTreeMap<u32, Vec<(FileId, u64)>>;

impl Queue {
    /// All that can be seen, now. Costs what changed since the last one.
    pub fn snapshot(&mut self, now: Now) -> Snapshot {
        let rates = self.rates(now);
        let dirty = std::mem::take(&mut self.table.dirty);
        let is_changed = self.is_list_dirty || !dirty.is_empty();
        for number in dirty {
            if self.table.get_group(number).is_some() {
                self.show_group(number, &rates);
            }
        }
        if is_changed || self.list.is_none() {
            self.is_list_dirty = false;
            let shown = |number: &u32| self.table.group(*number).view.clone();
            self.list = Some(Arc::new(
                self.table.order.iter().filter_map(shown).collect(),
            ));
        }
        self.snapshots += 1;
        Snapshot {
            groups: self.list.clone().unwrap_or_default(),
            mode: self.program.mode,
            limit: self.program.limit,
            limits: self.program.limits,
            schedule: Arc::clone(&self.program.schedule),
            conditions: self.conditions,
            number: self.snapshots,
        }
    }

    /// A group on the list, as the last snapshot has it.
    #[must_use]
    pub fn shown(&self, id: GroupId) -> Option<Arc<GroupView>> {
        let number = self.table.find_group(id).ok()?;
        self.table.group(number).view.clone()
    }

    /// Bytes a second of the files that run, by job; jobs where they changed are to be shown anew.
    fn rates(&mut self, now: Now) -> Rates {
        let mut rates = Rates::new();
        for key in &self.running {
            let effort = self.table.file(*key).effort.as_ref();
            let rate = effort.map_or(0, |effort| effort.rate.per_second(now.steady));
            let id = self.table.view(*key).id;
            rates.entry(key.job).or_default().push((id, rate));
        }
        for (number, rates) in &rates {
            let job = self.table.job(*number);
            let shown = job.view.as_ref().map(|view| &view.speeds);
            if shown != Some(rates) {
                self.table.touch_job(*number);
            }
        }
        rates
    }

    /// What a group does on its line is another thing now.
    pub(super) fn note_courtesy(&mut self, id: GroupId, courtesy: Option<Courtesy>) {
        let Ok(number) = self.table.find_group(id) else {
            return;
        };
        let group = self.table.group_mut(number);
        if std::mem::replace(&mut group.courtesy, courtesy) != courtesy {
            self.table.touch(number);
        }
    }

    fn show_group(&mut self, number: u32, rates: &Rates) {
        let group = self.table.group_mut(number);
        group.is_dirty = false;
        let dirty_jobs = std::mem::take(&mut group.dirty_jobs);
        let mut jobs = match group.view.take() {
            Some(view) => Arc::clone(&view.jobs),
            None => Arc::default(),
        };
        for job in dirty_jobs {
            let (at, view) =
                self.show_job(job, number, rates.get(&job).cloned().unwrap_or_default());
            let shown = Arc::make_mut(&mut jobs);
            match shown.get_mut(at) {
                Some(place) => *place = view,
                // New jobs are marked in the order in which they came.
                None => shown.push(view),
            }
        }
        let view = self.group_view(number, jobs);
        self.table.group_mut(number).view = Some(Arc::new(view));
    }

    fn show_job(
        &mut self,
        number: u32,
        group: u32,
        speeds: Vec<(FileId, u64)>,
    ) -> (usize, Arc<JobView>) {
        let group = self.table.group(group);
        let (properties, suspended, cancelled) = (
            Arc::clone(&group.properties),
            group.suspended,
            group.cancelled,
        );
        let rate = speeds
            .iter()
            .map(|(_, speed)| *speed)
            .fold(0, u64::saturating_add);
        let job = self.table.job_mut(number);
        job.is_dirty = false;
        let view = Arc::new(JobView {
            id: job.id,
            status: Flags::of(&job.sums, properties.priority, suspended, cancelled),
            state: job.sums.state(cancelled),
            summary: job.sums.summary(rate),
            speeds,
            files: job.chunks.clone(),
        });
        job.view = Some(Arc::clone(&view));
        (job.at as usize, view)
    }

    fn group_view(&self, number: u32, jobs: Arc<Vec<Arc<JobView>>>) -> GroupView {
        let group = self.table.group(number);
        let rates = jobs.iter().map(|job| job.summary.bytes_per_second);
        let rate = rates.fold(0, u64::saturating_add);
        let state = group.state();
        GroupView {
            id: group.id,
            properties: Arc::clone(&group.properties),
            status: group.flags(),
            state,
            summary: group.sums.summary(rate),
            waiting: self.first_wait(number).filter(|_| state == State::Waiting),
            error: self.first_problem(number),
            created: group.created,
            completed: group.completed,
            anyway: group.anyway,
            courtesy: group.courtesy.filter(|_| group.running > 0),
            jobs,
        }
    }

    fn first_wait(&self, number: u32) -> Option<Waiting> {
        let group = self.table.group(number);
        if group.sums.count(State::Waiting) == 0 {
            return None;
        }
        let mut jobs = group.jobs.iter();
        jobs.find_map(|job| self.table.job(*job).first(State::Waiting))?
            .waiting
    }

    fn first_problem(&self, number: u32) -> Option<Problem> {
        let group = self.table.group(number);
        if group.sums.count(State::Error) == 0 {
            return None;
        }
        let mut jobs = group.jobs.iter();
        let file = jobs.find_map(|job| self.table.job(*job).first(State::Error))?;
        file.error.as_deref().cloned()
    }
}
