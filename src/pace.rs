//! How fast: what a transfer may take of the line, and when, decided without a clock of its own.

pub mod bucket;
pub mod line;
pub mod schedule;
pub mod speed;
pub mod toll;
