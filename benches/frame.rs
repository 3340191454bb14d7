//! What a frame of the window costs on the software's renderer at 1280x800: 3, 500 and 10,000
//! groups, standing still, moving, scrolled, filtered, put in order; and 1,000 that all move.
//!
//! Prints the median of each part, and median and slowest of the whole, in milliseconds;
//! judges nothing. A part:
//! * `update`: the message, the list's own work included;
//! * `view`: the widgets are made;
//! * `layout`: they are compared with those before, laid out, and told of the redraw;
//! * `draw`: what is to be painted is put down;
//! * `raster`: all of it is painted. (The window paints only what has changed: less than this.)

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ebb::app::{App, Message, fonts, iced_settings, preset};
use ebb::queue::Snapshot;
use ebb::settings::{Settings, Theme};
use iced::advanced::renderer::{Headless, Style};
use iced::advanced::widget::operation::{Operation, Outcome, black_box as seen};
use iced::futures::{FutureExt, StreamExt};
use iced::{Event, Point, Rectangle, Renderer, Size, mouse, window};
use iced_test::core::clipboard::Null;
use iced_test::renderer::graphics::Viewport;
use iced_test::runtime::user_interface::Cache;
use iced_test::runtime::{Action, UserInterface, task};
use iced_test::selector::{Candidate, Selector};
use tiny_skia::{Mask, Pixmap};

const RUNS: usize = 60;
const SIZE: Size = Size::new(1280.0, 800.0);
const PIXELS: Size<u32> = Size::new(1280, 800);
const MIDDLE: Point = Point::new(700.0, 400.0);

/// The parts of one frame.
type Parts = [Duration; 5];

/// The program without a window.
struct Rig {
    app: App,
    cache: Cache,
    renderer: Renderer,
    window: window::Id,
    cursor: mouse::Cursor,
    /// Kept from frame to frame, as a window's are.
    pixels: Pixmap,
    mask: Mask,
}

impl Rig {
    fn new(snapshot: Snapshot) -> Self {
        let mut settings = Settings {
            language: "en".to_owned().try_into().ok(),
            ..Settings::default()
        };
        settings.appearance.theme = Theme::Light;
        settings.window.width = 1280.try_into().unwrap_or_default();
        settings.window.height = 800.try_into().unwrap_or_default();
        let iced = iced_settings();
        let renderer = Renderer::new(iced.default_font, iced.default_text_size, Some("tiny-skia"));
        let renderer =
            iced::futures::executor::block_on(renderer).expect("the software's renderer");
        Self {
            app: App::still(settings, snapshot),
            cache: Cache::new(),
            renderer,
            window: window::Id::unique(),
            cursor: mouse::Cursor::Unavailable,
            pixels: Pixmap::new(PIXELS.width, PIXELS.height).expect("a size"),
            mask: Mask::new(PIXELS.width, PIXELS.height).expect("a size"),
        }
    }

    /// What happens on an event, and the frame that follows.
    fn on(&mut self, events: &[Event]) -> Parts {
        let start = Instant::now();
        let mut messages = Vec::new();
        let mut ui = UserInterface::build(
            self.app.view(self.window),
            SIZE,
            std::mem::take(&mut self.cache),
            &mut self.renderer,
        );
        // In the window this one stands since the frame before.
        let built = start.elapsed();
        let _ = ui.update(
            events,
            self.cursor,
            &mut self.renderer,
            &mut Null,
            &mut messages,
        );
        self.cache = ui.into_cache();
        for message in messages {
            self.update(message);
        }
        let before = start.elapsed() - built;
        let mut parts = self.frame();
        parts[0] += before;
        parts
    }

    /// A message, and the frame that follows.
    fn tell(&mut self, message: Message) -> Parts {
        let start = Instant::now();
        self.update(message);
        let told = start.elapsed();
        let mut parts = self.frame();
        parts[0] += told;
        parts
    }

    /// A message, and what it asks of the widgets at once: the list is moved, say.
    fn update(&mut self, message: Message) {
        let Some(mut actions) = task::into_stream(self.app.update(message)) else {
            return;
        };
        while let Some(Some(action)) = actions.next().now_or_never() {
            if let Action::Widget(mut operation) = action {
                let cache = std::mem::take(&mut self.cache);
                let view = self.app.view(self.window);
                let mut ui = UserInterface::build(view, SIZE, cache, &mut self.renderer);
                ui.operate(&self.renderer, &mut *operation);
                self.cache = ui.into_cache();
            }
        }
    }

    fn frame(&mut self) -> Parts {
        let mut parts = [Duration::ZERO; 5];
        let mut start = Instant::now();
        let mut part = |at: usize| {
            parts[at] = start.elapsed();
            start = Instant::now();
        };
        let view = self.app.view(self.window);
        part(1);
        let cache = std::mem::take(&mut self.cache);
        let mut ui = UserInterface::build(view, SIZE, cache, &mut self.renderer);
        let redraw = [Event::Window(
            window::Event::RedrawRequested(Instant::now()),
        )];
        let mut messages = Vec::new();
        let _ = ui.update(
            &redraw,
            self.cursor,
            &mut self.renderer,
            &mut Null,
            &mut messages,
        );
        part(2);
        let theme = self.app.theme();
        let palette = theme.palette();
        let style = Style {
            text_color: palette.text,
        };
        ui.draw(&mut self.renderer, &theme, &style, self.cursor);
        part(3);
        let Renderer::Secondary(software) = &mut self.renderer else {
            panic!("it is the software's");
        };
        software.draw(
            &mut self.pixels.as_mut(),
            &mut self.mask,
            &Viewport::with_physical_size(PIXELS, 1.0),
            &[Rectangle::with_size(SIZE)],
            palette.background,
        );
        black_box(self.pixels.data());
        part(4);
        self.cache = ui.into_cache();
        parts
    }

    /// Where a text is, or what has this id.
    fn place(&mut self, wanted: &'static str) -> Point {
        let id = iced::widget::Id::new(wanted);
        let mut find = Selector::find(move |candidate: Candidate<'_>| {
            let is_text = matches!(candidate, Candidate::Text { content, .. } if content == wanted);
            let is_it = is_text || candidate.id() == Some(&id);
            is_it
                .then(|| candidate.visible_bounds())
                .flatten()
                .map(|bounds| bounds.center())
        });
        let cache = std::mem::take(&mut self.cache);
        let view = self.app.view(self.window);
        let mut ui = UserInterface::build(view, SIZE, cache, &mut self.renderer);
        ui.operate(&self.renderer, &mut seen(&mut find));
        self.cache = ui.into_cache();
        match find.finish() {
            Outcome::Some(Some(place)) => place,
            _ => panic!("{wanted:?} is not to be seen"),
        }
    }

    fn click(&mut self, at: Point) -> Parts {
        self.cursor = mouse::Cursor::Available(at);
        let button = mouse::Button::Left;
        let parts = self.on(&[
            Event::Mouse(mouse::Event::CursorMoved { position: at }),
            Event::Mouse(mouse::Event::ButtonPressed(button)),
            Event::Mouse(mouse::Event::ButtonReleased(button)),
        ]);
        self.cursor = mouse::Cursor::Unavailable;
        parts
    }

    fn wheel(&mut self, pixels: f32) -> Parts {
        self.cursor = mouse::Cursor::Available(MIDDLE);
        let delta = mouse::ScrollDelta::Pixels { x: 0.0, y: -pixels };
        self.on(&[Event::Mouse(mouse::Event::WheelScrolled { delta })])
    }
}

/// The next snapshot: one in `every` has come further, others each time.
fn next(snapshot: &Snapshot, round: usize, every: usize) -> Snapshot {
    let groups = snapshot.groups.iter().enumerate().map(|(at, group)| {
        if at % every != round % every {
            return Arc::clone(group);
        }
        let mut group = (**group).clone();
        group.summary.progress.bytes += 1_000_000;
        group.summary.bytes_per_second = (at * 31 + round * 17) as u64 % 10_000_000;
        group.summary.progress.seconds_left = Some((at + round * 7) as u64 % 9_000);
        Arc::new(group)
    });
    Snapshot {
        groups: Arc::new(groups.collect()),
        ..snapshot.clone()
    }
}

fn print(what: &str, mut runs: Vec<Parts>) -> Duration {
    let milliseconds = |time: Duration| time.as_secs_f64() * 1_000.0;
    print!("{what:<44}");
    for part in 0..5 {
        let mut times: Vec<_> = runs.iter().map(|parts| parts[part]).collect();
        times.sort();
        print!("{:>8.2}", milliseconds(times[times.len() / 2]));
    }
    runs.sort_by_key(|parts| parts.iter().sum::<Duration>());
    let whole = |at: usize| runs[at].iter().sum::<Duration>();
    let (median, most) = (whole(runs.len() / 2), whole(runs.len() - 1));
    println!("{:>9.2}{:>8.2}", milliseconds(median), milliseconds(most));
    median
}

fn of_groups(count: usize) {
    let first = preset::many(count);
    let mut rig = Rig::new(first.clone());
    rig.frame();
    print(
        &format!("{count}: nothing has changed"),
        (0..RUNS).map(|_| rig.frame()).collect(),
    );
    let mut snapshot = first;
    let moved = |round| {
        snapshot = next(&snapshot, round, 10);
        rig.tell(Message::Seen(snapshot.clone()))
    };
    print(
        &format!("{count}: one in ten has moved"),
        (0..RUNS).map(moved).collect(),
    );
    print(
        &format!("{count}: a turn of the wheel"),
        (0..RUNS).map(|_| rig.wheel(60.0)).collect(),
    );
    let page = (0..RUNS).map(|at| rig.wheel(if at % 2 == 0 { 300_000.0 } else { -200_000.0 }));
    print(&format!("{count}: to somewhere else"), page.collect());
    let filters = ["Active", "Finished", "All", "Waiting"].map(|word| rig.place(word));
    let filter = |at: usize| rig.click(filters[at % filters.len()]);
    print(
        &format!("{count}: another filter"),
        (0..RUNS).map(filter).collect(),
    );
    rig.click(filters[2]);
    let words = ["Size", "Name", "Speed", "Added"];
    let orders = rig.place("sort");
    let sort = |at: usize| {
        rig.click(orders);
        let place = rig.place(words[at % words.len()]);
        rig.click(place)
    };
    print(
        &format!("{count}: another order"),
        (0..RUNS).map(sort).collect(),
    );
}

/// A thousand that all move, ten times a second.
fn all_move() {
    let mut snapshot = preset::many(1_000);
    let mut rig = Rig::new(snapshot.clone());
    rig.frame();
    let moved = |round| {
        snapshot = next(&snapshot, round, 1);
        rig.tell(Message::Seen(snapshot.clone()))
    };
    let median = print("1,000: all have moved", (0..RUNS).map(moved).collect());
    println!(
        "ten of these a second: {:.1} % of a core",
        median.as_secs_f64() * 1_000.0
    );
}

fn main() {
    // Some of what the program asks for runs there.
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let _inside = runtime.enter();
    let start = Instant::now();
    for font in fonts() {
        let mut system = iced_test::renderer::graphics::text::font_system()
            .write()
            .expect("nobody else has the fonts");
        system.load_font(font);
    }
    let mut rig = Rig::new(preset::many(1_000));
    rig.frame();
    println!(
        "the first frame, of 1,000 groups: {:.0} ms",
        start.elapsed().as_secs_f64() * 1_000.0
    );
    let names = ["update", "view", "layout", "draw", "raster"];
    print!("{:<44}", "groups (ms)");
    names.iter().for_each(|name| print!("{name:>8}"));
    println!("{:>9}{:>8}", "median", "most");
    [3, 500, 10_000].into_iter().for_each(of_groups);
    all_move();
}
