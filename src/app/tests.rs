//! The window without a window: the whole program, message by message, on made-up time.
//!
//! [`sandbox`] runs `update` with its tasks and subscriptions; the engine is played, or the
//! real loop over a made-up network. [`pictures`] are held against kept ones.

mod given;
mod sandbox;

mod buttons;
mod cancels;
mod ending;
mod keyboard;
mod life;
mod pictures;
mod preferences;
mod remote;
mod scripts;
mod story;
mod texts;
