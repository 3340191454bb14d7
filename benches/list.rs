//! What the list of the main screen costs: 10,000 groups, of which 1,000 change with every
//! snapshot; and one group with 100,000 open files.
//!
//! Prints the median and the slowest of each, in milliseconds; judges nothing.

use std::sync::Arc;
use std::time::Instant;

use ebb::app::list::{List, SortKey};
use ebb::download::{Link, State};
use ebb::queue::snapshot::{FileSource, Summary};
use ebb::queue::{
    FileId, FileView, Flags, GroupId, GroupView, JobId, JobView, Properties, Snapshot,
};

const GROUPS: usize = 10_000;
const RUNS: usize = 50;

fn file(at: usize) -> FileView {
    let link = format!("https://mirror{}.example.org/pool/file-{at}.iso", at % 97);
    FileView {
        id: FileId::random(),
        source: Arc::new(FileSource {
            link: Link::parse(&link).expect("a link"),
            name: None,
        }),
        path: None,
        state: State::Transferring,
        size: Some(1 << 30),
        bytes: 0,
        connections: 4,
        resumable: Some(true),
        waiting: None,
        error: None,
    }
}

fn group(at: usize, files: usize) -> GroupView {
    let files: Vec<_> = (at..at + files).map(file).collect();
    let chunks = files.chunks(256).map(|chunk| Arc::new(chunk.to_vec()));
    let job = JobView {
        id: JobId::random(),
        status: Flags::INCOMPLETE,
        state: State::Transferring,
        summary: Summary::default(),
        speeds: Vec::new(),
        files: chunks.collect(),
    };
    GroupView {
        id: GroupId::random(),
        properties: Arc::new(Properties {
            name: format!("Group {} of many", at * 7919 % GROUPS),
            ..Properties::default()
        }),
        status: Flags::INCOMPLETE,
        state: State::Transferring,
        summary: Summary {
            size: Some(1 << 30),
            files_total: files.len() as u64,
            ..Summary::default()
        },
        waiting: None,
        error: None,
        created: jiff::Timestamp::UNIX_EPOCH,
        completed: None,
        anyway: false,
        courtesy: None,
        jobs: Arc::new(vec![Arc::new(job)]),
    }
}

/// The next snapshot: every tenth group has come further, other ones each time.
fn next(snapshot: &Snapshot, round: usize) -> Snapshot {
    let change = |(at, group): (usize, &Arc<GroupView>)| {
        if at % 10 != round % 10 {
            return Arc::clone(group);
        }
        let mut group = (**group).clone();
        group.summary.progress.bytes += 1_000_000;
        group.summary.bytes_per_second = (at * 31 + round * 17) as u64 % 10_000_000;
        let mut job = (*group.jobs[0]).clone();
        let mut chunk = (*job.files[0]).clone();
        chunk[0].bytes += 1_000_000;
        job.files[0] = Arc::new(chunk);
        group.jobs = Arc::new(vec![Arc::new(job)]);
        Arc::new(group)
    };
    Snapshot {
        groups: Arc::new(snapshot.groups.iter().enumerate().map(change).collect()),
        ..snapshot.clone()
    }
}

/// Does it again and again; what `prepare` takes is not counted.
fn measure<T>(what: &str, mut prepare: impl FnMut(usize) -> T, mut deed: impl FnMut(T)) {
    let run = |round| {
        let prepared = prepare(round);
        let start = Instant::now();
        deed(prepared);
        start.elapsed().as_secs_f64() * 1000.0
    };
    let mut times: Vec<f64> = (0..RUNS).map(run).collect();
    times.sort_by(f64::total_cmp);
    println!("{what:<52}{:>8.3}{:>8.3}", times[RUNS / 2], times[RUNS - 1]);
}

fn main() {
    let first = Snapshot {
        groups: Arc::new((0..GROUPS).map(|at| Arc::new(group(at, 1))).collect()),
        ..Snapshot::default()
    };
    println!("{:<52}{:>8}{:>8}", "10,000 groups (ms)", "median", "most");
    let from_scratch = |sort, search: &'static str| {
        move |(mut list, snapshot): (List, Snapshot)| {
            list.toggle_sort(sort);
            list.set_search(search);
            list.update(&snapshot);
            std::hint::black_box(list.rows());
        }
    };
    let new = |_| (List::default(), first.clone());
    measure(
        "from scratch, by size",
        new,
        from_scratch(SortKey::Size, ""),
    );
    measure(
        "from scratch, by name",
        new,
        from_scratch(SortKey::Name, ""),
    );
    measure(
        "from scratch, searched",
        new,
        from_scratch(SortKey::Size, "group mirror1"),
    );
    for (sort, search) in [
        (SortKey::Queue, ""),
        (SortKey::Name, ""),
        (SortKey::Speed, ""),
        (SortKey::Queue, "group mirror1"),
    ] {
        let mut list = List::default();
        if sort != SortKey::Queue {
            list.toggle_sort(sort);
        }
        list.set_search(search);
        list.update(&first);
        list.choose_all();
        let mut snapshot = first.clone();
        let what = format!("1,000 of them change, by {sort:?}, searched {search:?}");
        let prepare = |round| {
            snapshot = next(&snapshot, round);
            snapshot.clone()
        };
        measure(&what, prepare, |snapshot| list.update(&snapshot));
    }
    let mut list = List::default();
    list.update(&first);
    measure(
        "a search is typed",
        |_| (),
        |()| {
            list.set_search("group 12");
            list.set_search("");
        },
    );
    let large = group(0, 100_000);
    let id = large.id;
    list.update(&Snapshot {
        groups: Arc::new(vec![Arc::new(large)]),
        ..Snapshot::default()
    });
    list.toggle(id);
    measure(
        "100,000 open files: twenty rows in the middle",
        |_| (),
        |()| {
            let middle = list.total_height() / 2.0;
            std::hint::black_box(list.rows_in(middle, middle + 800.0).count());
        },
    );
}
