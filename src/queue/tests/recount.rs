//! Everything that is kept as it changes, counted again from scratch.

use std::collections::{BTreeMap, BTreeSet};

use crate::download::{State, WaitReason};
use crate::queue::Queue;
use crate::queue::file::{FileKey, Worker};
use crate::queue::snapshot::{CHUNK, Waiting};
use crate::queue::sums::{Share, Sums};
use crate::queue::waits::is_hold;

/// Panics where anything that must always be true is not.
pub(in crate::queue) fn recount(queue: &Queue) {
    sums(queue);
    places(queue);
    lines(queue);
    timers(queue);
    holds(queue);
}

fn keys(queue: &Queue) -> Vec<FileKey> {
    let jobs = queue.table.all_jobs();
    jobs.flat_map(|(job, it)| (0..it.files.len() as u32).map(move |at| FileKey { job, at }))
        .collect()
}

fn sums(queue: &Queue) {
    let mut groups: BTreeMap<u32, Sums> = BTreeMap::new();
    for (number, job) in queue.table.all_jobs() {
        let mut sums = Sums::default();
        for (at, view) in (0..).zip(job.chunks.iter().flat_map(|chunk| chunk.iter())) {
            sums.add(Share::of(view));
            groups.entry(job.group).or_default().add(Share::of(view));
            let key = FileKey { job: number, at };
            assert_eq!(queue.table.find_file(view.id), Some(key));
            assert_eq!(view.waiting.is_some(), view.state == State::Waiting);
            assert!(view.error.is_none() || matches!(view.state, State::Error | State::Waiting));
        }
        assert_eq!(sums, job.sums, "a job's sums");
        assert_eq!(job.files.len(), sums.total() as usize);
        assert!(
            job.chunks
                .iter()
                .rev()
                .skip(1)
                .all(|chunk| chunk.len() == CHUNK)
        );
        for state in [State::Waiting, State::Error] {
            let mut files = job.chunks.iter().flat_map(|chunk| chunk.iter());
            let first = files.find(|file| file.state == state).map(|file| file.id);
            assert_eq!(job.first(state).map(|file| file.id), first);
        }
    }
    for (number, sums) in groups {
        assert_eq!(sums, queue.table.group(number).sums, "a group's sums");
    }
    let listed: BTreeSet<u32> = queue.table.order.iter().copied().collect();
    assert_eq!(listed.len(), queue.table.order.len());
    assert!(
        listed
            .iter()
            .all(|number| !queue.table.group(*number).is_gone)
    );
}

fn places(queue: &Queue) {
    let mut hosts: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    let mut groups: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    let (mut running, mut finishing) = (BTreeSet::new(), 0);
    for key in keys(queue) {
        let (file, view) = (queue.table.file(key), queue.table.view(key));
        let group = groups.entry(queue.table.group_of(key)).or_default();
        group.0 += usize::from(file.worker != Worker::None);
        finishing += usize::from(file.worker.is_finishing());
        if file.worker.holds_place() {
            running.insert(key);
            group.1 += 1;
            let effort = file.effort.as_ref().unwrap();
            let host = hosts.entry(effort.held).or_default();
            *host = (host.0 + 1, host.1 + effort.connections);
        }
        match view.state {
            State::Connecting | State::Transferring => assert_eq!(file.worker, Worker::Fetching),
            State::Verifying => assert_eq!(file.worker, Worker::Finishing),
            State::Complete | State::Error => assert_eq!(file.worker, Worker::None),
            _ => assert!(file.worker == Worker::None || file.worker.is_stopping()),
        }
        let owner = queue.table.group(queue.table.group_of(key));
        if owner.cancelled {
            assert!(view.state.is_final() || owner.is_gone);
        } else if owner.suspended {
            use State::{Complete, Error, Suspended, Verifying};
            assert!(matches!(
                view.state,
                Suspended | Verifying | Complete | Error
            ));
        } else if view.state == State::Suspended {
            assert!(
                queue.table.job(key.job).held,
                "suspended in a running group"
            );
        }
    }
    assert_eq!(running, queue.running.iter().copied().collect());
    assert_eq!(running.len(), queue.running.len());
    assert_eq!(queue.places, running.len());
    assert_eq!(queue.finishing, finishing);
    for (number, (workers, running)) in groups {
        let group = queue.table.group(number);
        assert_eq!((group.workers, group.running), (workers, running));
    }
    for (number, host) in queue.hosts.all() {
        let counted = hosts.get(&number).copied().unwrap_or_default();
        assert_eq!((host.running, host.used), counted, "host {number}");
    }
}

/// A file is in line if and only if it is queued and nothing of it runs: once, at its host.
fn lines(queue: &Queue) {
    let mut in_line: BTreeMap<FileKey, u32> = BTreeMap::new();
    let mut listed: [BTreeSet<u32>; 4] = Default::default();
    let mut of_host: BTreeMap<u32, usize> = BTreeMap::new();
    let jobs: BTreeSet<u32> = queue.table.all_jobs().map(|(_, job)| job.group).collect();
    for number in jobs {
        let group = queue.table.group(number);
        for (host, key) in group.fresh.entries().chain(group.again.entries()) {
            assert_eq!(in_line.insert(key, host), None, "twice in line");
            assert_eq!(queue.table.group_of(key), number);
            *of_host.entry(host).or_default() += 1;
            listed[group.level()].insert(number);
        }
    }
    for key in keys(queue) {
        let (file, view) = (queue.table.file(key), queue.table.view(key));
        let should = view.state == State::Queued && file.worker == Worker::None;
        assert_eq!(
            in_line.get(&key),
            should.then_some(&file.host),
            "{key:?} in line"
        );
    }
    for (turns, listed) in queue.turns.iter().zip(listed) {
        assert_eq!(turns.groups(), listed);
    }
    for (number, host) in queue.hosts.all() {
        assert_eq!(
            host.queued,
            of_host.get(&number).copied().unwrap_or_default()
        );
    }
}

/// What holds back a whole group holds back all of it, and nothing else is said to be held back.
fn holds(queue: &Queue) {
    for key in keys(queue) {
        let (view, held) = (
            queue.table.view(key),
            queue.blocked(queue.table.group_of(key)),
        );
        let may_run = matches!(
            view.state,
            State::Queued | State::Connecting | State::Transferring
        );
        assert!(!may_run || held.is_none(), "{held:?}: {:?}", view.state);
        // (That there is no network, a file may have found out by itself.)
        let found_out = |one: &Waiting| one.reason == WaitReason::Network && one.until.is_some();
        let waiting = view
            .waiting
            .filter(|one| is_hold(one.reason) && !found_out(one));
        assert!(
            waiting.is_none() || waiting == held,
            "{waiting:?}: {held:?}"
        );
    }
}

/// Whoever waits until a moment is woken then.
fn timers(queue: &Queue) {
    let timers: BTreeSet<(u32, FileKey)> = queue
        .timers
        .iter()
        .map(|timer| (timer.0.1, timer.0.2))
        .collect();
    for key in keys(queue) {
        let waiting = queue.table.view(key).waiting;
        let Some(waiting) = waiting.filter(|waiting| waiting.until.is_some()) else {
            continue;
        };
        if waiting.reason == WaitReason::Schedule {
            assert!(queue.hours.due().is_some());
        } else {
            assert!(timers.contains(&(queue.table.file(key).stamp, key)));
        }
    }
}
