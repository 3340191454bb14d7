//! What is said to people, and to programs for them: once, for window, terminal and JSON.
//!
//! Everything here is made at the edge from values; nothing here decides or waits.

pub mod clean;
pub mod exchange;
pub mod explain;
pub mod format;
pub mod i18n;
pub mod json;
pub mod moment;
pub mod status;

pub use explain::Explained;
pub use i18n::{Key, Language};
pub(crate) use i18n::{key, say};
