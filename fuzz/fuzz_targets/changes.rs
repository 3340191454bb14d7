//! What another Ebb tells makes a snapshot or an error, whatever it is: one `Changes` a line.
#![no_main]

use std::collections::HashSet;

use ebb::queue::Snapshot;
use ebb::remote::Mirror;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    let mut mirror = Mirror::default();
    for line in text.split(|byte| *byte == b'\n') {
        let Ok(changes) = serde_json::from_slice(line) else {
            return;
        };
        match mirror.apply(changes) {
            Ok(Some(snapshot)) => assert_whole(&snapshot),
            Ok(None) => {}
            Err(_) => return,
        }
    }
});

/// Every group once, chunks of files without gaps.
fn assert_whole(snapshot: &Snapshot) {
    let mut seen = HashSet::new();
    for group in snapshot.groups.iter() {
        assert!(seen.insert(group.id));
        for job in group.jobs.iter() {
            let chunks = job.files.iter().map(|chunk| chunk.len());
            let (mut before, last) = (chunks.clone().rev().skip(1), job.files.last());
            assert!(before.all(|files| files == 256));
            assert!(last.is_none_or(|chunk| (1..=256).contains(&chunk.len())));
        }
    }
}
