//! What the stories begin with, and what was asked of a played engine in few words.

use jiff::Timestamp;

use crate::app::screen::{details, queue};
use crate::app::{App, preset};
use crate::engine::tests::played::{Asked, Played};
use crate::queue::{Command, GroupId, Snapshot};
use crate::settings::{Folder, Settings};

/// English, whatever this machine speaks, and light.
pub fn settings() -> Settings {
    let mut settings = Settings {
        language: Some("en".to_owned().try_into().unwrap()),
        ..Settings::default()
    };
    settings.appearance.theme = crate::settings::Theme::Light;
    settings.downloads.folder = Folder::try_from(std::path::PathBuf::from("/srv/downloads")).ok();
    settings.window.width = 1280.try_into().unwrap();
    settings.window.height = 800.try_into().unwrap();
    settings
}

/// A state without an engine, at the presets' moment.
pub fn still(settings: Settings, snapshot: Snapshot) -> App {
    still_at(settings, snapshot, preset::NOW)
}

/// The same at another moment.
pub fn still_at(settings: Settings, snapshot: Snapshot, now: Timestamp) -> App {
    let mut app = App::still(settings, Snapshot::default());
    // What it has seen so far was at this machine's own moment.
    (app.queue, app.details) = (queue::State::new(), details::State::new());
    app.queue.list.set_heights(app.look.heights());
    app.now = now;
    app.show(snapshot);
    app
}

/// The number of a preset's group, counted from 1.
pub fn number(id: GroupId) -> u128 {
    id.0.as_u128() >> 64
}

/// The id of a preset's group.
pub fn id(number: u128) -> GroupId {
    GroupId(uuid::Uuid::from_u128(number << 64))
}

/// What was asked of a played engine, in few words: `suspend 1 2`.
pub fn said(played: &Played) -> Vec<String> {
    let words = |word: &str, ids: &[GroupId]| {
        let ids = ids.iter().map(|id| format!(" {}", number(*id)));
        word.to_owned() + &ids.collect::<String>()
    };
    let said = |asked| match asked {
        Asked::Shutdown => "shutdown".to_owned(),
        Asked::Command(Command::Suspend(ids)) => words("suspend", &ids),
        Asked::Command(Command::Resume(ids)) => words("resume", &ids),
        Asked::Command(Command::Anyway(ids, true)) => words("anyway", &ids),
        Asked::Command(Command::Anyway(ids, false)) => words("wait again", &ids),
        Asked::Command(Command::Foreground(ids)) => words("foreground", &ids),
        Asked::Command(Command::Background(ids)) => words("background", &ids),
        Asked::Command(Command::Remove(ids)) => words("remove", &ids),
        Asked::Command(Command::Cancel {
            ids,
            delete_finished: false,
        }) => words("cancel", &ids),
        Asked::Command(Command::Cancel {
            ids,
            delete_finished: true,
        }) => words("delete", &ids),
        Asked::Command(Command::Move(id, to)) => words(&format!("move {to:?}"), &[id]),
        Asked::Command(Command::Mode(mode)) => format!("mode {mode:?}"),
        Asked::Command(Command::Limit(limit)) => format!("limit {limit:?}"),
        Asked::Command(other) => format!("{other:?}"),
    };
    played.asked().into_iter().map(said).collect()
}
