//! Made-up queues: for pictures, tests and benchmarks, always the same.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::download::{Failure, Link, State, WaitReason};
use crate::pace::line::{Courtesy, Doing};
use crate::queue::snapshot::{FileSource, Problem, Progress, Summary, Waiting};
use crate::queue::{
    FileId, FileView, Flags, GroupId, GroupView, JobId, JobView, Priority, Properties, Snapshot,
};

/// The moment at which all of them are.
pub const NOW: Timestamp = Timestamp::constant(1_795_169_460, 0);

/// How one group is made up.
struct Sketch {
    name: &'static str,
    links: &'static [&'static str],
    files: u64,
    done: u64,
    bytes: u64,
    size: Option<u64>,
    speed: u64,
    state: State,
    is_warm: bool,
    courtesy: Option<Courtesy>,
}

/// One that takes only what is free, on a line with a trip of 19 ms.
const fn sees(doing: Doing, queue_micros: u32) -> Option<Courtesy> {
    Some(Courtesy::Sees {
        doing,
        queue_micros,
        trip_micros: 19_000,
    })
}

const MB: u64 = 1_000_000;
const GB: u64 = 1_000_000_000;

const EIGHT: [Sketch; 8] = [
    Sketch {
        name: "Debian 13.2 netinst + DVD set",
        links: &[
            "https://cdimage.debian.org/debian-13.2.0-amd64-netinst.iso",
            "https://cdimage.debian.org/debian-13.2.0-amd64-DVD-1.iso",
            "https://cdimage.debian.org/debian-13.2.0-amd64-DVD-2.iso",
            "https://cdimage.debian.org/debian-13.2.0-amd64-DVD-3.iso",
        ],
        files: 4,
        done: 3,
        bytes: 12_400 * MB,
        size: Some(18_100 * MB),
        speed: 41_800_000,
        state: State::Transferring,
        is_warm: true,
        courtesy: None,
    },
    Sketch {
        name: "ImageNet validation split",
        links: &["https://image-net.org/ILSVRC2012_img_val.tar"],
        files: 1,
        done: 0,
        bytes: 2_810 * MB,
        size: Some(6_740 * MB),
        speed: 6_200_000,
        state: State::Transferring,
        is_warm: false,
        courtesy: sees(Doing::Taking, 2_100),
    },
    Sketch {
        name: "Lecture series 2026, week 7",
        links: &["https://media.uni-example.edu/week-7/lecture-01.mp4"],
        files: 20,
        done: 12,
        bytes: 9_020 * MB,
        size: Some(15 * GB),
        speed: 1_050_000,
        state: State::Transferring,
        is_warm: false,
        courtesy: sees(Doing::Yielding, 34_000),
    },
    Sketch {
        name: "",
        links: &["https://download.blender.org/blender-5.1-linux-x64.tar.xz"],
        files: 1,
        done: 0,
        bytes: 118 * MB,
        size: Some(402 * MB),
        speed: 0,
        state: State::Waiting,
        is_warm: false,
        courtesy: None,
    },
    Sketch {
        name: "Nightly report",
        links: &["https://intranet.example.com/report"],
        files: 1,
        done: 0,
        bytes: 12_400_000,
        size: None,
        speed: 1_100_000,
        state: State::Transferring,
        is_warm: false,
        courtesy: sees(Doing::Opening, 400),
    },
    Sketch {
        name: "Satellite tiles, Alps 2026",
        links: &["https://tiles.example.net/alps/0001.png"],
        files: 3_100,
        done: 842,
        bytes: 1_940 * MB,
        size: Some(7_200 * MB),
        speed: 0,
        state: State::Suspended,
        is_warm: false,
        courtesy: None,
    },
    Sketch {
        name: "",
        links: &["https://artifacts.example.org/toolchain-2026-11.tar.zst"],
        files: 1,
        done: 0,
        bytes: 0,
        size: Some(1_200 * MB),
        speed: 0,
        state: State::Error,
        is_warm: false,
        courtesy: None,
    },
    Sketch {
        name: "Fedora Workstation 44",
        links: &["https://fedoraproject.org/Fedora-Workstation-44.iso"],
        files: 1,
        done: 1,
        bytes: 2_310 * MB,
        size: Some(2_310 * MB),
        speed: 0,
        state: State::Complete,
        is_warm: false,
        courtesy: None,
    },
];

/// A queue with one group of each kind.
#[must_use]
pub fn eight() -> Snapshot {
    many(EIGHT.len())
}

/// The eight, of which this one (from 0) waits for that, or is told not to.
#[must_use]
pub fn waiting(at: usize, reason: Option<WaitReason>) -> Snapshot {
    let mut snapshot = eight();
    if let Some(group) = Arc::make_mut(&mut snapshot.groups).get_mut(at) {
        let group = Arc::make_mut(group);
        group.anyway = reason.is_none();
        if let Some(reason) = reason {
            group.state = State::Waiting;
            group.summary.bytes_per_second = 0;
            group.courtesy = None;
            group.waiting = Some(Waiting {
                reason,
                until: (reason == WaitReason::Schedule)
                    .then(|| NOW + SignedDuration::from_mins(200)),
            });
        }
    }
    snapshot
}

/// A queue of so many groups, the same eight again and again.
#[must_use]
pub fn many(count: usize) -> Snapshot {
    let groups = (0..count).map(|at| Arc::new(group(&EIGHT[at % EIGHT.len()], at as u128 + 1)));
    Snapshot {
        groups: Arc::new(groups.collect()),
        ..Snapshot::default()
    }
}

/// Names that are as strange as a server or a person can make them.
#[must_use]
pub fn strange() -> Snapshot {
    let names = [
        "a name without end ".repeat(1_000),
        "\u{202e}gpj.exe\u{202c} turned around".to_owned(),
        "two\nlines\r\nand\ta tab\u{7}\u{0}".to_owned(),
        "تقرير سنوي 2026 (النسخة النهائية).pdf".to_owned(),
        "とても長い日本語の名前のアーカイブ第二版".repeat(8),
        "Отчёт за ноябрь 2026 года".to_owned(),
        format!("stacked{}", "\u{301}\u{300}\u{336}".repeat(300)),
        "\u{feff}\u{200b}\u{200d}".to_owned(),
    ];
    let mut snapshot = eight();
    let groups = snapshot.groups.iter().zip(names).map(|(group, name)| {
        let mut group = (**group).clone();
        Arc::make_mut(&mut group.properties).name = name;
        Arc::new(group)
    });
    snapshot.groups = Arc::new(groups.collect());
    snapshot
}

fn group(sketch: &Sketch, number: u128) -> GroupView {
    let summary = summary(sketch);
    let status = status(sketch);
    // Of all but the first eight only some files are there: nobody opens thousands of them.
    let listed = if number > EIGHT.len() as u128 {
        sketch.files.min(4)
    } else {
        sketch.files
    };
    let files: Vec<_> = (0..listed).map(|at| file(sketch, number, at)).collect();
    let problem = files.first().and_then(|file| file.error.clone());
    let waiting = files.first().and_then(|file| file.waiting);
    let job = JobView {
        id: JobId(Uuid::from_u128(number << 64 | 1)),
        status,
        state: sketch.state,
        summary: summary.clone(),
        speeds: Vec::new(),
        files: files
            .chunks(256)
            .map(|files| Arc::new(files.to_vec()))
            .collect(),
    };
    let priority = if sketch.is_warm {
        Priority::Foreground
    } else {
        Priority::Normal
    };
    GroupView {
        id: GroupId(Uuid::from_u128(number << 64)),
        properties: Arc::new(Properties {
            name: sketch.name.to_owned(),
            priority,
            ..Properties::default()
        }),
        status,
        state: sketch.state,
        summary,
        waiting,
        error: problem.as_deref().cloned(),
        created: NOW - SignedDuration::from_mins(9),
        completed: (sketch.state == State::Complete).then(|| NOW - SignedDuration::from_mins(2)),
        anyway: false,
        courtesy: sketch.courtesy,
        jobs: Arc::new(vec![Arc::new(job)]),
    }
}

fn summary(sketch: &Sketch) -> Summary {
    let share = |size: u64| (sketch.bytes as f64 / size as f64 * 100.0) as u8;
    let left = |size: u64| (size - sketch.bytes).checked_div(sketch.speed);
    Summary {
        size: sketch.size,
        size_known: sketch.size.unwrap_or(0),
        files_total: sketch.files,
        files_done: sketch.done,
        progress: Progress {
            bytes: sketch.bytes,
            percent: sketch.size.map(share),
            seconds_left: sketch.size.and_then(left),
        },
        bytes_per_second: sketch.speed,
    }
}

fn status(sketch: &Sketch) -> Flags {
    let flags = match sketch.state {
        State::Complete => Flags::COMPLETE,
        State::Error => Flags::INCOMPLETE.with(Flags::ERROR).with(Flags::SUSPENDED),
        State::Suspended => Flags::INCOMPLETE.with(Flags::SUSPENDED),
        _ => Flags::INCOMPLETE,
    };
    if sketch.is_warm {
        flags.with(Flags::FOREGROUND)
    } else {
        flags
    }
}

fn file(sketch: &Sketch, group: u128, at: u64) -> FileView {
    let link = sketch.links.get(at as usize).or(sketch.links.last());
    let link = link
        .and_then(|link| Link::parse(link).ok())
        .expect("the links above are links");
    let state = if at < sketch.done {
        State::Complete
    } else {
        sketch.state
    };
    let size = sketch.size.map(|size| size / sketch.files);
    let bytes = match (state, size) {
        (State::Complete, Some(size)) => size,
        _ => (sketch.bytes - sketch.bytes * sketch.done / sketch.files.max(1))
            .min(size.unwrap_or(u64::MAX)),
    };
    let failure = Failure::Status {
        status: 404,
        retry_after: None,
    };
    let problem = Problem {
        failure,
        link: link.clone(),
        attempts: 3,
    };
    FileView {
        id: FileId(Uuid::from_u128(group << 64 | (u128::from(at) + 2))),
        source: Arc::new(FileSource { link, name: None }),
        path: None,
        state,
        size,
        bytes: if sketch.bytes == 0 { 0 } else { bytes },
        connections: if state == State::Transferring { 8 } else { 0 },
        resumable: Some(true),
        waiting: (state == State::Waiting).then(|| Waiting {
            reason: WaitReason::ServerBusy,
            until: Some(NOW + SignedDuration::from_secs(12)),
        }),
        error: (state == State::Error).then(|| Arc::new(problem)),
    }
}
