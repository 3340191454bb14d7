//! What a person can do to groups: by a row's buttons, the toolbar, the menu, the keyboard.
//! One table says to which groups each applies.

use super::icon::Icon;
use crate::download::{State, WaitReason};
use crate::queue::{Command, GroupId, GroupView, Move};
use crate::words::{Key, key};

/// Something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Stop, keep every byte.
    Suspend,
    /// Go on, or try again.
    Resume,
    /// Go on, whatever the hour is and the network costs.
    Anyway,
    /// Wait for them again.
    WaitAgain,
    /// Full speed.
    Foreground,
    /// Use only what nobody else is using.
    Background,
    /// End it; unfinished parts go.
    Cancel,
    /// Off the list; no file is touched.
    Remove,
    /// Open the file.
    Open,
    /// Open its folder.
    Folder,
    /// Put the finished files into the system's trash, and the group off the list.
    Trash,
    /// Earlier, or later.
    Move(Move),
    /// Copy the links.
    Copy,
    /// Another name.
    Rename,
    /// A limit.
    Limit,
}

impl Deed {
    /// Does it apply to this group, as it is?
    #[must_use]
    pub fn applies(self, group: &GroupView) -> bool {
        let is_final = group.state.is_final();
        match self {
            Self::Suspend | Self::Resume | Self::Foreground | Self::Background | Self::Remove => {
                let of_none = self.commands(Vec::new());
                of_none.iter().all(|command| command.applies(group))
            }
            Self::Anyway => waits_for_better(group),
            Self::WaitAgain => !is_final && group.anyway,
            Self::Cancel => !is_final,
            Self::Open | Self::Folder => group.summary.files_done > 0 || self == Self::Folder,
            Self::Trash => group.state == State::Complete,
            Self::Move(_) | Self::Rename | Self::Limit => !is_final,
            Self::Copy => !group.jobs.is_empty(),
        }
    }

    /// Its sign.
    #[must_use]
    pub fn icon(self) -> Icon {
        match self {
            Self::Suspend => Icon::Pause,
            Self::Resume => Icon::Play,
            Self::Anyway => Icon::Download,
            Self::WaitAgain => Icon::Clock,
            Self::Foreground => Icon::Zap,
            Self::Background => Icon::Leaf,
            Self::Cancel | Self::Remove => Icon::X,
            Self::Open => Icon::File,
            Self::Folder => Icon::Folder,
            Self::Trash => Icon::Trash,
            Self::Move(Move::Top) => Icon::ChevronsUp,
            Self::Move(Move::Up) => Icon::ArrowUp,
            Self::Move(Move::Down) => Icon::ArrowDown,
            Self::Move(Move::Bottom) => Icon::ChevronsDown,
            Self::Copy => Icon::Copy,
            Self::Rename => Icon::Pencil,
            Self::Limit => Icon::Gauge,
        }
    }

    /// The key of its word.
    #[must_use]
    pub fn word(self) -> Key {
        match self {
            Self::Suspend => key!("deed-suspend"),
            Self::Resume => key!("deed-resume"),
            Self::Anyway => key!("deed-anyway"),
            Self::WaitAgain => key!("deed-wait-again"),
            Self::Foreground => key!("deed-foreground"),
            Self::Background => key!("deed-background"),
            Self::Cancel => key!("deed-cancel"),
            Self::Remove => key!("deed-remove"),
            Self::Open => key!("deed-open"),
            Self::Folder => key!("deed-folder"),
            Self::Trash => key!("deed-trash"),
            Self::Move(Move::Top) => key!("deed-top"),
            Self::Move(Move::Up) => key!("deed-up"),
            Self::Move(Move::Down) => key!("deed-down"),
            Self::Move(Move::Bottom) => key!("deed-bottom"),
            Self::Copy => key!("deed-copy"),
            Self::Rename => key!("deed-rename"),
            Self::Limit => key!("deed-limit"),
        }
    }

    /// The commands for these groups, which are in the queue's order, and stay in theirs; of
    /// the deeds that are the engine's alone.
    #[must_use]
    pub fn commands(self, ids: Vec<GroupId>) -> Vec<Command> {
        match self {
            Self::Suspend => vec![Command::Suspend(ids)],
            Self::Resume => vec![Command::Resume(ids)],
            Self::Anyway => vec![Command::Anyway(ids, true)],
            Self::WaitAgain => vec![Command::Anyway(ids, false)],
            Self::Foreground => vec![Command::Foreground(ids)],
            Self::Background => vec![Command::Background(ids)],
            Self::Remove => vec![Command::Remove(ids)],
            Self::Move(to) => {
                let mut moves: Vec<_> = ids.into_iter().map(|id| Command::Move(id, to)).collect();
                // Whoever goes first is passed by the next, or is in its way.
                if matches!(to, Move::Top | Move::Down) {
                    moves.reverse();
                }
                moves
            }
            _ => Vec::new(),
        }
    }
}

/// It waits for what a person may do without: another hour, another network, the mains.
fn waits_for_better(group: &GroupView) -> bool {
    group.waiting.is_some_and(|waiting| {
        matches!(
            waiting.reason,
            WaitReason::Schedule | WaitReason::Metered | WaitReason::Power
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Several that are moved stay in their order, whichever way they go.
    #[test]
    fn who_is_moved_first() {
        let ids: Vec<_> = (1..=2)
            .map(|id| GroupId(uuid::Uuid::from_u128(id)))
            .collect();
        for (to, first) in [
            (Move::Top, ids[1]),
            (Move::Up, ids[0]),
            (Move::Down, ids[1]),
            (Move::Bottom, ids[0]),
        ] {
            let moves = Deed::Move(to).commands(ids.clone());
            assert!(
                matches!(&moves[0], Command::Move(id, _) if *id == first),
                "{to:?}"
            );
        }
    }
}
