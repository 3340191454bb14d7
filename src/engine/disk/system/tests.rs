use std::time::Duration;

use super::*;

#[test]
fn a_file_is_still_the_one_that_was_left() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a");
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    std::fs::write(&path, "0123456789").unwrap();
    let file = File::options().write(true).open(&path).unwrap();
    mark(&file, Some(old), "http://host/a");
    let left = fingerprint(&file).unwrap();
    assert_eq!(left.modified, Some(1_000_000_000_000_000_000));
    assert!(is_still(&path, &left));
    let unknown = Fingerprint {
        length: 10,
        ..Fingerprint::default()
    };
    let dated = Fingerprint {
        modified: left.modified,
        ..unknown
    };
    assert!(is_still(&path, &unknown) && is_still(&path, &dated));
    for (what, other) in [
        ("longer", Fingerprint { length: 9, ..left }),
        (
            "longer",
            Fingerprint {
                length: 9,
                ..unknown
            },
        ),
        (
            "later",
            Fingerprint {
                modified: Some(1),
                ..left
            },
        ),
        (
            "later",
            Fingerprint {
                modified: Some(1),
                ..unknown
            },
        ),
    ] {
        assert!(!is_still(&path, &other), "{what}");
    }
    if cfg!(unix) {
        let other = Fingerprint {
            inode: left.inode + 1,
            ..left
        };
        assert!(!is_still(&path, &other), "another file");
    }
    if left.born != 0 {
        let anew = Fingerprint {
            device: left.device + 1,
            ..left
        };
        assert!(is_still(&path, &anew), "the same disk, mounted anew");
        let again = Fingerprint {
            born: left.born + 1,
            ..left
        };
        assert!(!is_still(&path, &again), "its number was used again");
    }
    std::fs::rename(&path, place.path().join("b")).unwrap();
    assert!(!is_still(&path, &unknown), "gone");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("b", &path).unwrap();
        assert!(!is_still(&path, &left), "a link to it");
    }
}

#[test]
fn moments_before_and_long_after_1970() {
    let epoch = SystemTime::UNIX_EPOCH;
    for (time, expected) in [
        (epoch, 0),
        (epoch + Duration::from_nanos(3), 3),
        (epoch - Duration::from_secs(1), -1_000_000_000),
        (epoch + Duration::from_secs(1 << 34), i64::MAX),
    ] {
        assert_eq!(nanoseconds(time), expected);
    }
}
