//! A name and what stands right after it: the name gives way where there is not room for both.
//!
//! iced's rows lay out what comes first first, so that a long name would push the rest out.

use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{Widget, mouse, renderer};
use iced::{Element, Length, Rectangle, Renderer, Size, Theme, Vector};

struct Beside<'a, Message> {
    /// The name, and what follows it.
    children: [Element<'a, Message>; 2],
    spacing: f32,
}

/// A name, and what is right after it; only drawn, nothing in it can be pressed.
pub fn beside<'a, Message: 'a>(
    name: impl Into<Element<'a, Message>>,
    after: impl Into<Element<'a, Message>>,
    spacing: f32,
) -> Element<'a, Message> {
    Element::new(Beside {
        children: [name.into(), after.into()],
        spacing,
    })
}

impl<Message> Widget<Message, Theme, Renderer> for Beside<'_, Message> {
    fn children(&self) -> Vec<Tree> {
        self.children.iter().map(Tree::new).collect()
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(&self.children);
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Shrink)
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        let limits = limits.loose();
        let [name, after] = &mut self.children;
        let [name_tree, after_tree] = &mut tree.children[..] else {
            return layout::Node::new(Size::ZERO);
        };
        let after = after.as_widget_mut().layout(after_tree, renderer, &limits);
        let taken = after.size().width + self.spacing;
        let left = limits.shrink(Size::new(taken, 0.0));
        let name = name.as_widget_mut().layout(name_tree, renderer, &left);
        let height = name.size().height.max(after.size().height);
        let middle = |node: &layout::Node| ((height - node.size().height) / 2.0).round();
        let (name_y, after_y) = (middle(&name), middle(&after));
        let after_x = name.size().width + self.spacing;
        layout::Node::with_children(
            Size::new(limits.max().width, height),
            vec![
                name.translate(Vector::new(0.0, name_y)),
                after.translate(Vector::new(after_x, after_y)),
            ],
        )
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let children = self.children.iter_mut().zip(&mut tree.children);
        for ((child, tree), layout) in children.zip(layout.children()) {
            child
                .as_widget_mut()
                .operate(tree, layout, renderer, operation);
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
        let children = self.children.iter().zip(&tree.children);
        for ((child, tree), layout) in children.zip(layout.children()) {
            let child = child.as_widget();
            child.draw(tree, renderer, theme, style, layout, cursor, viewport);
        }
    }
}
