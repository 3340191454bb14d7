//! What fills the window: the queue, with the details of what is chosen beside it; the
//! settings; what was downloaded; the end.

pub mod details;
pub mod history;
pub mod queue;
pub mod quit;
pub mod settings;
