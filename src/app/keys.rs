//! The keyboard: which key means what. One table, for what happens and for the list of
//! shortcuts that `?` shows.

use crate::words::{self, key};
use iced::keyboard::key::Named;
use iced::keyboard::{Key, Modifiers};

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortcut {
    /// The add dialog.
    Add,
    /// The add dialog with what is on the clipboard.
    Paste,
    /// Into the search field.
    Search,
    /// Suspend what runs, resume what does not.
    Toggle,
    /// To the foreground, or back.
    Foreground,
    /// Cancel, or take off the list what has ended.
    Cancel,
    /// Take the last cancelling back.
    Undo,
    /// Open the file.
    Open,
    /// Open its folder.
    Folder,
    /// Copy the links.
    Copy,
    /// Another name.
    Rename,
    /// The menu of what is chosen.
    Menu,
    /// Details, shown or not.
    Details,
    /// Choose all.
    All,
    /// Up and down in the list; with Shift, choose on the way.
    Move(Step),
    /// Open a group to its files, or close it.
    Expand,
    /// The other way.
    Collapse,
    /// Earlier among those of its priority.
    Earlier,
    /// Later.
    Later,
    /// Settings.
    Settings,
    /// What was downloaded.
    History,
    /// The list of shortcuts.
    Help,
    /// Everything waits, or goes on.
    SuspendAll,
    /// Close what is open.
    Close,
    /// The next thing that takes keys.
    Next,
    /// The one before.
    Previous,
    /// End.
    Quit,
}

/// Which way in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A row up.
    Up,
    /// A row down.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the first.
    First,
    /// To the last.
    Last,
}

/// The shortcuts as they are listed: the key of their text, and the keys as they are written
/// on a keyboard.
pub const LISTED: [(words::Key, &str); 27] = [
    (key!("shortcut-add"), "Ctrl N"),
    (key!("shortcut-paste"), "Ctrl V"),
    (key!("shortcut-search"), "Ctrl F  /"),
    (key!("shortcut-move"), "↑ ↓"),
    (key!("shortcut-extend"), "Shift ↑ ↓"),
    (key!("shortcut-all"), "Ctrl A"),
    (key!("shortcut-expand"), "→ ←"),
    (key!("shortcut-toggle"), "Space"),
    (key!("shortcut-foreground"), "F"),
    (key!("shortcut-cancel"), "Delete"),
    (key!("shortcut-undo"), "Ctrl Z"),
    (key!("shortcut-open"), "Enter"),
    (key!("shortcut-folder"), "Ctrl Enter"),
    (key!("shortcut-copy"), "Ctrl C"),
    (key!("shortcut-rename"), "F2"),
    (key!("shortcut-menu"), "Menu  Shift F10"),
    (key!("shortcut-details"), "Ctrl I"),
    (key!("shortcut-earlier"), "Alt ↑"),
    (key!("shortcut-later"), "Alt ↓"),
    (key!("shortcut-suspend-all"), "Ctrl P"),
    (key!("shortcut-history"), "Ctrl H"),
    (key!("shortcut-settings"), "Ctrl ,"),
    (key!("shortcut-next"), "Tab"),
    (key!("shortcut-previous"), "Shift Tab"),
    (key!("shortcut-close"), "Esc"),
    (key!("shortcut-help"), "?  F1"),
    (key!("shortcut-quit"), "Ctrl Q"),
];

/// What a pressed key means; `modified` is the key as the keyboard's layout gives it with Shift.
#[must_use]
pub fn shortcut(key: &Key, modified: &Key, modifiers: Modifiers) -> Option<Shortcut> {
    let command = modifiers.command();
    match key.as_ref() {
        Key::Named(named) => of_named(named, modifiers),
        Key::Character(_) if modifiers.alt() => None,
        Key::Character(character) if command => of_command(&character.to_lowercase()),
        Key::Character(_) => match modified.as_ref() {
            Key::Character("?") => Some(Shortcut::Help),
            Key::Character("/") => Some(Shortcut::Search),
            Key::Character("f" | "F") => Some(Shortcut::Foreground),
            _ => None,
        },
        Key::Unidentified => None,
    }
}

fn of_command(character: &str) -> Option<Shortcut> {
    Some(match character {
        "n" => Shortcut::Add,
        "v" => Shortcut::Paste,
        "f" => Shortcut::Search,
        "a" => Shortcut::All,
        "c" => Shortcut::Copy,
        "i" => Shortcut::Details,
        "z" => Shortcut::Undo,
        "p" => Shortcut::SuspendAll,
        "h" => Shortcut::History,
        "," => Shortcut::Settings,
        "q" | "w" => Shortcut::Quit,
        _ => return None,
    })
}

fn of_named(key: Named, modifiers: Modifiers) -> Option<Shortcut> {
    Some(match key {
        Named::ArrowUp if modifiers.alt() => Shortcut::Earlier,
        Named::ArrowDown if modifiers.alt() => Shortcut::Later,
        Named::ArrowUp => Shortcut::Move(Step::Up),
        Named::ArrowDown => Shortcut::Move(Step::Down),
        Named::PageUp => Shortcut::Move(Step::PageUp),
        Named::PageDown => Shortcut::Move(Step::PageDown),
        Named::Home => Shortcut::Move(Step::First),
        Named::End => Shortcut::Move(Step::Last),
        Named::ArrowRight => Shortcut::Expand,
        Named::ArrowLeft => Shortcut::Collapse,
        Named::Enter if modifiers.command() => Shortcut::Folder,
        Named::Enter => Shortcut::Open,
        Named::Space => Shortcut::Toggle,
        Named::Delete => Shortcut::Cancel,
        Named::Tab if modifiers.shift() => Shortcut::Previous,
        Named::Tab => Shortcut::Next,
        Named::Escape => Shortcut::Close,
        Named::F1 => Shortcut::Help,
        Named::F2 => Shortcut::Rename,
        Named::ContextMenu => Shortcut::Menu,
        Named::F10 if modifiers.shift() => Shortcut::Menu,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Key {
        Key::Character(text.into())
    }

    #[test]
    fn keys_and_what_they_mean() {
        use Shortcut::{Add, Earlier, Foreground, Help, Move, Previous, Quit, Search, Settings};
        let (none, shift) = (Modifiers::empty(), Modifiers::SHIFT);
        for (key, modified, modifiers, meant) in [
            (typed("n"), typed("n"), Modifiers::CTRL, Some(Add)),
            (typed("N"), typed("N"), Modifiers::CTRL, Some(Add)),
            (typed("n"), typed("n"), none, None),
            (typed("f"), typed("f"), none, Some(Foreground)),
            (typed("f"), typed("f"), Modifiers::CTRL, Some(Search)),
            (typed("f"), typed("f"), Modifiers::ALT, None),
            // A German and an American keyboard.
            (typed("ß"), typed("?"), shift, Some(Help)),
            (typed("/"), typed("?"), shift, Some(Help)),
            (typed("7"), typed("/"), shift, Some(Search)),
            (typed(","), typed(","), Modifiers::CTRL, Some(Settings)),
            (typed("q"), typed("q"), Modifiers::CTRL, Some(Quit)),
            (
                Key::Named(Named::ArrowUp),
                typed(""),
                Modifiers::ALT,
                Some(Earlier),
            ),
            (
                Key::Named(Named::ArrowUp),
                typed(""),
                shift,
                Some(Move(Step::Up)),
            ),
            (Key::Named(Named::Tab), typed(""), shift, Some(Previous)),
        ] {
            assert_eq!(
                shortcut(&key, &modified, modifiers),
                meant,
                "{key:?} {modifiers:?}"
            );
        }
    }
}
