//! What stands before the screen until it is answered.

pub mod add;
pub mod cancel;
pub mod change;
pub mod menu;
mod pick;
pub mod shortcuts;
pub mod typed;
