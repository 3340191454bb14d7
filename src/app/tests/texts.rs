//! What is on the main screen: with nothing, with one group of each kind, with many; wide and
//! narrow.

use iced::Size;

use super::given::{settings, still};
use super::sandbox::Sandbox;
use crate::app::icon::Icon;
use crate::app::list::{FILTERS, Filter};
use crate::app::preset;
use crate::queue::{Conditions, Mode, Snapshot};

async fn window(snapshot: Snapshot) -> Sandbox {
    Sandbox::of(still(settings(), snapshot)).await
}

#[tokio::test(start_paused = true)]
async fn an_empty_queue_says_what_to_do() {
    let mut window = window(Snapshot::default()).await;
    for text in [
        "Nothing here yet",
        "Paste a link, drop a list of links, or press Add.",
        "0 groups",
    ] {
        assert!(window.sees(text), "{text}");
    }
    window.click("Add").await;
    assert!(window.sees("Add downloads"));
}

#[tokio::test(start_paused = true)]
async fn each_kind_of_group_says_how_it_stands() {
    let mut window = window(preset::eight()).await;
    for text in [
        "Debian 13.2 netinst + DVD set",
        "Foreground",
        "Background",
        "68%",
        "12.4 GB of 18.1 GB  ·  3 of 4 files  ·  cdimage.debian.org",
        // Named by its file, where nobody gave a name.
        "blender-5.1-linux-x64.tar.xz",
        "Waiting: server busy",
        "next try in 12 s",
        "12.4 MB, size unknown  ·  1 file  ·  intranet.example.com",
        "Suspended",
        "Error",
        "Complete",
        "100%",
        "8 groups",
        "4 active",
        "Limit: none",
    ] {
        assert!(window.sees(text), "{text}: {}", window.all());
    }
    assert!(window.sees_part("404"), "an error says what went wrong");
}

/// Who takes only what is free says what it does: in few words, where there is room for few.
#[tokio::test(start_paused = true)]
async fn the_polite_say_what_they_do() {
    let mut window = window(preset::eight()).await;
    let long = [
        "using what is free: 6.2 MB/s · 10 min 33 s",
        "giving way to other traffic",
        "finding out what is free",
    ];
    let short = ["6.2 MB/s · 10 min 33 s", "giving way", "finding out"];
    for (width, seen, not) in [(1280.0, long, short), (720.0, short, long)] {
        window
            .window(iced::window::Event::Resized(Size::new(width, 800.0)))
            .await;
        for text in seen {
            assert!(window.sees(text), "{width} {text}: {}", window.all());
        }
        assert!(!not.iter().any(|text| window.sees(text)), "{width}");
    }
}

/// What holds back the whole background is said below, as far as the person wants it to.
#[tokio::test(start_paused = true)]
async fn what_the_background_waits_for() {
    let (metered, battery) = ("metered network", "on battery");
    let (off, on) = ((false, false), (true, true));
    // The mode, the week, what there is, what is waited on (metered, battery), what is said.
    for (mode, week, there, waits, said) in [
        (Mode::Polite, "", off, on, None),
        (Mode::Polite, "", on, on, Some(metered)),
        (Mode::Full, "", on, on, Some(metered)),
        (Mode::Polite, "", on, (false, true), Some(battery)),
        (Mode::Polite, "", on, off, None),
        (
            Mode::Polite,
            "fri 10-11 background off",
            on,
            on,
            Some("schedule"),
        ),
        (Mode::Polite, "fri 10-11 foreground off", off, on, None),
        (Mode::Polite, "fri 11-12 background off", off, on, None),
        (Mode::Suspended, "fri 10-11 all off", on, on, None),
    ] {
        let mut settings = settings();
        settings.background.wait_on_metered = waits.0;
        settings.background.wait_on_battery = waits.1;
        let snapshot = Snapshot {
            mode,
            schedule: std::sync::Arc::new(week.parse().unwrap()),
            conditions: Conditions {
                metered: there.0,
                on_battery: there.1,
            },
            ..preset::eight()
        };
        let mut window = Sandbox::of(still(settings, snapshot)).await;
        let case = format!("{mode:?} {week} {there:?} {waits:?}");
        match said {
            Some(said) => {
                let said = format!("Background downloads wait: {said}");
                assert!(window.sees(&said), "{case}: {}", window.all());
            }
            None => assert!(!window.sees_part("Background downloads wait"), "{case}"),
        }
    }
}

/// Each filter's number is the number of rows that it shows.
#[tokio::test(start_paused = true)]
async fn every_filter_counts_what_it_shows() {
    for (groups, counts) in [
        (0, [0; 6]),
        (8, [8, 4, 1, 1, 1, 1]),
        (500, [500, 251, 63, 62, 62, 62]),
    ] {
        let mut window = window(preset::many(groups)).await;
        let words = [
            "All",
            "Active",
            "Waiting",
            "Suspended",
            "Finished",
            "Failed",
        ];
        for (at, filter) in FILTERS.into_iter().enumerate() {
            assert_eq!(
                window.app.queue.list.count(filter),
                counts[at],
                "{filter:?} of {groups}"
            );
            let line = window.place(words[at]).center().y;
            let number = counts[at].to_string();
            let mut beside = window.texts().into_iter().filter(|(text, place)| {
                *text == number && (place.center().y - line).abs() < 10.0 && place.x < 212.0
            });
            assert!(beside.next().is_some(), "{filter:?} of {groups}");
            window.click(words[at]).await;
            assert_eq!(
                window.app.queue.list.rows(),
                counts[at],
                "{filter:?} of {groups}"
            );
        }
    }
}

/// Rows that are not in sight are not built, however many there are.
#[tokio::test(start_paused = true)]
async fn what_is_not_in_sight_is_not_there() {
    let mut few = window(preset::many(16)).await;
    let mut many = window(preset::many(10_000)).await;
    let (few, texts) = (few.texts().len(), many.texts().len());
    assert!(
        texts <= few + 8,
        "{texts} texts with 10,000 groups, {few} with 16"
    );
}

#[tokio::test(start_paused = true)]
async fn the_wheel_moves_the_list() {
    let mut window = window(preset::many(500)).await;
    let first = window.place("ImageNet validation split").y;
    window.turn_wheel(30.0).await;
    let moved = first - window.place("ImageNet validation split").y;
    assert!((moved - 30.0).abs() < 1.0, "{moved}");
    window.turn_wheel(1_000_000.0).await;
    // The last of 500 is the fourth kind.
    assert!(window.sees("blender-5.1-linux-x64.tar.xz"));
    let list = &window.app.queue.list;
    let last = list.row(list.rows() - 1).map(|row| row.group.id);
    window.keys("End").await;
    assert_eq!(window.app.queue.list.cursor_group(), last);
    window.keys("Home").await;
    assert!((window.place("ImageNet validation split").y - first).abs() < 1.0);
}

/// What is typed is found in names and links.
#[tokio::test(start_paused = true)]
async fn the_search_finds() {
    let mut window = window(preset::many(500)).await;
    window.keys("/").await;
    window.type_text("cdimage dvd").await;
    assert_eq!(window.app.queue.list.rows(), 63);
    window.type_text(" no such thing").await;
    assert!(window.sees("Nothing is found"));
    assert_eq!(
        window.app.queue.list.count(Filter::All),
        500,
        "the counts are the queue's"
    );
}

/// In a narrow window there are icons instead of words, and the details instead of the list.
#[tokio::test(start_paused = true)]
async fn a_narrow_window_shows_one_thing_at_a_time() {
    let mut window = window(preset::eight()).await;
    window
        .window(iced::window::Event::Resized(Size::new(800.0, 600.0)))
        .await;
    assert!(!window.sees("Active") && window.sees("Debian 13.2 netinst + DVD set"));
    let wide = window.texts();
    let out = wide.iter().find(|(_, place)| place.x + place.width > 800.5);
    assert!(out.is_none(), "{out:?} is beyond the edge");
    window.keys("Down").await;
    window.keys("Ctrl I").await;
    assert!(window.sees("Overview") && !window.sees("Fedora Workstation 44"));
    window.keys("Esc").await;
    assert!(!window.sees("Overview") && window.sees("Debian 13.2 netinst + DVD set"));
    // Of several there is nothing to be seen in so little room: Esc is for the choice.
    window.keys("Ctrl I").await;
    window.keys("Ctrl A").await;
    assert!(window.sees("Debian 13.2 netinst + DVD set"));
    window.keys("Esc").await;
    assert_eq!(window.app.queue.list.selected(), 0);
    assert!(window.app.settings.window.details_open);
}

/// Nothing that a server says moves anything else.
#[tokio::test(start_paused = true)]
async fn strange_names_stay_in_their_place() {
    let mut window = window(preset::strange()).await;
    let texts = window.texts();
    let sign = Icon::X.glyph().to_string();
    let in_rows = texts
        .iter()
        .filter(|(text, place)| *text == sign && place.y > 55.0);
    let places: Vec<f32> = in_rows.map(|(_, place)| place.x).collect();
    assert_eq!(places.len(), 8);
    assert!(
        places.iter().all(|x| (x - places[0]).abs() < 0.5),
        "{places:?}"
    );
    let out = texts
        .iter()
        .find(|(_, place)| place.x + place.width > 1280.5);
    assert!(out.is_none(), "{out:?} is beyond the edge");
    assert!(
        texts.iter().all(|(_, place)| place.height < 40.0),
        "a line became several"
    );
}
