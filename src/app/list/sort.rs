//! In which order. Equal ones stand as in the queue, and what is not known stands last,
//! whichever way round.

use std::cmp::Ordering;

use super::facts::first_name;
use crate::queue::GroupView;

/// What is compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum SortKey {
    /// The person's own order.
    #[default]
    Queue,
    /// The name, numbers in it as numbers.
    Name,
    /// Bytes in all.
    Size,
    /// The part that is there.
    Progress,
    /// Bytes a second.
    Speed,
    /// Time left.
    Left,
    /// When it was added.
    Added,
}

impl SortKey {
    /// What is wanted first when this is chosen: the largest, the fastest, the latest.
    #[must_use]
    pub fn descends_first(self) -> bool {
        matches!(
            self,
            Self::Size | Self::Progress | Self::Speed | Self::Added
        )
    }

    /// The order changes by itself while bytes come.
    #[must_use]
    pub fn is_lively(self) -> bool {
        matches!(self, Self::Progress | Self::Speed | Self::Left)
    }

    /// The group's number; `None` where it is not known.
    pub(super) fn rank(self, group: &GroupView) -> Option<u64> {
        let summary = &group.summary;
        match self {
            Self::Queue | Self::Name => None,
            Self::Size => summary.size,
            Self::Progress => {
                let millionths = u128::from(summary.progress.bytes) * 1_000_000;
                let part = millionths.checked_div(u128::from(summary.size?));
                Some(u64::try_from(part.unwrap_or(0)).unwrap_or(u64::MAX))
            }
            Self::Speed => Some(summary.bytes_per_second),
            Self::Left => summary.progress.seconds_left,
            Self::Added => u64::try_from(group.created.as_microsecond()).ok(),
        }
    }
}

/// An order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sort {
    /// What is compared.
    pub key: SortKey,
    /// The largest first.
    pub is_descending: bool,
}

impl Sort {
    /// Two ranks in this order, `None` last.
    pub(super) fn ranks(self, a: Option<u64>, b: Option<u64>) -> Ordering {
        match (a, b) {
            (Some(a), Some(b)) => self.turned(a.cmp(&b)),
            _ => a.is_none().cmp(&b.is_none()),
        }
    }

    /// Turned round where the largest is to come first.
    pub(super) fn turned(self, order: Ordering) -> Ordering {
        if self.is_descending {
            order.reverse()
        } else {
            order
        }
    }
}

/// A text that compares as the group's name reads: in lower case, `part 9` before `part 10`
/// (a run of digits begins with its length).
pub(super) fn name_key(group: &GroupView) -> Box<str> {
    let given = group.properties.name.as_str();
    let name = if given.is_empty() {
        first_name(group).unwrap_or_default().to_lowercase()
    } else {
        given.to_lowercase()
    };
    let mut key = String::with_capacity(name.len() + 4);
    let mut rest = name.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, digits) = rest.split_at(at);
        let end = digits
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(digits.len());
        let number = digits[..end].trim_start_matches('0');
        key.push_str(before);
        key.extend(char::from_u32('0' as u32 + number.len() as u32));
        key.push_str(number);
        rest = &digits[end..];
    }
    key.push_str(rest);
    key.into()
}
