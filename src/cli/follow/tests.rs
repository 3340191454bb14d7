//! What is told of a change.

use super::*;
use crate::cli::scene::{Scene, snapshot};
use crate::download::State;

/// What was told: `removed`, `group`, or a file's state before and after.
fn advance(follow: &mut Follow, snapshot: &Snapshot) -> Vec<String> {
    let mut told = Vec::new();
    follow.advance(snapshot, |seen| {
        told.push(match seen {
            Seen::Removed(_) => "removed".to_owned(),
            Seen::Group(_) => "group".to_owned(),
            Seen::File(_, change) => {
                let before = change.before.map(|file| file.state);
                format!("{before:?} {:?}", change.after.state)
            }
        });
    });
    told
}

#[test]
fn first_all_there_is_then_only_what_changed() {
    let (mut one, two) = (Scene::new(600), Scene::new(1));
    let mut follow = Follow::default();
    let told = advance(&mut follow, &snapshot(&[&one, &two]));
    assert_eq!(told.len(), 603);
    assert_eq!((&*told[0], &*told[1]), ("group", "None Queued"));
    assert_eq!((&*told[601], &*told[602]), ("group", "None Queued"));
    assert_eq!(advance(&mut follow, &snapshot(&[&one, &two])), [""; 0]);
    one.set(300, |file| file.state = State::Transferring);
    assert_eq!(
        advance(&mut follow, &snapshot(&[&one, &two])),
        ["group", "Some(Queued) Transferring"]
    );
}

#[test]
fn what_is_gone_is_told_first() {
    let (one, two) = (Scene::new(1), Scene::new(1));
    let mut follow = Follow::default();
    advance(&mut follow, &snapshot(&[&one]));
    assert_eq!(
        advance(&mut follow, &snapshot(&[&two])),
        ["removed", "group", "None Queued"]
    );
    assert_eq!(advance(&mut follow, &Snapshot::default()), ["removed"]);
}
