use super::*;

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_save_that_ends_half_way_leaves_the_old_file_and_nothing_else() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("settings.toml");
    fs::write(&path, "old").unwrap();
    let full = replace(&path, |new| {
        fs::write(new, "ne")?;
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        Err(io::ErrorKind::StorageFull.into())
    });
    assert_eq!(full.unwrap_err().kind(), io::ErrorKind::StorageFull);
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(names(place.path()), ["settings.toml"]);
}

#[test]
fn a_place_that_takes_no_file_is_told_of() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("file");
    fs::write(&file, "").unwrap();
    let folder = place.path().join("settings.toml");
    fs::create_dir(&folder).unwrap();
    for path in [folder, file.join("settings.toml")] {
        let error = Settings::default().save(&path).unwrap_err();
        assert_eq!(error.path, path);
        assert!(!error.reason.is_empty());
    }
    assert_eq!(names(place.path()), ["file", "settings.toml"]);
}

#[cfg(unix)]
#[test]
fn what_a_link_leads_to_is_replaced_and_its_users_alone() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let place = tempfile::tempdir().unwrap();
    let (kept, path) = (
        place.path().join("kept"),
        place.path().join("settings.toml"),
    );
    fs::write(&kept, "").unwrap();
    symlink(&kept, &path).unwrap();
    Settings::default().save(&path).unwrap();
    assert!(path.symlink_metadata().unwrap().is_symlink());
    assert!(
        fs::read_to_string(&kept)
            .unwrap()
            .starts_with("version = 1\n")
    );
    let mode = fs::metadata(&kept).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

/// Nobody may write there, whoever runs this.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_can_only_be_read_keeps_the_old_file() {
    let path = Path::new("/proc/version");
    let old = fs::read(path).unwrap();
    let error = Settings::default().save(path).unwrap_err();
    assert!(!error.reason.is_empty());
    assert_eq!(fs::read(path).unwrap(), old);
}
