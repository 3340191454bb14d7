//! The servers that files come from, and how much room each has.
//!
//! A host is a link's origin. Must always be true: `running`, `used` and `queued`
//! equal a recount over the files.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use super::file::FileKey;

/// After so long without another "busy", one more file at a time.
pub(super) const BUSY_GROWTH: Duration = Duration::from_secs(30);

/// One server.
#[derive(Debug, Default)]
pub(super) struct Host {
    name: Box<str>,
    /// Files of the queue that are of it.
    files: u32,
    /// Files that hold a place.
    pub(super) running: usize,
    /// Connections these are allowed.
    pub(super) used: usize,
    /// Files in line.
    pub(super) queued: usize,
    /// It has answered, in this run, or failed to.
    pub(super) known: bool,
    /// It said that it is busy.
    pub(super) busy: Option<Busy>,
    /// Sizes that are being looked up.
    pub(super) measuring: u8,
    /// Files whose size is to be looked up, the earliest first.
    pub(super) to_measure: VecDeque<Stretch>,
}

/// At most so many files at a time, until it grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Busy {
    pub(super) files: usize,
    pub(super) grows: Duration,
}

/// Files of one job that came into line at one time. Not all need be of this host.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    pub(super) due: Duration,
    pub(super) job: u32,
    pub(super) from: u32,
    pub(super) to: u32,
}

impl Host {
    /// May another file start there?
    pub(super) fn is_open(&self, connections: usize) -> bool {
        (self.known || self.running == 0)
            && self.used < connections.max(1)
            && self.busy.is_none_or(|busy| self.running < busy.files)
    }

    /// Notes that a file's size is wanted, once `due`.
    pub(super) fn want_size(&mut self, key: FileKey, due: Duration) {
        match self.to_measure.back_mut() {
            Some(last) if last.due == due && last.job == key.job && last.to <= key.at => {
                last.to = key.at + 1;
            }
            _ => self.to_measure.push_back(Stretch {
                due,
                job: key.job,
                from: key.at,
                to: key.at + 1,
            }),
        }
    }
}

/// All of them, by number.
#[derive(Debug, Default)]
pub(super) struct Hosts {
    numbers: BTreeMap<Box<str>, u32>,
    hosts: Vec<Host>,
    free: Vec<u32>,
    /// Busy ones, by when they grow.
    growing: BTreeSet<(Duration, u32)>,
}

impl Hosts {
    /// The number of the host with this name, for one more file.
    pub(super) fn enter(&mut self, name: &str) -> u32 {
        let number = match self.numbers.get(name) {
            Some(number) => *number,
            None => self.new_host(name),
        };
        self.hosts[number as usize].files += 1;
        number
    }

    fn new_host(&mut self, name: &str) -> u32 {
        let number = self.free.pop().unwrap_or_else(|| {
            self.hosts.push(Host::default());
            (self.hosts.len() - 1) as u32
        });
        self.hosts[number as usize].name = name.into();
        self.numbers.insert(name.into(), number);
        number
    }

    /// One file less.
    pub(super) fn leave(&mut self, number: u32) {
        self.hosts[number as usize].files -= 1;
        self.forget_unused(number);
    }

    /// One size less that is being looked up.
    pub(super) fn measured(&mut self, number: u32) {
        let host = &mut self.hosts[number as usize];
        host.measuring = host.measuring.saturating_sub(1);
        self.forget_unused(number);
    }

    /// A host without files is forgotten, and its number free.
    pub(super) fn forget_unused(&mut self, number: u32) {
        let host = &mut self.hosts[number as usize];
        if host.files > 0 || host.running > 0 || host.measuring > 0 || host.name.is_empty() {
            return;
        }
        if let Some(busy) = host.busy {
            self.growing.remove(&(busy.grows, number));
        }
        let host = std::mem::take(host);
        self.numbers.remove(&host.name);
        self.free.push(number);
    }

    pub(super) fn get(&self, number: u32) -> &Host {
        &self.hosts[number as usize]
    }

    pub(super) fn get_mut(&mut self, number: u32) -> &mut Host {
        &mut self.hosts[number as usize]
    }

    /// It said that it is busy: no more files at a time than now, until it grows.
    pub(super) fn set_busy(&mut self, number: u32, steady: Duration) {
        let host = &mut self.hosts[number as usize];
        let grows = steady.saturating_add(BUSY_GROWTH);
        if let Some(busy) = host.busy {
            self.growing.remove(&(busy.grows, number));
        }
        host.busy = Some(Busy {
            files: host.running.max(1),
            grows,
        });
        host.to_measure.clear();
        self.growing.insert((grows, number));
    }

    /// When the next busy host grows.
    pub(super) fn next_growth(&self) -> Option<Duration> {
        self.growing.first().map(|(grows, _)| *grows)
    }

    /// Lets those grow whose time has come; `true` if any did. With room for `most` it is busy no more.
    pub(super) fn grow(&mut self, steady: Duration, most: usize) -> bool {
        let mut grew = false;
        while let Some((_, number)) = self.growing.first().filter(|(grows, _)| *grows <= steady) {
            let number = *number;
            self.growing.pop_first();
            let host = &mut self.hosts[number as usize];
            host.busy = host.busy.and_then(|busy| {
                let grown = Busy {
                    files: busy.files + 1,
                    grows: steady.saturating_add(BUSY_GROWTH),
                };
                (grown.files < most).then_some(grown)
            });
            if let Some(busy) = host.busy {
                self.growing.insert((busy.grows, number));
            }
            grew = true;
        }
        grew
    }

    #[cfg(test)]
    pub(super) fn all(&self) -> impl Iterator<Item = (u32, &Host)> {
        (0..).zip(&self.hosts)
    }
}
