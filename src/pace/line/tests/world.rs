//! What happens when: everybody's packets over one bottleneck, in the order of time.
//!
//! Always true: the same world, built alike, runs alike.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::super::Line;
use super::link::{Dice, Link, Road};
use super::receiver::{Does, Receiver};
use super::sender::{Next, Packet, Sender};

/// What is counted, is counted in spans of this length, seconds.
pub const BIN: f64 = 0.01;

#[derive(Debug)]
enum Event {
    Start(usize),
    Stop(usize),
    Arrive(Packet),
    Acknowledge {
        packet: Packet,
        edge: u64,
        told: f64,
    },
    Edge {
        flow: usize,
        edge: u64,
        told: f64,
    },
    Send(usize),
    Turn(usize),
    Overdue(usize),
    Delay(f64),
    Look,
}

#[derive(Debug)]
struct Due(f64, u64, Event);

impl Ord for Due {
    fn cmp(&self, other: &Self) -> Ordering {
        other.0.total_cmp(&self.0).then(other.1.cmp(&self.1))
    }
}
impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Due {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Due {}

/// A connection.
#[derive(Debug)]
pub struct Flow {
    pub sender: Sender,
    pub receiver: Receiver,
    /// Its packets come from so much further away, each way.
    pub further: f64,
    /// Bytes that came in each span.
    pub bins: Vec<f64>,
    /// When all of it had come.
    pub ended: Option<f64>,
    running: bool,
    armed: bool,
    watched: bool,
}

/// The way back is full in between: acknowledgements wait up to so long.
#[derive(Debug, Clone, Copy, Default)]
pub struct Upload {
    pub from: f64,
    pub to: f64,
    pub queue: f64,
}

#[derive(Debug)]
pub struct World {
    pub link: Link,
    pub lines: Vec<Line>,
    pub flows: Vec<Flow>,
    pub upload: Upload,
    /// How long one who came then would have waited, each span.
    pub queue: Vec<f64>,
    now: f64,
    last: f64,
    many: u64,
    due: BinaryHeap<Due>,
    dice: Dice,
    /// Called each span.
    pub each: fn(&mut [Line], f64),
}

impl World {
    pub fn new(road: Road, seed: u64) -> Self {
        let mut world = Self {
            link: Link::new(road, seed),
            lines: Vec::new(),
            flows: Vec::new(),
            upload: Upload::default(),
            queue: Vec::new(),
            now: 0.0,
            last: 0.0,
            many: 0,
            due: BinaryHeap::new(),
            dice: Dice(seed ^ 0x55),
            each: |_, _| (),
        };
        world.at(0.0, Event::Look);
        world
    }

    /// One more, from then until then.
    pub fn add(&mut self, sender: Sender, receiver: Receiver, from: f64, to: f64) {
        let flow = self.flows.len();
        self.flows.push(Flow {
            sender,
            receiver,
            further: 0.0,
            bins: Vec::new(),
            ended: None,
            running: false,
            armed: false,
            watched: false,
        });
        self.at(from, Event::Start(flow));
        self.at(to, Event::Stop(flow));
    }

    /// The way is so long each way, from then on.
    pub fn delay(&mut self, delay: f64, from: f64) {
        self.at(from, Event::Delay(delay));
    }

    pub fn run(&mut self, until: f64) {
        while let Some(Due(now, _, event)) = self.due.pop() {
            if now > until {
                break;
            }
            self.now = now;
            self.happen(event);
        }
    }

    fn at(&mut self, when: f64, event: Event) {
        self.many += 1;
        self.due.push(Due(when, self.many, event));
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Start(flow) => {
                self.flows[flow].running = true;
                self.allow(flow);
                self.tell(flow, None);
            }
            Event::Stop(flow) => self.flows[flow].running = false,
            Event::Arrive(packet) => self.arrive(packet),
            Event::Acknowledge { packet, edge, told } => {
                let sender = &mut self.flows[packet.flow].sender;
                sender.acknowledged(&packet, self.now);
                self.edge(packet.flow, edge, told);
            }
            Event::Edge { flow, edge, told } => self.edge(flow, edge, told),
            Event::Send(flow) => {
                self.flows[flow].armed = false;
                self.send(flow);
            }
            Event::Turn(flow) => self.turn(flow),
            Event::Overdue(flow) => self.overdue(flow),
            Event::Delay(delay) => self.link.road.delay = delay,
            Event::Look => self.look(),
        }
    }

    fn look(&mut self) {
        self.queue.push(self.link.queue(self.now));
        (self.each)(&mut self.lines, self.now);
        for flow in 0..self.flows.len() {
            if self.flows[flow].running && self.allow(flow) {
                self.tell(flow, None);
            }
        }
        self.at(self.now + BIN, Event::Look);
    }

    fn arrive(&mut self, packet: Packet) {
        let flow = &mut self.flows[packet.flow];
        let bin = (self.now / BIN) as usize;
        if flow.bins.len() <= bin {
            flow.bins.resize(bin + 1, 0.0);
        }
        flow.bins[bin] += packet.bytes as f64;
        flow.receiver.came(&packet, &mut self.lines, self.now);
        if flow.receiver.next >= flow.sender.length {
            flow.ended.get_or_insert(self.now);
        }
        self.allow(packet.flow);
        self.tell(packet.flow, Some(packet));
    }

    /// Whether the sender must be told something new.
    fn allow(&mut self, flow: usize) -> bool {
        match self.flows[flow].receiver.allow(&self.lines, self.now) {
            Some(Does::Tells) => true,
            Some(Does::Turn(when)) => {
                self.at(when, Event::Turn(flow));
                false
            }
            None => false,
        }
    }

    fn turn(&mut self, flow: usize) {
        if let Some(next) = self.flows[flow].receiver.turn(&self.lines, self.now) {
            self.at(next, Event::Turn(flow));
            self.tell(flow, None);
        }
    }

    /// Something goes back to the sender.
    fn tell(&mut self, flow: usize, packet: Option<Packet>) {
        let Flow {
            receiver, further, ..
        } = &self.flows[flow];
        let (edge, told) = (receiver.edge, self.now);
        let Upload { from, to, queue } = self.upload;
        let full = (from..to).contains(&self.now);
        // (A saw, as one upload makes it.)
        let saw = 0.6 + 0.4 * ((self.now - from) / 2.0).fract();
        let waits = if full {
            queue * saw * (self.now - from).min(1.0)
        } else {
            0.0
        };
        let small = 0.0002 * self.dice.roll();
        let back = self.now + self.link.road.delay + waits + small;
        self.last = self.last.max(back);
        let event = match packet {
            Some(packet) => Event::Acknowledge { packet, edge, told },
            None => Event::Edge { flow, edge, told },
        };
        self.at(self.last + 2.0 * further, event);
    }

    fn edge(&mut self, flow: usize, edge: u64, told: f64) {
        let sender = &mut self.flows[flow].sender;
        sender.edge = sender.edge.max(edge);
        sender.echo = told;
        self.send(flow);
    }

    fn send(&mut self, flow: usize) {
        while self.flows[flow].running {
            match self.flows[flow].sender.next(self.now) {
                Next::Send(packet) => {
                    if let Some(when) = self.link.carry(packet.bytes as f64, self.now) {
                        self.at(when, Event::Arrive(packet));
                    }
                }
                Next::At(when) => {
                    if !self.flows[flow].armed {
                        self.flows[flow].armed = true;
                        self.at(when, Event::Send(flow));
                    }
                    break;
                }
                Next::Nothing => break,
            }
        }
        if let Some(due) = self.flows[flow].sender.due()
            && !self.flows[flow].watched
        {
            self.flows[flow].watched = true;
            self.at(due, Event::Overdue(flow));
        }
    }

    fn overdue(&mut self, flow: usize) {
        self.flows[flow].watched = false;
        if self.flows[flow]
            .sender
            .due()
            .is_some_and(|due| due <= self.now)
        {
            self.flows[flow].sender.overdue(self.now);
        }
        self.send(flow);
    }
}
