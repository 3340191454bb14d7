//! The lines, at every width.

use super::*;
use crate::cli::follow::{Follow, Seen};
use crate::cli::scene::Scene;
use crate::cli::terminal::width;
use crate::download::Failure;
use crate::queue::snapshot::{Problem, Summary};

const PLAIN: Style = Style {
    colours: false,
    unicode: true,
};

fn pen(room: usize) -> Pen {
    Pen {
        style: PLAIN,
        language: Language::English,
        room,
    }
}

fn row(change: impl FnOnce(&mut FileView)) -> Row {
    let mut scene = Scene::new(1);
    scene.set(0, |file| {
        file.state = State::Transferring;
        file.path = Some(Arc::new("/d/debian-13.iso".into()));
        change(file);
    });
    let view = scene.snapshot().groups[0].jobs[0].files[0][0].clone();
    let mut rate = Rate::new();
    rate.add(view.bytes.saturating_sub(3_100_000), Duration::ZERO);
    rate.add(view.bytes, Duration::from_secs(1));
    Row {
        view,
        rate,
        from: (0, Duration::ZERO),
    }
}

fn running(row: &Row, room: usize) -> String {
    let at = Moment {
        frame: 1,
        steady: Duration::from_secs(1),
        wall: Timestamp::UNIX_EPOCH,
    };
    pen(room).running(&[row], at).remove(0)
}

fn half() -> Row {
    row(|file| {
        file.bytes = 6_200_000;
        file.size = Some(12_400_000);
        file.connections = 4;
    })
}

#[test]
fn a_file_that_runs() {
    assert_eq!(
        running(&half(), 119),
        "debian-13.iso  ━━━━━━━━━━━━━━━───────────────    50%     3.1 MB/s  \
         6.2 MB of 12.4 MB     2 s left           ×4"
    );
    assert_eq!(
        running(&half(), 79),
        "debian-13.iso  ━━━━━━━━━━━───────────    50%     3.1 MB/s  6.2 MB of 12.4 MB"
    );
}

#[test]
fn without_a_size_something_moves() {
    let line = running(&row(|file| file.bytes = 6_200_000), 119);
    assert!(
        line.contains("─━━━─") && line.contains("6.2 MB") && !line.contains('%'),
        "{line}"
    );
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let rows = [
        half(),
        row(|file| {
            file.path = Some(Arc::new(
                "/d/漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字".into(),
            ))
        }),
        row(|file| file.state = State::Connecting),
        row(|file| {
            file.bytes = u64::MAX / 2;
            file.size = Some(u64::MAX);
            file.connections = 64;
        }),
    ];
    let summary = Summary {
        files_total: 100_000,
        bytes_per_second: 9,
        ..Summary::default()
    };
    let tally = Tally {
        open: 0,
        complete: 99_999,
        failed: 1,
    };
    for room in 1..200 {
        for row in &rows {
            let line = running(row, room);
            assert!(width(&line) <= room, "{room}: {line}");
        }
        assert!(width(&pen(room).total(&summary, tally)) <= room);
        assert!(width(&pen(room).more(37)) <= room);
    }
}

#[test]
fn what_has_ended() {
    let mut done = half().view;
    done.state = State::Complete;
    done.bytes = 12_400_000;
    assert_eq!(
        pen(79).complete(&done, Some(3_100_000)),
        "✓ debian-13.iso  12.4 MB  3.1 MB/s"
    );
    assert_eq!(pen(79).complete(&done, None), "✓ debian-13.iso  12.4 MB");
    done.error = Some(Arc::new(Problem {
        failure: Failure::Refused,
        link: done.source.link.clone(),
        attempts: 3,
    }));
    assert_eq!(
        pen(79).failed(&done),
        "✗ debian-13.iso: the server refuses the connection"
    );
    let colours = Pen {
        style: Style {
            colours: true,
            unicode: false,
        },
        ..pen(79)
    };
    assert_eq!(
        colours.complete(&done, None),
        "\u{1b}[32m+\u{1b}[0m debian-13.iso  12.4 MB"
    );
}

#[test]
fn sums_of_many() {
    let summary = Summary {
        size: Some(4_500_000_000),
        files_total: 40,
        bytes_per_second: 12_300_000,
        progress: crate::queue::snapshot::Progress {
            bytes: 1_200_000_000,
            percent: Some(26),
            seconds_left: Some(268),
        },
        ..Summary::default()
    };
    let tally = Tally {
        open: 36,
        complete: 3,
        failed: 1,
    };
    assert_eq!(
        pen(119).total(&summary, tally),
        "3 of 40 files  1 failed  1.2 GB of 4.5 GB  12.3 MB/s  4 min 28 s left"
    );
    assert_eq!(
        pen(119).end(&summary, tally),
        "3 of 40 files  1 failed  1.2 GB of 4.5 GB"
    );
}

#[test]
fn rows_come_and_go_with_what_runs() {
    let mut scene = Scene::new(20);
    let mut follow = Follow::default();
    let mut progress = Progress::new(PLAIN, Language::English);
    progress.bar.set_draw_target(ProgressDrawTarget::hidden());
    let mut at = |scene: &Scene, progress: &mut Progress| {
        follow.advance(&scene.snapshot(), |seen| match seen {
            Seen::Removed(_) => {}
            Seen::Group(group) => progress.group(group.after),
            Seen::File(_, change) => progress.file(&change, Duration::ZERO),
        });
    };
    at(&scene, &mut progress);
    assert!(progress.rows.is_empty());
    for index in 0..15 {
        scene.set(index, |file| file.state = State::Verifying);
    }
    scene.set(19, |file| file.state = State::Transferring);
    at(&scene, &mut progress);
    assert_eq!(progress.rows.len(), 16);
    let chosen = progress.chosen(12);
    assert_eq!(chosen.len(), 12);
    assert_eq!(chosen[11].view.state, State::Transferring);
    for index in 0..20 {
        scene.set(index, |file| file.state = State::Complete);
    }
    at(&scene, &mut progress);
    assert!(progress.rows.is_empty() && progress.places.is_empty());
    assert_eq!(progress.ended.len(), 20);
}
