//! The file: what is in it, and what is made of one that others have written.

use std::fs;
#[cfg(target_os = "linux")]
use std::path::Path;
use std::path::PathBuf;

use jiff::Timestamp;

use super::*;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn with(contents: impl AsRef<[u8]>) -> Self {
        let place = Self::new();
        fs::write(place.file(), contents).unwrap();
        place
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("settings.toml")
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let name = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
        entries.map(|entry| name(entry.unwrap())).collect()
    }

    fn load(&self) -> Loaded {
        load(&self.file(), NOW)
    }
}

/// None of them the default.
fn others() -> Settings {
    Settings {
        language: Some(Tag::try_from("de-AT".to_owned()).unwrap()),
        downloads: Downloads {
            folder: Some(std::env::temp_dir().join("ü\"'\\").try_into().unwrap()),
            parallel: 1.try_into().unwrap(),
            connections: 64.try_into().unwrap(),
            connections_per_host: 256.try_into().unwrap(),
            begin: Begin::Suspended,
            on_conflict: OnConflict::Fail,
        },
        network: Network {
            connect_timeout: 600.try_into().unwrap(),
            stall_timeout: 1.try_into().unwrap(),
            proxy: "socks5://me@proxy:9".parse().unwrap(),
        },
        background: Background {
            wait_on_metered: false,
            wait_on_battery: true,
        },
        notifications: Notifications {
            done: false,
            error: false,
        },
        appearance: Appearance {
            theme: Theme::Dark,
            accent: Accent::Moss,
            text_size: 200.try_into().unwrap(),
            density: Density::Compact,
            renderer: Renderer::Graphics,
        },
        startup: Startup {
            on_start: OnStart::Suspended,
            watch_clipboard: false,
        },
        window: Window {
            width: 801.try_into().unwrap(),
            height: 601.try_into().unwrap(),
            maximized: true,
            details_open: true,
        },
    }
}

#[test]
fn what_is_saved_is_loaded() {
    let place = Place::new();
    let deep = place.0.path().join("home/config/settings.toml");
    for settings in [others(), Settings::default()] {
        settings.save(&deep).unwrap();
        let loaded = load(&deep, NOW);
        assert_eq!(loaded.trouble, None);
        assert_eq!(loaded.settings, settings);
    }
    assert_eq!(fs::read_dir(deep.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn without_a_file_there_are_defaults_and_still_no_file() {
    let place = Place::new();
    let missing = place.0.path().join("no/folder/settings.toml");
    for path in [place.file(), missing] {
        let loaded = load(&path, NOW);
        assert_eq!(loaded.settings, Settings::default());
        assert_eq!(loaded.trouble, None);
    }
    assert_eq!(place.names(), Vec::<String>::new());
}

#[test]
fn a_file_that_cannot_be_read_is_set_aside_whole() {
    for contents in [
        &b"[downloads\nparallel = 3"[..],
        b"[downloads]\nparallel = ",
        b"parallel = 1\nparallel = 2",
        b"\0\0\0\0\0\0",
        b"language = \"\xff\"",
    ] {
        let place = Place::with(contents);
        let loaded = place.load();
        assert_eq!(loaded.settings, Settings::default());
        let Some(Trouble::Unreadable { reason, kept }) = loaded.trouble else {
            panic!("{:?} for {contents:?}", loaded.trouble)
        };
        assert!(!reason.is_empty());
        let kept = kept.unwrap();
        assert!(kept.ends_with("settings.bad-19700101T000000Z.toml"));
        assert_eq!(fs::read(&kept).unwrap(), contents);
        assert_eq!(place.names().len(), 1);
        assert_eq!(place.load().trouble, None, "told once");
    }
}

#[test]
fn a_folder_in_its_place_is_set_aside_too() {
    let place = Place::new();
    fs::create_dir(place.file()).unwrap();
    let trouble = place.load().trouble;
    assert!(
        matches!(&trouble, Some(Trouble::Unreadable { kept: Some(kept), .. }) if kept.is_dir()),
        "{trouble:?}"
    );
}

/// Nobody may read it from its start or rename it, whoever runs this.
#[cfg(target_os = "linux")]
#[test]
fn what_can_neither_be_read_nor_moved_is_told_of() {
    let loaded = load(Path::new("/proc/self/mem"), NOW);
    assert_eq!(loaded.settings, Settings::default());
    assert!(
        matches!(&loaded.trouble, Some(Trouble::Unreadable { reason, kept: None }) if !reason.is_empty()),
        "{:?}",
        loaded.trouble
    );
}

#[test]
fn a_value_that_cannot_be_is_the_default_and_the_others_stay() {
    let wrong = [
        ("downloads.parallel", "parallel = 0"),
        ("downloads.parallel", "parallel = 257"),
        ("downloads.parallel", "parallel = -8"),
        ("downloads.parallel", "parallel = 8.5"),
        ("downloads.parallel", "parallel = nan"),
        ("downloads.parallel", "parallel = \"many\""),
        ("downloads.parallel", "parallel = 99999999999"),
        ("downloads.parallel", "parallel = 1979-05-27"),
        ("downloads.parallel", "parallel = { files = 3 }"),
        ("downloads.folder", "folder = \"relative\""),
        ("downloads.begin", "begin = \"tomorrow\""),
        ("downloads.on_conflict", "on_conflict = [1, 2]"),
    ];
    for (name, line) in wrong {
        let place = Place::with(format!("[downloads]\nconnections = 3\n{line}\n"));
        let loaded = place.load();
        let mut wanted = Settings::default();
        wanted.downloads.connections = 3.try_into().unwrap();
        assert_eq!(loaded.settings, wanted, "{line}");
        let trouble = Trouble::Bent(vec![name.to_owned()]);
        assert_eq!(loaded.trouble, Some(trouble), "{line}");
        assert_eq!(place.names(), ["settings.toml"], "nothing is set aside");
    }
}

#[test]
fn all_that_is_bent_is_named() {
    let place = Place::with(
        "version = 1\nlanguage = 3\nappearance = \"nice\"\n\
         [network]\nproxy = \"ftp://me:secret@x\"\nstall_timeout = 60\n\
         [window]\nwidth = 1\ndetails_open = true\n",
    );
    let loaded = place.load();
    let names = ["appearance", "language", "network.proxy", "window.width"];
    let trouble = loaded.trouble.unwrap();
    assert_eq!(trouble, Trouble::Bent(names.map(str::to_owned).to_vec()));
    assert_eq!(loaded.settings.network.stall_timeout.get(), 60);
    assert!(loaded.settings.window.details_open);
    let told = trouble.explain(crate::words::Language::English);
    assert!(told.message.contains("network.proxy"), "{}", told.message);
    assert!(!told.message.contains("secret"));
}

#[test]
fn what_is_not_known_is_passed_over() {
    let place = Place::with(
        "version = 99\nfrom_the_future = true\n[sounds]\nvolume = 11\n\
         [appearance]\ntheme = \"light\"\nsparkle = 3\n",
    );
    let loaded = place.load();
    assert_eq!(loaded.trouble, None);
    assert_eq!(loaded.settings.appearance.theme, Theme::Light);
}

#[test]
fn no_password_is_written() {
    let place = Place::new();
    let mut settings = Settings::default();
    settings.network.proxy = "http://me:secret@proxy:1".parse().unwrap();
    settings.save(&place.file()).unwrap();
    let text = fs::read_to_string(place.file()).unwrap();
    assert!(
        text.contains("http://me@proxy:1") && !text.contains("secret"),
        "{text}"
    );
}

#[test]
fn the_defaults_are_what_the_contract_says() {
    let Downloads {
        folder,
        parallel,
        connections,
        begin,
        ..
    } = Settings::default().downloads;
    assert_eq!((parallel.get(), connections.get()), (8, 8));
    assert_eq!((folder, begin), (None, Begin::Background));
}

#[cfg(target_os = "linux")]
#[test]
fn the_file_is_where_confy_puts_it() {
    use crate::platform::Folders;
    let usual = Folders::choose(None, None).map(|folders| folders.settings());
    let of_confy = confy::get_configuration_file_path("ebb", "settings").ok();
    assert_eq!(usual, of_confy);
}
