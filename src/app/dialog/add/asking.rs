//! One question at a time; what is asked meanwhile is asked once more, after the answer.
//!
//! | | `ask` | `answered` |
//! |---|---|---|
//! | quiet | awaited, go | quiet |
//! | awaited | again | quiet |
//! | again | again | quiet, ask again |

/// Is an answer awaited?
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Asking {
    /// No.
    #[default]
    Quiet,
    /// Yes.
    Awaited,
    /// Yes, and it is out of date.
    Again,
}

impl Asking {
    /// Something is to be asked; `true` if it is to be asked now.
    pub fn ask(&mut self) -> bool {
        let was = *self;
        *self = if was == Self::Quiet {
            Self::Awaited
        } else {
            Self::Again
        };
        was == Self::Quiet
    }

    /// The answer has come; `true` if it is to be asked again.
    pub fn answered(&mut self) -> bool {
        std::mem::take(self) == Self::Again
    }

    /// Is nothing awaited?
    #[must_use]
    pub fn is_quiet(self) -> bool {
        self == Self::Quiet
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_question_at_a_time() {
        let mut asking = Asking::default();
        assert!(asking.is_quiet());
        assert!(asking.ask() && !asking.is_quiet());
        assert!(!asking.answered() && asking.is_quiet());
        assert!(asking.ask() && !asking.ask() && !asking.ask());
        assert!(asking.answered() && asking.is_quiet());
    }
}
