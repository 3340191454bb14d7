#![doc = include_str!("ARCHITECTURE.md")]

#[cfg(feature = "gui")]
pub mod app;
pub mod cli;
pub mod download;
pub mod engine;
pub mod pace;
pub mod platform;
pub mod queue;
pub mod remote;
pub mod settings;
pub mod words;
