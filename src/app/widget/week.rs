//! A week of 7 × 24 hours that is painted: by dragging over its hours, or over the names of its
//! days and hours for whole ones; or by the arrows, Shift and Space.
//!
//! What is allowed is seen by how high an hour is filled, as well as by colour. It only tells
//! what was painted over: what comes of it is seen when it is drawn the next time.

mod plan;
mod state;

use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer::{self, Renderer as _};
use iced::advanced::text::{self, Renderer as _};
use iced::advanced::widget::{Id, Operation, Tree, tree};
use iced::advanced::{Clipboard, Shell, Widget, mouse};
use iced::alignment::Vertical;
use iced::keyboard::key::Named;
use iced::keyboard::{self, Key};
use iced::{
    Background, Color, Element, Event, Length, Pixels, Point, Rectangle, Renderer, Size, Theme,
    touch,
};

use crate::app::look::{Look, MEDIUM, REGULAR, SMALL, TINY, border};
pub use plan::{Block, DAYS, HOURS};
use plan::{HEIGHT, Plan};
use state::State;

/// How much is allowed in an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// All.
    Full,
    /// Some.
    Limited,
    /// Nothing.
    Off,
}

impl Mark {
    /// How high it is filled.
    #[must_use]
    pub fn share(self) -> f32 {
        match self {
            Self::Full => 1.0,
            Self::Limited => 0.4,
            Self::Off => 0.0,
        }
    }
}

/// What a week shows.
pub struct Week<'a> {
    /// Of each hour how much is allowed.
    pub marks: [[Mark; HOURS]; DAYS],
    /// Which hour it is now: day, hour.
    pub present: (usize, usize),
    /// The days' short names, from Monday on.
    pub days: [String; DAYS],
    /// What can be done, while nothing is pointed at.
    pub hint: String,
    /// What is said of hours that are pointed at.
    pub told: Box<dyn Fn(Block) -> String + 'a>,
    /// The colour of what is allowed.
    pub tint: Color,
}

struct Grid<'a, Message> {
    week: Week<'a>,
    on_paint: Box<dyn Fn(Block) -> Message + 'a>,
    id: Id,
    look: Look,
}

/// A week as wide as its place, which says what was painted over.
pub fn week<'a, Message: 'a>(
    look: Look,
    id: impl Into<Id>,
    week: Week<'a>,
    on_paint: impl Fn(Block) -> Message + 'a,
) -> Element<'a, Message> {
    Element::new(Grid {
        week,
        on_paint: Box::new(on_paint),
        id: id.into(),
        look,
    })
}

impl<Message> Grid<'_, Message> {
    fn keyboard(
        &self,
        state: &mut State,
        key: &Key,
        modifiers: keyboard::Modifiers,
        shell: &mut Shell<'_, Message>,
    ) {
        let is_plain = !modifiers.command() && !modifiers.alt();
        let Key::Named(named) = key else {
            return;
        };
        if !state.is_focused || !is_plain {
            return;
        }
        if matches!(named, Named::Space | Named::Enter) {
            shell.publish((self.on_paint)(state.chosen()));
        } else if !state.moved(*named, modifiers.shift()) {
            return;
        }
        shell.capture_event();
        shell.request_redraw();
    }

    fn draw_hours(&self, renderer: &mut Renderer, plan: &Plan) {
        let colors = self.look.colors;
        for (day, hours) in self.week.marks.iter().enumerate() {
            for (hour, mark) in hours.iter().enumerate() {
                let cell = plan.cell(day, hour);
                fill(renderer, cell, colors.track, 3.0);
                let height = (cell.height * mark.share()).round();
                if height > 0.0 {
                    let filled = Rectangle {
                        y: cell.y + cell.height - height,
                        height,
                        ..cell
                    };
                    fill(renderer, filled, self.week.tint.scale_alpha(0.55), 3.0);
                }
            }
        }
        let (day, hour) = self.week.present;
        outline(renderer, plan.cell(day, hour), colors.text, 1.5, 3.0);
    }

    fn draw_names(&self, renderer: &mut Renderer, plan: &Plan, told: &str, viewport: &Rectangle) {
        let colors = self.look.colors;
        // (From the left and the top: the software's renderer draws anew what is there.)
        let mut write = |content: &str, middle: Point, size: f32, strong: bool| {
            let height = (size * 1.3).ceil();
            let text = text::Text {
                content: content.to_owned(),
                bounds: Size::new(plan.bounds.width, height),
                size: Pixels(size),
                line_height: text::LineHeight::Absolute(Pixels(height)),
                font: if strong { MEDIUM } else { REGULAR },
                align_x: text::Alignment::Left,
                align_y: Vertical::Top,
                shaping: text::Shaping::Auto,
                wrapping: text::Wrapping::None,
            };
            let color = if strong { colors.text } else { colors.muted };
            let at = Point::new(middle.x, (middle.y - height / 2.0).round());
            renderer.fill_text(text, at, color, *viewport);
        };
        for (day, name) in self.week.days.iter().enumerate() {
            let middle = Point::new(plan.bounds.x, plan.cell(day, 0).center_y());
            write(name, middle, SMALL, day == self.week.present.0);
        }
        for hour in (0..=HOURS).step_by(3) {
            write(&format!("{hour:02}"), plan.name_of_hour(hour), TINY, false);
        }
        write(told, plan.foot(), SMALL, false);
    }

    fn told(&self, state: &State) -> String {
        let told = state.block().map(|block| (self.week.told)(block));
        told.unwrap_or_else(|| self.week.hint.clone())
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Grid<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Shrink)
    }

    fn layout(&mut self, _: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, Length::Fill, Length::Fixed(HEIGHT))
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        _: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let state = tree.state.downcast_mut::<State>();
        let told = self.told(state);
        operation.container(Some(&self.id), layout.bounds());
        operation.focusable(Some(&self.id), layout.bounds(), state);
        operation.text(None, layout.bounds(), &told);
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
        let plan = Plan::new(layout.bounds());
        let over = cursor.position_over(plan.bounds);
        let over = over.and_then(|at| plan.spot(at));
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. }) => {
                if state.press(over) {
                    shell.capture_event();
                }
                shell.request_redraw();
            }
            Event::Mouse(mouse::Event::CursorMoved { .. })
            | Event::Touch(touch::Event::FingerMoved { .. }) => {
                let before = (state.hovered, state.drag);
                state.hovered = over;
                if let (Some((_, to)), Some(at)) = (&mut state.drag, cursor.position()) {
                    *to = plan.nearest(at);
                    shell.capture_event();
                }
                if before != (state.hovered, state.drag) {
                    shell.request_redraw();
                }
            }
            Event::Mouse(mouse::Event::CursorLeft) => {
                state.hovered = None;
                shell.request_redraw();
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerLifted { .. }) => {
                if let Some(block) = state.release() {
                    shell.publish((self.on_paint)(block));
                    shell.capture_event();
                    shell.request_redraw();
                }
            }
            Event::Touch(touch::Event::FingerLost { .. }) => state.drag = None,
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) => {
                self.keyboard(state, key, *modifiers, shell);
            }
            _ => {}
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _: &Theme,
        _: &renderer::Style,
        layout: Layout<'_>,
        _: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_ref::<State>();
        let plan = Plan::new(layout.bounds());
        self.draw_hours(renderer, &plan);
        if let Some(block) = state.block() {
            let (first, last) = block.corners();
            let (first, last) = (plan.cell(first.0, first.1), plan.cell(last.0, last.1));
            let around = first.union(&last).expand(1.5);
            fill(
                renderer,
                around,
                self.look.colors.accent.scale_alpha(0.12),
                4.0,
            );
            let width = if state.drag.is_some() || state.is_focused {
                2.0
            } else {
                1.0
            };
            outline(renderer, around, self.look.colors.accent, width, 4.0);
        }
        self.draw_names(renderer, &plan, &self.told(state), viewport);
    }

    fn mouse_interaction(
        &self,
        _: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Rectangle,
        _: &Renderer,
    ) -> mouse::Interaction {
        let plan = Plan::new(layout.bounds());
        let over = cursor.position_over(plan.bounds);
        match over.and_then(|at| plan.spot(at)) {
            Some(_) => mouse::Interaction::Pointer,
            None => mouse::Interaction::default(),
        }
    }
}

fn fill(renderer: &mut Renderer, bounds: Rectangle, color: Color, radius: f32) {
    let quad = renderer::Quad {
        bounds,
        border: border(Color::TRANSPARENT, 0.0, radius),
        ..Default::default()
    };
    renderer.fill_quad(quad, Background::Color(color));
}

fn outline(renderer: &mut Renderer, bounds: Rectangle, color: Color, width: f32, radius: f32) {
    let quad = renderer::Quad {
        bounds,
        border: border(color, width, radius),
        ..Default::default()
    };
    renderer.fill_quad(quad, Background::Color(Color::TRANSPARENT));
}
