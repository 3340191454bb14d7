//! The lines against the contract.

use serde_json::Value;

use super::*;
use crate::cli::follow::Follow;
use crate::cli::scene::Scene;
use crate::download::State;
use crate::queue::Snapshot;

/// A scene, followed, and what was written of it.
struct Written {
    scene: Scene,
    follow: Follow,
    lines: JsonLines<Vec<u8>>,
}

impl Written {
    fn new(files: usize) -> Self {
        let scene = Scene::new(files);
        let follow = Follow::default();
        let lines = JsonLines::new(Vec::new());
        Self {
            scene,
            follow,
            lines,
        }
    }

    /// What is new in the output after a snapshot at this moment.
    fn at(&mut self, milliseconds: u64) -> Vec<Value> {
        let Self {
            scene,
            follow,
            lines,
        } = self;
        follow.advance(&scene.snapshot(), |seen| lines.see(seen).unwrap());
        self.lines
            .tick(Duration::from_millis(milliseconds))
            .unwrap();
        self.take()
    }

    fn take(&mut self) -> Vec<Value> {
        let out = std::mem::take(self.lines.out.get_mut());
        out.split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).unwrap())
            .collect()
    }
}

#[test]
fn first_all_there_is() {
    let mut written = Written::new(3);
    let lines = written.at(0);
    let events: Vec<_> = lines
        .iter()
        .map(|line| line["event"].as_str().unwrap())
        .collect();
    assert_eq!(events, ["group", "file", "file", "file"]);
    assert!(lines[0]["group"].get("jobs").is_none());
    assert_eq!(lines[1]["group"], lines[0]["group"]["id"]);
    assert_eq!(lines[3]["file"]["url"], "http://h/2");
    let keys: Vec<_> = lines[1].as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 4, "{keys:?}");
}

#[test]
fn progress_at_most_ten_times_a_second_and_in_turns() {
    let mut written = Written::new(5);
    written.at(0);
    let mut counts = HashMap::new();
    for tick in 1..=100 {
        for file in 0..5 {
            written.scene.set(file, |file| file.bytes += 1);
        }
        for line in written.at(1000 + tick * 100) {
            *counts.entry(line["file"]["id"].to_string()).or_insert(0) += 1;
        }
    }
    let total: i32 = counts.values().sum();
    assert!((80..=100).contains(&total), "{total}");
    assert!(
        counts.values().all(|count| (12..=25).contains(count)),
        "{counts:?}"
    );
}

#[test]
fn what_is_the_same_is_not_repeated() {
    let mut written = Written::new(2);
    written.at(0);
    for tick in 1..10 {
        written.scene.set(0, |_| {});
        assert_eq!(written.at(tick * 1000), [Value::Null; 0]);
    }
}

#[test]
fn a_state_is_never_left_out() {
    let mut written = Written::new(300);
    written.at(0);
    for tick in 0..300 {
        written.scene.set(tick, |file| file.state = State::Complete);
        let lines = written.at(tick as u64);
        let found = lines
            .iter()
            .filter(|line| line["file"]["complete"] == true)
            .count();
        assert_eq!(found, 1, "{lines:?}");
    }
}

#[test]
fn last_what_is_left_and_the_summary() {
    let mut written = Written::new(2);
    written.at(0);
    written.scene.summary.progress.bytes = 7;
    written.scene.set(0, |file| file.bytes = 7);
    written.at(1);
    written.scene.set(1, |file| file.bytes = 9);
    written.at(2);
    let tally = Tally {
        open: 0,
        complete: 1,
        failed: 1,
    };
    written
        .lines
        .finish(tally, 7, Duration::from_micros(1_234_567))
        .unwrap();
    let lines = written.take();
    assert!(
        lines.iter().any(|line| line["file"]["bytes"] == 9),
        "{lines:?}"
    );
    assert_eq!(
        lines.last().unwrap().to_string(),
        r#"{"bytes":7,"complete":1,"event":"summary","failed":1,"seconds":1.235}"#
    );
}

#[test]
fn what_is_gone_has_one_line_and_no_more() {
    let mut written = Written::new(1);
    written.at(0);
    written.scene.set(0, |file| file.bytes = 1);
    // Too early for progress: it is still to be told when the group goes.
    written.lines.next = Duration::from_secs(10);
    assert_eq!(written.at(1), [Value::Null; 0]);
    let Written { follow, lines, .. } = &mut written;
    follow.advance(&Snapshot::default(), |seen| lines.see(seen).unwrap());
    lines.tick(Duration::from_secs(20)).unwrap();
    let id = written.scene.group;
    let expected = serde_json::json!({"event": "removed", "id": id});
    assert_eq!(written.take(), [expected]);
}

#[test]
fn an_end_is_told_though_progress_is_not_due() {
    let mut written = Written::new(2);
    written.at(0);
    written.lines.next = Duration::from_secs(10);
    written.scene.set(0, |file| file.bytes = 1);
    written.scene.set(1, |file| file.state = State::Complete);
    written.scene.turn(State::Complete);
    let events: Vec<_> = written
        .at(1)
        .iter()
        .map(|line| line["event"].to_string())
        .collect();
    assert_eq!(events, [r#""group""#, r#""file""#]);
    written.scene.set(0, |file| file.state = State::Complete);
    assert_eq!(written.at(2).len(), 1);
    // What was told since is not told again when its turn comes.
    assert_eq!(written.at(60_000), [Value::Null; 0]);
}
