use super::*;
use crate::platform::child;

/// The folder that the process of its own works in.
fn place() -> PathBuf {
    std::env::var_os("XDG_DATA_HOME").unwrap().into()
}

#[test]
#[ignore = "runs in a process of its own"]
fn trashing() {
    trash(&place().join("a.zip")).unwrap();
    trash(&place().join("link")).unwrap();
}

#[test]
fn a_file_goes_to_the_trash_and_a_link_alone() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name);
    std::fs::write(at("a.zip"), "contents").unwrap();
    std::fs::write(at("kept"), "kept").unwrap();
    std::os::unix::fs::symlink(at("kept"), at("link")).unwrap();
    let test = "platform::trash::tests::trashing";
    child::run(test, [("XDG_DATA_HOME", place.path())]);
    assert!(!at("a.zip").exists() && at("link").symlink_metadata().is_err());
    let trashed = std::fs::read_to_string(at("Trash/files/a.zip"));
    assert_eq!(trashed.unwrap(), "contents");
    assert_eq!(std::fs::read_to_string(at("kept")).unwrap(), "kept");
}

#[test]
#[ignore = "runs in a process of its own"]
fn failing() {
    let path = place().parent().unwrap().join("a.zip");
    let told = trash(&path).unwrap_err();
    assert!(matches!(told, TrashError::Failed { .. }), "{told}");
}

#[test]
fn what_the_trash_does_not_take_stays() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("a.zip");
    std::fs::write(&file, "contents").unwrap();
    // Where the trash should be, there is a file.
    let home = place.path().join("home");
    std::fs::write(&home, "").unwrap();
    let test = "platform::trash::tests::failing";
    child::run(test, [("XDG_DATA_HOME", &home)]);
    assert!(file.exists());
    let gone = place.path().join("gone");
    assert_eq!(trash(&gone), Err(TrashError::Missing(gone)));
}
