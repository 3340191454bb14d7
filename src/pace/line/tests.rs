//! The line's controller.
