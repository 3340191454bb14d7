//! A field of several lines, however much is put into it.
//!
//! iced's own editor inserts line by line, each time moving all that follow, and shapes a
//! line as a whole: large pieces are put in by making it anew, and a line that is too long
//! for a link is cut (it stays too long).

use std::sync::Arc;

use iced::widget::text_editor::{Action, Content, Cursor, Edit, Position};

/// Above so many characters a piece is large.
const LARGE: usize = 64 * 1024;

/// What is in the field, with `\n` between the lines.
#[must_use]
pub fn text(content: &Content) -> String {
    let mut text = String::new();
    for line in content.lines() {
        text.push_str(&line.text);
        text.push('\n');
    }
    text.pop();
    text
}

/// Does what was typed.
pub fn perform(content: &mut Content, action: Action) {
    match action {
        Action::Edit(Edit::Paste(piece)) if piece.len() > LARGE => insert(content, &piece),
        action => content.perform(action),
    }
}

/// Puts lines below those that are there.
pub fn append(content: &mut Content, lines: &str) {
    let last = content.line_count().saturating_sub(1);
    let column = content.line(last).map_or(0, |line| line.text.len());
    content.move_to(caret(last, column));
    let parted = if column > 0 { "\n" } else { "" };
    let piece = format!("{parted}{}\n", lines.trim_end());
    perform(content, Action::Edit(Edit::Paste(Arc::new(piece))));
}

/// Puts a large piece in the place of what is chosen.
fn insert(content: &mut Content, piece: &str) {
    if content.selection().is_some() {
        content.perform(Action::Edit(Edit::Delete));
    }
    let Position { line, column } = content.cursor().position;
    let before = text(content);
    let begin: usize = before.split('\n').take(line).map(|line| line.len() + 1).sum();
    let (head, tail) = before.split_at((begin + column).min(before.len()));
    let piece: Vec<&str> = piece.lines().map(cut).collect();
    let whole = format!("{head}{}\n{tail}", piece.join("\n"));
    *content = Content::with_text(&whole);
    let line = line + piece.len();
    content.move_to(caret(line, 0));
}

fn cut(line: &str) -> &str {
    &line[..line.floor_char_boundary(LARGE + 1).min(line.len())]
}

fn caret(line: usize, column: usize) -> Cursor {
    Cursor {
        position: Position { line, column },
        selection: None,
    }
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

    /// A large piece goes where a small one would.
    #[test]
    fn large_pieces_take_the_place_of_what_is_chosen() {
        let large = "http://example.org/file\n".repeat(5_000);
        let mut content = Content::with_text("first\nü second\nthird");
        content.move_to(Cursor {
            position: Position { line: 1, column: 9 },
            selection: Some(Position { line: 1, column: 3 }),
        });
        perform(&mut content, Action::Edit(Edit::Paste(Arc::new(large.clone()))));
        assert_eq!(text(&content), format!("first\nü {large}\nthird"));
        assert_eq!(content.cursor().position, Position { line: 5_001, column: 0 });
        content.perform(Action::Edit(Edit::Insert('x')));
        assert!(text(&content).ends_with("\nx\nthird"));
    }

    #[test]
    fn a_line_without_end_is_cut() {
        let mut content = Content::new();
        append(&mut content, &"é".repeat(10 << 20));
        let length = text(&content).len();
        assert!((LARGE..LARGE + 8).contains(&length), "{length}");
    }
}
