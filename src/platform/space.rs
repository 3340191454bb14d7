//! How much room there is.

use std::path::Path;

/// Bytes that this user may still write where the path is, or where it will be: the nearest
/// folder above it that is there counts. `None` where the system does not tell.
#[must_use]
pub fn free_space(path: &Path) -> Option<u64> {
    path.ancestors().find_map(of_existing)
}

#[cfg(unix)]
fn of_existing(path: &Path) -> Option<u64> {
    let stat = rustix::fs::statvfs(path).ok()?;
    Some(stat.f_bavail.saturating_mul(stat.f_frsize))
}

#[cfg(not(unix))]
fn of_existing(_path: &Path) -> Option<u64> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_yet_has_the_room_of_what_is_above_it() {
        let place = tempfile::tempdir().unwrap();
        assert!(free_space(place.path()).is_some_and(|bytes| bytes > 0));
        assert!(free_space(&place.path().join("not/there/yet")).is_some());
        assert_eq!(free_space(Path::new("relative/to/nothing")), None);
    }
}
