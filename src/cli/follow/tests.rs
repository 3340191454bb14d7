//! What is told of a change, and when it is over.

use super::*;
use crate::cli::scene;

fn advance(follow: &mut Follow, snapshot: &Snapshot) -> (usize, Vec<(Option<State>, State)>) {
    let (mut groups, mut files) = (0, Vec::new());
    follow.advance(snapshot, |seen| match seen {
        Seen::Group(_) => groups += 1,
        Seen::File(change) => {
            files.push((change.before.map(|file| file.state), change.after.state));
        }
    });
    (groups, files)
}

#[test]
fn only_what_changed_is_told() {
    let mut scene = scene::Scene::new(600);
    let mut follow = Follow::new(scene.group);
    assert!(!follow.is_over());
    let (groups, files) = advance(&mut follow, &scene.snapshot());
    assert_eq!((groups, files.len()), (1, 600));
    assert_eq!(advance(&mut follow, &scene.snapshot()).1, []);
    scene.set(300, |file| file.state = State::Transferring);
    let changed = advance(&mut follow, &scene.snapshot());
    assert_eq!(
        changed,
        (1, vec![(Some(State::Queued), State::Transferring)])
    );
    assert_eq!(
        follow.tally(),
        Tally {
            open: 600,
            complete: 0,
            failed: 0
        }
    );
}

#[test]
fn over_when_no_file_is_open() {
    let mut scene = scene::Scene::new(3);
    let mut follow = Follow::new(scene.group);
    scene.set(0, |file| file.state = State::Complete);
    scene.set(1, |file| file.state = State::Error);
    advance(&mut follow, &scene.snapshot());
    assert!(!follow.is_over());
    scene.set(2, |file| {
        file.state = State::Waiting;
        file.waiting = Some(crate::queue::snapshot::Waiting {
            reason: WaitReason::Credentials,
            until: None,
        });
    });
    advance(&mut follow, &scene.snapshot());
    assert!(follow.is_over());
    assert_eq!(
        follow.tally(),
        Tally {
            open: 0,
            complete: 1,
            failed: 2
        }
    );
}

#[test]
fn over_when_the_group_is_taken_away() {
    let scene = scene::Scene::new(1);
    let mut follow = Follow::new(scene.group);
    advance(&mut follow, &Snapshot::default());
    assert!(!follow.is_over(), "it has not come yet");
    advance(&mut follow, &scene.snapshot());
    advance(&mut follow, &Snapshot::default());
    assert!(follow.is_over());
}
