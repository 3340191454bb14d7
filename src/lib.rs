#![doc = include_str!("ARCHITECTURE.md")]

pub mod cli;
pub mod download;
pub mod engine;
pub mod pace;
pub mod queue;
pub mod words;
