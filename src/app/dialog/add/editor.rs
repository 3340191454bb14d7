//! A field of several lines.
//!
//! iced's editor moves every line for every line that is put before it, and shapes all that
//! it was never shown: what is large is never put into it.

use std::sync::Arc;

use iced::widget::text_editor::{Action, Content, Cursor, Edit, Position};

/// Above so many bytes a text is large.
const LARGE: usize = 32 * 1024;

/// Is this too much for a field?
#[must_use]
pub fn is_large(text: &str) -> bool {
    text.len() > LARGE
}

/// What is in the field, with `\n` between the lines.
#[must_use]
pub fn text(content: &Content) -> String {
    let lines: Vec<String> = content.lines().map(|line| line.text.into_owned()).collect();
    lines.join("\n")
}

/// Does what was typed; of a large text that is pasted only the beginning is taken.
pub fn perform(content: &mut Content, action: Action) {
    match action {
        Action::Edit(Edit::Paste(piece)) if is_large(&piece) => {
            let end = piece.floor_char_boundary(LARGE);
            let piece = Arc::new(piece[..end].to_owned());
            content.perform(Action::Edit(Edit::Paste(piece)));
        }
        action => content.perform(action),
    }
}

/// Puts lines below those that are there.
pub fn append(content: &mut Content, lines: &str) {
    let line = content.line_count().saturating_sub(1);
    let column = content.line(line).map_or(0, |line| line.text.len());
    content.move_to(Cursor {
        position: Position { line, column },
        selection: None,
    });
    let parted = if column > 0 { "\n" } else { "" };
    let piece = format!("{parted}{}\n", lines.trim_end());
    content.perform(Action::Edit(Edit::Paste(Arc::new(piece))));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_put_below() {
        for (before, added, after) in [
            ("", "a", "a\n"),
            ("a", "b\r\nc\n", "a\nb\nc\n"),
            ("a\n", "b\n\n", "a\nb\n"),
            ("ü", "b", "ü\nb\n"),
        ] {
            let mut content = Content::with_text(before);
            append(&mut content, added);
            assert_eq!(text(&content), after, "{before:?} {added:?}");
        }
    }

    #[test]
    fn a_field_never_becomes_large_at_once() {
        let mut content = Content::new();
        let piece = Arc::new("ü".repeat(10 << 20));
        perform(&mut content, Action::Edit(Edit::Paste(piece)));
        assert_eq!(text(&content).len(), LARGE);
    }
}
