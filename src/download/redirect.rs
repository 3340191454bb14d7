//! Where a redirect leads, and what may travel there.
