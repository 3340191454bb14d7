//! How fast: what a transfer may take of the line, decided without a clock of its own.

pub mod bucket;
pub mod line;
