//! Pictures of the window, held against kept ones: drawn by the software's renderer with the
//! bundled fonts, at the presets' moment, so that they are the same everywhere.
//!
//! A picture that is missing is a failure. `EBB_UPDATE_SNAPSHOTS=1` keeps what is drawn now;
//! then look at it.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced::Size;
use jiff::SignedDuration;

use super::given::{settings, still, still_at};
use super::sandbox::Sandbox;
use crate::app::dialog::add::{self, survey::Survey};
use crate::app::{App, Message, dialogs, preset};
use crate::pace::line::Courtesy;
use crate::queue::Snapshot;
use crate::settings::{Density, Settings, Theme};

/// Processors round differently; nobody sees less than this in a channel of a pixel.
const ROUNDING: u8 = 2;

/// A window that has shown the eight for a minute, with ups and downs.
fn shown(settings: Settings) -> App {
    let snapshot = preset::eight();
    let mut app = still_at(
        settings,
        Snapshot::default(),
        preset::NOW - SignedDuration::from_mins(2),
    );
    for half_seconds in (0..120).rev() {
        app.now = preset::NOW - SignedDuration::from_millis(500 * half_seconds);
        let queue = (half_seconds * 53 % 17) as u32 * 200;
        // Twice somebody else came to the line.
        let queue = if matches!(half_seconds, 30..34 | 78..85) {
            queue + 28_000
        } else {
            queue
        };
        let percent = 70 + half_seconds as u64 * 37 % 31;
        app.show(with_speed(&snapshot, percent, queue));
    }
    app.show(snapshot);
    app
}

/// The same at so many percent of its speed, with so long a queue.
fn with_speed(snapshot: &Snapshot, percent: u64, queue: u32) -> Snapshot {
    let groups = snapshot.groups.iter().map(|group| {
        let mut group = (**group).clone();
        group.summary.bytes_per_second = group.summary.bytes_per_second * percent / 100;
        if let Some(Courtesy::Sees { queue_micros, .. }) = &mut group.courtesy {
            *queue_micros = queue;
            if queue > 28_000 {
                group.summary.bytes_per_second /= 30;
            }
        }
        Arc::new(group)
    });
    Snapshot {
        groups: Arc::new(groups.collect()),
        ..snapshot.clone()
    }
}

async fn window(settings: Settings) -> Sandbox {
    Sandbox::of(shown(settings)).await
}

#[tokio::test(start_paused = true)]
async fn the_main_screen() {
    for (name, theme) in [("main-light", Theme::Light), ("main-dark", Theme::Dark)] {
        let mut settings = settings();
        settings.appearance.theme = theme;
        let mut window = window(settings).await;
        window.keys("Down").await;
        window.keys("Down").await;
        hold(name, &mut window);
    }
}

#[tokio::test(start_paused = true)]
async fn compact_and_open() {
    let mut settings = settings();
    settings.appearance.density = Density::Compact;
    let mut window = window(settings).await;
    window.keys("Down").await;
    window.keys("Right").await;
    hold("compact", &mut window);
}

#[tokio::test(start_paused = true)]
async fn narrow() {
    let mut window = window(settings()).await;
    window
        .window(iced::window::Event::Resized(Size::new(800.0, 600.0)))
        .await;
    hold("narrow", &mut window);
}

#[tokio::test(start_paused = true)]
async fn with_details() {
    let mut settings = settings();
    settings.appearance.theme = Theme::Dark;
    let mut window = window(settings).await;
    window.keys("Down").await;
    window.keys("Ctrl I").await;
    hold("details", &mut window);
}

#[tokio::test(start_paused = true)]
async fn the_add_dialog() {
    let mut window = window(settings()).await;
    let links = "https://example.org/one.iso\nhttps://example.org/two.iso\nnonsense";
    window.clipboard.0 = Some(links.to_owned());
    window.keys("Ctrl V").await;
    window.pass(std::time::Duration::from_secs(1)).await;
    // Not of this machine's disk.
    let surveyed = add::Message::Surveyed(Survey {
        folder: "/srv/downloads".into(),
        failure: None,
        free: Some(412_000_000_000),
        taken: 0,
    });
    window
        .tell(Message::Dialog(dialogs::Message::Add(surveyed)))
        .await;
    // Without the focus no cursor blinks.
    window.window(iced::window::Event::Unfocused).await;
    hold("add", &mut window);
}

#[tokio::test(start_paused = true)]
async fn the_settings() {
    let mut window = window(settings()).await;
    window.keys("Ctrl ,").await;
    hold("settings", &mut window);
}

/// Nights are free, and work is not disturbed; in the warm voice, too.
#[tokio::test(start_paused = true)]
async fn the_hours_of_the_week() {
    let week = "daily 00-24 background 512k\ndaily 00-07 background full\n\
                mon-fri 08-18 background off\nmon-fri 09-17 foreground 2M";
    for (name, theme, class) in [
        ("times-light", Theme::Light, None),
        ("times-dark", Theme::Dark, None),
        ("times-foreground", Theme::Dark, Some("Foreground")),
    ] {
        let mut settings = settings();
        settings.appearance.theme = theme;
        let mut window = window(settings).await;
        window.app.snapshot.schedule = Arc::new(week.parse().unwrap());
        window.keys("Ctrl ,").await;
        window.click("Times").await;
        if let Some(class) = class {
            window.click(class).await;
        }
        window.click("Limited").await;
        hold(name, &mut window);
    }
}

#[tokio::test(start_paused = true)]
async fn the_limits() {
    let mut window = window(settings()).await;
    window.app.snapshot.limit = Some(10 << 20);
    window.app.snapshot.limits.low = Some(512_000);
    window.keys("Ctrl ,").await;
    window.click("Limits").await;
    hold("limits", &mut window);
}

/// What a polite group sees: it gave way twice within the minute.
#[tokio::test(start_paused = true)]
async fn politeness() {
    let mut window = window(settings()).await;
    window.keys("Down").await;
    window.keys("Down").await;
    window.keys("Ctrl I").await;
    hold("polite", &mut window);
}

#[tokio::test(start_paused = true)]
async fn nothing_yet() {
    let mut window = Sandbox::of(still(settings(), Snapshot::default())).await;
    hold("empty", &mut window);
}

/// What is drawn now is what was kept; else it is put where it can be looked at.
fn hold(name: &str, window: &mut Sandbox) {
    // What is this machine's own: its clock, the room on its disk.
    window.app.now = preset::NOW;
    window.app.free_space = Some(412_000_000_000);
    let (pixels, size) = window.picture(1.0);
    let kept = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/snapshots")
        .join(name);
    let kept = kept.with_extension("png");
    if std::env::var_os("EBB_UPDATE_SNAPSHOTS").is_some() {
        write(&kept, &pixels, size);
        return;
    }
    let wrong = match read(&kept) {
        None => "there is no such picture".to_owned(),
        Some((_, was)) if was != size => format!("{size:?} was {was:?}"),
        Some((was, _)) => match differing(&was, &pixels) {
            0 => return,
            count => format!("{count} pixels are others"),
        },
    };
    let drawn = output().join(name).with_extension("png");
    write(&drawn, &pixels, size);
    panic!(
        "{}: {wrong}; what is drawn now: {}",
        kept.display(),
        drawn.display()
    );
}

fn differing(one: &[u8], other: &[u8]) -> usize {
    let differ = |(one, other): &(&[u8], &[u8])| {
        one.iter()
            .zip(*other)
            .any(|(one, other)| one.abs_diff(*other) > ROUNDING)
    };
    one.chunks(4).zip(other.chunks(4)).filter(differ).count()
}

/// Beside the test's own program, which is in `target/debug/deps`.
fn output() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    program.ancestors().nth(3).unwrap().join("snapshots")
}

fn read(path: &Path) -> Option<(Vec<u8>, Size<u32>)> {
    let file = BufReader::new(File::open(path).ok()?);
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    Some((pixels, Size::new(info.width, info.height)))
}

fn write(path: &Path, pixels: &[u8], size: Size<u32>) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let file = BufWriter::new(File::create(path).unwrap());
    let mut encoder = png::Encoder::new(file, size.width, size.height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_compression(png::Compression::High);
    encoder
        .write_header()
        .unwrap()
        .write_image_data(pixels)
        .unwrap();
}
