//! Records come back as they were, several processes' writes do not refuse each other.

mod kept;

use super::*;
use crate::download::plan::Remembered;
use crate::engine::disk::system::Identity;

fn record(name: &str, finished: Option<i64>) -> PartRecord {
    PartRecord {
        path: PathBuf::from("/folder").join(name),
        url: format!("http://host/{name}"),
        remembered: Remembered {
            total: Some(u64::MAX / 4),
            validators: crate::download::Validators {
                etag: Some("\"v1\"".into()),
                last_modified: jiff::Timestamp::from_second(1_700_000_000).ok(),
            },
            ranges: true,
            written: [0..10, 20..30].into_iter().collect(),
        },
        synced: std::iter::once(0..10).collect(),
        boot: "boot".into(),
        identity: Identity {
            device: 1,
            inode: u64::MAX,
            born: 7,
        },
        finished,
    }
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("ebb-store-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

#[test]
fn records_come_back() {
    let folder = folder("back");
    let home = Home::Records(folder.join("data").join("ebb.sqlite"));
    let (store, _) = Store::open(&home, Lane::inline("store")).unwrap();
    assert!(
        store
            .save(
                vec![record("a", None), record("b", Some(5))],
                Durability::PowerCut
            )
            .wait()
    );
    let mut changed = record("a", None);
    changed.remembered.written.insert(30..40);
    store.save(vec![changed.clone()], Durability::Kill).wait();
    drop(store);
    let (store, Kept { mut records, .. }) = Store::open(&home, Lane::inline("store")).unwrap();
    assert_eq!(
        records.take(Path::new("/other"), "http://host/a", None),
        None
    );
    assert_eq!(
        records.take(Path::new("/folder"), "http://host/a", None),
        Some(changed)
    );
    assert_eq!(
        records.take(Path::new("/folder"), "http://host/b", None),
        Some(record("b", Some(5)))
    );
    store
        .forget(vec![("/folder/a".into(), "http://host/a".into())])
        .wait();
    let (_, Kept { mut records, .. }) = Store::open(&home, Lane::inline("store")).unwrap();
    assert_eq!(
        records.take(Path::new("/folder"), "http://host/a", None),
        None
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let Home::Records(path) = &home else {
            unreachable!()
        };
        assert_eq!(
            std::fs::metadata(path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn many_at_once() {
    let folder = folder("many");
    let home = Home::Records(folder.join("ebb.sqlite"));
    let threads: Vec<_> = (0..8)
        .map(|number| {
            let home = home.clone();
            std::thread::spawn(move || {
                let (store, _) = Store::open(&home, Lane::inline("store")).unwrap();
                for step in 0..10 {
                    let one = record(&format!("{number}-{step}"), None);
                    assert!(store.save(vec![one], Durability::Kill).wait());
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    let (_, Kept { records, .. }) = Store::open(&home, Lane::inline("store")).unwrap();
    assert_eq!(records.0.len(), 80);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_is_no_database_is_an_error_and_stays() {
    let folder = folder("none");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("ebb.sqlite");
    std::fs::write(
        &path,
        b"something else, long enough to be looked at ".repeat(40),
    )
    .unwrap();
    let opened = Store::open(&Home::Records(path.clone()), Lane::inline("store"));
    assert!(matches!(opened, Err(StartError::Store { .. })));
    assert!(std::fs::read(&path).unwrap().starts_with(b"something else"));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn who_waits_for_a_write_is_told_also_where_it_breaks_off() {
    let folder = folder("broken");
    let home = Home::Records(folder.join("data").join("ebb.sqlite"));
    let (store, _) = Store::open(&home, Lane::thread("store")).unwrap();
    let (tell, told) = std::sync::mpsc::channel();
    let again = tell.clone();
    let broken = move |written: Written| tell.send(written.is_err()).unwrap();
    store.write_then(Durability::Kill, |_| panic!("a fault"), broken);
    // The next one is done all the same.
    let done = move |written: Written| again.send(written.is_ok()).unwrap();
    store.write_then(Durability::Kill, |_| Ok(()), done);
    assert_eq!((told.recv(), told.recv()), (Ok(true), Ok(true)));
    store.end();
    let _ = std::fs::remove_dir_all(folder);
}
