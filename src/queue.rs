//! Groups, jobs, files: what there is, who may run, what a person may ask.
//!
//! Pure, and driven from outside: `update(event, now)` changes the state and
//! returns what is to be done. Looking never changes anything.

pub mod command;
pub mod event;
pub mod id;
pub mod property;
pub mod snapshot;
pub mod status;

pub use command::{
    Command, Credentials, JobOptions, Limits, Move, NewFile, NewJob, Outcome, Refusal,
};
pub use event::{Attempt, Effect, Event, Notice, Now, Report, Task};
pub use id::{FileId, GroupId, JobId};
pub use property::{ConflictRule, Mode, Notify, Priority, Properties, Property};
pub use snapshot::{FileView, GroupView, JobView, Snapshot};
pub use status::Flags;
