//! A server's end of a connection: what it sends, and sends again.
//!
//! Always true: nothing beyond the edge that the receiver allowed, and no more on its way than
//! its own congestion control lets it.

use std::collections::VecDeque;

use super::control::{Control, Told};
use super::link::PACKET;

/// A burst on its way.
#[derive(Debug, Clone, Copy)]
pub struct Packet {
    pub flow: usize,
    pub number: u64,
    pub start: u64,
    pub bytes: u64,
    /// When the receiver had sent the last acknowledgement that the sender knows of.
    pub echo: f64,
    sent: f64,
    /// What had come, and when, as it was sent.
    delivered: (f64, f64),
}

#[derive(Debug)]
pub enum Next {
    Send(Packet),
    /// Not before.
    At(f64),
    Nothing,
}

#[derive(Debug)]
pub struct Sender {
    pub flow: usize,
    pub control: Control,
    /// How long the file is.
    pub length: u64,
    /// A slow server sends no faster.
    pub limit: f64,
    pub edge: u64,
    group: f64,
    next: u64,
    number: u64,
    flying: VecDeque<Packet>,
    again: VecDeque<(u64, u64)>,
    in_flight: f64,
    delivered: (f64, f64),
    round: u64,
    recover: u64,
    trip: f64,
    pace: f64,
    pub echo: f64,
}

impl Sender {
    pub fn new(flow: usize, control: Control, group: f64) -> Self {
        Self {
            flow,
            control,
            length: u64::MAX,
            limit: f64::INFINITY,
            edge: 0,
            group,
            next: 0,
            number: 0,
            flying: VecDeque::new(),
            again: VecDeque::new(),
            in_flight: 0.0,
            delivered: (0.0, 0.0),
            round: 0,
            recover: 0,
            trip: 0.0,
            pace: 0.0,
            echo: 0.0,
        }
    }

    /// What goes out now.
    pub fn next(&mut self, now: f64) -> Next {
        if self.flying.is_empty() {
            if now > self.delivered.1 + 0.2 + 2.0 * self.trip {
                self.control.rested();
            }
            self.delivered.1 = now;
        }
        let window = self.control.window();
        let room = window - self.in_flight;
        // Only a small part of what may be on its way travels together, in whole packets.
        let allowed = self.edge.saturating_sub(self.next) as f64;
        let most = window.min(allowed + self.in_flight) / 32.0 / PACKET;
        let most = most.floor().clamp(1.0, self.group) * PACKET;
        let (start, bytes) = match self.again.front() {
            Some(&(start, bytes)) => (start, bytes),
            None => {
                let left = (self.length - self.next).min(allowed as u64) as f64;
                (self.next, left.min(most) as u64)
            }
        };
        let whole = bytes as f64 >= PACKET || start + bytes == self.length;
        if bytes == 0 || !whole || room < (bytes as f64).min(most) {
            return Next::Nothing;
        }
        if now < self.pace {
            return Next::At(self.pace);
        }
        let pace = self.control.pace().unwrap_or(f64::INFINITY).min(self.limit);
        self.pace = self.pace.max(now - 0.001) + bytes as f64 / pace;
        Next::Send(self.send(start, bytes, now))
    }

    fn send(&mut self, start: u64, bytes: u64, now: f64) -> Packet {
        if self.again.pop_front().is_none() {
            self.next = start + bytes;
        }
        self.number += 1;
        let packet = Packet {
            flow: self.flow,
            number: self.number,
            start,
            bytes,
            echo: self.echo,
            sent: now,
            delivered: self.delivered,
        };
        self.in_flight += bytes as f64;
        self.flying.push_back(packet);
        packet
    }

    /// One has come; those sent before it have not, and nothing overtakes.
    pub fn acknowledged(&mut self, packet: &Packet, now: f64) {
        let mut told = None;
        while let Some(first) = self.flying.front().copied() {
            if first.number > packet.number {
                break;
            }
            self.flying.pop_front();
            self.in_flight -= first.bytes as f64;
            if first.number == packet.number {
                told = Some(first);
            } else {
                self.lost(first, now);
            }
        }
        let Some(first) = told else { return };
        self.trip = now - first.sent;
        self.delivered = (self.delivered.0 + first.bytes as f64, now);
        let span = (now - first.delivered.1).max(self.trip);
        let round = first.number > self.round;
        if round {
            self.round = self.number;
        }
        let told = Told {
            bytes: first.bytes as f64,
            trip: self.trip,
            rate: (self.delivered.0 - first.delivered.0) / span,
            flying: self.in_flight,
            round,
        };
        self.control.told(told, now);
    }

    fn lost(&mut self, packet: Packet, now: f64) {
        if matches!(self.control, Control::Constant(_)) {
            return;
        }
        self.again.push_back((packet.start, packet.bytes));
        if packet.number > self.recover {
            self.recover = self.number;
            self.control.lost(now);
        }
    }

    /// When to believe that all is lost if nothing comes; none, if nothing is on its way.
    pub fn due(&self) -> Option<f64> {
        let last = self.flying.back()?;
        Some(
            last.sent.max(self.delivered.1)
                + (3.0 * self.trip).max(if self.trip > 0.0 { 0.2 } else { 1.0 }),
        )
    }

    /// Nothing came for so long.
    pub fn overdue(&mut self, now: f64) {
        while let Some(packet) = self.flying.pop_front() {
            self.in_flight -= packet.bytes as f64;
            self.lost(packet, now);
        }
    }
}
