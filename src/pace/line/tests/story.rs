//! Who comes and goes on which line, and what came of it.
//!
//! Always true: a story told twice is the same.

use super::super::{Line, Rank};
use super::control::Control;
use super::link::Road;
use super::receiver::{Polite, Receiver, at};
use super::sender::Sender;
use super::world::{BIN, Upload, World};

/// Who takes part.
#[derive(Debug, Clone)]
pub struct Part {
    /// On one of our lines, with a rank; none: greedily.
    pub line: Option<(usize, u8)>,
    pub control: Control,
    pub from: f64,
    pub to: f64,
    pub length: u64,
    pub limit: f64,
    pub further: f64,
}

impl Part {
    pub fn polite(line: usize, rank: u8, control: Control) -> Self {
        Self {
            line: Some((line, rank)),
            ..Self::greedy(control)
        }
    }

    pub fn greedy(control: Control) -> Self {
        Self {
            line: None,
            control,
            from: 0.0,
            to: f64::INFINITY,
            length: u64::MAX,
            limit: f64::INFINITY,
            further: 0.0,
        }
    }

    pub fn during(mut self, from: f64, to: f64) -> Self {
        (self.from, self.to) = (from, to);
        self
    }
}

#[derive(Debug, Clone)]
pub struct Story {
    pub road: Road,
    pub parts: Vec<Part>,
    pub seconds: f64,
    pub seed: u64,
    pub upload: Upload,
    /// The way's length each way, from then on.
    pub delays: Vec<(f64, f64)>,
    pub each: fn(&mut [Line], f64),
}

impl Story {
    pub fn new(road: Road, seconds: f64) -> Self {
        Self {
            road,
            parts: Vec::new(),
            seconds,
            seed: 1,
            upload: Upload::default(),
            delays: Vec::new(),
            each: |_, _| (),
        }
    }

    pub fn with(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }

    /// The same without us.
    pub fn without_us(&self) -> Self {
        let mut story = self.clone();
        for part in &mut story.parts {
            if part.line.is_some() {
                part.to = part.from;
            }
        }
        story
    }

    pub fn tell(&self) -> Told {
        let mut world = World::new(self.road, self.seed);
        world.upload = self.upload;
        world.each = self.each;
        for (flow, part) in self.parts.iter().enumerate() {
            let mut sender = Sender::new(flow, part.control.clone(), self.road.group);
            sender.length = part.length;
            sender.limit = part.limit;
            let polite = part.line.map(|(line, rank)| {
                while world.lines.len() <= line {
                    world.lines.push(Line::new(at(part.from)));
                }
                let rider = world.lines[line].join(Rank(rank));
                Polite::new(line, rider, self.seed.is_multiple_of(2))
            });
            world.add(sender, Receiver::new(polite), part.from, part.to);
            world.flows[flow].further = part.further;
        }
        for &(delay, from) in &self.delays {
            world.delay(delay, from);
        }
        world.run(self.seconds);
        Told {
            road: self.road,
            world,
        }
    }
}

/// What came of it.
#[derive(Debug)]
pub struct Told {
    pub road: Road,
    pub world: World,
}

impl Told {
    /// The part of the line that one had.
    pub fn share(&self, flow: usize, from: f64, to: f64) -> f64 {
        let bins = &self.world.flows[flow].bins;
        let (first, last) = ((from / BIN).round() as usize, (to / BIN).round() as usize);
        let bytes: f64 = bins.iter().take(last).skip(first).sum();
        bytes / (last - first) as f64 / BIN / self.road.rate
    }

    /// How long packets waited: of so many out of a hundred not longer.
    pub fn queue(&self, part: f64, from: f64, to: f64) -> f64 {
        let (first, last) = ((from / BIN) as usize, (to / BIN) as usize);
        let mut queue = self.world.queue[first..last.min(self.world.queue.len())].to_vec();
        queue.sort_by(f64::total_cmp);
        queue[((queue.len() - 1) as f64 * part / 100.0) as usize]
    }

    /// How long after `from` one's share in a while is at most (or at least) so much for the
    /// first time; seconds.
    pub fn until(&self, flow: usize, from: f64, holds: impl Fn(f64) -> bool) -> f64 {
        let span = (20.0 * self.road.packet())
            .max(0.05)
            .max(self.road.trip() / 2.0);
        let mut passed = 0.0;
        while !holds(self.share(flow, from + passed, from + passed + span)) {
            passed += BIN;
            if passed > 60.0 {
                return f64::INFINITY;
            }
        }
        passed
    }
}
