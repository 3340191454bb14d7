//! What differs by operating system, and what is asked of the desktop around the window.
//!
//! Functions here block unless they are `async`: call them off the threads that draw or
//! wait for others. Their errors are typed, and put into words in `explain`.

pub mod after;
#[cfg(all(test, feature = "gui"))]
mod child;
pub mod conditions;
pub mod desktop;
mod explain;
pub mod folders;
pub mod space;
pub mod writable;

#[cfg(feature = "gui")]
pub mod notify;
#[cfg(feature = "gui")]
pub mod open;
#[cfg(feature = "gui")]
pub mod trash;

pub use folders::Folders;
