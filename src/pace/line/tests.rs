//! The line's controller on model links (`link`, `control`, `sender`, `receiver`, `world`), told
//! as stories (`story`): those with a name (`named`, `others`) and random ones (`random`).
//!
//! Always true: no clock, no network; a story that fails is told again by its seed.

mod control;
mod link;
mod named;
mod others;
mod random;
mod receiver;
mod sender;
mod story;
mod world;
