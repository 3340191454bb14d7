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

use super::sandbox::{Sandbox, settings, still};
use crate::app::{App, preset};
use crate::queue::Snapshot;
use crate::settings::{Density, Settings, Theme};

/// Processors round differently; nobody sees less than this in a channel of a pixel.
const ROUNDING: u8 = 2;

/// A window that has shown a queue for a minute, with ups and downs.
fn shown(settings: Settings, snapshot: Snapshot) -> App {
    let mut app = still(settings, Snapshot::default());
    for half_seconds in (0..120_u32).rev() {
        app.now = preset::NOW - SignedDuration::from_millis(500) * half_seconds as i32;
        let share = 70 + u64::from(half_seconds * 37 % 31);
        app.show(Snapshot {
            groups: Arc::new(snapshot.groups.iter().map(|group| {
                let mut group = (**group).clone();
                group.summary.bytes_per_second = group.summary.bytes_per_second * share / 100;
                Arc::new(group)
            }).collect()),
            ..snapshot.clone()
        });
    }
    app.show(snapshot);
    app.free_space = Some(412_000_000_000);
    app
}

async fn window(settings: Settings) -> Sandbox {
    Sandbox::of(shown(settings, preset::eight())).await
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
    window.window(iced::window::Event::Resized(Size::new(800.0, 600.0))).await;
    hold("narrow", &mut window);
}

#[tokio::test(start_paused = true)]
async fn with_details() {
    let mut settings = settings();
    settings.appearance.theme = Theme::Dark;
    let mut window = window(settings).await;
    window.keys("Down").await;
    window.keys("Ctrl I").await;
    window.app.free_space = Some(412_000_000_000);
    hold("details", &mut window);
}

#[tokio::test(start_paused = true)]
async fn the_add_dialog() {
    let mut window = window(settings()).await;
    window.keys("Ctrl N").await;
    window.type_text("https://example.org/one.iso\nhttps://example.org/two.iso\nnonsense").await;
    window.pass(std::time::Duration::from_secs(1)).await;
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

#[tokio::test(start_paused = true)]
async fn nothing_yet() {
    let mut window = Sandbox::of(still(settings(), Snapshot::default())).await;
    hold("empty", &mut window);
}

/// What is drawn now is what was kept; else it is put where it can be looked at.
fn hold(name: &str, window: &mut Sandbox) {
    let (pixels, size) = window.picture(1.0);
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
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
    panic!("{}: {wrong}; what is drawn now: {}", kept.display(), drawn.display());
}

fn differing(one: &[u8], other: &[u8]) -> usize {
    let differ = |(one, other): &(&[u8], &[u8])| {
        one.iter().zip(*other).any(|(one, other)| one.abs_diff(*other) > ROUNDING)
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
    encoder.write_header().unwrap().write_image_data(pixels).unwrap();
}
