//! Errors on the socket.
//!
//! ```text
//! -32700  no JSON                       -32601  no such method
//! -32600  no request, or too long       -32602  other params than the method's
//! -32000  refused: `data` says why      -32001  another version: `data` says which
//! -32002  too many connections          -32003  the engine has ended
//! -32603  a fault of ours
//! ```

use serde::{Deserialize, Serialize};

use crate::download::State;
use crate::queue::Refusal;

/// A command was refused; nothing has changed.
pub const CODE_REFUSED: i32 = -32000;
/// Another version is spoken here.
pub const CODE_VERSION: i32 = -32001;
/// Too many connections.
pub const CODE_TOO_MANY: i32 = -32002;
/// The engine has ended.
pub const CODE_ENDED: i32 = -32003;
/// No JSON.
pub const CODE_PARSE: i32 = -32700;
/// JSON, and no request.
pub const CODE_REQUEST: i32 = -32600;
/// No such method.
pub const CODE_METHOD: i32 = -32601;
/// A fault of ours.
pub const CODE_INTERNAL: i32 = -32603;
/// Other params than the method's.
pub const CODE_PARAMS: i32 = -32602;

/// Why a command was refused: the `data` of an error with [`CODE_REFUSED`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// What kind.
    #[serde(flatten)]
    pub why: Why,
    /// Which id was meant, where one is to blame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// The queue's [`Refusal`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Why {
    /// No such id.
    NotFound,
    /// Several begin so.
    Ambiguous,
    /// The caller's own id is in use.
    AlreadyExists,
    /// Without files.
    Empty,
    /// Its state does not allow this.
    WrongState {
        /// Which state.
        state: State,
    },
    /// It has no meaning here.
    NotSupported,
    /// Out of its bounds.
    Invalid {
        /// Which bounds.
        bound: String,
    },
    /// It could not be written down.
    NotKept {
        /// Why.
        reason: String,
        /// It has been done all the same.
        holds: bool,
    },
}

impl Refused {
    /// Of a refusal.
    #[must_use]
    pub fn of(refusal: &Refusal, id: Option<String>) -> Self {
        let why = match refusal {
            Refusal::NotFound => Why::NotFound,
            Refusal::Ambiguous => Why::Ambiguous,
            Refusal::AlreadyExists => Why::AlreadyExists,
            Refusal::Empty => Why::Empty,
            Refusal::WrongState(state) => Why::WrongState { state: *state },
            Refusal::NotSupported => Why::NotSupported,
            Refusal::Invalid(bound) => Why::Invalid {
                bound: bound.clone(),
            },
            Refusal::NotKept { reason, holds } => Why::NotKept {
                reason: reason.clone(),
                holds: *holds,
            },
        };
        Self { why, id }
    }
}

impl From<Why> for Refusal {
    fn from(why: Why) -> Self {
        match why {
            Why::NotFound => Self::NotFound,
            Why::Ambiguous => Self::Ambiguous,
            Why::AlreadyExists => Self::AlreadyExists,
            Why::Empty => Self::Empty,
            Why::WrongState { state } => Self::WrongState(state),
            Why::NotSupported => Self::NotSupported,
            Why::Invalid { bound } => Self::Invalid(bound),
            Why::NotKept { reason, holds } => Self::NotKept { reason, holds },
        }
    }
}
