//! The seed's flags: the table in `status.rs`, the words, the bits.

use super::story::Story;
use crate::download::State;
use crate::download::state::STATES;
use crate::queue::Flags;
use crate::queue::status::file_word;

/// How to come there, and what the flags and the group's word are then.
const TABLE: &[(&str, &[&str], &str, u16)] = &[
    ("new", &["new g"], "incomplete suspended", 0x180),
    ("added", &["add g 2@a"], "incomplete suspended", 0x180),
    ("running", &["add g 2@a start"], "incomplete", 0x080),
    (
        "in the foreground",
        &["add g 2@a start", "foreground g"],
        "foreground incomplete",
        0x480,
    ),
    (
        "suspended",
        &["add g 2@a start", "suspend g"],
        "incomplete suspended",
        0x180,
    ),
    (
        "half failed",
        &["add g 2@a start", "failed g1 404"],
        "incomplete error",
        0x280,
    ),
    (
        "half failed, suspended",
        &["add g 2@a start", "failed g1 404", "suspend g"],
        "incomplete suspended error",
        0x380,
    ),
    (
        "failed",
        &["add g 1@a start", "failed g1 404"],
        "incomplete suspended error",
        0x380,
    ),
    (
        "failed in the foreground",
        &["add g 1@a start foreground", "failed g1 404"],
        "foreground incomplete suspended error",
        0x780,
    ),
    (
        "half done",
        &["add g 2@a start", "done g1"],
        "incomplete",
        0x080,
    ),
    (
        "done",
        &["add g 1@a start foreground", "done g1"],
        "complete",
        0x040,
    ),
    (
        "cancelled",
        &["add g 1@a start foreground", "cancel g"],
        "",
        0,
    ),
    ("cancelled, empty", &["new g", "cancel g"], "", 0),
    (
        "added to when done",
        &["add g 1@a start", "done g1", "add g 1@a"],
        "incomplete suspended",
        0x180,
    ),
];

#[test]
fn table_of_flags() {
    for (name, steps, words, word) in TABLE {
        let mut story = Story::new(super::limits());
        steps.iter().for_each(|step| story.line(step));
        let status = story.group("g").status;
        assert_eq!(
            status.words().collect::<Vec<_>>().join(" "),
            *words,
            "{name}"
        );
        assert_eq!(status.group_word(), *word, "{name}");
    }
}

#[test]
fn words_and_bits_of_each_flag() {
    let all = [
        (Flags::FOREGROUND, "foreground", 0x400, 0x020),
        (Flags::INCOMPLETE, "incomplete", 0x080, 0x008),
        (Flags::SUSPENDED, "suspended", 0x100, 0),
        (Flags::ERROR, "error", 0x200, 0x010),
        (Flags::COMPLETE, "complete", 0x040, 0x004),
    ];
    for set in 0..1 << all.len() {
        let chosen = || {
            all.iter()
                .enumerate()
                .filter(|(n, _)| set >> n & 1 == 1)
                .map(|(_, row)| row)
        };
        let flags = chosen().fold(Flags::NONE, |flags, row| flags.with(row.0));
        assert!(flags.words().eq(chosen().map(|row| row.1)));
        assert_eq!(flags.group_word(), chosen().map(|row| row.2).sum::<u16>());
        assert_eq!(flags.job_word(), chosen().map(|row| row.3).sum::<u16>());
        assert_eq!(flags.is_empty(), set == 0);
    }
}

#[test]
fn a_files_word() {
    for state in STATES {
        let expected = match state {
            State::Complete => 0x001,
            State::Cancelled => 0,
            _ => 0x002,
        };
        assert_eq!(file_word(state), expected);
    }
}

#[test]
fn a_jobs_flags_are_of_its_own_files() {
    let mut story = Story::new(super::limits());
    for step in [
        "add g 1@a start",
        "done g1",
        "add g 1@a start",
        "failed g2 404",
    ] {
        story.line(step);
    }
    let group = story.group("g");
    let words: Vec<u16> = group.jobs.iter().map(|job| job.status.job_word()).collect();
    assert_eq!(words, [0x004, 0x018]);
}
