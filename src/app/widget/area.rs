//! A place that can be pressed, pressed twice, and asked for its menu: a row of a list.

use std::time::{Duration, Instant};

use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer::{self, Renderer as _};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Shell, Widget, mouse, overlay};
use iced::{
    Background, Color, Element, Event, Length, Point, Rectangle, Renderer, Size, Theme, Vector,
    window,
};

/// Two presses within this time are one double press.
const DOUBLE: Duration = Duration::from_millis(400);

/// The place.
pub struct Area<'a, Message> {
    content: Element<'a, Message>,
    on_press: Message,
    on_double: Option<Message>,
    on_menu: Option<Box<dyn Fn(Point) -> Message + 'a>>,
    hovered: Color,
    is_hovered: bool,
}

/// Something that can be pressed, with this ground under the pointer.
pub fn area<'a, Message>(
    content: impl Into<Element<'a, Message>>,
    on_press: Message,
    hovered: Color,
) -> Area<'a, Message> {
    Area {
        content: content.into(),
        on_press,
        on_double: None,
        on_menu: None,
        hovered,
        is_hovered: false,
    }
}

impl<'a, Message> Area<'a, Message> {
    /// What pressing it twice says, besides.
    #[must_use]
    pub fn on_double(self, message: Option<Message>) -> Self {
        Self {
            on_double: message,
            ..self
        }
    }

    /// What the other button of the mouse says, and where it was.
    #[must_use]
    pub fn on_menu(self, message: impl Fn(Point) -> Message + 'a) -> Self {
        Self {
            on_menu: Some(Box::new(message)),
            ..self
        }
    }
}

#[derive(Default)]
struct State {
    pressed: Option<Instant>,
}

impl<Message: Clone> Widget<Message, Theme, Renderer> for Area<'_, Message> {
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
        self.content.as_widget().size()
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        let content = self.content.as_widget_mut();
        content.layout(&mut tree.children[0], renderer, limits)
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let content = self.content.as_widget_mut();
        content.operate(&mut tree.children[0], layout, renderer, operation);
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let content = self.content.as_widget_mut();
        let inner = &mut tree.children[0];
        content.update(
            inner, event, layout, cursor, renderer, clipboard, shell, viewport,
        );
        let is_over = cursor.is_over(layout.bounds());
        if let Event::Window(window::Event::RedrawRequested(_)) = event {
            self.is_hovered = is_over;
        } else if self.is_hovered != is_over {
            shell.request_redraw();
        }
        if !is_over || shell.is_event_captured() {
            return;
        }
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)) => {
                let state = tree.state.downcast_mut::<State>();
                let earlier = state.pressed.replace(Instant::now());
                shell.publish(self.on_press.clone());
                if let Some(message) = &self.on_double
                    && earlier.is_some_and(|earlier| earlier.elapsed() < DOUBLE)
                {
                    state.pressed = None;
                    shell.publish(message.clone());
                }
                // Not captured: a field that has the focus shall let go of it.
            }
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Right)) => {
                if let (Some(menu), Some(at)) = (&self.on_menu, cursor.position()) {
                    shell.publish(menu(at));
                    shell.capture_event();
                }
            }
            _ => {}
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        if self.is_hovered {
            let quad = renderer::Quad {
                bounds: layout.bounds(),
                ..Default::default()
            };
            renderer.fill_quad(quad, Background::Color(self.hovered));
        }
        let content = self.content.as_widget();
        content.draw(
            &tree.children[0],
            renderer,
            theme,
            style,
            layout,
            cursor,
            viewport,
        );
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        let content = self.content.as_widget();
        content.mouse_interaction(&tree.children[0], layout, cursor, viewport, renderer)
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
        content.overlay(
            &mut tree.children[0],
            layout,
            renderer,
            viewport,
            translation,
        )
    }
}

impl<'a, Message: Clone + 'a> From<Area<'a, Message>> for Element<'a, Message> {
    fn from(area: Area<'a, Message>) -> Self {
        Self::new(area)
    }
}
