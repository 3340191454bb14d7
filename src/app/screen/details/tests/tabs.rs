//! The head, the tabs, the files, the log; what is asked for, and what is kept.

use super::*;
use crate::engine::JournalEvent;

fn many(count: usize) -> Vec<FileView> {
    (0..count)
        .map(|at| file(&format!("{at}.bin"), FileState::Queued))
        .collect()
}

#[test]
fn the_file_to_look_at() {
    let mut files = many(3);
    files[1].state = FileState::Transferring;
    files[2].state = FileState::Transferring;
    let ids: Vec<_> = files.iter().map(|file| file.id).collect();
    let running = group(FileState::Transferring, files.clone());
    let mut state = panel(Tab::Overview);
    let wanted = |state: &State, group: &GroupView| state.wants(group).and_then(|want| want.file);
    assert_eq!(
        wanted(&state, &running),
        Some(ids[1]),
        "the first that runs"
    );

    // The one that is looked at, for as long as it runs.
    let seen = || Some(inspection("https://example.org/2"));
    state.update(Message::Inspected(ids[2], seen()), Some(&running));
    assert_eq!(wanted(&state, &running), Some(ids[2]));
    let mut job = (*running.jobs[0]).clone();
    Arc::make_mut(&mut job.files[0])[2].state = FileState::Complete;
    let further = GroupView {
        jobs: Arc::new(vec![Arc::new(job)]),
        ..running.clone()
    };
    assert_eq!(wanted(&state, &further), Some(ids[1]));

    state.update(Message::Pin(ids[0]), Some(&running));
    assert_eq!(
        wanted(&state, &running),
        Some(ids[0]),
        "the one that was pressed"
    );
    let other = group(FileState::Queued, many(2));
    assert_eq!(
        wanted(&state, &other),
        Some(other.jobs[0].files[0][0].id),
        "else the first"
    );
    let empty = group(FileState::Suspended, Vec::new());
    assert_eq!(state.wants(&empty), None);
}

#[test]
fn the_journal_is_read_while_it_is_shown() {
    let (mut state, group) = (panel(Tab::Overview), group(FileState::Queued, Vec::new()));
    assert_eq!(state.wants(&group), None);
    let messages = press(&state, &group, "Log");
    for message in messages {
        state.update(message, Some(&group));
    }
    let want = state.wants(&group).unwrap();
    assert_eq!((want.file, want.journal), (None, Some(group.id)));
}

/// What is known of one group is never shown of another.
#[test]
fn another_group_starts_afresh() {
    let mut state = panel(Tab::Log);
    let one = group(
        FileState::Transferring,
        vec![file("a", FileState::Transferring)],
    );
    let other = group(
        FileState::Transferring,
        vec![file("b", FileState::Transferring)],
    );
    let entry = Entry {
        at: moment(-1000),
        file: None,
        event: JournalEvent::Resumed,
    };
    state.update(Message::Journal(one.id, vec![entry.clone()]), Some(&one));
    shown(&state, &one).find("Resumed").unwrap();
    assert!(shown(&state, &other).find("Resumed").is_err());
    // An answer that comes late is not taken for this one's.
    state.update(Message::Journal(one.id, vec![entry]), Some(&other));
    assert!(shown(&state, &other).find("Resumed").is_err());
}

#[test]
fn only_files_in_sight_are_built() {
    let (state, group) = (panel(Tab::Files), group(FileState::Queued, many(100_000)));
    let mut view = shown(&state, &group);
    view.find("0.bin").unwrap();
    view.find("1.0 MB of 2.0 MB · Queued").unwrap();
    view.find("50%").unwrap();
    assert!(view.find("60.bin").is_err());
}

#[test]
fn files_are_looked_at_and_opened() {
    let files = vec![
        file("a.iso", FileState::Transferring),
        file("b.iso", FileState::Complete),
    ];
    let (mut state, group) = (panel(Tab::Files), group(FileState::Transferring, files));
    let [Message::Pin(id)] = press(&state, &group, "b.iso")[..] else {
        panic!();
    };
    state.update(Message::Pin(id), Some(&group));
    assert_eq!(
        state.wants(&group).unwrap().file,
        Some(group.jobs[0].files[0][1].id)
    );

    let path = PathBuf::from("/home/ann/Downloads/b.iso");
    for (icon, is_open) in [(Icon::ExternalLink, true), (Icon::FolderOpen, false)] {
        let mut messages = press(&state, &group, &icon.glyph().to_string());
        let action = state.update(messages.remove(0), Some(&group));
        match action {
            Action::Open(it) if is_open => assert_eq!(it, path),
            Action::ShowInFolder(it) if !is_open => assert_eq!(it, path),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn places_are_found_over_jobs_and_chunks() {
    let mut all = group(FileState::Queued, many(600));
    let more = group(FileState::Queued, many(5));
    let jobs = all.jobs.iter().chain(more.jobs.iter()).cloned().collect();
    all.jobs = Arc::new(jobs);
    let names = |range| -> Vec<String> {
        files::slice(&all, range)
            .into_iter()
            .map(list::file_name)
            .collect()
    };
    assert_eq!(
        names(254..258),
        ["254.bin", "255.bin", "256.bin", "257.bin"]
    );
    assert_eq!(names(599..602), ["599.bin", "0.bin", "1.bin"]);
    assert_eq!(names(604..9_999), ["4.bin"]);
    assert!(names(605..606).is_empty());
}

#[test]
fn the_log_is_newest_first() {
    let files = vec![
        file("a.iso", FileState::Complete),
        file("b.iso", FileState::Queued),
    ];
    let (mut state, group) = (panel(Tab::Log), group(FileState::Queued, files));
    let first = group.jobs[0].files[0][0].id;
    let entry = |at, file, event| Entry {
        at: moment(at),
        file,
        event,
    };
    let entries = vec![
        entry(-90_000, None, JournalEvent::Added { files: 2 }),
        entry(-60_000, Some(first), JournalEvent::FileCompleted),
    ];
    shown(&state, &group)
        .find("Nothing has happened since Ebb was started")
        .unwrap();
    state.update(Message::Journal(group.id, entries), Some(&group));
    let mut view = shown(&state, &group);
    let above = view.find("File complete").unwrap().bounds();
    let below = view.find("2 files added").unwrap().bounds();
    assert!(above.y < below.y);
    let when = crate::words::moment::moment(moment(0), moment(-60_000), Language::English);
    view.find(format!("{when} · a.iso")).unwrap();
}

/// Nothing a server or a person wrote moves what is below it.
#[test]
fn no_name_breaks_the_head() {
    let state = panel(Tab::Overview);
    let mut tops = Vec::new();
    for name in [
        "x ".repeat(60),
        "文".repeat(200),
        "a\n\u{202e}".repeat(100),
        "y".repeat(256),
    ] {
        let mut group = group(FileState::Queued, vec![file("a", FileState::Queued)]);
        Arc::make_mut(&mut group.properties).name = name;
        let mut view = shown(&state, &group);
        tops.push(view.find("Overview").unwrap().bounds().y);
        let close = view.find(Icon::X.glyph().to_string()).unwrap().bounds();
        assert!(close.x + close.width <= 340.0, "{close:?}");
    }
    assert!(
        tops.iter()
            .all(|top| *top < 110.0 && (top - tops[0]).abs() < 1.0),
        "{tops:?}"
    );
}

#[test]
fn it_can_be_closed() {
    let mut state = panel(Tab::Overview);
    let group = group(FileState::Queued, Vec::new());
    let mut messages = press(&state, &group, &Icon::X.glyph().to_string());
    assert!(matches!(
        state.update(messages.remove(0), Some(&group)),
        Action::Close
    ));
}
