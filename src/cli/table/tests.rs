//! Tables against their texts.

use super::*;
use crate::cli::scene::{Scene, snapshot};
use crate::cli::terminal::{Style, width};
use crate::download::WaitReason;
use crate::queue::snapshot::Progress;

fn page(columns: Option<usize>) -> Page {
    Page {
        style: Style {
            colours: false,
            unicode: true,
        },
        size: columns.map(|columns| (columns, 24)),
    }
}

fn scenes() -> [Scene; 3] {
    let mut all = [Scene::new(3), Scene::new(1), Scene::new(0)];
    let ids = [0x1a2b_3c4d_u128, 0x2a2b_3c4d, 0x3a2b_3c4d].map(|begin| begin << 96);
    for (scene, id) in all.iter_mut().zip(ids) {
        scene.group.0 = Uuid::from_u128(id);
    }
    let [runs, waits, empty] = &mut all;
    runs.properties.name = "debian\u{1b}[2J".into();
    runs.summary.size = Some(12_400_000);
    runs.summary.bytes_per_second = 3_100_000;
    runs.summary.progress = Progress {
        bytes: 6_200_000,
        percent: Some(50),
        seconds_left: Some(2),
    };
    runs.turn(State::Transferring);
    waits.waiting = Some(Waiting {
        reason: WaitReason::Network,
        until: None,
    });
    waits.turn(State::Waiting);
    empty.turn(State::Suspended);
    all
}

fn listed(columns: Option<usize>, language: Language) -> Vec<String> {
    let scenes = scenes();
    let shown = snapshot(&scenes.each_ref());
    groups(
        &shown.groups,
        digits(&shown.groups),
        page(columns),
        language,
    )
}

#[test]
fn groups_as_people_read_them() {
    assert_eq!(
        listed(None, Language::English),
        [
            "Id        State                  %               Size     Speed  Time left  Name",
            "1a2b3c4d  Transferring         50%  6.2 MB of 12.4 MB  3.1 MB/s        2 s  debian[2J",
            "2a2b3c4d  Waiting: no network       0 B, size unknown                       0",
            "3a2b3c4d  Suspended                                                         Empty group",
        ]
    );
}

#[test]
fn they_fit_any_terminal_in_any_language() {
    for language in crate::words::i18n::LANGUAGES {
        for columns in 1..120 {
            for line in listed(Some(columns), language) {
                assert!(width(&line) < columns, "{language:?} {columns}: {line}");
            }
        }
    }
    let narrow = listed(Some(50), Language::English);
    assert_eq!(narrow[1], "1a2b3c4d  Transferring         50%  debian[2J");
}

#[test]
fn a_group_without_files_at_hand_is_told_by_their_number() {
    let scene = Scene::new(3);
    let mut view = (*scene.view()).clone();
    assert_eq!(name(&view, Language::English), "0");
    view.jobs = Arc::default();
    assert_eq!(name(&view, Language::English), "3 files");
}

#[test]
fn ids_are_as_long_as_they_must_be() {
    for (count, digits) in [
        (0, 8),
        (2_900, 8),
        (3_000, 9),
        (30_000, 10),
        (1_000_000, 13),
        (u64::MAX, 32),
    ] {
        assert_eq!(digits_for(count), digits, "{count}");
    }
    let id = Uuid::from_u128(0x1a2b_3c4d_5e6f_4788_9900_aabb_ccdd_eeff);
    for (digits, text) in [
        (8, "1a2b3c4d"),
        (9, "1a2b3c4d-5"),
        (32, "1a2b3c4d-5e6f-4788-9900-aabbccddeeff"),
    ] {
        assert_eq!(short(id, digits), text);
    }
    let mut scenes = scenes();
    let shown = snapshot(&scenes.each_ref());
    assert_eq!(digits(&shown.groups), 8);
    scenes[1].group.0 = Uuid::from_u128(0x1a2b_3c4d_5000 << 80);
    scenes[1].turn(State::Waiting);
    assert_eq!(digits(&snapshot(&scenes.each_ref()).groups), 9);
    let ids: Vec<u64> = shown.groups.iter().map(|group| ids_of(group)).collect();
    assert_eq!(ids, [5, 3, 2]);
}

#[test]
fn files_as_people_read_them() {
    let mut scene = Scene::new(2);
    scene.set(0, |file| {
        file.state = State::Complete;
        (file.bytes, file.size) = (0, Some(0));
        file.path = Some(Arc::new("/d/empty.txt".into()));
    });
    scene.set(1, |file| {
        file.state = State::Error;
        (file.bytes, file.size) = (999, Some(1_000));
    });
    let view = scene.view();
    let lines = files(&view.jobs[0], 8, page(None), Language::English);
    let lines: Vec<&str> = lines.iter().map(|line| line.get(10..).unwrap()).collect();
    assert_eq!(
        lines,
        [
            "State        %             Size  Speed  Name",
            "Complete  100%              0 B         empty.txt",
            "Error      99%  999 B of 1.0 kB         1",
        ]
    );
}
