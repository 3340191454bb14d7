//! The line's controller, on model links: see `story` for how they are told.

mod control;
mod link;
mod named;
mod others;
mod random;
mod receiver;
mod scratch;
mod sender;
mod story;
mod world;
