//! What a person does: keys, the mouse, the window.

use iced::keyboard::key::{Code, Named, Physical};
use iced::keyboard::{Key, Location, Modifiers};
use iced::{Event, Point, Rectangle, keyboard, mouse, window};
use iced_test::selector::Candidate;

use super::Sandbox;
use crate::app::icon::Icon;

impl Sandbox {
    /// A key is pressed, by the way it takes in the program: first what has the focus, then
    /// whatever listens.
    pub async fn press(&mut self, key: Named, modifiers: Modifiers) {
        self.key(Key::Named(key), Key::Named(key), modifiers, None).await;
    }

    /// A character is typed; `modified` is what the keyboard makes of it with Shift.
    pub async fn write(&mut self, character: &str, modified: &str, modifiers: Modifiers) {
        let text = (!modifiers.command()).then_some(modified);
        let typed = |text: &str| Key::Character(text.into());
        self.key(typed(character), typed(modified), modifiers, text).await;
    }

    /// A text is typed.
    pub async fn type_text(&mut self, text: &str) {
        for character in text.chars() {
            let character = character.to_string();
            self.write(&character, &character, Modifiers::empty()).await;
        }
    }

    async fn key(&mut self, key: Key, modified: Key, modifiers: Modifiers, text: Option<&str>) {
        let changed = |modifiers| Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers));
        let pressed = Event::Keyboard(keyboard::Event::KeyPressed {
            key,
            modified_key: modified,
            physical_key: Physical::Code(Code::KeyA),
            location: Location::Standard,
            modifiers,
            text: text.map(Into::into),
            repeat: false,
        });
        self.happen(vec![changed(modifiers), pressed, changed(Modifiers::empty())]).await;
    }

    /// The first text that is just this is pressed.
    pub async fn click(&mut self, text: &str) {
        let place = self.place(text);
        self.click_at(place.center()).await;
    }

    /// The sign in the row of this name (or on the same line anywhere) is pressed.
    pub async fn click_in_row(&mut self, name: &str, sign: Icon) {
        let row = self.place(name).center().y;
        let sign = sign.glyph().to_string();
        let is_it = |(text, place): &&(String, Rectangle)| {
            *text == sign && (place.center().y - row).abs() < 32.0
        };
        let texts = self.texts();
        let (_, place) = texts.iter().rfind(is_it).expect("no such sign in this row");
        self.click_at(place.center()).await;
    }

    /// What has this id is pressed.
    pub async fn click_id(&mut self, id: &'static str) {
        let wanted = iced::widget::Id::new(id);
        let places = self.select(move |candidate: Candidate<'_>| {
            (candidate.id() == Some(&wanted)).then(|| candidate.visible_bounds()).flatten()
        });
        let place = *places.first().unwrap_or_else(|| panic!("{id} is not there"));
        self.click_at(place.center()).await;
    }

    /// A press and a release of the first button.
    pub async fn click_at(&mut self, at: Point) {
        self.cursor = mouse::Cursor::Available(at);
        let button = mouse::Button::Left;
        self.happen(vec![
            Event::Mouse(mouse::Event::CursorMoved { position: at }),
            Event::Mouse(mouse::Event::ButtonPressed(button)),
            Event::Mouse(mouse::Event::ButtonReleased(button)),
        ])
        .await;
        // Twice at the same place would be a double click.
        self.cursor = mouse::Cursor::Unavailable;
    }

    /// The wheel is turned, over the middle of the window.
    pub async fn turn_wheel(&mut self, pixels: f32) {
        let (width, height) = (self.app.size.width, self.app.size.height);
        self.cursor = mouse::Cursor::Available(Point::new(width / 2.0, height / 2.0));
        let delta = mouse::ScrollDelta::Pixels { x: 0.0, y: -pixels };
        self.happen(vec![Event::Mouse(mouse::Event::WheelScrolled { delta })]).await;
        self.cursor = mouse::Cursor::Unavailable;
    }

    /// Something happens to the window.
    pub async fn window(&mut self, event: window::Event) {
        self.happen(vec![Event::Window(event)]).await;
    }
}
