//! What is found: by hand, and against a plain comparison of everything.

use fastrand::Rng;

use super::*;
use crate::download::{Link, State};
use crate::queue::snapshot::FileSource;
use crate::queue::{FileId, Flags, Properties};

fn file(random: &mut Rng) -> FileView {
    FileView {
        id: FileId(uuid(random)),
        source: Arc::new(FileSource {
            link: Link::parse("http://h/").unwrap(),
            name: None,
        }),
        path: None,
        state: State::Queued,
        size: None,
        bytes: 0,
        connections: 0,
        resumable: None,
        waiting: None,
        error: None,
    }
}

fn uuid(random: &mut Rng) -> uuid::Uuid {
    uuid::Builder::from_random_bytes(random.u128(..).to_le_bytes()).into_uuid()
}

fn job(files: usize, random: &mut Rng) -> JobView {
    let files: Vec<FileView> = (0..files).map(|_| file(random)).collect();
    JobView {
        id: JobId(uuid(random)),
        status: Flags::default(),
        state: State::Queued,
        summary: Summary::default(),
        speeds: Vec::new(),
        files: files
            .chunks(4)
            .map(|part| Arc::new(part.to_vec()))
            .collect(),
    }
}

fn group(files: &[usize], random: &mut Rng) -> GroupView {
    let jobs: Vec<_> = files
        .iter()
        .map(|files| Arc::new(job(*files, random)))
        .collect();
    GroupView {
        id: GroupId(uuid(random)),
        properties: Arc::new(Properties::default()),
        status: Flags::default(),
        state: State::Queued,
        summary: Summary::default(),
        waiting: None,
        error: None,
        created: "2026-01-02T03:04:05Z".parse().unwrap(),
        completed: None,
        anyway: false,
        courtesy: None,
        jobs: Arc::new(jobs),
    }
}

fn snapshot(groups: Vec<GroupView>) -> Snapshot {
    Snapshot {
        groups: Arc::new(groups.into_iter().map(Arc::new).collect()),
        ..Snapshot::default()
    }
}

/// Changes one file, and all that is above it.
fn edit(snapshot: &mut Snapshot, at: [usize; 3], change: impl FnOnce(&mut FileView)) {
    let groups = Arc::make_mut(&mut snapshot.groups);
    let jobs = &mut Arc::make_mut(&mut groups[at[0]]).jobs;
    let job = Arc::make_mut(&mut Arc::make_mut(jobs)[at[1]]);
    change(&mut Arc::make_mut(&mut job.files[at[2] / 4])[at[2] % 4]);
}

#[test]
fn a_changed_file_is_found_with_its_places() {
    let random = &mut Rng::with_seed(1);
    let before = snapshot(vec![group(&[3], random), group(&[1, 11], random)]);
    let mut after = before.clone();
    assert!(difference(&before, &after).groups.is_empty());
    edit(&mut after, [1, 1, 9], |file| file.bytes = 7);

    let found = difference(&before, &after);
    assert!(!found.is_list_changed && found.removed.is_empty());
    let [group] = &found.groups[..] else {
        panic!("{found:?}");
    };
    assert_eq!(group.after.id, after.groups[1].id);
    assert!(!group.is_changed() && group.is_progress());
    let jobs: Vec<_> = group.jobs().collect();
    assert_eq!((jobs.len(), jobs[0].index), (1, 1));
    assert!(!jobs[0].is_changed());
    let [file] = group.files().collect::<Vec<_>>()[..] else {
        panic!("one file");
    };
    assert_eq!((file.job_index, file.place), (1, 9));
    assert_eq!(file.job, jobs[0].after.id);
    assert_eq!((file.before.unwrap().bytes, file.after.bytes), (0, 7));
    assert!(file.is_progress());
}

/// Something done to a view; and is it only progress?
type Change<View> = (fn(&mut View), bool);

#[test]
fn what_is_more_than_progress() {
    let random = &mut Rng::with_seed(2);
    let before = snapshot(vec![group(&[1], random)]);
    let changes: [Change<FileView>; 5] = [
        (|file| file.connections = 3, true),
        (|file| file.state = State::Complete, false),
        (|file| file.size = Some(7), false),
        (|file| file.path = Some(Arc::new("/a".into())), false),
        (|file| file.resumable = Some(true), false),
    ];
    for (change, is_progress) in changes {
        let mut after = before.clone();
        edit(&mut after, [0, 0, 0], change);
        let found = difference(&before, &after);
        let file = found.groups[0].files().next().unwrap();
        assert_eq!(file.is_progress(), is_progress, "{file:?}");
    }
    let groups: [Change<GroupView>; 4] = [
        (|group| group.summary.progress.bytes = 1, true),
        (|group| group.summary.files_done = 1, false),
        (|group| group.state = State::Complete, false),
        (
            |group| Arc::make_mut(&mut group.properties).name = "n".into(),
            false,
        ),
    ];
    for (change, is_progress) in groups {
        let mut after = before.clone();
        change(Arc::make_mut(&mut Arc::make_mut(&mut after.groups)[0]));
        let found = difference(&before, &after);
        let [group] = found.groups[..] else {
            panic!("one group");
        };
        assert!(group.is_changed());
        assert_eq!(group.is_progress(), is_progress, "{group:?}");
        assert_eq!(group.files().count(), 0);
    }
}

/// Everything is new after nothing, and nothing new is progress.
#[test]
fn a_first_snapshot_is_all_new() {
    let random = &mut Rng::with_seed(3);
    let (nothing, first) = (Snapshot::default(), snapshot(vec![group(&[2, 5], random)]));
    let found = difference(&nothing, &first);
    assert!(found.is_list_changed);
    let group = found.groups[0];
    assert!(group.is_changed() && !group.is_progress() && group.before.is_none());
    assert!(group.jobs().all(|job| job.is_changed()));
    let places: Vec<_> = group
        .files()
        .map(|file| (file.job_index, file.place))
        .collect();
    assert_eq!(
        places,
        [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (1, 3), (1, 4)]
    );
    assert!(group.files().all(|file| !file.is_progress()));
}

/// What the two have, looked at one by one.
fn plain(before: &Snapshot, after: &Snapshot) -> (Vec<GroupId>, Vec<GroupId>, Vec<FileId>) {
    let ids = |snapshot: &Snapshot| -> Vec<GroupId> {
        snapshot.groups.iter().map(|group| group.id).collect()
    };
    let files = |snapshot: &Snapshot| -> HashMap<FileId, String> {
        let jobs = snapshot.groups.iter().flat_map(|group| group.jobs.iter());
        let files = jobs
            .flat_map(|job| job.files.iter())
            .flat_map(|files| files.iter());
        files.map(|file| (file.id, format!("{file:?}"))).collect()
    };
    let (old, new) = (ids(before), ids(after));
    let removed = old.iter().filter(|id| !new.contains(id)).copied().collect();
    let is_other = |group: &&Arc<GroupView>| {
        let mut known = before.groups.iter();
        !known.any(|known| Arc::ptr_eq(known, group))
    };
    let groups = after.groups.iter().filter(is_other).map(|group| group.id);
    let known = files(before);
    let other = files(after).into_iter();
    let mut other: Vec<FileId> = other
        .filter(|(id, shown)| known.get(id) != Some(shown))
        .map(|(id, _)| id)
        .collect();
    other.sort();
    (removed, groups.collect(), other)
}

#[test]
fn random_changes_are_found_and_no_others() {
    let random = &mut Rng::with_seed(4);
    let mut before = snapshot((0..12).map(|_| group(&[2, 6], random)).collect());
    for _ in 0..2_000 {
        let mut after = before.clone();
        for _ in 0..random.usize(0..4) {
            let count = after.groups.len();
            match random.u8(0..5) {
                0 if count > 4 => {
                    let _ = Arc::make_mut(&mut after.groups).remove(random.usize(..count));
                }
                1 if count < 20 => {
                    let made = Arc::new(group(&[1], random));
                    Arc::make_mut(&mut after.groups).insert(random.usize(..=count), made);
                }
                2 => {
                    let groups = Arc::make_mut(&mut after.groups);
                    groups.swap(random.usize(..count), random.usize(..count));
                }
                _ => edit(&mut after, [random.usize(..count), 0, 0], |file| {
                    file.bytes += 1;
                }),
            }
        }
        let found = difference(&before, &after);
        let (removed, groups, files) = plain(&before, &after);
        let ids = |groups: &[&Arc<GroupView>]| groups.iter().map(|group| group.id).collect();
        let found_removed: Vec<GroupId> = ids(&found.removed);
        assert_eq!(found_removed, removed);
        let found_groups: Vec<_> = found.groups.iter().map(|group| group.after.id).collect();
        assert_eq!(found_groups, groups);
        let all = found.groups.iter().flat_map(|group| group.files());
        let mut found_files: Vec<_> = all.map(|file| file.after.id).collect();
        found_files.sort();
        assert_eq!(found_files, files);
        let order = |snapshot: &Snapshot| -> Vec<GroupId> {
            snapshot.groups.iter().map(|group| group.id).collect()
        };
        assert_eq!(found.is_list_changed, order(&before) != order(&after));
        before = after;
    }
}
