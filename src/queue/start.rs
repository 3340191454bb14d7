//! Starting a file: how many connections it may have, and what its worker must know.

use std::sync::Arc;

use super::Queue;
use super::command::JobOptions;
use super::event::{Effect, Now, Task};
use super::file::{FileKey, Worker};
use super::schedule::Taken;
use crate::download::State;
use crate::download::rate::Rate;

impl Queue {
    /// How many connections the next file of this group may have there: what it wants, at
    /// most its share of what the host has left, when those who could run too get theirs.
    pub(super) fn allowance(&self, number: u32, host: u32) -> usize {
        let (group, there) = (self.table.group(number), self.hosts.get(host));
        let wanted = group
            .properties
            .connections
            .unwrap_or(self.limits.connections);
        let left = self.limits.connections_per_host.saturating_sub(there.used);
        let of_group = group.waiting(host);
        let room = group
            .properties
            .parallel
            .map_or(usize::MAX, |n| n.saturating_sub(group.running));
        let mut others = there.queued - of_group + of_group.min(room.saturating_sub(1));
        others = others.min(self.limits.parallel.saturating_sub(self.places + 1));
        if let Some(busy) = there.busy {
            others = others.min(busy.files.saturating_sub(there.running + 1));
        }
        wanted.min(left.div_ceil(others + 1)).max(1)
    }

    /// Starts a file that was taken from its line.
    pub(super) fn start(&mut self, taken: Taken, now: Now, effects: &mut Vec<Effect>) {
        let Taken {
            key, group, host, ..
        } = taken;
        let connections = self.allowance(group, host);
        let file = self.table.file_mut(key);
        file.attempt = file.attempt.wrapping_add(1);
        file.comes_last = false;
        let effort = file.effort();
        effort.started = now.steady;
        effort.connections = connections;
        effort.held = host;
        effort.number = (!taken.from_again).then_some(taken.number);
        effort.rate = Rate::new();
        effort.count(now.steady);
        self.set_worker(key, Worker::Fetching);
        self.table.edit(key, |file| {
            file.state = State::Connecting;
            file.waiting = None;
            file.error = None;
        });
        let task = self.task(key, connections);
        effects.push(Effect::Start(task));
    }

    /// What a worker needs to know.
    pub(super) fn task(&mut self, key: FileKey, connections: usize) -> Task {
        let number = self.table.group_of(key);
        let options = self.effective_options(key.job);
        let (group, file, view) = (
            self.table.group(number),
            self.table.file(key),
            self.table.view(key),
        );
        Task {
            file: view.id,
            group: group.id,
            attempt: file.attempt,
            link: view.source.link.clone(),
            name: view.source.name.clone(),
            path: view.path.clone(),
            checksum: file.checksum.clone(),
            options,
            connections,
            priority: group.properties.priority,
        }
    }

    /// The job's options, with the group's credentials where it has none of its own.
    fn effective_options(&mut self, number: u32) -> Arc<JobOptions> {
        let job = self.table.job(number);
        if let Some(options) = &job.effective {
            return Arc::clone(options);
        }
        let mut options = Arc::clone(&job.options);
        let credentials = &self.table.group(job.group).properties.credentials;
        if options.credentials.is_none() && credentials.is_some() {
            Arc::make_mut(&mut options)
                .credentials
                .clone_from(credentials);
        }
        self.table.job_mut(number).effective = Some(Arc::clone(&options));
        options
    }
}
