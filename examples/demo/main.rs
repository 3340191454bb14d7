//! The window on a throw-away home, with a small server inside that serves good, slow, endless,
//! failing and resumable files: everything at work, without a network.
//!
//! `cargo run --release --example demo [-- --light | --dark]`

mod server;

use std::error::Error;
use std::sync::Arc;

use ebb::app::{Begin, show};
use ebb::download::Link;
use ebb::engine::{Config, Engine, Handle, Home};
use ebb::platform::Folders;
use ebb::queue::{Command, JobOptions, NewFile, NewJob, Outcome, Priority, Properties};
use ebb::settings::{Settings, Theme};

/// A group of the demonstration: its name, what the server does for it, how it is fetched.
struct Scene {
    name: &'static str,
    paths: &'static [&'static str],
    priority: Priority,
    is_started: bool,
}

const SCENES: [Scene; 8] = [
    Scene {
        name: "Debian 13.2 netinst + DVD set",
        paths: &[
            "good/480M/1M/debian-13.2.0-amd64-DVD-1.iso",
            "good/160M/500k/debian-13.2.0-amd64-netinst.iso",
        ],
        priority: Priority::Foreground,
        is_started: true,
    },
    Scene {
        name: "ImageNet validation split",
        paths: &["good/300M/400k/ILSVRC2012_img_val.tar"],
        priority: Priority::Normal,
        is_started: true,
    },
    Scene {
        name: "Lecture series 2026, week 7",
        paths: &[
            "good/60M/300k/lecture-01.mp4",
            "good/50M/300k/lecture-02.mp4",
            "good/40M/300k/lecture-03.mp4",
        ],
        priority: Priority::Normal,
        is_started: true,
    },
    Scene {
        name: "",
        paths: &["busy/blender-5.1-linux-x64.tar.xz"],
        priority: Priority::Normal,
        is_started: true,
    },
    Scene {
        name: "Nightly report",
        paths: &["endless/300k/report.csv"],
        priority: Priority::Low,
        is_started: true,
    },
    Scene {
        name: "Satellite tiles, Alps 2026",
        paths: &["good/250M/1M/alps-2026.zip"],
        priority: Priority::Normal,
        is_started: false,
    },
    Scene {
        name: "",
        paths: &["missing/toolchain-2026-11.tar.zst"],
        priority: Priority::Normal,
        is_started: true,
    },
    Scene {
        name: "Fedora Workstation 44",
        paths: &["good/3M/9M/Fedora-Workstation-44.iso"],
        priority: Priority::Foreground,
        is_started: true,
    },
];

fn main() -> Result<(), Box<dyn Error>> {
    let home = tempfile::tempdir()?;
    let address = server::start()?;
    let settings = settings(home.path());
    let folders = Folders::under(home.path());
    let handle = Engine::start(Config {
        home: Home::Queue(folders.database()?),
        limits: settings.limits(),
        network: settings.network(),
        mode: None,
    })?;
    let folder = home.path().join("Downloads");
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    for scene in &SCENES {
        runtime.block_on(add(&handle, scene, &address.to_string(), &folder));
    }
    let begin = Begin {
        settings,
        trouble: None,
        folders,
        words: Vec::new(),
    };
    show(begin, handle).map_err(|told| format!("{}: {}", told.message, told.hint).into())
}

fn settings(home: &std::path::Path) -> Settings {
    let mut settings = Settings::default();
    let wants = |word: &str| std::env::args().any(|given| given == word);
    if wants("--dark") {
        settings.appearance.theme = Theme::Dark;
    } else if wants("--light") {
        settings.appearance.theme = Theme::Light;
    }
    settings.downloads.folder = home.join("Downloads").try_into().ok();
    settings.network.proxy = ebb::settings::Proxy::None;
    settings
}

async fn add(handle: &Handle, scene: &Scene, address: &str, folder: &std::path::Path) {
    let link = |path: &&str| Link::parse(&format!("http://{address}/{path}")).ok();
    let file = |link| NewFile {
        link,
        name: None,
        checksum: None,
    };
    let files = scene.paths.iter().filter_map(link).map(file).collect();
    let options = JobOptions {
        folder: folder.to_owned(),
        ..JobOptions::default()
    };
    let properties = Properties {
        name: scene.name.to_owned(),
        priority: scene.priority,
        ..Properties::default()
    };
    let added = handle.command(Command::Add {
        into: None,
        id: None,
        properties,
        job: NewJob {
            id: None,
            files,
            options: Arc::new(options),
        },
        start: scene.is_started,
    });
    if !matches!(added.await, Ok(Outcome::Group(_))) {
        eprintln!("{} was refused", scene.name);
    }
}
