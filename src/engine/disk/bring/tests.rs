use super::*;
use crate::engine::disk::OpenPart;
use crate::engine::disk::open::{Opened, open};

const BYTES: &[u8] = b"0123456789";

/// A part with a gap in the middle, made as a download makes it.
fn part(known: &Known, folder: &Path) -> Earlier {
    let request = OpenPart {
        folder: folder.into(),
        name: "a.bin".into(),
        rule: ConflictRule::Rename,
        earlier: None,
        total: None,
        from_number: 0,
        nobodys: None,
    };
    let Ok(Opened::Part(part)) = open(known, request) else {
        panic!("no part");
    };
    part.claim();
    system::write_at(&part.file, BYTES, 0).unwrap();
    let mut written = RangeSet::new();
    written.insert(0..4);
    written.insert(6..10);
    Earlier {
        path: part.path.clone(),
        identity: part.identity,
        synced: RangeSet::new(),
        written,
    }
}

fn bring(earlier: &Earlier, folder: &Path, rule: ConflictRule) -> Bring {
    Bring {
        earlier: earlier.clone(),
        folder: folder.into(),
        rule,
    }
}

fn near(renamed: Renamed) -> Brought {
    match renamed {
        Renamed::Near(brought) => brought,
        Renamed::Far(_) => panic!("far"),
        Renamed::Nothing => panic!("nothing"),
    }
}

#[test]
fn a_part_is_renamed_and_found_again() {
    let (place, known) = (tempfile::tempdir().unwrap(), Known::default());
    let (old, new) = (place.path().join("old"), place.path().join("new/er"));
    let earlier = part(&known, &old);
    let request = bring(&earlier, &new, ConflictRule::Rename);
    for _ in 0..2 {
        // The second time as after a kill, before the store had heard of the first.
        let brought = near(rename(&known, &request).unwrap());
        assert_eq!(brought.path, new.join("a.bin"));
        assert_eq!(
            (brought.identity, &brought.written),
            (earlier.identity, &earlier.written)
        );
        assert!(brought.synced.is_empty());
        assert_eq!(std::fs::read(part_path(&brought.path)).unwrap(), BYTES);
        assert!(!part_path(&earlier.path).exists());
    }
}

#[test]
fn nothing_is_replaced() {
    use ConflictRule::{Fail, Overwrite, Rename, Skip};
    for (name, rule, expected) in [
        ("a.bin", Rename, Ok(Some("a (1).bin"))),
        ("a.bin.ebb-part", Rename, Ok(Some("a (1).bin"))),
        ("a.bin", Overwrite, Ok(Some("a.bin"))),
        ("a.bin.ebb-part", Overwrite, Err(())),
        ("a.bin", Skip, Ok(None)),
        ("a.bin", Fail, Err(())),
    ] {
        let (place, known) = (tempfile::tempdir().unwrap(), Known::default());
        let (old, new) = (place.path().join("old"), place.path().join("new"));
        let earlier = part(&known, &old);
        std::fs::create_dir(&new).unwrap();
        std::fs::write(new.join(name), "theirs").unwrap();
        let renamed = rename(&known, &bring(&earlier, &new, rule));
        let seen = match &renamed {
            Ok(Renamed::Near(brought)) => Ok(brought.path.file_name()),
            Ok(_) => Ok(None),
            Err(failure) => {
                assert_eq!(*failure, Failure::NameConflict { is_folder: false });
                Err(())
            }
        };
        assert_eq!(
            seen,
            expected.map(|name| name.map(AsRef::as_ref)),
            "{name} {rule:?}"
        );
        assert_eq!(std::fs::read(new.join(name)).unwrap(), b"theirs");
        let moved = matches!(renamed, Ok(Renamed::Near(_)));
        assert_eq!(part_path(&earlier.path).exists(), !moved, "{name} {rule:?}");
    }
}

#[test]
fn what_is_not_ours_or_not_there_is_not_brought() {
    let (place, known) = (tempfile::tempdir().unwrap(), Known::default());
    let (old, new) = (place.path().join("old"), place.path().join("new"));
    let mut earlier = part(&known, &old);
    let nothing = |earlier: &Earlier| {
        let request = bring(earlier, &new, ConflictRule::Rename);
        matches!(rename(&known, &request), Ok(Renamed::Nothing))
    };
    earlier.identity.born += 1;
    assert!(nothing(&earlier), "another file");
    earlier.identity.born -= 1;
    let written = std::mem::take(&mut earlier.written);
    assert!(nothing(&earlier), "no bytes");
    earlier.written = written;
    assert!(part_path(&earlier.path).exists());
    std::fs::remove_dir_all(&old).unwrap();
    assert!(nothing(&earlier), "the folder has gone");
    assert!(!new.exists(), "nothing is made for nothing");
}

fn copy(known: &Known, earlier: &Earlier, new: &Path) -> Copy {
    let path = new.join("a.bin");
    let folder = known.folders.open(new).unwrap();
    let part = open::options()
        .create_new(true)
        .open(part_path(&path))
        .unwrap();
    Copy {
        old: File::open(part_path(&earlier.path)).unwrap(),
        kept: earlier.written.clone(),
        new: part,
        folder,
        _reservation: Reservation::of(known, &path).unwrap(),
        path,
    }
}

#[test]
fn a_copy_has_what_was_written_and_no_more() {
    let (place, known) = (tempfile::tempdir().unwrap(), Known::default());
    let (old, new) = (place.path().join("old"), place.path().join("new"));
    let earlier = part(&known, &old);
    let brought = copy(&known, &earlier, &new).run(&CancellationToken::new());
    let brought = brought.unwrap().unwrap();
    let there = std::fs::read(part_path(&brought.path)).unwrap();
    assert_eq!(there, b"0123\0\x006789");
    assert_eq!(
        Some(brought.identity),
        system::identity_of(&part_path(&brought.path))
    );
    assert_eq!(
        (&brought.written, &brought.synced),
        (&earlier.written, &earlier.written)
    );
    assert_eq!(
        std::fs::read(part_path(&earlier.path)).unwrap(),
        BYTES,
        "not ours to remove"
    );
}

#[test]
fn a_copy_that_breaks_off_leaves_nothing() {
    let (place, known) = (tempfile::tempdir().unwrap(), Known::default());
    let (old, new) = (place.path().join("old"), place.path().join("new"));
    let mut earlier = part(&known, &old);
    let stopped = CancellationToken::new();
    stopped.cancel();
    assert!(copy(&known, &earlier, &new).run(&stopped).is_err());
    earlier.written.insert(10..20);
    let short = copy(&known, &earlier, &new).run(&CancellationToken::new());
    assert!(matches!(short, Ok(None)), "it cannot be read whole");
    assert_eq!(std::fs::read_dir(&new).unwrap().count(), 0);
    assert!(part_path(&earlier.path).exists());
}
