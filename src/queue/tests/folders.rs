//! Another folder for what is not complete.

use std::path::{Path, PathBuf};

use super::story::{Story, files, tell};
use super::{add, at, limits, new_file};
use crate::queue::property::Properties;
use crate::queue::{Command, GroupId, Outcome, Queue, Refusal};

#[test]
fn what_runs_stops_and_goes_on_there() {
    tell(
        "limits parallel=3
         add g 3@a start        => start g1
         begun g1 100           => start g2, start g3
         got g1 40
         begun g2 100
         written g2 100
         folder g /e            =+ stop g1, stop g3, save g
         is g1 queued 40/100
         is g2 verifying
         got g1 45
         stopped g1             => start g1 to /e
         moved g1 /e/g1         =+ save g
         is g1 connecting 45/100
         stopped g3             => start g3 to /e
         done g2                => g2 is complete
         moved g1 /d/g1 late    =>
         moved g3               =>
         folder g d             => ! invalid value: an absolute path",
    );
}

#[test]
fn what_waits_for_the_disk_goes_on_at_once() {
    tell(
        "limits parallel=3
         add g 2@a,1@b start    => start g1, start g3
         begun g1 100           => start g2
         got g1 40
         begun g2 100
         failed g1 full         => g1 waits disk_full
         failed g2 lost         => g2 waits retry
         failed g3 gone         => g3 waits destination
         folder g /e            => start g1 to /e, start g3 to /e
         is g2 waiting:retry
         moved g1               => g1 starts over
         is g1 connecting 0/?
         begun g1 100
         wait 20                => start g2 to /e",
    );
}

#[test]
fn what_failed_or_is_suspended_waits_for_a_person() {
    tell(
        "add g 2@a start        => start g1
         failed g1 denied       => g1 permission_denied, start g2
         suspend g              => stop g2
         folder g /e            =+ save g
         is g suspended incomplete+suspended+error
         stopped g2             =>
         resume g               => start g1 to /e, start g2 to /e",
    );
}

#[test]
fn what_has_ended_stays_where_it_is() {
    tell(
        "add g 1@a start
         begun g1 100
         done g1                => g1 is complete, g is complete
         folder g /e            => ! wrong state: complete
         add h 1@a start        => start h1
         cancel h               => stop h1
         folder h /e            => ! wrong state: cancelled",
    );
}

#[test]
fn paths_are_those_of_the_parts() {
    let mut story = Story::new(limits());
    let path = |story: &mut Story| files(&story.group("g")).next().unwrap().path.clone();
    for (line, expected) in [
        ("add g 1@a start", None),
        ("begun g1 100", Some("/d/g1")),
        ("folder g /e", Some("/d/g1")),
        ("stopped g1", Some("/d/g1")),
        ("moved g1 /e/g1", Some("/e/g1")),
        ("moved g1", None),
    ] {
        story.line(line);
        let seen = path(&mut story);
        assert_eq!(
            seen.as_deref().map(PathBuf::as_path),
            expected.map(Path::new),
            "{line}"
        );
    }
}

#[test]
fn it_survives() {
    let mut queue = Queue::new(limits(), 1);
    let now = at(std::time::Duration::ZERO);
    let mut ask = |command| queue.command(command, now, &mut Vec::new());
    let added = ask(add(vec![new_file("a", "x")], Properties::default(), false));
    let Ok(Outcome::Group(id)) = added else {
        panic!("{added:?}");
    };
    let other = Command::SetFolder(GroupId::random(), "/e".into());
    assert_eq!(ask(other), Err(Refusal::NotFound));
    queue.unsaved();
    let folder = Command::SetFolder(id, "/e".into());
    queue.command(folder, now, &mut Vec::new()).unwrap();
    let records = queue.unsaved();
    assert_eq!(records[0].jobs[0].folder, Path::new("/e"));
    assert!(
        records[0].jobs[0].files.is_empty(),
        "the job alone is written"
    );
    let records = queue.records(id).into_iter().collect();
    let mut queue = Queue::new(limits(), 1);
    queue.restore(records, now);
    let file = queue.snapshot(now).groups[0].jobs[0].files[0][0].id;
    assert_eq!(queue.file(file).unwrap().folder, Path::new("/e"));
}
