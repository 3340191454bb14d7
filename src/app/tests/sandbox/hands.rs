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
        self.key(Key::Named(key), Key::Named(key), modifiers, None)
            .await;
    }

    /// Keys as they are written on a keyboard: `Ctrl N`, `Shift ArrowDown`.
    pub async fn keys(&mut self, keys: &str) {
        let mut modifiers = Modifiers::empty();
        for key in keys.split(' ') {
            match key {
                "Ctrl" => modifiers |= Modifiers::COMMAND,
                "Shift" => modifiers |= Modifiers::SHIFT,
                "Alt" => modifiers |= Modifiers::ALT,
                key => match named(key) {
                    Some(key) => self.press(key, modifiers).await,
                    None => self.write(&key.to_lowercase(), key, modifiers).await,
                },
            }
        }
    }

    /// A character is typed; `modified` is what the keyboard makes of it with Shift.
    pub async fn write(&mut self, character: &str, modified: &str, modifiers: Modifiers) {
        let text = (!modifiers.command()).then_some(modified);
        let typed = |text: &str| Key::Character(text.into());
        self.key(typed(character), typed(modified), modifiers, text)
            .await;
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
        self.happen(vec![
            changed(modifiers),
            pressed,
            changed(Modifiers::empty()),
        ])
        .await;
    }

    /// The first text that is just this is pressed.
    pub async fn click(&mut self, text: &str) {
        let place = self.place(text);
        self.click_at(place.center()).await;
    }

    /// The same with keys that are held.
    pub async fn click_holding(&mut self, text: &str, modifiers: Modifiers) {
        let changed = |modifiers| Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers));
        self.happen(vec![changed(modifiers)]).await;
        self.click(text).await;
        self.happen(vec![changed(Modifiers::empty())]).await;
    }

    /// The same with the other button.
    pub async fn click_other(&mut self, text: &str) {
        let at = self.place(text).center();
        self.press_at(at, mouse::Button::Right).await;
    }

    /// A word or a sign in the bar above the list is pressed.
    pub async fn click_above_list(&mut self, text: &str) {
        let is_it = |(seen, place): &&(String, Rectangle)| seen == text && place.y < 55.0;
        let texts = self.texts();
        let (_, place) = texts.iter().rfind(is_it).expect("it is not above the list");
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
            (candidate.id() == Some(&wanted))
                .then(|| candidate.visible_bounds())
                .flatten()
        });
        let place = *places
            .first()
            .unwrap_or_else(|| panic!("{id} is not there"));
        self.click_at(place.center()).await;
    }

    /// A press and a release of the first button.
    pub async fn click_at(&mut self, at: Point) {
        self.press_at(at, mouse::Button::Left).await;
    }

    async fn press_at(&mut self, at: Point, button: mouse::Button) {
        self.cursor = mouse::Cursor::Available(at);
        self.happen(vec![
            Event::Mouse(mouse::Event::CursorMoved { position: at }),
            Event::Mouse(mouse::Event::ButtonPressed(button)),
            Event::Mouse(mouse::Event::ButtonReleased(button)),
        ])
        .await;
        self.cursor = mouse::Cursor::Unavailable;
    }

    /// The wheel is turned, over the middle of the window.
    pub async fn turn_wheel(&mut self, pixels: f32) {
        let (width, height) = (self.app.size.width, self.app.size.height);
        self.cursor = mouse::Cursor::Available(Point::new(width / 2.0, height / 2.0));
        let delta = mouse::ScrollDelta::Pixels { x: 0.0, y: -pixels };
        self.happen(vec![Event::Mouse(mouse::Event::WheelScrolled { delta })])
            .await;
        self.cursor = mouse::Cursor::Unavailable;
    }

    /// Something happens to the window.
    pub async fn window(&mut self, event: window::Event) {
        self.happen(vec![Event::Window(event)]).await;
    }
}

fn named(key: &str) -> Option<Named> {
    Some(match key {
        "Up" => Named::ArrowUp,
        "Down" => Named::ArrowDown,
        "Left" => Named::ArrowLeft,
        "Right" => Named::ArrowRight,
        "PageUp" => Named::PageUp,
        "PageDown" => Named::PageDown,
        "Home" => Named::Home,
        "End" => Named::End,
        "Space" => Named::Space,
        "Delete" => Named::Delete,
        "Enter" => Named::Enter,
        "Tab" => Named::Tab,
        "Esc" => Named::Escape,
        "F1" => Named::F1,
        "F2" => Named::F2,
        "F10" => Named::F10,
        "Menu" => Named::ContextMenu,
        _ => return None,
    })
}
