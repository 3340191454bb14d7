//! The list, called plainly: tables, and rows at random.

mod choice;
mod order;
mod places;
mod random;
mod reading;
mod world;
