//! A line of text that is never wider than its place: what does not fit ends in an ellipsis.
//!
//! Control characters, line breaks and what turns the direction of text around are taken
//! out before (`words::clean`): nothing a server says breaks the layout.

use std::borrow::Cow;

use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer;
use iced::advanced::text::{self, Paragraph as _, Renderer as _};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Widget, mouse};
use iced::alignment::{Horizontal, Vertical};
use iced::{Color, Element, Font, Length, Pixels, Point, Rectangle, Renderer, Size, Theme};

use crate::app::icon::{self, Icon};
use crate::app::look::{MEDIUM, REGULAR};
use crate::words::clean::clean;

type Paragraph = <Renderer as text::Renderer>::Paragraph;

/// More characters than this are never measured; no window is as wide.
const LONGEST: usize = 1_000;

/// Room for that many, and not without end: text from the right would begin there.
const WIDEST: Size = Size::new(32_768.0, 1_024.0);

/// A line of text.
pub struct Line<'a> {
    content: Cow<'a, str>,
    size: f32,
    font: Font,
    color: Option<Color>,
    width: Length,
    align: Horizontal,
}

/// A line in the regular weight; its ground's colour, unless it is given one.
pub fn line<'a>(content: impl Into<Cow<'a, str>>, size: f32) -> Line<'a> {
    Line {
        content: content.into(),
        size,
        font: REGULAR,
        color: None,
        width: Length::Shrink,
        align: Horizontal::Left,
    }
}

/// A line in the stronger weight.
pub fn strong<'a>(content: impl Into<Cow<'a, str>>, size: f32) -> Line<'a> {
    Line {
        font: MEDIUM,
        ..line(content, size)
    }
}

/// An icon, as wide as high.
pub fn glyph<'a>(icon: Icon, size: f32) -> Line<'a> {
    Line {
        font: icon::FONT,
        width: Length::Fixed(size),
        align: Horizontal::Center,
        ..line(icon.glyph().to_string(), size)
    }
}

impl Line<'_> {
    /// In this colour.
    #[must_use]
    pub fn color(self, color: Color) -> Self {
        Self {
            color: Some(color),
            ..self
        }
    }

    /// In this width.
    #[must_use]
    pub fn width(self, width: impl Into<Length>) -> Self {
        Self {
            width: width.into(),
            ..self
        }
    }

    /// To the right of its place.
    #[must_use]
    pub fn right(self) -> Self {
        Self {
            align: Horizontal::Right,
            ..self
        }
    }

    /// In the middle of its place.
    #[must_use]
    pub fn center(self) -> Self {
        Self {
            align: Horizontal::Center,
            ..self
        }
    }

    fn paragraph(&self, content: &str) -> Paragraph {
        let mut paragraph = Paragraph::with_text(text::Text {
            content,
            bounds: WIDEST,
            size: Pixels(self.size),
            line_height: text::LineHeight::default(),
            font: self.font,
            align_x: text::Alignment::Left,
            align_y: Vertical::Top,
            shaping: text::Shaping::Auto,
            wrapping: text::Wrapping::None,
        });
        if !content.is_ascii() {
            // What is written from the right begins at the end of its place: that must be its own.
            paragraph.resize(Size::new(paragraph.min_width().ceil(), WIDEST.height));
        }
        paragraph
    }

    /// As much of a text as fits, and an ellipsis for the rest.
    fn cut(&self, whole: &str, width: f32) -> Paragraph {
        let ends: Vec<usize> = whole.char_indices().map(|(at, _)| at).collect();
        let cut = |count: usize| {
            let kept = ends.get(count).map_or(whole, |end| &whole[..*end]);
            self.paragraph(&format!("{}…", kept.trim_end()))
        };
        let (mut fits, mut too_many) = (0, ends.len());
        while fits + 1 < too_many {
            let middle = usize::midpoint(fits, too_many);
            if cut(middle).min_width() <= width {
                fits = middle;
            } else {
                too_many = middle;
            }
        }
        cut(fits)
    }
}

/// What was laid out, kept for the next time.
#[derive(Default)]
struct State {
    content: String,
    size: f32,
    font: Font,
    /// The whole text on one line.
    whole: Option<Paragraph>,
    /// What is shown instead where there is less room, and how much that was.
    cut: Option<(f32, Paragraph)>,
}

impl State {
    fn lay_out(&mut self, line: &Line<'_>, width: f32) -> Size {
        let is_same = self.content == line.content
            && self.font == line.font
            && (self.size - line.size).abs() < f32::EPSILON;
        let whole = match &self.whole {
            Some(whole) if is_same => whole,
            _ => {
                line.content.as_ref().clone_into(&mut self.content);
                (self.size, self.font, self.cut) = (line.size, line.font, None);
                self.whole.insert(line.paragraph(&cleaned(&line.content)))
            }
        };
        // Half a pixel of rounding is not worth an ellipsis.
        if whole.min_width() <= width + 0.5 {
            self.cut = None;
            return whole.min_bounds();
        }
        match &self.cut {
            Some((at, cut)) if (at - width).abs() < 0.01 => cut.min_bounds(),
            _ => {
                let cut = line.cut(&cleaned(&line.content), width);
                self.cut.insert((width, cut)).1.min_bounds()
            }
        }
    }

    fn shown(&self) -> Option<&Paragraph> {
        let cut = self.cut.as_ref().map(|(_, cut)| cut);
        cut.or(self.whole.as_ref())
    }
}

fn cleaned(content: &str) -> String {
    let end = content
        .char_indices()
        .nth(LONGEST)
        .map_or(content.len(), |(at, _)| at);
    clean(&content[..end])
}

impl<Message> Widget<Message, Theme, Renderer> for Line<'_> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(self.width, Length::Shrink)
    }

    fn layout(&mut self, tree: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        let state = tree.state.downcast_mut::<State>();
        layout::sized(limits, self.width, Length::Shrink, |limits| {
            state.lay_out(self, limits.max().width)
        })
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        _: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let bounds = layout.bounds();
        let state = tree.state.downcast_ref::<State>();
        let Some(paragraph) = state.shown() else {
            return;
        };
        let room = (bounds.width - paragraph.min_width()).max(0.0);
        let x = bounds.x
            + match self.align {
                Horizontal::Left => 0.0,
                Horizontal::Center => room / 2.0,
                Horizontal::Right => room,
            };
        let color = self.color.unwrap_or(style.text_color);
        renderer.fill_paragraph(paragraph, Point::new(x, bounds.y), color, *viewport);
    }

    fn operate(
        &mut self,
        _: &mut Tree,
        layout: Layout<'_>,
        _: &Renderer,
        operation: &mut dyn Operation,
    ) {
        operation.text(None, layout.bounds(), &self.content);
    }
}

impl<'a, Message: 'a> From<Line<'a>> for Element<'a, Message> {
    fn from(line: Line<'a>) -> Self {
        Self::new(line)
    }
}
