//! Limits and hours: what is asked of the queue.

use super::*;
use crate::app::widget::week::Block;
use crate::queue::Priority;

/// A limit holds when it is said to, not while it is typed.
#[test]
fn limits_are_asked_of_the_queue() {
    let mut story = Story::default();
    story.tell(Message::Opened(Section::Limits));
    for (at, text, whose) in [
        (0, "2M", None),
        (1, "1.5M", Some(Priority::Foreground)),
        (4, "500k", Some(Priority::Low)),
        (4, "", Some(Priority::Low)),
    ] {
        let typed = limits::Message::Typed(at, text.to_owned());
        assert!(!story.tell(Message::Limits(typed)), "{text}");
        assert!(story.press("Apply"), "{text}");
        let set = whose.map_or(story.snapshot.limit, |it| story.snapshot.limits.of(it));
        assert_eq!(set, crate::pace::speed::parse(text), "{at} {text}");
        assert!(!story.says("Apply"), "{text}: it holds");
        let again = Message::Limits(limits::Message::Entered(at));
        assert!(!story.tell(again), "{text} is set already");
    }
    let typed = limits::Message::Typed(2, "fast".to_owned());
    assert!(!story.tell(Message::Limits(typed)) && !story.says("Apply"));
    assert!(!story.tell(Message::Limits(limits::Message::Entered(2))));
    assert!(story.says("this is not a speed: write it like 500k or 2M, in bytes a second"));
}

/// Hours are given what is chosen; where that stands already, all there is again.
#[test]
fn hours_are_painted() {
    let mut story = Story::default();
    story.tell(Message::Opened(Section::Times));
    let paint = |story: &mut Story, from, to| {
        let block = Block::between(from, to);
        story.tell(Message::Times(times::Message::Painted(block)))
    };
    let week = |story: &Story| story.snapshot.schedule.to_string();
    assert!(story.press("Mon–Fri, 08–18"));
    assert_eq!(week(&story), "mon-fri 08-18 background off\n");
    // From the last corner to the first, with a rate.
    story.press("Limited");
    story.tell(Message::Times(times::Message::Rate("1M".to_owned())));
    assert!(paint(&mut story, (6, 1), (5, 0)));
    story.press("Foreground");
    story.press("Nothing");
    assert!(paint(&mut story, (0, 0), (0, 23)));
    let all = "mon 08-18 background off\n";
    assert!(!week(&story).contains(all), "the foreground has its own");
    for hours in [
        "mon-fri 08-18 background off",
        "sat-sun 00-02 background 1M",
        "mon 00-24 foreground off",
    ] {
        assert!(week(&story).contains(hours), "{}", week(&story));
    }
    // Begun where nothing is allowed, it gives all back, also where all was allowed.
    assert!(paint(&mut story, (0, 12), (1, 23)));
    assert!(
        week(&story).contains("mon 00-12 foreground off"),
        "{}",
        week(&story)
    );
    story.press("Full");
    assert!(!paint(&mut story, (2, 0), (2, 3)), "nothing is new");
    assert!(story.press("Clear"));
    assert!(!week(&story).contains("foreground"), "{}", week(&story));
    story.press("Background");
    assert!(story.press("Clear") && story.snapshot.schedule.is_empty());
}

/// With what is no rate nothing is painted, and it is said.
#[test]
fn no_rate_paints_nothing() {
    let mut story = Story::default();
    story.tell(Message::Opened(Section::Times));
    story.press("Limited");
    for text in ["", "off", "fast"] {
        story.tell(Message::Times(times::Message::Rate(text.to_owned())));
        let block = Block::between((0, 0), (0, 0));
        let painted = Message::Times(times::Message::Painted(block));
        assert!(!story.tell(painted), "{text}");
        assert!(story.says("this is not a speed: write it like 500k or 2M, in bytes a second"));
    }
}

/// By the mouse: from the name of Tuesday to that of Wednesday; and by the keyboard.
#[test]
fn the_week_takes_mouse_and_keys() {
    use iced::keyboard::{Key, key::Named};
    use iced::{Event, Point, mouse};
    let mut story = Story::default();
    story.tell(Message::Opened(Section::Times));
    let week = {
        let mut ui = seen(
            &story.state,
            &story.settings,
            &story.snapshot,
            look(Language::English),
        );
        ui.find(id("settings.schedule")).unwrap().bounds()
    };
    let happen = |story: &mut Story, events: Vec<Event>, at: Vec<Point>| {
        let shown_now = around(&story.settings, &story.snapshot);
        let mut ui = shown(story.state.view(shown_now, look(Language::English)));
        for (event, at) in events.into_iter().zip(at) {
            ui.point_at(at);
            let _ = ui.simulate([event]);
        }
        let messages: Vec<Message> = ui.into_messages().collect();
        let mut any = false;
        for message in messages {
            any |= story.tell(message);
        }
        any
    };
    let (press, moves, release) = (
        Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)),
        |position| Event::Mouse(mouse::Event::CursorMoved { position }),
        Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)),
    );
    let place = |x: f32, row: f32| Point::new(week.x + x, week.y + 20.0 + 24.0 * row + 12.0);
    let (from, to) = (place(5.0, 1.0), place(300.0, 2.0));
    let events = vec![press, moves(to), release];
    assert!(happen(&mut story, events, vec![from, to, to]));
    assert_eq!(
        story.snapshot.schedule.to_string(),
        "tue-wed 00-24 background off\n"
    );
    let mut ui = seen(
        &story.state,
        &story.settings,
        &story.snapshot,
        look(Language::English),
    );
    let _ = ui.tap_key(Key::Named(Named::Space));
    assert_eq!(ui.into_messages().count(), 0, "it has not the focus");
}
