use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::download::{Link, State};
use crate::queue::snapshot::{FileSource, Progress, Summary};
use crate::queue::{FileId, FileView, Flags, GroupId, JobId, JobView, Properties};

fn file(path: &Path) -> FileView {
    let link = Link::parse("http://ann:hush@host/a?token=hush").unwrap();
    FileView {
        id: FileId::random(),
        source: Arc::new(FileSource { link, name: None }),
        path: Some(Arc::new(path.to_owned())),
        state: State::Complete,
        size: Some(5),
        bytes: 5,
        connections: 0,
        resumable: None,
        waiting: None,
        error: None,
    }
}

/// A complete group of files of five bytes.
fn group(name: &str, words: &[&str], paths: &[&Path]) -> GroupView {
    let files: Vec<FileView> = paths.iter().map(|path| file(path)).collect();
    let summary = Summary {
        files_total: files.len() as u64,
        files_done: files.len() as u64,
        progress: Progress {
            bytes: 5 * files.len() as u64,
            ..Progress::default()
        },
        ..Summary::default()
    };
    let job = JobView {
        id: JobId::random(),
        status: Flags::COMPLETE,
        state: State::Complete,
        summary: summary.clone(),
        speeds: Vec::new(),
        files: vec![Arc::new(files)],
    };
    GroupView {
        id: GroupId(uuid::Uuid::from_u128(7)),
        properties: Arc::new(Properties {
            name: name.into(),
            on_complete: words.iter().map(|word| (*word).to_owned()).collect(),
            ..Properties::default()
        }),
        status: Flags::COMPLETE,
        state: State::Complete,
        summary,
        waiting: None,
        error: None,
        created: jiff::Timestamp::UNIX_EPOCH,
        completed: None,
        anyway: false,
        courtesy: None,
        jobs: Arc::new(vec![Arc::new(job)]),
    }
}

/// What it sets and, by an empty value, takes out.
fn variables(after: &After) -> BTreeMap<String, String> {
    let text = |text: &std::ffi::OsStr| text.to_str().unwrap().to_owned();
    let command = after.command();
    let all = command.get_envs();
    all.map(|(name, value)| (text(name), value.map(text).unwrap_or_default()))
        .filter(|(name, _)| name != "EBB_HOME")
        .collect()
}

#[test]
fn what_a_command_is_told() {
    let (a, b) = (Path::new("/d/a b.iso"), Path::new("/e/c"));
    for (name, paths, told) in [
        ("", &[a][..], ["a b.iso", "/d/a b.iso", "1", "5"]),
        ("Films", &[a], ["Films", "/d/a b.iso", "1", "5"]),
        ("", &[a, b], ["a b.iso", "", "2", "10"]),
    ] {
        let after = After::of(&group(name, &["say", "$HOME"], paths)).unwrap();
        let id = "00000000-0000-0000-0000-000000000007";
        let [name, path, files, bytes] = told;
        let wanted = [
            ("EBB_BYTES", bytes),
            ("EBB_FILES", files),
            ("EBB_FOLDER", "/d"),
            ("EBB_GROUP", id),
            ("EBB_NAME", name),
            ("EBB_PASSWORD", ""),
            ("EBB_PATH", path),
        ];
        let wanted = wanted.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(variables(&after), BTreeMap::from(wanted));
        let command = after.command();
        assert_eq!(command.get_program(), "say");
        assert_eq!(command.get_args().collect::<Vec<_>>(), ["$HOME"]);
        assert_eq!(command.get_current_dir(), Some(Path::new("/d")));
        assert!(!format!("{after:?}").contains("hush"));
    }
}

#[test]
fn without_words_or_files_nothing_runs() {
    assert_eq!(After::of(&group("a", &[], &[Path::new("/d/a")])), None);
    assert_eq!(After::of(&group("a", &["say"], &[])), None);
}

#[test]
fn what_cannot_be_started_is_named() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a");
    for program in ["no-such-program-anywhere", ""] {
        let after = After::of(&group("", &[program, "secret"], &[&path])).unwrap();
        let error = after.start().unwrap_err();
        assert_eq!(error.program, program);
        assert!(!error.to_string().contains("secret"), "{error}");
    }
    let lost = place.path().join("lost").join("a");
    let after = After::of(&group("", &["true"], &[&lost])).unwrap();
    assert!(after.start().is_err(), "its folder is gone");
}

/// It runs on its own, and nothing of it is left when it has ended.
#[cfg(target_os = "linux")]
#[test]
fn it_is_a_group_of_its_own_and_is_reaped() {
    use rustix::process::{Pid, getpgid, test_kill_process};
    let place = tempfile::tempdir().unwrap();
    let script = "echo $$ >making && mv making pid; while ! test -e end; do sleep 0.02; done";
    let path = place.path().join("a");
    let after = After::of(&group("", &["sh", "-c", script], &[&path])).unwrap();
    after.start().unwrap();
    let pid = place.path().join("pid");
    until(|| pid.exists());
    let pid = std::fs::read_to_string(pid).unwrap();
    let pid = Pid::from_raw(pid.trim().parse().unwrap()).unwrap();
    assert_eq!(getpgid(Some(pid)).unwrap(), pid);
    std::fs::write(place.path().join("end"), "").unwrap();
    until(|| test_kill_process(pid).is_err());
}

/// Waits for a fact, far longer than it takes.
#[cfg(target_os = "linux")]
fn until(mut so: impl FnMut() -> bool) {
    let began = std::time::Instant::now();
    while !so() {
        assert!(began.elapsed().as_secs() < 20, "it never came true");
        thread::yield_now();
    }
}
