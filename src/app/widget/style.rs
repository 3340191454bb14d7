//! How iced's own widgets look here: what scrolls, and where several lines are typed.

use iced::widget::scrollable::{self, AutoScroll, Rail, Scrollbar, Scroller};
use iced::widget::{container, text_editor};
use iced::{Background, Color, Shadow};

use crate::app::look::{Look, ROUND, border};

/// A bar for what scrolls down: thin, and a little off the edge.
pub fn bar() -> scrollable::Direction {
    let bar = Scrollbar::new().width(6).scroller_width(6).margin(2);
    scrollable::Direction::Vertical(bar)
}

/// What scrolls: no rail, and a quiet bar that gets stronger under the pointer.
pub fn scroll(look: Look, status: scrollable::Status) -> scrollable::Style {
    use scrollable::Status::{Active, Dragged, Hovered};
    let (down, across) = match status {
        Active { .. } => (false, false),
        Hovered {
            is_vertical_scrollbar_hovered: down,
            is_horizontal_scrollbar_hovered: across,
            ..
        }
        | Dragged {
            is_vertical_scrollbar_dragged: down,
            is_horizontal_scrollbar_dragged: across,
            ..
        } => (down, across),
    };
    scrollable::Style {
        container: container::Style::default(),
        vertical_rail: rail(look, down),
        horizontal_rail: rail(look, across),
        gap: None,
        auto_scroll: AutoScroll {
            background: look.colors.raised.into(),
            border: look.outline(f32::MAX),
            shadow: Shadow::default(),
            icon: look.colors.muted,
        },
    }
}

fn rail(look: Look, is_held: bool) -> Rail {
    let colors = look.colors;
    let color = if is_held {
        colors.muted
    } else {
        colors.faint.scale_alpha(0.55)
    };
    Rail {
        background: None,
        border: border(Color::TRANSPARENT, 0.0, 0.0),
        scroller: Scroller {
            background: color.into(),
            border: border(Color::TRANSPARENT, 0.0, 4.0),
        },
    }
}

/// Several lines to type in, like [`input`](super::field::input).
pub fn editor(look: Look, status: text_editor::Status, is_wrong: bool) -> text_editor::Style {
    let colors = look.colors;
    let (color, width) = match status {
        _ if is_wrong => (colors.error, 1.0),
        text_editor::Status::Focused { .. } => (colors.accent, 2.0),
        text_editor::Status::Hovered => (colors.faint, 1.0),
        _ => (colors.line, 1.0),
    };
    let ground = if look.is_dark {
        colors.background
    } else {
        colors.surface
    };
    text_editor::Style {
        background: Background::Color(ground),
        border: border(color, width, ROUND),
        placeholder: colors.muted,
        value: colors.text,
        selection: colors.accent.scale_alpha(0.25),
    }
}
