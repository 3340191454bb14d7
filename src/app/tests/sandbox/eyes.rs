//! What a person sees: texts and where they are, the focus, the picture.

use iced::advanced::renderer::{Headless, Style};
use iced::advanced::widget::operation::{Operation, Outcome};
use iced::{Event, Rectangle, Size, mouse, window};
use iced_test::runtime::UserInterface;
use iced_test::selector::{Candidate, Selector};

use super::Sandbox;

impl Sandbox {
    /// Is just this text to be seen?
    pub fn sees(&mut self, text: &str) -> bool {
        self.texts().iter().any(|(seen, _)| seen == text)
    }

    /// Is a text that contains this to be seen?
    pub fn sees_part(&mut self, text: &str) -> bool {
        self.texts().iter().any(|(seen, _)| seen.contains(text))
    }

    /// Where the first text is that is just this.
    pub fn place(&mut self, text: &str) -> Rectangle {
        let place = self.texts().into_iter().find(|(seen, _)| seen == text);
        place
            .unwrap_or_else(|| panic!("{text:?} is not in {}", self.all()))
            .1
    }

    /// Which field, button or text has the keyboard's focus.
    pub fn focused(&mut self) -> Option<iced::widget::Id> {
        let focused = self.select(|candidate: Candidate<'_>| match candidate {
            Candidate::Focusable { id, state, .. } if state.is_focused() => Some(id.cloned()),
            _ => None,
        });
        focused.into_iter().flatten().next()
    }

    /// All texts in sight, for a failure.
    pub fn all(&mut self) -> String {
        let texts: Vec<_> = self.texts().into_iter().map(|(text, _)| text).collect();
        texts.join(" | ")
    }

    /// All texts in sight, and where they are.
    pub fn texts(&mut self) -> Vec<(String, Rectangle)> {
        self.select(|candidate: Candidate<'_>| match candidate {
            Candidate::Text {
                content,
                visible_bounds: Some(place),
                ..
            } => Some((content.to_owned(), place)),
            _ => None,
        })
    }

    pub(super) fn select<T: Clone + Send + 'static>(
        &mut self,
        select: impl FnMut(Candidate<'_>) -> Option<T> + Send + 'static,
    ) -> Vec<T> {
        let mut all = Selector::find_all(select);
        self.operate(&mut iced::advanced::widget::operation::black_box(&mut all));
        match all.finish() {
            Outcome::Some(found) => found,
            _ => Vec::new(),
        }
    }

    /// What is drawn: four bytes a pixel.
    pub fn picture(&mut self, scale: f32) -> (Vec<u8>, Size<u32>) {
        let size = self.app.size;
        let theme = self.app.theme();
        let mut ui = UserInterface::build(
            self.app.view(self.window),
            size,
            std::mem::take(&mut self.cache),
            &mut self.renderer,
        );
        let redraw = Event::Window(window::Event::RedrawRequested(std::time::Instant::now()));
        let (renderer, cursor) = (&mut self.renderer, mouse::Cursor::Unavailable);
        let _ = ui.update(
            &[redraw],
            cursor,
            renderer,
            &mut self.clipboard,
            &mut Vec::new(),
        );
        let colors = self.app.look.colors;
        let style = Style {
            text_color: colors.text,
        };
        ui.draw(renderer, &theme, &style, cursor);
        self.cache = ui.into_cache();
        let pixels = Size::new((size.width * scale) as u32, (size.height * scale) as u32);
        (
            renderer.screenshot(pixels, scale, colors.background),
            pixels,
        )
    }
}
