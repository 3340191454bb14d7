use super::*;

#[test]
fn a_folder_is_held_by_who_works_in_it_alone() {
    let (place, folders) = (tempfile::tempdir().unwrap(), Folders::default());
    let path = place.path().join("a/b");
    let one = folders.open(&path).unwrap();
    let two = folders.open(&path).unwrap();
    assert!(Arc::ptr_eq(&one, &two) && folders.held(&path).is_some());
    drop((one, two));
    assert!(folders.held(&path).is_none());
    drop(folders.open(place.path()).unwrap());
    assert_eq!(lock(&folders.0).len(), 1, "what nobody holds is not listed");
}

#[cfg(unix)]
#[test]
fn where_a_path_leads_is_looked_at() {
    let (place, folders) = (tempfile::tempdir().unwrap(), Folders::default());
    let (path, aside) = (place.path().join("a"), place.path().join("b"));
    let old = folders.open(&path).unwrap();
    assert_eq!(old.moved_to(), None);
    std::fs::rename(&path, &aside).unwrap();
    let new = folders.open(&path).unwrap();
    assert!(new.identity != old.identity && !old.is_there() && new.is_there());
    if cfg!(target_os = "linux") {
        assert_eq!(old.moved_to(), Some(aside.clone()));
    }
    // Over a link it leads there again.
    std::fs::remove_dir(&path).unwrap();
    std::os::unix::fs::symlink(&aside, &path).unwrap();
    assert_eq!(folders.open(&path).unwrap().identity, old.identity);
    std::fs::remove_dir(&aside).unwrap();
    assert_eq!(old.moved_to(), None);
}
