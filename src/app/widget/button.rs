//! A button that the keyboard reaches: Tab moves the focus (iced's own buttons take none),
//! Enter and Space press it, and a ring shows where the focus is.

use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer::{self, Renderer as _};
use iced::advanced::widget::operation::Focusable;
use iced::advanced::widget::{Id, Operation, Tree, tree};
use iced::advanced::{Clipboard, Shell, Widget, mouse, overlay};
use iced::keyboard::{self, key};
use iced::widget::{row, tooltip};
use iced::{
    Background, Border, Center, Color, Element, Event, Length, Padding, Rectangle, Renderer, Size,
    Theme, Vector, touch, window,
};

use super::line::{glyph, line, strong};
use crate::app::icon::Icon;
use crate::app::look::{BODY, Look, ROUND, SMALL, border};

/// What kind of button, for how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The one that is meant.
    Primary,
    /// With a line around it.
    Plain,
    /// Without anything until the pointer is over it.
    Quiet,
    /// The same, in a list of things to choose from.
    Item,
    /// Something goes that does not come back.
    Danger,
    /// One of several, and this is the one.
    Chosen,
    /// A link in a text.
    Link,
}

/// A button.
pub struct Button<'a, Message> {
    content: Element<'a, Message>,
    on_press: Option<Message>,
    kind: Kind,
    look: Look,
    id: Option<Id>,
    width: Length,
    height: Length,
    padding: Padding,
    takes_focus: bool,
    status: Status,
}

/// A button with this in it; it can be pressed once it has a message.
pub fn button<'a, Message: 'a>(
    look: Look,
    kind: Kind,
    content: impl Into<Element<'a, Message>>,
) -> Button<'a, Message> {
    Button {
        content: content.into(),
        on_press: None,
        kind,
        look,
        id: None,
        width: Length::Shrink,
        height: Length::Shrink,
        padding: Padding::from([8, 12]),
        takes_focus: true,
        status: Status::default(),
    }
}

/// A button with a word.
pub fn text_button<'a, Message: 'a>(look: Look, kind: Kind, label: String) -> Button<'a, Message> {
    button(look, kind, strong(label, BODY))
}

/// A button with an icon and a word.
pub fn labelled<'a, Message: 'a>(
    look: Look,
    kind: Kind,
    icon: Icon,
    label: String,
) -> Button<'a, Message> {
    let content = row![glyph(icon, 16.0), strong(label, BODY)];
    button(look, kind, content.spacing(8).align_y(Center))
}

/// A small square one with an icon; what it does is said when the pointer rests on it.
pub fn icon_button<'a, Message: Clone + 'a>(
    look: Look,
    icon: Icon,
    hint: String,
    on_press: Option<Message>,
) -> Element<'a, Message> {
    let pressed = button(look, Kind::Quiet, glyph(icon, 16.0))
        .padding(8)
        .on_press_maybe(on_press);
    hinted(look, pressed, hint)
}

/// The same in a row of a list.
pub fn row_button<'a, Message: Clone + 'a>(
    look: Look,
    icon: Icon,
    hint: String,
    on_press: Option<Message>,
) -> Element<'a, Message> {
    let pressed = button(look, Kind::Quiet, glyph(icon, 16.0))
        .padding(8)
        .out_of_tab()
        .on_press_maybe(on_press);
    hinted(look, pressed, hint)
}

/// Something with a hint that is shown while the pointer rests on it.
pub fn hinted<'a, Message: 'a>(
    look: Look,
    content: impl Into<Element<'a, Message>>,
    hint: String,
) -> Element<'a, Message> {
    let words = iced::widget::container(line(hint, SMALL).color(look.colors.background))
        .padding([4, 8])
        .style(move |_| iced::widget::container::Style {
            background: Some(look.colors.text.into()),
            border: border(Color::TRANSPARENT, 0.0, 4.0),
            ..Default::default()
        });
    tooltip(content, words, tooltip::Position::Bottom)
        .delay(std::time::Duration::from_millis(600))
        .gap(4)
        .into()
}

impl<Message> Button<'_, Message> {
    /// What pressing it says.
    #[must_use]
    pub fn on_press(self, message: Message) -> Self {
        self.on_press_maybe(Some(message))
    }

    /// The same, where it can be pressed at all.
    #[must_use]
    pub fn on_press_maybe(mut self, message: Option<Message>) -> Self {
        self.on_press = message;
        self
    }

    /// For tests, and to give it the focus.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Tab passes it by: in a row of a list, which has the keyboard's own ways.
    #[must_use]
    pub fn out_of_tab(mut self) -> Self {
        self.takes_focus = false;
        self
    }

    /// How wide.
    #[must_use]
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    /// How high.
    #[must_use]
    pub fn height(mut self, height: impl Into<Length>) -> Self {
        self.height = height.into();
        self
    }

    /// The room around what is in it.
    #[must_use]
    pub fn padding(mut self, padding: impl Into<Padding>) -> Self {
        self.padding = padding.into();
        self
    }

    fn colors(&self) -> (Option<Color>, Color, Border) {
        let colors = self.look.colors;
        let none = border(Color::TRANSPARENT, 0.0, ROUND);
        let hovered = (self.status.is_hovered || self.status.is_pressed).then_some(colors.hovered);
        if self.on_press.is_none() && self.kind != Kind::Chosen {
            let ground = (self.kind == Kind::Primary).then_some(colors.track);
            return (ground, colors.faint, none);
        }
        match self.kind {
            Kind::Primary => (Some(self.shaded(colors.accent)), colors.on_accent, none),
            Kind::Danger => (Some(self.shaded(colors.error)), colors.surface, none),
            Kind::Plain => (hovered, colors.text, self.look.outline(ROUND)),
            Kind::Quiet => (hovered, colors.muted, none),
            Kind::Item => (hovered, colors.text, none),
            Kind::Chosen => (Some(colors.surface), colors.text, self.look.outline(ROUND)),
            Kind::Link => (hovered, colors.accent, none),
        }
    }

    fn shaded(&self, color: Color) -> Color {
        let share = match (self.status.is_pressed, self.status.is_hovered) {
            (true, _) => 0.16,
            (false, true) => 0.08,
            _ => return color,
        };
        let toward = self.look.colors.text;
        let mix = |from: f32, to: f32| from + (to - from) * share;
        Color::from_rgb(
            mix(color.r, toward.r),
            mix(color.g, toward.g),
            mix(color.b, toward.b),
        )
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Status {
    is_hovered: bool,
    is_pressed: bool,
    is_focused: bool,
}

#[derive(Default)]
struct State {
    is_pressed: bool,
    is_focused: bool,
}

impl Focusable for State {
    fn is_focused(&self) -> bool {
        self.is_focused
    }

    fn focus(&mut self) {
        self.is_focused = true;
    }

    fn unfocus(&mut self) {
        self.is_focused = false;
    }
}

impl<Message: Clone> Widget<Message, Theme, Renderer> for Button<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        Size::new(self.width, self.height)
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        layout::positioned(
            limits,
            self.width,
            self.height,
            self.padding,
            |limits| {
                let content = self.content.as_widget_mut();
                content.layout(&mut tree.children[0], renderer, &limits.loose())
            },
            |content, size| content.align(iced::Alignment::Start, Center, size),
        )
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        operation.container(self.id.as_ref(), layout.bounds());
        if self.on_press.is_some() && self.takes_focus {
            let state = tree.state.downcast_mut::<State>();
            operation.focusable(self.id.as_ref(), layout.bounds(), state);
        }
        let content = &mut self.content;
        operation.traverse(&mut |operation| {
            if let Some(layout) = layout.children().next() {
                let tree = &mut tree.children[0];
                content
                    .as_widget_mut()
                    .operate(tree, layout, renderer, operation);
            }
        });
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Renderer,
        _: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        _: &Rectangle,
    ) {
        let state = tree.state.downcast_mut::<State>();
        let is_over = cursor.is_over(layout.bounds());
        if let Some(message) = &self.on_press {
            match press(event, state, is_over) {
                Press::Nothing => {}
                Press::Taken => shell.capture_event(),
                Press::Done => {
                    shell.publish(message.clone());
                    shell.capture_event();
                }
            }
        } else {
            *state = State::default();
        }
        let status = Status {
            is_hovered: is_over && self.on_press.is_some(),
            is_pressed: state.is_pressed && is_over,
            is_focused: state.is_focused,
        };
        if matches!(event, Event::Window(window::Event::RedrawRequested(_))) {
            self.status = status;
        } else if self.status != status {
            shell.request_redraw();
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        _: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let bounds = layout.bounds();
        let (ground, text_color, outline) = self.colors();
        if ground.is_some() || outline.width > 0.0 {
            let quad = renderer::Quad {
                bounds,
                border: outline,
                ..Default::default()
            };
            let ground = ground.unwrap_or(Color::TRANSPARENT);
            renderer.fill_quad(quad, Background::Color(ground));
        }
        if self.status.is_focused {
            let ring = renderer::Quad {
                bounds: bounds.expand(4),
                border: border(self.look.colors.accent, 2.0, ROUND + 4.0),
                ..Default::default()
            };
            renderer.fill_quad(ring, Background::Color(Color::TRANSPARENT));
        }
        if let Some(layout) = layout.children().next() {
            let style = renderer::Style { text_color };
            let content = self.content.as_widget();
            content.draw(
                &tree.children[0],
                renderer,
                theme,
                &style,
                layout,
                cursor,
                viewport,
            );
        }
    }

    fn mouse_interaction(
        &self,
        _: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Rectangle,
        _: &Renderer,
    ) -> mouse::Interaction {
        if self.on_press.is_some() && cursor.is_over(layout.bounds()) {
            mouse::Interaction::Pointer
        } else {
            mouse::Interaction::default()
        }
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        let content = self.content.as_widget_mut();
        let layout = layout.children().next()?;
        content.overlay(
            &mut tree.children[0],
            layout,
            renderer,
            viewport,
            translation,
        )
    }
}

/// What an event means to a button.
enum Press {
    Nothing,
    Taken,
    Done,
}

fn press(event: &Event, state: &mut State, is_over: bool) -> Press {
    match event {
        Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
        | Event::Touch(touch::Event::FingerPressed { .. }) => {
            // The mouse moves the focus away: the ring is for the keyboard.
            state.is_focused = false;
            state.is_pressed = is_over;
            if is_over {
                Press::Taken
            } else {
                Press::Nothing
            }
        }
        Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
        | Event::Touch(touch::Event::FingerLifted { .. }) => {
            match (std::mem::take(&mut state.is_pressed), is_over) {
                (true, true) => Press::Done,
                (true, false) => Press::Taken,
                _ => Press::Nothing,
            }
        }
        Event::Touch(touch::Event::FingerLost { .. }) => {
            state.is_pressed = false;
            Press::Nothing
        }
        Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. })
            if state.is_focused && !modifiers.command() && !modifiers.alt() =>
        {
            match key.as_ref() {
                keyboard::Key::Named(key::Named::Enter | key::Named::Space) => Press::Done,
                _ => Press::Nothing,
            }
        }
        _ => Press::Nothing,
    }
}

impl<'a, Message: Clone + 'a> From<Button<'a, Message>> for Element<'a, Message> {
    fn from(button: Button<'a, Message>) -> Self {
        Self::new(button)
    }
}
